#include <string>
#include <vector>

#include "base/text.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE("ASCII case is folded without a locale") {
  CHECK(text::lower("AbC\xC3\x84") == "abc\xC3\x84");
  CHECK(text::iequals("FroM", "fROm"));
  CHECK_FALSE(text::iequals("from", "from "));
  CHECK_FALSE(text::iequals("\xC3\x84", "\xC3\xA4"));
  CHECK(text::istarts_with("Received: x", "RECEIVED"));
  CHECK_FALSE(text::istarts_with("Re", "Received"));
  CHECK(text::iends_with("mail.EXAMPLE", ".example"));
  CHECK_FALSE(text::iends_with("e", ".example"));
}

TEST_CASE("a text is ASCII where no byte of it, at whatever place, is above 0x7F") {
  CHECK(text::is_ascii(""));
  for (std::size_t size = 1; size <= 20; ++size) {
    CHECK(text::is_ascii(std::string(size, '\x7F')));
    for (std::size_t at = 0; at < size; ++at) {
      std::string other(size, 'a');
      other[at] = '\x80';
      CHECK_FALSE(text::is_ascii(other));
    }
  }
}

TEST_CASE("trim takes folding white space off both ends and nothing else") {
  CHECK(text::trim(" \t\r\n a b \r\n\t").compare("a b") == 0);
  CHECK(text::trim("\xC2\xA0x").size() == 3);
  CHECK(text::trim(" \t ").empty());
  CHECK(text::trim("").empty());
}

TEST_CASE("a needle is found whatever its case, from a start offset on") {
  const std::string_view s = "one Two oNe";
  CHECK(text::ifind(s, "one") == 0);
  CHECK(text::ifind(s, "ONE", 1) == 8);
  CHECK(text::ifind(s, "three") == std::string_view::npos);
  CHECK(text::ifind(s, "", 3) == 3);
  CHECK(text::ifind(s, "one", 100) == std::string_view::npos);
  CHECK(text::ifind("", "x") == std::string_view::npos);
}

