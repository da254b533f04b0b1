// The table of JSON fields against what is written: neither knows a member that the other lacks.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "report/json/catalogue.hpp"
#include "report/json/field_rows.hpp"
#include "report/json/json.hpp"
#include "report/json/schema.hpp"
#include "report/summary/summary.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/sample_report.hpp"
#include "support/trace.hpp"
#include "trace/finding/kinds.hpp"

using namespace emltrace;
using Json = nlohmann::json;
using report::JsonLayout;
using report::json::FieldRow;
using report::json::Shape;

namespace {

using Rows = std::map<std::string, FieldRow>;

Rows by_pointer(std::span<const FieldRow> rows) {
  Rows out;
  for (const FieldRow& row : rows) out.emplace(row.pointer, row);
  return out;
}

bool is_of(Shape shape, const Json& value) {
  switch (shape) {
    case Shape::object:
    case Shape::texts_by_name:
      return value.is_object();
    case Shape::objects:
    case Shape::texts:
    case Shape::integers:
      return value.is_array();
    case Shape::text:
    case Shape::raw:
    case Shape::time:
      return value.is_string();
    case Shape::integer:
      return value.is_number_integer();
    case Shape::boolean:
      return value.is_boolean();
  }
  return false;
}

/// Notes each pointer at which something stands that is not null, and what the table has not.
class Walk {
 public:
  explicit Walk(const Rows& rows) : rows_(rows) {}

  void object(const std::string& prefix, const Json& value) {
    for (const auto& [name, member] : value.items()) visit(prefix + name, member);
  }

  std::set<std::string> seen;    ///< rows that said something
  std::set<std::string> absent;  ///< pointers without a row
  std::set<std::string> wrong;   ///< values that are not what their row says

 private:
  void visit(const std::string& pointer, const Json& value) {
    const auto found = rows_.find(pointer);
    if (found == rows_.end()) return note_absent(pointer, value);
    const FieldRow& row = found->second;
    if (value.is_null()) {
      if (row.null_where.empty()) wrong.insert(pointer);
      return;
    }
    seen.insert(pointer);
    if (!is_of(row.shape, value)) wrong.insert(pointer);
    check_words(row, value);
    const std::string inside(row.like.empty() ? row.pointer : row.like);
    if (row.shape == Shape::object) object(inside + "/", value);
    if (row.shape == Shape::objects) {
      for (const Json& each : value) object(inside + "/*/", each);
    }
  }

  void note_absent(const std::string& pointer, const Json& value) {
    const auto twin_of = pointer.rfind("_base64");
    const auto row = rows_.find(pointer.substr(0, twin_of));
    const bool twin = row != rows_.end() && row->second.shape == Shape::raw && value.is_string();
    if (!twin) absent.insert(pointer);
  }

  void check_words(const FieldRow& row, const Json& value) {
    if (row.words == nullptr) return;
    const auto words = row.words();
    for (const Json& word : value.is_array() ? value : Json::array({value})) {
      if (std::ranges::find(words, word.get<std::string>()) == words.end())
        wrong.insert(std::string(row.pointer));
    }
  }

