#include "message/received/joined.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "base/text.hpp"
#include "message/received/comment.hpp"
#include "message/received/lexer.hpp"

// RFC 5321 4.4:  Time-stamp-line = "Received:" FWS Stamp <CRLF>
//                Stamp           = From-domain By-domain Opt-info [CFWS] ";" FWS date-time

namespace emltrace::received {
namespace {

// Enough for a date with its comments, and a bound for what attackers write.
constexpr std::size_t kMaxDateTokens = 16;
constexpr std::size_t kMaxDateBytes = 400;
constexpr std::string_view kFieldName = "Received:";

struct Ends {
  std::size_t by = 0;         // the last word `by`
  std::size_t semicolon = 0;  // the last semicolon
};

// What follows must be a line of its own, not a word of this one: `; DATE for <ann@example.org>`.
bool begins_line(const std::vector<Token>& tokens, std::size_t at, const Ends& ends) {
  const Token& token = tokens[at];
  if (is_word(token, "from")) {
    return ends.by > at;
  }
  if (is_word(token, "by")) {
    return ends.semicolon > at;
  }
  return token.kind == Kind::comment && (ends.by > at || ends.semicolon > at) &&
         (text::istarts_with(token.inner, "from ") || text::istarts_with(token.inner, "qmail "));
}

// Behind a date stands the name of its zone, or what a server adds there. All else belongs to what
// follows: a client that writes a line into its HELO does not part it from `(name [address]) by …`.
bool belongs_to_date(const Token& token) {
  Received ignored;
  return token.kind != Kind::comment ||
         token.inner.find_first_of(".@[]=/") == std::string_view::npos ||
         read_common_comment(ignored, token.inner);
}

bool is_date(const std::vector<Token>& tokens, std::size_t first, std::size_t last) {
  const auto at = [&](std::size_t i) { return tokens.begin() + static_cast<std::ptrdiff_t>(i); };
  if (first >= last || !std::all_of(at(first), at(last), belongs_to_date)) {
    return false;
  }
  const char* begin = tokens[first].text.data();
  const std::string_view end = tokens[last - 1].text;
  std::string_view text(begin, static_cast<std::size_t>(end.data() + end.size() - begin));
  text = text.substr(0, text.find_last_not_of(',') + 1);
  return text.size() <= kMaxDateBytes && parse_date(text).has_value();
}

// The line that begins behind the date at `first`; 0 where none does.
std::size_t next_line(const std::vector<Token>& tokens, std::size_t first, const Ends& ends) {
  const std::size_t last = std::min(tokens.size(), first + kMaxDateTokens);
  for (std::size_t at = first + 1; at < last; ++at) {
    if (tokens[at].kind == Kind::semicolon) {
      return 0;
    }
    if (!begins_line(tokens, at, ends)) {
      continue;
    }
    const std::size_t date_end = is_word(tokens[at - 1], kFieldName) ? at - 1 : at;
    return is_date(tokens, first, date_end) ? at : 0;
  }
  return 0;
}

// Where the lines begin, as indexes of tokens.
std::vector<std::size_t> line_starts(const std::vector<Token>& tokens) {
  Ends ends;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    ends.by = is_word(tokens[at], "by") ? at : ends.by;
    ends.semicolon = tokens[at].kind == Kind::semicolon ? at : ends.semicolon;
  }
  std::vector<std::size_t> starts = {0};
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const bool date = tokens[at].kind == Kind::semicolon;
    if (const std::size_t start = date ? next_line(tokens, at + 1, ends) : 0) {
      starts.push_back(start);
    }
  }
  return starts;
}

std::string_view without_separator(std::string_view line) {
  line = text::trim(line);
  if (text::iends_with(line, kFieldName)) {
    line = text::trim(line.substr(0, line.size() - kFieldName.size()));
  }
  return line.substr(0, line.find_last_not_of(", ") + 1);
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  // Behind the first semicolon nearly all fields hold a date alone.
  const std::size_t date = std::min(text.find(';'), text.size());
  const bool more = text::ifind(text, "by ", date) != std::string_view::npos ||
                    text::ifind(text, "(qmail ", date) != std::string_view::npos;
  if (!more) {
    return {text};
  }
  const auto tokens = lex(text);
  std::vector<std::string_view> lines;
  std::size_t last = text.size();
  const auto starts = line_starts(tokens);
  for (std::size_t i = starts.size(); i-- > 0;) {
    const auto first =
        i == 0 ? 0 : static_cast<std::size_t>(tokens[starts[i]].text.data() - text.data());
    lines.push_back(without_separator(text.substr(first, last - first)));
    last = first;
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

}  // namespace emltrace::received
