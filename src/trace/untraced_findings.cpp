#include "trace/untraced_findings.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

namespace emltrace::trace {
namespace {

using Why = intake::Untraced::Why;

constexpr std::size_t kMostNamed = 10;

struct Row {
  Why why;
  Code code;
  std::string_view one;  ///< what is said of one part, behind its number
  std::string_view several;
};

constexpr std::array kRows = std::to_array<Row>({
    {Why::not_asked, "message-attached",
     "holds a message that was not traced: --attached all traces it too.",
     "hold messages that were not traced: --attached all traces them too."},
    {Why::in_text, "message-attached",
     "is a text in which a mail header stands that was not traced: --attached all traces it too.",
     "are texts in which mail headers stand that were not traced: --attached all traces them too."},
    {Why::tnef, "part-unread",
     "is a TNEF container (winmail.dat), which is not read: what it holds is not known.",
     "are TNEF containers (winmail.dat), which are not read: what they hold is not known."},
    {Why::unreadable, "part-unread", "is said to be a message, but none can be read from it.",
     "are said to be messages, but none can be read from them."},
    {Why::too_deep, "part-unread",
     "holds a message deeper inside messages than is looked: it was not traced.",
     "hold messages deeper inside messages than is looked: they were not traced."},
    {Why::too_many, "part-unread",
     "holds a message behind the first ones, up to the limit: it was not traced.",
     "hold messages behind the first ones, up to the limit: they were not traced."},
});

}  // namespace

std::vector<Finding> untraced_findings(std::span<const intake::Untraced> parts) {
  std::vector<Finding> out;
  for (const Row& row : kRows) {
    std::string list;
    std::size_t count = 0;
    for (const intake::Untraced& part : parts) {
      if (part.why != row.why || ++count > kMostNamed) continue;
      list += (list.empty() ? "" : ", ") + part.part;
    }
    if (count == 0) continue;
    if (count > kMostNamed) list += fmt::format(" and {} more", count - kMostNamed);
    out.push_back(make_finding(row.code,
                               fmt::format("Part{} {} {}", count == 1 ? "" : "s", list,
                                           count == 1 ? row.one : row.several),
                               {{"parts", list}}));
  }
  return out;
}

}  // namespace emltrace::trace
