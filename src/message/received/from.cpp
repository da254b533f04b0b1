#include "message/received/from.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "message/received/comment.hpp"
#include "message/received/redaction.hpp"

// RFC 5321 4.4:
//   From-domain     = "FROM" FWS Extended-Domain
//   Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) /
//                     ( address-literal FWS "(" TCP-info ")" )
// In the field:  name [ "(" helo-or-looked-up ")" ] [ "(" TCP-info ")" / literal [ ":" port ] ]

namespace emltrace::received {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// ---- The name in front --------------------------------------------------------------------------

void read_name(Draft& draft, std::size_t begin, std::size_t end) {
  if (begin == end) {
    return;
  }
  const Token& token = draft.tokens[begin];
  if (token.kind == Kind::angle) {
    draft.taken[begin] = is_no_name(token.text);
    return;
  }
  const std::size_t name = draft.name_end(begin, end);
  const std::string_view written = draft.slice(begin, name);
  if (token.kind == Kind::semicolon || draft.goes_on_in_bracket(name, end) ||
      (token.kind != Kind::literal && written.find(' ') != kNone)) {
    return;
  }
  draft.from.host = std::string(written.substr(0, written.find_last_not_of(',') + 1));
  draft.take(begin, name);
}

// ---- What the server added ----------------------------------------------------------------------

bool is_greeting(const Token& token, const TcpInfo& info) {
  const std::string_view behind_verb =
      token.inner.substr(std::min<std::size_t>(token.inner.size(), 4));
  const bool verb = behind_verb.empty() || text::is_space(behind_verb.front());
  return verb && info.helo && !info.has_address() && !info.port && !info.account;
}

// The last comment that tells an address is the server's; what stands before it may be HELO. The
// index of its token, or the end of the region.
std::size_t choose_comment(Draft& draft, const Region& region) {
  std::size_t chosen = region.last;
  for (std::size_t at = region.first; at < region.last; ++at) {
    const Token& token = draft.tokens[at];
    Received ignored;
    if (token.kind != Kind::comment || read_common_comment(ignored, token.inner)) {
      continue;
    }
    auto info = read_tcp_info(token.inner);
    if (!info) {
      continue;
    }
    if (is_greeting(token, *info) && !draft.from.helo_comment) {
      draft.from.helo_comment = info->helo;
      draft.taken[at] = true;
    } else if (info->has_address() || !draft.from.tcp || !draft.from.tcp->has_address()) {
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

struct Candidate {
  std::size_t first;
  std::size_t last;
  std::string_view text;
};

// An address outside of comments that nothing took yet: in brackets, or bare behind a name that is
// no program's, whose version it could be.
std::optional<Candidate> candidate_at(const Draft& draft, std::size_t at, std::size_t end) {
  const Token& token = draft.tokens[at];
  if (draft.taken[at]) {
    return std::nullopt;
  }
  if (token.kind == Kind::literal) {
    const std::size_t last = draft.name_end(at, end);
    return stands_for_address(token.inner)
               ? std::optional(Candidate{at, last, draft.slice(at, last)})
               : std::nullopt;
  }
  const bool behind_name = draft.from.host.find('.') != kNone || is_no_name(draft.from.host);
  if (token.kind == Kind::word && behind_name && read_address(token.text)) {
    return Candidate{at, at + 1, token.text};
  }
  return std::nullopt;
}

// One address that no rule took is the client's; of several nobody knows which, so together they
// are none.
void choose_candidates(Draft& draft, const Region& region) {
  std::vector<std::string> texts;
  for (std::size_t at = region.first; at < region.last; ++at) {
    if (const auto candidate = candidate_at(draft, at, region.last)) {
      draft.take(candidate->first, candidate->last);
      if (texts.empty() || texts.back() != candidate->text) {
        texts.emplace_back(candidate->text);
      }
    }
  }
  std::optional<TcpInfo> info;
  if (texts.size() == 1) {
    info = read_tcp_info(texts.front());
  } else if (!texts.empty()) {
    info.emplace().invalid_ip = text::join(texts, " ");
  }
  if (!info) {
    return;
  }
  TcpInfo& tcp = draft.from.tcp ? *draft.from.tcp : draft.from.tcp.emplace();
  tcp.address = info->address;
  tcp.invalid_ip = info->invalid_ip;
  tcp.redacted = info->redacted;
  tcp.port = info->port;
  draft.from.behind_name = true;
}

// Servers may write a name alone: `from HELO (looked.up.example)`.
void read_lone_name(Draft& draft, const Region& region) {
  for (std::size_t at = region.first; at < region.last; ++at) {
    const Token& token = draft.tokens[at];
    const bool name =
        token.kind == Kind::comment && !draft.taken[at] && token.inner.find('.') != kNone &&
        token.inner.find_first_of(" \t@=:/,;()[]<>\"") == kNone && !looks_like_address(token.inner);
    if (name) {
      draft.from.lone_name = std::string(token.inner);
      draft.taken[at] = true;
      return;
    }
  }
}

// (uid 1000): a user of the server's own host
bool is_uid(std::string_view inner) {
  return text::istarts_with(inner, "uid ") && text::parse_unsigned(inner.substr(4)).has_value();
}

// What stands behind the chosen comment is the server's word; what stands before may be HELO.
void read_other_comments(Draft& draft, const Region& region, std::size_t chosen) {
  for (std::size_t at = chosen == region.last ? region.first : chosen; at < region.last; ++at) {
    const Token& token = draft.tokens[at];
    if (token.kind != Kind::comment || draft.taken[at]) {
      continue;
    }
    if (text::iequals(token.inner, "may be forged")) {
      draft.out.from.may_be_forged = true;
      draft.taken[at] = true;
    } else if (is_uid(token.inner)) {
      draft.from.uid = std::string(token.inner.substr(4));
      draft.taken[at] = true;
    } else {
      draft.taken[at] = read_common_comment(draft.out, token.inner);
    }
  }
}

// `(from NAME [192.0.2.1]) by HOST`
void read_from_in_comment(Draft& draft) {
  const Region lead = draft.region(Clause::lead);
  for (std::size_t at = lead.first; at < lead.last; ++at) {
    const std::string_view inner = draft.tokens[at].inner;
    if (!text::istarts_with(inner, "from ")) {
      continue;
    }
    auto info = read_tcp_info(inner.substr(5));
    if (info && info->has_address()) {
      draft.from.host = info->name.value_or("");
      info->name.reset();
      draft.from.tcp = std::move(info);
      draft.taken[at] = true;
      return;
    }
  }
}

// ---- Which is which -----------------------------------------------------------------------------

void set_address(Received::From& from, const HostPort& address) {
  from.ip = address.address;
  from.port = address.port ? address.port : from.port;
}

// True where the name's place holds the address of the client: `from [192.0.2.1] by HOST`.
bool read_name_as_address(Received::From& from, const std::string& host) {
  if (host.empty() || host.front() != '[') {
    const bool marked = host.find('.') != kNone && is_blacked_out(host) && !is_redaction_word(host);
    from.redacted = marked ? std::optional(host) : std::nullopt;
    return marked;
  }
  const std::string inner = host.substr(1, host.find(']') - 1);
  if (const auto address = read_address(host)) {
    set_address(from, *address);
  } else if (is_blacked_out_literal(inner)) {
    from.redacted = inner;
  } else if (looks_like_address(inner) || is_quad_with_more(inner)) {
    from.invalid_ip = inner;
  } else {
    return false;
  }
  return true;
}

void take_tcp_info(Draft& draft, const TcpInfo& tcp) {
  Received::From& from = draft.out.from;
  from.invalid_ip = tcp.invalid_ip;
  from.redacted = tcp.redacted;
  from.ident = tcp.ident;
  from.may_be_forged = from.may_be_forged || tcp.may_be_forged;
  if (tcp.address) {
    set_address(from, *tcp.address);
  }
  if (tcp.port) {
    from.port = tcp.port;
  }
  if (!tcp.rest.empty()) {
    draft.extra.push_back(tcp.rest);
  }
  if (tcp.account) {
    draft.out.authenticated = true;
    draft.out.auth_user = tcp.account;
  }
}

}  // namespace

std::optional<std::string> looked_up_name(std::string_view name) {
  const bool host = is_host_text(name) && !is_no_name(name) && !read_address(name);
  return host ? std::optional<std::string>(name) : std::nullopt;
}

void read_from(Draft& draft) {
  const Region region = draft.region(Clause::from);
  if (region.empty()) {
    read_from_in_comment(draft);
    return;
  }
  const std::size_t begin = draft.value_begin(region);
  std::size_t end = begin;
  while (end < region.last && draft.tokens[end].kind != Kind::comment) {
    ++end;
  }
  draft.from.name = std::string(draft.slice(begin, end));
  read_name(draft, begin, end);
  const std::size_t chosen = choose_comment(draft, region);
  if (!draft.from.tcp || !draft.from.tcp->has_address()) {
    choose_candidates(draft, region);
  }
  read_other_comments(draft, region, chosen);
  if (!draft.from.helo_comment && (!draft.from.tcp || draft.from.behind_name)) {
    read_lone_name(draft, region);
  }
}

void read_from_names(Draft& draft) {
  Received::From& from = draft.out.from;
  const auto& tcp = draft.from.tcp;
  if (tcp) {
    take_tcp_info(draft, *tcp);
  }
  if (draft.from.uid) {
    from.ident = draft.from.uid;
    draft.out.local_submission = true;
  }
  const bool has_address = tcp && tcp->has_address();
  const bool name_is_address = !has_address && read_name_as_address(from, draft.from.host);
  const std::string host = name_is_address ? "" : draft.from.host;
  const bool looked_up = draft.from.lone_name || (tcp && (tcp->name || tcp->name_unknown));
  const std::optional<std::string> found = draft.from.lone_name ? draft.from.lone_name
                                           : tcp                ? tcp->name
                                                                : std::nullopt;
  const std::optional<std::string> stated = tcp && tcp->helo ? tcp->helo : draft.from.helo_comment;
  if (!stated) {
    // `unknown` alone may be what the client said, the other words are the server's.
    const bool no_name =
        is_no_name(host) && (draft.from.behind_name || !text::iequals(host, "unknown"));
    const bool unnamed = no_name || (draft.from.uid && !has_address);
    from.helo = host.empty() || unnamed ? std::nullopt : std::optional(host);
    from.rdns = found;
    from.helo_stated = from.helo && looked_up && tcp && tcp->has_address();
    return;
  }
  // `(HELO )`: the client said nothing, so the name is the server's.
  from.helo = stated->empty() ? std::nullopt : stated;
  from.helo_stated = from.helo.has_value();
  from.rdns = looked_up ? found : looked_up_name(host);
  // `from ADDRESS (EHLO name)`: with the greeting written apart, the first word is the server's.
  const auto seen = from.ip || has_address ? std::nullopt : read_address(host);
  if (seen) {
    set_address(from, *seen);
  }
}

}  // namespace emltrace::received
