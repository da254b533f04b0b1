#include "trace/author/filter_shapes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/base64.hpp"
#include "base/instant.hpp"
#include "base/ip.hpp"
#include "base/text.hpp"
#include "trace/author/filters.hpp"
#include "trace/clock/codec.hpp"

namespace emltrace::trace::shape {
namespace {

bool is_key(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return text::is_alnum(c) || c == '_' || c == '-' || c == '.';
  });
}

// A pair where '=' parts it, else one value `text`.
void add_pair(std::string_view piece, FilterReading& out) {
  const std::size_t sign = piece.find('=');
  if (sign == piece.npos) {
    out.add("text", piece);
  } else {
    out.add(text::trim(piece.substr(0, sign)), text::trim(piece.substr(sign + 1)));
  }
}

// Visits the parts between separators that stand in no quotes. A quote that is never closed parts
// nothing: its sign is a letter.
template <class Visit>
void each_part(std::string_view text, char separator, char quote, Visit visit) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] == quote) {
      const std::size_t end = text.find(quote, at + 1);
      if (end == text.npos) {
        quote = '\0';
      } else {
        at = end;
      }
    } else if (at == text.size() || text[at] == separator) {
      if (const auto part = text::trim(text.substr(begin, at - begin)); !part.empty()) visit(part);
      begin = at + 1;
    }
  }
}

// The end of a value that begins at `at`: a list in brackets, or words each but the last with a
// comma behind it, up to the next pair.
std::size_t value_end(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '[') {
    const std::size_t close = text.find(']', at);
    return close == text.npos ? text.size() : close + 1;
  }
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && !text::is_space(text[end])) ++end;
    std::size_t next = end;
    while (next < text.size() && text::is_space(text[next])) ++next;
    const std::size_t stop = std::min(text.find_first_of("= \t\r\n", next), text.size());
    const bool pair = stop < text.size() && text[stop] == '=';
    if (end == at || text[end - 1] != ',' || next == text.size() || pair) return end;
    at = next;
  }
  return at;
}

std::string_view without_comma(std::string_view text) {
  while (!text.empty() && (text.back() == ',' || text.back() == ';')) text.remove_suffix(1);
  return text;
}

}  // namespace

void word(std::string_view text, FilterReading& out) {
  out.add(out.row().name, text);
}

void known_word(std::string_view text, FilterReading& out) {
  if (find_code(out.row().codes, out.row().name, text) == nullptr) return out.refuse();
  word(text, out);
}

void colon_pairs(std::string_view text, FilterReading& out) {
  constexpr std::string_view kNull = "(null)";
  for (const auto part : text::split(text, ';')) {
    std::string_view piece = text::trim(part);
    while (piece.starts_with(kNull)) piece.remove_prefix(kNull.size());
    const std::size_t colon = piece.find(':');
    if (colon == piece.npos) {
      out.add("text", piece);
      continue;
    }
    const std::string_view value = text::trim(piece.substr(colon + 1));
    if (value != kNull) out.add(text::trim(piece.substr(0, colon)), value);
  }
}

void equals_pairs(std::string_view text, FilterReading& out) {
  each_part(text, ';', '"', [&](std::string_view part) { add_pair(part, out); });
}

void blank_pairs(std::string_view text, FilterReading& out) {
  for (const auto part : text::words(text)) add_pair(part, out);
}

void verdict_pairs(std::string_view text, FilterReading& out) {
  std::size_t at = std::min(text.find_first_of(",; \t\r\n"), text.size());
  out.add("verdict", text.substr(0, at));
  std::string loose;
  while (at < text.size()) {
    while (at < text.size() && (text::is_space(text[at]) || text[at] == ',' || text[at] == ';'))
      ++at;
    const std::size_t stop = std::min(text.find_first_of("= \t\r\n", at), text.size());
    const bool pair = stop < text.size() && text[stop] == '=' && is_key(text.substr(at, stop - at));
    const std::size_t end =
        pair ? value_end(text, stop + 1) : std::min(text.find_first_of(" \t\r\n", at), text.size());
    if (pair) {
      out.add(text.substr(at, stop - at), without_comma(text.substr(stop + 1, end - stop - 1)));
    } else if (end > at) {
      loose.append(loose.empty() ? "" : " ").append(text.substr(at, end - at));
    }
    at = end;
  }
  out.add("text", loose);
}

void address(std::string_view text, FilterReading& out) {
  const std::size_t open = text.find('[');
  if (open == text.npos) return word(text, out);
  const std::string_view inside = text.substr(open + 1, text.find(']', open) - open - 1);
  if (!ip::Address::parse(inside)) return word(text, out);
  out.add("host", text::trim(text.substr(0, open)));
  out.add(out.row().name, inside);
}

void bar(std::string_view text, FilterReading& out) {
  const std::string_view sign = text.substr(0, 1);
  const auto points = static_cast<std::int64_t>(text.size());
  if (sign == "/" && points == 1) return out.add(out.row().name, text, "no points");
  const bool one_sign = text.find_first_not_of(sign) == text.npos;
  if (!one_sign || (sign != "*" && sign != "+" && sign != "-" && sign != "s"))
    return word(text, out);
  out.add(out.row().name, text, fmt::format("{} points", sign == "-" ? -points : points));
}

void coded_pairs(std::string_view text, FilterReading& out) {
  const auto decoded = base64_decode(text.substr(0, kMaxFilterDecoded), true);
  const bool readable = decoded && decoded->find('=') != decoded->npos &&
                        std::ranges::all_of(*decoded, [](char c) { return c >= ' ' && c <= '~'; });
  if (!readable) return out.add("data", text);
  equals_pairs(*decoded, out);
}

void epoch(std::string_view text, FilterReading& out) {
  out.add(out.row().name, text, time_of(text::parse_unsigned(text)));
}

std::optional<std::string> time_of(std::optional<std::uint64_t> seconds) {
  const auto instant = codec::epoch(seconds);
  return instant ? std::optional(format_rfc3339(*instant)) : std::nullopt;
}

std::optional<double> decimal(std::string_view text) {
  double value = 0;
  const auto read =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return whole && !text.empty() ? std::optional(value) : std::nullopt;
}

}  // namespace emltrace::trace::shape
