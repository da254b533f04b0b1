#include "auth/dkim/repair.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "auth/dkim/body_match.hpp"
#include "auth/dkim/repair_rows.hpp"
#include "auth/dkim/selection.hpp"
#include "base/text.hpp"
#include "message/encoded_word.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::string_view kFooterCode = "strip-footer";
// So many rows together, with so many trials of each: the likely ones of two and of three go before
// the others of two.
struct Round {
  int repairs;
  std::size_t trials;
};
constexpr auto kRounds = std::to_array<Round>({{1, 600}, {2, 8}, {3, 5}, {2, 40}, {3, 10}});
constexpr std::size_t kFooterLinesOfTrial = 100;

struct Step {
  std::string code;
  Change change;
  std::vector<Removed> removed;
};

class Budget {
 public:
  explicit Budget(std::size_t trials) : left_(trials) {}
  // False once trials or bytes are used up.
  bool take(std::size_t bytes) {
    if (bytes > bytes_) left_ = trials_ = 0;
    if (trials_ == 0) return false;
    --trials_;
    bytes_ -= bytes;
    return true;
  }
  [[nodiscard]] bool spent() const { return trials_ == 0; }
  // A round may take the half of what is left, the last one all of it.
  void next_round(bool last) {
    left_ += trials_;
    trials_ = last ? left_ : left_ / 2;
    left_ -= trials_;
  }

 private:
  std::size_t trials_ = 0;  // of this round
  std::size_t left_;        // of the later ones
  std::size_t bytes_ = kMaxTrialBytes;
};

// What a row reads before its first trial.
std::size_t work_of(const HeaderVariant&) {
  return 0;
}
std::size_t work_of(const BodyVariant& body) {
  return body.bytes.size();
}

// Tries the rows alone, then two and three of them together.
template <class Variant, class Test>
class Search {
 public:
  Search(const Damaged& damaged, std::span<const RepairRow<Variant>> rows, Budget budget, Test test)
      : damaged_(damaged), rows_(rows), budget_(budget), test_(std::move(test)) {}

  bool run(const Variant& start, int most) {
    for (const Round& round : kRounds) {
      if (round.repairs > most) continue;
      budget_.next_round(&round == &kRounds.back());
      trials_of_row_ = round.trials;
      if (descend(start, 0, round.repairs)) return true;
    }
    return false;
  }
  [[nodiscard]] std::vector<Step>& steps() { return steps_; }
  [[nodiscard]] const std::optional<Variant>& result() const { return result_; }

 private:
  bool descend(const Variant& from, std::size_t first_row, int depth) {
    for (std::size_t row = first_row; row < rows_.size() && budget_.take(work_of(from)); ++row) {
      std::size_t left = trials_of_row_;
      rows_[row].run(damaged_, from, [&](Trial<Variant> trial) {
        steps_.push_back({std::string(rows_[row].code), trial.change.value_or(rows_[row].change),
                          std::move(trial.removed)});
        const bool good = depth == 1 ? test_(trial.variant, budget_, steps_)
                                     : descend(trial.variant, row + 1, depth - 1);
        if (good && !result_) result_ = std::move(trial.variant);
        if (!good) steps_.pop_back();
        return good || budget_.spent() || --left == 0;
      });
      if (result_) return true;
    }
    return false;
  }

  const Damaged& damaged_;
  std::span<const RepairRow<Variant>> rows_;
  Budget budget_;
  Test test_;
  std::size_t trials_of_row_ = 0;
  std::vector<Step> steps_;
  std::optional<Variant> result_;
};

// The fields as they are, the signature field without its b= value.
HeaderVariant header_of(const Damaged& damaged) {
  HeaderVariant out{{damaged.fields.begin(), damaged.fields.end()}, damaged.own, damaged.ends, {}};
  std::string own(out.fields[out.own].raw);
  const Span value = damaged.signature.value;
  out.replace(out.own, own.erase(value.offset, value.length));
  return out;
}

