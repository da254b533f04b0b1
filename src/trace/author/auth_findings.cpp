#include "trace/author/auth_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "trace/author/author_state.hpp"
#include "trace/author/dkim2_findings.hpp"
#include "trace/author/gateway_doubt.hpp"
#include "trace/author/recorded_findings.hpp"
#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

using auth::Result;

bool aligned_dkim_pass(const Examined& mail) {
  return mail.auth.dmarc.dkim_aligned.value_or(false);
}

std::string client_text(const Examined& mail) {
  return mail.route.envelope.client_ip ? mail.route.envelope.client_ip->text()
                                       : words<"the-client">();
}

Evidence spf_evidence(const spf::Verdict& spf) {
  Evidence evidence{{"domain", spf.domain}, {"client_ip", spf.ip.text()}};
  if (spf.record) evidence.emplace_back("record", *spf.record);
  if (spf.mechanism) evidence.emplace_back("mechanism", *spf.mechanism);
  if (spf.problem) evidence.emplace_back("problem", *spf.problem);
  return evidence;
}

// The trace shows that a host of neither the envelope's domain nor the recipient took the message
// in on the way: its line stands below the border and is believed.
bool passed_on(const Examined& mail, const spf::Verdict& spf) {
  const auto sender = DomainName::parse(spf.domain);
  const int border = mail.route.envelope.from_hop.value_or(0);
  if (!sender || border < 2) return false;
  if (mail.route.standing(static_cast<std::size_t>(border - 2)) != Standing::corroborated)
    return false;
  const auto& client = mail.route.hops[static_cast<std::size_t>(border - 1)].received.from;
  const auto name = DomainName::parse(client.rdns ? *client.rdns : client.helo.value_or(""));
  return client.ip == mail.route.envelope.client_ip && name &&
         !auth::same_organization(*name, *sender);
}

Finding forwarding_finding(const Examined& mail, const spf::Verdict& spf) {
  const std::string witness = aligned_dkim_pass(mail)
                                  ? words<"signature-verifies">(with<"domain">(
                                        mail.auth.dmarc.author_domain.value_or(spf.domain)))
                                  : words<"arc-records">();
  return make_finding(
      say<"spf-broken-by-forwarding">(with<"domain">(spf.domain), with<"client">(client_text(mail)),
                                      with<"witness">(witness)),
      spf_evidence(spf));
}

void add_spf(const Examined& mail, const spf::Verdict& spf, std::vector<Finding>& out) {
  // Not to ask was the user's choice.
  if (spf.result == Result::temperror && !mail.dns_available) return;
  const bool mail_from = spf.identity == spf::Identity::mail_from;
  const bool forwarded =
      mail_from && (mail.auth.arc_counts || (aligned_dkim_pass(mail) && passed_on(mail, spf)));
  const std::string who = fmt::format("{} ({})", spf.domain, mail_from ? "MAIL FROM" : "HELO");
  if (spf.result == Result::fail || spf.result == Result::softfail) {
    if (forwarded) {
      out.push_back(forwarding_finding(mail, spf));
    } else if (spf.result == Result::fail) {
      out.push_back(make_finding(say<"spf-fail">(with<"who">(who), with<"ip">(spf.ip.text())),
                                 spf_evidence(spf)));
    } else {
      out.push_back(make_finding(say<"spf-softfail">(with<"who">(who), with<"ip">(spf.ip.text())),
                                 spf_evidence(spf)));
    }
    soften_behind_gateway(mail, out.back());
  } else if (spf.result == Result::permerror || spf.result == Result::temperror) {
    out.push_back(make_finding(
        say<"spf-error">(with<"who">(who), with<"problem">(spf.problem.value_or(
                                               std::string(auth::to_string(spf.result))))),
        spf_evidence(spf)));
    // A question without an answer says nothing about the sender; a faulty record does.
    out.back().severity = spf.result == Result::temperror ? Severity::info : Severity::low;
  } else if (spf.result == Result::none && mail_from && !spf.domain.empty()) {
    out.push_back(make_finding(say<"spf-none">(with<"who">(who)), spf_evidence(spf)));
  }
}

Evidence dkim_evidence(const dkim::Verdict& verdict) {
  Evidence evidence;
  if (verdict.domain) evidence.emplace_back("d", *verdict.domain);
  if (verdict.selector) evidence.emplace_back("s", *verdict.selector);
  evidence.emplace_back("body_hash", std::string(dkim::to_string(verdict.body_hash)));
  evidence.emplace_back("signature", std::string(dkim::to_string(verdict.signature)));
  for (const auto& repair : verdict.verifies_after) evidence.emplace_back("verifies_after", repair);
  return evidence;
}

/// What does not count, and what would make it count; the same for each code.
std::string dkim_reason(const dkim::Verdict& verdict) {
  if (verdict.verifies_after.empty()) return verdict.detail;
  return words<"dkim-reason-undone">(with<"reason">(verdict.detail),
                                     with<"changes">(text::join(verdict.verifies_after, ", ")));
}

