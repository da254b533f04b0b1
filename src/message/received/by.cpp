#include "message/received/by.hpp"

#include "base/text.hpp"
#include "message/received/comment.hpp"

namespace emltrace::received {
namespace {

// Sendmail's versions begin with 4 to 8, and no server's own version of four numbers with more.
constexpr std::uint8_t kLastVersion = 8;

// A quad without brackets is the writer's address only right behind its name and where it cannot be
// a version: `by HOST (10.1.1.1)`, not `by HOST (8.14.4.1)`.
bool is_own_address(const TcpInfo& info, bool behind_host) {
  if (!info.bare || !info.address->address.is_v4()) {
    return true;
  }
  return behind_host && (info.address->port || info.address->address.bytes()[0] > kLastVersion);
}

// `(via HTTP)`
bool read_link(Received& out, std::string_view inner) {
  const auto words = text::words(inner);
  if (words.size() != 2 || !text::iequals(words[0], "via") || out.via) {
    return false;
  }
  out.via = std::string(words[1]);
  return true;
}

// What a comment of the by or with clause says, else the software's name.
void read_by_comment(Draft& draft, std::size_t at, bool behind_host) {
  const Token& token = draft.tokens[at];
  if (read_common_comment(draft.out, token.inner) || read_link(draft.out, token.inner)) {
    draft.taken[at] = true;
    return;
  }
  Received::By& by = draft.out.by;
  const auto info = read_tcp_info(token.inner);
  if (info && info->address && !by.ip && is_own_address(*info, behind_host)) {
    by.ip = info->address->address;
    by.port = info->port ? info->port : info->address->port;
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
      read_by_comment(draft, at, false);
    } else {
      draft.taken[at] = read_common_comment(draft.out, inner);
    }
  }
}

namespace {

// `by DAEMON of HOST`: the index of HOST.
std::size_t read_daemon(Draft& draft, std::size_t begin, std::size_t end) {
  const bool daemon = begin + 2 < end && draft.tokens[begin].kind == Kind::word &&
                      is_word(draft.tokens[begin + 1], "of") &&
                      draft.tokens[begin + 2].kind == Kind::word;
  if (!daemon) {
    return begin;
  }
  draft.out.by.software = std::string(draft.tokens[begin].text);
  draft.take(begin, begin + 2);
  return begin + 2;
}

bool read_own_literal(Draft& draft, std::size_t begin, std::size_t end) {
  const auto address = draft.out.by.ip ? std::nullopt : read_address(draft.slice(begin, end));
  if (!address) {
    return false;
  }
  draft.out.by.ip = address->address;
  draft.out.by.port = address->port;
  draft.take(begin, end);
  return true;
}

// A name holds neither bracket nor blank; what is none stays untaken.
void read_host(Draft& draft, std::size_t begin, std::size_t end, std::size_t last) {
  const Kind kind = draft.tokens[begin].kind;
  if (kind == Kind::literal || read_address(draft.slice(begin, end))) {
    read_own_literal(draft, begin, end);
    return;
  }
  std::string_view host = draft.slice(begin, end);
  host = host.substr(0, host.find_last_not_of(',') + 1);
  if (!is_host_text(host) || draft.goes_on_in_bracket(end, last)) {
    return;
  }
  draft.take(begin, end);
  if (!is_no_name(host)) {
    draft.out.by.host = std::string(host);
  }
}

}  // namespace

void read_by(Draft& draft) {
  const Region region = draft.region(Clause::by);
  if (region.empty()) {
    return;
  }
  const std::size_t begin = draft.value_begin(region);
  std::size_t at = read_daemon(draft, begin, region.last);
  if (draft.tokens[at].kind != Kind::comment) {
    const std::size_t end = draft.name_end(at, region.last);
    read_host(draft, at, end, region.last);
    at = end;
    if (at < region.last && draft.tokens[at].kind == Kind::comment) {
      read_by_comment(draft, at, true);
    }
  }
  // `by HOST [192.0.2.1]:25`
  for (; at < region.last; ++at) {
    if (draft.tokens[at].kind == Kind::literal) {
      read_own_literal(draft, at, draft.name_end(at, region.last));
    }
  }
  read_comments(draft, {begin, region.last}, true);
}

}  // namespace emltrace::received
