// The facts of the envelope, each from its best recorder.

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "trace/untraced_findings.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::evidence_of;
using test::find_finding;
using test::received;

namespace {

template <class T>
std::string with_source(const std::optional<T>& value, const std::optional<Recorder>& source) {
  if (!value) return source ? "a source without a value" : "-";
  std::string text;
  if constexpr (std::is_same_v<T, ip::Address>) {
    text = value->text();
  } else {
    text = *value;
  }
  return text + " by " + (source ? std::string(to_string(*source)) : "nobody");
}
std::string client(const Report& r) {
  return with_source(r.envelope.client_ip, r.envelope.sources.client_ip);
}
std::string helo(const Report& r) {
  return with_source(r.envelope.helo, r.envelope.sources.helo);
}
std::string mail_from(const Report& r) {
  return with_source(r.envelope.mail_from, r.envelope.sources.mail_from);
}
std::string rcpt_to(const Report& r) {
  return with_source(r.envelope.rcpt_to, r.envelope.sources.rcpt_to);
}

Report report_on(const std::string& text, const intake::WrapperFacts& wrapper = {},
                 const Options& options = test::trace_options()) {
  intake::Item item;
  item.path = "test.eml";
  item.original = text;
  item.text = text;
  item.wrapper = wrapper;
  Analysis analysis(item, options);
  return test::settle_with_zone("", [&](dns::Client& c) { return analysis.evaluate(c); });
}

const std::string kClient = "out.sender.example (out.sender.example [81.187.42.20])";
const std::string kBorder = received(kClient, "mx.corp.example");
const std::string kEnd = "From: x@sender.example\nDate: Thu, 29 Oct 2026 09:41:10 +0200\n\nbody\n";
const std::string kSpf =
    "Received-SPF: pass client-ip=81.187.42.20; envelope-from=a@spf.example; helo=helo.example; "
    "receiver=mx.corp.example;\n";
const std::string kFull = received(kClient, "mx.corp.example", "ESMTP",
                                   "(envelope-from <a@line.example>)\n\tfor "
                                   "<r@line.example>");

}  // namespace

TEST_CASE("MAIL FROM: own results, the line, a Return-Path above it, an inner line, From_") {
  const std::string path = "Return-Path: <a@path.example>\n";
  const std::string unnamed =
      "Authentication-Results: mx.corp.example; spf=pass smtp.mailfrom=a@ar.example\n";
  struct Case {
    const char* rule;
    std::string text;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"results before all", path + kSpf + kFull + kEnd, "a@spf.example by recorded"},
      {"smtp.mailfrom of this client",
       path +
           "Authentication-Results: mx.corp.example; spf=pass smtp.mailfrom=a@ar.example "
           "smtp.remote-ip=81.187.42.20\n" +
           kFull + kEnd,
       "a@ar.example by recorded"},
      {"smtp.mailfrom of a client that is not named, after the line", path + unnamed + kFull + kEnd,
       "a@line.example by border"},
      {"after the path", path + unnamed + kBorder + kEnd, "a@path.example by return-path"},
      {"where nothing better is there", unnamed + kBorder + kEnd, "a@ar.example by recorded"},
      {"the line before the path", path + kFull + kEnd, "a@line.example by border"},
      {"the path above the line", path + kBorder + kEnd, "a@path.example by return-path"},
      {"a path below is the sender's word", kBorder + path + kEnd, "-"},
      {"the null path", "Return-Path: <>\n" + kBorder + kEnd, " by return-path"},
      {"an inner line tells it",
       received("localhost ([127.0.0.1])", "mx.corp.example", "LMTP",
                "(envelope-from <a@inner.example>)") +
           kBorder + kEnd,
       "a@inner.example by recorded"},
      {"the separator of an mbox",
       "From a@mbox.example Thu Oct 29 09:41:14 2026\n" + kBorder + kEnd,
       "a@mbox.example by return-path"},
      {"the separator of an old relay",
       ">From a@mbox.example Thu Oct 29 09:41:14 2026\n" + kBorder + kEnd,
       "a@mbox.example by return-path"},
      {"a separator without an address",
       "From MAILER-DAEMON Thu Oct 29 09:41:14 2026\n" + kBorder + kEnd, "-"},
      {"no line at all", path + kEnd, "a@path.example by return-path"},
      {"another host's results",
       "Authentication-Results: mx.corp.example; dkim=none\n"
       "Received-SPF: pass client-ip=81.187.42.20; envelope-from=a@spf.example; "
       "receiver=mx.other.example;\n" +
           path + kBorder + kEnd,
       "a@path.example by return-path"},
      {"results about another connection",
       "Received-SPF: pass client-ip=81.9.9.9; envelope-from=a@spf.example; "
       "receiver=mx.corp.example;\n"
       "Received-SPF: none client-ip=81.187.42.20; receiver=mx.corp.example;\n" +
           path + kBorder + kEnd,
       "a@path.example by return-path"},
      {"an ARC set",
       "ARC-Authentication-Results: i=1; mx.corp.example; spf=pass smtp.mailfrom=a@arc.example\n" +
           path + kBorder + kEnd,
       "a@path.example by return-path"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.rule);
    CHECK(mail_from(report_on(c.text)) == c.expected);
  }
}

