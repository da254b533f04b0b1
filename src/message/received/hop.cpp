#include "message/received/hop.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace {

HopList read_hops(const Message& message) {
  HopList list;
  for (const Field* field : message.find_all("Received")) {
    const auto lines = split_joined(field->body);
    for (const std::string& line : lines) {
      if (list.hops.size() == kMaxHops) {
        list.truncated = true;
        break;
      }
      const bool joined = lines.size() > 1;
      list.hops.push_back({.number = 0,
                           .line = field->line,
                           .offset = field->offset,
                           .raw = joined ? line : unfold(field->body),
                           .joined = joined,
                           .received = parse_received_line(text::trim(line))});
    }
    if (list.truncated) break;
  }
  std::ranges::reverse(list.hops);
  int number = 0;
  for (Hop& hop : list.hops) hop.number = ++number;
  return list;
}

}  // namespace emltrace
