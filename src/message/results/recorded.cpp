#include "message/results/recorded.hpp"

#include <array>
#include <utility>

#include "base/text.hpp"
#include "message/results/received_spf.hpp"

namespace emltrace {
namespace {

struct Source {
  std::string_view header;
  AuthResults (*parse)(std::string_view body);
  bool passed_on;
};
constexpr std::array<Source, 4> kSources{{
    {"Authentication-Results", parse_auth_results, false},
    {"Authentication-Results-Original", parse_auth_results, true},
    {"ARC-Authentication-Results", parse_auth_results, true},
    {"Received-SPF", parse_received_spf, false},
}};

const Source* source_of(std::string_view name) {
  for (const Source& source : kSources) {
    if (text::iequals(source.header, name)) return &source;
  }
  return nullptr;
}

}  // namespace

std::optional<std::string> authserv_id_of(const Field& field) {
  const Source* source = source_of(field.name);
  return source ? source->parse(field.body).authserv_id : std::nullopt;
}

std::vector<Recorded> collect_recorded(const Message& message) {
  std::vector<Recorded> all;
  for (const Field& field : message.fields()) {
    const Source* source = source_of(field.name);
    if (source == nullptr) continue;
    AuthResults results = source->parse(field.body);
    for (RecordedMethod& method : results.methods) {
      if (all.size() == kMaxRecorded) return all;
      all.push_back({field.line, field.offset, std::string(source->header), source->passed_on,
                     results.authserv_id, std::move(method)});
    }
  }
  return all;
}

}  // namespace emltrace
