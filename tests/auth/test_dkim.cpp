#include <string>
#include <vector>

#include "auth/dkim/dkim.hpp"
#include "base/base64.hpp"
#include "dkim_check.hpp"
#include "dns/known.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace emltrace;
using auth::Result;
using dkim::Check;
using dkim::Problem;
using test::kNow;
using test::kPlain;
using test::replaced;
using test::replaced_all;
using test::sign_message;
using test::SigningKey;
using test::SignOptions;
using test::verify_first;
using test::word;

namespace {

std::string zone(const SignOptions& options = {}, std::string_view tags = {}) {
  return test::key_line(SigningKey::rsa(), options, tags);
}

std::string verdict(const SignOptions& options, const dkim::Options& how = test::dkim_options()) {
  return word(verify_first(sign_message(kPlain, SigningKey::rsa(), options), zone(options), how));
}

std::string crlf(std::string_view text) {
  return replaced_all(std::string(text), "\n", "\r\n");
}

// RFC 8463 appendix A.2 and A.3; the double space in the body stands in the appendix.
constexpr std::string_view kRfc8463Message =
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\n"
    " d=football.example.com; i=@football.example.com;\n"
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\n"
    " subject : date : message-id : from : subject : date;\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\n"
    " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\n"
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\n"
    " d=football.example.com; i=@football.example.com;\n"
    " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\n"
    " date : message-id : from : subject : date;\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\n"
    " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\n"
    " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\n"
    "From: Joe SixPack <joe@football.example.com>\n"
    "To: Suzie Q <suzie@shopping.example.net>\n"
    "Subject: Is dinner ready?\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n"
    "\n"
    "Hi.\n"
    "\n"
    "We lost the game.  Are you hungry yet?\n"
    "\n"
    "Joe.\n";
constexpr std::string_view kRfc8463Zone =
    "brisbane._domainkey.football.example.com. 1 IN TXT \"v=DKIM1; k=ed25519; \"\n"
    "  \"p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n"
    "test._domainkey.football.example.com. 1 IN TXT \"v=DKIM1; k=rsa; \"\n"
    "  "
    "\"p="
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi\"\n"
    "  "
    "\"Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/"
    "8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLz\"\n"
    "  \"BfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB\"\n";

// RFC 6376 appendix A.2 with the key of appendix C.
constexpr std::string_view kRfc6376Message =
    "DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;\n"
    "      c=simple/simple; q=dns/txt; i=joe@football.example.com;\n"
    "      h=Received : From : To : Subject : Date : Message-ID;\n"
    "      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    "      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB\n"
    "      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\n"
    "      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV\n"
    "      4bmp/YzhwvcubU4=;\n"
    "Received: from client1.football.example.com  [192.0.2.1]\n"
    "      by submitserver.example.com with SUBMISSION;\n"
    "      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)\n"
    "From: Joe SixPack <joe@football.example.com>\n"
    "To: Suzie Q <suzie@shopping.example.net>\n"
    "Subject: Is dinner ready?\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n"
    "\n"
    "Hi.\n"
    "\n"
    "We lost the game. Are you hungry yet?\n"
    "\n"
    "Joe.\n";
constexpr std::string_view kRfc6376Zone =
    "brisbane._domainkey.example.com. 1 IN TXT \"v=DKIM1; \"\n"
    "  \"p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt\"\n"
    "  \"IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gb\"\n"
    "  \"to/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB\"\n";

std::string one_line_strings(std::string_view text) {
  return replaced_all(std::string(text), "\n  \"", " \"");
}

}  // namespace

TEST_CASE("RFC 8463 appendix A: both signatures of the example verify, as CRLF and as a file") {
  for (const std::string& message : {crlf(kRfc8463Message), std::string(kRfc8463Message)}) {
    const auto verdicts = test::verify_all(message, one_line_strings(kRfc8463Zone));
    REQUIRE(verdicts.size() == 2);
    CHECK(word(verdicts[0]) == "pass");
    CHECK(verdicts[0].algorithm == "ed25519-sha256");
    CHECK(verdicts[0].key_bits == 256);
    CHECK(word(verdicts[1]) == "pass");
    CHECK(verdicts[1].key_bits == 1024);
    CHECK(verdicts[1].identity == "@football.example.com");
    CHECK(verdicts[1].canonicalization == "relaxed/relaxed");
    CHECK(format_rfc3339(*verdicts[1].signed_at) == "2018-06-10T13:38:29Z");
  }
}

