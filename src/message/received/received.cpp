#include "message/received/received.hpp"

#include "base/text.hpp"
#include "message/message.hpp"
#include "message/received/clauses.hpp"
#include "message/received/comment.hpp"
#include "message/received/draft.hpp"
#include "message/received/producers.hpp"

namespace emltrace {
namespace {

using received::Draft;

// No server writes more than a few hundred bytes; what is longer is only looked at so far.
constexpr std::size_t kMaxFieldBytes = std::size_t{64} << 10;

// An ellipsis stands for what somebody left out: it says nothing.
// Folds leave tabs and runs of spaces between words that are written apart by one.
std::string with_single_spaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (!text::is_space(c)) {
      out += c;
    } else if (out.empty() || out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

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
    parts.emplace_back(draft.slice(first, at));
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
  const std::string whole = with_single_spaces(unfold(body));
  const std::string_view text = without_ellipsis(whole).substr(0, kMaxFieldBytes);
  Draft draft(text);
  received::read_clauses(draft);
  received::read_from_names(draft);
  received::apply_producer(draft);
  Received& out = draft.out;
  out.is_trace = out.from.helo || out.from.rdns || out.from.ip || out.from.invalid_ip ||
                 out.by.host || out.by.ip || out.by.software || out.stamp || out.local_submission;
  collect_unread(draft, without_ellipsis(whole).substr(text.size()));
  return out;
}

}  // namespace emltrace
