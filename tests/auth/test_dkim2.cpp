// The chain of custody: each rule on a message that breaks it and on its innocent twin.
#include "auth/dkim2/dkim2.hpp"
#include "auth/dkim2/signature_input.hpp"
#include "auth/dkim2/value.hpp"
#include "base/base64.hpp"
#include "support/catch.hpp"
#include "support/dkim2_signer.hpp"
#include "support/table.hpp"

using namespace emltrace;
using dkim2::Custody;
using dkim2::HashCheck;
using dkim2::Match;
using dkim2::Problem;
using dkim2::RecipeKind;
using test::Dkim2Hop;

namespace {

constexpr std::string_view kMail =
    "From: Ann <ann@a.example>\r\nTo: list@l.example\r\nSubject: Minutes\r\n"
    "Date: Mon, 26 Oct 2026 07:33:00 +0000\r\n\r\nHello,\r\nbye\r\n";
const Instant kSigned{std::chrono::seconds(1'793'000'000)};

struct Question {
  std::optional<std::string> mail_from;
  std::vector<std::string> rcpt_to;
  Instant at = kSigned + std::chrono::minutes(5);
  Instant now = kSigned + std::chrono::minutes(5);
  bool headers_only = false;
  std::string zone = test::dkim2_zone({"a.example", "l.example", "b.example", "c.example"});
};

dkim2::Verdict verify(const std::string& text, const Question& question = {}) {
  const Message message = Message::parse(text);
  dkim::Options options;
  options.at = question.at;
  options.now = question.now;
  options.headers_only = question.headers_only;
  dkim2::Verifier verifier(message, options);
  return test::settle_with_zone(question.zone, [&](dns::Client& client) {
    return verifier.verify(client, {question.mail_from, question.rcpt_to});
  });
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string origin() {
  return test::dkim2_origin(std::string(kMail));
}

// l.example: a list that puts a tag into Subject and a line under the text.
Dkim2Hop list_hop() {
  Dkim2Hop hop;
  hop.i = 2;
  hop.m = 2;
  hop.domain = "l.example";
  hop.mail_from = "<bounce@l.example>";
  hop.rcpt_to = {"<bob@b.example>"};
  hop.recipe = R"({"h":{"subject":[{"d":["Minutes"]}]},"b":[{"c":[1,2]}]})";
  return hop;
}
std::string changed_by_list() {
  return replaced(origin(), "Subject: Minutes", "Subject: [l] Minutes") + "-- list\r\n";
}
std::string listed() {
  return test::dkim2_hop(changed_by_list(), list_hop());
}

const Question kToBob{"bounce@l.example", {"bob@b.example"}};

}  // namespace

TEST_CASE("a message without the fields has no result", "[dkim2]") {
  const auto verdict = verify(std::string(kMail));
  CHECK(verdict.result == auth::Result::none);
  CHECK_FALSE(verdict.is_present());
}

TEST_CASE("an originator's signature verifies, with the envelope it names", "[dkim2]") {
  const auto verdict = verify(origin(), {"ann@A.example", {"list@l.EXAMPLE"}});
  CHECK(verdict.result == auth::Result::pass);
  CHECK(verdict.detail.empty());
  CHECK(verdict.mail_from == Match::match);
  CHECK(verdict.rcpt_to == Match::match);
  CHECK(verdict.custody == Custody::holds);
  REQUIRE(verdict.signatures.size() == 1);
  CHECK(verdict.signatures[0].result == auth::Result::pass);
  CHECK(verdict.signatures[0].values[0].key_bits == 256);
  REQUIRE(verdict.instances.size() == 1);
  CHECK(verdict.instances[0].signed_by == std::size_t{1});
  CHECK(verdict.instances[0].hashes[0].header == HashCheck::match);
  CHECK(verdict.instances[0].recipe == RecipeKind::none);
  CHECK(verdict.from_authentic == true);
  REQUIRE(verdict.original);
  CHECK(verdict.original->subject == std::string("Minutes"));
  CHECK(verdict.original->body_lines == std::size_t{2});
}

TEST_CASE("an envelope that is not known is not compared", "[dkim2]") {
  const auto verdict = verify(origin());
  CHECK(verdict.result == auth::Result::pass);
  CHECK(verdict.rcpt_to == Match::unchecked);
}

TEST_CASE("a list's change is undone, and the first text shown", "[dkim2]") {
  const auto verdict = verify(listed(), kToBob);
  CHECK(verdict.result == auth::Result::pass);
  REQUIRE(verdict.modifications.size() == 2);
  CHECK(verdict.modifications[0].change.name == "subject");
  CHECK(verdict.modifications[0].change.before == std::vector<std::string>{"Minutes"});
  CHECK(verdict.modifications[0].change.after == std::vector<std::string>{"[l] Minutes"});
  CHECK(verdict.modifications[0].domain == std::string("l.example"));
  CHECK(verdict.modifications[0].i == std::size_t{2});
  CHECK(verdict.modifications[0].proved);
  CHECK(verdict.modifications[1].change.after == std::vector<std::string>{"-- list"});
  CHECK(verdict.modifications[1].change.lines_added == 1);
  CHECK(verdict.instances[1].recipe == RecipeKind::both);
  REQUIRE(verdict.original);
  CHECK(verdict.original->subject == std::string("Minutes"));
  CHECK(verdict.original->text == std::string("Hello,\r\nbye\r\n"));
}

TEST_CASE("a recipe that does not lead back is told at the instance before", "[dkim2]") {
  Dkim2Hop hop = list_hop();
  hop.recipe = R"({"h":{"subject":[{"d":["Minutes!"]}]},"b":[{"c":[1,2]}]})";
  const auto verdict = verify(test::dkim2_hop(changed_by_list(), hop), kToBob);
  CHECK(verdict.result == auth::Result::fail);
  CHECK(verdict.problem == Problem::header_hash_mismatch);
  CHECK(verdict.detail == "Message Instance m=1 header hash sha256 mismatch");
  CHECK(verdict.at.m == std::size_t{1});
  CHECK(verdict.newest_matches());
  CHECK_FALSE(verdict.modifications[0].proved);
  CHECK(verdict.modifications[1].proved);  // the body's hashes match on both sides
  CHECK_FALSE(verdict.original->subject);
}

TEST_CASE("a change after the last signature leaves the signatures good", "[dkim2]") {
  const auto body = verify(origin() + "more\r\n");
  CHECK(body.result == auth::Result::fail);
  CHECK(body.problem == Problem::body_hash_mismatch);
  CHECK(body.all_verified());
  CHECK_FALSE(body.newest_matches());
  const auto header = verify(replaced(origin(), "Subject: M", "Cc: c@c.example\r\nSubject: M"));
  CHECK(header.problem == Problem::header_hash_mismatch);
  CHECK(verify(replaced(origin(), "Subject: M", "X-Spam: no\r\nSubject: M")).result ==
        auth::Result::pass);
}

TEST_CASE("a signature that is not that of the key fails", "[dkim2]") {
  const auto verdict = verify(
      origin(),
      {std::nullopt,
       {},
       kSigned,
       kSigned,
       false,
       test::txt_line("s1._domainkey.a.example", test::key_record(test::dkim2_key("b.example")))});
  CHECK(verdict.result == auth::Result::fail);
  CHECK(verdict.problem == Problem::signature_mismatch);
  CHECK(verdict.detail == "DKIM2-Signature i=1 s1 incorrect signature");
}

TEST_CASE("a key that is gone decides nothing, whatever else was changed", "[dkim2]") {
  Question question{"x@x.example", {"y@y.example"}};
  question.zone = "a.example. 60 IN TXT \"nothing\"\n";
  const auto verdict = verify(origin() + "more\r\n", question);
  CHECK(verdict.result == auth::Result::permerror);
  CHECK(verdict.problem == Problem::no_key);
  CHECK(verdict.detail == "DKIM2-Signature i=1 public key s1 does not exist");
  CHECK(verdict.instances[0].hashes[0].body == HashCheck::mismatch);
  CHECK(verdict.from_authentic == std::nullopt);
}

TEST_CASE("a key record that cannot be used is told by its fault", "[dkim2]") {
  const std::string name = "s1._domainkey.a.example";
  const std::string good = test::key_record(test::dkim2_key("a.example"));
  const auto problem = [&](const std::string& zone) {
    Question question;
    question.zone = zone;
    return verify(origin(), question).problem;
  };
  CHECK(problem(test::txt_line(name, good)) == Problem::none);
  CHECK(problem(test::txt_line(name, good) + test::txt_line(name, "v=DKIM1; p=")) ==
        Problem::key_multiple);
  CHECK(problem(test::txt_line(name, "v=DKIM1; k=ed25519; p=")) == Problem::key_revoked);
  CHECK(problem(test::txt_line(name, "v=DKIM1; k=ed25519; p=YWJj")) == Problem::key_syntax);
  CHECK(problem(test::txt_line(name, test::key_record(test::SigningKey::rsa()))) ==
        Problem::key_mismatch);
}

TEST_CASE("a failing signature of a key in test mode is as if it were not there", "[dkim2]") {
  Question question;
  question.zone = test::txt_line("s1._domainkey.a.example",
                                 test::key_record(test::dkim2_key("b.example"), "t=y; "));
  const auto verdict = verify(origin(), question);
  CHECK(verdict.result == auth::Result::none);
  CHECK(verdict.problem == Problem::signature_mismatch);
  CHECK(verdict.signatures[0].values[0].testing);
}

TEST_CASE("the delivery has to be one that the newest signature names", "[dkim2]") {
  const auto other = verify(origin(), {"ann@a.example", {"victim@v.example"}});
  CHECK(other.result == auth::Result::fail);
  CHECK(other.problem == Problem::rcpt_to_mismatch);
  CHECK(other.detail == "DKIM2-Signature i=1 RCPT TO <victim@v.example> did not match");
  CHECK(other.mail_from == Match::match);
  CHECK(other.rcpt_to == Match::mismatch);
  const auto sender = verify(origin(), {"Ann@a.example", {"list@l.example"}});
  CHECK(sender.problem == Problem::mail_from_mismatch);
  CHECK(verify(origin(), {"", {}}).problem == Problem::mail_from_mismatch);
}

TEST_CASE("an envelope that own hosts may have rewritten can match, and cannot differ", "[dkim2]") {
  const std::string text = origin();
  const Message message = Message::parse(text);
  dkim2::Delivery delivery{"x@y.example", {"alias@l.example"}, true, true};
  const auto chain = dkim2::collect_chain(message);
  auto check = dkim2::check_delivery(chain, delivery);
  CHECK(check.mail_from == Match::unchecked);
  CHECK(check.rcpt_to == Match::unchecked);
  CHECK(check.faults.empty());
  delivery.rcpt_to = {"list@l.example"};
  CHECK(dkim2::check_delivery(chain, delivery).rcpt_to == Match::match);
}

TEST_CASE("mf= lies under d=, not the other way round", "[dkim2]") {
  Dkim2Hop below;
  below.mail_from = "<ann@mail.a.example>";
  CHECK(verify(test::dkim2_hop(std::string(kMail), below)).result == auth::Result::pass);
  Dkim2Hop outside;
  outside.mail_from = "<ann@o.example>";
  const auto verdict = verify(test::dkim2_hop(std::string(kMail), outside));
  CHECK(verdict.result == auth::Result::fail);
  CHECK(verdict.problem == Problem::domain_mismatch);
  CHECK(verdict.signatures[0].fault.problem == Problem::domain_mismatch);
  Dkim2Hop null;
  null.mail_from = "<>";
  CHECK(verify(test::dkim2_hop(std::string(kMail), null)).result == auth::Result::pass);
}

TEST_CASE("custody breaks where the next signer is none of those it was sent to", "[dkim2]") {
  Dkim2Hop hop;
  hop.i = 2;
  hop.instance = false;
  hop.domain = "c.example";
  hop.mail_from = "<fwd@c.example>";
  hop.rcpt_to = {"<bob@b.example>"};
  const auto verdict = verify(test::dkim2_hop(origin(), hop));
  CHECK(verdict.result == auth::Result::fail);
  CHECK(verdict.problem == Problem::custody);
  CHECK(verdict.custody == Custody::broken);
  CHECK(verdict.all_verified());
  hop.domain = "l.example";
  hop.mail_from = "<fwd@out.l.example>";
  CHECK(verify(test::dkim2_hop(origin(), hop)).custody == Custody::holds);
  hop.mail_from = "<>";  // then d= tells who sent
  CHECK(verify(test::dkim2_hop(origin(), hop)).custody == Custody::holds);
}

TEST_CASE("nd= names the next signer, and none may stand last", "[dkim2]") {
  Dkim2Hop first;
  first.next_domain = "L.example";
  const std::string begun = test::dkim2_hop(std::string(kMail), first);
  const auto last = verify(begun);
  CHECK(last.result == auth::Result::fail);
  CHECK(last.problem == Problem::dangling_next_domain);
  Dkim2Hop next = list_hop();
  next.m = 1;
  next.instance = false;
  CHECK(verify(test::dkim2_hop(begun, next), kToBob).result == auth::Result::pass);
  next.domain = "c.example";
  next.mail_from = "<bounce@c.example>";
  CHECK(verify(test::dkim2_hop(begun, next)).problem == Problem::next_domain);
}

TEST_CASE("a signature is good for 14 days, and the clock of the check decides", "[dkim2]") {
  Question question;
  question.at = question.now = kSigned + dkim2::kMaxAge;
  CHECK(verify(origin(), question).result == auth::Result::pass);
  question.now += std::chrono::seconds(1);
  const auto later = verify(origin(), question);
  CHECK(later.result == auth::Result::pass);
  CHECK(later.signatures[0].expired_since);
  question.at = question.now;
  CHECK(verify(origin(), question).problem == Problem::expired);
  question.at = kSigned - dkim2::kClockAllowance;
  CHECK(verify(origin(), question).result == auth::Result::pass);
  question.at -= std::chrono::seconds(1);
  CHECK(verify(origin(), question).problem == Problem::future);
}

TEST_CASE("the numbers of signatures and instances have no gap and no double", "[dkim2]") {
  Dkim2Hop third = list_hop();
  third.i = 3;
  const auto gap = verify(test::dkim2_hop(changed_by_list(), third));
  CHECK(gap.result == auth::Result::permerror);
  CHECK(gap.problem == Problem::signature_missing);
  CHECK(gap.detail == "DKIM2-Signature i=2 missing");
  CHECK(gap.signatures[0].result == auth::Result::pass);

  Dkim2Hop unsigned_hop = list_hop();
  unsigned_hop.selectors.clear();
  const auto open = verify(test::dkim2_hop(changed_by_list(), unsigned_hop));
  CHECK(open.result == auth::Result::permerror);
  CHECK(open.detail == "Message-Instance m=2 is not signed");

  const std::string text = origin();
  const std::size_t begin = text.find("Message-Instance");
  const std::string instance = text.substr(begin, text.find("From:") - begin);
  CHECK(verify(replaced(text, instance, "")).detail == "Message-Instance m=1 missing");
  CHECK(verify(replaced(text, instance, instance + instance)).problem == Problem::instance_syntax);
  CHECK(verify(instance + std::string(kMail)).detail == "DKIM2-Signature i=1 missing");
}

TEST_CASE("From belongs to the signer that put it in, from draft -07 on", "[dkim2]") {
  Dkim2Hop hop = list_hop();
  hop.recipe = R"({"h":{"from":[{"d":["Ann <ann@a.example>"]}]}})";
  const auto own = verify(
      test::dkim2_hop(replaced(origin(), "Ann <ann@a.example>", "Ann <list@l.example>"), hop));
  CHECK(own.result == auth::Result::pass);
  CHECK(own.original->from == std::string("Ann <ann@a.example>"));
  const auto foreign = verify(
      test::dkim2_hop(replaced(origin(), "Ann <ann@a.example>", "Ann <bob@b.example>"), hop));
  CHECK(foreign.result == auth::Result::fail);
  CHECK(foreign.problem == Problem::from_not_authentic);
  CHECK(foreign.passes_under == std::string("06"));
  CHECK(foreign.from_authentic == false);
}

TEST_CASE("a withheld body is an error of today and none of draft -06", "[dkim2]") {
  Dkim2Hop hop = list_hop();
  hop.recipe = R"({"h":{"subject":[{"d":["Minutes"]}]},"b":null})";
  const auto verdict = verify(test::dkim2_hop(changed_by_list(), hop), kToBob);
  CHECK(verdict.result == auth::Result::permerror);
  CHECK(verdict.problem == Problem::recipe_syntax);
  CHECK(verdict.passes_under == std::string("06"));
  CHECK(verdict.withheld == std::size_t{2});
  CHECK(verdict.instances[0].hashes[0].header == HashCheck::match);
  CHECK(verdict.instances[0].hashes[0].body == HashCheck::unchecked);
  CHECK(verdict.original->subject == std::string("Minutes"));
  CHECK_FALSE(verdict.original->body_sha256);
}

TEST_CASE("the header alone is judged without its body", "[dkim2]") {
  Question question = kToBob;
  question.headers_only = true;
  const std::string text = listed();
  const auto verdict = verify(text.substr(0, text.find("\r\n\r\n") + 4), question);
  CHECK(verdict.result == auth::Result::neutral);
  CHECK(verdict.problem == Problem::body_absent);
  CHECK(verdict.all_verified());
  CHECK(verdict.instances[0].hashes[0].header == HashCheck::match);
  CHECK(verdict.instances[0].hashes[0].body == HashCheck::unchecked);
}

TEST_CASE("a body that was empty when it was signed needs none to be given", "[dkim2]") {
  Question question;
  question.headers_only = true;
  const std::string mail(kMail);
  const auto empty = test::dkim2_origin(mail.substr(0, mail.find("\r\n\r\n") + 4));
  CHECK(verify(empty, question).result == auth::Result::pass);
}

TEST_CASE("a file with LF line ends is read as it was on the wire", "[dkim2]") {
  std::string text = listed();
  std::erase(text, '\r');
  CHECK(verify(text, kToBob).result == auth::Result::pass);
}

TEST_CASE("sha512 hashes are computed too", "[dkim2]") {
  Dkim2Hop hop;
  hop.hash = "sha512";
  CHECK(verify(test::dkim2_hop(std::string(kMail), hop)).result == auth::Result::pass);
  hop.hash = "sha3";
  const auto unknown = verify(test::dkim2_hop(std::string(kMail), hop));
  CHECK(unknown.result == auth::Result::permerror);
  CHECK(unknown.problem == Problem::algorithm);
  CHECK(unknown.instances[0].hashes[0].header == HashCheck::unknown);
}

TEST_CASE("a field that is not well formed is an error, and the rest has its answers", "[dkim2]") {
  const auto verdict = verify(replaced(origin(), "; d=", "; n=; f=exploded, x; d="));
  CHECK(verdict.problem == Problem::signature_mismatch);  // well formed, but not what was signed
  CHECK(verdict.exploded);
  for (const char* extra : {"i=1; ", "x; ",
                            "n="
                            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; ",
                            "nd=l example; "}) {
    Dkim2Hop hop;
    hop.extra = extra;
    INFO(extra);
    const auto odd = verify(test::dkim2_hop(std::string(kMail), hop));
    CHECK(odd.result == auth::Result::permerror);
    CHECK(odd.signatures[0].is_verified());
  }
  // A tag twice, and no longer what was signed: it states nothing that could be wrong.
  CHECK(verify(replaced(origin(), "; d=", "; i=1; d=")).result == auth::Result::permerror);
  Dkim2Hop bare;
  bare.mail_from = "ann@a.example";
  const auto brackets = verify(test::dkim2_hop(std::string(kMail), bare));
  CHECK(brackets.problem == Problem::signature_syntax);
  CHECK(brackets.signatures[0].mail_from == std::string("ann@a.example"));
}

TEST_CASE("a selector stands once only", "[dkim2]") {
  Dkim2Hop hop;
  hop.selectors = {"s1", "S1"};
  CHECK(verify(test::dkim2_hop(std::string(kMail), hop)).problem == Problem::duplicate_selector);
  hop.selectors = {"s1", "s2", "s3"};
  CHECK(verify(test::dkim2_hop(std::string(kMail), hop)).problem == Problem::too_many_selectors);
}

TEST_CASE("one group of signature values that verifies is enough", "[dkim2]") {
  const auto value = [](std::size_t group, auth::Result result, Problem problem) {
    dkim2::ValueVerdict out;
    out.group = group;
    out.result = result;
    out.fault.problem = problem;
    return out;
  };
  const auto good = value(1, auth::Result::pass, Problem::none);
  const auto bad = value(2, auth::Result::fail, Problem::signature_mismatch);
  const auto open = value(3, auth::Result::temperror, Problem::dns);
  const auto unknown = value(4, auth::Result::permerror, Problem::algorithm);
  dkim2::SignatureVerdict signature;
  signature.values = {bad, good};
  CHECK_FALSE(dkim2::join(signature.values).fault);
  CHECK(signature.is_verified());
  CHECK(dkim2::join({bad, open}).fault.problem == Problem::dns);
  CHECK(dkim2::join({bad, unknown}).fault.problem == Problem::signature_mismatch);
  CHECK(dkim2::join({unknown}).fault.problem == Problem::algorithm);
  signature.values = {good, value(1, auth::Result::fail, Problem::signature_mismatch)};
  CHECK(dkim2::join(signature.values).fault.problem == Problem::signature_mismatch);
  CHECK_FALSE(signature.is_verified());
  const auto beside = dkim2::join({good, value(1, auth::Result::permerror, Problem::algorithm)});
  CHECK(beside.fault.problem == Problem::algorithm);
  CHECK(beside.beside_unknown);
}

TEST_CASE("hashes of fields that the drafts treat alike match by an older list", "[dkim2]") {
  // The signer of the tests hashes VBR-Info, as -04 and -09 have it, and not Received-SPF.
  const std::string text =
      test::dkim2_origin("VBR-Info: x\r\nReceived-SPF: pass\r\n" + std::string(kMail));
  CHECK(verify(text).result == auth::Result::pass);
  CHECK(verify(text).rules == dkim2::Rules::draft_09);
  const auto later = verify("Auto-Submitted: no\r\n" + origin());
  CHECK(later.result == auth::Result::pass);
  CHECK(later.rules == dkim2::Rules::draft_06);
}

TEST_CASE("copies under one signature have one key, however they are folded and delivered",
          "[dkim2]") {
  const std::string sent = origin();
  const std::string key = verify(sent).copy_key;
  CHECK(key.size() == std::string_view("sha256:").size() + 64);
  CHECK(verify("Received: from x by y; Mon, 26 Oct 2026 07:34:00 +0000\r\n" + sent).copy_key ==
        key);
  CHECK(verify(replaced(sent, "DKIM2-Signature: i=1;", "DKIM2-Signature:\r\n\ti=1;")).copy_key ==
        key);
  CHECK(verify(replaced(sent, "bye", "BYE")).copy_key == key);  // the hash tells that, not the key
  SECTION("another signature has another key, though it is of the same message") {
    Dkim2Hop later;
    later.time += 1;
    const std::string again = test::dkim2_hop(std::string(kMail), later);
    CHECK(verify(again).copy_key != key);
    CHECK(verify(again).replay_key == verify(sent).replay_key);
    CHECK(verify(test::dkim2_hop(sent, list_hop())).copy_key != key);
  }
  SECTION("a chain with a gap signs nothing that is whole") {
    CHECK(
        verify(replaced(sent, "DKIM2-Signature: i=1;", "DKIM2-Signature: i=2;")).copy_key.empty());
    CHECK(verify(std::string(kMail)).copy_key.empty());
  }
}

TEST_CASE("values are taken out of a signature without touching the rest", "[dkim2]") {
  CHECK(dkim2::without_values("dkim2-signature:i=1;S=a:rsa-sha256:AbC=,b:x:Y|c:z:Zz==;n=s\r\n") ==
        "dkim2-signature:i=1;S=a:rsa-sha256:,b:x:|c:z:;n=s\r\n");
}

TEST_CASE("DKIM2 fields are shown with hop, revision, domain and time", "[dkim2]") {
  const std::string text = "DKIM2-Signature: i=2; m=1; t=1790000000; d=list.example;\r\n mf=" +
                           base64_encode("<bounce@list.example>") +
                           "; rt=" + base64_encode("<r@b.example>") + ",\r\n  " +
                           base64_encode("<s@b.example>") +
                           ";\r\n f=exploded; s=sel:rsa-sha256:AbCd\r\n"
                           "dkim2-signature: i = 1 ; d = a.example ; t=soon; mf=PD4=; x=1\r\n"
                           "Message-Instance: m=1; h=sha256:AbC:DeF; r=e30=\r\n"
                           "Subject: x\r\n\r\n";
  const auto fields = dkim2::collect_seen(Message::parse(text));
  REQUIRE(fields.size() == 3);
  CHECK(fields[0].header == "DKIM2-Signature");
  CHECK(fields[0].line == 1);
  CHECK(fields[0].hop == std::string("2"));
  CHECK(fields[0].revision == std::string("1"));
  CHECK(fields[0].domain == std::string("list.example"));
  REQUIRE(fields[0].signed_at);
  CHECK(format_rfc3339(*fields[0].signed_at) == "2026-09-21T14:13:20Z");
  CHECK(fields[0].mail_from == std::string("bounce@list.example"));
  CHECK(fields[0].rcpt_to == std::vector<std::string>{"r@b.example", "s@b.example"});
  CHECK(fields[0].tags.size() == 7);
  CHECK_FALSE(fields[1].signed_at);
  CHECK(fields[1].mail_from == std::string());
  CHECK(fields[2].header == "Message-Instance");
  CHECK(fields[2].revision == std::string("1"));
  CHECK_FALSE(fields[2].hop);
}

TEST_CASE("a DKIM2 field of any shape is shown as far as it can be read", "[dkim2]") {
  const std::string text =
      "DKIM2-Signature:\n"
      "DKIM2-Signature: ;;;=;d=;i\n"
      "DKIM2-Signature: d=" +
      std::string(100'000, 'a') + "; mf=%%%; rt=,,,; t=99999999999999999\n\n";
  const Message message = Message::parse(text);
  const auto fields = dkim2::collect_seen(message);
  REQUIRE(fields.size() == 3);
  CHECK_FALSE(fields[0].hop);
  CHECK_FALSE(fields[1].domain);
  REQUIRE(fields[2].domain);
  CHECK(fields[2].domain->size() == dkim2::kMaxSeenValue);
  CHECK_FALSE(fields[2].mail_from);
  CHECK_FALSE(fields[2].signed_at);
  CHECK(verify(text).result == auth::Result::permerror);
}
