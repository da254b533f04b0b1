#include "trace/author/dkim2_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "auth/dkim2/dkim2.hpp"
#include "base/text.hpp"
#include "trace/author/dkim2_changes.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

using auth::Result;
using dkim2::Fault;
using dkim2::Problem;

std::string domain_of(const dkim2::Verdict& verdict, std::optional<std::size_t> i) {
  for (const auto& signature : verdict.signatures) {
    if (i && signature.i == i && signature.domain) return *signature.domain;
  }
  return "an unnamed domain";
}

// Of the hop that made instance `m`.
std::string maker_of(const dkim2::Verdict& verdict, std::size_t m) {
  for (const auto& instance : verdict.instances) {
    if (instance.m == m) return domain_of(verdict, instance.signed_by);
  }
  return "an unnamed domain";
}

std::size_t newest_instance(const dkim2::Verdict& verdict) {
  std::size_t newest = 0;
  for (const auto& instance : verdict.instances) newest = std::max(newest, instance.m.value_or(0));
  return newest;
}

class Findings {
 public:
  explicit Findings(const Examined& mail) : mail_(mail), v_(mail.auth.dkim2) {}

  std::vector<Finding> make() {
    if (v_.result == Result::pass) {
      add_pass();
    } else if (v_.result == Result::neutral || v_.result == Result::none ||
               (v_.result == Result::temperror && !mail_.dns_available)) {
      add("dkim2-present", fmt::format("DKIM2 fields are present and were not judged: {}.",
                                       v_.detail.empty() ? "DNS was not asked" : v_.detail));
    } else {
      // Of one code the gravest fault is told.
      for (const bool forged : {true, false}) {
        for (const Fault& fault : v_.faults) {
          if ((fault.problem == Problem::signature_mismatch) == forged) add_fault(fault);
        }
      }
    }
    add_keys();
    if (v_.rules != dkim2::Rules::draft_09)
      add("dkim2-old-rules",
          fmt::format("The header hashes match by the list of fields of draft -{} alone.",
                      dkim2::to_string(v_.rules)));
    for (Finding& finding : dkim2_changes(v_)) out_.push_back(std::move(finding));
    for (Finding& finding : out_) {
      if (!finding.line) finding.line = v_.fields.front().line;
    }
    return std::move(out_);
  }

 private:
  Finding& add(Code code, std::string message, Evidence evidence = {}) {
    out_.push_back(make_finding(code, std::move(message), std::move(evidence)));
    return out_.back();
  }
  // Told once, by the first fault that it is made of.
  bool is_told(Code code) const {
    return std::ranges::any_of(out_, [code](const Finding& f) { return f.code == code; });
  }

  void add_pass() {
    std::vector<std::string> domains;
    for (const auto& signature : v_.signatures) domains.push_back(signature.domain.value_or("?"));
    std::string message =
        fmt::format("The DKIM2 chain holds: signed by {}", text::join(domains, ", then "));
    if (v_.rcpt_to == dkim2::Match::match) message += "; the recipient is one that was signed for";
    add("dkim2-pass", message + ".");
  }

  void add_fault(const Fault& fault) {
    switch (fault.problem) {
      case Problem::rcpt_to_mismatch:
      case Problem::mail_from_mismatch:
        return add_delivery(fault);
      case Problem::custody:
      case Problem::next_domain:
        return add_custody(fault);
      case Problem::header_hash_mismatch:
      case Problem::body_hash_mismatch:
        return add_mismatch(fault);
      case Problem::instance_syntax:
      case Problem::signature_syntax:
      case Problem::tag_missing:
      case Problem::tag_unexpected:
      case Problem::algorithm:
        return add_once("dkim2-unknown-draft",
                        "The DKIM2 fields are not of a form that is known here", fault);
      default:
        break;
    }
    if (dkim2::result_of(fault.problem) == Result::fail) {
      add_failure(fault);
    } else {
      add_unverifiable(fault);
    }
  }

  void add_once(Code code, std::string_view words, const Fault& fault) {
    if (!is_told(code)) add(code, fmt::format("{}: {}.", words, fault.detail), evidence_of(fault));
  }

  static Evidence evidence_of(const Fault& fault) {
    Evidence evidence;
    if (fault.at.i) evidence.emplace_back("i", std::to_string(*fault.at.i));
    if (fault.at.m) evidence.emplace_back("m", std::to_string(*fault.at.m));
    evidence.emplace_back("problem", std::string(dkim2::to_string(fault.problem)));
    return evidence;
  }

  void add_failure(const Fault& fault) {
    if (is_told("dkim2-fail")) return;
    add_once("dkim2-fail",
             fmt::format("The DKIM2 chain does not hold at {}", domain_of(v_, fault.at.i)), fault);
    // A forged value is one thing, an envelope or a clock of the signer's own another.
    if (fault.problem != Problem::signature_mismatch) out_.back().severity = Severity::low;
    accept_by_earlier_draft();
  }

  void add_unverifiable(const Fault& fault) {
    if (is_told("dkim2-unverifiable")) return;
    add_once("dkim2-unverifiable", "The DKIM2 chain cannot be verified", fault);
    const bool open = fault.problem == Problem::no_key || fault.problem == Problem::key_revoked ||
                      fault.problem == Problem::dns;
    if (open) out_.back().severity = Severity::info;
    accept_by_earlier_draft();
  }

