#include <algorithm>

#include "base/text.hpp"
#include "message/received/from.hpp"
#include "message/received/quirk_tools.hpp"
#include "message/received/quirks.hpp"

namespace emltrace::received {
namespace {

// network[192.0.2.1/looked.up.example]
void read_network(Draft& draft, std::string_view text) {
  const std::size_t open = text.find('[');
  const std::size_t slash = text.find('/');
  if (open == std::string_view::npos || slash == std::string_view::npos || slash < open) {
    return;
  }
  if (const auto address = read_address(text.substr(open + 1, slash - open - 1))) {
    correct_address(draft, address->address);
    draft.out.from.rdns = looked_up_name(text.substr(slash + 1, text.find(']', slash) - slash - 1));
  }
}

// qmail 123 invoked by uid 89; qmail 123 messnum 7 invoked from network[…]; by alias, for bounce
bool read_invocation(Draft& draft, std::string_view inner) {
  Received& out = draft.out;
  const auto words = text::words(inner);
  const auto invoked = std::find(words.begin(), words.end(), "invoked");
  if (words.size() < 5 || !text::iequals(words[0], "qmail") || words.end() - invoked < 3) {
    return false;
  }
  out.by.software = "qmail";
  out.id = std::string(words[1]);
  out.local_submission = !text::iequals(invoked[1], "from");
  if (text::iequals(invoked[1], "by")) {
    out.from.ident = std::string(words.back());
  } else if (!out.local_submission) {
    read_network(draft, invoked[2]);
  }
  return true;
}

}  // namespace

bool is_qmail(const Draft& draft) {
  const Received& out = draft.out;
  if (out.id || out.by.software || !draft.from.tcp || !draft.from.tcp->bare) {
    return false;
  }
  return draft.from.helo_comment || (no_weekday(draft) && out.with);
}

void read_qmail(Draft& draft) {
  Received& out = draft.out;
  const Region lead = draft.region(Clause::lead);
  for (std::size_t at = lead.first; at < lead.last; ++at) {
    draft.taken[at] = draft.taken[at] || read_invocation(draft, draft.tokens[at].inner);
  }
  if (out.authenticated && out.from.ident && !out.auth_user) {
    out.auth_user = std::move(out.from.ident);
    out.from.ident.reset();
  }
  // with TLS_AES_256_GCM_SHA384 encrypted SMTP
  const std::string with = out.with.value_or("");
  const auto words = text::words(with);
  if (words.size() == 3 && words[1] == "encrypted") {
    out.tls = out.tls.value_or(Received::Tls{});
    out.tls->cipher = std::string(words[0]);
    out.with = std::string(words[2]);
  }
  read_looked_up_name(draft);
}

void read_qmail_scanner(Draft& draft) {
  Received& out = draft.out;
  read_address_name(draft);
  take_sender_name(draft);
  if (out.by.software) {
    draft.extra.push_back(*out.by.software);
  }
  out.by.software = *out.with;
  for (std::size_t at = 0; at + 2 < draft.body_end; ++at) {
    if (is_word(draft.tokens[at], "by") && is_word(draft.tokens[at + 1], "uid")) {
      out.from.ident = std::string(draft.tokens[at + 2].text);
      draft.take(at, at + 3);
      return;
    }
  }
}

void read_simscan(Draft& draft) {
  // by simscan 1.4.0 ppid: 1103, pid: 1517, t: 0.1114s scanners:none
  const Region region = draft.region(Clause::by);
  draft.out.by.host.reset();
  draft.out.by.software = std::string(draft.slice(region.first, region.last));
  draft.take(region.first, region.last);
}

void read_nullmailer(Draft& draft) {
  // (nullmailer pid 123 invoked by uid 1000)
  const auto words = text::words(draft.tokens[0].inner);
  draft.out.by.software = "nullmailer";
  draft.out.local_submission = true;
  if (words.size() == 7 && words[1] == "pid" && words[4] == "by") {
    draft.out.id = std::string(words[2]);
    draft.out.from.ident = std::string(words[6]);
    draft.taken[0] = true;
  }
}

}  // namespace emltrace::received
