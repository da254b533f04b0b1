#include "report/escape.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "base/text.hpp"
#include "fuzz/safe.hpp"
#include "fuzz/seeds.hpp"
#include "message/results/auth_results.hpp"

namespace emltrace::fuzz {
namespace {

// Text that as a whole is no UTF-8 keeps its ASCII alone.
std::string told(std::string_view input) {
  if (text::is_utf8(input)) return std::string(input);
  std::string out;
  for (const char c : input) {
    if ((c & 0x80) == 0)
      out += c;
    else
      out += "\xef\xbf\xbd";
  }
  return out;
}

void check_json(std::string_view input) {
  std::string out;
  report::append_json(out, input);
  expect_safe(out);
  const auto read = nlohmann::json::parse(out).get<std::string>();
  expect(read == told(input), "a JSON string is read back");
  expect(report::base64_twin(input).has_value() != text::is_utf8(input),
         "bytes that JSON loses have a twin");
}

// A value cannot break out of its field: one method with one property comes back.
void check_pvalue(std::string_view input) {
  const std::string value = report::for_pvalue(input);
  expect_safe(value);
  const auto again = parse_auth_results("a.example; spf=pass smtp.helo=" + value);
  expect(again.methods.size() == 1 && again.methods[0].properties.size() == 1,
         "a value is one value");
}

void run(std::string_view input) {
  const std::string shown = report::for_terminal(input);
  expect_safe(shown);
  expect(report::for_terminal(shown) == shown, "what is safe is shown as it is");
  check_json(input);
  check_pvalue(input);
}

Inputs seeds() {
  Inputs out = field_bodies({"Subject", "From", "To"});
  out.insert(out.end(), {"\x1b[31m", "\u202e\u2066\u200b\u0085", "\U000e0041", "\xff\xfe\x80"});
  return out;
}

const Registration registration({"escape", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
