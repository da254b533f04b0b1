#include "trace/author/dkim2_findings.hpp"

#include <algorithm>

#include "auth/dkim2/dkim2.hpp"
#include "base/text.hpp"
#include "trace/author/dkim2_changes.hpp"
#include "trace/finding/sentence.hpp"
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
  return words<"unnamed-domain">();
}

// Of the hop that made instance `m`.
std::string maker_of(const dkim2::Verdict& verdict, std::size_t m) {
  for (const auto& instance : verdict.instances) {
    if (instance.m == m) return domain_of(verdict, instance.signed_by);
  }
  return words<"unnamed-domain">();
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
      add(say<"dkim2-present">(
          with<"reason">(v_.detail.empty() ? words<"dns-not-asked">() : v_.detail)));
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
      add(say<"dkim2-old-rules">(with<"draft">(dkim2::to_string(v_.rules))));
    for (Finding& finding : dkim2_changes(v_)) out_.push_back(std::move(finding));
    for (Finding& finding : out_) {
      if (!finding.line) finding.line = v_.fields.front().line;
    }
    return std::move(out_);
  }

 private:
  void add(Sentence sentence, Evidence evidence = {}) {
    out_.push_back(make_finding(std::move(sentence), std::move(evidence)));
  }
  // Told once, by the first fault that it is made of.
  bool is_told(Code code) const {
    return std::ranges::any_of(out_, [code](const Finding& f) { return f.code == code; });
  }

  void add_pass() {
    std::vector<std::string> domains;
    for (const auto& signature : v_.signatures) domains.push_back(signature.domain.value_or("?"));
    const std::string signers = text::join(domains, words<"then-signed">());
    const auto by = with<"domains">(signers);
    add(v_.rcpt_to == dkim2::Match::match ? say<"dkim2-pass/recipient">(by)
                                          : say<"dkim2-pass/chain">(by));
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
        return add_once(say<"dkim2-unknown-draft">(with<"problem">(fault.detail)), fault);
      default:
        break;
    }
    if (dkim2::result_of(fault.problem) == Result::fail) {
      add_failure(fault);
    } else {
      add_unverifiable(fault);
    }
  }

  void add_once(Sentence sentence, const Fault& fault) {
    if (!is_told(sentence.code)) add(std::move(sentence), evidence_of(fault));
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
    add_once(
        say<"dkim2-fail">(with<"domain">(domain_of(v_, fault.at.i)), with<"problem">(fault.detail)),
        fault);
    // A forged value is one thing, an envelope or a clock of the signer's own another.
    if (fault.problem != Problem::signature_mismatch) out_.back().severity = Severity::low;
    accept_by_earlier_draft();
  }

  void add_unverifiable(const Fault& fault) {
    if (is_told("dkim2-unverifiable")) return;
    add_once(say<"dkim2-unverifiable">(with<"problem">(fault.detail)), fault);
    const bool open = fault.problem == Problem::no_key || fault.problem == Problem::key_revoked ||
                      fault.problem == Problem::dns;
    if (open) out_.back().severity = Severity::info;
    accept_by_earlier_draft();
  }

  void accept_by_earlier_draft() {
    if (!v_.passes_under) return;
    out_.back().severity = Severity::info;
    out_.back().message += " " + words<"but-earlier-draft">(with<"draft">(*v_.passes_under));
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
      add(say<"dkim2-unsigned-forwarder">(with<"domain">(signer)), evidence_of(fault));
      return;
    }
    add(say<"dkim2-replay">(with<"domain">(signer), with<"problem">(fault.detail)),
        evidence_of(fault));
    if (names.empty() || !reach.complete) out_.back().severity = Severity::medium;
    // Gateways rewrite MAIL FROM alone, and deliver where it was meant to go.
    if (v_.rcpt_to == dkim2::Match::match) out_.back().severity = Severity::low;
  }

  void add_custody(const Fault& fault) {
    if (is_told("dkim2-custody-broken")) return;
    const std::string signer = domain_of(v_, fault.at.i);
    add_once(say<"dkim2-custody-broken">(with<"domain">(signer), with<"problem">(fault.detail)),
             fault);
    const Reach& reach = mail_.auth.dkim2_reach.custody;
    const auto domain = DomainName::parse(signer);
    const bool hosted = domain && (any_of_organization(reach.hosts, *domain) ||
                                   any_of_family(reach.hosts, *domain));
    if (hosted) {
      out_.back().severity = Severity::info;
      out_.back().message += " " + words<"but-host-operator">();
    } else if (!reach.complete) {
      out_.back().severity = Severity::low;
    }
  }

  void add_mismatch(const Fault& fault) {
    if (is_told("dkim2-changed-after-last-signature") || is_told("dkim2-recipe-false")) return;
    const std::size_t m = fault.at.m.value_or(0);
    if (m < newest_instance(v_)) {
      add_once(say<"dkim2-recipe-false">(with<"domain">(maker_of(v_, m + 1)),
                                         with<"problem">(fault.detail)),
               fault);
      return;
    }
    const auto& signatures = v_.signatures;
    const std::string last = signatures.empty() ? "" : signatures.back().domain.value_or("");
    add_once(say<"dkim2-changed-after-last-signature">(with<"domain">(last),
                                                       with<"problem">(fault.detail)),
             fault);
    if (mail_.route.list_mail) out_.back().severity = Severity::info;
  }

  void add_keys() {
    for (const auto& signature : v_.signatures) {
      const std::string domain = signature.domain.value_or("?");
      const auto who = with<"domain">(domain);
      for (const auto& value : signature.values) {
        const auto key = with<"selector">(value.selector);
        if (value.result == Result::pass && value.key_bits && *value.key_bits < kAdvisedBits &&
            value.algorithm.starts_with("rsa") && !is_told("dkim2-weak-key"))
          add(say<"dkim2-weak-key">(key, who, with<"bits">(*value.key_bits),
                                    with<"advised">(kAdvisedBits)));
        if (value.testing && !is_told("dkim2-testing")) add(say<"dkim2-testing">(key, who));
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
