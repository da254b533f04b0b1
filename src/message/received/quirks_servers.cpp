#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "message/received/by.hpp"
#include "message/received/comment.hpp"
#include "message/received/quirk_tools.hpp"
#include "message/received/quirks.hpp"

namespace emltrace::received {
namespace {

constexpr std::string_view kResubmission = "MailboxResubmission";

}  // namespace

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
    take_phrase(draft, Clause::from, draft.from.name);
    out.from.helo.reset();
    out.from.helo_stated = false;
  }
}

bool is_resubmission(const Draft& draft) {
  return text::iequals(draft.from.host, kResubmission) ||
         (!draft.tokens.empty() && is_word(draft.tokens[0], kResubmission));
}

void read_resubmission(Draft& draft) {
  // Exchange takes a message out of its own store once more: MailboxResubmission by NAME
  draft.out.from.helo.reset();
  draft.out.with = draft.out.with.value_or(std::string(kResubmission));
  draft.taken[0] = draft.taken[0] || is_word(draft.tokens[0], kResubmission);
}

bool is_mdaemon(const Draft& draft) {
  const auto& id = draft.out.id;
  return id && id->starts_with("md5") && id->ends_with(".msg");
}

void read_xmail(Draft& draft) {
  // with [XMail 1.20 ESMTP Server]; with ESMTP ([XMail 1.27 ESMTP Server])
  Received& out = draft.out;
  const bool in_with = out.with && text::istarts_with(*out.with, "[XMail");
  const std::string text = in_with ? *out.with : *out.by.software;
  const auto words = text::words(std::string_view(text).substr(1, text.find(']') - 1));
  if (words.size() < 3) {
    return;
  }
  out.by.software = std::string(words[0]) + " " + std::string(words[1]);
  if (in_with) {
    out.with = std::string(words[2]);
    apply_keyword(out, *out.with);
  }
}

void read_mailenable(Draft& draft) {
  // with MailEnable ESMTPA; for <ann@example.org> with MailEnable Catch-All Filter
  Received& out = draft.out;
  const auto words = text::words(*out.with);
  if (words.size() != 2) {
    out.by.software = std::exchange(out.with, std::nullopt);
    return;
  }
  const std::string keyword(words[1]);
  out.by.software = std::string(words[0]);
  out.with = keyword;
  apply_keyword(out, keyword);
}

bool is_forcepoint(const Draft& draft) {
  return draft.out.by.host && text::iequals(*draft.out.by.host, "Forcepoint");
}

void read_forcepoint(Draft& draft) {
  // by Forcepoint Email with ESMTP: the product, not a host
  draft.out.by.host.reset();
  draft.out.by.software = "Forcepoint";
  if (take_phrase(draft, Clause::by, "Forcepoint Email")) {
    draft.out.by.software = "Forcepoint Email";
  }
}

void read_interscan(Draft& draft) {
  // with InterScan Message Security Suite
  read_address_name(draft);
  if (draft.out.with && text::istarts_with(*draft.out.with, "InterScan")) {
    draft.out.by.software = std::exchange(draft.out.with, std::nullopt);
  }
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

void read_ironport(Draft& draft) {
  read_looked_up_name(draft);
  Received& out = draft.out;
  if (out.with && text::istarts_with(*out.with, "ESMTP/TLS/")) {
    out.tls = out.tls.value_or(Received::Tls{});
    out.tls->cipher = out.with->substr(10);
  }
}

bool is_proofpoint(const Draft& draft) {
  const std::string host = text::lower(draft.out.by.host.value_or(""));
  return host.ends_with(".pphosted.com") || host.ends_with(".ppops.net") ||
         draft.from.name == "pps.filterd" || software_of(draft) == "PPS";
}

void read_mimecast(Draft& draft) {
  if (with_is(draft, "ESMTP with STARTTLS")) {
    draft.out.with = "ESMTP";
    draft.out.tls = draft.out.tls.value_or(Received::Tls{});
  }
}

}  // namespace emltrace::received
