#include "dns/master_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

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

/// The length of the escape or plain octet at `at`: `\DDD`, `\X`, `X` (RFC 1035 5.1).
std::size_t octet_length(std::string_view name, std::size_t at) {
  if (name[at] != '\\') return 1;
  return at + 1 < name.size() && text::is_digit(name[at + 1]) ? 4 : 2;
}

bool has_impossible_length(std::string_view name) {
  constexpr std::size_t kMaxLabel = 63;  // RFC 1035 2.3.4
  constexpr std::size_t kMaxName = 255;
  if (name == ".") return false;
  std::size_t label = 0;
  std::size_t whole = 1;  // the root label
  for (std::size_t at = 0; at < name.size(); at += octet_length(name, at)) {
    if (name[at] == '.' && label == 0) return true;
    label = name[at] == '.' ? 0 : label + 1;
    if (++whole > kMaxName || label > kMaxLabel) return true;
  }
  return false;
}

/// Types whose data ends in a name.
bool names_target(std::string_view type) {
  constexpr std::array<std::string_view, 5> kTypes = {"CNAME", "DNAME", "MX", "NS", "PTR"};
  return std::ranges::any_of(kTypes, [&](auto known) { return text::iequals(known, type); });
}

}  // namespace

MasterText::MasterText(std::string_view text)
    : text_(ttl_before_class(text::without_byte_order_mark(text))) {
  lines_ = text::split(text_, '\n');
}

std::optional<int> MasterText::nul_line() const {
  const auto nul = text_.find('\0');
  if (nul == std::string::npos) return std::nullopt;
  const auto end = text_.begin() + static_cast<std::ptrdiff_t>(nul);
  return static_cast<int>(std::count(text_.begin(), end, '\n'));
}

int MasterText::record_line(int from) const {
  for (auto at = static_cast<std::size_t>(from); at < lines_.size(); ++at) {
    const std::string_view line = text::trim(lines_[at]);
    if (!line.empty() && line.front() != ';') return static_cast<int>(at) + 1;
  }
  return static_cast<int>(lines_.size());
}

std::optional<std::string> MasterText::unread_directive(int from) const {
  const auto at = static_cast<std::size_t>(record_line(from)) - 1;
  const auto words = text::words(lines_[at].substr(0, lines_[at].find(';')));
  for (const std::string_view directive : {"$INCLUDE", "$GENERATE"}) {
    if (!words.empty() && text::iequals(words.front(), directive)) return std::string(directive);
  }
  return std::nullopt;
}

bool MasterText::names_nothing(int from, int to) const {
  const auto first = static_cast<std::size_t>(record_line(from)) - 1;
  const auto end = std::min(static_cast<std::size_t>(to), lines_.size());
  std::vector<std::string_view> words;
  for (std::size_t at = first; at < end; ++at) {
    for (auto word : text::words(lines_[at].substr(0, lines_[at].find(';')))) {
      if (word != "(" && word != ")") words.push_back(word);
    }
  }
  if (words.size() < 2) return false;
  const bool has_owner = !text::is_wsp(lines_[first].front());
  if (has_owner && has_impossible_length(words.front())) return true;
  std::size_t at = has_owner ? 1 : 0;
  while (at < words.size() && (is_ttl(words[at]) || text::iequals(words[at], "IN"))) ++at;
  return at + 1 < words.size() && names_target(words[at]) && has_impossible_length(words.back());
}

}  // namespace emltrace::dns::wire
