#include "report/exchange/encoded_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "message/quoted_string.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kMaxLine = 78;    // RFC 5322 2.1.1
constexpr std::size_t kWordBytes = 42;  // of UTF-8 in one encoded word of 68 characters

bool is_plain(char c) {
  return c >= ' ' && c <= '~';
}

// No control character, no letter cut in half.
std::string clean(std::string_view text) {
  std::string out = text::to_valid_utf8(text::head_of(text, kMaxTextField));
  for (char& c : out) c = (c >= '\0' && c < ' ') || c == '\x7f' ? ' ' : c;
  return std::string(text::trim(out));
}

bool fits_unencoded(std::string_view text, std::size_t used) {
  if (!std::ranges::all_of(text, is_plain) || text.find("=?") != std::string_view::npos ||
      text.find("  ") != std::string_view::npos)
    return false;
  const auto words = text::words(text);
  return std::ranges::all_of(
      words, [&](std::string_view word) { return word.size() + 1 + used <= kMaxLine; });
}

std::string folded(std::string_view name, std::string_view text) {
  std::string out = std::string(name) + ":";
  std::size_t column = out.size();
  for (const std::string_view word : text::words(text)) {
    if (column + 1 + word.size() > kMaxLine && column > name.size() + 1) {
      out += '\n';
      column = 0;
    }
    out += ' ';
    out += word;
    column += 1 + word.size();
  }
  return out + '\n';
}

bool is_atom_text(std::string_view phrase) {
  return std::ranges::all_of(phrase, [](char c) {
    return text::is_alnum(c) ||
           std::string_view("!#$%&'*+-/?^_`{|}~ ").find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string encoded_words(std::string_view text) {
  const std::string utf8 = text::to_valid_utf8(text);
  std::string out;
  for (std::string_view rest = utf8; !rest.empty();) {
    const std::string_view part = text::head_of(rest, kWordBytes);
    out += (out.empty() ? "=?UTF-8?B?" : " =?UTF-8?B?") + base64_encode(part) + "?=";
    rest.remove_prefix(part.size());
  }
  return out;
}

std::string text_field(std::string_view name, std::string_view mark, std::string_view text) {
  const std::string plain = clean(text);
  const std::string shown = fits_unencoded(plain, name.size() + 1) ? plain : encoded_words(plain);
  return folded(name, fmt::format("{} {}", mark, shown));
}

std::string mailbox_text(std::string_view phrase, std::string_view address) {
  const std::string plain = clean(phrase);
  if (plain.empty()) return std::string(address);
  const std::string written = !fits_unencoded(plain, kMaxLine / 2) ? encoded_words(plain)
                              : is_atom_text(plain)                ? plain
                                                                   : quoted_string(plain);
  return written + " <" + std::string(address) + '>';
}

std::string ascii_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = text::decode_utf8(text, at);
    const bool plain = point.length == 1 && is_plain(text[at]);
    out += plain ? text[at] : '?';
    at += point.length;
  }
  return out;
}

}  // namespace emltrace::report
