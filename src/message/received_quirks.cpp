#include "received_quirks.hpp"

#include <algorithm>

#include "emltrace/base/text.hpp"
#include "received_comment.hpp"

namespace emltrace::received {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool with_is(const Draft& draft, std::string_view word) {
  return draft.out.with && text::iequals(*draft.out.with, word);
}

std::string_view software_of(const Draft& draft) {
  return draft.out.by.software ? std::string_view(*draft.out.by.software) : std::string_view();
}

// `8.8.5`, `8.15.2/8.14.4/Submit`, `5.61/1.34`, `950413.SGI.8.6.12/951211.SGI`: a version that
// starts with a digit, in a place where others write a name.
bool is_version(std::string_view text) {
  return !text.empty() && text::is_digit(text.front()) && text.find('.') != kNone;
}

void take_comments(Draft& draft, Clause clause, std::string_view start) {
  const Region region = draft.region(clause);
  for (std::size_t at = region.first; at < region.last; ++at) {
    if (draft.tokens[at].kind == Kind::comment && !draft.taken[at] &&
        text::istarts_with(draft.tokens[at].inner, start)) {
      draft.taken[at] = true;
    }
  }
}

// The one name that a server writes where HELO and looked-up name are the same.
void name_is_rdns(Draft& draft) {
  Received::From& from = draft.out.from;
  if (!from.helo || from.helo_stated) {
    return;
  }
  if (text::iequals(*from.helo, "unknown")) {
    from.helo.reset();
  } else if (!read_address(*from.helo)) {
    from.rdns = from.helo;
  }
}

}  // namespace

bool is_sendmail(const Draft& draft) {
  return is_version(software_of(draft));
}

void read_sendmail(Draft& draft) {
  Received::From& from = draft.out.from;
  from.helo_stated = from.helo_stated || (from.helo && draft.from.tcp);
  // (from user@localhost) by host (8.14.4/8.14.4/Submit) id …
  const Region lead = draft.region(Clause::lead);
  for (std::size_t at = lead.first; at < lead.last; ++at) {
    const std::string_view inner = draft.tokens[at].inner;
    if (text::istarts_with(inner, "from ")) {
      from.ident = std::string(text::trim(inner.substr(5)));
      draft.out.local_submission = true;
      draft.taken[at] = true;
    }
  }
}

void read_postfix(Draft& draft) {
  Received& out = draft.out;
  const std::string software = *out.by.software;
  const std::size_t at = text::ifind(software, ", from userid ");
  if (at != kNone) {
    out.local_submission = true;
    out.from.ident = software.substr(at + 14);
    out.by.software = software.substr(0, at);
  }
}

bool is_exim(const Draft& draft) {
  const Received& out = draft.out;
  if (!out.with) {
    return false;
  }
  // Exim alone writes the keyword in small letters and its own id.
  const std::string_view keyword = *out.with;
  const bool small = keyword == "smtp" || keyword == "esmtp" || keyword == "esmtps" ||
                     keyword == "esmtpa" || keyword == "esmtpsa" || keyword == "local" ||
                     keyword == "asmtp" || keyword == "utf8esmtps";
  return small && out.id && out.id->size() >= 16 && (*out.id)[6] == '-';
}

void read_exim(Draft& draft) {
  Received& out = draft.out;
  if (with_is(draft, "local") && out.from.helo && !draft.from.tcp) {
    out.from.ident = out.from.helo;
    out.from.helo.reset();
    out.local_submission = true;
    return;
  }
  if (draft.from.tcp && !draft.from.tcp->name) {
    name_is_rdns(draft);
  }
}

bool is_qmail(const Draft& draft) {
  const Received& out = draft.out;
  if (draft.from.helo_comment) {
    return true;
  }
  return draft.from.tcp && draft.from.tcp->bare && !out.id && !out.by.software && out.with &&
         text::iends_with(*out.with, "SMTP") && text::iends_with(out.stamp_raw, "-0000");
}

