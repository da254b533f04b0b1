#include <algorithm>
#include <array>
#include <optional>

#include "auth/dkim/repair_part.hpp"
#include "auth/dkim/repair_rows.hpp"
#include "base/lines.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::size_t kMaxBannerLines = 60;

// Each line, its line end included, through `change`; no trial where no line was changed.
template <class Change>
bool try_changed_lines(const BodyVariant& from, const BodyAttempt& attempt, Change change) {
  std::string out;
  out.reserve(from.bytes.size());
  for (const text::Line& line : text::Lines(from.bytes)) change(line, out);
  if (out == from.bytes) return false;
  return attempt({BodyVariant::of(std::move(out), from.ends), {}, {}});
}

bool crlf_line_ends(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt) {
  if (!has_stray_line_ends(damaged.message)) return false;
  if (from.ends != LineEnds::any && attempt({{from.bytes, LineEnds::any, from.owned}, {}, {}})) {
    return true;
  }
  // CR CR LF: what a text-mode write makes of CRLF.
  std::string single;
  for (std::size_t i = 0; i < from.bytes.size(); ++i) {
    if (!from.bytes.substr(i).starts_with("\r\r\n")) single += from.bytes[i];
  }
  if (single == from.bytes) return false;
  return attempt({BodyVariant::of(std::move(single), from.ends), {}, {}});
}

// A mailbox file quotes lines that look like its separator: mboxo only `From `, mboxrd also those
// that are quoted already.
bool unescape_from_line(const Damaged&, const BodyVariant& from, const BodyAttempt& attempt) {
  const auto unescape_one = [](const text::Line& line, std::string& into) {
    into += line.raw.substr(line.raw.starts_with(">From ") ? 1 : 0);
  };
  const auto unescape_all = [](const text::Line& line, std::string& into) {
    const std::size_t quotes = std::min(line.raw.find_first_not_of('>'), line.raw.size());
    const bool quoted = quotes > 0 && line.raw.substr(quotes).starts_with("From ");
    into += line.raw.substr(quoted ? 1 : 0);
  };
  return try_changed_lines(from, attempt, unescape_one) ||
         try_changed_lines(from, attempt, unescape_all);
}

bool unstuff_dots(const Damaged&, const BodyVariant& from, const BodyAttempt& attempt) {
  return try_changed_lines(from, attempt, [](const text::Line& line, std::string& into) {
    into += line.raw.substr(line.raw.starts_with("..") ? 1 : 0);
  });
}

bool strip_added_space(const Damaged& damaged, const BodyVariant& from,
                       const BodyAttempt& attempt) {
  const std::size_t first = from.bytes.find_first_not_of("\r\n");
  if (first != std::string_view::npos && first > 0 &&
      attempt({{from.bytes.substr(first), from.ends, from.owned}, {}, {}})) {
    return true;
  }
  if (damaged.signature.body == Canonicalization::relaxed) return false;
  return try_changed_lines(from, attempt, [](const text::Line& line, std::string& into) {
    std::string_view text = line.text;
    while (!text.empty() && text::is_wsp(text.back())) text.remove_suffix(1);
    into += text;
    into += line.raw.substr(line.text.size());
  });
}

// An old way to keep lines below 1000 bytes: `!`, a line end, and a space.
bool join_split_lines(const Damaged&, const BodyVariant& from, const BodyAttempt& attempt) {
  constexpr std::size_t kShortestCut = 900;
  std::string out;
  bool joined = false;  // the space in front of this line goes
  for (const text::Line& line : text::Lines(from.bytes)) {
    const std::string_view raw = line.raw.substr(joined ? 1 : 0);
    const std::string_view text = line.text.substr(joined ? 1 : 0);
    joined = text.size() > kShortestCut && text.ends_with('!') &&
             from.bytes.substr(line.next).starts_with(' ');
    out += joined ? text.substr(0, text.size() - 1) : raw;
  }
  if (out == from.bytes) return false;
  return attempt({BodyVariant::of(std::move(out), from.ends), {}, {}});
}

// In a multipart the text stands behind the first delimiter: its parts have rows of their own.
bool strip_banner(const Damaged&, const BodyVariant& from, const BodyAttempt& attempt) {
  if (from.bytes.starts_with("--")) return false;
  std::size_t lines = 0;
  for (const text::Line& line : text::Lines(from.bytes)) {
    if (++lines > kMaxBannerLines || line.next == from.bytes.size()) break;
    const std::string banner(from.bytes.substr(0, line.next));
    const Change change = is_known_banner(banner) ? Change::banner : Change::text_added;
    if (attempt(
            {{from.bytes.substr(line.next), from.ends, from.owned}, {{banner, banner}}, change})) {
      return true;
    }
  }
  return false;
}

constexpr auto kRows = std::to_array<BodyRepair>({
    {"crlf-line-ends", Change::line_ends, crlf_line_ends},
    {"unescape-from-line", Change::transport, unescape_from_line},
    {"unstuff-dots", Change::transport, unstuff_dots},
    {"strip-added-space", Change::white_space, strip_added_space},
    {"join-split-lines", Change::transport, join_split_lines},
    {"strip-last-part", Change::text_added, strip_last_part},
    {"strip-banner", Change::text_added, strip_banner},
    {"restore-links", Change::links_rewritten, restore_links},
    {"strip-footer", Change::text_added, strip_part_footer},
    {"strip-banner", Change::text_added, strip_part_banner},
    {"restore-8bit", Change::transfer_encoding, restore_8bit},
    {"restore-quoted-printable", Change::transfer_encoding, restore_quoted_printable},
    {"restore-base64", Change::transfer_encoding, restore_base64},
});

}  // namespace

std::span<const BodyRepair> body_repairs() {
  return kRows;
}

}  // namespace emltrace::dkim
