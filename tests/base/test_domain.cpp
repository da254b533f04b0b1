#include <string>

#include "base/domain.hpp"
#include "support/catch.hpp"

using emltrace::DomainName;

namespace {

std::string text_of(std::string_view s) {
  const auto name = DomainName::parse(s);
  return name ? name->text() : "none";
}
DomainName name(std::string_view s) {
  return *DomainName::parse(s);
}

}  // namespace

TEST_CASE("case, a trailing dot and the U-label form do not matter in a comparison") {
  CHECK(name("Example.ORG.") == name("example.org"));
  CHECK(name("b\xC3\xBC"
             "cher.example") == name("XN--BCHER-KVA.example"));
  CHECK(name("B\xC3\x9C"
             "CHER.example")
            .text() == "xn--bcher-kva.example");
  CHECK(name("a.example") != name("b.example"));
}

TEST_CASE("IDNA is non-transitional: sharp s and the joiners keep their own names") {
  CHECK(text_of("fa\xC3\x9F.example") == "xn--fa-hia.example");
}

TEST_CASE("an underscore stays beside a U-label") {
  CHECK(text_of("_dmarc.b\xC3\xBC"
                "cher.example") == "_dmarc.xn--bcher-kva.example");
  CHECK(text_of("S1._domainkey.Example") == "s1._domainkey.example");
}

TEST_CASE("a bracket makes no name: an address literal, a comment, a name written against links") {
  for (const auto* text : {"[192.0.2.1]", "mail[.]example.org", "mail(dot)example.org",
                           "a{.}example", "<example.org>", "example.org)"}) {
    CAPTURE(text);
    CHECK(text_of(text) == "none");
  }
  CHECK_FALSE(name("example.org").with_prefix("_dmarc[.]a"));
  // A macro of SPF may make any octet (RFC 7208 7.3), and the wire may hold it.
  CHECK(DomainName::parse_octets("a[b.example.org"));
}

TEST_CASE("names without a label, with an empty one, or with bytes of no name are refused") {
  using namespace std::string_view_literals;
  for (const std::string_view bad :
       {""sv, "."sv, ".."sv, ".a"sv, "a..b"sv, "a.."sv, "a b"sv, "a\tb"sv, "a\0b"sv,
        "a\x7F"
        "b"sv,
        "a\r\n"sv, "a\xFF.example"sv, "\xC3\xBC\0.example"sv, "\xC3\xBC .example"sv}) {
    CAPTURE(std::string(bad));
    CHECK(text_of(bad) == "none");
  }
}

TEST_CASE("labels have at most 63 octets and names at most 253") {
  const std::string label(63, 'a');
  CHECK(text_of(label + ".example") == label + ".example");
  CHECK(text_of(label + "a.example") == "none");
  const std::string three = label + '.' + label + '.' + label + '.';
  CHECK(text_of(three + std::string(61, 'b')).size() == 253);
  CHECK(text_of(three + std::string(61, 'b') + '.').size() == 253);
  CHECK(text_of(three + std::string(62, 'b')) == "none");
  CHECK(text_of(std::string(100'000, 'a')) == "none");
}

TEST_CASE("octets that a macro may make are kept") {
  CHECK(text_of("user+tag=x.example") == "user+tag=x.example");
  CHECK(DomainName::parse_octets("a*b.(c).example")->text() == "a*b.(c).example");
}

TEST_CASE("people see U-labels, and the A-label where a label is no valid one") {
  CHECK(name("xn--bcher-kva.example").unicode() ==
        "b\xC3\xBC"
        "cher.example");
  CHECK(name("xn--99999999999.xn--bcher-kva.example").unicode() ==
        "xn--99999999999.b\xC3\xBC"
        "cher.example");
  CHECK(name("plain.example").unicode() == "plain.example");
}

TEST_CASE("labels are counted, cut from the front and taken from the end") {
  CHECK(name("a.b.c").label_count() == 3);
  CHECK(name("c").label_count() == 1);
  CHECK(name("a.b.c").parent()->text() == "b.c");
  CHECK_FALSE(name("c").parent().has_value());
  CHECK(name("a.b.c").last_labels(1).text() == "c");
  CHECK(name("a.b.c").last_labels(2).text() == "b.c");
  CHECK(name("a.b.c").last_labels(3).text() == "a.b.c");
  CHECK(name("a.b.c").last_labels(9).text() == "a.b.c");
}

TEST_CASE("a name is within itself and its ancestors, not within a name that only ends alike") {
  CHECK(name("mail.example.org").is_within(name("example.org")));
  CHECK(name("example.org").is_within(name("Example.org.")));
  CHECK_FALSE(name("badexample.org").is_within(name("example.org")));
  CHECK_FALSE(name("org").is_within(name("example.org")));
}

TEST_CASE("a prefix of one or more labels goes in front where the name stays valid") {
  CHECK(name("example.org").with_prefix("s1._domainkey")->text() == "s1._domainkey.example.org");
  CHECK_FALSE(name("example.org").with_prefix("a b").has_value());
  CHECK_FALSE(name("example.org").with_prefix("").has_value());
  CHECK_FALSE(name("example.org").with_prefix("x.").has_value());
  const std::string label(63, 'a');
  CHECK_FALSE(name(label + '.' + label + '.' + label).with_prefix(label).has_value());
}

TEST_CASE("host names are those of RFC 1123 with two labels or more") {
  for (const char* good : {"mail.example.org", "3com.com", "a-b.c0", "xn--bcher-kva.example"}) {
    CAPTURE(good);
    CHECK(name(good).is_host_name());
  }
  for (const char* bad :
       {"localhost", "_x.example", "-a.example", "a-.example", "a.b!c", "1.2.3.4", "example.123"}) {
    CAPTURE(bad);
    CHECK_FALSE(name(bad).is_host_name());
  }
}

TEST_CASE("a host name alone is read as one") {
  CHECK(DomainName::parse_host("MX.a.example")->text() == "mx.a.example");
  CHECK_FALSE(DomainName::parse_host("localhost"));
  CHECK_FALSE(DomainName::parse_host("_dmarc.a.example"));
  CHECK_FALSE(DomainName::parse_host("192.0.2.1"));
  CHECK_FALSE(DomainName::parse_host(""));
}
