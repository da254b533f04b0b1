// What receivers recorded, beside the re-run, and what is told of it.

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "support/sign.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::find_finding;
using test::severity_of;

namespace {

const std::string kLine = test::received("out.sender.example (out.sender.example [81.187.42.20])",
                                         "mx.corp.example", "ESMTP", "for <bob@corp.example>");
const std::string kHead =
    "From: ann@sender.example\nSubject: x\nDate: Thu, 29 Oct 2026 09:41:10 +0200\n"
    "Message-ID: <1@sender.example>\n";

/// SPF of sender.example passes for the client, unless `spf` says otherwise.
struct World {
  std::string spf = "v=spf1 ip4:81.187.42.20 -all";
  std::string dmarc = "v=DMARC1; p=reject";
  bool key = true;  // of the selector s1, and s2
  std::string more{};

  [[nodiscard]] std::string zone() const {
    test::SignOptions options;
    options.domain = "sender.example";
    std::string text =
        "out.sender.example. A 81.187.42.20\n"
        "20.42.187.81.in-addr.arpa. PTR out.sender.example.\n" +
        test::txt_line("sender.example", spf) + test::txt_line("_dmarc.sender.example", dmarc);
    if (!key) return text + more;
    for (const char* selector : {"s1", "s2"}) {
      options.selector = selector;
      text += test::key_line(test::SigningKey::rsa(2048), options);
    }
    return text + more;
  }
};

std::string signed_by(const std::string& selector, std::string text) {
  test::SignOptions options;
  options.domain = "sender.example";
  options.selector = selector;
  return test::sign_message(text, test::SigningKey::rsa(2048), options);
}

std::string results(const std::string& text, const std::string& id = "mx.corp.example") {
  return "Authentication-Results: " + id + "; " + text + "\n";
}

const std::string kPath = "Return-Path: <ann@sender.example>\n";
const std::string kMessage = kHead + "\nbody\n";
const std::string kSigned = signed_by("s1", kMessage);

Report trace_with(const std::string& field, const std::string& message = kMessage,
                  const World& world = {}) {
  return test::trace_message(kPath + field + kLine + message, world.zone());
}

// `agrees`, `differs: REASON` or `not compared: REASON`, of the first recorded result.
std::string comparison(const Report& report) {
  REQUIRE_FALSE(report.recorded.empty());
  const RecordedComparison& first = report.recorded.front();
  if (first.agrees == true) return "agrees";
  return (first.agrees ? "differs: " : "not compared: ") + first.reason;
}

}  // namespace

