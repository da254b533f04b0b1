#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "base/text.hpp"
#include "fuzz/made_dns.hpp"
#include "fuzz/safe.hpp"
#include "fuzz/seeds.hpp"
#include "intake/reader.hpp"
#include "message/message.hpp"
#include "message/mime.hpp"
#include "report/exchange/arf.hpp"
#include "report/exchange/xarf.hpp"
#include "report/library/settled.hpp"
#include "trace/analyse.hpp"

namespace emltrace::fuzz {
namespace {

const Instant kNow = *parse_instant("2026-11-01T00:00:00Z");

void check_arf(const std::string& arf) {
  const Message outer = Message::parse(arf);
  expect(outer.stray().empty() && outer.has_body(), "a report is a header and a body");
  for (const char* once : {"From", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"})
    expect(outer.find_all(once).size() == 1, "a report has its own fields, each once");
  expect(outer.find("Bcc") == nullptr && outer.find("Cc") == nullptr, "it goes to one party");
  for (const auto line : text::split(arf, '\n'))
    expect(line.size() <= 998, "every line can be sent");
  const mime::Part whole = mime::read(arf);
  expect(whole.parts.size() == 3, "a report has three parts");
  expect(whole.parts[1].type == "message/feedback-report", "the second one holds the facts");
  const Message facts = Message::parse(whole.parts[1].body);
  expect(facts.stray().empty() && !facts.has_body(), "the facts are fields");
  for (const char* once : {"Feedback-Type", "User-Agent", "Version", "Source-IP"})
    expect(facts.find_all(once).size() == 1, "no value of the message becomes a fact");
  for (const char c : whole.parts[1].body)
    expect(static_cast<unsigned char>(c) < 0x80, "the facts have 7 bits");
}

void check_item(const intake::Item& item, std::string_view zone) {
  trace::Options traced;
  traced.now = kNow;
  MadeDns made(zone);
  const auto report = report::library::settled_report(trace::Analysis(item, traced), made, {});
  const report::Redaction hidden(report, item.text, {}, "key");
  report::ComplaintOptions options;
  options.now = kNow;
  options.authserv_id = "reader.example";
  options.reporter = report::Reporter{"Desk", "desk@reader.example"};
  for (const auto* redaction : {static_cast<const report::Redaction*>(nullptr), &hidden}) {
    options.hidden = redaction;
    const auto arf = report::to_arf(report, item, options);
    if (arf) check_arf(*arf);
    const auto xarf = report::to_xarf(report, item, options);
    if (!xarf) continue;
    expect_safe(*xarf, true);
    expect(nlohmann::json::parse(*xarf).at("type") == "spam", "an XARF report is JSON");
  }
  const std::string lines = hidden.header_by_line(item.text);
  expect(std::ranges::count(lines, '\n') == std::ranges::count(item.text, '\n'),
         "a header that is shown keeps its lines");
  const std::string header = hidden.message(item.text);
  const Message copy = Message::parse(header);
  for (const Field& field : copy.fields()) {
    const std::string body = unfold(field.body);
    expect(hidden.text(body) == body, "no field names who is hidden");
  }
}

void run(std::string_view input) {
  const auto [bytes, zone] = split_dns(input);
  const auto entries = intake::read_bytes("fuzz.eml", std::string(bytes), {});
  for (const auto& entry : entries) {
    if (const auto* item = std::get_if<intake::Item>(&entry)) {
      check_item(*item, zone);
      return;
    }
  }
}

Inputs seeds() {
  Inputs out;
  for (const Sample& sample : samples()) out.push_back(join_dns(sample.message, sample.zone));
  return out;
}

const Registration registration({"complaint", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