TEST_CASE("RFC 6376 appendix A: the example verifies") {
  const auto v = verify_first(crlf(kRfc6376Message), one_line_strings(kRfc6376Zone));
  CHECK(v.body_hash == Check::match);
  CHECK(v.signature == Check::match);
  CHECK(word(v) == "pass");
  CHECK(v.identity == "joe@football.example.com");
}

TEST_CASE("every algorithm and canonicalization that is signed verifies") {
  for (const char* c : {"simple", "relaxed", "simple/simple", "simple/relaxed", "relaxed/simple",
                        "relaxed/relaxed"}) {
    CAPTURE(c);
    SignOptions options;
    options.canonicalization = c;
    CHECK(verdict(options) == "pass");
    options.algorithm = "ed25519-sha256";
    CHECK(word(verify_first(sign_message(kPlain, SigningKey::ed25519(), options),
                            test::key_line(SigningKey::ed25519(), options))) == "pass");
  }
}

TEST_CASE("RFC 8301 section 3.1: rsa-sha1 is computed and shown, its result is policy") {
  SignOptions options;
  options.algorithm = "rsa-sha1";
  const std::string message = sign_message(kPlain, SigningKey::rsa(), options);
  const auto v = verify_first(message, zone());
  CHECK(word(v) == "policy/algorithm");
  CHECK(v.signature == Check::match);
  CHECK(v.body_hash == Check::match);
  const auto changed = verify_first(replaced(message, "Hi.", "Ho."), zone());
  CHECK(word(changed) == "policy/algorithm");
  CHECK(changed.body_hash == Check::mismatch);
  CHECK(changed.signature == Check::match);
}

TEST_CASE("RFC 8301 section 3.2: a key below 1024 bits is policy, from 1024 on it passes") {
  const SignOptions options;
  for (const auto& [bits, wanted] :
       {std::pair(512, "policy/key-too-short"), std::pair(1023, "policy/key-too-short"),
        std::pair(1024, "pass"), std::pair(2048, "pass")}) {
    const SigningKey& key = SigningKey::rsa(bits);
    const auto v = verify_first(sign_message(kPlain, key), test::key_line(key));
    CHECK(word(v) == wanted);
    CHECK(v.key_bits == bits);
    CHECK(v.signature == Check::match);
  }
}

TEST_CASE("a key of 16384 bits is computed") {
  const auto key = SigningKey::from_file(test::source_dir() + "/tests/support/keys/rsa-16384.pem");
  const std::string message = sign_message(kPlain, key);
  const auto v = verify_first(message, test::key_line(key));
  CHECK(word(v) == "pass");
  CHECK(v.key_bits == 16384);
  CHECK(word(verify_first(replaced(message, "Sue", "Sux"), test::key_line(key))) ==
        "fail/signature-mismatch");
}

TEST_CASE("body hash and signature are judged each by itself") {
  const std::string message = sign_message(kPlain, SigningKey::rsa());
  SECTION("the body changed") {
    const auto v = verify_first(replaced(message, "Hi.", "Ho."), zone());
    CHECK(word(v) == "fail/body-hash-mismatch");
    CHECK(v.body_hash == Check::mismatch);
    CHECK(v.signature == Check::match);
  }
  SECTION("a signed field changed") {
    const auto v = verify_first(replaced(message, "Sue", "Sux"), zone());
    CHECK(word(v) == "fail/signature-mismatch");
    CHECK(v.body_hash == Check::match);
    CHECK(v.signature == Check::mismatch);
  }
  SECTION("both changed") {
    const auto v = verify_first(replaced(replaced(message, "Sue", "Sux"), "Hi.", "Ho."), zone());
    CHECK(word(v) == "fail/body-hash-mismatch");
    CHECK(v.body_hash == Check::mismatch);
    CHECK(v.signature == Check::mismatch);
  }
  SECTION("the key changed") {
    const auto v = verify_first(message, test::key_line(SigningKey::rsa(1024, 1)));
    CHECK(word(v) == "fail/signature-mismatch");
  }
}

