#include "auth/dkim/repair_part.hpp"

#include <algorithm>
#include <optional>

#include "auth/dkim/cuts.hpp"
#include "auth/dkim/encoders.hpp"
#include "auth/dkim/leaf.hpp"
#include "auth/dkim/links.hpp"
#include "base/quoted_printable.hpp"
#include "base/text.hpp"
#include "message/mime.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::size_t kMaxChanged = 3;         // text parts that are changed at once
constexpr std::size_t kMaxCombinations = 300;  // of the places in them
constexpr std::size_t kMaxCombinationsOfForm = 40;

mime::Pieces cut_body(const Damaged& damaged, std::string_view body) {
  const Field* type = damaged.message.find("content-type");
  if (type == nullptr || !mime::media_type(type->body).starts_with("multipart/")) return {};
  const auto boundary = mime::parameter(type->body, "boundary");
  return boundary && !boundary->empty() ? mime::cut(body, *boundary, mime::kMaxParts)
                                        : mime::Pieces{};
}

// One text part and the places that may have been put into it.
struct Choice {
  const Leaf* leaf;
  std::string_view content;  // still encoded
  std::vector<Span> cuts;
};

// Where byte `offset` of the decoded text stands in the quoted-printable text, with a soft break
// that stands before it left to what goes before.
std::size_t raw_offset(std::string_view raw, std::size_t offset) {
  std::size_t at = 0;
  for (std::size_t decoded = 0; at < raw.size();) {
    if (const std::size_t soft = quoted_printable::soft_break(raw, at)) {
      at += soft;
      continue;
    }
    if (decoded == offset) break;
    at += quoted_printable::escaped_byte(raw, at) ? 3 : 1;
    ++decoded;
  }
  return at;
}

// The content without what stands at `cut`. Quoted-printable is first left as it is around the cut,
// and then written anew in each form.
std::string without(const Choice& choice, const Span& cut, std::size_t way) {
  const Leaf& leaf = *choice.leaf;
  if (leaf.encoding == "quoted-printable" && way == 0) {
    const std::size_t begin = raw_offset(choice.content, cut.offset);
    const std::size_t end = raw_offset(choice.content, cut.end());
    return std::string(choice.content.substr(0, begin)) + std::string(choice.content.substr(end));
  }
  std::string bytes = leaf.decoded;
  bytes.erase(cut.offset, cut.length);
  return written_as(leaf, choice.content, bytes, way == 0 ? 0 : way - 1);
}

// Tries the places of all parts together, those of low rank first; a part may also stay as it is.
class CutTrials {
 public:
  CutTrials(const BodyVariant& from, std::vector<Choice> choices, bool (*known)(std::string_view),
            Change change, const BodyAttempt& attempt)
      : from_(from),
        choices_(std::move(choices)),
        known_(known),
        change_(change),
        attempt_(attempt) {}

  bool run() {
    const bool quoted = std::any_of(choices_.begin(), choices_.end(), [](const Choice& c) {
      return c.leaf->encoding == "quoted-printable";
    });
    for (std::size_t form = 0; form < (quoted ? 1 + kQuotedPrintableForms : 1); ++form) {
      left_ = form == 0 ? kMaxCombinations : kMaxCombinationsOfForm;
      for (std::size_t rank = 0; rank < kMaxCuts + choices_.size() && left_ > 0; ++rank) {
        if (combine({}, rank, form)) return true;
      }
    }
    return false;
  }

 private:
  // Rank 0 is the first place, 1 that nothing was put here, then the other places.
  bool combine(std::vector<std::size_t> ranks, std::size_t rank, std::size_t form) {
    const Choice& choice = choices_[ranks.size()];
    const bool last = ranks.size() + 1 == choices_.size();
    for (std::size_t own = last ? rank : 0; own <= rank && left_ > 0; ++own) {
      if (own > choice.cuts.size()) return false;
      ranks.push_back(own);
      if (last ? test(ranks, form) : combine(ranks, rank - own, form)) return true;
      ranks.pop_back();
    }
    return false;
  }

