#include <string>

#include "base/instant.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE("an instant is printed as RFC 3339 in UTC") {
  CHECK(format_rfc3339(Instant{std::chrono::seconds{0}}) == "1970-01-01T00:00:00Z");
  CHECK(format_rfc3339(Instant{std::chrono::seconds{-1}}) == "1969-12-31T23:59:59Z");
  CHECK(format_rfc3339(Instant{std::chrono::seconds{1777636800}}) == "2026-05-01T12:00:00Z");
}

TEST_CASE("the --now form is RFC 3339 or whole epoch seconds") {
  const auto at = [](std::string_view text) {
    const auto instant = parse_instant(text);
    return instant ? format_rfc3339(*instant) : std::string("null");
  };
  CHECK(at("2026-05-01T12:00:00Z") == "2026-05-01T12:00:00Z");
  CHECK(at("2026-05-01t12:00:00.5+02:00") == "2026-05-01T10:00:00Z");
  CHECK(at("2026-05-01 12:00:00-00:30") == "2026-05-01T12:30:00Z");
  CHECK(at("1777636800") == "2026-05-01T12:00:00Z");
  for (const char* text : {"", "yesterday", "2026-05-01", "2026-05-01T12:00:00", "-5", "1.5",
                           "2026-05-01T12:00:00+0200", "2026-13-01T12:00:00Z", "253402300800",
                           "Tue, 18 Mar 1997 14:39:24 -0800"}) {
    CAPTURE(text);
    CHECK(at(text) == "null");
  }
}

TEST_CASE("epoch seconds are digits alone, up to the year 9999") {
  CHECK(parse_epoch_seconds("0") == Instant{});
  CHECK(parse_epoch_seconds("253402300799") == kLastInstant);
  CHECK(format_rfc3339(kLastInstant) == "9999-12-31T23:59:59Z");
  for (const char* text : {"", "253402300800", "-1", " 1", "1.0", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_epoch_seconds(text));
  }
}
