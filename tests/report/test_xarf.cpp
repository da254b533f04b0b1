#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "base/crypto.hpp"
#include "complaint_case.hpp"
#include "report/exchange/xarf.hpp"
#include "support/catch.hpp"
#include "support/witness.hpp"

using namespace emltrace;
using Json = nlohmann::json;
using test::ComplaintCase;

namespace {

Json read(const ComplaintCase& made) {
  const std::string text = made.xarf();
  CAPTURE(text);
  return Json::parse(text);
}

/// Judges reports by a schema of the format; empty where there is no validator.
std::optional<std::string> verdict_of(const std::string& report) {
  static const bool there = test::runs("/usr/bin/python3 -c 'import jsonschema'");
  if (!there) return std::nullopt;
  const test::Folder folder;
  folder.write("report.json", report);
  const std::string support = test::source_dir() + "/tests/support/";
  return test::output_of("/usr/bin/python3 " + support + "check_xarf.py " + support +
                         "xarf_schema.json " + folder.path("report.json") + " 2>&1");
}

void check_valid(const ComplaintCase& made) {
  const std::string report = made.xarf();
  CAPTURE(report);
  const auto verdict = verdict_of(report);
  CHECK(verdict.value_or("valid\n") == "valid\n");
}

}  // namespace

TEST_CASE("an XARF report has what version 4 demands of a spam report by mail") {
  const ComplaintCase made;
  check_valid(made);
  const Json report = read(made);
  CHECK(report["xarf_version"] == "4.2.0");
  CHECK(report["timestamp"] == "2026-11-17T09:14:07Z");
  CHECK(report["reporter"] == Json::parse(R"({"org": "receiver.example",
    "contact": "postmaster@receiver.example", "domain": "receiver.example"})"));
  CHECK(report["sender"] == report["reporter"]);
  CHECK(report["report_to"]["address"] == "abuse@sender-host.example");
  CHECK(report["source_identifier"] == "203.0.113.25");
  CHECK(report["source_port"] == 25);
  CHECK(report["category"] == "messaging");
  CHECK(report["type"] == "spam");
  CHECK(report["evidence_source"] == "user_complaint");
  CHECK(report["protocol"] == "smtp");
  CHECK(report["smtp_from"] == "notice@sender-host.example");
  CHECK(report["smtp_to"] == "mia@receiver.example");
  CHECK(report["subject"] == "Your parcel is waiting");
  CHECK(report["sender_name"] == "Parcel Service");
  CHECK(report["message_id"] == "20261117091404.9F2C14011B@mail.sender-host.example");
  CHECK(report["tags"][0] == "origin:confirmed");
  CHECK(report["spam_indicators"]["suspicious_links"] ==
        Json::array({"http://parcel-fee.example/pay?u=mia%40receiver.example"}));
  CHECK(report["description"].get<std::string>().find("port was not recorded") !=
        std::string::npos);
  CHECK_FALSE(report.contains("_internal"));
}

TEST_CASE("the evidence is the message, its hash that of the decoded bytes") {
  const ComplaintCase made;
  const Json evidence = read(made)["evidence"];
  REQUIRE(evidence.size() == 1);
  CHECK(evidence[0]["content_type"] == "message/rfc822");
  CHECK(base64_decode(evidence[0]["payload"].get<std::string>()) == made.message);
  CHECK(evidence[0]["hash"] ==
        "sha256:" + crypto::hex(crypto::digest(crypto::Hash::sha256, made.message)));
  CHECK(evidence[0]["size"] == made.message.size());
}

TEST_CASE("the id has the form of a UUID of version 4, and is the same for the same report") {
  ComplaintCase made;
  const std::string id = read(made)["report_id"];
  REQUIRE(id.size() == 36);
  CHECK(id[14] == '4');
  CHECK(std::string("89ab").find(id[19]) != std::string::npos);
  CHECK(read(made)["report_id"] == id);
  made.options.now += std::chrono::seconds(1);
  CHECK(read(made)["report_id"] != id);
}