  void accept_by_earlier_draft() {
    if (!v_.passes_under) return;
    out_.back().severity = Severity::info;
    out_.back().message +=
        fmt::format(" By draft -{} all holds; the drafts are not settled here.", *v_.passes_under);
  }

  // Names that DNS or the border's own look-up gives its client, and the domain SPF passed for.
  [[nodiscard]] std::vector<DomainName> client_names() const {
    std::vector<DomainName> names;
    const auto& border = mail_.route.boundary.border;
    if (border && mail_.route.boundary.from_outside())
      names = supported_names(mail_.route.facts[*border]);
    for (const auto& spf : mail_.auth.spf) {
      const auto domain = spf.result == Result::pass ? DomainName::parse(spf.domain) : std::nullopt;
      if (domain) names.push_back(*domain);
    }
    return names;
  }

  // The delivery came from a host of those whom the last signer had sent it to.
  void add_delivery(const Fault& fault) {
    if (!v_.all_verified() || !v_.newest_matches()) return add_failure(fault);
    if (is_told("dkim2-replay") || is_told("dkim2-unsigned-forwarder")) return;
    const auto names = client_names();
    const Reach& reach = mail_.auth.dkim2_reach.delivery;
    const std::string signer = domain_of(v_, fault.at.i);
    const bool passed_on = std::ranges::any_of(reach.hosts, [&](const DomainName& host) {
      return any_of_organization(names, host) || any_of_family(names, host);
    });
    if (passed_on) {
      add("dkim2-unsigned-forwarder",
          fmt::format("{} signed the message for others than it was delivered to, and a host of "
                      "theirs passed it on without a DKIM2 signature of its own.",
                      signer),
          evidence_of(fault));
      return;
    }
    add("dkim2-replay",
        fmt::format("The message is as {} signed it, but not for this delivery ({}): somebody who "
                    "had it sent it again, and did not sign for that.",
                    signer, fault.detail),
        evidence_of(fault));
    if (names.empty() || !reach.complete) out_.back().severity = Severity::medium;
    // Gateways rewrite MAIL FROM alone, and deliver where it was meant to go.
    if (v_.rcpt_to == dkim2::Match::match) out_.back().severity = Severity::low;
  }

  void add_custody(const Fault& fault) {
    if (is_told("dkim2-custody-broken")) return;
    const std::string signer = domain_of(v_, fault.at.i);
    add_once("dkim2-custody-broken",
             fmt::format("{} signed a message that the hop before had not sent to it", signer),
             fault);
    const Reach& reach = mail_.auth.dkim2_reach.custody;
    const auto domain = DomainName::parse(signer);
    const bool hosted = domain && (any_of_organization(reach.hosts, *domain) ||
                                   any_of_family(reach.hosts, *domain));
    if (hosted) {
      out_.back().severity = Severity::info;
      out_.back().message += " It is the operator of a mail host of that domain.";
    } else if (!reach.complete) {
      out_.back().severity = Severity::low;
    }
  }

  void add_mismatch(const Fault& fault) {
    if (is_told("dkim2-changed-after-last-signature") || is_told("dkim2-recipe-false")) return;
    const std::size_t m = fault.at.m.value_or(0);
    if (m < newest_instance(v_)) {
      add_once("dkim2-recipe-false",
               fmt::format("What {} says that it changed does not lead back to what was signed "
                           "before",
                           maker_of(v_, m + 1)),
               fault);
      return;
    }
    const auto& signatures = v_.signatures;
    const std::string last = signatures.empty() ? "" : signatures.back().domain.value_or("");
    add_once("dkim2-changed-after-last-signature",
             fmt::format("The message was changed after {} had signed it, by somebody who did not "
                         "sign the change",
                         last),
             fault);
    if (mail_.route.list_mail) out_.back().severity = Severity::info;
  }

  void add_keys() {
    for (const auto& signature : v_.signatures) {
      for (const auto& value : signature.values) {
        if (value.result == Result::pass && value.key_bits && *value.key_bits < kAdvisedBits &&
            value.algorithm.starts_with("rsa") && !is_told("dkim2-weak-key"))
          add("dkim2-weak-key",
              fmt::format("The DKIM2 key {} of {} has {} bits; the drafts ask signers for {}.",
                          value.selector, signature.domain.value_or("?"), *value.key_bits,
                          kAdvisedBits));
        if (value.testing && !is_told("dkim2-testing"))
          add("dkim2-testing", fmt::format("The key {} of {} is in test mode (t=y).",
                                           value.selector, signature.domain.value_or("?")));
      }
    }
  }

  static constexpr int kAdvisedBits = 2048;

  const Examined& mail_;
  const dkim2::Verdict& v_;
  std::vector<Finding> out_;
};

}  // namespace

std::vector<Finding> dkim2_findings(const Examined& mail) {
  if (!mail.auth.dkim2.is_present()) return {};
  return Findings(mail).make();
}

}  // namespace emltrace::trace
