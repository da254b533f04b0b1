#include "auth/dmarc/record.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

void check(std::string_view input, dmarc::Mode mode) {
  const auto record = dmarc::parse_record(input, mode);
  if (!record) return;
  expect(record->text == input, "a record keeps its text");
  expect(record->percent <= 100, "pct is no more than a hundred");
  for (const auto& uris : {record->aggregate_reports, record->failure_reports}) {
    for (const std::string& uri : uris) {
      expect(!uri.empty() && input.find(uri) != std::string_view::npos,
             "a URI stands in its record");
    }
  }
  if (record->problem) expect(!record->problem->empty(), "a problem is named");
}

void run(std::string_view input) {
  check(input, dmarc::Mode::rfc9989);
  check(input, dmarc::Mode::rfc7489);
}

const Registration registration({"dmarc_record", run, [] { return text_records("v=DMARC1"); }});

}  // namespace
}  // namespace emltrace::fuzz
