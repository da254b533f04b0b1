#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/json/catalogue.hpp"
#include "report/json/json.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"
#include "trace/finding/kinds.hpp"

using namespace emltrace;
using Json = nlohmann::ordered_json;

namespace {

Json parsed(const trace::Report& report) {
  return Json::parse(report::to_json(report, report::JsonLayout::indented));
}

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> out;
  for (const auto& [key, value] : object.items()) out.push_back(key);
  return out;
}

/// The names of the schema stand in the object, in that order; others may stand between them.
bool has_in_order(const Json& object, const std::vector<std::string>& names) {
  const auto present = keys(object);
  auto from = present.begin();
  for (const auto& name : names) {
    from = std::find(from, present.end(), name);
    if (from == present.end()) {
      UNSCOPED_INFO("missing or out of order: " << name);
      return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("every name of schema emltrace.report/1 is there, in its order") {
  const Json json = parsed(test::sample_report());
  CHECK(json["schema"] == "emltrace.report/1");
  CHECK(has_in_order(
      json, {"schema", "tool", "input", "headers", "envelope", "hops", "origin", "spf", "dkim",
             "arc", "dmarc", "recorded", "filters", "handles", "findings", "verdict", "dns"}));
  CHECK(has_in_order(json["input"], {"path", "index", "part", "kind", "bytes", "sha256",
                                     "line_ending", "repairs"}));
  CHECK(has_in_order(json["input"]["repairs"][0],
                     {"code", "line", "count", "touches_signed_bytes", "detail"}));
  CHECK(has_in_order(json["headers"], {"from", "sender", "reply_to", "to", "cc", "subject", "date",
                                       "message_id", "return_path"}));
  CHECK(has_in_order(json["headers"]["from"][0], {"display", "address", "domain"}));
  CHECK(has_in_order(json["envelope"], {"client_ip", "helo", "mail_from", "rcpt_to", "received_at",
                                        "from_hop", "overridden"}));
  const Json& hop = json["hops"][1];
  CHECK(has_in_order(
      hop, {"number", "line",          "raw",       "unread",   "from", "by",    "via",
            "with",   "authenticated", "auth_user", "tls",      "id",   "for",   "envelope_from",
            "stamp",  "stamp_raw",     "delay_s",   "standing", "dns",  "clock", "findings"}));
  CHECK(has_in_order(hop["from"], {"helo", "rdns", "ip", "port", "ident"}));
  CHECK(has_in_order(hop["by"], {"host", "ip", "software"}));
  CHECK(has_in_order(hop["tls"], {"version", "cipher", "bits"}));
  CHECK(has_in_order(hop["dns"], {"ptr", "forward_confirmed", "helo_confirmed", "by_exists"}));
  CHECK(has_in_order(hop["clock"], {"producer", "time", "precision_s", "skew_s"}));
  CHECK(has_in_order(json["origin"], {"ip", "rdns", "hop", "recorded_by", "confidence", "reason",
                                      "claimed_ip", "asn", "abuse", "dnsbl"}));
  CHECK(
      has_in_order(json["spf"][0], {"identity", "domain", "ip", "result", "mechanism", "record",
                                    "problem", "explanation", "lookups", "void_lookups", "trail"}));
  CHECK(has_in_order(json["spf"][0]["trail"][0], {"depth", "domain", "term", "outcome"}));
  CHECK(has_in_order(json["dkim"][0],
                     {"line", "domain", "selector", "identity", "algorithm", "canonicalization",
                      "result", "problem", "body_hash", "signature", "key_bits", "testing",
                      "signed_headers", "unsigned_bytes", "signed_at", "expires_at",
                      "expired_since", "alignment", "verifies_after"}));
  CHECK(has_in_order(json["arc"], {"result", "problem", "sets"}));
  CHECK(has_in_order(json["arc"]["sets"][0], {"instance", "domain", "selector", "cv", "seal",
                                              "message_signature", "authserv_id", "results"}));
  CHECK(has_in_order(json["dmarc"],
                     {"result", "mode", "author_domain", "organizational_domain", "record_domain",
                      "record", "policy", "policy_tag", "testing", "disposition", "spf_aligned",
                      "dkim_aligned", "problem", "walk"}));
  const Json& dkim2 = json["dkim2"];
  CHECK(has_in_order(dkim2,
                     {"result", "problem", "detail", "at", "rules", "envelope", "custody", "fields",
                      "signatures", "instances", "modifications", "original", "replay"}));
  CHECK(has_in_order(dkim2["fields"][0], {"line", "header", "domain", "hop", "revision"}));
  CHECK(has_in_order(
      dkim2["signatures"][0],
      {"line", "i", "m", "domain", "signed_at", "expired_since", "mail_from", "rcpt_to",
       "next_domain", "nonce", "flags", "result", "problem", "custody", "hop", "values"}));
  CHECK(
      has_in_order(dkim2["signatures"][0]["values"][0],
                   {"group", "selector", "algorithm", "result", "problem", "key_bits", "testing"}));
  CHECK(has_in_order(dkim2["instances"][0], {"line", "m", "signed_by", "hashes", "recipe"}));
  CHECK(
      has_in_order(dkim2["modifications"][0], {"m", "i", "domain", "what", "name", "before",
                                               "after", "lines_added", "lines_removed", "proved"}));
  CHECK(has_in_order(json["recorded"][0], {"line", "header", "authserv_id", "trusted", "method",
                                           "result", "recomputed", "agrees", "properties"}));
  CHECK(has_in_order(json["findings"][0],
                     {"code", "severity", "hop", "line", "message", "evidence", "reference"}));
  CHECK(has_in_order(json["verdict"], {"level", "route", "author", "summary"}));
  CHECK(has_in_order(json["dns"],
                     {"mode", "servers", "questions", "cached", "failed", "elapsed_ms"}));
}

TEST_CASE("values stand as the schema words them") {
  const Json json = parsed(test::sample_report());
  CHECK(json["hops"][1]["stamp"] == "1997-03-18T22:39:24Z");
  CHECK(json["hops"][1]["delay_s"] == -7500);
  CHECK(json["hops"][1]["standing"] == "border");
  CHECK(json["hops"][1]["dns"]["ptr"] == Json::array({"linuxaid.com.cn"}));
  CHECK(json["hops"][1]["tls"]["bits"] == 256);
  CHECK(json["headers"]["from"][0]["domain"] == "mail.lemongrass.org");
  CHECK(json["headers"]["subject"] == "\xe4\xbd\xa0\xe5\xa5\xbd");
  CHECK(json["spf"][0]["result"] == "softfail");
  CHECK(json["dkim"][0]["problem"] == "body-hash-mismatch");
  CHECK(json["dkim"][0]["body_hash"] == "mismatch");
  CHECK(json["dkim"][0]["alignment"] == "relaxed");
  CHECK(json["recorded"][0]["agrees"] == false);
  CHECK(json["verdict"]["level"] == "forged");
  CHECK(json["dns"]["questions"] == 23);
  CHECK(json["clocks"][0]["time"] == "2022-03-22T06:37:58Z");
  CHECK(json["dkim2"]["signatures"][1]["mail_from"] == "<>");
}

TEST_CASE("a repair tells what was signed and what was taken off") {
  const auto report = test::sample_report();
  const Json dkim = parsed(report)["dkim"][0];
  const Json expected = Json::parse(R"({
    "changes": ["footer"],
    "signed_from": "Lemon <lemon@lemongrass.org>",
    "signed_subject": "\u4f60\u597d",
    "removed": [{"line": 44, "text": "To leave the list"}, {"line": null, "text": "b"},
                {"line": 46, "text": "c"},
                {"line": 47, "text": "d\ufffd", "text_base64": "ZP8="}],
    "removed_more": 2})");
  CHECK(dkim["repair"] == expected);
  CHECK(dkim["unsigned"] ==
        Json::parse(R"({"fields": ["subject", "content-type"], "body_bytes": 12})"));

  auto whole = report;
  whole.dkim[0].repair.reset();
  CHECK(parsed(whole)["dkim"][0]["repair"].is_null());
}

TEST_CASE("filters and handles are told with what their makers say, and what is no UTF-8 twice") {
  const Json json = parsed(test::sample_report());
  CHECK(json["filters"] == Json::parse(R"([{
    "line": 9, "offset": 410, "header": "X-Forefront-Antispam-Report", "vendor": "microsoft",
    "trusted": true,
    "values": [{"name": "SCL", "value": "5", "meaning": "spam"},
               {"name": "SRV", "value": "\ufffd", "value_base64": "/w==", "meaning": null}],
    "verdict": "spam"}])"));
  CHECK(json["handles"] == Json::parse(R"([{
    "line": 12, "offset": 500, "header": "X-Authenticated-Sender", "kind": "account",
    "value": "u1", "operator": "host.example", "trusted": false,
    "report_to": [{"address": "abuse@host.example", "source": "field"}],
    "recipient": null, "original_sender": null, "made_at": null, "expires_on": null,
    "note": null}])"));

  auto judged = test::sample_report();
  judged.filters[0].verdict.reset();
  judged.handles[0].header.clear();
  judged.handles[0].operator_name.reset();
  judged.handles[0].value.clear();
  judged.handles[0].recipient = "mia@receiver.example";
  judged.handles[0].original_sender = "anna@shop.example";
  judged.handles[0].made_at = Instant(std::chrono::seconds(1'763'370'851));
  judged.handles[0].expires_on = "2026-11-17";
  judged.handles[0].note = "the forwarder's";
  const Json open = parsed(judged);
  CHECK(open["filters"][0]["verdict"].is_null());
  CHECK(open["handles"][0] == Json::parse(R"({
    "line": null, "offset": null, "header": null, "kind": "account", "value": null,
    "operator": null, "trusted": false,
    "report_to": [{"address": "abuse@host.example", "source": "field"}],
    "recipient": "mia@receiver.example", "original_sender": "anna@shop.example",
    "made_at": "2025-11-17T09:14:11Z", "expires_on": "2026-11-17",
    "note": "the forwarder's"})"));
}

TEST_CASE("what look-ups told of the origin stands with it, and an unanswered list is unknown") {
  const Json origin = parsed(test::sample_report())["origin"];
  CHECK(origin["asn"] == Json::parse(R"({"number": 4808, "also": [4837], "name": "CNNIC Beijing",
    "prefix": "202.99.0.0/18", "country": "CN"})"));
  CHECK(origin["asn_outcome"] == "found");
  CHECK(origin["claimed_asn"].is_null());
  CHECK(origin["abuse"] ==
        Json::parse(R"([{"address": "abuse@linuxaid.com.cn", "source": "rfc2142"}])"));
  CHECK(origin["dnsbl"] == Json::parse(R"([
    {"zone": "zen.example", "subject": "202.99.11.120", "listed": true, "codes": ["127.0.0.2"],
     "meaning": "SBL", "reason": "see x", "problem": null},
    {"zone": "dead.example", "subject": "202.99.11.120", "listed": null, "codes": [],
     "meaning": null, "reason": null, "problem": "timed out"}])"));
}

TEST_CASE("a DKIM2 chain is told as it was found") {
  const Json dkim2 = parsed(test::sample_report())["dkim2"];
  CHECK(dkim2["result"] == "fail");
  CHECK(dkim2["problem"] == "rcpt-to-mismatch");
  CHECK(dkim2["at"] == Json::parse(R"({"i": 2, "m": null})"));
  CHECK(dkim2["rules"] == "09");
  CHECK(dkim2["envelope"] == Json::parse(R"({"mail_from": "match", "rcpt_to": "mismatch"})"));
  CHECK(dkim2["custody"] == "holds");
  CHECK(dkim2["instances"][1]["recipe"] == "both");
  CHECK(dkim2["instances"][1]["hashes"][0]["header"] == "match");
  CHECK(dkim2["modifications"][0]["before"] == Json::array({"Hello"}));
  CHECK(dkim2["modifications"][1]["what"] == "body");
  CHECK(dkim2["modifications"][1]["name"].is_null());
  CHECK(dkim2["original"]["from"] == "Ann <ann@d2.example>");
  CHECK(dkim2["replay"] == Json::parse(R"({"key": "sha256:AA==:AA==", "copy_key": null, "exploded": false})"));

  const Json none = parsed(trace::Report{})["dkim2"];
  CHECK(none["result"] == "none");
  CHECK(none["at"].is_null());
  CHECK(none["rules"].is_null());
  CHECK(none["original"].is_null());
  CHECK(none["replay"]["key"].is_null());
}

TEST_CASE("what is not known is null, and the null path is <>") {
  const Json json = parsed(test::sample_report());
  CHECK(json["input"]["part"].is_null());
  CHECK(json["envelope"]["rcpt_to"].is_null());
  CHECK(json["hops"][0]["stamp"].is_null());
  CHECK(json["hops"][0]["delay_s"].is_null());
  CHECK(json["hops"][0]["tls"].is_null());
  CHECK(json["hops"][0]["dns"]["ptr"].is_null());
  CHECK(json["hops"][0]["clock"].is_null());
  CHECK(json["hops"][1]["dns"]["by_exists"].is_null());
  CHECK(json["arc"]["problem"].is_null());
  CHECK(json["headers"]["return_path"] == "<>");
  CHECK(json["arc"]["sets"][0]["results"][0]["properties"]["smtp.mailfrom"] == "<>");

  trace::Report bare;
  const Json empty = parsed(bare);
  CHECK(empty["hops"] == Json::array());
  CHECK(empty["dkim"] == Json::array());
  CHECK(empty["filters"] == Json::array());
  CHECK(empty["handles"] == Json::array());
  CHECK(empty["origin"]["asn"].is_null());
  CHECK(empty["origin"]["asn_outcome"] == "not-asked");
  CHECK(empty["origin"]["abuse"] == Json::array());
  CHECK(empty["origin"]["dnsbl"] == Json::array());
  CHECK(empty["arc"]["result"] == "none");
  CHECK(empty["verdict"]["route"] == "absent");
  CHECK(empty["verdict"]["summary"].is_null());
  CHECK(empty["headers"]["date"].is_null());
}

TEST_CASE("bytes that JSON cannot hold have a base64 twin") {
  const Json json = parsed(test::sample_report());
  CHECK(json["hops"][0]["raw"] == "from nowhere by fictitious-site; \xef\xbf\xbd");
  CHECK(json["hops"][0]["raw_base64"] == "ZnJvbSBub3doZXJlIGJ5IGZpY3RpdGlvdXMtc2l0ZTsg/w==");
  CHECK_FALSE(json["hops"][1].contains("raw_base64"));
}

TEST_CASE("evidence of one name is kept apart, not lost") {
  const Json evidence = parsed(test::sample_report())["findings"][0]["evidence"];
  CHECK(evidence["ptr"] == "a.example");
  CHECK(evidence["ptr_2"] == "\xef\xbf\xbd");
  CHECK(evidence["ptr_2_base64"] == "/g==");
}

TEST_CASE("ndjson is one line, and no byte in JSON moves a terminal") {
  const auto report = test::sample_report();
  const std::string line = report::to_json(report, report::JsonLayout::line);
  CHECK(std::count(line.begin(), line.end(), '\n') == 1);
  CHECK(line.back() == '\n');
  CHECK(line.find('\x1b') == std::string::npos);
  CHECK(line.find("\xe2\x80\xae") == std::string::npos);
  CHECK(Json::parse(line) == parsed(report));
  CHECK(Json::parse(line)["headers"]["from"][0]["display"] == "Lemon\xe2\x80\xaegrass");
}

TEST_CASE("the catalogue of findings is an array of rows") {
  const Json json = Json::parse(report::catalogue_json());
  REQUIRE(json.size() == trace::finding_kinds().size());
  for (const auto& row : json) {
    CHECK(has_in_order(row, {"code", "severity", "title", "reference", "meaning", "evidence",
                             "innocent", "next"}));
  }
}