  const Rows& rows_;
};

/// The sample with what it lacks: a message in a report of abuse, and what is told of failures.
trace::Report wrapped_report() {
  auto report = test::sample_report();
  report.part = "2.1";
  report.headers.to_raw = "undisclosed:;";
  report.headers.date_raw = "\xff";
  report.headers.sender = report.headers.from;
  report.headers.reply_to = report.headers.from;
  report.headers.cc = report.headers.from;
  report.wrapper.wrapper = "feedback-report";
  report.wrapper.wrapper_from = "desk@x.example";
  report.wrapper.wrapper_subject = "abuse";
  report.wrapper.source_ip = ip::Address::parse("203.0.113.7");
  report.wrapper.mail_from = "";
  report.wrapper.rcpt_to = "r@x.example";
  report.wrapper.helo = "x.example";
  report.wrapper.arrival_date = "yesterday";
  report.wrapper.feedback_type = "abuse";
  report.wrapper.reporting_mta = "mx.x.example";
  report.envelope.rcpt_to = "r@x.example";
  auto& sources = report.envelope.sources;
  sources.client_ip = sources.mail_from = sources.rcpt_to = trace::Recorder::border;
  auto& received = report.hops[0].received;
  received.unread = "rest";
  received.via = "UUCP";
  received.auth_user = "u";
  received.envelope_from = "";
  received.from.port = 25;
  received.from.ident = "root";
  received.from.invalid_ip = "300.1.1.1";
  received.from.redacted = "[xxx]";
  received.by.ip = ip::Address::parse("203.0.113.7");
  report.hops[0].dns.by_exists = true;
  report.origin.claimed_by = "X-Originating-IP";
  report.origin.claimed_line = 7;
  report.enrichment.claimed_asn = report.enrichment.asn;
  report.enrichment.client_asn = report.enrichment.asn;
  report.enrichment.client_abuse = report.enrichment.abuse;
  report.arc.problem = "seal";
  report.arc.sets[0].seal_problem = "x";
  report.arc.sets[0].message_signature_problem = "x";
  report.arc.sets[0].signed_at = test::at("2026-05-01T12:00:00Z");
  report.arc.sets[0].results[0].reason = "x";
  report.spf[0].problem = "x";
  report.spf[0].explanation = "x";
  report.dkim[0].signed_at = report.dkim[0].expires_at = test::at("2026-05-01T12:00:00Z");
  report.dmarc.problem = "x";
  report.dmarc.passes_under = dmarc::Mode::rfc7489;
  report.recorded[0].recorded.method.reason = "x";
  auto& handle = report.handles[0];
  handle.recipient = "r@x.example";
  handle.original_sender = "a@x.example";
  handle.made_at = test::at("2026-05-01T12:00:00Z");
  handle.expires_on = "2026-05-08";
  handle.note = "x";
  auto& dkim2 = report.dkim2;
  dkim2.at.m = 1;
  dkim2.passes_under = "07";
  dkim2.copy_key = "sha256:00";
  dkim2.from_authentic = true;
  dkim2.fields[0].tags = {{"i", "2"}};
  dkim2.signatures[0].next_domain = "x.example";
  dkim2.signatures[0].nonce = "x";
  dkim2.signatures[0].hop = 1;
  dkim2.signatures[0].fault.problem = dkim2::Problem::expired;
  dkim2.signatures[0].values[0].fault.problem = dkim2::Problem::no_key;
  report.dns.zone_skipped = 1;
  return report;
}

Walk walk_reports(const Rows& rows) {
  Walk walk(rows);
  for (const auto& report : {wrapped_report(), test::sample_report(), trace::Report{}}) {
    walk.object("/", Json::parse(report::to_json(report, JsonLayout::line)));
  }
  return walk;
}

void check_complete(const Rows& rows, const Walk& walk) {
  CHECK(walk.absent == std::set<std::string>{});
  CHECK(walk.wrong == std::set<std::string>{});
  for (const auto& [pointer, row] : rows) {
    CAPTURE(pointer);
    CHECK(walk.seen.contains(pointer));
  }
}

}  // namespace

TEST_CASE("each member of a report has a row in the table, and each row is written") {
  const Rows rows = by_pointer(report::json::report_rows());
  check_complete(rows, walk_reports(rows));
}

TEST_CASE("each member of a finding has a row in the table, and each row is written") {
  const Rows rows = by_pointer(report::json::finding_kind_rows());
  Walk walk(rows);
  for (const auto& kind : Json::parse(report::catalogue_json())) walk.object("/", kind);
  check_complete(rows, walk);
}

