#include "message/received/clauses.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "message/address.hpp"
#include "message/received/comment.hpp"
#include "message/received/stamp.hpp"

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
constexpr std::array<Keyword, 9> kKeywords = {{
    {"from", Clause::from},
    {"by", Clause::by},
    {"via", Clause::via},
    {"with", Clause::with},
    {"id", Clause::id},
    {"for", Clause::for_},
    {"tls", Clause::tls},
    {"envelope-from", Clause::envelope_from},
    {"envelope-sender", Clause::envelope_from},
}};

std::optional<Clause> keyword_at(const Draft& draft, std::size_t at) {
  if (draft.tokens[at].kind != Kind::word) {
    return std::nullopt;
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
  return is_word(draft.tokens[at], "by") &&
         !(at + 1 < draft.body_end && is_word(draft.tokens[at + 1], "uid"));
}

// CFWS may stand before a value: skips comments where something else follows them.
std::size_t value_begin(const Draft& draft, const Region& region) {
  std::size_t at = region.first;
  while (at < region.last && draft.tokens[at].kind == Kind::comment) {
    ++at;
  }
  return at == region.last ? region.first : at;
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
  if (by_count == 0) {
    last_by = end;
  }
  std::size_t group_end = 0;
  for (std::size_t at = first; by_count > 0 && at < last_by; ++at) {
    if (draft.tokens[at].kind != Kind::comment) {
      continue;
    }
    const auto info = read_tcp_info(draft.tokens[at].inner);
    if (info && info->has_address()) {
      group_end = at + 1;
    }
  }
  if (by_count > 1) {
    return last_by;
  }
  for (std::size_t at = std::max(first + 1, group_end); at < end; ++at) {
    if (keyword_at(draft, at)) {
      return at;
    }
  }
  return end;
}

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

// The last group that tells an address is the server's; what stands before it may be HELO.
std::size_t choose_tcp_info(Draft& draft, const Region& region) {
  std::size_t chosen = region.last;
  for (std::size_t at = region.first; at < region.last; ++at) {
    if (draft.tokens[at].kind != Kind::comment) {
      continue;
    }
    Received ignored;
    if (read_common_comment(ignored, draft.tokens[at].inner)) {
      continue;
    }
    auto info = read_tcp_info(draft.tokens[at].inner);
    if (!info) {
      continue;
    }
    const bool better = info->has_address() || !draft.from.tcp || !draft.from.tcp->has_address();
    const bool greeting = info->helo && !info->has_address() && !info->port && !info->account &&
                          !draft.from.helo_comment && draft.tokens[at].inner.size() > 4 &&
                          text::is_space(draft.tokens[at].inner[4]);
    if (greeting) {
      draft.from.helo_comment = info->helo;
      draft.taken[at] = true;
    } else if (better) {
      if (chosen != region.last) {
        draft.taken[chosen] = false;
      }
      draft.from.tcp = std::move(info);
      chosen = at;
      draft.taken[at] = true;
    }
  }
  return chosen;
}

// Servers of the nineties may write the name alone: `from HELO (looked.up.example)`.
void read_lone_name(Draft& draft, const Region& region) {
  for (std::size_t at = region.first; at < region.last; ++at) {
    const Token& token = draft.tokens[at];
    const bool name = token.kind == Kind::comment && !draft.taken[at] &&
                      token.inner.find('.') != std::string_view::npos &&
                      token.inner.find_first_of(" \t@=:/,;()[]<>\"") == std::string_view::npos &&
                      !looks_like_address(token.inner);
    if (name) {
      draft.from.tcp.emplace();
      draft.from.tcp->name = std::string(token.inner);
      draft.taken[at] = true;
      return;
    }
  }
}

void read_from(Draft& draft) {
  const Region region = draft.region(Clause::from);
  const std::size_t name_begin = value_begin(draft, region);
  std::size_t name_end = name_begin;
  while (name_end < region.last && draft.tokens[name_end].kind != Kind::comment) {
    ++name_end;
  }
  draft.from.name = std::string(draft.slice(name_begin, name_end));
  draft.take(name_begin, name_end);
  const std::size_t chosen = choose_tcp_info(draft, region);
  for (std::size_t at = chosen == region.last ? region.first : chosen; at < region.last; ++at) {
    const Token& token = draft.tokens[at];
    if (token.kind != Kind::comment || draft.taken[at]) {
      continue;
    }
    if (text::iequals(token.inner, "may be forged")) {
      draft.out.from.may_be_forged = true;
      draft.taken[at] = true;
    } else {
      draft.taken[at] = read_common_comment(draft.out, token.inner);
    }
  }
  if (!draft.from.tcp && !draft.from.helo_comment) {
    read_lone_name(draft, region);
  }
}

// What a comment of the by or with clause says, else the software's name.
void read_by_comment(Draft& draft, std::size_t at) {
  const Token& token = draft.tokens[at];
  if (read_common_comment(draft.out, token.inner)) {
    draft.taken[at] = true;
    return;
  }
  Received::By& by = draft.out.by;
  // A dotted quad without brackets is a version here.
  const auto info = read_tcp_info(token.inner);
  if (info && info->address && !by.ip && (!info->bare || !info->address->address.is_v4())) {
    by.ip = info->address->address;
    by.alias = info->name;
    draft.taken[at] = true;
    return;
  }
  if (!by.software && !token.inner.empty()) {
    by.software = std::string(token.inner);
    draft.taken[at] = true;
  }
}

}  // namespace