  bool test(const std::vector<std::size_t>& ranks, std::size_t form) {
    BodyTrial trial;
    trial.change = change_;
    std::vector<BodyEdit> edits;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      if (ranks[i] == 1) continue;
      const Choice& choice = choices_[i];
      const std::size_t place = ranks[i] == 0 ? 0 : ranks[i] - 1;
      if (place >= choice.cuts.size()) return false;
      const Span cut = choice.cuts[place];
      edits.push_back({choice.leaf->content, without(choice, cut, form)});
      const std::string text = choice.leaf->decoded.substr(cut.offset, cut.length);
      if (!known_(text)) trial.change = Change::text_added;
      trial.removed.push_back({text, text});
    }
    if (edits.empty()) return false;
    --left_;
    trial.variant = edited(from_, edits);
    return attempt_(std::move(trial));
  }

  const BodyVariant& from_;
  std::vector<Choice> choices_;
  bool (*known_)(std::string_view);
  Change change_;
  const BodyAttempt& attempt_;
  std::size_t left_ = 0;
};

bool strip_from_parts(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt,
                      std::vector<Span> (*cuts)(std::string_view, bool),
                      bool (*known)(std::string_view), Change change) {
  const Leaves leaves(damaged, from.bytes);
  std::vector<Choice> choices;
  for (const Leaf& leaf : leaves.all()) {
    if (!leaf.is_text() || choices.size() == kMaxChanged) continue;
    Choice choice{&leaf, from.bytes.substr(leaf.content.offset, leaf.content.length),
                  cuts(leaf.decoded, leaf.is_html())};
    if (!choice.cuts.empty()) choices.push_back(std::move(choice));
  }
  if (choices.empty()) return false;
  return CutTrials(from, std::move(choices), known, change, attempt).run();
}

// The transfer encoding that a part's own header names, written anew; empty: the field goes.
std::optional<BodyEdit> header_edit(const Leaf& leaf, std::string_view body,
                                    std::string_view word) {
  if (!leaf.header) return std::nullopt;
  const std::string_view header = body.substr(leaf.header->offset, leaf.header->length);
  const std::string_view raw = mime::raw_field(header, "content-transfer-encoding");
  if (raw.empty()) return std::nullopt;
  const auto at = static_cast<std::size_t>(raw.data() - body.data());
  if (word.empty()) return BodyEdit{{at, raw.size()}, ""};
  const std::size_t value = raw.find_first_not_of(" \t", raw.find(':') + 1);
  const std::size_t end = raw.find_last_not_of("\r\n") + 1;
  if (value == std::string_view::npos || value > end) return std::nullopt;
  return BodyEdit{{at + value, end - value}, std::string(word)};
}

bool has_octets(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
    out += text[i];
  }
  return out;
}

// The same bytes of each chosen part in another encoding; `write` makes the content anew and says
// which word names it, null where it does not change the part.
struct Written {
  std::string content;
  std::string word;
};
template <class Choose, class Write>
bool try_recoded(const Leaves& leaves, const BodyVariant& from, const BodyAttempt& attempt,
                 Choose choose, Write write) {
  std::vector<BodyEdit> edits;
  for (const Leaf& leaf : leaves.all()) {
    if (!choose(leaf)) continue;
    const std::optional<Written> written = write(leaf);
    if (!written) continue;
    if (auto field = header_edit(leaf, from.bytes, written->word)) edits.push_back(*field);
    edits.push_back({leaf.content, written->content});
  }
  if (edits.empty()) return false;
  BodyVariant variant = edited(from, edits);
  return variant.bytes != from.bytes && attempt({std::move(variant), {}, {}});
}

bool is_text_or_only(const Leaves& leaves, const Leaf& leaf) {
  return leaf.is_text() || leaves.all().size() == 1;
}

}  // namespace

std::string_view first_part_header(const Message& message) {
  const mime::Part whole = mime::read(message.bytes());
  return whole.parts.size() < 2 ? std::string_view{} : whole.parts.front().header;
}

bool strip_last_part(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt) {
  // Other repairs that went before may have moved the parts: they are cut where they are now.
  const mime::Pieces cut = cut_body(damaged, from.bytes);
  if (cut.pieces.size() < 2) return false;
  const mime::Part last = mime::read(cut.pieces.back().entity);
  const std::string text = last.decoded().value_or(std::string(last.body));
  const Removed removed{std::string(last.body), text};
  const Change change = is_known_footer(text) ? Change::footer : Change::text_added;
  if (cut.closing) {
    std::string shorter(from.bytes.substr(0, cut.pieces.back().delimiter));
    shorter += from.bytes.substr(*cut.closing);
    if (attempt({BodyVariant::of(std::move(shorter), from.ends), {removed}, change})) return true;
  }
  const mime::Part first = mime::read(cut.pieces.front().entity);
  return attempt({{first.body, from.ends, from.owned}, {removed}, change});
}

