#include <string>

#include "base/unicode.hpp"
#include "support/catch.hpp"

using namespace emltrace;

// All expectations are those of the Unicode Character Database, version 15.

TEST_CASE("a script is told by its property value name") {
  CHECK(unicode::script(U'a') == "Latin");
  CHECK(unicode::script(U'\u0430') == "Cyrillic");
  CHECK(unicode::script(U'\u03BF') == "Greek");
  CHECK(unicode::script(U'\u6F22') == "Han");
  CHECK(unicode::script(U'1') == "Common");
  CHECK(unicode::script(U'\u00B5') == "Common");  // micro sign
  CHECK(unicode::script(U'\u03BC') == "Greek");   // small mu
  CHECK(unicode::script(U'\u0301') == "Inherited");
  CHECK(unicode::script(U'\U0001D41B') == "Common");  // mathematical bold b
  CHECK((unicode::script(char32_t{0x0378}).empty() ||
         unicode::script(char32_t{0x0378}) == "Unknown"));
}

TEST_CASE("letters, marks, case and digits are general categories") {
  CHECK(unicode::is_letter(U'\u6F22'));
  CHECK_FALSE(unicode::is_letter(U'1'));
  CHECK(unicode::is_mark(U'\u0301'));
  CHECK_FALSE(unicode::is_mark(U'a'));
  CHECK((unicode::is_upper(U'\u0410') && unicode::is_lower(U'\u0430')));
  CHECK_FALSE(unicode::is_lower(U'\u6F22'));
  CHECK((unicode::is_digit(U'\u0663') && unicode::is_digit(U'7')));
  CHECK_FALSE(unicode::is_digit(U'\u2460'));
  for (const char32_t c : {U'a', U'\u0301', U'7', U'\u6F22'}) CHECK(unicode::is_word_part(c));
  for (const char32_t c : {U' ', U'-', U'\u2019', U'\u200B'}) CHECK_FALSE(unicode::is_word_part(c));
}

TEST_CASE("right-to-left letters are told from the marks that only turn the direction") {
  CHECK(unicode::is_right_to_left(U'\u05D0'));
  CHECK(unicode::is_right_to_left(U'\u0627'));
  CHECK_FALSE(unicode::is_right_to_left(U'a'));
  CHECK_FALSE(unicode::is_right_to_left(U'\u200F'));
  CHECK_FALSE(unicode::is_right_to_left(U'\u061C'));
}

TEST_CASE("what is shown as nothing is default ignorable") {
  for (const char32_t c : {U'\u00AD', U'\u200B', U'\u200D', U'\u2060', U'\u3164', U'\uFE0F',
                           U'\uFEFF', U'\U000E0041', U'\U000E0100'})
    CHECK(unicode::is_default_ignorable(c));
  for (const char32_t c : {U'a', U' ', U'\u00A0', U'\u0301'})
    CHECK_FALSE(unicode::is_default_ignorable(c));
}

TEST_CASE("East Asian scripts are Han, kana, bopomofo and Hangul") {
  for (const char32_t c : {U'\u6F22', U'\u3042', U'\u30AB', U'\uFF76', U'\uD55C', U'\u3105'})
    CHECK(unicode::is_east_asian(c));
  for (const char32_t c : {U'a', U'\uFF21', U'\u0E01', U'\u0430'})
    CHECK_FALSE(unicode::is_east_asian(c));
}

TEST_CASE("compatibility letters are the letters that they are made from") {
  CHECK(unicode::nfkc(U"\U0001D5EF\uFF42\u24D1\u1D47") == U"bbbb");
  CHECK(unicode::nfkc(U"\u00FC") == U"\u00FC");
  CHECK(unicode::nfkc(U"u\u0308") == U"\u00FC");
  CHECK(unicode::nfkc(U"\uFF76\uFF9E") == U"\u30AC");
  CHECK(unicode::nfkc(U"").empty());
}

TEST_CASE("names are compared without case and accents") {
  CHECK(unicode::without_case_and_accents(U"Cr\u00E9dit AGRICOLE") == U"credit agricole");
  CHECK(unicode::without_case_and_accents(U"Stra\u00DFe") == U"strasse");
  CHECK(unicode::without_case_and_accents(U"\uFF30ay") == U"pay");
  CHECK(unicode::without_case_and_accents(U"\uFF76\uFF9E\uD55C") == U"\u30AC\uD55C");
}

TEST_CASE("a text is its code points, and an ill-formed byte is the replacement character") {
  CHECK(unicode::decode("a\xC3\xBC\xFF") == U"a\u00FC\uFFFD");
  CHECK(unicode::encode(U"a\u00FC\U0001D5EF") == "a\xC3\xBC\xF0\x9D\x97\xAF");
}
