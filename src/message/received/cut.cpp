#include "message/received/cut.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "message/received/tcp_info.hpp"

// RFC 5321 4.4:
//   Time-stamp-line = "Received:" FWS Stamp <CRLF>
//   Stamp           = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
//   From-domain     = "FROM" FWS Extended-Domain
//   By-domain       = CFWS "BY" FWS Extended-Domain
//   Opt-info        = [Via] [With] [ID] [For] [Additional-Registered-Clauses]
//   Via             = CFWS "VIA" FWS Link
//   With            = CFWS "WITH" FWS Protocol
//   ID              = CFWS "ID" FWS ( Atom / msg-id )
//   For             = CFWS "FOR" FWS ( Path / Mailbox )
//   Additional-Registered-Clauses = 1* (CFWS Atom FWS String)

namespace emltrace::received {
namespace {

struct Keyword {
  std::string_view word;
  Clause clause;
};
constexpr std::array<Keyword, 10> kKeywords = {{
    {"from", Clause::from},
    {"by", Clause::by},
    {"via", Clause::via},
    {"with", Clause::with},
    {"whith", Clause::with},  // as one provider spells it
    {"id", Clause::id},
    {"for", Clause::for_},
    {"tls", Clause::tls},
    {"envelope-from", Clause::envelope_from},
    {"envelope-sender", Clause::envelope_from},
}};

// `from <ann@example.org>` behind other clauses names the sender, not the client.
bool is_sender(const Draft& draft, std::size_t at) {
  if (!is_word(draft.tokens[at], "from") || at == draft.region(Clause::lead).last ||
      at + 1 >= draft.body_end || draft.tokens[at + 1].kind != Kind::angle) {
    return false;
  }
  const std::string_view path = draft.tokens[at + 1].inner;
  return path.empty() || path.find('@') != std::string_view::npos;
}

// `with MailboxResubmission by AntispamTT`: who asked for it, not who wrote the line.
bool is_asked_by(const Draft& draft, std::size_t at) {
  return at >= 2 && is_word(draft.tokens[at], "by") &&
         is_word(draft.tokens[at - 1], "MailboxResubmission") &&
         is_word(draft.tokens[at - 2], "with");
}

std::optional<Clause> keyword_at(const Draft& draft, std::size_t at) {
  if (draft.tokens[at].kind != Kind::word || is_asked_by(draft, at)) {
    return std::nullopt;
  }
  if (is_sender(draft, at)) {
    return Clause::envelope_from;
  }
  // `with ESMTP with STARTTLS`, `over TLS secured channel`: no clauses of their own.
  if (is_word(draft.tokens[at], "with") && at + 1 < draft.body_end &&
      is_word(draft.tokens[at + 1], "STARTTLS")) {
    return std::nullopt;
  }
  if (is_word(draft.tokens[at], "tls") && at > 0 && is_word(draft.tokens[at - 1], "over")) {
    return std::nullopt;
  }
  for (const Keyword& keyword : kKeywords) {
    if (text::iequals(draft.tokens[at].text, keyword.word)) {
      return keyword.clause;
    }
  }
  return std::nullopt;
}

bool is_by(const Draft& draft, std::size_t at) {
  return is_word(draft.tokens[at], "by") && !is_asked_by(draft, at) &&
         !(at + 1 < draft.body_end && is_word(draft.tokens[at + 1], "uid"));
}

// One past the last comment before token `last` that tells an address; `first` where there is none.
std::size_t server_group_end(const Draft& draft, std::size_t first, std::size_t last) {
  for (std::size_t end = last; end > first; --end) {
    const Token& token = draft.tokens[end - 1];
    if (token.kind != Kind::comment) {
      continue;
    }
    const auto info = read_tcp_info(token.inner);
    if (info && info->has_address()) {
      return end;
    }
  }
  return first;
}

// Where the from clause ends. The client writes its HELO before what the server adds, so words of
// other clauses do not end it while a group of the server's own shape or another `by` follows.
std::size_t from_end(const Draft& draft, std::size_t first) {
  const std::size_t end = draft.body_end;
  std::size_t last_by = end;
  std::size_t by_count = 0;
  for (std::size_t at = first + 1; at < end; ++at) {
    if (is_by(draft, at)) {
      last_by = at;
      ++by_count;
    }
  }
  if (by_count > 1) {
    return last_by;
  }
  const auto keyword_from = [&](std::size_t at) {
    while (at < end && !keyword_at(draft, at)) {
      ++at;
    }
    return at;
  };
  const std::size_t keyword = keyword_from(first + 1);
  if (by_count == 0 || keyword >= last_by) {
    return keyword;
  }
  return keyword_from(std::max(first + 1, server_group_end(draft, first, last_by)));
}

}  // namespace

void cut_clauses(Draft& draft) {
  const std::size_t end = draft.body_end;
  std::size_t at = 0;
  while (at < end && draft.tokens[at].kind == Kind::comment) {
    ++at;
  }
  draft.region(Clause::lead) = {0, at};
  if (at + 1 < end && is_word(draft.tokens[at], "from")) {
    draft.taken[at] = true;
    const bool empty = is_by(draft, at + 1) && at + 2 < end &&
                       draft.tokens[at + 2].kind == Kind::word && !is_by(draft, at + 2);
    const std::size_t first = at + 1;
    at = empty ? first : from_end(draft, first);
    draft.region(Clause::from) = {first, at};
  }
  while (at < end) {
    const auto clause = keyword_at(draft, at);
    if (!clause || !draft.region(*clause).empty()) {
      draft.taken[at] = draft.taken[at] || draft.tokens[at].kind == Kind::semicolon;
      ++at;
      continue;
    }
    const std::size_t first = at + 1;
    std::size_t last = first;
    while (last < end && !keyword_at(draft, last) && draft.tokens[last].kind != Kind::semicolon) {
      ++last;
    }
    draft.taken[at] = true;
    draft.region(*clause) = {first, last};
    at = last;
  }
}

}  // namespace emltrace::received
