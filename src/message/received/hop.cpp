#include "message/received/hop.hpp"

#include <algorithm>

namespace emltrace {

HopList read_hops(const Message& message) {
  HopList list;
  for (const Field* field : message.find_all("Received")) {
    if (list.hops.size() == kMaxHops) {
      list.truncated = true;
      break;
    }
    list.hops.push_back({.number = 0,
                         .line = field->line,
                         .offset = field->offset,
                         .raw = unfold(field->body),
                         .received = parse_received(field->body)});
  }
  std::ranges::reverse(list.hops);
  int number = 0;
  for (Hop& hop : list.hops) hop.number = ++number;
  return list;
}

}  // namespace emltrace
