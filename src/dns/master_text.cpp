#include "dns/master_text.hpp"

#include <algorithm>

#include "base/lines.hpp"
#include "base/text.hpp"

namespace emltrace::dns::wire {
namespace {

/// The run of characters up to the next white space from `at` on, which moves behind it.
std::string_view next_token(std::string_view line, std::size_t& at) {
  while (at < line.size() && text::is_wsp(line[at])) ++at;
  const std::size_t begin = at;
  while (at < line.size() && !text::is_space(line[at])) ++at;
  return line.substr(begin, at - begin);
}

/// `300`, `1h30m`.
bool is_ttl(std::string_view token) {
  return !token.empty() && text::is_digit(token.front()) &&
         std::all_of(token.begin(), token.end(), text::is_alnum);
}

//   <domain-name> [<TTL>] [<class>] <type> <RDATA>   |   <blank> …
//   <domain-name> [<class>] [<TTL>] <type> <RDATA>   |   <blank> …            (RFC 1035 5.1)
std::string swap_class_and_ttl(std::string_view line) {
  std::size_t at = 0;
  if (!line.empty() && !text::is_wsp(line.front())) next_token(line, at);
  const std::string_view first = next_token(line, at);
  const std::size_t first_at = at - first.size();
  const std::string_view second = next_token(line, at);
  if (!text::iequals(first, "IN") || !is_ttl(second)) return std::string(line);
  const std::size_t second_at = at - second.size();
  const std::string_view gap =
      line.substr(first_at + first.size(), second_at - first_at - first.size());
  std::string swapped(line.substr(0, first_at));
  swapped += second;
  swapped += gap;
  swapped += first;
  swapped += line.substr(at);
  return swapped;
}

/// Follows parentheses and quotes from line to line.
class Nesting {
 public:
  [[nodiscard]] bool at_start() const { return depth_ == 0 && !quoted_; }
  void read(std::string_view line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        quoted_ = !quoted_;
      } else if (!quoted_ && c == ';') {
        return;
      } else if (!quoted_ && c == '(') {
        ++depth_;
      } else if (!quoted_ && c == ')' && depth_ > 0) {
        --depth_;
      }
    }
  }

 private:
  int depth_ = 0;
  bool quoted_ = false;
};

}  // namespace

std::string ttl_before_class(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  Nesting nesting;
  for (const text::Line& line : text::Lines(text)) {
    out += nesting.at_start() ? swap_class_and_ttl(line.raw) : std::string(line.raw);
    nesting.read(line.raw);
  }
  return out;
}

}  // namespace emltrace::dns::wire
