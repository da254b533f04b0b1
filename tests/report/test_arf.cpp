#include <algorithm>

#include "base/text.hpp"
#include "complaint_case.hpp"
#include "intake/inside/feedback_report.hpp"
#include "message/message.hpp"
#include "message/mime.hpp"
#include "report/exchange/arf.hpp"
#include "report/exchange/auth_failure.hpp"
#include "report/version.hpp"
#include "support/catch.hpp"
#include "trace/contact_choice.hpp"

using namespace emltrace;
using test::ComplaintCase;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// The three parts of a report, and that there are three.
mime::Part parts_of(const std::string& arf) {
  mime::Part whole = mime::read(arf);
  REQUIRE(whole.type == "multipart/report");
  REQUIRE(whole.parts.size() == 3);
  CHECK(whole.parts[0].type == "text/plain");
  CHECK(whole.parts[1].type == "message/feedback-report");
  return whole;
}

/// With white space made single; `-` where there is no such field.
std::string field_in(std::string_view text, std::string_view name) {
  const Message fields = Message::parse(text);
  const Field* field = fields.find(name);
  if (field == nullptr) return "-";
  std::string out;
  for (const std::string_view word : text::words(field->body)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}
std::string value(const mime::Part& part, std::string_view name) {
  return field_in(part.body, name);
}
/// The first part as one line.
std::string told(const std::string& arf) {
  std::string text(mime::read(arf).parts.at(0).body);
  std::ranges::replace(text, '\n', ' ');
  return text;
}

trace::Handle handle(const char* address, bool trusted) {
  trace::Handle out;
  out.header = "X-SES-Outgoing";
  out.kind = trace::HandleKind::client_address;
  out.value = "203.0.113.25";
  out.operator_name = "amazonses.com";
  out.trusted = trusted;
  out.report_to = {{address, "provider"}};
  return out;
}

}  // namespace

TEST_CASE("a report of abuse states the facts of the border and bears the message") {
  const ComplaintCase made;
  const std::string arf = made.arf();
  const auto whole = parts_of(arf);
  const mime::Part& facts = whole.parts[1];
  CHECK(value(facts, "Feedback-Type") == "abuse");
  CHECK(value(facts, "User-Agent") == "emltrace/" + std::string(report::version()));
  CHECK(value(facts, "Version") == "1");
  CHECK(value(facts, "Original-Mail-From") == "<notice@sender-host.example>");
  CHECK(value(facts, "Original-Rcpt-To") == "<mia@receiver.example>");
  CHECK(value(facts, "Arrival-Date") == "Tue, 17 Nov 2026 09:14:07 +0000");
  CHECK(value(facts, "Reporting-MTA") == "dns; mx1.receiver.example");
  CHECK(value(facts, "Source-IP") == "203.0.113.25");
  CHECK(value(facts, "Source-Port") == "-");
  CHECK(value(facts, "Reported-Domain") == "sender-host.example");
  CHECK(value(facts, "Authentication-Results")
            .starts_with("check.example; spf=pass "
                         "smtp.mailfrom=notice@sender-host.example"));
  CHECK(whole.parts[2].type == "message/rfc822");
  std::string attached(whole.parts[2].body);
  CHECK(attached == [&] {
    std::string lf = made.message;
    std::erase(lf, '\r');
    return lf;
  }());
}

TEST_CASE("the outer header is that of a message that can be sent") {
  const ComplaintCase made;
  const std::string arf = made.arf();
  const Message outer = Message::parse(arf);
  CHECK(unfold(outer.find("From")->body) == "postmaster@receiver.example");
  CHECK(unfold(outer.find("To")->body) == "abuse@sender-host.example");
  CHECK(unfold(outer.find("Subject")->body) == "FW: Your parcel is waiting");
  CHECK(unfold(outer.find("Date")->body) == "Tue, 17 Nov 2026 09:30:00 +0000");
  CHECK(unfold(outer.find("MIME-Version")->body) == "1.0");
  CHECK(unfold(outer.find("Message-ID")->body).ends_with("@receiver.example>"));
  CHECK(has(unfold(outer.find("Content-Type")->body), "report-type=feedback-report"));
  CHECK(outer.find("Content-Transfer-Encoding") == nullptr);
  CHECK(outer.stray().empty());
}

