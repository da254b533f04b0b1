#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dns/offline.hpp"
#include "support/paths.hpp"
#include "support/table.hpp"
#include "trace/analyse.hpp"

namespace emltrace::test {

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The options of tests: the clock stands at 2026-11-01T00:00:00Z.
inline trace::Options trace_options() {
  trace::Options options;
  options.now = *parse_instant("2026-11-01T00:00:00Z");
  return options;
}

/// The report on a message with DNS answers from a master file alone.
inline trace::Report trace_message(std::string_view message, std::string_view zone,
                                   const trace::Options& options = trace_options()) {
  intake::Item item;
  item.path = "test.eml";
  item.original = message;
  item.text = message;
  trace::Analysis analysis(item, options);
  return settle_with_zone(zone, [&](dns::Client& client) { return analysis.evaluate(client); });
}

/// The report with no DNS at all: every question is refused.
inline trace::Report trace_offline(std::string_view message) {
  trace::Options options = trace_options();
  options.dns_available = false;
  intake::Item item;
  item.path = "test.eml";
  item.original = message;
  item.text = message;
  trace::Analysis analysis(item, options);
  dns::Offline offline;
  dns::Known known;
  return dns::settle(known, offline, dns::Source::Clock::now(),
                     [&](dns::Client& client) { return analysis.evaluate(client); });
}

/// The report on `samples/NAME.eml` with `samples/NAME.zone`.
inline trace::Report trace_sample(const std::string& name,
                                  const trace::Options& options = trace_options()) {
  const std::string base = test::source_dir() + "/samples/" + name;
  return trace_message(read_file(base + ".eml"), read_file(base + ".zone"), options);
}

inline const trace::Finding* find_finding(const trace::Report& report, std::string_view code) {
  for (const auto& finding : report.findings) {
    if (finding.code == code) return &finding;
  }
  return nullptr;
}

}  // namespace emltrace::test
