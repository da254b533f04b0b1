#include "base/text.hpp"
#include "message/received/from.hpp"
#include "message/received/quirk_tools.hpp"
#include "message/received/quirks.hpp"

namespace emltrace::received {
namespace {

constexpr std::uint16_t kFirstEphemeral = 1024;  // no client connects from a port below

bool is_smtp(std::string_view with) {
  return text::istarts_with(with, "smtp") || text::istarts_with(with, "esmtp") ||
         text::istarts_with(with, "asmtp") || text::istarts_with(with, "utf8");
}

bool is_connected(const Received::From& from) {
  return from.ip || from.invalid_ip || from.redacted;
}

// Exim 3 wrote the port behind the address with a dot: [192.0.2.1.49152]
void read_dotted_port(Received::From& from) {
  if (!from.invalid_ip || !is_quad_with_more(*from.invalid_ip)) {
    return;
  }
  const std::size_t dot = from.invalid_ip->rfind('.');
  const auto address = read_address(from.invalid_ip->substr(0, dot));
  const auto port = read_port(from.invalid_ip->substr(dot + 1));
  if (address && port && *port >= kFirstEphemeral) {
    from.ip = address->address;
    from.port = port;
    from.invalid_ip.reset();
  }
}

// $sender_fullhost: looked.up.example (helo) [192.0.2.1], with the RFC 1413 user in a comment
void read_fullhost(Draft& draft) {
  Received::From& from = draft.out.from;
  const bool literal_name = !draft.from.host.empty() && draft.from.host.front() == '[';
  if (!draft.from.lone_name || (!draft.from.behind_name && !literal_name)) {
    return;
  }
  from.helo = draft.from.lone_name;
  from.helo_stated = true;
  from.rdns = literal_name ? std::nullopt : looked_up_name(draft.from.host);
  const Region region = draft.region(Clause::from);
  for (std::size_t at = region.first; at < region.last; ++at) {
    const Token& token = draft.tokens[at];
    const bool user = token.kind == Kind::comment && !draft.taken[at] && !token.inner.empty() &&
                      token.inner.find_first_of(" .=@[") == std::string_view::npos;
    if (user && !from.ident) {
      from.ident = std::string(token.inner);
      draft.taken[at] = true;
    }
  }
}

// Without a connection Exim writes the user in the name's place: from USER (helo=x) by … with local
void read_user(Draft& draft) {
  Received& out = draft.out;
  if (!draft.from.host.empty()) {
    out.from.ident = draft.from.host;
  }
  out.from.rdns.reset();
  if (!out.from.helo_stated) {
    out.from.helo.reset();
  }
  out.local_submission =
      text::istarts_with(*out.with, "local") || text::iequals(*out.with, "archive");
}

}  // namespace

bool is_exim(const Draft& draft) {
  const Received& out = draft.out;
  // Exim alone parts its ids like this.
  const bool id = out.id && (out.id->size() == 16 || out.id->size() == 23) && (*out.id)[6] == '-' &&
                  (*out.id)[out.id->size() == 16 ? 13 : 18] == '-';
  const bool version_3 =
      software_of(draft).starts_with("v3.") && (out.with == "smtp" || out.with == "esmtp");
  return version_3 || (id && out.with && !out.by.software);
}

void read_exim(Draft& draft) {
  Received::From& from = draft.out.from;
  read_fullhost(draft);
  read_dotted_port(from);
  if (!is_connected(from) && draft.out.with && !is_smtp(*draft.out.with)) {
    read_user(draft);
  } else if (draft.from.tcp && !draft.from.tcp->name && !draft.from.lone_name) {
    read_looked_up_name(draft);
  }
}

bool is_mailman(const Draft& draft) {
  const std::string& name = draft.from.name;
  return with_is(draft, "archive") ||
         (with_is(draft, "local") && (name == "mailman" || name == "list"));
}

}  // namespace emltrace::received