TEST_CASE("SPF as recorded is held against the same client and domain alone") {
  struct Row {
    const char* what;
    std::string field;
    std::string expected;
  };
  const Row rows[] = {
      {"the same", results("spf=pass smtp.mailfrom=ann@sender.example"), "agrees"},
      {"a domain without its local part", results("spf=pass smtp.mailfrom=sender.example"),
       "agrees"},
      {"letters' case", results("spf=pass smtp.mailfrom=Sender.EXAMPLE"), "agrees"},
      {"no domain named", results("spf=pass"), "agrees"},
      {"another result", results("spf=fail smtp.mailfrom=sender.example"),
       "differs: the domain's record may have changed since"},
      {"another domain", results("spf=fail smtp.mailfrom=other.example"),
       "not compared: it was checked for another domain, other.example"},
      {"HELO against HELO", results("spf=none smtp.helo=out.sender.example"), "agrees"},
      {"HELO of another name", results("spf=fail smtp.helo=mail.other.example"),
       "not compared: it was checked for another domain, mail.other.example"},
      {"a word for fail", results("spf=hardfail smtp.mailfrom=sender.example"),
       "differs: the domain's record may have changed since"},
      {"a word of no RFC", results("spf=looksgood smtp.mailfrom=sender.example"),
       "not compared: the domain's record may have changed since"},
      {"not decided then", results("spf=temperror smtp.mailfrom=sender.example"),
       "not compared: the domain's record may have changed since"},
      {"a faulty record then", results("spf=permerror smtp.mailfrom=sender.example"),
       "not compared: the domain's record may have changed since"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(comparison(trace_with(row.field)) == row.expected);
  }
}

TEST_CASE("a recorded signature is held against the one that it names") {
  const std::string twice = signed_by("s2", kSigned);
  const auto b_of = [](const Report& report, std::size_t i) {
    return report.dkim.at(i).signature_text.substr(0, 8);
  };
  const Report first = trace_with("", twice);
  REQUIRE(first.dkim.size() == 2);
  REQUIRE(first.dkim[0].result == auth::Result::pass);
  const auto told = [&](const std::string& field) { return comparison(trace_with(field, twice)); };
  CHECK(told(results("dkim=pass header.d=sender.example")) == "agrees");
  CHECK(told(results("dkim=pass header.i=@sender.example header.s=s1")) == "agrees");
  CHECK(told(results("dkim=pass header.i=@sender.example header.s=s9")) == "not compared: ");
  CHECK(told(results("dkim=pass header.d=other.example")) == "not compared: ");
  CHECK(told(results("dkim=pass")) == "not compared: ");
  CHECK(told(results("dkim=pass header.d=sender.example header.b=\"" + b_of(first, 1) + "\"")) ==
        "agrees");
  CHECK(told(results("dkim=pass header.d=sender.example header.b=AAAAAAAA")) == "not compared: ");

  // One of them fails today: header.b and the selector tell which was meant.
  std::string broken = twice;
  broken.replace(broken.find("s=s2"), 4, "s=s1");  // signed under another selector
  const Report today = trace_with("", broken);
  REQUIRE(today.dkim[0].result == auth::Result::fail);
  REQUIRE(today.dkim[1].result == auth::Result::pass);
  const auto of_broken = [&](std::size_t i) {
    return comparison(trace_with(
        results("dkim=pass header.d=sender.example header.b=\"" + b_of(today, i) + "\""), broken));
  };
  CHECK(of_broken(0) ==
        "differs: the message was changed after it was checked, or this copy is not exact");
  CHECK(of_broken(1) == "agrees");
  // Without it, the one that agrees is the one that was meant.
  CHECK(comparison(trace_with(results("dkim=pass header.d=sender.example"), broken)) == "agrees");
  CHECK(comparison(trace_with(results("dkim=fail header.d=sender.example"), broken)) == "agrees");
}

TEST_CASE("a key that is gone neither agrees nor disagrees with the record of the day") {
  World world;
  world.key = false;
  const Report report = trace_with(
      results("dkim=pass header.d=sender.example; dmarc=pass header.from=sender.example"), kSigned,
      world);
  CHECK(comparison(report) ==
        "not compared: the key is not published any more; keys are rotated, and that is no sign "
        "of forgery");
  CHECK(severity_of(report, "recorded-disagrees").empty());
}

TEST_CASE("DMARC and ARC as recorded are held against the re-run, unless that is open") {
  CHECK(comparison(trace_with(results("dmarc=pass header.from=sender.example"))) == "agrees");
  CHECK(comparison(trace_with(results("dmarc=fail header.from=sender.example"))) ==
        "differs: it follows from the other results and from today's record");
  CHECK(comparison(trace_with(results("dmarc=bestguesspass header.from=sender.example"))) ==
        "differs: it follows from the other results and from today's record");
  CHECK(comparison(trace_with(results("arc=none"))) == "agrees");
  CHECK(comparison(trace_with(results("arc=pass"))) ==
        "differs: the chain was changed, or a key is not published any more");
  World gone;
  gone.key = false;
  gone.spf = "v=spf1 -all";
  CHECK(comparison(trace_with(results("dmarc=fail header.from=sender.example"), kSigned, gone)) ==
        "not compared: it follows from the other results and from today's record");
}

TEST_CASE("recorded-disagrees: the recipient's word against the re-run, and nobody else's") {
  const Report own = trace_with(results("spf=fail smtp.mailfrom=sender.example"));
  const Finding* finding = find_finding(own, "recorded-disagrees");
  REQUIRE(finding);
  CHECK(finding->message ==
        "mx.corp.example recorded spf=fail; today the result is pass: the domain's record may have "
        "changed since.");
  CHECK(finding->line == 2);
  CHECK(severity_of(trace_with(results("spf=pass smtp.mailfrom=sender.example")),
                    "recorded-disagrees")
            .empty());
  const std::string below = kHead + results("spf=fail smtp.mailfrom=sender.example") + "\nbody\n";
  CHECK(severity_of(trace_with("", below), "recorded-disagrees").empty());
}

TEST_CASE("recorded-fail: what the recipient's own server found at receipt") {
  World fails;
  fails.spf = "v=spf1 -all";
  const auto told = [&](const std::string& field, const std::string& message = kMessage,
                        const World& world = {}) {
    return severity_of(trace_with(field, message, world), "recorded-fail");
  };
  CHECK(told(results("dmarc=fail header.from=sender.example")) == "medium");
  CHECK(told(results("spf=fail smtp.mailfrom=sender.example"), kMessage, fails) == "medium");
  CHECK(told(results("compauth=fail reason=000")) == "medium");
  // No failure, or nobody's word.
  CHECK(told(results("dmarc=none header.from=sender.example")).empty());
  CHECK(told(results("spf=softfail smtp.mailfrom=sender.example")).empty());
  CHECK(told(results("dkim=fail header.d=sender.example")).empty());
  CHECK(told("", kHead + results("dmarc=fail header.from=sender.example") + "\nbody\n").empty());
  // An aligned signature that verifies today is more than the record.
  CHECK(told(results("dmarc=fail header.from=sender.example"), kSigned).empty());
  // DMARC passed by DKIM, so that SPF alone failed: a forwarder.
  CHECK(
      told(results("spf=fail smtp.mailfrom=sender.example; dmarc=pass header.from=sender.example"))
          .empty());
  // What a list breaks is no forger's work.
  CHECK(told(results("dmarc=fail header.from=sender.example"),
             "List-Id: <l.sender.example>\n" + kMessage) == "low");
}

TEST_CASE("what a server found of its own gateway is not held against the sender") {
  const std::string inner =
      test::received("gw.corp.example (gw.corp.example [81.2.69.4])", "mx.corp.example");
  const std::string border =
      test::received("out.sender.example (out.sender.example [81.187.42.20])", "gw.corp.example");
  auto options = test::trace_options();
  options.border = 1;
  const Report report = test::trace_message(
      kPath +
          results("spf=fail smtp.mailfrom=sender.example smtp.remote-ip=81.2.69.4; dmarc=fail "
                  "header.from=sender.example") +
          inner + border + kMessage,
      World{}.zone(), options);
  REQUIRE(report.envelope.client_ip->text() == "81.187.42.20");
  REQUIRE(report.recorded.front().trusted);
  CHECK(comparison(report) == "not compared: it was checked for another client address, 81.2.69.4");
  CHECK(severity_of(report, "recorded-fail").empty());
  CHECK(report.verdict.author != AuthorState::contradicted);
}

TEST_CASE("dmarc-record-fault: a tag that was taken out of the standard is a note") {
  World world;
  world.dmarc = "v=DMARC1; p=reject; pct=50";
  CHECK(severity_of(trace_with("", kMessage, world), "dmarc-record-fault") == "info");
  CHECK(severity_of(trace_with(""), "dmarc-record-fault").empty());
}

TEST_CASE("recorded-fail is told once a method") {
  const Report report =
      trace_with(results("dmarc=fail header.from=sender.example") +
                 results("dmarc=fail header.from=sender.example; compauth=fail reason=001"));
  std::vector<std::string> told;
  for (const Finding& finding : report.findings) {
    if (finding.code == "recorded-fail") told.push_back(finding.message);
  }
  CHECK(told == std::vector<std::string>{
                    "mx.corp.example recorded dmarc=fail when it took the message.",
                    "mx.corp.example recorded compauth=fail when it took the message."});
}

TEST_CASE("recorded-untrusted: what the sender could have written, in one finding") {
  const std::string two = results("spf=pass; dkim=pass header.d=x.example", "mx.far.example");
  const Report below = trace_with("", kHead + two + "\nbody\n");
  const Finding* finding = find_finding(below, "recorded-untrusted");
  REQUIRE(finding);
  CHECK(finding->severity == Severity::info);
  CHECK(finding->message ==
        "2 recorded results could have been written by the sender: not one of the recipient's own "
        "servers stands behind them.");
  CHECK(finding->evidence ==
        Evidence{{"mx.far.example", "spf=pass"}, {"mx.far.example", "dkim=pass"}});
  CHECK(severity_of(trace_with(results("spf=pass")), "recorded-untrusted").empty());
}

TEST_CASE(
    "what a system passes on of another's findings is shown, and neither counts nor accuses") {
  for (const char* name :
       {"Authentication-Results-Original: ", "ARC-Authentication-Results: i=1; "}) {
    const Report report = trace_with(std::string(name) +
                                     "mx.corp.example; spf=fail smtp.mailfrom=sender.example; "
                                     "dmarc=fail header.from=sender.example\n");
    CAPTURE(name);
    REQUIRE(report.recorded.size() == 2);
    CHECK_FALSE(report.recorded[0].trusted);
    CHECK_FALSE(report.recorded[0].recomputed);
    CHECK_FALSE(report.recorded[0].agrees);
    for (const char* code : {"recorded-fail", "recorded-disagrees", "recorded-untrusted"})
      CHECK(severity_of(report, code).empty());
    CHECK(report.verdict.author == AuthorState::authenticated);
    CHECK(report.verdict.basis == Basis::now);
  }
}
