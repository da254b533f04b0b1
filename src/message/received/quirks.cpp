#include "message/received/quirks.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "message/received/clauses.hpp"
#include "message/received/comment.hpp"

namespace emltrace::received {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool with_is(const Draft& draft, std::string_view word) {
  return draft.out.with && text::iequals(*draft.out.with, word);
}

std::string_view software_of(const Draft& draft) {
  return draft.out.by.software ? std::string_view(*draft.out.by.software) : std::string_view();
}

bool is_made_of(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == kNone;
}

// A stamp without a weekday: `20 May 2026 05:58:35 -0700`.
bool no_weekday(const Draft& draft) {
  return !draft.out.stamp_raw.empty() && text::is_digit(draft.out.stamp_raw.front());
}

void take_comments(Draft& draft, Clause clause, std::string_view start) {
  const Region region = draft.region(clause);
  for (std::size_t at = region.first; at < region.last; ++at) {
    if (draft.tokens[at].kind == Kind::comment &&
        text::istarts_with(draft.tokens[at].inner, start)) {
      draft.taken[at] = true;
    }
  }
}

// True and taken where these words follow each other in the clause.
bool take_phrase(Draft& draft, Clause clause, std::string_view phrase) {
  const Region region = draft.region(clause);
  const std::size_t count = text::words(phrase).size();
  for (std::size_t at = region.first; at + count <= region.last; ++at) {
    if (text::iequals(draft.slice(at, at + count), phrase)) {
      draft.take(at, at + count);
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_sendmail(const Draft& draft) {
  return is_version(software_of(draft));
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
    if (text::istarts_with(inner, "from ")) {
      draft.out.from.ident = std::string(text::trim(inner.substr(5)));
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
  // Exim alone parts its ids like this.
  const bool id = out.id && (out.id->size() == 16 || out.id->size() == 23) && (*out.id)[6] == '-' &&
                  (*out.id)[out.id->size() == 16 ? 13 : 18] == '-';
  return id && out.with && !out.by.software;
}

void read_exim(Draft& draft) {
  Received& out = draft.out;
  if ((with_is(draft, "local") || with_is(draft, "archive")) && out.from.helo && !draft.from.tcp) {
    out.from.ident = out.from.helo;
    out.from.helo.reset();
    out.local_submission = true;
    return;
  }
  if (draft.from.tcp && !draft.from.tcp->name) {
    read_looked_up_name(draft);
  }
}

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
    // (qmail 123 invoked by uid 89), from network, by alias, for bounce
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

bool is_mailman(const Draft& draft) {
  const std::string& name = draft.from.name;
  return with_is(draft, "archive") ||
         (with_is(draft, "local") && (name == "mailman" || name == "list"));
}

void read_fetchmail(Draft& draft) {
  take_comments(draft, Clause::for_, "single-drop");
  take_comments(draft, Clause::for_, "multi-drop");
  // pop.example.org [192.0.2.1]: the server that was asked
  Received::From& from = draft.out.from;
  const std::size_t open = from.helo ? from.helo->find(" [") : kNone;
  if (open != kNone && read_address(from.helo->substr(open + 1))) {
    from.ip = read_address(from.helo->substr(open + 1))->address;
    from.helo = from.helo->substr(0, open);
  }
}

bool is_getmail(const Draft& draft) {
  return draft.out.with && text::ifind(*draft.out.with, " getmail") != kNone;
}

void read_getmail(Draft& draft) {
  // with POP3 getmail6 msgid:UID
  const std::string all = *draft.out.with;
  const auto words = text::words(all);
  draft.out.with = std::string(words[0]);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (text::istarts_with(words[i], "getmail")) {
      draft.out.by.software = std::string(words[i]);
    } else if (text::istarts_with(words[i], "msgid:")) {
      draft.out.id = std::string(words[i].substr(6));
    } else {
      draft.extra.emplace_back(words[i]);
    }
  }
}

void read_helo_name(Draft& draft) {
  Received::From& from = draft.out.from;
  from.helo_stated = from.helo_stated || (from.helo && draft.from.tcp);
}

void read_looked_up_name(Draft& draft) {
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

void read_address_name(Draft& draft) {
  Received::From& from = draft.out.from;
  if (!from.helo || from.helo_stated) {
    return;
  }
  if (from.ip) {
    const auto repeated = read_address(*from.helo);
    if (repeated && repeated->address == *from.ip) {
      from.helo.reset();
    }
    return;
  }
  if (const auto address = read_address(*from.helo)) {
    from.ip = address->address;
    from.port = address->port;
    from.helo.reset();
  }
}

void read_own_address(Draft& draft) {
  read_helo_name(draft);
  Received::By& by = draft.out.by;
  const auto address = by.software && !by.ip ? read_address(*by.software) : std::nullopt;
  if (address) {
    by.ip = address->address;
    by.software.reset();
    read_comments(draft, draft.region(Clause::by), true);
  }
}

bool is_mdaemon(const Draft& draft) {
  const auto& id = draft.out.id;
  return id && id->starts_with("md5") && id->ends_with(".msg");
}

bool is_ironport(const Draft& draft) {
  const Received& out = draft.out;
  if (out.with && text::istarts_with(*out.with, "ESMTP/TLS/")) {
    return true;
  }
  return with_is(draft, "ESMTP") && !out.id && !out.by.software && draft.from.tcp &&
         draft.from.tcp->address && !draft.from.tcp->bare && !draft.from.tcp->name &&
         no_weekday(draft);
}

bool is_google_relay(const Draft& draft) {
  const Received& out = draft.out;
  return out.by.ip && with_is(draft, "SMTP") && out.id && draft.from.name.empty();
}

void read_google(Draft& draft) {
  for (const Clause clause : {Clause::with, Clause::id, Clause::for_}) {
    const Region region = draft.region(clause);
    for (std::size_t at = region.first; at < region.last; ++at) {
      if (text::iequals(draft.tokens[at].inner, "Google Transport Security")) {
        draft.taken[at] = true;
        draft.out.tls = draft.out.tls.value_or(Received::Tls{});
      }
    }
  }
}

bool is_frontend_transport(const Draft& draft) {
  return draft.out.via && text::iequals(*draft.out.via, "Frontend Transport");
}

void read_smtpsvc(Draft& draft) {
  Received& out = draft.out;
  read_own_address(draft);
  if (out.by.software && out.with && is_version(*out.by.software)) {
    out.by.software = *out.with + " " + *out.by.software;
  }
  if (take_phrase(draft, Clause::by, "over TLS secured channel")) {
    out.tls = out.tls.value_or(Received::Tls{});
  }
  if (draft.from.name == "mail pickup service") {
    out.local_submission = true;
    out.from.helo.reset();
    out.from.helo_stated = false;
  }
}

bool is_proofpoint(const Draft& draft) {
  const std::string host = text::lower(draft.out.by.host.value_or(""));
  return host.ends_with(".pphosted.com") || host.ends_with(".ppops.net") ||
         draft.from.name == "pps.filterd" || software_of(draft) == "PPS";
}

bool is_webmail(const Draft& draft) {
  return with_is(draft, "HTTP") || with_is(draft, "HTTPS") ||
         (draft.out.via && text::iequals(*draft.out.via, "HTTP"));
}

void read_aliyun(Draft& draft) {
  Received& out = draft.out;
  read_own_address(draft);
  const Region region = draft.region(Clause::from);
  for (std::size_t at = region.first; at < region.last; ++at) {
    const Token& token = draft.tokens[at];
    if (token.kind != Kind::comment || !text::istarts_with(token.inner, "mailfrom:")) {
      continue;
    }
    // (mailfrom:a@b.example ip:192.0.2.1 fp:SMTPD_---0TU0Hbt._1560376624 cluster:ay36)
    draft.taken[at] = true;
    for (const std::string_view word : text::words(token.inner)) {
      if (text::istarts_with(word, "mailfrom:")) {
        out.envelope_from = std::string(word.substr(9));
      } else if (text::istarts_with(word, "ip:") && read_address(word.substr(3))) {
        out.from.ip = read_address(word.substr(3))->address;
      } else if (text::istarts_with(word, "fp:") && !out.id) {
        out.id = std::string(word.substr(3));
      } else if (!text::istarts_with(word, "cluster:")) {
        draft.extra.emplace_back(word);
      }
    }
  }
  read_address_name(draft);
}

// from ADDRESS (EHLO name) by ADDRESS with SMTPs
bool is_yahoo_edge(const Draft& draft) {
  const Received& out = draft.out;
  return draft.from.helo_comment && !draft.from.tcp && out.from.ip && out.by.ip && !out.by.host;
}

void read_yahoo(Draft& draft) {
  read_address_name(draft);
  take_phrase(draft, Clause::by, "pod-id NONE");
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

void read_ironport(Draft& draft) {
  read_looked_up_name(draft);
  Received& out = draft.out;
  if (out.with && text::istarts_with(*out.with, "ESMTP/TLS/")) {
    out.tls = out.tls.value_or(Received::Tls{});
    out.tls->cipher = out.with->substr(10);
  }
}

void read_mailgun(Draft& draft) {
  // with SMTP mgrt 8788212249833: the id without its keyword
  Received& out = draft.out;
  const std::size_t space = out.with ? out.with->rfind(' ') : kNone;
  if (!out.id && space != kNone) {
    out.id = out.with->substr(space + 1);
    const std::string before = out.with->substr(0, space);
    const std::size_t end = before.find(' ');
    out.with = before.substr(0, end);
    if (end != kNone && before.substr(end + 1) != "mgrt") {
      draft.extra.push_back(before.substr(end + 1));
    }
  }
}

void read_mimecast(Draft& draft) {
  if (with_is(draft, "ESMTP with STARTTLS")) {
    draft.out.with = "ESMTP";
    draft.out.tls = draft.out.tls.value_or(Received::Tls{});
  }
}

}  // namespace emltrace::received
