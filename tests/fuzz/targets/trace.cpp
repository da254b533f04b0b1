#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "fuzz/made_dns.hpp"
#include "fuzz/safe.hpp"
#include "fuzz/seeds.hpp"
#include "intake/reader.hpp"
#include "message/results/auth_results.hpp"
#include "report/exchange/authres.hpp"
#include "report/json/json.hpp"
#include "report/library/settled.hpp"
#include "report/text/text.hpp"
#include "trace/analyse.hpp"

namespace emltrace::fuzz {
namespace {

const Instant kNow = *parse_instant("2026-11-01T00:00:00Z");

void check_json(const trace::Report& report) {
  const std::string text = report::to_json(report, report::JsonLayout::indented);
  expect_safe(text, true);
  const auto json = nlohmann::json::parse(text);
  expect(json.at("schema") == "emltrace.report/1", "the report names its schema");
  expect(json.at("hops").size() == report.hops.size(), "all hops are told");
  expect(json.at("findings").size() == report.findings.size(), "all findings are told");
  const std::string line = report::to_json(report, report::JsonLayout::line);
  expect(line.find('\n') == line.size() - 1, "a report on one line is one line");
  expect(nlohmann::json::parse(line) == json, "both layouts say the same");
}

void check_text(const trace::Report& report) {
  report::TextOptions options;
  for (const bool verbose : {false, true}) {
    options.verbose = verbose;
    expect_safe(report::to_text(report, options), true);
  }
}

void check_authres(const trace::Report& report) {
  const std::string field = report::to_authres(report, "reader.example");
  expect_safe(field, true);
  const Message message = Message::parse(field);
  expect(message.fields().size() == 1 && message.stray().empty() && !message.has_body(),
         "the results are one field");
  const AuthResults results = parse_auth_results(message.fields()[0].body);
  expect(results.authserv_id == "reader.example" && !results.unread, "the field is read whole");
  for (const RecordedMethod& method : results.methods) {
    expect(method.method == "spf" || method.method == "dkim" || method.method == "dmarc" ||
               method.method == "arc" || method.method == "dkim2",
           "no value of the message becomes a method");
  }
}

void check_places(const trace::Report& report, std::string_view input) {
  int number = 0;
  for (const trace::TracedHop& hop : report.hops) {
    expect(hop.number == ++number, "hops are numbered from the oldest");
    expect(hop.line > 0, "a hop has a line");
    if (!report.part) expect(hop.offset <= input.size(), "a hop stands in the input");
  }
  for (const trace::Finding& finding : report.findings) {
    expect(!finding.message.empty(), "a finding says what was found");
    if (finding.hop) {
      expect(*finding.hop >= 1 && *finding.hop <= number, "a finding is about a hop that is there");
    }
  }
}

trace::Report report_of(const intake::Item& item, std::string_view zone) {
  trace::Options options;
  options.now = kNow;
  MadeDns made(zone);
  return report::library::settled_report(trace::Analysis(item, options), made, {});
}

void run(std::string_view input) {
  const auto [bytes, zone] = split_dns(input);
  intake::Options options;
  options.attached = intake::AttachedMode::all;
  const auto entries = intake::read_bytes("fuzz.eml", std::string(bytes), options);
  constexpr std::size_t kMost = 3;  // of messages in messages: each is one more trace
  for (std::size_t i = 0; i < std::min(kMost, entries.size()); ++i) {
    const auto* item = std::get_if<intake::Item>(&entries[i]);
    if (item == nullptr) continue;
    const trace::Report report = report_of(*item, zone);
    check_places(report, bytes);
    check_json(report);
    check_text(report);
    check_authres(report);
  }
}

Inputs seeds() {
  Inputs out;
  for (const Sample& sample : samples()) {
    out.push_back(join_dns(sample.message, sample.zone));
    out.push_back(join_dns(sample.message, ";;" + sample.message));
  }
  return out;
}

const Registration registration({"trace", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
