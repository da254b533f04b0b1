#include "auth/dkim/repair.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "auth/dkim/repair_rows.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {
namespace {

using Codes = std::vector<std::string>;

class Budget {
 public:
  // False once trials or bytes are used up.
  bool take(std::size_t bytes) {
    if (trials_ == kMaxTrials || bytes > kMaxTrialBytes - bytes_) return false;
    ++trials_;
    bytes_ += bytes;
    return true;
  }
  [[nodiscard]] bool spent() const { return trials_ == kMaxTrials || bytes_ == kMaxTrialBytes; }
  void spend_all() { trials_ = kMaxTrials; }

 private:
  int trials_ = 0;
  std::size_t bytes_ = 0;
};

// Tries the rows alone, then two of them together, and so on: what is told is the fewest repairs.
template <class Row, class Variant, class Test>
class Search {
 public:
  Search(const Damaged& damaged, std::span<const Row> rows, Test test)
      : damaged_(damaged), rows_(rows), test_(std::move(test)) {}

  std::optional<Codes> run(const Variant& start) {
    for (int depth = 1; depth <= kMaxRepairsAtOnce && !budget_.spent(); ++depth) {
      if (descend(start, 0, depth)) return codes_;
    }
    return std::nullopt;
  }

 private:
  bool descend(const Variant& from, std::size_t first_row, int depth) {
    for (std::size_t row = first_row; row < rows_.size() && !budget_.spent(); ++row) {
      codes_.emplace_back(rows_[row].code);
      for (const Variant& variant : rows_[row].variants(damaged_, from)) {
        if (budget_.spent()) return false;
        const bool good =
            depth == 1 ? test_(variant, budget_) : descend(variant, row + 1, depth - 1);
        if (good) return true;
      }
      codes_.pop_back();
    }
    return false;
  }

  const Damaged& damaged_;
  std::span<const Row> rows_;
  Test test_;
  Budget budget_;
  Codes codes_;
};

std::optional<Codes> mend_header(const Damaged& damaged, const Verifies& verifies) {
  const Signature& s = damaged.signature;
  HeaderVariant start{
      {damaged.fields.begin(), damaged.fields.end()}, damaged.own, damaged.ends, {}};
  std::string own(start.fields[start.own].raw);
  start.replace(start.own, own.erase(s.value.offset, s.value.length));
  std::set<std::string> tried;
  const auto test = [&](const HeaderVariant& variant, Budget& budget) {
    const std::string bytes =
        signed_header(variant.fields, s.headers, variant.own, {}, s.header, variant.ends);
    if (!budget.take(bytes.size())) {
      budget.spend_all();
      return false;
    }
    const std::string hashed = crypto::digest(s.algorithm->hash, bytes);
    return tried.insert(hashed).second && verifies(hashed);
  };
  Search<HeaderRepair, HeaderVariant, decltype(test)> search(damaged, header_repairs(), test);
  return search.run(start);
}

std::optional<Codes> mend_body(const Damaged& damaged) {
  const Signature& s = damaged.signature;
  const auto test = [&](const BodyVariant& variant, Budget& budget) {
    if (!budget.take(variant.bytes.size())) {
      budget.spend_all();
      return false;
    }
    crypto::Digest digest(s.algorithm->hash);
    std::uint64_t left = s.length.value_or(~std::uint64_t{0});
    canonical_body(variant.bytes, s.body, variant.ends, [&](std::string_view piece) {
      piece = piece.substr(0, std::min<std::uint64_t>(left, piece.size()));
      left -= piece.size();
      digest.update(piece);
    });
    return digest.finish() == s.body_hash && (!s.length || left == 0);
  };
  Search<BodyRepair, BodyVariant, decltype(test)> search(damaged, body_repairs(), test);
  return search.run({damaged.message.body(), damaged.ends, nullptr});
}

}  // namespace

std::vector<std::string> find_repairs(const Damaged& damaged, const Verifies& verifies) {
  std::optional<Codes> codes = Codes{};
  if (!damaged.body_matches) codes = mend_body(damaged);
  if (!codes || damaged.header_matches) return codes.value_or(Codes{});
  std::optional<Codes> all = mend_header(damaged, verifies);
  if (!all) return {};
  for (std::string& code : *codes) {
    if (std::find(all->begin(), all->end(), code) == all->end()) all->push_back(std::move(code));
  }
  return *all;
}

}  // namespace emltrace::dkim