TEST_CASE("headers alone: the signature is verified over the signed bh=, the result is neutral") {
  const std::string message = sign_message(kPlain, SigningKey::rsa());
  const std::string header = message.substr(0, message.find("\r\n\r\n") + 2);
  auto how = test::dkim_options();
  how.headers_only = true;
  how.repair = true;
  const auto v = verify_first(header, zone(), how);
  CHECK(word(v) == "neutral/body-absent");
  CHECK(v.body_hash == Check::unchecked);
  CHECK(v.signature == Check::match);
  const auto changed = verify_first(replaced(header, "Sue", "Sux"), zone(), how);
  CHECK(word(changed) == "fail/signature-mismatch");
  CHECK(changed.body_hash == Check::unchecked);
  CHECK(changed.verifies_after.empty());
  CHECK(word(verify_first(header, "x. 1 IN TXT x\n", how)) == "permerror/no-key");
}

TEST_CASE("neither a failure nor a pass of a mended input is a plain one") {
  const std::string message = sign_message(kPlain, SigningKey::rsa());
  auto how = test::dkim_options();
  how.mended = true;
  const auto failed = verify_first(replaced(message, "Hi.", "Ho."), zone(), how);
  CHECK(word(failed) == "neutral/body-hash-mismatch");
  CHECK(failed.mended);
  const auto passed = verify_first(message, zone(), how);
  CHECK(word(passed) == "neutral");
  CHECK(passed.detail == "it verifies only as the text was mended");
}

TEST_CASE("RFC 6376 6.1: of a mended input the bytes as given are tried first") {
  const std::string message = sign_message(kPlain, SigningKey::rsa());
  const std::string spoilt = replaced(message, "Joe <joe@example.org>", "Joe");
  const auto verify_mended = [](const std::string& given_text, const std::string& mended_text) {
    const Message given = Message::parse(given_text);
    auto how = test::dkim_options();
    how.mended = true;
    how.as_given = &given;
    return verify_first(mended_text, zone(), how);
  };
  const auto as_given = verify_mended(message, "X-Top: x\r\n" + spoilt);
  CHECK(word(as_given) == "pass");
  CHECK_FALSE(as_given.mended);
  CHECK(as_given.line == 2);  // its place in the mended text
  const auto mended = verify_mended(spoilt, message);
  CHECK(word(mended) == "neutral");
  CHECK(mended.mended);
  CHECK(word(verify_mended(spoilt, spoilt)) == "neutral/signature-mismatch");
  SECTION("also where the mend took away what makes the field a signature") {
    CHECK(word(verify_mended(message, replaced(message, "bh=", "xx="))) == "pass");
  }
  SECTION("a signature that verifies and yet does not count is told as given") {
    SignOptions old;
    old.expires = kNow - 1;
    old.time = kNow - 2;
    const std::string expired = sign_message(kPlain, SigningKey::rsa(), old);
    CHECK(word(verify_mended(expired, replaced(expired, "Hi.", "Ho."))) == "policy/expired");
  }
}