// The signed header of many variants, most of whose fields are those of the message.
class SignedHeaders {
 public:
  /// `start` must outlive it.
  SignedHeaders(const Damaged& damaged, const HeaderVariant& start)
      : form_(damaged.signature.header), ends_(start.ends), selection_(damaged.signature.headers) {
    known_.reserve(damaged.fields.size() + 1);
    for (const FieldText& field : damaged.fields) {
      known_.emplace(field.raw.data(), Known{field.raw.size(), selection_.name_of(field.name),
                                             canonical_field(field, form_, ends_)});
    }
    const FieldText& own = start.fields[start.own];
    known_.emplace(own.raw.data(),
                   Known{own.raw.size(), Selection::kUnnamed, signature_field(start)});
  }

  [[nodiscard]] std::string of(const HeaderVariant& variant) {
    names_.clear();
    for (const FieldText& field : variant.fields) {
      const Known* known = find(field);
      names_.push_back(known != nullptr ? known->name : selection_.name_of(field.name));
    }
    names_[variant.own] = Selection::kUnnamed;
    std::string out;
    for (const std::size_t index : selection_.select(names_)) {
      const FieldText& field = variant.fields[index];
      const Known* known = variant.ends == ends_ ? find(field) : nullptr;
      out += known != nullptr ? known->form : canonical_field(field, form_, variant.ends);
    }
    const Known* own = variant.ends == ends_ ? find(variant.fields[variant.own]) : nullptr;
    return out + (own != nullptr ? own->form : signature_field(variant));
  }

 private:
  struct Known {
    std::size_t size;
    std::size_t name;
    std::string form;
  };

  [[nodiscard]] std::string signature_field(const HeaderVariant& variant) const {
    return canonical_signature_field(variant.fields[variant.own], {}, form_, variant.ends);
  }
  [[nodiscard]] const Known* find(const FieldText& field) const {
    const auto known = known_.find(field.raw.data());
    return known != known_.end() && known->second.size == field.raw.size() ? &known->second
                                                                           : nullptr;
  }

  Canonicalization form_;
  LineEnds ends_;
  Selection selection_;
  // By the place of the field's bytes: those of the message, and the signature field at the start.
  std::unordered_map<const char*, Known> known_;
  std::vector<std::size_t> names_;
};

// The header that verifies, or null; the steps to it are added.
std::optional<HeaderVariant> mend_header(const Damaged& damaged, const Proof& proof,
                                         std::vector<Step>& steps) {
  const Signature& s = damaged.signature;
  const HeaderVariant start = header_of(damaged);
  SignedHeaders headers(damaged, start);
  const auto test = [&](const HeaderVariant& variant, Budget& budget, std::vector<Step>&) {
    const std::string bytes = headers.of(variant);
    return budget.take(bytes.size()) && proof.verifies(crypto::digest(s.algorithm->hash, bytes));
  };
  Search<HeaderVariant, decltype(test)> search(
      damaged, header_repairs(), Budget(proof.is_cheap ? kMaxTrials : kMaxVerifications), test);
  if (!search.run(start, kMaxHeaderRepairs)) return std::nullopt;
  steps = std::move(search.steps());
  return search.result();
}

Step footer_step(std::string_view footer) {
  return {std::string(kFooterCode),
          is_known_footer(footer) ? Change::footer : Change::text_added,
          {{std::string(footer), std::string(footer)}}};
}

bool mend_body(const Damaged& damaged, std::vector<Step>& steps) {
  const Signature& s = damaged.signature;
  const BodyVariant start{damaged.message.body(), damaged.ends, nullptr};
  // A footer is found on the way, whatever else is undone: its first line is where the hash fits.
  if (const auto end = match_body(start, s, kMaxFooterLines)) {
    steps.push_back(footer_step(start.bytes.substr(*end)));
    return true;
  }
  const auto test = [&](const BodyVariant& variant, Budget& budget, std::vector<Step>& found) {
    if (!budget.take(variant.bytes.size())) return false;
    const auto end = match_body(variant, s, kFooterLinesOfTrial);
    if (end && *end < variant.bytes.size())
      found.push_back(footer_step(variant.bytes.substr(*end)));
    return end.has_value();
  };
  Search<BodyVariant, decltype(test)> search(damaged, body_repairs(), Budget(kMaxTrials), test);
  if (!search.run(start, kMaxBodyRepairs)) return false;
  steps = std::move(search.steps());
  return true;
}

