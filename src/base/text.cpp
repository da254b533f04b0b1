#include "base/text.hpp"

#include <algorithm>
#include <cstring>
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

bool istarts_with(std::string_view s, std::string_view prefix) {
  return s.size() >= prefix.size() && iequals(s.substr(0, prefix.size()), prefix);
}

bool iends_with(std::string_view s, std::string_view suffix) {
  return s.size() >= suffix.size() && iequals(s.substr(s.size() - suffix.size()), suffix);
}

bool is_ascii(std::string_view s) {
  // Eight bytes at a time: most texts are asked from end to end.
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::size_t at = 0;
  for (std::uint64_t bytes = 0; at + sizeof bytes <= s.size(); at += sizeof bytes) {
    std::memcpy(&bytes, s.data() + at, sizeof bytes);
    if ((bytes & kHighBits) != 0) return false;
  }
  return std::all_of(s.begin() + static_cast<std::ptrdiff_t>(at), s.end(),
                     [](char c) { return (c & 0x80) == 0; });
}

std::size_t ifind(std::string_view s, std::string_view needle, std::size_t from) {
  if (from > s.size()) return std::string_view::npos;
  if (needle.empty()) return from;
  const char first = lower(needle.front());
  std::size_t at = from;
  while (at + needle.size() <= s.size() &&
         (lower(s[at]) != first || !iequals(s.substr(at, needle.size()), needle))) {
    ++at;
  }
  const bool found = at + needle.size() <= s.size();
  work::looked_at((found ? at : s.size()) - from);
  return found ? at : std::string_view::npos;
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

bool glob_match(std::string_view pattern, std::string_view s) {
  // One pass with the last '*' as the place to resume.
  std::size_t p = 0, n = 0, star = std::string_view::npos, mark = 0;
  while (n < s.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.size() && pattern[p] == s[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
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

std::string bounded(std::string_view text, std::size_t most) {
  std::string out(head_of(text, most));
  if (text.size() > most) out += "… (" + std::to_string(text.size()) + " bytes in all)";
  return out;
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
