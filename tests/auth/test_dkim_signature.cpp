#include <fstream>
#include <sstream>
#include <string>

#include "auth/dkim/signature.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using dkim::Problem;
using dkim::Signature;
using dkim::SignatureKind;

namespace {

const std::string kHash32 = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

struct Read {
  std::string text;
  Message message;
  Signature signature;
};

// The views of a signature look into the text, so both are kept together.
std::unique_ptr<Read> read(std::string body, SignatureKind kind = SignatureKind::dkim) {
  auto out = std::make_unique<Read>();
  out->text = "DKIM-Signature:" + std::move(body) + "\r\n\r\n";
  out->message = Message::parse(out->text);
  out->signature = dkim::parse_signature(out->message.fields().at(0), kind);
  return out;
}

std::string good(const std::string& more = "") {
  return " v=1; a=rsa-sha256; d=example.org; s=s1; h=From:To; bh=" + kHash32 + "; b=YWJj" + more;
}

std::string problem(const std::string& body, SignatureKind kind = SignatureKind::dkim) {
  const auto r = read(body, kind);
  return std::string(to_string(r->signature.fault.problem));
}

std::string swapped(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("RFC 6376 section 3.5: a field is read with all its tags") {
  const auto r = read(
      " v=1; a=rsa-sha256; c=relaxed/simple; d=Example.ORG;\r\n\ts=S1; i=joe=40x@a.example.org;"
      " h=From : to:\r\n\tSUBJECT; l=12; q=dns/txt; t=1117574938; x=1118006938;\r\n"
      " z=From:foo@eng.example.net|Subject:demo=20run; bh=" +
      kHash32 + ";\r\n b = YW\r\n\t Jj ; n=x");
  const Signature& s = r->signature;
  CHECK_FALSE(s.fault);
  CHECK(s.domain_text == "Example.ORG");
  CHECK(s.domain->text() == "example.org");
  CHECK(s.key_name->text() == "s1._domainkey.example.org");
  CHECK(s.algorithm == dkim::find_algorithm("rsa-sha256"));
  CHECK(s.header == dkim::Canonicalization::relaxed);
  CHECK(s.body == dkim::Canonicalization::simple);
  CHECK(s.identity == "joe@x@a.example.org");
  CHECK(s.headers == std::vector<std::string>{"from", "to", "subject"});
  CHECK(s.length == 12U);
  CHECK(format_rfc3339(*s.signed_at) == "2005-05-31T21:28:58Z");
  CHECK(format_rfc3339(*s.expires_at) == "2005-06-05T21:28:58Z");
  CHECK(s.signature == "abc");
  CHECK(s.body_hash == "01234567890123456789012345678901");
  REQUIRE(s.copied.size() == 2);
  CHECK(s.copied[1].name == "Subject");
  CHECK(s.copied[1].value == "demo run");
  CHECK(r->message.fields()[0].raw.substr(s.value.offset, s.value.length) == " YW\r\n\t Jj ");
}

TEST_CASE("RFC 6376 section 3.5: the defaults of absent tags") {
  const auto r = read(good());
  CHECK_FALSE(r->signature.fault);
  CHECK(r->signature.header == dkim::Canonicalization::simple);
  CHECK(r->signature.body == dkim::Canonicalization::simple);
  CHECK_FALSE(r->signature.identity.has_value());
  CHECK_FALSE(r->signature.length.has_value());
  CHECK_FALSE(r->signature.signed_at.has_value());
  SECTION("c= with one name leaves the body simple") {
    const auto one = read(good("; c=relaxed"));
    CHECK(one->signature.header == dkim::Canonicalization::relaxed);
    CHECK(one->signature.body == dkim::Canonicalization::simple);
  }
}

TEST_CASE("the value of b= is taken out up to the semicolon or the field's end") {
  const auto last = read(good());
  const auto& field = last->message.fields()[0];
  CHECK(field.raw.substr(last->signature.value.offset, last->signature.value.length) == "YWJj");
  const auto folded = read(good("\r\n\tYWJj  "));
  const auto& value = folded->signature.value;
  CHECK(folded->message.fields()[0].raw.substr(value.offset, value.length) == "YWJj\r\n\tYWJj  ");
}

TEST_CASE("RFC 6376 section 6.1.1: what no verifier may accept is named") {
  struct Case {
    std::string body;
    Problem problem;
    std::string detail;  // a part of it
  };
  const std::vector<Case> cases{
      {swapped(good(), "v=1; ", ""), Problem::syntax, "missing: v"},
      {swapped(good(), "a=rsa-sha256; ", ""), Problem::syntax, "missing: a"},
      {swapped(good(), "s=s1; ", ""), Problem::syntax, "missing: s"},
      {swapped(good(), "h=From:To; ", ""), Problem::syntax, "missing: h"},
      {swapped(good(), "; b=YWJj", ""), Problem::syntax, "missing: b"},
      {" ", Problem::syntax, "missing: v a d h s bh b"},
      {good("; d=example.org"), Problem::syntax, "duplicate tag"},
      {good("; junk"), Problem::syntax, "missing '=' at 'junk'"},
      {good("; 1x=y"), Problem::syntax, "invalid tag name"},
      {good(";; x=1"), Problem::syntax, "empty tag"},
      {swapped(good(), "v=1", "v=2"), Problem::syntax, "incompatible version"},
      {swapped(good(), "v=1", "v=1.0"), Problem::syntax, "incompatible version"},
      {swapped(good(), "rsa-sha256", "rsa-md5"), Problem::algorithm, "rsa-md5"},
      {swapped(good(), "rsa-sha256", "RSA-SHA256"), Problem::algorithm, "unknown algorithm"},
      {good("; c=nofws"), Problem::syntax, "canonicalization"},
      {good("; c=relaxed/"), Problem::syntax, "canonicalization"},
      {good("; q=http"), Problem::syntax, "query method"},
      {good("; l=-1"), Problem::syntax, "l='-1'"},
      {good("; l="), Problem::syntax, "l="},
      {good("; l=99999999999999999999999"), Problem::syntax, "l="},
      {good("; t=soon"), Problem::syntax, "t='soon'"},
      {good("; x="), Problem::syntax, "x="},
      {good("; t=200; x=200"), Problem::syntax, "x= is not later"},
      {swapped(good(), "h=From:To", "h="), Problem::syntax, "empty name"},
      {swapped(good(), "h=From:To", "h=From::To"), Problem::syntax, "empty name"},
      {swapped(good(), "h=From:To", "h=From:a b"), Problem::syntax, "h= has 'a b'"},
      {swapped(good(), "b=YWJj", "b=Y*Jj"), Problem::syntax, "b= is no base64"},
      {swapped(good(), "b=YWJj", "b="), Problem::syntax, "b= is empty"},
      {swapped(good(), kHash32, "YWJj"), Problem::syntax, "bh= holds 3 bytes"},
      {swapped(good(), kHash32, "%%"), Problem::syntax, "bh= is no base64"},
      {swapped(good(), "h=From:To", "h=To"), Problem::from_not_signed, "From"},
      {good("; i=@example.com"), Problem::domain_mismatch, "i="},
      {good("; i=@badexample.org"), Problem::domain_mismatch, "i="},
      {good("; i=example.org"), Problem::syntax, "i="},
      {good("; i=joe@"), Problem::syntax, "i="},
      {good("; t=99999999999999"), Problem::future, "9999"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.body);
    const auto r = read(c.body);
    CHECK(to_string(r->signature.fault.problem) == to_string(c.problem));
    CAPTURE(r->signature.fault.detail);
    CHECK(r->signature.fault.detail.find(c.detail) != std::string::npos);
  }
}

TEST_CASE("what looks odd but is allowed is no fault") {
  for (const std::string& body :
       {good(";"), good("; "), good("; unknown=tag"), good("; q=http:dns/txt"),
        good("; i=@Example.org"), good("; i=@a.b.example.org"), good("; x=99999999999999"),
        good("; z=|||"), good("; l=0"), good("; c=simple/relaxed"),
        swapped(good(), "h=From:To", "h= from\r\n\t:\r\n To "),
        swapped(good(), "s=s1", "s=a_b.c-d"), swapped(good(), "YWJj", "YWI")}) {
    CAPTURE(body);
    CHECK(problem(body).empty());
  }
}

TEST_CASE("d= and s= that can be no DNS name never become a question") {
  using namespace std::string_literals;
  for (const std::string& bad :
       {"exa mple.org"s, "example.org)"s, "(x)example.org"s, "\"example\".org"s, "a'b.org"s,
        "example.org/x"s, "a@example.org"s, "example..org"s, ".example.org"s, "org"s, ""s,
        "exam\x01ple.org"s, "example.org\0.evil.org"s, "a,b.org"s, "*.example.org"s,
        std::string(64, 'a') + ".org"}) {
    CAPTURE(bad);
    const auto d = read(swapped(good(), "example.org", bad));
    CHECK(d->signature.fault.problem == Problem::syntax);
    CHECK_FALSE(d->signature.key_name.has_value());
    if (bad == "org") continue;  // one label is enough for a selector
    const auto s = read(swapped(good(), "s=s1", "s=" + bad));
    CHECK(s->signature.fault.problem == Problem::syntax);
    CHECK_FALSE(s->signature.key_name.has_value());
  }
}

TEST_CASE("a comma in the place of a semicolon is explained and the missing tags are named") {
  const auto r = read(" d=fake.com,b=adceabkekd12");
  CHECK(r->signature.fault.problem == Problem::syntax);
  CHECK(r->signature.fault.detail ==
        "tags are parted by ';': the comma makes 'fake.com,b=adceabkekd12' the value of one d= "
        "tag; required tags are missing: v a h s bh b");
}

TEST_CASE("RFC 8616: U-labels are asked for as A-labels, i= may have a UTF-8 local part") {
  const auto r = read(swapped(good("; i=j\xC3\xB6@b\xC3\xBC"
                                   "cher.example"),
                              "example.org",
                              "b\xC3\xBC"
                              "cher.example"));
  CHECK_FALSE(r->signature.fault);
  CHECK(r->signature.key_name->text() == "s1._domainkey.xn--bcher-kva.example");
  CHECK(r->signature.identity ==
        "j\xC3\xB6@b\xC3\xBC"
        "cher.example");
}

TEST_CASE("RFC 6376 section 2.11: DKIM-Quoted-Printable is decoded, junk stays") {
  CHECK(dkim::decode_dkim_quoted_printable("a=3Bb\r\n\tc =20=7C") == "a;bc |");
  CHECK(dkim::decode_dkim_quoted_printable("=3=ZZ=3b=") == "=3=ZZ=3b=");
}

TEST_CASE("RFC 8617 section 4.1.2: an ARC-Message-Signature has an instance and needs no version") {
  const std::string body =
      " i=2; a=rsa-sha256; d=example.org; s=s1; h=From; bh=" + kHash32 + "; b=YWJj";
  const auto r = read(body, SignatureKind::arc_message);
  CHECK_FALSE(r->signature.fault);
  CHECK(r->signature.instance == 2);
  CHECK_FALSE(r->signature.identity.has_value());
  CHECK(problem(body + "; v=1", SignatureKind::arc_message).empty());
  CHECK(problem(swapped(body, "i=2", "i=x"), SignatureKind::arc_message) == "syntax");
  CHECK(problem(swapped(body, "i=2", "i=0"), SignatureKind::arc_message) == "syntax");
  CHECK(problem(swapped(body, "i=2; ", ""), SignatureKind::arc_message) == "syntax");
}

TEST_CASE("RFC 8617 section 4.1.3: an ARC-Seal has cv=, no h= and no bh=") {
  const std::string body = " i=1; a=rsa-sha256; t=12345; cv=none; d=example.org; s=s1; b=YWJj";
  const auto r = read(body, SignatureKind::arc_seal);
  CHECK_FALSE(r->signature.fault);
  CHECK(r->signature.chain_status == "none");
  CHECK(problem(swapped(body, "cv=none; ", ""), SignatureKind::arc_seal) == "syntax");
}

TEST_CASE("h= of a hundred thousand names is refused without being kept") {
  std::string names = "From";
  for (int i = 0; i < 100'000; ++i) names += ":x";
  const auto r = read(swapped(good(), "From:To", names));
  CHECK(r->signature.fault.problem == Problem::syntax);
  CHECK(r->signature.headers.empty());
}
