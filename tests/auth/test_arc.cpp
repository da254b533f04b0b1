#include <algorithm>
#include <functional>

#include "auth/arc/arc.hpp"
#include "auth/arc/chain.hpp"
#include "support/catch.hpp"
#include "support/faulty_client.hpp"
#include "support/sign.hpp"
#include "support/table.hpp"

namespace arc = emltrace::arc;
namespace dkim = emltrace::dkim;
namespace dns = emltrace::dns;
namespace test = emltrace::test;
using emltrace::Instant;
using emltrace::Message;
using emltrace::auth::Result;
using test::SigningKey;

namespace {

const std::string kMessage =
    "From: Author <author@a.example>\r\n"
    "To: list@list.example\r\n"
    "Subject: minutes\r\n"
    "Date: Tue, 14 Nov 2023 22:00:00 +0000\r\n"
    "Message-ID: <1@a.example>\r\n"
    "\r\n"
    "Hello,\r\nhere they are.\r\n";

constexpr std::int64_t kSealedAt = 1'700'000'000;

dkim::Options options() {
  dkim::Options out{};
  out.at = out.now = Instant(std::chrono::seconds(kSealedAt + 60));
  return out;
}

// Each hop has a domain of its own: hop1.example, hop2.example …
test::SealOptions hop(int instance) {
  test::SealOptions seal;
  seal.instance = instance;
  seal.cv = instance == 1 ? "none" : "pass";
  seal.sign.domain = "hop" + std::to_string(instance) + ".example";
  seal.sign.time = kSealedAt;
  seal.results = "mx." + seal.sign.domain + "; spf=pass smtp.mailfrom=a.example";
  return seal;
}

const SigningKey& key() {
  return SigningKey::rsa(1024);
}

std::string sealed(int sets, std::string message = kMessage) {
  for (int i = 1; i <= sets; ++i) message = test::add_arc_set(message, key(), hop(i));
  return message;
}

// The keys of all hops, as a master file.
std::string zone(int hops = 3) {
  std::string out;
  for (int i = 1; i <= hops; ++i) out += test::key_line(key(), hop(i).sign);
  return out;
}

arc::Verdict verify(const std::string& text, const std::string& records = zone(),
                    const dkim::Options& how = options()) {
  const Message message = Message::parse(text);
  arc::Verifier verifier(message, how);
  return test::settle_with_zone(records,
                                [&](dns::Client& client) { return verifier.verify(client); });
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// The whole field that begins with `start` (name and instance), cut out of `text`.
std::string cut(std::string& text, const std::string& start) {
  const std::size_t at = text.find(start);
  REQUIRE(at != std::string::npos);
  std::size_t end = text.find("\r\n", at) + 2;
  while (text[end] == ' ' || text[end] == '\t') end = text.find("\r\n", end) + 2;
  const std::string field = text.substr(at, end - at);
  text.erase(at, end - at);
  return field;
}

}  // namespace

TEST_CASE("RFC 8617 5.2 step 1: a message without sets has no chain") {
  const auto verdict = verify(kMessage);
  CHECK(verdict.result == Result::none);
  CHECK_FALSE(verdict.problem);
  CHECK(verdict.sets.empty());
}

TEST_CASE("RFC 8617 5.2: chains of one, two and three sets pass") {
  for (const int sets : {1, 2, 3}) {
    CAPTURE(sets);
    const auto verdict = verify(sealed(sets));
    CHECK(verdict.problem.value_or("") == "");
    CHECK(verdict.result == Result::pass);
    CHECK(verdict.oldest_pass == 0);
    REQUIRE(verdict.sets.size() == static_cast<std::size_t>(sets));
    for (const arc::Set& set : verdict.sets) {
      CHECK(set.seal == Result::pass);
      CHECK(set.message_signature == Result::pass);
      CHECK(set.seal_problem.empty());
    }
  }
}

TEST_CASE("RFC 8617 4.2: each set tells its sealer and what that stated") {
  const auto verdict = verify(sealed(2));
  REQUIRE(verdict.sets.size() == 2);
  const arc::Set& first = verdict.sets[0];
  CHECK(first.instance == 1);
  CHECK(first.domain == std::string("hop1.example"));
  CHECK(first.selector == std::string("s1"));
  CHECK(first.cv == std::string("none"));
  CHECK(first.signed_at == Instant(std::chrono::seconds(kSealedAt)));
  CHECK(first.authserv_id == std::string("mx.hop1.example"));
  REQUIRE(first.results.size() == 1);
  CHECK(first.results[0].method == "spf");
  CHECK(first.results[0].property("smtp.mailfrom") == std::string_view("a.example"));
  CHECK(verdict.sets[1].cv == std::string("pass"));
  CHECK(verdict.sets[1].line == 1);
}

TEST_CASE("RFC 8463: Ed25519 seals and signatures") {
  auto seal = hop(1);
  seal.sign.algorithm = "ed25519-sha256";
  const std::string text = test::add_arc_set(kMessage, SigningKey::ed25519(), seal);
  CHECK(verify(text, test::key_line(SigningKey::ed25519(), seal.sign)).result == Result::pass);
  CHECK(verify(replaced(text, "spf=pass", "spf=fail"),
               test::key_line(SigningKey::ed25519(), seal.sign))
            .result == Result::fail);
}

TEST_CASE("canonicalization of the message signature as in DKIM, of the seal always relaxed") {
  for (const char* c : {"simple/simple", "simple/relaxed", "relaxed/simple", "relaxed", "simple"}) {
    CAPTURE(c);
    auto seal = hop(1);
    seal.sign.canonicalization = c;
    CHECK(verify(test::add_arc_set(kMessage, key(), seal)).result == Result::pass);
  }
  // White space of the results field may change: a seal is relaxed.
  CHECK(verify(replaced(sealed(1), "i=1; mx.hop1.example; spf", "i=1;\r\n\tmx.hop1.example;   spf"))
            .result == Result::pass);
}

TEST_CASE("messages with LF line ends verify as well") {
  std::string message = kMessage;
  message.erase(std::remove(message.begin(), message.end(), '\r'), message.end());
  CHECK(verify(sealed(2, message)).result == Result::pass);
}

TEST_CASE("RFC 8617 4.2: the order of the fields in the header does not matter") {
  std::string text = sealed(2);
  const std::string seal = cut(text, "ARC-Seal: i=2");
  const std::string results = cut(text, "ARC-Authentication-Results: i=1");
  text = replaced(text, "To: list@list.example\r\n", "To: list@list.example\r\n" + seal + results);
  CHECK(verify(text).result == Result::pass);
}

TEST_CASE("RFC 8617 4.2.1: fifty sets are a chain, fifty-one are not") {
  const std::string fifty = sealed(arc::kMaxSets);
  const auto good = verify(fifty, zone(arc::kMaxSets));
  CHECK(good.result == Result::pass);
  CHECK(good.sets.size() == 50);
  const auto bad = verify(test::add_arc_set(fifty, key(), hop(51)), zone(51));
  CHECK(bad.result == Result::fail);
  CHECK(bad.problem == std::string("more than 50 sets"));
}

TEST_CASE("RFC 8617 5.2 step 3: the structure of the chain") {
  struct Row {
    const char* what;
    std::function<void(std::string&)> edit;
    const char* problem;
  };
  const auto doubled = [](const std::string& start) {
    return [start](std::string& text) {
      const std::string field = cut(text, start);
      text = field + field + text;
    };
  };
  const auto without = [](const std::string& start) {
    return [start](std::string& text) { cut(text, start); };
  };
  const auto edited = [](const std::string& from, const std::string& to) {
    return [from, to](std::string& text) { text = replaced(text, from, to); };
  };
  const Row rows[] = {
      {"two results fields", doubled("ARC-Authentication-Results: i=1"),
       "more than one ARC-Authentication-Results of i=1"},
      {"two message signatures", doubled("ARC-Message-Signature: i=2"),
       "more than one ARC-Message-Signature of i=2"},
      {"two seals", doubled("ARC-Seal: i=1"), "more than one ARC-Seal of i=1"},
      {"no results field", without("ARC-Authentication-Results: i=2"),
       "no ARC-Authentication-Results of i=2"},
      {"no message signature", without("ARC-Message-Signature: i=1"),
       "no ARC-Message-Signature of i=1"},
      {"no seal", without("ARC-Seal: i=2"), "no ARC-Seal of i=2"},
      {"no first set",
       [](std::string& text) {
         cut(text, "ARC-Seal: i=1");
         cut(text, "ARC-Message-Signature: i=1");
         cut(text, "ARC-Authentication-Results: i=1");
       },
       "there is no set i=1"},
      {"a gap",
       [](std::string& text) {
         for (const char* name :
              {"ARC-Seal: i=", "ARC-Message-Signature: i=", "ARC-Authentication-Results: i="}) {
           text = replaced(text, std::string(name) + "2", std::string(name) + "3");
         }
       },
       "there is no set i=2"},
      {"an instance of zero", edited("ARC-Seal: i=1", "ARC-Seal: i=0"),
       "ARC-Seal in line 14 has no instance of 1 to 50"},
      {"an instance above fifty", edited("ARC-Seal: i=2", "ARC-Seal: i=51"),
       "ARC-Seal in line 1 has no instance of 1 to 50"},
      {"an instance that is no number",
       edited("ARC-Authentication-Results: i=2", "ARC-Authentication-Results: i=two"),
       "ARC-Authentication-Results in line 13 has no instance of 1 to 50"},
      {"results without an instance",
       edited("ARC-Authentication-Results: i=2; ", "ARC-Authentication-Results: "),
       "ARC-Authentication-Results in line 13 has no instance of 1 to 50"},
      {"the first seal says pass",
       edited("i=1; a=rsa-sha256; t=1700000000; cv=none",
              "i=1; a=rsa-sha256; t=1700000000; cv=pass"),
       "ARC-Seal of i=1 says cv=pass where none must stand"},
      {"the second seal says none", edited("cv=pass", "cv=none"),
       "ARC-Seal of i=2 says cv=none where pass must stand"},
      {"an older seal says fail", edited("cv=none", "cv=fail"),
       "ARC-Seal of i=1 says cv=fail where none must stand"},
      {"a seal without a status", edited(" cv=pass;", ""),
       "ARC-Seal of i=2 lacks cv= where pass must stand"},
      {"the newest seal says fail", edited("cv=pass", "cv=fail"),
       "declared broken (cv=fail) by hop2.example at i=2"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    std::string text = sealed(2);
    row.edit(text);
    const auto verdict = verify(text);
    CHECK(verdict.result == Result::fail);
    CHECK(verdict.problem.value_or("") == row.problem);
  }
}

TEST_CASE("RFC 8617 5.2: a chain with a fault of structure asks for no key") {
  std::string text = sealed(3);
  cut(text, "ARC-Seal: i=2");
  const Message message = Message::parse(text);
  arc::Verifier verifier(message, options());
  dns::Known known;
  CHECK(verifier.verify(known).result == Result::fail);
  CHECK(known.take_missing().empty());
}

TEST_CASE("RFC 8617 5.1.2: a chain declared broken is sealed over its newest set alone") {
  auto last = hop(2);
  last.cv = "fail";
  std::string text = replaced(sealed(1), "spf=pass", "spf=fail");
  text = test::add_arc_set(text, key(), last);
  const auto verdict = verify(text);
  CHECK(verdict.result == Result::fail);
  REQUIRE(verdict.sets.size() == 2);
  CHECK(verdict.sets[1].seal == Result::pass);
  CHECK(verdict.sets[0].seal == Result::none);
  CHECK(verdict.sets[0].seal_problem == "not checked");
}

TEST_CASE("RFC 8617 5.2 step 4: the newest message signature must verify") {
  const auto body = verify(replaced(sealed(2), "here they are", "here they were"));
  CHECK(body.result == Result::fail);
  CHECK(body.problem == std::string("ARC-Message-Signature of i=2: the body was changed since"));
  CHECK(body.sets[1].seal == Result::pass);
  CHECK(body.sets[1].message_signature == Result::fail);

  const auto header = verify(replaced(sealed(2), "Subject: minutes", "Subject: hours"));
  CHECK(header.result == Result::fail);
  CHECK(header.sets[1].message_signature == Result::fail);
}

TEST_CASE("RFC 8617 5.2 step 5: an older message signature that fails moves oldest-pass alone") {
  // The list changes the message before each of its own sets.
  std::string text = replaced(sealed(1), "Subject: minutes", "Subject: [list] minutes");
  text = test::add_arc_set(text, key(), hop(2));
  const auto second = verify(text);
  CHECK(second.result == Result::pass);
  CHECK(second.oldest_pass == 2);
  CHECK(second.sets[0].message_signature == Result::fail);
  CHECK(second.sets[0].seal == Result::pass);

  text = test::add_arc_set(text + "-- \r\nfooter\r\n", key(), hop(3));
  const auto third = verify(text);
  CHECK(third.result == Result::pass);
  CHECK(third.oldest_pass == 3);
  CHECK(third.sets[1].message_signature_problem == "the body was changed since");
}

TEST_CASE("RFC 8617 5.2 step 6: every seal must verify") {
  struct Row {
    const char* what;
    const char* from;
    const char* to;
    int broken;  // the lowest seal that fails
  };
  const Row rows[] = {
      {"the oldest results", "mx.hop1.example; spf=pass", "mx.hop1.example; spf=fail", 1},
      {"the newest results", "mx.hop3.example; spf=pass", "mx.hop3.example; spf=fail", 3},
      {"the time of a seal", "ARC-Seal: i=2; a=rsa-sha256; t=1700000000",
       "ARC-Seal: i=2; a=rsa-sha256; t=1700000001", 2},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const auto verdict = verify(replaced(sealed(3), row.from, row.to));
    CHECK(verdict.result == Result::fail);
    REQUIRE(verdict.sets.size() == 3);
    for (const arc::Set& set : verdict.sets) {
      CHECK((set.seal == Result::pass) == (set.instance < row.broken));
    }
  }
}

TEST_CASE("RFC 8617 4.1.3: a seal with h= is invalid") {
  const auto verdict = verify(replaced(sealed(1), "ARC-Seal: i=1; ", "ARC-Seal: i=1; h=from; "));
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.sets[0].seal_problem == "h= must not stand in an ARC-Seal");
}

TEST_CASE("RFC 8617 4.1.2: a message signature over seals is invalid") {
  auto seal = hop(2);
  seal.sign.headers.push_back("ARC-Seal");
  const auto verdict = verify(test::add_arc_set(sealed(1), key(), seal));
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.sets[1].message_signature_problem == "h= names ARC-Seal");
}