std::optional<Sentence> dkim_sentence(const dkim::Verdict& verdict) {
  const std::string domain = verdict.domain.value_or(words<"unnamed-domain">());
  const std::string reason = dkim_reason(verdict);
  switch (verdict.problem) {
    case dkim::Problem::no_key:
    case dkim::Problem::key_revoked:
      return say<"dkim-no-key">(with<"domain">(domain), with<"reason">(reason));
    case dkim::Problem::key_too_short:
      return say<"dkim-weak-key/refused">(with<"domain">(domain), with<"reason">(reason));
    case dkim::Problem::algorithm:
      return say<"dkim-algorithm">(with<"domain">(domain), with<"reason">(reason));
    case dkim::Problem::expired:
    case dkim::Problem::future:
      return say<"dkim-expired">(with<"domain">(domain), with<"reason">(reason));
    case dkim::Problem::body_hash_mismatch:
    case dkim::Problem::signature_mismatch:
      return say<"dkim-fail">(with<"domain">(domain), with<"reason">(reason));
    case dkim::Problem::none:
    case dkim::Problem::dns:
    case dkim::Problem::body_absent:
    case dkim::Problem::unavailable:
      return std::nullopt;
    default:
      return say<"dkim-error">(with<"domain">(domain), with<"reason">(reason));
  }
}

// Additions that lists, scanners and gateways are known to make, and forms that transports change,
// are no failure of the sender where somebody on the route can have made them. All else that a
// repair takes away stays a change of what was signed.
bool is_harmless(dkim::Change change, bool rewriter) {
  switch (change) {
    case dkim::Change::footer:
    case dkim::Change::tag:
    case dkim::Change::banner:
      return rewriter;
    case dkim::Change::transfer_encoding:
    case dkim::Change::header_form:
    case dkim::Change::fold:
    case dkim::Change::white_space:
    case dkim::Change::transport:
    case dkim::Change::line_ends:
      return true;
    default:
      return false;
  }
}

bool is_harmlessly_changed(const Examined& mail, const dkim::Verdict& verdict) {
  if (!verdict.repair || verdict.verifies_after.empty()) return false;
  const bool rewriter = mail.route.list_mail || mail.route.hops.size() > 1;
  return std::ranges::all_of(verdict.repair->changes,
                             [&](dkim::Change change) { return is_harmless(change, rewriter); });
}

void add_dkim(const Examined& mail, const dkim::Verdict& verdict, bool partial,
              std::vector<Finding>& out) {
  const auto add = [&](Sentence sentence) -> Finding& {
    out.push_back(make_finding(std::move(sentence), dkim_evidence(verdict)));
    out.back().line = verdict.line;
    return out.back();
  };
  if (auto sentence = dkim_sentence(verdict)) {
    Finding& finding = add(std::move(*sentence));
    // A broken second signature says little where another one of the author's own verifies.
    if (aligned_dkim_pass(mail) || is_harmlessly_changed(mail, verdict)) {
      finding.severity = std::min(finding.severity, Severity::info);
    }
  } else if (verdict.result == Result::pass && verdict.key_bits && verdict.key_bits < 2048 &&
             verdict.algorithm && verdict.algorithm->starts_with("rsa")) {
    add(say<"dkim-weak-key/short">(with<"domain">(verdict.domain.value_or("")),
                                   with<"bits">(*verdict.key_bits)))
        .severity = Severity::info;
  }
  if (verdict.unsigned_bytes > 0) {
    add(say<"dkim-length-tag">(with<"bytes">(verdict.unsigned_bytes),
                               with<"domain">(verdict.domain.value_or(words<"unnamed-domain">()))));
    if (partial) out.back().severity = Severity::medium;
  }
}

bool signs_recipients(const dkim::Verdict& verdict) {
  return std::any_of(verdict.signed_headers.begin(), verdict.signed_headers.end(),
                     [](const std::string& name) { return name == "to" || name == "cc"; });
}

// A signed message sent on to others by its receiver passes every check: age and a foreign envelope
// recipient are all that shows it.
void add_replay(const Examined& mail, std::vector<Finding>& out) {
  constexpr auto kOld = std::chrono::hours(24 * 3);
  if (!mail.route.envelope.rcpt_to || !mail.route.envelope.received_at) return;
  if (is_recipient(mail.headers, *mail.route.envelope.rcpt_to)) return;
  for (const auto& verdict : mail.auth.dkim) {
    if (verdict.result != Result::pass || !verdict.signed_at || !signs_recipients(verdict))
      continue;
    if (*mail.route.envelope.received_at - *verdict.signed_at < kOld) continue;
    out.push_back(
        make_finding(say<"dkim-replay-likely">(
                         with<"domain">(verdict.domain.value_or("")),
                         with<"signed">(format_rfc3339(*verdict.signed_at)),
                         with<"received">(format_rfc3339(*mail.route.envelope.received_at)),
                         with<"recipient">(*mail.route.envelope.rcpt_to)),
                     dkim_evidence(verdict)));
    return;
  }
}