void read_qmail(Draft& draft) {
  Received& out = draft.out;
  const Region lead = draft.region(Clause::lead);
  for (std::size_t at = lead.first; at < lead.last; ++at) {
    // (qmail 123 invoked by uid 89) ; (qmail 123 invoked from network) ; … by alias, for bounce
    const auto words = text::words(draft.tokens[at].inner);
    if (words.size() < 5 || !text::iequals(words[0], "qmail") ||
        !text::iequals(words[2], "invoked")) {
      continue;
    }
    draft.taken[at] = true;
    out.by.software = "qmail";
    out.id = std::string(words[1]);
    out.local_submission = !text::iequals(words[3], "from");
    if (text::iequals(words[3], "by")) {
      out.from.ident = std::string(words.back());
    }
  }
  name_is_rdns(draft);
}

bool is_google_relay(const Draft& draft) {
  const Received& out = draft.out;
  return out.by.ip && with_is(draft, "SMTP") && out.id && !draft.from.tcp &&
         draft.from.name.empty();
}

void read_google(Draft& draft) {
  for (const Clause clause : {Clause::with, Clause::id, Clause::for_}) {
    const Region region = draft.region(clause);
    for (std::size_t at = region.first; at < region.last; ++at) {
      if (text::iequals(draft.tokens[at].inner, "Google Transport Security")) {
        draft.taken[at] = true;
        if (!draft.out.tls) {
          draft.out.tls.emplace();
        }
      }
    }
  }
}

bool is_microsoft_mapi(const Draft& draft) {
  return draft.out.via && text::iequals(*draft.out.via, "Frontend Transport");
}

void read_microsoft(Draft& draft) {
  Received& out = draft.out;
  out.from.helo_stated = out.from.helo_stated || (out.from.helo && draft.from.tcp);
  // Here a dotted quad behind the host is the address that took the connection.
  if (out.by.software && !out.by.ip) {
    if (const auto address = read_address(*out.by.software)) {
      out.by.ip = address->address;
      out.by.software.reset();
    }
  }
}

void read_smtpsvc(Draft& draft) {
  read_microsoft(draft);
  Received& out = draft.out;
  if (out.by.software && out.with && is_version(*out.by.software)) {
    out.by.software = *out.with + " " + *out.by.software;
  }
}

bool is_courier(const Draft& draft) {
  const Received& out = draft.out;
  if (!out.id) {
    return false;
  }
  const auto parts = text::split(*out.id, '.');
  return parts.size() == 3 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return (part.size() == 8 || part.size() == 16) &&
                  part.find_first_not_of("0123456789ABCDEFabcdef") == kNone;
         });
}

bool is_zmailer(const Draft& draft) {
  return draft.from.tcp && draft.from.tcp->port && draft.from.tcp->helo && draft.out.id &&
         draft.out.id->front() == 'S';
}

void read_zmailer(Draft&) {}

bool is_fetchmail(const Draft& draft) {
  return draft.out.with && text::istarts_with(*draft.out.with, "POP") && draft.out.by.software &&
         text::istarts_with(*draft.out.by.software, "fetchmail");
}

void read_fetchmail(Draft& draft) {
  take_comments(draft, Clause::for_, "single-drop");
  take_comments(draft, Clause::for_, "multi-drop");
  Received::From& from = draft.out.from;
  // pop.example.org [192.0.2.1]: the server that was asked, no HELO.
  const std::size_t open = from.helo ? from.helo->find(" [") : kNone;
  if (open != kNone) {
    if (const auto address = read_address(from.helo->substr(open + 1))) {
      from.ip = address->address;
      from.helo = from.helo->substr(0, open);
    }
  }
}

bool is_getmail(const Draft& draft) {
  return draft.out.by.software && text::istarts_with(*draft.out.by.software, "getmail");
}

void read_getmail(Draft&) {}

bool is_mailman(const Draft& draft) {
  return with_is(draft, "archive") ||
         (with_is(draft, "local") && (draft.from.name == "mailman" || draft.from.name == "list"));
}

bool is_webmail(const Draft& draft) {
  return with_is(draft, "HTTP") || with_is(draft, "HTTPS") ||
         (draft.out.via && text::iequals(*draft.out.via, "HTTP"));
}

// A browser says no HELO: the name is its address.
void read_address_name(Draft& draft) {
  Received::From& from = draft.out.from;
  if (from.ip || !from.helo) {
    return;
  }
  if (const auto address = read_address(*from.helo)) {
    from.ip = address->address;
    from.port = address->port;
    from.helo.reset();
  }
}

