#include <algorithm>

#include "auth/dkim/encoders.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

std::vector<std::string> quoted_printable_forms(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t form = 0; form < dkim::kQuotedPrintableForms; ++form) {
    out.push_back(dkim::quoted_printable(text, form));
  }
  return out;
}

bool holds(const std::vector<std::string>& forms, const std::string& wanted) {
  return std::find(forms.begin(), forms.end(), wanted) != forms.end();
}

std::string x(std::size_t count) {
  return std::string(count, 'x');
}

}  // namespace

// What Python 3.11 (binascii.b2a_qp, email.charset) and Perl 5.36 (MIME::QuotedPrint) print.
TEST_CASE("quoted-printable is written as the common libraries write it") {
  const std::string umlaut = "\xC3\xBC";
  struct Row {
    std::string text;
    std::string binascii;
    std::string email;
    std::string perl;
  };
  const std::vector<Row> rows{
      {x(76), x(76), x(76), x(76)},
      {x(77), x(75) + "=\r\nxx", x(75) + "=\r\nxx", x(75) + "=\r\nxx"},
      {x(73) + umlaut, x(73) + "=\r\n=C3=BC", x(73) + "=\r\n=C3=BC", x(73) + "=\r\n=C3=BC"},
      {x(70) + umlaut, x(70) + "=C3=\r\n=BC", x(70) + "=C3=BC", x(70) + "=C3=BC"},
      {x(72) + "=y", x(72) + "=3Dy", x(72) + "=3Dy", x(72) + "=3Dy"},
      {"Ende ", "Ende=20", "Ende=20", "Ende=20"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto forms = quoted_printable_forms(row.text + "\r\n");
    CHECK(forms[0] == row.perl + "\r\n");
    CHECK(forms[0] == row.email + "\r\n");
    CHECK(forms[2] == row.binascii + "\r\n");
    CHECK(forms[1].find(x(76)) == std::string::npos);  // JavaMail never fills a line
  }
}

TEST_CASE("quoted-printable: other habits") {
  const std::string text = "From me\r\n.\r\n" + x(60) + " " + x(20) + "\r\n";
  const auto forms = quoted_printable_forms(text);
  CHECK(forms[0] == "From me\r\n.\r\n" + x(60) + " " + x(14) + "=\r\n" + x(6) + "\r\n");
  CHECK(holds(forms, "From me\r\n.\r\n" + x(60) + " =\r\n" + x(20) + "\r\n"));
  CHECK(holds(forms, "=46rom me\r\n=2E\r\n" + x(60) + " " + x(14) + "=\r\n" + x(6) + "\r\n"));
  const std::string sequence = x(71) + "\xE2\x82\xAC" + "yyyy\r\n";
  CHECK(holds(quoted_printable_forms(sequence), x(71) + "=\r\n=E2=82=ACyyyy\r\n"));
  CHECK(holds(quoted_printable_forms(sequence), x(71) + "=E2=\r\n=82=ACyyyy\r\n"));
}

TEST_CASE("quoted-printable keeps the line ends it gets, and escapes a lone CR") {
  CHECK(dkim::quoted_printable("a\nb\n", 0) == "a\nb\n");
  CHECK(dkim::quoted_printable(x(77) + "\n", 0) == x(75) + "=\nxx\n");
  CHECK(dkim::quoted_printable("a\rb\r\n", 0) == "a=0Db\r\n");
  CHECK(dkim::quoted_printable("", 0).empty());
}

TEST_CASE("base64 in lines") {
  CHECK(dkim::base64_lines("Hello, World", 8, "\r\n") == "SGVsbG8s\r\nIFdvcmxk");
  CHECK(dkim::base64_lines("Hello, World", 0, "\r\n") == "SGVsbG8sIFdvcmxk");
  CHECK(dkim::base64_lines("", 76, "\r\n").empty());
}

// Python's email.header.Header, and the forms that Gmail and Outlook write.
TEST_CASE("encoded words are written as the common programs write them") {
  const auto forms = dkim::encoded_word_forms(
      "[Dinner] Gr\xC3\xBC\xC3\x9F"
      "e aus K\xC3\xB6ln und aus der ganzen Welt, von "
      "Anfang bis zum Ende gelesen",
      "Subject");
  CHECK(holds(forms,
              "=?utf-8?q?=5BDinner=5D_Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln_und_aus_der_ga?=\r\n "
              "=?utf-8?q?nzen_Welt=2C_von_Anfang_bis_zum_Ende_gelesen?="));
  const auto word = dkim::encoded_word_forms("caf\xC3\xA9 au lait", "Subject");
  for (const char* wanted : {"=?UTF-8?Q?caf=C3=A9_au_lait?=", "=?utf-8?B?Y2Fmw6kgYXUgbGFpdA==?=",
                             "=?UTF-8?B?Y2Fmw6kgYXUgbGFpdA==?=", "=?utf-8?q?caf=C3=A9_au_lait?=",
                             "=?UTF-8?Q?caf=C3=A9?= au lait", "caf\xC3\xA9 au lait"}) {
    CAPTURE(wanted);
    CHECK(holds(word, wanted));
  }
  CHECK(dkim::encoded_word_forms("plain", "Subject") == std::vector<std::string>{"plain"});
}
