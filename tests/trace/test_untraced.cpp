// What is said of parts that hold messages which this run does not trace.

#include "support/catch.hpp"
#include "trace/untraced_findings.hpp"

using namespace emltrace;
using Why = intake::Untraced::Why;

namespace {

std::string said(const std::vector<intake::Untraced>& parts) {
  const auto findings = trace::untraced_findings(parts);
  REQUIRE(findings.size() == 1);
  return std::string(findings.front().code.text()) + ": " + findings.front().message;
}

}  // namespace

TEST_CASE("a part that is not traced is named with its reason, and nothing is said of none") {
  CHECK(trace::untraced_findings({}).empty());
  CHECK(said({{"2", Why::not_asked}}) ==
        "message-attached: Part 2 holds a message that was not traced: --attached all traces it "
        "too.");
  CHECK(said({{"2", Why::in_text}}) ==
        "message-attached: Part 2 is a text in which a mail header stands that was not traced: "
        "--attached all traces it too.");
  CHECK(said({{"2", Why::tnef}}) ==
        "part-unread: Part 2 is a TNEF container (winmail.dat), which is not read: what it holds "
        "is not known.");
  CHECK(said({{"2", Why::unreadable}}) ==
        "part-unread: Part 2 is said to be a message, but none can be read from it.");
  CHECK(said({{"2", Why::too_deep}}) ==
        "part-unread: Part 2 holds a message deeper inside messages than is looked: it was not "
        "traced.");
  CHECK(said({{"2", Why::too_many}}) ==
        "part-unread: Part 2 holds a message behind the first ones, up to the limit: it was not "
        "traced.");
}

TEST_CASE("several parts of one reason are one finding") {
  CHECK(said({{"2", Why::not_asked}, {"3.1", Why::not_asked}}) ==
        "message-attached: Parts 2, 3.1 hold messages that were not traced: --attached all traces "
        "them too.");
  CHECK(said({{"2", Why::in_text}, {"3", Why::in_text}}) ==
        "message-attached: Parts 2, 3 are texts in which mail headers stand that were not traced: "
        "--attached all traces them too.");
  CHECK(said({{"2", Why::tnef}, {"3", Why::tnef}}) ==
        "part-unread: Parts 2, 3 are TNEF containers (winmail.dat), which are not read: what they "
        "hold is not known.");
  CHECK(said({{"2", Why::unreadable}, {"3", Why::unreadable}}) ==
        "part-unread: Parts 2, 3 are said to be messages, but none can be read from them.");
  CHECK(said({{"2", Why::too_deep}, {"3", Why::too_deep}}) ==
        "part-unread: Parts 2, 3 hold messages deeper inside messages than is looked: they were "
        "not traced.");
  CHECK(said({{"2", Why::too_many}, {"3", Why::too_many}}) ==
        "part-unread: Parts 2, 3 hold messages behind the first ones, up to the limit: they were "
        "not traced.");
}

TEST_CASE("ten parts of one reason are named, and the others are counted") {
  std::vector<intake::Untraced> parts;
  for (int i = 1; i <= 10; ++i) parts.push_back({std::to_string(i), Why::tnef});
  CHECK(said(parts).starts_with("part-unread: Parts 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 are TNEF"));
  parts.push_back({"11", Why::tnef});
  parts.push_back({"12", Why::tnef});
  const auto findings = trace::untraced_findings(parts);
  CHECK(findings.front().message.starts_with(
      "Parts 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more are TNEF containers"));
  CHECK(findings.front().evidence.front().second == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more");
}

TEST_CASE("reasons are told in one order, whatever the order of the parts") {
  const auto findings = trace::untraced_findings(
      std::vector<intake::Untraced>{{"1", Why::too_many}, {"2", Why::tnef}, {"3", Why::not_asked}});
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].message.starts_with("Part 3 "));
  CHECK(findings[1].message.starts_with("Part 2 "));
  CHECK(findings[2].message.starts_with("Part 1 "));
}