void read_webmail(Draft& draft) {
  read_address_name(draft);
}

void read_yahoo(Draft& draft) {
  read_address_name(draft);
}

bool is_proofpoint(const Draft& draft) {
  const std::string host = text::lower(draft.out.by.host.value_or(""));
  return text::iends_with(host, ".pphosted.com") || text::iends_with(host, ".ppops.net") ||
         draft.from.name == "pps.filterd" || software_of(draft) == "PPS";
}

bool is_sendgrid(const Draft& draft) {
  const std::string host = text::lower(draft.out.by.host.value_or(""));
  return text::iends_with(host, ".sendgrid.net") || text::iends_with(host, ".sendgrid.com") ||
         text::istarts_with(host, "geopod-ismtpd") || text::istarts_with(host, "ismtpd") ||
         text::istarts_with(host, "recvd-") || text::istarts_with(host, "filter");
}

void read_sendgrid(Draft& draft) {
  read_address_name(draft);
}

void read_mailgun(Draft& draft) {
  // with SMTP 5f1b2c3d4e5f6a7b8c9d0e1f: the id follows the protocol without its keyword
  Received& out = draft.out;
  const std::size_t space = out.with ? out.with->find(' ') : kNone;
  if (!out.id && space != kNone) {
    out.id = std::string(text::trim(out.with->substr(space + 1)));
    out.with = out.with->substr(0, space);
  }
}

void read_opensmtpd(Draft&) {}

void read_simscan(Draft&) {}

void read_nullmailer(Draft& draft) {
  const auto words = text::words(draft.tokens[0].inner);
  draft.out.by.software = "nullmailer";
  draft.out.local_submission = true;
  if (words.size() == 7 && words[4] == "by") {
    draft.out.id = std::string(words[2]);
    draft.out.from.ident = std::string(words[6]);
    draft.taken[0] = true;
  }
}

void read_communigate(Draft& draft) {
  read_address_name(draft);
}

void read_coremail(Draft& draft) {
  Received::From& from = draft.out.from;
  from.helo_stated = from.helo_stated || (from.helo && draft.from.tcp);
}

void read_aliyun(Draft& draft) {
  Received& out = draft.out;
  if (out.by.software && !out.by.ip) {
    if (const auto address = read_address(*out.by.software)) {
      out.by.ip = address->address;
      out.by.software.reset();
    }
  }
  const Region region = draft.region(Clause::from);
  for (std::size_t at = region.first; at < region.last; ++at) {
    const Token& token = draft.tokens[at];
    if (token.kind != Kind::comment || !text::istarts_with(token.inner, "mailfrom:")) {
      continue;
    }
    draft.taken[at] = true;
    for (const std::string_view word : text::words(token.inner)) {
      if (text::istarts_with(word, "mailfrom:")) {
        out.envelope_from = std::string(word.substr(9));
      } else if (text::istarts_with(word, "ip:") && read_address(word.substr(3))) {
        out.from.ip = read_address(word.substr(3))->address;
      } else if (text::istarts_with(word, "fp:") && !out.id) {
        out.id = std::string(word.substr(3));
      } else {
        draft.extra.emplace_back(word);
      }
    }
  }
}

bool is_mdaemon(const Draft& draft) {
  return draft.out.id && text::istarts_with(*draft.out.id, "md5") &&
         text::iends_with(*draft.out.id, ".msg");
}

bool is_ironport(const Draft& draft) {
  return draft.out.with && text::istarts_with(*draft.out.with, "ESMTP/TLS/");
}

bool is_barracuda(const Draft& draft) {
  const std::string_view software = software_of(draft);
  return text::istarts_with(software, "Spam Firewall") ||
         text::istarts_with(software, "Spam & Virus Firewall") ||
         text::istarts_with(software, "Barracuda") ||
         text::iends_with(draft.out.by.host.value_or(""), ".barracudanetworks.com");
}

bool is_uucp(const Draft& draft) {
  return with_is(draft, "UUCP") || (draft.out.via && text::istarts_with(*draft.out.via, "UUCP"));
}

void read_domino(Draft&) {}

}  // namespace emltrace::received
