#include "report/exchange/author_observables.hpp"

#include <string>

namespace emltrace::report {
namespace {

using trace::Standing;

Standing standing_of_author(trace::AuthorState state) {
  switch (state) {
    case trace::AuthorState::authenticated:
      return Standing::corroborated;
    case trace::AuthorState::contradicted:
      return Standing::contradicted;
    case trace::AuthorState::unauthenticated:
    case trace::AuthorState::unknown:
      return Standing::unverified;
  }
  return Standing::unverified;
}

Standing standing_of_result(auth::Result result) {
  return result == auth::Result::pass ? Standing::corroborated : Standing::unverified;
}

void add_selector(const std::optional<std::string>& selector,
                  const std::optional<std::string>& domain, Standing standing, Observables& into) {
  if (selector && domain) {
    into.add("dkim-selector", *selector + "._domainkey." + *domain, "signer", standing);
  }
}

void add_signers(const trace::Report& report, Observables& into) {
  for (const dkim::Verdict& verdict : report.dkim) {
    const Standing standing = standing_of_result(verdict.result);
    into.name(verdict.domain, "signer", standing);
    add_selector(verdict.selector, verdict.domain, standing, into);
  }
  for (const dkim2::SignatureVerdict& verdict : report.dkim2.signatures) {
    const Standing standing = standing_of_result(verdict.result);
    into.name(verdict.domain, "signer", standing);
    for (const auto& value : verdict.values) {
      add_selector(value.selector, verdict.domain, standing, into);
    }
  }
  for (const arc::Set& set : report.arc.sets) {
    into.name(set.domain, "sealer", standing_of_result(set.seal));
  }
}

}  // namespace

void add_author(const trace::Report& report, const trace::FieldStanding& fields,
                Observables& into) {
  const Headers& headers = report.headers;
  const auto signed_as = [&](std::string_view field) {
    return fields.is_signed(field) ? Standing::corroborated : Standing::unverified;
  };
  const Standing author = standing_of_author(report.verdict.author);
  for (const Mailbox& mailbox : headers.from) {
    into.mailbox(mailbox.address(), "author", author, true);
  }
  for (const Mailbox& mailbox : headers.sender) {
    into.mailbox(mailbox.address(), "sender", signed_as("sender"));
  }
  for (const Mailbox& mailbox : headers.reply_to) {
    into.mailbox(mailbox.address(), "reply-to", signed_as("reply-to"), true);
  }
  for (const Mailbox& mailbox : headers.to) {
    into.mailbox(mailbox.address(), "recipient", signed_as("to"));
  }
  for (const Mailbox& mailbox : headers.cc) {
    into.mailbox(mailbox.address(), "recipient", signed_as("cc"));
  }
  into.add("message-id", headers.message_id.value_or(""), "message", signed_as("message-id"));
  add_signers(report, into);
}

}  // namespace emltrace::report