TEST_CASE("the same report is the same bytes, and another clock another id") {
  ComplaintCase made;
  const std::string first = made.arf();
  CHECK(first == made.arf());
  made.options.now += std::chrono::seconds(1);
  CHECK(field_in(first, "Message-ID") != field_in(made.arf(), "Message-ID"));
}

TEST_CASE("the tool itself reads the same facts back") {
  const ComplaintCase made;
  const std::string arf = made.arf();
  intake::WrapperFacts facts;
  feedback_report::read(parts_of(arf).parts[1].body, facts);
  CHECK(facts.source_ip == made.report.envelope.client_ip);
  CHECK(facts.mail_from == made.report.envelope.mail_from);
  CHECK(facts.rcpt_to == made.report.envelope.rcpt_to);
  CHECK(facts.reporting_mta == "mx1.receiver.example");
  CHECK(facts.feedback_type == "abuse");
  CHECK(parse_date(*facts.arrival_date)->instant == *made.report.envelope.received_at);
}

TEST_CASE("the type is fraud where the author is contradicted or a filter says so") {
  ComplaintCase made;
  made.report.verdict.author = trace::AuthorState::contradicted;
  CHECK(value(parts_of(made.arf()).parts[1], "Feedback-Type") == "fraud");
  made.report.verdict.author = trace::AuthorState::authenticated;
  trace::FilterReport filter;
  filter.verdict = trace::FilterVerdict::phish;
  made.report.filters = {filter};
  CHECK(value(parts_of(made.arf()).parts[1], "Feedback-Type") == "abuse");  // anybody's word
  made.report.filters[0].trusted = true;
  CHECK(value(parts_of(made.arf()).parts[1], "Feedback-Type") == "fraud");
  made.report.filters[0].verdict = trace::FilterVerdict::malware;
  CHECK(value(parts_of(made.arf()).parts[1], "Feedback-Type") == "virus");
  made.options.type = report::FeedbackType::not_spam;
  CHECK(value(parts_of(made.arf()).parts[1], "Feedback-Type") == "not-spam");
}

TEST_CASE("a report goes to one party: a trusted handle's operator before all") {
  ComplaintCase made;
  const auto to = [&] { return field_in(made.arf(), "To"); };
  made.report.handles = {handle("email-abuse@amazon.example", false)};
  CHECK(to() == "abuse@sender-host.example");  // a kit copies such fields
  made.report.handles = {handle("https://forms.example/abuse", true)};
  CHECK(to() == "abuse@sender-host.example");
  CHECK(has(made.arf(), "https://forms.example/abuse"));
  made.report.handles = {handle("email-abuse@amazon.example", true)};
  CHECK(to() == "email-abuse@amazon.example");
  CHECK(has(told(made.arf()), "client-address"));
}

TEST_CASE("the contact of the network goes before the guess by the host's name") {
  ComplaintCase made;
  made.report.enrichment.abuse = {{"abuse@net.example", "abusix"}};
  CHECK(field_in(made.arf(), "To") == "abuse@net.example");
}

TEST_CASE("contacts of the origin's network are not asked to answer for the border's client") {
  ComplaintCase made;
  made.report.enrichment.abuse = {{"abuse@far.example", "abusix"}};
  made.report.enrichment.client_abuse = {{"abuse@near.example", "abusix"}};
  made.report.origin.ip = ip::Address::parse("198.51.100.77");
  CHECK(field_in(made.arf(), "To") == "abuse@near.example");
}

TEST_CASE("where nobody is known To is left out, and the text says so") {
  const ComplaintCase made(test::kParcel, "receiver.example. 300 IN MX 10 mx1.receiver.example.\n");
  const std::string arf = made.arf();
  CHECK(Message::parse(arf).find("To") == nullptr);
  CHECK(has(told(arf), "No mailbox is known"));
}

