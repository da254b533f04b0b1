// What a DKIM2 chain means for the trace: each finding on a guilty message and on its innocent
// twin.

#include "support/catch.hpp"
#include "support/dkim2_signer.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;
using test::Dkim2Hop;
using trace::Severity;
using trace::Standing;

namespace {

constexpr std::string_view kMail =
    "From: Ann <ann@a.example>\r\nTo: list@l.example\r\nSubject: Minutes\r\n"
    "Date: Mon, 26 Oct 2026 07:33:00 +0000\r\nMessage-ID: <1@a.example>\r\n\r\nHello,\r\nbye\r\n";

// a.example sends to the list l.example, which sends by a host of hoster.example to b.example.
const std::string kToList =
    "Received: from out.a.example (out.a.example [192.0.2.10])\r\n"
    "\tby lists.l.example with ESMTP id 11; Mon, 26 Oct 2026 07:34:00 +0000\r\n";
std::string to_recipient(const std::string& client, const std::string& ip,
                         const std::string& recipient) {
  return "Received: from " + client + " (" + client + " [" + ip + "])\r\n\tby mx.b.example with " +
         "ESMTP id 12\r\n\tfor <" + recipient + ">; Mon, 26 Oct 2026 07:36:00 +0000\r\n";
}

const std::string kHosts =
    "$TTL 60\n"
    "out.a.example. A 192.0.2.10\n10.2.0.192.in-addr.arpa. PTR out.a.example.\n"
    "lists.l.example. A 192.0.2.20\n20.2.0.192.in-addr.arpa. PTR lists.l.example.\n"
    "smtp.hoster.example. A 192.0.2.30\n30.2.0.192.in-addr.arpa. PTR smtp.hoster.example.\n"
    "l.example. MX 10 lists.l.example.\nb.example. MX 10 mx.b.example.\n"
    "c.example. MX 10 mx.d.example.\nmx.b.example. A 192.0.2.40\n"
    "_dmarc.a.example. TXT \"v=DMARC1; p=reject\"\n";
std::string zone() {
  return kHosts + test::dkim2_zone({"a.example", "l.example", "b.example", "d.example"});
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string origin() {
  return test::dkim2_origin(std::string(kMail));
}

Dkim2Hop list_hop() {
  Dkim2Hop hop;
  hop.i = hop.m = 2;
  hop.domain = "l.example";
  hop.mail_from = "<bounce@l.example>";
  hop.rcpt_to = {"<bob@b.example>"};
  hop.recipe = R"({"h":{"subject":[{"d":["Minutes"]}]},"b":[{"c":[1,2]}]})";
  return hop;
}
std::string listed(const Dkim2Hop& hop = list_hop()) {
  const std::string changed =
      replaced(origin(), "Subject: Minutes", "Subject: [l] Minutes") + "-- list\r\n";
  return test::dkim2_hop(kToList + changed, hop);
}

trace::Report by_hoster(const std::string& text, const std::string& recipient = "bob@b.example") {
  return test::trace_whole(to_recipient("smtp.hoster.example", "192.0.2.30", recipient) + text,
                           zone());
}

std::optional<Severity> severity(const trace::Report& report, std::string_view code) {
  const trace::Finding* finding = test::find_finding(report, code);
  if (finding == nullptr) return std::nullopt;
  return finding->severity;
}

std::string said(const trace::Report& report, std::string_view code) {
  const trace::Finding* finding = test::find_finding(report, code);
  return finding == nullptr ? "" : finding->message;
}

bool is_unchecked(const trace::Report& report, std::string_view word) {
  return std::ranges::find(report.verdict.unchecked, word) != report.verdict.unchecked.end();
}

}  // namespace

TEST_CASE("a hop that a signature bears out is corroborated, and says by whom", "[dkim2]") {
  const auto report = by_hoster(listed());
  CHECK(report.dkim2.result == auth::Result::pass);
  REQUIRE(report.hops.size() == 2);
  CHECK(report.hops[0].standing == Standing::corroborated);
  CHECK(report.hops[0].standing_reason ==
        "a.example signed at 2026-10-26T07:33:20Z that it sent the message there (DKIM2 signature "
        "1)");
  CHECK(report.dkim2.signatures[0].hop == 1);
  CHECK(report.origin.ip == ip::Address::parse("192.0.2.10"));
  CHECK(report.verdict.route == trace::RouteState::consistent);
}

TEST_CASE("without the chain, or with a broken one, the same hop stays unverified", "[dkim2]") {
  const auto none = by_hoster(kToList + std::string(kMail));
  CHECK(none.hops[0].standing == Standing::unverified);
  const auto changed = by_hoster(listed() + "more\r\n");
  CHECK(changed.dkim2.all_verified());
  CHECK(changed.hops[0].standing == Standing::unverified);
  const auto replayed = by_hoster(listed(), "victim@b.example");
  CHECK(replayed.hops[0].standing == Standing::unverified);
}

TEST_CASE("a line whose time or writer does not fit the signature is not borne out", "[dkim2]") {
  CHECK(by_hoster(replaced(listed(), "07:34:00", "07:59:00")).hops[0].standing ==
        Standing::unverified);
  CHECK(by_hoster(replaced(listed(), "07:34:00", "07:10:00")).hops[0].standing ==
        Standing::unverified);
  CHECK(
      by_hoster(replaced(listed(), "by lists.l.example", "by lists.o.example")).hops[0].standing ==
      Standing::unverified);
}

TEST_CASE("who changed what is told with the earlier text", "[dkim2]") {
  const auto report = by_hoster(listed());
  const trace::Finding* finding = test::find_finding(report, "dkim2-modified");
  REQUIRE(finding != nullptr);
  CHECK(finding->message == "l.example changed Subject, added 1 line on the way, as it signed.");
  CHECK(finding->severity == Severity::info);
  CHECK(severity(report, "dkim2-pass") == Severity::info);
  CHECK(report.dkim2.original->subject == std::string("Minutes"));
  CHECK_FALSE(is_unchecked(report, "dkim2"));
}

TEST_CASE("a message signed for others and sent by a stranger is a replay", "[dkim2]") {
  const auto report = by_hoster(listed(), "victim@b.example");
  CHECK(severity(report, "dkim2-replay") == Severity::high);
  CHECK(report.verdict.level == trace::Level::suspicious);
  CHECK(report.dkim2.problem == dkim2::Problem::rcpt_to_mismatch);
  CHECK_FALSE(test::find_finding(by_hoster(listed()), "dkim2-replay"));
}

TEST_CASE("a forwarder that does not sign is no replay", "[dkim2]") {
  const std::string text =
      to_recipient("lists.l.example", "192.0.2.20", "bob@b.example") + kToList + origin();
  const auto report = test::trace_whole(text, zone());
  CHECK(report.dkim2.problem == dkim2::Problem::rcpt_to_mismatch);
  CHECK_FALSE(test::find_finding(report, "dkim2-replay"));
  CHECK(severity(report, "dkim2-unsigned-forwarder") == Severity::info);
  CHECK(said(report, "dkim2-unsigned-forwarder") ==
        "a.example signed the message for others than it was delivered to, and a host of theirs "
        "passed it on without a DKIM2 signature of its own.");
}

TEST_CASE("where the client is not known a replay is told with less weight", "[dkim2]") {
  auto options = test::trace_options();
  options.rcpt_to = "victim@v.example";
  const auto report = test::trace_whole(origin(), zone(), options);
  CHECK(severity(report, "dkim2-replay") == Severity::medium);
}

TEST_CASE("another MAIL FROM alone, at the recipient that was signed for, weighs little",
          "[dkim2]") {
  auto options = test::trace_options();
  options.mail_from = "x@hoster.example";
  const auto report = test::trace_whole(
      to_recipient("smtp.hoster.example", "192.0.2.30", "bob@b.example") + listed(), zone(),
      options);
  CHECK(report.dkim2.problem == dkim2::Problem::mail_from_mismatch);
  CHECK(severity(report, "dkim2-replay") == Severity::low);
}

TEST_CASE("a mailbox that an alias led to is not held against the signature", "[dkim2]") {
  const std::string border =
      replaced(to_recipient("lists.l.example", "192.0.2.20", "x"), "\r\n\tfor <x>", "");
  const std::string text = "Delivered-To: robert@b.example\r\n" + border + listed();
  const auto report = test::trace_whole(text, zone());
  CHECK(report.envelope.rcpt_to == std::string("robert@b.example"));
  CHECK(report.dkim2.rcpt_to == dkim2::Match::unchecked);
  CHECK(report.dkim2.result == auth::Result::pass);
}

TEST_CASE("an own host that signs after the border is not held against the border", "[dkim2]") {
  Dkim2Hop own;
  own.i = 3;
  own.m = 2;
  own.instance = false;
  own.domain = "b.example";
  own.mail_from = "<srs@b.example>";
  own.rcpt_to = {"<robert@b.example>"};
  const auto report = test::trace_whole(
      "Received: from mx.b.example (mx.b.example [192.0.2.40])\r\n\tby store.b.example with LMTP "
      "id 13; Mon, 26 Oct 2026 07:36:01 +0000\r\n" +
          test::dkim2_hop(to_recipient("lists.l.example", "192.0.2.20", "bob@b.example") + listed(),
                          own),
      zone());
  CHECK(report.dkim2.result == auth::Result::pass);
  CHECK(report.dkim2.rcpt_to == dkim2::Match::unchecked);
  CHECK_FALSE(test::find_finding(report, "dkim2-replay"));
}

TEST_CASE("a change that no recipe covers is told, and weighs nothing on list mail", "[dkim2]") {
  const auto report = by_hoster(listed() + "more\r\n");
  CHECK(severity(report, "dkim2-changed-after-last-signature") == Severity::low);
  CHECK_FALSE(test::find_finding(report, "dkim2-recipe-false"));
  const auto list = by_hoster("List-Id: <o.example>\r\n" + listed() + "more\r\n");
  CHECK(severity(list, "dkim2-changed-after-last-signature") == Severity::info);
}

TEST_CASE("a recipe that does not lead back is told of the hop that wrote it", "[dkim2]") {
  Dkim2Hop hop = list_hop();
  hop.recipe = R"({"b":[{"c":[1,2]}]})";
  const auto report = by_hoster(listed(hop));
  const trace::Finding* finding = test::find_finding(report, "dkim2-recipe-false");
  REQUIRE(finding != nullptr);
  CHECK(finding->severity == Severity::medium);
  CHECK(finding->message.starts_with("What l.example says that it changed"));
  CHECK_FALSE(test::find_finding(report, "dkim2-changed-after-last-signature"));
  CHECK_FALSE(test::find_finding(by_hoster(listed()), "dkim2-recipe-false"));
}

TEST_CASE("custody that breaks is told, and not of the operator of a hosted domain", "[dkim2]") {
  Dkim2Hop first;
  first.rcpt_to = {"<list@c.example>"};
  Dkim2Hop next = list_hop();
  next.instance = false;
  next.m = 1;
  const auto chain = [&] {
    return by_hoster(kToList + test::dkim2_hop(test::dkim2_hop(std::string(kMail), first), next));
  };
  CHECK(severity(chain(), "dkim2-custody-broken") == Severity::medium);
  next.domain = "d.example";  // runs mx.d.example, the mail host of c.example
  next.mail_from = "<fwd@d.example>";
  CHECK(severity(chain(), "dkim2-custody-broken") == Severity::info);
  CHECK(said(chain(), "dkim2-custody-broken")
            .ends_with(". It is the operator of a mail host of that domain."));
  CHECK_FALSE(test::find_finding(by_hoster(listed()), "dkim2-custody-broken"));
}

TEST_CASE("a chain that holds proves the author's domain and is no DMARC pass", "[dkim2]") {
  auto options = test::trace_options();
  options.mail_from = "ann@a.example";
  const std::string line = to_recipient("smtp.hoster.example", "192.0.2.30", "list@l.example");
  const auto report = test::trace_whole(line + origin(), zone(), options);
  CHECK(report.dkim2.result == auth::Result::pass);
  CHECK(report.dmarc.result == auth::Result::fail);
  CHECK(report.verdict.author == trace::AuthorState::authenticated);
  CHECK(severity(report, "dmarc-fail") == Severity::info);
  CHECK(report.verdict.summary.ends_with("a.example vouches for it by DKIM2."));
  const auto changed = test::trace_whole(line + origin() + "more\r\n", zone(), options);
  CHECK(changed.verdict.author == trace::AuthorState::contradicted);
  CHECK(severity(changed, "dmarc-fail") == Severity::high);
}

TEST_CASE("a link or an attachment that a hop took out is shown", "[dkim2]") {
  const auto with = [](const std::string& before, const std::string& line) {
    Dkim2Hop hop = list_hop();
    hop.recipe = R"({"b":[{"c":[1,2]},{"d":[")" + before + R"("]}]})";
    const std::string sent = std::string(kMail) + before + "\r\n";
    const std::string changed = replaced(test::dkim2_origin(sent), before, line);
    return by_hoster(test::dkim2_hop(kToList + changed, hop));
  };
  const auto report = with("see http://shop.example/a today", "see it today");
  CHECK(report.dkim2.result == auth::Result::pass);
  const trace::Finding* finding = test::find_finding(report, "dkim2-body-hidden-text");
  REQUIRE(finding != nullptr);
  CHECK(finding->severity == Severity::low);
  CHECK(finding->message ==
        "l.example took out or rewrote 1 line with a link or an attachment; the recipe still holds "
        "it.");
  CHECK(finding->evidence == trace::Evidence{{"line before", "see http://shop.example/a today"}});
  CHECK(test::find_finding(with("Content-Disposition: attachment; filename=a.pdf", "taken out"),
                           "dkim2-body-hidden-text"));
  CHECK_FALSE(test::find_finding(
      with("see http://shop.example/a today", "LINK: http://shop.example/a (checked)"),
      "dkim2-body-hidden-text"));
  CHECK_FALSE(test::find_finding(with("see it today", "look"), "dkim2-body-hidden-text"));
  Dkim2Hop two = list_hop();
  two.recipe = R"({"b":[{"d":["http://a.example/1","http://a.example/2"]}]})";
  const std::string links = replaced(std::string(kMail), "Hello,\r\nbye\r\n",
                                     "http://a.example/1\r\nhttp://a.example/2\r\n");
  const std::string cut = replaced(test::dkim2_origin(links),
                                   "http://a.example/1\r\nhttp://a.example/2\r\n", "cut\r\n");
  CHECK(said(by_hoster(test::dkim2_hop(kToList + cut, two)), "dkim2-body-hidden-text") ==
        "l.example took out or rewrote 2 lines with a link or an attachment; the recipe still "
        "holds them.");
}

TEST_CASE("a message that came back is not held against the delivery that failed", "[dkim2]") {
  const std::string returned =
      to_recipient("smtp.hoster.example", "192.0.2.30", "victim@b.example") + listed();
  intake::WrapperFacts notice;
  notice.returned = true;
  const auto inner = test::trace_whole(returned, zone(), test::trace_options(), notice);
  CHECK(inner.dkim2.rcpt_to == dkim2::Match::unchecked);
  CHECK_FALSE(test::find_finding(inner, "dkim2-replay"));
  CHECK(test::find_finding(test::trace_whole(returned, zone()), "dkim2-replay"));
}

TEST_CASE("a notification comes from where the message went, and goes to its sender", "[dkim2]") {
  intake::WrapperFacts notice;
  notice.returned = true;
  const auto problems = [&](const std::string& text) {
    std::string out;
    for (const auto& finding :
         test::trace_whole(text, zone(), test::trace_options(), notice).findings) {
      if (finding.code == "dkim2-return-mismatch") out += finding.evidence[0].second + ' ';
    }
    return out;
  };
  const auto sentence = [&](const std::string& text) {
    return said(test::trace_whole(text, zone(), test::trace_options(), notice),
                "dkim2-return-mismatch");
  };
  const std::string start =
      "The notification does not fit the message that it returns, which l.example signed last: ";
  notice.notice_signers = {"b.example"};
  notice.notice_recipients = {"Bounce@L.example"};
  CHECK(problems(listed()).empty());
  SECTION("signed by somebody whom it was not sent to") {
    notice.notice_signers = {"stranger.example", "b.example"};
    CHECK(problems(listed()) == "signer ");
    CHECK(sentence(listed()) == start +
                                    "stranger.example signed the notification, and no "
                                    "recipient of the message is there.");
    // rt= lies under d=, not the other way round.
    notice.notice_signers = {"mx.b.example"};
    CHECK(problems(listed()) == "signer ");
    notice.notice_signers = {"example"};
    CHECK(problems(listed()).empty());
  }
  SECTION("what is not told is no mismatch") {
    notice.notice_signers.clear();
    notice.notice_recipients.clear();
    CHECK(problems(listed()).empty());
  }
  SECTION("sent to somebody who did not sign it") {
    notice.notice_recipients = {"victim@v.example"};
    CHECK(problems(listed()) == "recipient ");
    CHECK(sentence(listed()) == start +
                                    "it went to victim@v.example, and the message was sent by "
                                    "bounce@l.example.");
    notice.notice_recipients = {"x@v.example", "bounce@l.example"};
    CHECK(problems(listed()).empty());
    notice.notice_recipients = {"SRS0=Xk2P=GQ=l.example=bounce@fwd.example"};
    CHECK(problems(listed()).empty());
  }
  SECTION("of a message whose sender wants none") {
    Dkim2Hop hop = list_hop();
    hop.mail_from = "<>";
    CHECK(problems(listed(hop)) == "null-path ");
    CHECK(sentence(listed(hop)) == start + "its sender wants no notification.");
  }
  SECTION("a signature that is wrong tells nothing, and no notification is no mismatch") {
    notice.notice_recipients = {"victim@v.example"};
    CHECK(problems(replaced(listed(), "DKIM2-Signature: i=2; m=2; t=1793000000;",
                            "DKIM2-Signature: i=2; m=2; t=1793000001;"))
              .empty());
    notice.returned = false;
    CHECK(problems(listed()).empty());
  }
}

TEST_CASE("From rewritten to the list's own address is information, to another's more", "[dkim2]") {
  Dkim2Hop hop = list_hop();
  hop.recipe = R"({"h":{"from":[{"d":["Ann <ann@a.example>"]}]}})";
  const auto with = [&](const std::string& address) {
    const std::string changed = replaced(origin(), "<ann@a.example>", "<" + address + ">");
    return by_hoster(test::dkim2_hop(kToList + changed, hop));
  };
  CHECK(severity(with("list@l.example"), "dkim2-from-rewritten") == Severity::info);
  CHECK(severity(with("boss@b.example"), "dkim2-from-rewritten") == Severity::medium);
  CHECK(said(with("boss@b.example"), "dkim2-from-rewritten") ==
        "l.example changed From from Ann <ann@a.example> to Ann <boss@b.example>. The new From is "
        "not of its own domain.");
  CHECK_FALSE(test::find_finding(by_hoster(listed()), "dkim2-from-rewritten"));
}

TEST_CASE("a key that is gone, and DNS that was not asked, say nothing", "[dkim2]") {
  const auto gone = test::trace_whole(
      to_recipient("smtp.hoster.example", "192.0.2.30", "victim@b.example") + origin(), kHosts);
  CHECK(gone.dkim2.result == auth::Result::permerror);
  CHECK(severity(gone, "dkim2-unverifiable") == Severity::info);
  CHECK_FALSE(test::find_finding(gone, "dkim2-replay"));
  CHECK(is_unchecked(gone, "dkim2"));
  const auto offline = test::trace_offline(origin());
  CHECK(offline.dkim2.result == auth::Result::temperror);
  CHECK(severity(offline, "dkim2-present") == Severity::info);
  CHECK(is_unchecked(offline, "dkim2"));
}

TEST_CASE("fields of no known form are named, and accuse nobody", "[dkim2]") {
  const auto report =
      test::trace_whole("DKIM2-Signature: {\"i\":1}\r\n" + std::string(kMail), zone());
  CHECK(report.dkim2.result == auth::Result::permerror);
  CHECK(severity(report, "dkim2-unknown-draft") == Severity::info);
}