TEST_CASE("each member of a summary has a row in the table, and each row is written") {
  report::summary::Summary summary;
  for (const char* path : {"a", "b"}) {
    report::summary::Facts facts;
    facts.path = path;
    facts.sha256 = std::string(64, 'a');
    facts.copy = report::summary::SignedCopy{"sha256:00", "x.example", 1, false, false};
    facts.origin = "203.0.113.7";
    facts.network = "203.0.113.0/24";
    facts.system = "AS64500 X";
    facts.author_domains = facts.signers = {"x.example"};
    facts.subject = facts.shape = "hello";
    facts.findings = {{"dkim-fail", trace::Severity::low}};
    facts.waits.push_back(
        {{*DomainName::parse("x.example"), dns::Type::txt}, std::chrono::seconds(1)});
    summary.add(facts);
  }
  const Rows rows = by_pointer(report::json::summary_rows());
  Walk walk(rows);
  walk.object("/", Json::parse(summary.to_json(JsonLayout::line)));
  check_complete(rows, walk);
}

TEST_CASE("a row is told once, its words are words, and it is told in the order of the report") {
  const auto rows = report::json::report_rows();
  std::set<std::string_view> told;
  for (const FieldRow& row : rows) {
    CAPTURE(std::string(row.pointer));
    CHECK(told.insert(row.pointer).second);
    CHECK_FALSE(row.text.empty());
    CHECK_FALSE(row.text.ends_with('.'));
    if (row.words == nullptr) continue;
    CHECK(row.words().size() > 1);
    for (const auto& word : row.words()) CHECK(word.find(' ') == std::string::npos);
  }
  const auto written =
      nlohmann::ordered_json::parse(report::to_json(test::sample_report(), JsonLayout::line));
  std::vector<std::string> members;
  for (const auto& [name, value] : written.items()) members.push_back('/' + name);
  std::vector<std::string> described;
  for (const FieldRow& row : rows) {
    if (row.pointer.find('/', 1) == std::string_view::npos) described.emplace_back(row.pointer);
  }
  std::ranges::sort(members);
  std::ranges::sort(described);
  CHECK(members == described);
}

TEST_CASE("the schema says of each member its type, its words and when it is null") {
  const Json schema = Json::parse(report::report_schema());
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  CHECK_FALSE(schema.contains("additionalProperties"));
  const Json& hop = schema["properties"]["hops"]["items"];
  CHECK(hop["properties"]["delay_s"]["type"] == Json::array({"integer", "null"}));
  CHECK(hop["properties"]["delay_s"]["description"] ==
        "seconds since the stamp of the next older hop that has one; may be negative; null where "
        "there is nothing to compare");
  CHECK(hop["properties"]["standing"]["enum"] ==
        Json::array({"own", "border", "corroborated", "unverified", "contradicted", "discarded"}));
  CHECK(hop["properties"]["stamp"]["format"] == "date-time");
  CHECK(hop["properties"]["raw_base64"]["contentEncoding"] == "base64");
  const Json& required = hop["required"];
  CHECK(std::ranges::count(required, Json("raw")) == 1);
  CHECK(std::ranges::count(required, Json("raw_base64")) == 0);
  const Json& basis = schema["properties"]["verdict"]["properties"]["basis"];
  CHECK(basis["enum"] == Json::array({"now", "recorded", "both", nullptr}));
  // Members like those of another list are told in full.
  CHECK(schema["properties"]["headers"]["properties"]["cc"]["items"]["properties"].contains(
      "address"));
  CHECK(schema["properties"]["dkim"]["items"]["properties"]["problem"]["enum"].size() == 16);
  CHECK(schema["properties"]["recorded"]["items"]["properties"]["properties"]
              ["additionalProperties"] == Json::parse(R"({"type": "string"})"));
}

TEST_CASE("the manual page tells each field, its type, its words and when it is null") {
  const std::string frame = test::read_file(test::source_dir() + "/man/emltrace-json.5.in");
  const std::string page = report::field_manual(frame);
  CHECK(page.find('@') == std::string::npos);
  CHECK(page.find(".It Va hops[].delay_s Pq integer\nseconds since the stamp") !=
        std::string::npos);
  CHECK(page.find("Null where there is nothing to compare.") != std::string::npos);
  CHECK(page.find(": own, border, corroborated, unverified, contradicted, discarded") !=
        std::string::npos);
  for (const FieldRow& row : report::json::report_rows()) {
    CAPTURE(std::string(row.pointer));
    CHECK(page.find(std::string(row.text.substr(0, 20))) != std::string::npos);
  }
}