TEST_CASE("the author's domain is asked only where it vouches and is no provider for everybody") {
  ComplaintCase made(test::kParcel, "receiver.example. 300 IN MX 10 mx1.receiver.example.\n");
  const auto source = *made.report.envelope.client_ip;
  CHECK_FALSE(trace::contact_for(made.report, source));
  made.report.verdict.author = trace::AuthorState::authenticated;
  CHECK(trace::contact_for(made.report, source)->address == "abuse@sender-host.example");
  made.report.headers.from = parse_addresses("a@gmail.com").mailboxes;
  CHECK_FALSE(trace::contact_for(made.report, source));
}

TEST_CASE("a domain is reported only where something passed for it") {
  ComplaintCase made;
  made.report.spf.clear();
  made.report.verdict.author = trace::AuthorState::contradicted;
  CHECK(value(parts_of(made.arf()).parts[1], "Reported-Domain") == "-");
}

TEST_CASE("results that the recipient's own server recorded are those reported") {
  ComplaintCase made(
      "Authentication-Results: mx1.receiver.example;\r\n"
      "\tspf=softfail smtp.mailfrom=notice@sender-host.example; dkim=none\r\n" +
      test::kParcel);
  const std::string results = value(parts_of(made.arf()).parts[1], "Authentication-Results");
  CHECK(results ==
        "mx1.receiver.example; spf=softfail smtp.mailfrom=notice@sender-host.example; dkim=none");
  // Offline nothing was found, and nothing is stated.
  ComplaintCase offline;
  offline.report.dns.mode = "offline";
  CHECK(value(parts_of(offline.arf()).parts[1], "Authentication-Results") == "-");
}

TEST_CASE("without an address of the sending side there is nothing to report") {
  const ComplaintCase made("From: a@b.example\r\nTo: mia@receiver.example\r\n\r\nHi\r\n", "");
  CHECK(made.arf().starts_with("refused: no address to report: There is no Received line"));
}

TEST_CASE(
    "who reports is the user's word, else the recipient's postmaster, and at a provider the "
    "recipient himself") {
  ComplaintCase made;
  made.options.reporter = report::Reporter{"Abuse \"desk\"", "desk@receiver.example"};
  CHECK(field_in(made.arf(), "From") == "\"Abuse \\\"desk\\\"\" <desk@receiver.example>");
  made.options.reporter.reset();
  made.options.own = {*DomainName::parse("corp.example")};
  CHECK(field_in(made.arf(), "From") == "postmaster@corp.example");
  made.options.own.clear();
  made.report.envelope.rcpt_to = "mia@gmail.com";
  CHECK(field_in(made.arf(), "From") == "mia@gmail.com");
  made.redact("key");
  CHECK(made.arf().starts_with("refused: who reports is not known"));
}

TEST_CASE("8-bit bytes make both the part and the message 8bit, and stay as they are") {
  const std::string body = "\r\n\r\ngr\xc3\xbc\xc3\x9f dich \xff\r\n";
  std::string message = test::kParcel;
  message.replace(message.find("\r\n\r\n"), 4, body);
  const ComplaintCase made(message);
  const std::string arf = made.arf();
  CHECK(field_in(arf, "Content-Transfer-Encoding") == "8bit");
  const auto whole = parts_of(arf);
  CHECK(whole.parts[2].encoding == "8bit");
  CHECK(has(std::string(whole.parts[2].body), "gr\xc3\xbc\xc3\x9f dich \xff\n"));
}

TEST_CASE("what no mail can carry is left out, and the text says so") {
  const char* extra = GENERATE("nul", "line", "cr");
  std::string message = test::kParcel;
  if (extra == std::string("nul")) message += std::string("a\0b\r\n", 5);
  if (extra == std::string("line")) message += std::string(999, 'x') + "\r\n";
  if (extra == std::string("cr")) message += "one\rtwo\r\n";
  const ComplaintCase made(message);
  const std::string arf = made.arf();
  const auto whole = parts_of(arf);
  CHECK(whole.parts[2].type == "text/rfc822-headers");
  CHECK(has(std::string(whole.parts[2].body), "Subject: Your parcel is waiting"));
  CHECK_FALSE(has(arf, "Pay the fee"));
  CHECK(has(told(arf), "which no mail can carry"));
}