TEST_CASE("RFC 6376 3.4.3, 3.4.4: the hash of no body is checked where no body was given") {
  auto how = test::dkim_options();
  how.headers_only = true;
  const std::string header = kPlain.substr(0, kPlain.find("\r\n\r\n") + 2);
  for (const char* canonicalization : {"relaxed/relaxed", "simple/simple"}) {
    CAPTURE(canonicalization);
    SignOptions options;
    options.canonicalization = canonicalization;
    const std::string signed_empty = sign_message(header + "\r\n", SigningKey::rsa(), options);
    for (const std::string end : {"", "\r\n", "\r\n\r\n\r\n"}) {
      const auto v =
          verify_first(signed_empty.substr(0, signed_empty.size() - 2) + end, zone(), how);
      CHECK(word(v) == "pass");
      CHECK(v.body_hash == Check::match);
    }
    const std::string full = sign_message(kPlain, SigningKey::rsa(), options);
    const auto absent = verify_first(full.substr(0, full.find("\r\n\r\n") + 2), zone(), how);
    CHECK(word(absent) == "neutral/body-absent");
    CHECK(absent.body_hash == Check::unchecked);
    options.length = 0;
    const std::string open = sign_message(kPlain, SigningKey::rsa(), options);
    CHECK(word(verify_first(open.substr(0, open.find("\r\n\r\n") + 2), zone(), how)) ==
          "neutral/body-absent");
  }
}

TEST_CASE("what a reader sees and the signature does not cover is named apart") {
  const std::string mime = replaced(
      kPlain, "Date:", "Content-Type: text/plain\r\nX-Note: x\r\nCc: a@b.example\r\nDate:");
  const std::string message = sign_message(mime, SigningKey::rsa());
  const auto v = verify_first(message, zone());
  CHECK(word(v) == "pass");
  CHECK(v.unsigned_headers == std::vector<std::string>{"received", "content-type", "x-note", "cc"});
  CHECK(v.unsigned_fields == std::vector<std::string>{"content-type", "cc"});
  const auto twice = verify_first("From: evil@example.net\r\nSubject: x\r\n" + message, zone());
  CHECK(word(twice) == "pass");
  CHECK(twice.unsigned_fields == std::vector<std::string>{"from", "subject", "content-type", "cc"});
  CHECK(verify_first(sign_message(kPlain, SigningKey::rsa()), zone()).unsigned_fields.empty());
}

TEST_CASE("RFC 6376 section 3.5: x= and t= are judged by the clock that is given") {
  SignOptions options;
  options.time = kNow - 1000;
  options.expires = kNow;
  auto how = test::dkim_options();
  CHECK(verdict(options, how) == "pass");
  how.at = test::instant(kNow + 1);
  CHECK(verdict(options, how) == "policy/expired");
  SECTION("it passed at the clock of the check and has expired since") {
    how.at = test::instant(kNow);
    how.now = test::instant(kNow + 1);
    const auto v = verify_first(sign_message(kPlain, SigningKey::rsa(), options), zone(), how);
    CHECK(word(v) == "pass");
    CHECK(v.expired_since);
    CHECK(v.expires_at == test::instant(kNow));
  }
  SECTION("a t= ahead by more than a quarter of an hour is in the future") {
    how.at = how.now = test::instant(kNow);
    options.expires.reset();
    options.time = kNow + 15 * 60;
    CHECK(verdict(options, how) == "pass");
    options.time = kNow + 15 * 60 + 1;
    CHECK(verdict(options, how) == "policy/future");
  }
  SECTION("a mismatch is told before an expiry") {
    const std::string message = sign_message(kPlain, SigningKey::rsa(), options);
    CHECK(word(verify_first(replaced(message, "Hi.", "Ho."), zone(), how)) ==
          "fail/body-hash-mismatch");
  }
}

TEST_CASE("RFC 6376 section 3.5: l= signs the first bytes of the canonical body") {
  SignOptions options;
  options.length = 5;  // "Hi.\r\n"
  const std::string message = sign_message(kPlain, SigningKey::rsa(), options);
  const auto v = verify_first(message, zone());
  CHECK(word(v) == "pass");
  // "\r\nWe lost the game. Are you hungry yet?\r\n\r\nJoe.\r\n", white space reduced
  CHECK(v.unsigned_bytes == 2 + 39 + 2 + 6);
  CHECK(word(verify_first(message + "Buy!\r\n", zone())) == "pass");
  CHECK(word(verify_first(replaced(message, "Hi.", "Ho."), zone())) == "fail/body-hash-mismatch");
  SECTION("l=0 signs nothing of the body") {
    options.length = 0;
    const std::string none = sign_message(kPlain, SigningKey::rsa(), options);
    CHECK(word(verify_first(replaced(none, "Hi.", "Ho."), zone())) == "pass");
  }
  SECTION("l= of the whole body leaves no byte unsigned") {
    options.length = 5 + 2 + 39 + 2 + 6;
    CHECK(verify_first(sign_message(kPlain, SigningKey::rsa(), options), zone()).unsigned_bytes ==
          0);
  }
  SECTION("l= beyond the body is a fault") {
    options.length = 5 + 2 + 39 + 2 + 6 + 1;
    const auto beyond = verify_first(sign_message(kPlain, SigningKey::rsa(), options), zone());
    CHECK(word(beyond) == "permerror/syntax");
    CHECK(beyond.detail == "l= is beyond the end of the body");
    CHECK(beyond.body_hash == Check::unchecked);
    CHECK(beyond.signature == Check::match);
  }
}