TEST_CASE("RFC 8617 4.1.2: a version tag is ignored, From must be signed") {
  auto seal = hop(1);
  seal.sign.extra = "; v=1";
  CHECK(verify(test::add_arc_set(kMessage, key(), seal)).result == Result::pass);
  seal = hop(1);
  seal.sign.headers = {"To", "Subject"};
  CHECK(verify(test::add_arc_set(kMessage, key(), seal)).result == Result::fail);
}

TEST_CASE("fields that are no tag lists, or lack tags, fail") {
  struct Row {
    const char* from;
    const char* to;
  };
  const Row rows[] = {
      {"ARC-Seal: i=1; a=rsa-sha256;", "ARC-Seal: i=1; a=rsa-sha512;"},
      {"ARC-Seal: i=1; a=rsa-sha256;", "ARC-Seal: i=1;"},
      {"ARC-Seal: i=1; a=rsa-sha256;", "ARC-Seal: i=1; a=rsa-sha256; a=rsa-sha256;"},
      {"d=hop1.example; s=s1;\r\n\tb=", "d=hop1.example; s=s1;; b="},
      {"d=hop1.example; s=s1;\r\n\tb=", "d=hop1.example; S=s1;\r\n\tb="},
      {"d=hop1.example; s=s1;\r\n\tb=", "d=-; s=s1;\r\n\tb="},
      {"d=hop1.example; s=s1;\r\n\tb=", "d=hop1.example; s=s1;\r\n\tb=!!"},
      {"ARC-Message-Signature: i=1; a=rsa-sha256;", "ARC-Message-Signature: i=1;"},
      {"bh=", "bh=!"},
      {"c=relaxed/relaxed", "c=strict"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to);
    const auto verdict = verify(replaced(sealed(1), row.from, row.to));
    CHECK(verdict.result == Result::fail);
    CHECK(verdict.problem.has_value());
  }
}

