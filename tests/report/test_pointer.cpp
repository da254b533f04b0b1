#include "report/json/pointer.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"

using namespace emltrace;
using report::is_json_pointer;

namespace {

std::string at(std::vector<std::string> pointers,
               const trace::Report& report = test::sample_report()) {
  return report::values_line(report, pointers);
}

}  // namespace

TEST_CASE("RFC 6901 3: a pointer is empty or begins with /, and behind ~ stands 0 or 1") {
  for (const char* text : {"", "/", "/a", "/a/0/b", "/~0", "/~1a~0", "//", "/a b"}) {
    CAPTURE(text);
    CHECK(is_json_pointer(text));
  }
  for (const char* text : {"a", "#/a", "/~", "/~2", "/a~", "/~0~"}) {
    CAPTURE(text);
    CHECK_FALSE(is_json_pointer(text));
  }
}

TEST_CASE("values stand bare, what is null or not there is empty") {
  CHECK(at({"/origin/ip"}) == "202.99.11.120\n");
  CHECK(at({"/hops/1/delay_s"}) == "-7500\n");
  CHECK(at({"/hops/1/dns/forward_confirmed"}) == "true\n");
  CHECK(at({"/hops/0/tls"}) == "\n");
  CHECK(at({"/no/such"}) == "\n");
  CHECK(at({"/hops/9"}) == "\n");
  CHECK(at({"/hops/01/number"}) == "\n");
  CHECK(at({"/hops/-"}) == "\n");
  CHECK(at({"/hops/x"}) == "\n");
  CHECK(at({"/origin/ip/0"}) == "\n");
}

TEST_CASE("several are parted by tabs, empty ones too") {
  CHECK(at({"/origin/ip", "/origin/hop"}) == "202.99.11.120\t2\n");
  CHECK(at({"/no", "/no", "/verdict/level"}) == "\t\tforged\n");
  CHECK(at({"/no", "/no"}) == "\t\n");
}

TEST_CASE("objects and arrays are JSON on one line, as the report writes it") {
  CHECK(at({"/hops/1/findings"}) == "[\"helo-rdns-mismatch\",\"clock-token-mismatch\"]\n");
  CHECK(at({"/hops/1/by"}) ==
        "{\"host\":\"mail.alpha.com.cn\",\"ip\":null,\"software\":\"8.8.5\"}\n");
  CHECK(at({"/headers/from/0"}) ==
        "{\"display\":\"Lemon\\u202egrass\",\"address\":\"another@mail.lemongrass.org\","
        "\"domain\":\"mail.lemongrass.org\"}\n");
  CHECK(at({"/dkim2/fields"}).find('\n') == at({"/dkim2/fields"}).size() - 1);
}

TEST_CASE("no text holds a tab, a line end or what a terminal obeys") {
  auto report = test::sample_report();
  report.headers.subject =
      "a\tb\r\nc\x1b[2J\xe2\x80\xae"
      "d\\";
  CHECK(at({"/headers/subject"}, report) == "a\\x09b\\x0d\\x0ac\\x1b[2J\\u202ed\\\n");
}

TEST_CASE("~1 is a slash and ~0 a tilde in a name") {
  auto report = test::sample_report();
  report.findings[0].evidence = {{"a/b", "slash"}, {"c~d", "tilde"}, {"~1", "both"}};
  CHECK(at({"/findings/0/evidence/a~1b", "/findings/0/evidence/c~0d", "/findings/0/evidence/~01"},
           report) == "slash\ttilde\tboth\n");
}