// Puts the lines of what was taken off to their places in the message.
class Teller {
 public:
  explicit Teller(const Message& message) : bytes_(message.bytes()) {}

  void tell(const Removed& removed, Repair& repair) {
    const bool plain = removed.raw == removed.text;
    std::optional<std::size_t> place = find(removed.raw);
    for (std::size_t at = 0; at < removed.text.size();) {
      const std::size_t lf = std::min(removed.text.find('\n', at), removed.text.size() - 1);
      const std::string_view line = std::string_view(removed.text).substr(at, lf + 1 - at);
      if (const auto seen = text::trim(line); !seen.empty()) {
        add(seen, place && plain ? std::optional(*place + at) : place, repair);
      }
      at = lf + 1;
    }
  }

 private:
  // The first line of the text that can be found, since what was undone with it may have changed
  // it.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view raw) const {
    const std::size_t at = raw.empty() ? std::string_view::npos : bytes_.find(raw);
    return at == std::string_view::npos ? std::nullopt : std::optional(at);
  }

  void add(std::string_view seen, std::optional<std::size_t> place, Repair& repair) {
    if (repair.removed.size() == kMaxRemovedLines) {
      ++repair.removed_more;
      return;
    }
    RemovedLine line;
    line.text = text::to_valid_utf8(seen.substr(0, kMaxRemovedText));
    if (seen.size() > kMaxRemovedText) line.text += "…";
    if (place) {
      const std::string_view before = bytes_.substr(0, *place);
      line.line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
      line.offset = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    }
    repair.removed.push_back(std::move(line));
  }

  std::string_view bytes_;
};

// The value of the lowest field of that name that h= covers, which is the first it takes.
std::optional<std::string> signed_value(const Damaged& damaged, const HeaderVariant& header,
                                        std::string_view name) {
  if (!is_signed(damaged, name)) return std::nullopt;
  for (std::size_t i = header.fields.size(); i-- > 0;) {
    if (!text::iequals(header.fields[i].name, name)) continue;
    return decode_encoded_words(unfold(header.value(i)));
  }
  return std::nullopt;
}

}  // namespace

Found find_repairs(const Damaged& damaged, const Proof& proof) {
  std::vector<Step> body_steps;
  if (!damaged.body_matches && !mend_body(damaged, body_steps)) return {};
  std::vector<Step> steps;
  std::optional<HeaderVariant> header;
  if (damaged.header_matches) {
    header = header_of(damaged);
  } else {
    header = mend_header(damaged, proof, steps);
    if (!header) return {};
  }
  steps.insert(steps.end(), std::make_move_iterator(body_steps.begin()),
               std::make_move_iterator(body_steps.end()));
  Found out;
  Teller teller(damaged.message);
  for (const Step& step : steps) {
    const auto known = std::find(out.codes.begin(), out.codes.end(), step.code);
    const auto place = static_cast<std::size_t>(known - out.codes.begin());
    if (known == out.codes.end()) {
      out.codes.push_back(step.code);
      out.repair.changes.push_back(step.change);
    } else if (step.change == Change::text_added) {
      out.repair.changes[place] = step.change;  // of two the one that is not known weighs more
    }
    for (const Removed& removed : step.removed) teller.tell(removed, out.repair);
  }
  out.repair.signed_from = signed_value(damaged, *header, "from");
  out.repair.signed_subject = signed_value(damaged, *header, "subject");
  return out;
}

}  // namespace emltrace::dkim
