#include "dns/zone.hpp"

#include <string>

#include "base/text.hpp"
#include "dns/master_text.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

void check_order(std::string_view input) {
  const dns::wire::MasterText master(input);
  const std::string& ordered = master.text();
  input = text::without_byte_order_mark(input);
  expect(ordered.size() == input.size(), "the order of fields changes no length");
  for (std::size_t i = 0; i < input.size(); ++i) {
    expect((ordered[i] == '\n') == (input[i] == '\n'), "the order of fields moves no line");
  }
}

void run(std::string_view input) {
  check_order(input);
  dns::Zone zone;
  const auto added = zone.add_text(input, "fuzz.zone");
  if (!added) {
    expect(added.error().starts_with("fuzz.zone:"), "an error names file and line");
    return;
  }
  const auto file = dns::wire::read_master_file(input, "fuzz.zone");
  for (const dns::wire::Entry& entry : file->entries) {
    if (!entry.record) continue;
    const dns::Answer answer = zone.lookup({entry.owner, entry.record->type});
    expect(answer.status == dns::Status::ok || answer.status == dns::Status::failed ||
               answer.status == dns::Status::no_data || answer.status == dns::Status::no_such_name,
           "a zone answers at once");
    expect(answer.records.empty() == (answer.status != dns::Status::ok) || !answer.records.empty(),
           "an answer that is ok holds records");
  }
}

const Registration registration({"zone", run, zones});

}  // namespace
}  // namespace emltrace::fuzz
