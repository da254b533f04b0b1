#include "base/date.hpp"

#include <string>

#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

void run(std::string_view input) {
  if (const auto instant = parse_instant(input)) {
    expect(parse_instant(format_rfc3339(*instant)) == instant, "an instant is read back");
  }
  const auto date = parse_date(input);
  if (!date) return;
  expect(date->instant <= kLastInstant, "an instant can be written by RFC 3339");
  const auto again = parse_date(format_rfc3339(date->instant));
  expect(again && again->instant == date->instant, "a date that is written again is the same");
  const auto padded = parse_date(" " + std::string(input) + " ");
  expect(padded && padded->instant == date->instant, "white space around a date means nothing");
  if (date->offset_minutes && !date->defects.zone_impossible) {
    expect(*date->offset_minutes >= -12 * 60 && *date->offset_minutes <= 14 * 60,
           "an offset that is possible is on the earth");
  }
}

Inputs seeds() {
  Inputs out = field_bodies({"Date"});
  for (const std::string& body : field_bodies({"Received"})) {
    if (const auto semicolon = body.rfind(';'); semicolon != std::string::npos) {
      out.push_back(body.substr(semicolon + 1));
    }
  }
  return out;
}

const Registration registration({"date", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
