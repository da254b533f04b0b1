#include <string>

#include "auth/spf/record.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

std::string written(const spf::Record& record) {
  std::string out = "v=spf1";
  for (const spf::Directive& directive : record.directives) out += ' ' + directive.term;
  if (record.redirect) out += ' ' + record.redirect->term;
  if (record.explanation) out += ' ' + record.explanation->term;
  return out;
}

void check_directive(const spf::Directive& directive, std::string_view input) {
  expect(input.find(directive.term) != std::string_view::npos, "a term stands in its record");
  expect(directive.prefix4 <= 32 && directive.prefix6 <= 128, "a prefix fits its family");
  if (!directive.network) return;
  const unsigned most = directive.network->address().is_v4() ? 32 : 128;
  expect(directive.network->prefix_length() <= most, "a network fits its family");
  // `ip6:::ffff:192.0.2.1` names an IPv4 address, whose prefix counts in its own family.
  const auto again = ip::Network::parse(directive.network->text());
  expect(again && again->text() == directive.network->text(), "a network is read back");
}

void run(std::string_view input) {
  if (!spf::is_record(input)) return;
  const auto parsed = spf::parse_record(input);
  if (const auto* error = std::get_if<spf::SyntaxError>(&parsed)) {
    expect(error->at <= input.size(), "a fault is in the record");
    expect(!error->what.empty(), "a fault is named");
    return;
  }
  const auto& record = std::get<spf::Record>(parsed);
  for (const spf::Directive& directive : record.directives) check_directive(directive, input);
  const auto again = spf::parse_record(written(record));
  const auto* same = std::get_if<spf::Record>(&again);
  expect(same != nullptr, "a record that is written again is valid");
  expect(written(*same) == written(record), "a record that is written again is the same");
}

const Registration registration({"spf_record", run, [] { return text_records("v=spf1"); }});

}  // namespace
}  // namespace emltrace::fuzz
