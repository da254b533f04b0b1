#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "fuzz/seeds.hpp"
#include "message/results/auth_results.hpp"
#include "message/results/received_spf.hpp"
#include "report/escape.hpp"

namespace emltrace::fuzz {
namespace {

void check_bounds(const AuthResults& results) {
  expect(results.methods.size() <= kMaxRecordedMethods, "the number of methods is bounded");
  for (const RecordedMethod& method : results.methods) {
    expect(method.properties.size() <= kMaxRecordedProperties,
           "the number of properties is bounded");
    expect(method.method == text::lower(method.method), "a method is in lower case");
    expect(method.result == text::lower(method.result), "a result is in lower case");
    static_cast<void>(recorded_client_ip(method));
  }
}

// As RFC 8601 2.2 writes it.
std::string written(const AuthResults& results) {
  std::string out = "reader.example";
  for (const RecordedMethod& method : results.methods) {
    out += "; " + method.method + '=' + method.result;
    if (method.reason) out += " reason=" + report::for_pvalue(*method.reason);
    for (const auto& [name, value] : method.properties) {
      out += ' ' + name + '=' + report::for_pvalue(value);
    }
  }
  return out;
}

bool is_name(std::string_view text) {
  return !text.empty() && text::is_alpha(text.front()) &&
         std::ranges::all_of(text, [](char c) { return text::is_alnum(c) || c == '-'; });
}

// What is well-formed by the RFC, and so must come back.
bool can_be_written(const AuthResults& results) {
  return std::ranges::all_of(results.methods, [](const RecordedMethod& method) {
    return is_name(method.method) && is_name(method.result) &&
           std::ranges::all_of(method.properties, [](const auto& property) {
             const auto dot = property.first.find('.');
             return dot != std::string::npos && is_name(property.first.substr(0, dot)) &&
                    is_name(property.first.substr(dot + 1)) &&
                    std::ranges::all_of(property.second,
                                        [](char c) { return c > ' ' && c <= '~'; });
           });
  });
}

void run(std::string_view input) {
  const AuthResults results = parse_auth_results(input);
  check_bounds(results);
  check_bounds(parse_received_spf(input));
  if (results.methods.empty() || !can_be_written(results)) return;
  const AuthResults again = parse_auth_results(written(results));
  expect(again.authserv_id == "reader.example", "the authserv-id comes back");
  expect(again.methods.size() == results.methods.size(), "all methods come back");
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    expect(again.methods[i].method == results.methods[i].method, "a method comes back");
    expect(again.methods[i].result == results.methods[i].result, "a result comes back");
    expect(again.methods[i].properties == results.methods[i].properties, "properties come back");
  }
}

const Registration registration({"results", run, [] {
                                   return field_bodies(
                                       {"Authentication-Results", "ARC-Authentication-Results",
                                        "Authentication-Results-Original", "Received-SPF"});
                                 }});

}  // namespace
}  // namespace emltrace::fuzz