TEST_CASE("keys as in DKIM: absent, revoked, too short, of another type") {
  const std::string text = sealed(1);
  const auto absent = verify(text, "x. IN TXT \"x\"\n");
  CHECK(absent.result == Result::fail);
  CHECK(absent.sets[0].seal == Result::permerror);

  const std::string name = "s1._domainkey.hop1.example";
  const auto revoked = verify(text, test::txt_line(name, "v=DKIM1; p="));
  CHECK(revoked.result == Result::fail);
  CHECK(revoked.sets[0].seal == Result::fail);

  const auto other = verify(text, test::txt_line(name, test::key_record(SigningKey::ed25519())));
  CHECK(other.result == Result::fail);
  CHECK(other.sets[0].seal == Result::permerror);

  const SigningKey& small = SigningKey::rsa(512);
  const auto weak =
      verify(test::add_arc_set(kMessage, small, hop(1)), test::key_line(small, hop(1).sign));
  CHECK(weak.result == Result::fail);
  CHECK(weak.sets[0].seal == Result::policy);
}

TEST_CASE("RFC 8301: rsa-sha1 does not make a valid chain") {
  auto seal = hop(1);
  seal.sign.algorithm = "rsa-sha1";
  const auto verdict = verify(test::add_arc_set(kMessage, key(), seal));
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.sets[0].seal == Result::policy);
}

