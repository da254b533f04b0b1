#include "message/received/hop.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

constexpr std::string_view kUpper =
    "from b.example ([192.0.2.2]) by a.example with SMTP; Fri, 28 Jun 2024 11:15:24 +0000";
constexpr std::string_view kLower =
    "from c.example ([192.0.2.3]) by b.example with SMTP; Fri, 28 Jun 2024 11:15:22 +0000";

HopList hops_of(const std::string& header) {
  return read_hops(Message::parse(header + "\r\n"));
}

}  // namespace

TEST_CASE("hops run from the oldest line to the newest and know their line") {
  const HopList list =
      hops_of("Received: " + std::string(kUpper) + "\r\nReceived: " + std::string(kLower) + "\r\n");
  REQUIRE(list.hops.size() == 2);
  CHECK(list.hops[0].number == 1);
  CHECK(list.hops[0].line == 2);
  CHECK(list.hops[0].received.by.host == "b.example");
  CHECK_FALSE(list.hops[0].joined);
  CHECK(list.hops[1].number == 2);
  CHECK(list.hops[1].line == 1);
  CHECK(list.hops[1].received.by.host == "a.example");
  CHECK_FALSE(list.hops[1].joined);
}

TEST_CASE("each of several lines that were joined into one field is a hop of its own") {
  for (const char* between : {" ", ", ", " Received: ", "\r\n\t"}) {
    CAPTURE(between);
    const HopList list =
        hops_of("Received: " + std::string(kUpper) + between + std::string(kLower) + "\r\n");
    REQUIRE(list.hops.size() == 2);
    CHECK(list.hops[1].raw == kUpper);
    CHECK(list.hops[1].received.from.helo == "b.example");
    CHECK(list.hops[1].received.by.host == "a.example");
    CHECK(list.hops[0].raw == kLower);
    CHECK(list.hops[0].received.from.helo == "c.example");
    CHECK(list.hops[0].received.by.host == "b.example");
    for (const Hop& hop : list.hops) {
      CHECK(hop.joined);
      CHECK(hop.line == 1);
      CHECK(hop.offset == 0);
      CHECK_FALSE(hop.received.unread);
    }
  }
}

TEST_CASE("no more hops than the cap are read, from the newest on, joined or not") {
  std::string joined = "Received: " + std::string(kUpper);
  for (std::size_t i = 1; i <= kMaxHops; ++i) joined += " " + std::string(kLower);
  const HopList list = hops_of(joined + "\r\n");
  CHECK(list.hops.size() == kMaxHops);
  CHECK(list.truncated);
  CHECK(list.hops.back().received.by.host == "a.example");
}
