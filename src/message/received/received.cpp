#include "message/received/received.hpp"

#include <algorithm>

#include "base/char_set.hpp"
#include "base/text.hpp"
#include "message/message.hpp"
#include "message/received/clauses.hpp"
#include "message/received/comment.hpp"
#include "message/received/draft.hpp"
#include "message/received/from.hpp"
#include "message/received/joined.hpp"
#include "message/received/producers.hpp"

namespace emltrace {
namespace {

using received::Draft;

// No server writes more than a few hundred bytes; what is longer is only looked at so far.
constexpr std::size_t kMaxFieldBytes = std::size_t{64} << 10;

// Folds leave tabs and runs of spaces between words that are written apart by one, and damaged mail
// holds NUL bytes there.
std::string with_single_spaces(std::string_view text) {
  static constexpr text::CharSet kBlanks(std::string_view(" \t\r\n\0", 5));
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = std::min(kBlanks.find_in(text, at), text.size());
    out.append(text, at, blank - at);
    at = std::min(kBlanks.find_other(text, blank), text.size());
    if (at > blank) out += ' ';
  }
  return out;
}

// An ellipsis stands for what somebody left out: it says nothing.
std::string_view without_ellipsis(std::string_view text) {
  while (text.ends_with("...") || text.ends_with("\u2026")) {
    text = text::trim(text.substr(0, text.size() - 3));
  }
  return text;
}

void collect_unread(Draft& draft, std::string_view beyond) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < draft.tokens.size();) {
    if (draft.taken[at]) {
      ++at;
      continue;
    }
    const std::size_t first = at;
    while (at < draft.tokens.size() && !draft.taken[at]) {
      ++at;
    }
    if (const std::string_view part = draft.slice(first, at);
        part.find_first_not_of(";, ") != std::string_view::npos) {
      parts.emplace_back(part);
    }
  }
  parts.insert(parts.end(), draft.extra.begin(), draft.extra.end());
  if (!beyond.empty()) {
    parts.emplace_back(beyond);
  }
  if (!parts.empty()) {
    draft.out.unread = text::join(parts, "; ");
  }
}

}  // namespace

Received parse_received(std::string_view body) {
  return parse_received_line(with_single_spaces(unfold(body)));
}

Received parse_received_line(std::string_view line) {
  const std::string_view all = without_ellipsis(line);
  const auto lines = received::lines_of(all.substr(0, kMaxFieldBytes));
  const std::string_view beyond =
      lines.size() > 1 ? all.substr(static_cast<std::size_t>(lines[1].data() - all.data()))
                       : text::trim(all.substr(lines[0].size()));
  Draft draft(lines[0]);
  received::read_clauses(draft);
  received::read_from_names(draft);
  received::apply_producer(draft);
  Received& out = draft.out;
  out.is_trace = out.from.helo || out.from.rdns || out.from.ip || out.from.invalid_ip ||
                 out.from.redacted || out.by.host || out.by.ip || out.by.software || out.stamp ||
                 out.local_submission;
  collect_unread(draft, beyond);
  return out;
}

std::vector<std::string> split_joined(std::string_view body) {
  const std::string whole = with_single_spaces(unfold(body));
  const auto views = received::lines_of(std::string_view(whole).substr(0, kMaxFieldBytes));
  std::vector<std::string> lines(views.begin(), views.end());
  lines.back() += whole.substr(std::min(whole.size(), kMaxFieldBytes));
  return lines;
}

}  // namespace emltrace
