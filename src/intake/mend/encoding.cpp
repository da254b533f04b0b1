#include <algorithm>

#include "base/text.hpp"
#include "intake/mend/input_lines.hpp"
#include "intake/mend/rows.hpp"
#include "message/charset.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{64} << 10;
constexpr std::size_t kSampleLines = 8;

char32_t unit_at(std::string_view bytes, std::size_t at, Utf16 order) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return order == Utf16::little ? static_cast<char32_t>(first | second << 8)
                                : static_cast<char32_t>(first << 8 | second);
}

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}

}  // namespace

bool is_utf16(const Look& look) {
  return look.original && utf16_order(look.text) != Utf16::none;
}

void from_utf16(const Look& look, Edit& edit) {
  const std::string_view in = look.text;
  const Utf16 order = utf16_order(in);
  const bool marked = in.starts_with("\xFF\xFE") || in.starts_with("\xFE\xFF");
  edit.note(0);
  std::string run;
  std::size_t run_start = marked ? 2 : 0;
  std::size_t at = run_start;
  while (at + 1 < in.size()) {
    char32_t value = unit_at(in, at, order);
    std::size_t length = 2;
    if (is_high_surrogate(value) && at + 3 < in.size()) {
      const char32_t low = unit_at(in, at + 2, order);
      if (low >= 0xDC00 && low < 0xE000) {
        value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
        length = 4;
      }
    }
    if (value < 0x80) {
      run.push_back(static_cast<char>(value));
      at += length;
      continue;
    }
    // ASCII is the same text in both; the bytes of other characters are unknown to us.
    edit.note_signed_bytes();
    edit.replace(run_start, at, run, 2);
    run.clear();
    std::string encoded;
    text::append_utf8(encoded, value >= 0xD800 && value < 0xE000 ? 0xFFFD : value);
    edit.replace(at, at + length, encoded);
    at += length;
    run_start = at;
  }
  edit.replace(run_start, at, run, 2);
}

bool has_byte_order_mark(const Look& look) {
  return look.text.starts_with(text::kByteOrderMark);
}

void drop_byte_order_mark(const Look& look, Edit& edit) {
  edit.note(0);
  edit.copy(text::kByteOrderMark.size(), look.text.size());
}

bool has_cr_lines(const Look& look) {
  const std::size_t first = look.text.find('\r');
  return first != std::string_view::npos && look.text.find('\n') == std::string_view::npos &&
         look.text.find('\r', first + 1) != std::string_view::npos;
}

void cr_to_lf(const Look& look, Edit& edit) {
  std::size_t from = 0;
  for (std::size_t cr = look.text.find('\r'); cr != std::string_view::npos;
       cr = look.text.find('\r', from)) {
    edit.note(cr);
    edit.copy(from, cr);
    edit.replace(cr, cr + 1, "\n");
    from = cr + 1;
  }
  edit.copy(from, look.text.size());
}

bool has_cr_cr_lf(const Look& look) {
  std::size_t found = 0;
  std::size_t lines = 0;
  for (const Line& line : Lines(look.text)) {
    if (lines == kSampleLines) break;
    found += line.text.ends_with('\r') ? 1 : 0;
    ++lines;
  }
  return lines >= 2 && found == lines;
}

void cr_cr_lf_to_crlf(const Look& look, Edit& edit) {
  std::size_t from = 0;
  for (std::size_t at = look.text.find("\r\r\n"); at != std::string_view::npos;
       at = look.text.find("\r\r\n", at + 3)) {
    edit.note(at);
    edit.copy(from, at);
    from = at + 1;
  }
  edit.copy(from, look.text.size());
}

// A lead byte 81–FE with a trail byte 40–7E, 80–FE, or four bytes with digits second and fourth.
bool is_gb18030(const Look& look) {
  const std::string_view sample = look.text.substr(0, kSampleBytes);
  const auto first = first_line(sample);
  if (!first || look.block.starts_well || text::is_utf8(first->text)) {
    return false;
  }
  const auto byte = [&](std::size_t at) {
    return at < sample.size() ? static_cast<unsigned char>(sample[at]) : 0U;
  };
  std::size_t pairs = 0;
  for (std::size_t at = 0; at + 4 < sample.size();) {
    if (byte(at) < 0x80) {
      ++at;
    } else if (byte(at) >= 0x81 && byte(at) <= 0xFE && byte(at + 1) >= 0x40 &&
               byte(at + 1) != 0x7F && byte(at + 1) != 0xFF) {
      at += 2;
      ++pairs;
    } else if (byte(at + 1) >= 0x30 && byte(at + 1) <= 0x39 && byte(at + 2) >= 0x81 &&
               byte(at + 3) >= 0x30 && byte(at + 3) <= 0x39) {
      at += 4;
    } else {
      return false;
    }
  }
  return pairs > 0;
}

void from_gb18030(const Look& look, Edit& edit) {
  for (const Line& line : Lines(look.text)) {
    const std::size_t at = line.offset;
    const bool ascii = text::is_ascii(line.text);
    const std::size_t end = at + line.text.size();
    const auto converted = ascii ? std::nullopt : to_utf8(line.text, "GB18030");
    if (converted) {
      edit.note(at);
      edit.replace(at, end, *converted);
      edit.copy(end, line.next);
    } else {
      edit.copy(at, line.next);
    }
  }
}

}  // namespace emltrace::intake::rows