bool strip_part_banner(const Damaged& damaged, const BodyVariant& from,
                       const BodyAttempt& attempt) {
  return strip_from_parts(damaged, from, attempt, cuts_at_start, is_known_banner, Change::banner);
}

bool strip_part_footer(const Damaged& damaged, const BodyVariant& from,
                       const BodyAttempt& attempt) {
  return strip_from_parts(damaged, from, attempt, cuts_at_end, is_known_footer, Change::footer);
}

bool restore_links(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt) {
  const Leaves leaves(damaged, from.bytes);
  for (const bool escape : {true, false}) {
    for (std::size_t form = 0; form < kQuotedPrintableForms; ++form) {
      const auto write = [&](const Leaf& leaf) -> std::optional<Written> {
        const auto text = with_unwrapped_links(leaf.decoded, leaf.is_html(), escape);
        if (!text) return std::nullopt;
        const auto content = from.bytes.substr(leaf.content.offset, leaf.content.length);
        return Written{written_as(leaf, content, *text, form), leaf.encoding};
      };
      const auto choose = [](const Leaf& leaf) { return leaf.is_text(); };
      if (try_recoded(leaves, from, attempt, choose, write)) return true;
      const bool quoted = std::any_of(leaves.all().begin(), leaves.all().end(), [](const Leaf& l) {
        return l.encoding == "quoted-printable";
      });
      if (!quoted) break;
    }
  }
  return false;
}

bool restore_8bit(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt) {
  const Leaves leaves(damaged, from.bytes);
  for (const std::string_view word : {"8bit", "7bit", "", "8BIT", "7BIT"}) {
    for (const std::string_view encoding : {"", "quoted-printable", "base64"}) {
      const auto choose = [&](const Leaf& leaf) {
        return is_text_or_only(leaves, leaf) && leaf.is_encoded() &&
               (encoding.empty() || leaf.encoding == encoding);
      };
      const auto write = [&](const Leaf& leaf) -> std::optional<Written> {
        const bool octets = has_octets(leaf.decoded);
        const std::string_view named = !octets && word == "8bit" ? "7bit" : word;
        return Written{with_crlf(leaf.decoded), std::string(named)};
      };
      if (try_recoded(leaves, from, attempt, choose, write)) return true;
    }
  }
  return false;
}

bool restore_quoted_printable(const Damaged& damaged, const BodyVariant& from,
                              const BodyAttempt& attempt) {
  const Leaves leaves(damaged, from.bytes);
  for (std::size_t form = 0; form < kQuotedPrintableForms; ++form) {
    const auto choose = [&](const Leaf& leaf) { return is_text_or_only(leaves, leaf); };
    const auto write = [&](const Leaf& leaf) -> std::optional<Written> {
      return Written{quoted_printable(with_crlf(leaf.decoded), form), "quoted-printable"};
    };
    if (try_recoded(leaves, from, attempt, choose, write)) return true;
    // Only those that need it: an ASCII part is left as it is.
    const auto write_octets = [&](const Leaf& leaf) -> std::optional<Written> {
      return has_octets(leaf.decoded) ? write(leaf) : std::nullopt;
    };
    if (try_recoded(leaves, from, attempt, choose, write_octets)) return true;
  }
  return false;
}

bool restore_base64(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt) {
  const Leaves leaves(damaged, from.bytes);
  for (const bool texts_too : {true, false}) {
    for (const std::size_t width : kBase64Widths) {
      for (const std::string_view last : {"", "\r\n"}) {
        const auto choose = [&](const Leaf& leaf) {
          return leaf.encoding == "base64" || (texts_too && is_text_or_only(leaves, leaf));
        };
        const auto write = [&](const Leaf& leaf) -> std::optional<Written> {
          const std::string bytes =
              leaf.encoding == "base64" ? leaf.decoded : with_crlf(leaf.decoded);
          return Written{base64_lines(bytes, width, "\r\n") + std::string(last), "base64"};
        };
        if (try_recoded(leaves, from, attempt, choose, write)) return true;
      }
    }
  }
  return false;
}

}  // namespace emltrace::dkim
