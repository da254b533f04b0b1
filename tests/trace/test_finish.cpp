// The last steps from what was found to a report.

#include "support/catch.hpp"
#include "trace/finish.hpp"

using namespace emltrace;
using namespace emltrace::trace;

TEST_CASE("what one finding carries is bounded, and what was cut is said") {
  const std::string long_text(kMaxFindingMessage + 500, 'x');
  Evidence many;
  for (std::size_t i = 0; i < kMaxFindingValues + 7; ++i) many.emplace_back("v", "1");
  std::vector<Finding> findings{
      make_finding({"unparsed-received", long_text}, {{"unread", std::string(9'000, 'y')}}),
      make_finding({"dns-failed", "short"}, many)};
  bound_findings(findings);
  CHECK(findings[0].message == std::string(1'000, 'x') + "… (1500 bytes in all)");
  CHECK(findings[0].evidence[0].second == std::string(2'000, 'y') + "… (9000 bytes in all)");
  CHECK(findings[1].message == "short");
  REQUIRE(findings[1].evidence.size() == 101);
  CHECK(findings[1].evidence.back() ==
        std::pair<std::string, std::string>("more", "107 values in all"));
}

TEST_CASE("what is at the bound is whole, and no letter is cut in two") {
  Evidence full(kMaxFindingValues, {"v", std::string(kMaxFindingValue, 'z')});
  std::vector<Finding> findings{
      make_finding({"dns-failed", std::string(kMaxFindingMessage, 'x')}, full),
      make_finding({"dns-failed", std::string(kMaxFindingMessage - 1, 'x') + "é"})};
  const auto whole = findings[0];
  bound_findings(findings);
  CHECK(findings[0].message == whole.message);
  CHECK(findings[0].evidence == whole.evidence);
  CHECK(findings[1].message == std::string(999, 'x') + "… (1001 bytes in all)");
}