TEST_CASE("a DNS error is a temperror, unless something fails for certain") {
  const auto run = [](const std::string& text, std::set<std::string> failing) {
    std::map<std::string, std::string> keys;
    for (int i = 1; i <= 2; ++i) {
      keys["s1._domainkey.hop" + std::to_string(i) + ".example"] = test::key_record(key());
    }
    test::FaultyClient client(std::move(failing), keys);
    const Message message = Message::parse(text);
    arc::Verifier verifier(message, options());
    return verifier.verify(client);
  };
  const auto open = run(sealed(2), {"s1._domainkey.hop1.example"});
  CHECK(open.result == Result::temperror);
  CHECK(open.sets[0].seal == Result::temperror);
  CHECK(open.sets[1].seal == Result::pass);
  CHECK(run(sealed(2), {"s1._domainkey.hop2.example"}).result == Result::temperror);
  const auto certain =
      run(replaced(sealed(2), "here they are", "x"), {"s1._domainkey.hop1.example"});
  CHECK(certain.result == Result::fail);
}

TEST_CASE("headers alone: the seals are verified, the body is said to be absent") {
  const std::string whole = sealed(2);
  const std::string header = whole.substr(0, whole.find("\r\n\r\n") + 2);
  auto how = options();
  how.headers_only = true;
  const auto open = verify(header, zone(), how);
  CHECK(open.result == Result::neutral);
  CHECK(open.problem ==
        std::string(
            "ARC-Message-Signature of i=2: body absent: the signature matches the header alone"));
  CHECK(open.sets[0].seal == Result::pass);
  CHECK(open.sets[1].seal == Result::pass);
  CHECK(verify(replaced(header, "Subject: minutes", "Subject: x"), zone(), how).result ==
        Result::fail);
}