TEST_CASE("a port that the border recorded is the port") {
  ComplaintCase made;
  made.report.hops.back().received.from.port = 51234;
  const Json report = read(made);
  CHECK(report["source_port"] == 51234);
  CHECK(report["description"].get<std::string>().find("not recorded") == std::string::npos);
}

TEST_CASE("what is not known where XARF wants a value is said") {
  ComplaintCase made;
  const auto description = [&] { return read(made)["description"].get<std::string>(); };
  made.report.envelope.mail_from = "";
  made.report.envelope.helo = "mail.sender-host.example";
  CHECK(read(made)["smtp_from"] == "postmaster@mail.sender-host.example");
  CHECK(description().find("null path") != std::string::npos);
  made.report.envelope.mail_from.reset();
  CHECK(read(made)["smtp_from"] == "notice@sender-host.example");
  CHECK(description().find("envelope sender was not recorded") != std::string::npos);
  made.report.envelope.received_at.reset();
  CHECK(read(made)["timestamp"] == "2026-11-17T09:30:00Z");
  CHECK(description().find("time of this report") != std::string::npos);
  check_valid(made);
  made.report.headers.from.clear();
  CHECK(made.xarf().starts_with("refused: XARF wants the address of a sender"));
}

TEST_CASE("a fraud is a spam report with a tag: there is no type of its own for a message") {
  ComplaintCase made;
  made.report.verdict.author = trace::AuthorState::contradicted;
  const Json report = read(made);
  CHECK(report["type"] == "spam");
  CHECK(std::ranges::find(report["tags"], "mail:phishing") != report["tags"].end());
  check_valid(made);
}

TEST_CASE("types that XARF has no form for are refused") {
  ComplaintCase made;
  made.options.type = report::FeedbackType::not_spam;
  CHECK(made.xarf() == "refused: XARF has no report of the type not-spam");
}

TEST_CASE("hostile and long values stay within the limits of the format") {
  std::string message = test::kParcel;
  message.replace(message.find("Your parcel is waiting"), 22,
                  "=?utf-8?Q?=00=0A\"}]=E2=80=AE?= " + std::string(900, 'a'));
  message.replace(message.find("Parcel Service"), 14, std::string(900, 'n'));
  message.replace(message.find("<20261117091404"), 15, "<" + std::string(900, 'i'));
  ComplaintCase made(message);
  made.report.envelope.mail_from = "a\"b\r\n@c.example";
  made.options.reporter = report::Reporter{std::string(900, 'o'), "desk@receiver.example"};
  check_valid(made);
  const Json report = read(made);
  CHECK(report["subject"].get<std::string>().size() <= 500);
  CHECK(report["message_id"].get<std::string>().size() <= 200);
  CHECK(report["sender_name"].get<std::string>().size() <= 200);
  CHECK(report["reporter"]["org"].get<std::string>().size() <= 200);
  CHECK(report["smtp_from"] == "notice@sender-host.example");
}

TEST_CASE("of a message above 5 MiB the header is the evidence") {
  ComplaintCase made(test::kParcel + std::string(std::size_t{5} << 20, 'x'));
  const Json evidence = read(made)["evidence"][0];
  CHECK(evidence["content_type"] == "text/rfc822-headers");
  CHECK(evidence["size"].get<std::size_t>() < test::kParcel.size());
}

TEST_CASE("an IPv6 client and an address of a log are reported as they are") {
  ComplaintCase made;
  made.report.envelope.client_ip = ip::Address::parse("2001:db8::25");
  made.report.envelope.sources.client_ip = trace::Recorder::option;
  const Json report = read(made);
  CHECK(report["source_identifier"] == "2001:db8::25");
  CHECK(report["confidence"] == 0.7);
  check_valid(made);
}