TEST_CASE("RFC 6376 section 5.4: From must be signed, other fields may be named in advance") {
  SignOptions options;
  options.headers = {"To", "Subject"};
  CHECK(verdict(options) == "permerror/from-not-signed");
  options.headers = {"from", "To", "From", "Reply-To", "X-None", "x-none"};
  const std::string message = sign_message(kPlain, SigningKey::rsa(), options);
  const auto v = verify_first(message, zone());
  CHECK(word(v) == "pass");
  CHECK(v.signed_headers ==
        std::vector<std::string>{"from", "to", "from", "reply-to", "x-none", "x-none"});
  CHECK(v.unsigned_headers ==
        std::vector<std::string>{"received", "subject", "date", "message-id"});
  CHECK(word(verify_first("From: evil@example.net\r\n" + message, zone())) ==
        "fail/signature-mismatch");
  CHECK(word(verify_first("Reply-To: evil@example.net\r\n" + message, zone())) ==
        "fail/signature-mismatch");
}

TEST_CASE("a second instance above a field signed once passes and is named as not signed") {
  const std::string message = sign_message(kPlain, SigningKey::rsa());
  const auto v = verify_first("From: evil@example.net\r\n" + message, zone());
  CHECK(word(v) == "pass");
  CHECK(v.unsigned_headers == std::vector<std::string>{"from", "received"});
}

TEST_CASE("RFC 6376 section 6.1.1: i= must be d= or below it") {
  SignOptions options;
  options.identity = "joe@example.org";
  CHECK(verdict(options) == "pass");
  options.identity = "@a.b.example.org";
  CHECK(verdict(options) == "pass");
  options.identity = "joe@example.com";
  CHECK(verdict(options) == "permerror/domain-mismatch");
}

TEST_CASE("the key of an internationalized domain is asked for by its A-labels") {
  SignOptions options;
  options.domain =
      "b\xC3\xBC"
      "cher.example";
  SignOptions ascii;
  ascii.domain = "xn--bcher-kva.example";
  const std::string message = sign_message(kPlain, SigningKey::rsa(), options);
  const auto v = verify_first(message, zone(ascii));
  CHECK(word(v) == "pass");
  CHECK(v.domain ==
        "b\xC3\xBC"
        "cher.example");
}

TEST_CASE("flags of the key record are told") {
  const std::string message = sign_message(kPlain, SigningKey::rsa());
  CHECK(verify_first(message, zone({}, "t=y; ")).testing);
  CHECK_FALSE(verify_first(message, zone()).testing);
}

TEST_CASE("DNS failures are temperror, a missing key is permerror and says that keys are rotated") {
  const std::string text = sign_message(kPlain, SigningKey::rsa());
  const Message message = Message::parse(text);
  const dns::Question question{*DomainName::parse("s1._domainkey.example.org"), dns::Type::txt};
  for (const auto status : {dns::Status::failed, dns::Status::timed_out, dns::Status::refused}) {
    dns::Known known;
    dns::Answer answer;
    answer.status = status;
    known.add(question, answer);
    dkim::Verifier verifier(message, test::dkim_options());
    CHECK(word(verifier.verify(known).at(0)) == "temperror/dns");
  }
  for (const auto status : {dns::Status::no_data, dns::Status::no_such_name}) {
    dns::Known known;
    dns::Answer answer;
    answer.status = status;
    known.add(question, answer);
    dkim::Verifier verifier(message, test::dkim_options());
    const auto v = verifier.verify(known).at(0);
    CHECK(word(v) == "permerror/no-key");
    CHECK(v.detail.find("rotated") != std::string::npos);
    CHECK(v.body_hash == Check::match);
    CHECK(v.signature == Check::unchecked);
  }
}