TEST_CASE("an input that was mended in signed bytes is not blamed") {
  auto how = options();
  how.mended = true;
  const auto passes = verify(sealed(1), zone(), how);
  CHECK(passes.result == Result::neutral);
  CHECK(passes.problem == std::string("the chain verifies only as the text was mended"));
  CHECK(verify(replaced(sealed(1), "here they are", "x"), zone(), how).result == Result::neutral);
  SECTION("the bytes as given are tried first") {
    const std::string text = sealed(1);
    const Message given = Message::parse(text);
    auto raw = how;
    raw.as_given = &given;
    CHECK(verify(replaced(text, "here they are", "x"), zone(), raw).result == Result::pass);
    CHECK(verify(text, zone(), raw).result == Result::pass);
    const std::string spoilt = replaced(text, "here they are", "x");
    const Message given_spoilt = Message::parse(spoilt);
    raw.as_given = &given_spoilt;
    CHECK(verify(text, zone(), raw).result == Result::neutral);
  }
  CHECK(verify(sealed(1), "x. IN TXT \"x\"\n", how).result == Result::fail);
}

TEST_CASE("an expired message signature fails by the clock of the check") {
  auto seal = hop(1);
  seal.sign.expires = kSealedAt + 30;
  const std::string text = test::add_arc_set(kMessage, key(), seal);
  CHECK(verify(text).result == Result::fail);
  auto how = options();
  how.at = Instant(std::chrono::seconds(kSealedAt + 10));
  CHECK(verify(text, zone(), how).result == Result::pass);
}

