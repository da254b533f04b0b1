#include "fuzz/seeds.hpp"
#include "intake/container/csv_export.hpp"
#include "intake/container/json_export.hpp"

namespace emltrace::fuzz {
namespace {

using intake::container::Export;
using intake::container::Exported;

void check(const std::optional<Export>& found, std::string_view input) {
  if (!found) return;
  std::size_t end = 0;
  for (const Exported& message : found->messages) {
    expect(message.offset >= end && message.offset + message.length <= input.size(),
           "messages stand in order, inside the input");
    end = message.offset + message.length;
    expect(message.repair.count > 0 && !message.repair.code.empty(), "what was done is named");
    for (std::size_t at = 0; at <= message.text.size() && !message.places.empty(); ++at) {
      expect(message.places.input_offset(at) <= message.length, "a field stands in its message");
    }
  }
}

void run(std::string_view input) {
  check(intake::container::read_export(input), input);
  check(intake::container::read_csv(input), input);
}

Inputs seeds() {
  Inputs out = files({".json", ".jsonl", ".csv"});
  out.insert(
      out.end(),
      {R"({"internetMessageHeaders":[{"name":"From","value":"a@b.example"},{"name":"Received",)"
       R"("value":"from c by d; Fri, 1 May 2026 12:00:00 +0000"}]})",
       R"({"payload":{"headers":[{"name":"From","value":"a@b.example"}]}})",
       R"([{"raw":"RnJvbTogYUBiLmV4YW1wbGUNCkRhdGU6IEZyaSwgMSBNYXkgMjAyNg0KDQo="}])",
       "id,headers\n1,\"From: a@b.example\nReceived: from c by d; Fri, 1 May 2026 12:00:00 +0000\n"
       "Subject: \"\"x\"\"\n\"\n2,b\n",
       "id;raw\r\n1;RnJvbTogYUBiLmV4YW1wbGUNCkRhdGU6IEZyaSwgMSBNYXkgMjAyNg0KDQo=\r\n"});
  return out;
}

const Registration registration({"exports", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