TEST_CASE("a header alone is attached as a header") {
  ComplaintCase made(test::kParcel.substr(0, test::kParcel.find("\r\n\r\n") + 2));
  made.item.kind = intake::Kind::headers;
  const std::string arf = made.arf();
  CHECK(parts_of(arf).parts[2].type == "text/rfc822-headers");
}

TEST_CASE("the line that a mailbox puts in front is no part of the message") {
  const ComplaintCase made("From notice@sender-host.example Tue Nov 17 09:14:07 2026\r\n" +
                           test::kParcel);
  const std::string arf = made.arf();
  CHECK(parts_of(arf).parts[2].body.starts_with("Return-Path: "));
}

TEST_CASE("hostile values never break the structure of a report") {
  const std::string word = "=?utf-8?B?SGkNCkJjYzogZXZpbEBldmlsLmV4YW1wbGUNCg0KLS1hcmYt?=";
  const std::string long_subject(10'000, 'a');
  std::string spaced;
  for (int i = 0; i < 2'000; ++i) spaced += "word ";
  const std::string subject =
      GENERATE_COPY(as<std::string>(), word, long_subject.substr(0, 900), spaced,
                    "gr\xc3\xbc\xc3\x9f", "\xff\xfe", "=?utf-8?Q?=00=01?=", "a  b   c", "");
  std::string message = test::kParcel;
  const std::string plain = "Your parcel is waiting";
  message.replace(message.find(plain), plain.size(), subject);
  ComplaintCase made(message);
  made.report.envelope.mail_from = "a@b.example>\r\nSource-IP: 192.0.2.1\r\n\r\n--x";
  made.report.envelope.helo = std::string(10'000, 'h');
  const std::string arf = made.arf();
  const auto whole = parts_of(arf);
  const Message outer = Message::parse(arf);
  CHECK(outer.find_all("Bcc").empty());
  CHECK(outer.stray().empty());
  const Message facts = Message::parse(whole.parts[1].body);
  CHECK(facts.find_all("Source-IP").size() == 1);
  CHECK(value(whole.parts[1], "Source-IP") == "203.0.113.25");
  CHECK(value(whole.parts[1], "Original-Mail-From") == "-");
  for (const auto line : text::split(arf, '\n')) CHECK(line.size() <= 998);
  for (const Field& field : outer.fields()) {
    for (const auto line : text::split(field.raw, '\n')) CHECK(line.size() <= 78);
  }
}

TEST_CASE("the boundary occurs nowhere in what it parts") {
  ComplaintCase made;
  const std::string first = made.arf();
  const std::string boundary = *mime::parameter(mime::read(first).content_type, "boundary");
  CHECK(boundary.starts_with("arf-"));
  CHECK(boundary.size() <= 70);
  CHECK_FALSE(has(std::string(parts_of(first).parts[2].body), boundary));
}

TEST_CASE("RFC 6591: a failed authentication is reported with what failed, and the header alone") {
  ComplaintCase made(test::kParcel,
                     "sender-host.example. 300 IN TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
                     "_dmarc.sender-host.example. 300 IN TXT \"v=DMARC1; p=reject; "
                     "ruf=mailto:far@other.example,mailto:ruf@sender-host.example!10m\"\n");
  made.options.type = report::FeedbackType::auth_failure;
  const std::string arf = made.arf();
  const auto whole = parts_of(arf);
  const mime::Part& facts = whole.parts[1];
  CHECK(value(facts, "Feedback-Type") == "auth-failure");
  CHECK(value(facts, "Auth-Failure") == "dmarc");
  CHECK(value(facts, "Identity-Alignment") == "dkim, spf");
  CHECK(value(facts, "Reported-Domain") == "sender-host.example");
  CHECK(value(facts, "SPF-DNS") == "txt : sender-host.example : \"v=spf1 ip4:192.0.2.1 -all\"");
  CHECK(whole.parts[2].type == "text/rfc822-headers");
  CHECK_FALSE(has(arf, "Pay the fee"));
  CHECK(field_in(arf, "To") == "ruf@sender-host.example");
}

TEST_CASE(
    "RFC 6591: of a signature that does not match its domain, identity and selector are told") {
  ComplaintCase made;
  dkim::Verdict verdict;
  verdict.domain = "sender-host.example";
  verdict.identity = "@sender-host.example";
  verdict.selector = "s1";
  verdict.result = auth::Result::fail;
  for (const auto& [problem, word] : {std::pair{dkim::Problem::body_hash_mismatch, "bodyhash"},
                                      std::pair{dkim::Problem::signature_mismatch, "signature"},
                                      std::pair{dkim::Problem::key_revoked, "revoked"}}) {
    verdict.problem = problem;
    made.report.dkim = {verdict};
    made.options.type = report::FeedbackType::auth_failure;
    const std::string arf = made.arf();
    const auto facts = parts_of(arf).parts[1];
    CHECK(value(facts, "Auth-Failure") == word);
    CHECK(value(facts, "DKIM-Domain") == "sender-host.example");
    CHECK(value(facts, "DKIM-Identity") == "@sender-host.example");
    CHECK(value(facts, "DKIM-Selector") == "s1");
    CHECK(value(facts, "Identity-Alignment") == "-");
  }
}

TEST_CASE("what could not be judged is no failure that anybody reports") {
  ComplaintCase made;
  made.options.type = report::FeedbackType::auth_failure;
  CHECK(made.arf().starts_with("refused: no authentication failed"));
  dkim::Verdict gone;
  gone.result = auth::Result::permerror;
  gone.problem = dkim::Problem::no_key;
  made.report.dkim = {gone};
  CHECK(made.arf().starts_with("refused: no authentication failed"));
}

TEST_CASE("an address that only a log or another host gave is told as such") {
  ComplaintCase made;
  made.report.envelope.sources.client_ip = trace::Recorder::option;
  CHECK(has(told(made.arf()), "taken from a log"));
  made.report.envelope.sources.client_ip = trace::Recorder::wrapper;
  CHECK(has(told(made.arf()), "statement of another"));
}

TEST_CASE("a client inside a provider gives way to the address that somebody can look up") {
  ComplaintCase made;
  made.report.envelope.client_ip = ip::Address::parse("2603:10a6:10:3c4::5");
  CHECK(value(parts_of(made.arf()).parts[1], "Source-IP") == "203.0.113.25");
  made.report.origin.ip.reset();
  CHECK(made.arf().starts_with("refused: no address to report"));
}

TEST_CASE("links are reported where all lead to one organization, none of which is spared") {
  const auto uris = [](const std::string& body, const std::string& author = "sender-host.example") {
    std::string message = test::kParcel.substr(0, test::kParcel.find("\r\n\r\n") + 4) + body;
    ComplaintCase made(message);
    made.report.verdict.author = trace::AuthorState::contradicted;
    made.report.headers.from = parse_addresses("a@" + author).mailboxes;
    made.options.own = {*DomainName::parse("receiver.example")};
    const std::string arf = made.arf();
    std::vector<std::string> out;
    const Message facts = Message::parse(parts_of(arf).parts[1].body);
    for (const Field* field : facts.find_all("Reported-URI")) out.push_back(unfold(field->body));
    return out;
  };
  using Uris = std::vector<std::string>;
  CHECK(uris("see http://a.fee.example/1 and http://b.fee.example/2\r\n") ==
        Uris{"http://a.fee.example/1", "http://b.fee.example/2"});
  CHECK(uris("see http://a.fee.example/1 and https://bank.example/\r\n") == Uris{});
  CHECK(uris("see https://www.bank.example/\r\n", "bank.example") == Uris{});  // the imitated one
  CHECK(uris("see https://www.receiver.example/\r\n") == Uris{});
  CHECK(uris("see http://203.0.113.80/x\r\n") == Uris{"http://203.0.113.80/x"});
  CHECK(uris("nothing\r\n") == Uris{});
}
