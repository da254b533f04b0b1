#include <utility>

#include "base/text.hpp"
#include "message/received/quirk_tools.hpp"
#include "message/received/quirks.hpp"

namespace emltrace::received {

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
  // from NUMBER named NAME by gmailapi.google.com with HTTPREST: the program that sent it
  const Region from = draft.region(Clause::from);
  if (with_is(draft, "HTTPREST") && from.first + 2 < from.last &&
      is_word(draft.tokens[from.first + 1], "named")) {
    draft.out.from.ident = draft.from.host;
    draft.out.from.helo.reset();
    draft.take(from.first, from.last);
  }
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
        correct_address(draft, read_address(word.substr(3))->address);
      } else if (text::istarts_with(word, "fp:") && !out.id) {
        out.id = std::string(word.substr(3));
      } else if (!text::istarts_with(word, "cluster:")) {
        draft.extra.emplace_back(word);
      }
    }
  }
  read_address_name(draft);
}

void read_coremail(Draft& draft) {
  Received& out = draft.out;
  read_helo_name(draft);
  // from user$163.com ( [192.0.2.1] ) by ajax-webmail-wmsvr1: who logged in, in a browser
  if (out.from.helo && out.from.helo->find('$') != std::string::npos && out.by.host &&
      text::istarts_with(*out.by.host, "ajax-webmail")) {
    out.authenticated = true;
    out.auth_user = std::exchange(out.from.helo, std::nullopt);
    out.from.helo_stated = false;
  }
}

bool is_263(const Draft& draft) {
  // by smtp.263.net (postfix) whith ESMTP: Postfix itself writes a capital letter
  return software_of(draft) == "postfix" && draft.out.by.host &&
         text::iends_with(*draft.out.by.host, ".263.net");
}

// from ADDRESS (EHLO name) by ADDRESS with SMTPs
bool is_yahoo_edge(const Draft& draft) {
  const Received& out = draft.out;
  return draft.from.helo_comment && !draft.from.tcp && out.from.ip && out.by.ip && !out.by.host;
}

void read_yahoo(Draft& draft) {
  read_address_name(draft);
  take_sender_name(draft);
  take_phrase(draft, Clause::by, "pod-id NONE");
}

void read_gmx(Draft& draft) {
  // from [192.0.2.1] ([192.0.2.1]) by web-mail.gmx.net (…) (via HTTP): no HELO
  if (draft.out.via && text::istarts_with(*draft.out.via, "HTTP")) {
    read_address_name(draft);
  }
}

bool is_sendgrid(const Draft& draft) {
  return software_of(draft) == "SG";
}

void read_mailgun(Draft& draft) {
  // with SMTP mgrt 8788212249833: the id without its keyword
  Received& out = draft.out;
  const std::size_t space = out.with ? out.with->rfind(' ') : std::string::npos;
  if (!out.id && space != std::string::npos) {
    out.id = out.with->substr(space + 1);
    const std::string before = out.with->substr(0, space);
    const std::size_t end = before.find(' ');
    out.with = before.substr(0, end);
    if (end != std::string::npos && before.substr(end + 1) != "mgrt") {
      draft.extra.push_back(before.substr(end + 1));
    }
  }
}

bool is_webmail(const Draft& draft) {
  return with_is(draft, "HTTP") || with_is(draft, "HTTPS") ||
         (draft.out.via && text::iequals(*draft.out.via, "HTTP"));
}

}  // namespace emltrace::received