TEST_CASE("all keys are asked for in the first round; a pending verdict is none") {
  SignOptions second;
  second.domain = "example.com";
  SignOptions third;
  third.selector = "s3";
  const SigningKey& key = SigningKey::rsa();
  const std::string text =
      sign_message(sign_message(sign_message(kPlain, key), key, second), key, third);
  const Message message = Message::parse(text);
  dkim::Verifier verifier(message, test::dkim_options());
  dns::Known known;
  const auto pending = verifier.verify(known);
  REQUIRE(pending.size() == 3);
  for (const auto& v : pending) CHECK(word(v) == "none");
  CHECK(pending[0].body_hash == Check::match);
  CHECK(pending[0].selector == "s3");
  CHECK(known.take_missing().size() == 3);
  const auto verdicts = test::verify_all(text, zone() + zone(second) + zone(third));
  for (const auto& v : verdicts) CHECK(word(v) == "pass");
  CHECK(verdicts[0].line == 1);
  CHECK(verdicts[1].line > verdicts[0].line);
  CHECK(verdicts[2].domain == "example.org");
}

TEST_CASE("the AD bit of the key's answer is told") {
  const std::string text = sign_message(kPlain, SigningKey::rsa());
  const Message message = Message::parse(text);
  const auto name = *DomainName::parse("s1._domainkey.example.org");
  dns::Answer answer;
  answer.status = dns::Status::ok;
  answer.authenticated = true;
  answer.records.push_back(
      {name, dns::Type::txt, 1, dns::Text{{test::key_record(SigningKey::rsa())}}});
  dns::Known known;
  known.add({name, dns::Type::txt}, answer);
  dkim::Verifier verifier(message, test::dkim_options());
  const auto v = verifier.verify(known).at(0);
  CHECK(word(v) == "pass");
  CHECK(v.key_authenticated);
}

TEST_CASE("what can be no signature asks no key") {
  const std::string text =
      "DKIM-Signature: d=fake.com,b=adceabkekd12\r\nFrom: a@a.com\r\n\r\nx\r\n";
  const Message message = Message::parse(text);
  dkim::Verifier verifier(message, test::dkim_options());
  dns::Known known;
  const auto v = verifier.verify(known).at(0);
  CHECK(known.take_missing().empty());
  CHECK(word(v) == "permerror/syntax");
  CHECK(v.domain == "fake.com,b=adceabkekd12");
  CHECK_FALSE(v.selector.has_value());
  CHECK_FALSE(v.algorithm.has_value());
  CHECK(v.detail.find("the comma") != std::string::npos);
  CHECK(v.detail.find("missing: v a h s bh b") != std::string::npos);
}

TEST_CASE("an unknown algorithm is named, not computed") {
  const std::string message = sign_message(kPlain, SigningKey::rsa());
  CHECK(word(verify_first(replaced(message, "rsa-sha256", "rsa-sha999"), zone())) ==
        "permerror/algorithm");
}

TEST_CASE("no signature gives no verdict, and of many only the first twenty are looked at") {
  CHECK(test::verify_all(kPlain, zone()).empty());
  std::string many;
  for (int i = 0; i < 25; ++i) many += "DKIM-Signature: v=1\r\n";
  const std::string text = many + kPlain;
  const Message message = Message::parse(text);
  const dkim::Verifier verifier(message, test::dkim_options());
  CHECK(verifier.skipped() == 5);
  CHECK(test::verify_all(text, zone()).size() == dkim::kMaxSignatures);
}