TEST_CASE("a domain alone is no MAIL FROM, but confirms a Return-Path of that domain") {
  const std::string results =
      "Authentication-Results: mx.corp.example; spf=pass smtp.mailfrom=sender.example\n";
  CHECK(mail_from(report_on(results + kBorder + kEnd)) == "-");
  CHECK(mail_from(report_on(results + kBorder + "Return-Path: <a@sender.example>\n" + kEnd)) ==
        "a@sender.example by recorded");
  CHECK(mail_from(report_on(results + kBorder + "Return-Path: <a@other.example>\n" + kEnd)) == "-");
  CHECK(mail_from(report_on(results + kBorder + "Return-Path: <a@sub.sender.example>\n" + kEnd)) ==
        "-");
}

TEST_CASE("client and HELO: the line where it tells them, else own results") {
  CHECK(client(report_on(kSpf + kBorder + kEnd)) == "81.187.42.20 by border");
  // What own hosts say they judged goes before what one line says.
  CHECK(client(report_on("Received-SPF: pass client-ip=81.9.9.9; receiver=mx.corp.example;\n" +
                         kBorder + kEnd)) == "81.9.9.9 by recorded");
  CHECK(helo(report_on(kSpf + kBorder + kEnd)) == "out.sender.example by border");
  CHECK(helo(report_on(kSpf + received("([81.187.42.20])", "mx.corp.example") + kEnd)) ==
        "helo.example by recorded");
  CHECK(helo(report_on(received("([81.187.42.20])", "mx.corp.example") + kEnd)) == "-");
  CHECK(helo(report_on("Authentication-Results: mx.corp.example; spf=pass smtp.helo=h.example "
                       "smtp.remote-ip=81.187.42.20\n" +
                       received("([81.187.42.20])", "mx.corp.example") + kEnd)) ==
        "h.example by recorded");
  CHECK(client(report_on(kSpf + received("out.sender.example", "mx.corp.example") + kEnd)) ==
        "81.187.42.20 by recorded");
  const Report hidden = report_on(received("out.sender.example ([10.0.0.1])", "mx.corp.example") +
                                  received(kClient, "mail.bank.example") + kEnd);
  CHECK(client(hidden) == "-");
  CHECK(helo(hidden) == "-");
  CHECK(hidden.spf.empty());
}

TEST_CASE("RCPT TO: the line, a delivery field above it, an inner line") {
  const std::string delivered = "Delivered-To: r@delivered.example\n";
  CHECK(rcpt_to(report_on(delivered + kFull + kEnd)) == "r@line.example by border");
  for (const char* name : {"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"}) {
    CAPTURE(name);
    const std::string field = std::string(name) + ": r@delivered.example\n";
    CHECK(rcpt_to(report_on(field + kBorder + kEnd)) == "r@delivered.example by recorded");
    CHECK(rcpt_to(report_on(kBorder + field + kEnd)) == "-");
  }
  CHECK(rcpt_to(report_on(received("localhost ([127.0.0.1])", "mx.corp.example", "LMTP",
                                   "for <r@inner.example>") +
                          kBorder + kEnd)) == "r@inner.example by recorded");
  CHECK(rcpt_to(report_on(
            received(kClient, "mx.corp.example", "ESMTP", "for <undisclosed-recipients:;>") +
            kEnd)) == "-");
}

TEST_CASE("a reporter's facts are used where nothing better is there, and told as such") {
  intake::WrapperFacts wrapper;
  wrapper.source_ip = ip::Address::parse("81.9.9.9");
  wrapper.helo = "h.reported.example";
  wrapper.mail_from = "a@reported.example";
  wrapper.rcpt_to = "r@reported.example";
  wrapper.arrival_date = "Wed, 28 Oct 2026 09:00:00 +0000";
  const Report bare = report_on(kEnd, wrapper);
  CHECK(client(bare) == "81.9.9.9 by wrapper");
  CHECK(helo(bare) == "h.reported.example by wrapper");
  CHECK(mail_from(bare) == "a@reported.example by wrapper");
  CHECK(rcpt_to(bare) == "r@reported.example by wrapper");
  REQUIRE(bare.envelope.received_at);
  CHECK(format_rfc3339(*bare.envelope.received_at) == "2026-10-28T09:00:00Z");
  CHECK_FALSE(find_finding(bare, "wrapper-differs"));

  const Report full = report_on(kFull + kEnd, wrapper);
  CHECK(client(full) == "81.187.42.20 by border");
  CHECK(helo(full) == "out.sender.example by border");
  CHECK(mail_from(full) == "a@line.example by border");
  CHECK(rcpt_to(full) == "r@line.example by border");
  CHECK(format_rfc3339(*full.envelope.received_at) == "2026-10-29T07:41:14Z");
}

