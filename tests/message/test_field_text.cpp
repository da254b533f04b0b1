#include <string>

#include "message/charset.hpp"
#include "message/field_text.hpp"
#include "message/headers.hpp"
#include "message/iso_2022.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

Headers headers_of(const std::string& text) {
  return read_headers(Message::parse(text));
}

bool has_control(const std::string& text) {
  return Message::parse(text).defects().control.has_value();
}

}  // namespace

TEST_CASE("ISO-2022-JP is read, and no half of a character is syntax (RFC 1468)") {
  // 大木、花子: the bytes of 、 are 21 22, an exclamation mark and a quotation mark.
  const Headers headers = headers_of(
      "From: \x1b$BBgLZ!\"2V;R\x1b(B <hanako@kobo.example>\nSubject: \x1b$B2q5D\x1b(B no. 1\n");
  REQUIRE(headers.from.size() == 1);
  CHECK(headers.from[0].display == "大木、花子");
  CHECK(headers.from[0].address() == "hanako@kobo.example");
  CHECK(headers.subject == "会議 no. 1");
}

TEST_CASE("the extensions of ISO-2022 convert: half-width kana, NEC's signs, Korean, Chinese") {
  CHECK(iso_2022::decode("\x1b(I1\x1b(B") == "ｱ");
  CHECK(iso_2022::decode("\x1b$B-!\x1b(B") == "①");
  // 한 is C7 D1 in EUC-KR, 中 is D6 D0 in GB 2312 (RFC 1557, RFC 1922).
  CHECK(iso_2022::decode("\x1b$)C\x0e"
                         "GQ\x0f!") == "한!");
  CHECK(iso_2022::decode("\x1b$)A\x0e"
                         "VP\x0f") == "中");
}

TEST_CASE("an escape that designates nothing, or what does not convert, is no text") {
  CHECK_FALSE(iso_2022::decode("\x1b[31mred\x1b[0m"));
  CHECK_FALSE(iso_2022::decode("\x1b(Bplain"));
  CHECK_FALSE(iso_2022::decode("\x1b$B2\x1b(B"));   // half a character
  CHECK_FALSE(iso_2022::decode("\x1b$B+!\x1b(B"));  // a place without a character
  CHECK_FALSE(iso_2022::decode("\x0eGQ\x0f"));      // a shift without a designation
  CHECK_FALSE(iso_2022::decode("\x1b$B2q\x1b(B\xB2"));
  CHECK(has_control("Subject: \x1b[31mred\n"));
  CHECK(has_control("From: \x1b$B2q\x1b(B <a@b.example>\nSubject: \x1b[31mred\n"));
  CHECK(has_control("Subject: \x1b$B2q\x1b(B\x1b[31m\n"));
  CHECK_FALSE(has_control("From: \x1b$B2q\x1b(B <a@b.example>\nSubject: \x1b$B2q\x1b(B\n"));
}

TEST_CASE(
    "raw bytes are read by the charset of the message's own Content-Type, as a whole or not") {
  const std::string gb = "\xB2\xD6\xB4\xA2";  // 仓储
  const std::string latin = "Content-Type: text/plain; charset=";
  const auto subject = [&](const std::string& charset, const std::string& raw) {
    return headers_of((charset.empty() ? "" : latin + charset + "\n") + "Subject: " + raw + "\n")
        .subject.value();
  };
  CHECK(subject("gb18030", gb) == "仓储");
  CHECK(subject("GB2312", gb) == "仓储");
  CHECK(subject("", gb) == gb);  // nothing is guessed
  CHECK(subject("klingon", gb) == gb);
  CHECK(subject("us-ascii", gb) == gb);
  CHECK(subject("gb18030", gb + "\xFF") == gb + "\xFF");      // one byte does not convert
  CHECK(subject("gb18030", "caf\xC3\xA9") == "caf\xC3\xA9");  // UTF-8 stays UTF-8 (RFC 6532)
  CHECK(subject("koi8-r", "\xC4\xC1") == "да");
}

TEST_CASE("labels of charsets are taken for what writers mean by them") {
  CHECK(to_utf8_whole("\x80", "iso-8859-1") == "€");     // windows-1252
  CHECK(to_utf8_whole("\x87\x40", "Shift_JIS") == "①");  // CP932
  CHECK(to_utf8_whole("\xA4\xA4", "big5") == "中");
  CHECK(to_utf8_whole("\xC7\xD1", "ks_c_5601-1987") == "한");
  CHECK(to_utf8_whole("\xE4\xE0", "x-cp1251") == "да");
  CHECK(to_utf8_whole("\xAD\xA1", "euc-jp") == "①");
  CHECK_FALSE(to_utf8_whole("a\xFF", "gb18030"));
  CHECK_FALSE(to_utf8_whole("\xD6", "gb18030"));
  CHECK_FALSE(to_utf8_whole("a\x80", "us-ascii"));
}