bool is_version(std::string_view text) {
  const std::string_view word = text.substr(0, text.find(' '));
  return !word.empty() && text::is_digit(word.front()) &&
         word.find('.') != std::string_view::npos && word.find('@') == std::string_view::npos;
}

void read_comments(Draft& draft, const Region& region, bool software) {
  for (std::size_t at = region.first; at < region.last; ++at) {
    if (draft.tokens[at].kind != Kind::comment || draft.taken[at]) {
      continue;
    }
    // Sendmail of the eighties puts its version behind the id.
    const std::string_view inner = draft.tokens[at].inner;
    if (software || (!draft.out.by.software && is_version(inner))) {
      read_by_comment(draft, at);
    } else {
      draft.taken[at] = read_common_comment(draft.out, inner);
    }
  }
}

namespace {

void read_by(Draft& draft) {
  const Region region = draft.region(Clause::by);
  const std::size_t begin = value_begin(draft, region);
  if (region.empty()) {
    return;
  }
  if (draft.tokens[begin].kind != Kind::comment) {
    const std::size_t end = draft.glued_end(begin, region.last);
    const std::string_view host = draft.slice(begin, end);
    draft.take(begin, end);
    if (const auto address = read_address(host)) {
      draft.out.by.ip = address->address;
      draft.out.by.port = address->port;
    } else {
      draft.out.by.host = std::string(host);
    }
  }
  read_comments(draft, {begin, region.last}, true);
}

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
  const std::size_t begin = value_begin(draft, region);
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
  const std::size_t begin = value_begin(draft, region);
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

}  // namespace

void read_from_names(Draft& draft) {
  Received::From& from = draft.out.from;
  const std::string& name = draft.from.name;
  const auto literal = !name.empty() && name.front() == '[' ? read_address(name) : std::nullopt;
  const auto& tcp = draft.from.tcp;
  if (tcp) {
    from.invalid_ip = tcp->invalid_ip;
    from.ident = tcp->ident;
    from.may_be_forged = from.may_be_forged || tcp->may_be_forged;
    if (!tcp->rest.empty()) {
      draft.extra.push_back(tcp->rest);
    }
    if (tcp->account) {
      draft.out.authenticated = true;
      draft.out.auth_user = tcp->account;
    }
  }
  const std::optional<std::string> stated = tcp && tcp->helo ? tcp->helo : draft.from.helo_comment;
  const bool tcp_address = tcp && tcp->has_address();
  if (tcp && tcp->address) {
    from.ip = tcp->address->address;
    from.port = tcp->address->port;
  } else if (!tcp_address && literal) {
    from.ip = literal->address;
    from.port = literal->port;
  }
  if (tcp && tcp->port) {
    from.port = tcp->port;
  }
  const bool name_is_address = !tcp_address && literal.has_value();
  const bool looked_up = tcp && (tcp->name || tcp->name_unknown);
  std::optional<std::string> written;
  if (!name.empty() && !name_is_address) {
    written = name;
  }
  if (stated) {
    from.helo = stated;
    from.helo_stated = true;
    const bool host = written && !text::iequals(*written, "unknown") && !read_address(*written);
    from.rdns = host ? written : std::nullopt;
    if (looked_up) {
      from.rdns = tcp->name;
    }
    // `from ADDRESS (EHLO name)`: with the greeting written apart, the first word is the server's.
    if (const auto seen = written && !from.ip ? read_address(*written) : std::nullopt) {
      from.ip = seen->address;
      from.port = seen->port;
    }
  } else {
    from.helo = written;
    from.rdns = looked_up ? tcp->name : std::nullopt;
    from.helo_stated = looked_up && tcp_address;
  }
}

void read_clauses(Draft& draft) {
  read_stamp(draft);
  cut_clauses(draft);
  read_from(draft);
  read_by(draft);
  draft.out.via = read_words(draft, Clause::via);
  read_comments(draft, draft.region(Clause::via), false);
  read_with(draft);
  read_id(draft);
  draft.out.for_ = read_mailbox(draft, Clause::for_);
  read_comments(draft, draft.region(Clause::for_), false);
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
