#include <string>

#include "message/encoded_word.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

struct Case {
  const char* text;
  const char* decoded;
};

}  // namespace

TEST_CASE("the examples of RFC 2047 section 8 decode as shown there") {
  for (const Case& one : {
           Case{"=?ISO-8859-1?Q?a?=", "a"},
           Case{"=?ISO-8859-1?Q?a?= b", "a b"},
           Case{"=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"},
           Case{"=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab"},
           Case{"=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=", "ab"},
           Case{"=?ISO-8859-1?Q?a_b?=", "a b"},
           Case{"=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"},
           Case{"=?ISO-8859-1?Q?Andr=E9?= Pirard", "Andr\xC3\xA9 Pirard"},
           Case{"=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n"
                " =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
                "If you can read this you understand the example."},
       }) {
    CAPTURE(one.text);
    CHECK(decode_encoded_words(one.text) == one.decoded);
  }
}

TEST_CASE("the charsets of mail decode by iconv") {
  for (const Case& one : {
           Case{"=?gb2312?B?w/fM7LfFvNk=?=", "\xE6\x98\x8E\xE5\xA4\xA9\xE6\x94\xBE\xE5\x81\x87"},
           Case{"=?GB18030?Q?=C3=F7=CC=EC?=", "\xE6\x98\x8E\xE5\xA4\xA9"},
           Case{"=?big5?B?qfqk0Q==?=", "\xE6\x98\x8E\xE5\xA4\xA9"},
           Case{"=?ISO-2022-JP?B?GyRCTEBGfBsoQg==?=", "\xE6\x98\x8E\xE6\x97\xA5"},
           Case{"=?Shift_JIS?B?lr6T+g==?=", "\xE6\x98\x8E\xE6\x97\xA5"},
           Case{"=?koi8-r?B?8NLJ18XU?=", "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82"},
           Case{"=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=",
                "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82"},
           Case{"=?ks_c_5601-1987?B?x9GxuQ==?=", "\xED\x95\x9C\xEA\xB5\xAD"},
           Case{"=?windows-1252?q?=80?=", "\xE2\x82\xAC"},
           Case{"=?utf-8*de?q?K=C3=B6ln?=", "K\xC3\xB6ln"},
           Case{"=?UTF8?b?S8O2bG4=?=", "K\xC3\xB6ln"},
           Case{"=?unicode-1-1-utf-7?q?+2D3cqQ-?=", "\xF0\x9F\x92\xA9"},
       }) {
    CAPTURE(one.text);
    CHECK(decode_encoded_words(one.text) == one.decoded);
  }
}

TEST_CASE("a character cut in two between encoded words of one charset is joined") {
  CHECK(decode_encoded_words("=?utf-8?b?5pg=?= =?UTF-8?q?=8E?=") == "\xE6\x98\x8E");
  CHECK(decode_encoded_words("=?utf-8?b?5pg=?= =?gbk?q?a?=") ==
        "\xEF\xBF\xBD\xEF\xBF\xBD"
        "a");
}

TEST_CASE("what cannot be read stays as written") {
  for (const char* text :
       {"=?", "=?utf-8?x?abc?=", "=?utf-8?b?###?=", "=?utf-8?q?=ZZ?=", "=?utf-8?q?=4?=",
        "=?no-such-charset?q?abc?=", "=?no-such-charset?q?a?= =?no-such-charset?q?b?=",
        "=?utf-8?q?a b?=", "=?utf-8?q?abc", "=?utf-8//TRANSLIT?q?abc?=", "plain =? text ?="}) {
    CAPTURE(text);
    CHECK(decode_encoded_words(text) == text);
  }
  CHECK(decode_encoded_words("=?x-none?q?a?= =?utf-8?q?b?=") == "=?x-none?q?a?= b");
  CHECK(decode_encoded_words("=?utf-8?q?b?= =?x-none?q?a?= c") == "b =?x-none?q?a?= c");
  CHECK(decode_encoded_words("caf\xE9") == "caf\xE9");
}

TEST_CASE("encoded words are found beside other text") {
  CHECK(decode_encoded_words("Re:=?utf-8?q?a?=!") == "Re:a!");
  CHECK(has_encoded_word("Re: =?utf-8?q?a?="));
  CHECK(has_encoded_word("=?=?utf-8?B?YQ==?="));
  CHECK_FALSE(has_encoded_word("=?utf-8?q?a"));
  CHECK_FALSE(has_encoded_word("a = b ? c : d"));
}

TEST_CASE("long and hostile text takes linear time") {
  std::string words;
  for (int i = 0; i < 50'000; ++i) words += "=?utf-8?q?a?= ";
  CHECK(decode_encoded_words(words).size() == 50'000);
  std::string marks;
  for (int i = 0; i < 500'000; ++i) marks += "=?a?b";
  CHECK(decode_encoded_words(marks) == marks);
}
