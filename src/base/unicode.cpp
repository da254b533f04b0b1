#include "base/unicode.hpp"

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include <cstdint>
#include <cstdlib>
#include <memory>

#include "base/text.hpp"

namespace emltrace::unicode {
namespace {

static_assert(sizeof(char32_t) == sizeof(std::uint32_t));

struct Free {
  void operator()(void* text) const { std::free(text); }
};

const std::uint32_t* units(std::u32string_view text) {
  return reinterpret_cast<const std::uint32_t*>(text.data());
}

// What libunistring allocated; the text as it was where it could not.
std::u32string taken(std::uint32_t* result, std::size_t length, std::u32string_view otherwise) {
  const std::unique_ptr<std::uint32_t, Free> owned(result);
  if (!owned) return std::u32string(otherwise);
  return {owned.get(), owned.get() + length};
}

}  // namespace

std::string_view script(char32_t code_point) {
  const uc_script_t* found = uc_script(code_point);
  return found == nullptr ? std::string_view() : found->name;
}

bool is_letter(char32_t code_point) {
  return uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_L);
}

bool is_mark(char32_t code_point) {
  return uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_M);
}

bool is_upper(char32_t code_point) {
  return uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Lu);
}

char32_t to_lower(char32_t code_point) {
  return uc_tolower(code_point);
}

bool is_lower(char32_t code_point) {
  return uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Ll);
}

bool is_digit(char32_t code_point) {
  return uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Nd);
}

bool is_word_part(char32_t code_point) {
  return uc_is_general_category_withtable(
      code_point, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Nd);
}

bool is_right_to_left(char32_t code_point) {
  const int bidi = uc_bidi_class(code_point);
  return (bidi == UC_BIDI_R || bidi == UC_BIDI_AL) && !is_default_ignorable(code_point) &&
         code_point != 0x200F && code_point != 0x061C;
}

bool is_default_ignorable(char32_t code_point) {
  return uc_is_property_default_ignorable_code_point(code_point);
}

bool is_east_asian(char32_t code_point) {
  if (code_point < 0x1100) return false;
  const std::string_view name = script(code_point);
  return name == "Han" || name == "Hiragana" || name == "Katakana" || name == "Hangul" ||
         name == "Bopomofo";
}

bool is_virama(char32_t code_point) {
  return uc_combining_class(code_point) == UC_CCC_VR;
}

bool is_emoji(char32_t code_point) {
  return uc_is_property_emoji(code_point);
}

bool is_pictograph(char32_t code_point) {
  return uc_is_property_extended_pictographic(code_point) ||
         uc_is_property_emoji_modifier(code_point);
}

Joining joining(char32_t code_point) {
  switch (uc_joining_type(code_point)) {
    case UC_JOINING_TYPE_L:
      return Joining::left;
    case UC_JOINING_TYPE_R:
      return Joining::right;
    case UC_JOINING_TYPE_D:
      return Joining::dual;
    default:
      return Joining::none;
  }
}

std::u32string decode(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const text::CodePoint point = text::decode_utf8(utf8, at);
    out.push_back(point.value);
    at += point.length;
  }
  return out;
}

std::string encode(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) text::append_utf8(out, c);
  return out;
}

std::u32string nfkc(std::u32string_view text) {
  std::size_t length = 0;
  auto* result = u32_normalize(UNINORM_NFKC, units(text), text.size(), nullptr, &length);
  return taken(result, length, text);
}

std::u32string without_case_and_accents(std::u32string_view text) {
  std::size_t length = 0;
  auto* result = u32_casefold(units(text), text.size(), nullptr, UNINORM_NFKD, nullptr, &length);
  const std::u32string folded = taken(result, length, text);
  std::u32string plain;
  bool east_asian = false;
  for (const char32_t c : folded) {
    const bool mark = is_mark(c);
    if (!mark) east_asian = is_east_asian(c);
    if (!mark || east_asian) plain.push_back(c);
  }
  return nfkc(plain);
}

}  // namespace emltrace::unicode