TEST_CASE("a signature that names DKIM-Signature signs the others, not itself") {
  SignOptions options;
  options.headers = {"From", "DKIM-Signature"};
  const std::string inner = sign_message(kPlain, SigningKey::rsa());
  const std::string outer = sign_message(inner, SigningKey::rsa(), options);
  const auto verdicts = test::verify_all(outer, zone());
  CHECK(word(verdicts.at(0)) == "pass");
  CHECK(word(verdicts.at(1)) == "pass");
  CHECK(word(verify_first(replaced(outer, "h=From:To", "h=from:To"), zone())) ==
        "fail/signature-mismatch");
}

TEST_CASE("empty bodies, and bodies without a last line end, verify") {
  const std::string header = kPlain.substr(0, kPlain.find("\r\n\r\n") + 2);
  for (const char* c : {"simple/simple", "relaxed/relaxed"}) {
    SignOptions options;
    options.canonicalization = c;
    for (const std::string body :
         {"\r\n", "", "\r\n\r\n\r\n", "\r\nHi", "\r\n \t", "\r\nHi\r\n\r\n"}) {
      CAPTURE(c, body);
      const std::string message = sign_message(header + body, SigningKey::rsa(), options);
      CHECK(word(verify_first(message, zone())) == "pass");
    }
    const std::string empty = sign_message(header + "\r\n", SigningKey::rsa(), options);
    CHECK(word(verify_first(empty.substr(0, empty.size() - 2), zone())) == "pass");
    CHECK(word(verify_first(empty + "\r\n\r\n", zone())) == "pass");
  }
}

TEST_CASE("what was signed with CRLF verifies from a file with LF or CR, and the reverse") {
  for (const char* c : {"simple/simple", "relaxed/relaxed"}) {
    SignOptions options;
    options.canonicalization = c;
    const std::string message = sign_message(kPlain, SigningKey::rsa(), options);
    CHECK(word(verify_first(replaced_all(message, "\r\n", "\n"), zone())) == "pass");
    CHECK(word(verify_first(replaced_all(message, "\r\n", "\r"), zone())) == "pass");
    const std::string lf =
        sign_message(replaced_all(kPlain, "\r\n", "\n"), SigningKey::rsa(), options);
    CHECK(word(verify_first(crlf(lf), zone())) == "pass");
  }
}

TEST_CASE("a bare CR or LF in a CRLF body is signed as it stands") {
  for (const char* c : {"simple/simple", "relaxed/relaxed"}) {
    for (const char* odd : {"a\nb", "a\rb", "a\r\r", "\n"}) {
      SignOptions options;
      options.canonicalization = c;
      CAPTURE(c, odd);
      const std::string text = kPlain + odd + "\r\n";
      const std::string message = sign_message(text, SigningKey::rsa(), options);
      CHECK(word(verify_first(message, zone())) == "pass");
      const std::string mended = message.substr(0, message.size() - text.size()) + kPlain;
      CHECK(word(verify_first(mended + crlf("a\nb\n"), zone())) == "fail/body-hash-mismatch");
    }
  }
}

TEST_CASE("a long folded signature field with white space everywhere verifies") {
  SignOptions options;
  options.extra = " ;\r\n\t n \r\n = \r\n\tnote";
  options.headers = {" From ", "\r\n\tTo\t", "Subject"};
  CHECK(verdict(options) == "pass");
}

TEST_CASE("a zero-length and a foreign signature value fail, whatever their size") {
  const std::string message = sign_message(kPlain, SigningKey::rsa());
  const std::size_t at = message.find("\tb=") + 3;
  const std::size_t end = message.find("\r\nReceived", at);
  const auto with = [&](const std::string& value) {
    return word(verify_first(message.substr(0, at) + value + message.substr(end), zone()));
  };
  CHECK(with("") == "permerror/syntax");
  CHECK(with("YQ==") == "fail/signature-mismatch");
  CHECK(with(base64_encode(std::string(128, '\0'))) == "fail/signature-mismatch");
  CHECK(with(base64_encode(std::string(100'000, 'x'))) == "fail/signature-mismatch");
}
