#include "trace/route/client_date.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/date.hpp"
#include "base/text.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kShortest = 14;  // `2 Jan 99 10:00`
constexpr std::size_t kLongest = 80;

// Where the client's part ends: in front of the word `by`.
std::string_view client_part(std::string_view received) {
  std::size_t at = 0;
  while ((at = text::ifind(received, "by", at)) != std::string_view::npos) {
    const bool begins = at > 0 && (text::is_space(received[at - 1]) || received[at - 1] == ')');
    const bool ends = at + 2 < received.size() && text::is_space(received[at + 2]);
    if (begins && ends) return received.substr(0, at);
    at += 2;
  }
  return {};
}

bool is_date(std::string_view text) {
  if (text.size() < kShortest || text.size() > kLongest) return false;
  return text.find(':') != std::string_view::npos && text.find(' ') != std::string_view::npos &&
         parse_date(text).has_value();
}

}  // namespace

std::string_view client_date(std::string_view received) {
  const std::string_view field = text::trim(received);
  if (!text::istarts_with(field, "from")) return {};
  const std::string_view client = client_part(field);
  for (std::size_t open = client.find_first_of("[("); open != std::string_view::npos;
       open = client.find_first_of("[(", open + 1)) {
    const std::string_view inner = text::trim(client.substr(
        open + 1, std::min(client.find_first_of("[()]", open + 1), client.size()) - open - 1));
    if (is_date(inner)) return inner;
  }
  return {};
}

}  // namespace emltrace::trace
