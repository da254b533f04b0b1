#include "base/text.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "base/work.hpp"

namespace emltrace::text {

std::string decode_octets(std::string_view s, char mark) {
  std::string out;
  for (std::size_t at = 0; at < s.size(); ++at) {
    const auto octet = s[at] == mark ? hex_octet(s, at + 1) : std::nullopt;
    out += octet.value_or(s[at]);
    at += octet ? 2 : 0;
  }
  return out;
}

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = lower(c);
  return out;
}

std::string_view trim(std::string_view s) {
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
  return s;
}

std::string without_space(std::string_view s) {
  std::string out;
  std::copy_if(s.begin(), s.end(), std::back_inserter(out), [](char c) { return !is_space(c); });
  return out;
}

bool iequals(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

bool istarts_with(std::string_view s, std::string_view prefix) {
  return s.size() >= prefix.size() && iequals(s.substr(0, prefix.size()), prefix);
}

bool iends_with(std::string_view s, std::string_view suffix) {
  return s.size() >= suffix.size() && iequals(s.substr(s.size() - suffix.size()), suffix);
}

std::size_t ifind(std::string_view s, std::string_view needle, std::size_t from) {
  if (from > s.size()) return std::string_view::npos;
  const auto found =
      std::search(s.begin() + static_cast<std::ptrdiff_t>(from), s.end(), needle.begin(),
                  needle.end(), [](char x, char y) { return lower(x) == lower(y); });
  work::looked_at(static_cast<std::size_t>(found - s.begin()) - from);
  if (found == s.end() && !needle.empty()) return std::string_view::npos;
  return static_cast<std::size_t>(found - s.begin());
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (;;) {
    const std::size_t end = s.find(separator, start);
    if (end == std::string_view::npos) break;
    parts.push_back(s.substr(start, end - start));
    start = end + 1;
  }
  parts.push_back(s.substr(start));
  return parts;
}

std::vector<std::string_view> words(std::string_view s) {
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (at < s.size()) {
    while (at < s.size() && is_space(s[at])) ++at;
    const std::size_t start = at;
    while (at < s.size() && !is_space(s[at])) ++at;
    if (at > start) parts.push_back(s.substr(start, at - start));
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

std::optional<std::uint64_t> parse_unsigned(std::string_view s) {
  if (s.empty()) return std::nullopt;
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t value = 0;
  for (const char c : s) {
    if (!is_digit(c)) return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (kMax - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

namespace {

constexpr CodePoint kIllFormed{U'\uFFFD', 1, false};

}  // namespace

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// RFC 3629 4: UTF8-2 = %xC2-DF UTF8-tail; UTF8-3 = %xE0 %xA0-BF … %xED %x80-9F …;
// UTF8-4 = %xF0 %x90-BF … %xF4 %x80-8F ….
CodePoint decode_utf8(std::string_view s, std::size_t at) {
  if (at >= s.size()) return {U'\uFFFD', 0, false};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  if (first < 0xC2 || first > 0xF4) return kIllFormed;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (s.size() - at < length) return kIllFormed;
  char32_t value = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(s[at + i])) return kIllFormed;
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return kIllFormed;
  return {value, length, true};
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    append_utf8(out, U'\uFFFD');
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

bool is_utf8(std::string_view s) {
  std::size_t at = 0;
  while (at < s.size()) {
    if (static_cast<unsigned char>(s[at]) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint point = decode_utf8(s, at);
    if (!point.valid) return false;
    at += point.length;
  }
  return true;
}

std::string_view head_of(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  // A sequence has three continuation bytes at most (RFC 3629 3): more are none.
  std::size_t end = most;
  while (end > 0 && most - end < 4 && is_continuation(text[end])) --end;
  return text.substr(0, most - end < 4 ? end : most);
}

std::string to_valid_utf8(std::string_view s) {
  if (is_utf8(s)) return std::string(s);
  std::string out;
  out.reserve(s.size() + 16);
  for (std::size_t at = 0; at < s.size();) {
    const CodePoint point = decode_utf8(s, at);
    if (point.valid) {
      out += s.substr(at, point.length);
    } else {
      append_utf8(out, U'\uFFFD');
    }
    at += point.length;
  }
  return out;
}

}  // namespace emltrace::text
