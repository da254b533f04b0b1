#include <algorithm>

#include "base/text.hpp"
#include "message/received/by.hpp"
#include "message/received/from.hpp"
#include "message/received/quirk_tools.hpp"
#include "message/received/quirks.hpp"

namespace emltrace::received {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

}  // namespace

bool is_sendmail(const Draft& draft) {
  return is_version(software_of(draft)) || text::istarts_with(software_of(draft), "SGI-8.");
}

void read_sendmail(Draft& draft) {
  read_helo_name(draft);
  // (5.65c8/IDA-1.4.4 for user@host): version and recipient in one
  auto& software = draft.out.by.software;
  const std::size_t recipient = software ? software->find(" for ") : kNone;
  if (recipient != kNone && !draft.out.for_) {
    draft.out.for_ = software->substr(recipient + 5);
    software->resize(recipient);
  }
  // (from user@localhost) by host (8.14.4/8.14.4/Submit) id …
  const Region lead = draft.region(Clause::lead);
  for (std::size_t at = lead.first; at < lead.last; ++at) {
    const std::string_view inner = draft.tokens[at].inner;
    if (text::istarts_with(inner, "from ") && !draft.taken[at]) {
      draft.out.from.ident = std::string(text::trim(inner.substr(5)));
      draft.out.local_submission = true;
      draft.taken[at] = true;
    }
  }
  // from localhost (user@localhost) by host
  const auto& tcp = draft.from.tcp;
  if (tcp && tcp->ident && !tcp->has_address() &&
      text::iequals(tcp->name.value_or(""), "localhost")) {
    draft.out.local_submission = true;
  }
}

void read_postfix(Draft& draft) {
  Received& out = draft.out;
  const std::string software = *out.by.software;
  const std::size_t at = text::ifind(software, ", from userid ");
  if (at != std::string_view::npos) {
    out.local_submission = true;
    out.from.ident = software.substr(at + 14);
    out.by.software = software.substr(0, at);
  }
}

bool is_courier(const Draft& draft) {
  if (!draft.out.id) {
    return false;
  }
  const auto parts = text::split(*draft.out.id, '.');
  return parts.size() == 3 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return (part.size() == 8 || part.size() == 16) &&
                  is_made_of(part, "0123456789ABCDEFabcdef");
         });
}

bool is_dovecot(const Draft& draft) {
  return draft.out.with && text::istarts_with(*draft.out.with, "LMTP") && draft.out.id &&
         draft.out.id->find_first_of("+/abcdefghijklmnopqrstuvwxyz") != kNone &&
         draft.out.id->substr(0, draft.out.id->find(':')).size() == 22;
}

bool is_zimbra(const Draft& draft) {
  const Region region = draft.region(Clause::from);
  for (std::size_t at = region.first; at < region.last; ++at) {
    if (text::istarts_with(draft.tokens[at].inner, "LHLO ")) {
      return true;
    }
  }
  return false;
}

bool is_zmailer(const Draft& draft) {
  const auto& id = draft.out.id;
  return id && id->size() >= 13 && (*id)[0] == 'S' && text::is_digit((*id)[1]) &&
         text::is_digit((*id)[2]) && !is_made_of(id->substr(1), "0123456789") &&
         (draft.out.via || (draft.from.tcp && draft.from.tcp->helo));
}

void read_zmailer(Draft& draft) {
  // (majordomo@vger.example.org): the user who handed it over
  if (!draft.region(Clause::lead).empty() && draft.tokens[0].inner.find('@') != kNone) {
    draft.out.from.ident = std::string(draft.tokens[0].inner);
    draft.out.local_submission = true;
    draft.taken[0] = true;
  }
  const Region region = draft.region(Clause::id);
  for (std::size_t at = region.first; at < region.last; ++at) {
    // (ORCPT <rfc822;list@vger.example.org>): the recipient as the client gave it
    const std::string_view inner = draft.tokens[at].inner;
    const std::size_t sign = inner.find(';');
    if (draft.tokens[at].kind == Kind::comment && text::istarts_with(inner, "ORCPT ") &&
        sign != kNone && !draft.out.for_) {
      std::string_view address = inner.substr(sign + 1);
      draft.out.for_ = std::string(address.substr(0, address.find('>')));
      draft.taken[at] = true;
    }
  }
}

bool is_mmdf(const Draft& draft) {
  const auto& id = draft.out.id;
  return id && id->size() == 7 && is_made_of(id->substr(0, 2), "abcdefghijklmnopqrstuvwxyz") &&
         is_made_of(id->substr(2), "0123456789") && !draft.out.by.software;
}

bool is_vms(const Draft& draft) {
  return text::ifind(software_of(draft), "VMS") != kNone ||
         text::istarts_with(software_of(draft), "MX V");
}

bool is_uucp(const Draft& draft) {
  return (draft.out.with && text::istarts_with(*draft.out.with, "UUCP")) ||
         (draft.out.via && text::istarts_with(*draft.out.via, "UUCP")) ||
         text::istarts_with(software_of(draft), "UUPC");
}

void read_opensmtpd(Draft& draft) {
  // … id 1a2b3c4d (TLSv1.3:…:NO) auth=yes user=joe for <…>
  for (std::size_t at = 0; at < draft.body_end; ++at) {
    const std::string_view word = draft.tokens[at].text;
    if (draft.taken[at]) {
      continue;
    }
    if (word == "auth=yes") {
      draft.out.authenticated = true;
      draft.taken[at] = true;
    } else if (word.starts_with("user=")) {
      draft.out.auth_user = std::string(word.substr(5));
      draft.taken[at] = true;
    }
  }
}

bool is_obtuse(const Draft& draft) {
  return draft.out.via && text::iequals(*draft.out.via, "SMTP") && draft.out.id &&
         draft.out.id->starts_with("smtpd");
}

void read_obtuse(Draft& draft) {
  // from looked.up.example(192.0.2.1), claiming to be "helo.example" via SMTP by …
  Received::From& from = draft.out.from;
  from.rdns = looked_up_name(draft.from.host);
  from.helo.reset();
  const Region region = draft.region(Clause::from);
  for (std::size_t at = region.first; at + 3 < region.last; ++at) {
    if (text::iequals(draft.slice(at, at + 3), "claiming to be") &&
        draft.tokens[at + 3].kind == Kind::quoted) {
      from.helo = std::string(draft.tokens[at + 3].inner);
      from.helo_stated = true;
      draft.take(at, at + 4);
      return;
    }
  }
}

bool is_smap(const Draft& draft) {
  return draft.out.via &&
         (text::iequals(*draft.out.via, "smap") || text::iequals(*draft.out.via, "csmap"));
}

void read_smap(Draft& draft) {
  // from looked.up.example(192.0.2.1) by host via smap (V2.1)
  read_looked_up_name(draft);
  const Region region = draft.region(Clause::via);
  for (std::size_t at = region.first; at < region.last; ++at) {
    if (draft.tokens[at].kind == Kind::comment && !draft.out.by.software) {
      draft.out.by.software = *draft.out.via + " " + std::string(draft.tokens[at].inner);
      draft.taken[at] = true;
    }
  }
}

}  // namespace emltrace::received
