#include "message/received/clauses.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/address.hpp"
#include "message/received/by.hpp"
#include "message/received/comment.hpp"
#include "message/received/cut.hpp"
#include "message/received/from.hpp"
#include "message/received/redaction.hpp"
#include "message/received/stamp.hpp"

namespace emltrace::received {
namespace {

// The words before the first comment, or those after it where it opens the clause.
std::optional<std::string> read_words(Draft& draft, Clause clause) {
  const Region region = draft.region(clause);
  std::size_t begin = region.first;
  while (begin < region.last && draft.tokens[begin].kind == Kind::comment) {
    ++begin;
  }
  std::size_t end = begin;
  while (end < region.last && draft.tokens[end].kind != Kind::comment) {
    ++end;
  }
  draft.take(begin, end);
  const std::string_view words = draft.slice(begin, end);
  return words.empty() ? std::nullopt : std::optional<std::string>(words);
}

void read_with(Draft& draft) {
  draft.out.with = read_words(draft, Clause::with);
  if (draft.out.with) {
    apply_keyword(draft.out, *draft.out.with);
  }
  read_comments(draft, draft.region(Clause::with), true);
}

void read_id(Draft& draft) {
  const Region region = draft.region(Clause::id);
  if (region.empty()) {
    return;
  }
  const std::size_t begin = draft.value_begin(region);
  const Token& token = draft.tokens[begin];
  if (token.kind == Kind::angle) {
    draft.out.id = std::string(token.inner);
    draft.taken[begin] = true;
  } else if (token.kind != Kind::comment) {
    const std::size_t end = draft.glued_end(begin, region.last);
    draft.out.id = std::string(draft.slice(begin, end));
    draft.take(begin, end);
  }
  read_comments(draft, region, false);
}

std::optional<std::string> read_mailbox(Draft& draft, Clause clause) {
  const Region region = draft.region(clause);
  const std::size_t begin = draft.value_begin(region);
  if (region.empty() || draft.tokens[begin].kind == Kind::comment) {
    return std::nullopt;
  }
  const std::size_t end =
      draft.tokens[begin].kind == Kind::angle ? begin + 1 : draft.glued_end(begin, region.last);
  const std::string_view text = draft.slice(begin, end);
  draft.take(begin, end);
  auto path = parse_path(text);
  return path ? path : std::optional<std::string>(text);
}

constexpr std::array<std::string_view, 5> kNobody = {"undisclosed", "unlisted-recip",
                                                     "multiple-recip", "unspecified-recip",
                                                     "recipients-suppressed"};

// `<undisclosed-recipients:;>`, `<multiple recipients>`, `recipient list not shown:`, `<REDACTED>`:
// words of a program that names nobody.
bool is_nobody(std::string_view text) {
  const std::string_view first = text.substr(0, text.find(' '));
  if (first.find('@') != std::string_view::npos || first.starts_with('"')) {
    return false;
  }
  return first.size() < text.size() || first.find(':') != std::string_view::npos ||
         is_blacked_out_literal(first) ||
         std::any_of(kNobody.begin(), kNobody.end(),
                     [&](std::string_view word) { return text::istarts_with(first, word); });
}

// For = CFWS "FOR" FWS ( Path / Mailbox )
void read_recipient(Draft& draft) {
  const Region region = draft.region(Clause::for_);
  const std::size_t begin = draft.value_begin(region);
  std::size_t end = begin;
  while (end < region.last && draft.tokens[end].kind != Kind::comment) {
    ++end;
  }
  const bool path = begin < end && draft.tokens[begin].kind == Kind::angle;
  if (begin < end && is_nobody(path ? draft.tokens[begin].inner : draft.slice(begin, end))) {
    draft.take(begin, path ? begin + 1 : end);
  } else {
    draft.out.for_ = read_mailbox(draft, Clause::for_);
  }
  read_comments(draft, region, false);
}

}  // namespace

void read_clauses(Draft& draft) {
  read_stamp(draft);
  cut_clauses(draft);
  read_from(draft);
  read_by(draft);
  if (auto link = read_words(draft, Clause::via)) {
    draft.out.via = std::move(link);
  }
  read_comments(draft, draft.region(Clause::via), false);
  read_with(draft);
  read_id(draft);
  read_recipient(draft);
  if (const auto sender = read_mailbox(draft, Clause::envelope_from)) {
    draft.out.envelope_from = sender;
  }
  read_comments(draft, draft.region(Clause::envelope_from), false);
  if (const Region tls = draft.region(Clause::tls); !tls.empty()) {
    if (!draft.out.tls) {
      draft.out.tls.emplace();
    }
    draft.out.tls->cipher = std::string(draft.tokens[tls.first].text);
    draft.taken[tls.first] = true;
    read_comments(draft, tls, true);
  }
}

}  // namespace emltrace::received