TEST_CASE("split keeps empty parts, words keeps none, join is the reverse of split") {
  CHECK(text::split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(text::split("", ',') == std::vector<std::string_view>{""});
  CHECK(text::split(",", ',') == std::vector<std::string_view>{"", ""});
  CHECK(text::words("  a\t b\r\n c ") == std::vector<std::string_view>{"a", "b", "c"});
  CHECK(text::words(" \t").empty());
  CHECK(text::join({"a", "", "b"}, ", ") == "a, , b");
  CHECK(text::join({}, ", ").empty());
}

TEST_CASE("a number is whole, unsigned, decimal and fits 64 bits, or it is none") {
  CHECK(text::parse_unsigned("0") == 0U);
  CHECK(text::parse_unsigned("007") == 7U);
  CHECK(text::parse_unsigned("18446744073709551615") == 18446744073709551615U);
  for (const char* bad : {"", "18446744073709551616", "99999999999999999999999", "-1", "+1", " 1",
                          "1 ", "1a", "0x1", "1.0"}) {
    CAPTURE(bad);
    CHECK_FALSE(text::parse_unsigned(bad).has_value());
  }
}

TEST_CASE("two hexadecimal digits of either case are an octet") {
  CHECK(text::hex_octet("x4aZ", 1) == 'J');
  CHECK(text::hex_octet("Ff", 0) == '\xFF');
  CHECK_FALSE(text::hex_octet("4", 0));
  CHECK_FALSE(text::hex_octet("4g", 0));
  CHECK_FALSE(text::hex_octet("g4", 0));
  CHECK_FALSE(text::hex_octet("44", 2));
}

TEST_CASE("marked octets are decoded, all else stays") {
  CHECK(text::decode_octets("a%20b%3d%4", '%') == "a b=%4");
  CHECK(text::decode_octets("%zz=20", '%') == "%zz=20");
  CHECK(text::decode_octets("-41%41", '-') == "A%41");
}

TEST_CASE("all white space goes, wherever it stands") {
  CHECK(text::without_space(" a\r\n\tb c ") == "abc");
  CHECK(text::without_space("\xC2\xA0") == "\xC2\xA0");
}

TEST_CASE("UTF-8 is read by RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF") {
  struct Case {
    std::string bytes;
    char32_t value;
    std::size_t length;
  };
  const std::vector<Case> good{{"A", U'A', 1},
                               {"\xC2\x80", 0x80, 2},
                               {"\xDF\xBF", 0x7FF, 2},
                               {"\xE0\xA0\x80", 0x800, 3},
                               {"\xED\x9F\xBF", 0xD7FF, 3},
                               {"\xEF\xBF\xBF", 0xFFFF, 3},
                               {"\xF0\x90\x80\x80", 0x10000, 4},
                               {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4}};
  for (const Case& c : good) {
    CAPTURE(static_cast<unsigned>(c.value));
    const auto point = text::decode_utf8(c.bytes, 0);
    CHECK(point.valid);
    CHECK(point.value == c.value);
    CHECK(point.length == c.length);
    CHECK(text::is_utf8(c.bytes));
    std::string back;
    text::append_utf8(back, c.value);
    CHECK(back == c.bytes);
  }
  const std::vector<std::string> bad{"\x80",
                                     "\xC0\x80",
                                     "\xC1\xBF",
                                     "\xC2",
                                     "\xC2"
                                     "A",
                                     "\xE0\x9F\xBF",
                                     "\xE2\x82",
                                     "\xED\xA0\x80",
                                     "\xF0\x8F\xBF\xBF",
                                     "\xF4\x90\x80\x80",
                                     "\xF5\x80\x80\x80",
                                     "\xFF"};
  for (const std::string& bytes : bad) {
    CAPTURE(bytes);
    const auto point = text::decode_utf8(bytes, 0);
    CHECK_FALSE(point.valid);
    CHECK(point.value == U'\uFFFD');
    CHECK(point.length == 1);
    CHECK_FALSE(text::is_utf8(bytes));
  }
}

TEST_CASE("ill-formed bytes become U+FFFD one by one, all else stays") {
  CHECK(text::to_valid_utf8("gr\xC3\xBC\xC3\x9F") == "gr\xC3\xBC\xC3\x9F");
  CHECK(text::to_valid_utf8("a\xFFz\xE2\x82") == "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD");
  std::string out;
  text::append_utf8(out, 0xD800);
  text::append_utf8(out, 0x110000);
  CHECK(out == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("bytes 80 to BF go on with a sequence, and no others") {
  for (const char byte : {'\x80', '\xAC', '\xBF'}) CHECK(text::is_continuation(byte));
  for (const char byte : {'\0', 'a', '\x7F', '\xC0', '\xE2', '\xFF'})
    CHECK_FALSE(text::is_continuation(byte));
}

TEST_CASE("the head of a text ends before a sequence that does not fit") {
  CHECK(text::head_of("abc", 3) == "abc");
  CHECK(text::head_of("abcd", 3) == "abc");
  CHECK(text::head_of("ab\xE2\x82\xAC", 4) == "ab");
  CHECK(text::bounded("ab\xE2\x82\xAC", 5) == "ab\xE2\x82\xAC");
  CHECK(text::bounded("ab\xE2\x82\xAC", 4) == "ab… (5 bytes in all)");
  CHECK(text::head_of("ab\xE2\x82\xAC", 5) == "ab\xE2\x82\xAC");
  CHECK(text::head_of("\xF0\x9F\x98\x80x", 3).empty());
  CHECK(text::head_of(std::string(9, '\x80'), 8) == std::string(8, '\x80'));  // no sequence at all
}

TEST_CASE("a pattern fits a whole text, and each star any part of it") {
  CHECK(text::glob_match("mail-*.example", "mail-a1.example"));
  CHECK(text::glob_match("*", ""));
  CHECK(text::glob_match("a*", "a"));
  CHECK(text::glob_match("*a*b", "xaab"));
  CHECK_FALSE(text::glob_match("a*", "ba"));
  CHECK_FALSE(text::glob_match("a", "ab"));
  CHECK_FALSE(text::glob_match("*ab", "abx"));
  CHECK_FALSE(text::glob_match("A", "a"));
  CHECK_FALSE(text::glob_match("", "a"));
}