// Where the domain's signature verifies once a change is undone, or the record of the day says
// pass, the failure of today is not the author's.
void weigh_dmarc_failure(const Examined& mail, Finding& finding) {
  const auto lower_to = [&](Severity most) { finding.severity = std::min(finding.severity, most); };
  const AuthorJudgement author = judge_author(mail.headers, mail.auth, true);
  if (author.state == AuthorState::authenticated && author.by_dkim2) {
    lower_to(Severity::info);
    finding.message += " " + words<"but-dkim2">();
  } else if (author.state == AuthorState::authenticated) {
    lower_to(Severity::info);
    finding.message += " " + words<"but-explained">();
  } else if (author.differs) {
    lower_to(Severity::medium);
    finding.message += " " + words<"but-recorded">();
  } else if (author.state == AuthorState::unauthenticated) {
    const bool harmless = std::ranges::any_of(mail.auth.dkim, [&](const dkim::Verdict& verdict) {
      return is_harmlessly_changed(mail, verdict);
    });
    lower_to(harmless || mail.auth.dmarc.passes_under ? Severity::low : Severity::medium);
  }
}

void add_dmarc(const Examined& mail, std::vector<Finding>& out) {
  const dmarc::Verdict& dmarc = mail.auth.dmarc;
  Evidence evidence;
  if (dmarc.record_domain) evidence.emplace_back("record_domain", *dmarc.record_domain);
  if (dmarc.record) evidence.emplace_back("record", *dmarc.record);
  if (dmarc.result == Result::fail) {
    const std::string policy = dmarc.policy.value_or("none");
    out.push_back(make_finding(
        say<"dmarc-fail">(with<"domain">(dmarc.author_domain.value_or(words<"author-domain">())),
                          with<"policy">(policy)),
        evidence));
    if (policy == "none") out.back().severity = Severity::low;
    if (dmarc.passes_under) {
      const std::string_view rules =
          dmarc.passes_under == dmarc::Mode::rfc7489 ? "RFC 7489" : "RFC 9989";
      out.back().message += " " + words<"but-other-rules">(with<"rules">(rules));
    }
    weigh_dmarc_failure(mail, out.back());
    soften_behind_gateway(mail, out.back());
    if (mail.auth.arc_counts) {
      out.back().severity = Severity::low;
      out.back().message += " " + words<"but-arc">();
    }
  }
  for (const auto& warning : dmarc.warnings) {
    out.push_back(
        make_finding(say<"dmarc-record-fault/warning">(with<"fault">(warning)), evidence));
    out.back().severity = Severity::info;
  }
  // Where a signature cannot be judged DMARC cannot be either; that is no fault of the record.
  if (dmarc.result == Result::permerror && dmarc.record && !dmarc.undecided) {
    out.push_back(make_finding(say<"dmarc-record-fault/error">(with<"problem">(
                                   dmarc.problem.value_or(words<"record-fault">()))),
                               evidence));
  }
}

// What is no domain name is never asked for in DNS; in an identity it is an attempt on those who
// do.
bool is_injection(std::string_view value) {
  return std::any_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || c == '(' || c == ')' || c == '"' || c == '\'' ||
           c == '\\';
  });
}

void add_injection(const Examined& mail, std::vector<Finding>& out) {
  const auto check = [&](const std::optional<std::string>& value, std::string_view name,
                         std::optional<std::size_t> line) {
    if (!value || !is_injection(*value)) return;
    out.push_back(make_finding(say<"identity-injection">(with<"identity">(name)),
                               {{std::string(name), *value}}));
    out.back().line = line;
  };
  for (const auto& verdict : mail.auth.dkim) {
    check(verdict.domain, "d=", verdict.line);
    check(verdict.selector, "s=", verdict.line);
  }
  if (const auto& from = mail.route.envelope.mail_from)
    check(std::string(domain_part(*from)), "MAIL FROM", std::nullopt);
}

}  // namespace

std::vector<Finding> auth_findings(const Examined& mail) {
  std::vector<Finding> out;
  for (const auto& spf : mail.auth.spf) add_spf(mail, spf, out);
  for (std::size_t i = 0; i < mail.auth.dkim.size(); ++i)
    add_dkim(mail, mail.auth.dkim[i], mail.auth.is_partial(i), out);
  add_replay(mail, out);
  add_dmarc(mail, out);
  if (mail.auth.arc.result == Result::fail) {
    out.push_back(make_finding(say<"arc-fail">(
        with<"problem">(mail.auth.arc.problem.value_or(words<"arc-set-fails">())))));
    // A key that is gone decides nothing.
    if (mail.auth.arc.undecided) out.back().severity = Severity::info;
  }
  add_injection(mail, out);
  for (Finding& finding : recorded_findings(mail)) out.push_back(std::move(finding));
  for (Finding& finding : dkim2_findings(mail)) out.push_back(std::move(finding));
  return out;
}

}  // namespace emltrace::trace