TEST_CASE("wrapper-differs: what a reporter says otherwise than the recipient recorded") {
  const auto differs = [](const char* ip, const char* path) {
    intake::WrapperFacts wrapper;
    wrapper.source_ip = ip::Address::parse(ip);
    wrapper.mail_from = path;
    const Report report = report_on(kFull + kEnd, wrapper);
    return evidence_of(report, "wrapper-differs", "reported") + "|" +
           evidence_of(report, "wrapper-differs", "recorded");
  };
  CHECK(differs("81.187.42.20", "A@Line.example") == "|");
  CHECK(differs("81.9.9.9", "a@line.example") == "81.9.9.9|81.187.42.20");
  CHECK(differs("81.187.42.20", "b@line.example") == "b@line.example|a@line.example");
}

TEST_CASE("a journal is the recipient's own record: before the border's line, behind a result") {
  intake::WrapperFacts journal;
  journal.wrapper = "journal-report";
  journal.own_record = true;
  journal.mail_from = "a@journal.example";
  journal.rcpt_to = "r@journal.example";
  const Report bare = report_on(kEnd, journal);
  CHECK(mail_from(bare) == "a@journal.example by recorded");
  CHECK(rcpt_to(bare) == "r@journal.example by recorded");
  CHECK_FALSE(find_finding(bare, "wrapper-differs"));

  const Report full = report_on(kFull + kEnd, journal);
  CHECK(client(full) == "81.187.42.20 by border");
  CHECK(mail_from(full) == "a@journal.example by recorded");
  CHECK(rcpt_to(full) == "r@journal.example by recorded");
  const Finding* differs = find_finding(full, "wrapper-differs");
  REQUIRE(differs);
  CHECK(differs->severity == Severity::info);
  CHECK(evidence_of(full, "wrapper-differs", "recorded") == "a@line.example");

  const Report judged = report_on(kSpf + kFull + kEnd, journal);
  CHECK(mail_from(judged) == "a@spf.example by recorded");
  CHECK(evidence_of(judged, "wrapper-differs", "reported") == "a@journal.example");
}

TEST_CASE("a journal of several recipients leaves RCPT TO to the route; <> is a sender") {
  intake::WrapperFacts journal;
  journal.own_record = true;
  journal.mail_from = "";
  journal.recipients = {"one@journal.example", "two@journal.example"};
  const Report report = report_on(kFull + kEnd, journal);
  CHECK(mail_from(report) == " by recorded");
  CHECK(rcpt_to(report) == "r@line.example by border");
  CHECK(rcpt_to(report_on(kEnd, journal)) == "-");
}

TEST_CASE("parts that are not traced are told by their reason, the first few by number") {
  using intake::Untraced;
  CHECK(untraced_findings({}).empty());
  std::vector<Untraced> parts = {{"2", Untraced::Why::not_asked},
                                 {"3", Untraced::Why::tnef},
                                 {"4", Untraced::Why::not_asked},
                                 {"1", Untraced::Why::in_text}};
  const auto findings = untraced_findings(parts);
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].code == Code("message-attached"));
  CHECK(findings[0].severity == Severity::info);
  CHECK(findings[0].message ==
        "Parts 2, 4 hold messages that were not traced: --attached all traces them too.");
  CHECK(findings[1].code == Code("message-attached"));
  CHECK(findings[1].message.starts_with("Part 1 is a text in which a mail header stands"));
  CHECK(findings[2].code == Code("part-unread"));
  CHECK(findings[2].message.starts_with("Part 3 is a TNEF container (winmail.dat)"));

  parts.assign(12, {"1.1", Untraced::Why::unreadable});
  const auto many = untraced_findings(parts);
  REQUIRE(many.size() == 1);
  CHECK(many[0].message.find("1.1 and 2 more are said to be messages") != std::string::npos);
}

TEST_CASE("what Outlook does not know of a message is not held against its sender") {
  const auto missing = [](bool outlook) {
    const std::string text = "From: \"Ann\" <>\nTo: \"Bob\" <>\nSubject: x\n";
    intake::Item item;
    item.path = "a.msg";
    item.kind = intake::Kind::headers;
    item.original = item.text = text;
    if (outlook) {
      item.repairs.push_back({std::string(intake::kOutlookProperties), 1, 1, true, ""});
    }
    Analysis analysis(item, test::trace_options());
    const Report report =
        test::settle_with_zone("", [&](dns::Client& c) { return analysis.evaluate(c); });
    return std::tuple(find_finding(report, "from-missing") != nullptr,
                      find_finding(report, "date-missing") != nullptr,
                      find_finding(report, "message-id-missing") != nullptr,
                      find_finding(report, "input-mended") != nullptr);
  };
  CHECK(missing(true) == std::tuple(false, false, false, true));
  CHECK(missing(false) == std::tuple(true, true, true, false));
}

TEST_CASE("the command line goes before all, and is named") {
  Options options = test::trace_options();
  options.client_ip = ip::Address::parse("81.50.0.1");
  options.rcpt_to = "r@given.example";
  const Report report = report_on(kSpf + kFull + kEnd, {}, options);
  CHECK(client(report) == "81.50.0.1 by option");
  CHECK(rcpt_to(report) == "r@given.example by option");
  CHECK(helo(report) == "out.sender.example by border");
  CHECK(report.envelope.overridden == std::vector<std::string>{"client_ip", "rcpt_to"});
}