TEST_CASE("l= covers the beginning of the body") {
  auto seal = hop(1);
  seal.sign.length = 8;
  const std::string text = test::add_arc_set(kMessage, key(), seal);
  CHECK(verify(text + "footer\r\n").result == Result::pass);
  CHECK(verify(replaced(text, "Hello", "Holla")).result == Result::fail);
  CHECK(verify(text.substr(0, text.find("\r\n\r\n") + 4) + "x").result == Result::fail);
}

TEST_CASE("all keys of a chain are asked for in one round") {
  const std::string text = sealed(3);
  const Message message = Message::parse(text);
  arc::Verifier verifier(message, options());
  dns::Known known;
  static_cast<void>(verifier.verify(known));
  CHECK(known.take_missing().size() == 3);
}

TEST_CASE("floods of ARC fields are bounded") {
  std::string text;
  for (int i = 0; i < 3'000; ++i) {
    text +=
        "ARC-Seal: i=" + std::to_string(i) + "; a=rsa-sha256; cv=pass; d=a.example; s=s; b=AA\n";
    text += "ARC-Message-Signature: i=1; h=from\nARC-Authentication-Results: i=1; a; spf=pass\n";
  }
  const auto verdict = verify(text + "From: a@a.example\n\nx\n");
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.problem == std::string("more than 50 sets"));
  CHECK(verdict.sets.size() <= 50);
}

TEST_CASE("ARC fields of any shape do no harm") {
  for (const char* text :
       {"ARC-Seal:\n\n", "ARC-Seal: i\n\n", "ARC-Authentication-Results: i=1\n\n",
        "ARC-Seal: i=1; cv=fail\n\n",
        "ARC-Seal: i=1\nARC-Message-Signature: i=1\n"
        "ARC-Authentication-Results: i=1\n\n",
        "ARC-Message-Signature: i=1; h=:::; b==; bh==\nARC-Seal: i=1; cv=none; h=a\n"
        "ARC-Authentication-Results: i=1;;\n\n"}) {
    CAPTURE(text);
    CHECK(verify(text).result == Result::fail);
  }
}
