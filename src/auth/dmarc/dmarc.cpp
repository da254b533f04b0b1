#include "auth/dmarc/dmarc.hpp"

#include <algorithm>
#include <utility>

#include "auth/dmarc/discovery.hpp"
#include "auth/dmarc/org_domain.hpp"

namespace emltrace::dmarc {
namespace {

using auth::Alignment;
using auth::Result;

/// An alignment, and whether DNS let it be told.
struct Standing {
  Alignment alignment = Alignment::none;
  bool known = true;
};

/// What one authenticated identifier says: only `yes` passes DMARC, the open ones could have.
enum class Support { no, yes, open_dns, open_body, open_key, open_envelope };

std::size_t shared_labels(const DomainName& a, const DomainName& b) {
  const std::size_t most = std::min(a.label_count(), b.label_count());
  std::size_t count = 0;
  while (count < most && a.last_labels(count + 1) == b.last_labels(count + 1)) ++count;
  return count;
}

class Evaluation {
 public:
  Evaluation(dns::Client& client, const Request& request) : client_(client), request_(request) {
    verdict_.mode = request.mode;
  }

  Verdict run() {
    if (read_author()) {
      found_ = discover(client_, *author_, request_.mode);
      tell_discovery();
      apply_policy();
      judge_identifiers();
      conclude();
    } else {
      verdict_.result = Result::permerror;
      if (request_.dkim != nullptr) verdict_.dkim_alignment.resize(request_.dkim->size());
    }
    return std::move(verdict_);
  }

 private:
  bool read_author();
  void tell_discovery();
  void apply_policy();
  void choose_policy_tag(const PolicyRecord& record);
  [[nodiscard]] Standing align(std::string_view written);
  [[nodiscard]] Standing align_by_walk(const DomainName& domain);
  void judge_identifiers();
  [[nodiscard]] Support support_of_spf(const Standing& standing) const;
  [[nodiscard]] Support support_of_dkim(const dkim::Verdict& signature,
                                        const Standing& standing) const;
  void conclude();
  [[nodiscard]] std::string disposition();

  dns::Client& client_;
  const Request& request_;
  Verdict verdict_;
  std::optional<DomainName> author_;
  Discovery found_;
  Policy policy_ = Policy::none;
  Support spf_ = Support::no;
  Support dkim_ = Support::no;
};

// RFC 9989 5.3.1 (and RFC 7489 6.6.1): exactly one author domain can be evaluated. Two spellings
// of one name are one.
bool Evaluation::read_author() {
  for (const std::string& written : request_.author_domains) {
    // An address literal (RFC 5321 4.1.3) is a domain of mail, not of DNS.
    const bool literal = written.starts_with('[');
    const auto name = literal ? std::nullopt : DomainName::parse(written);
    if (!name) {
      verdict_.problem = "the From domain is not a domain name";
      return false;
    }
    if (author_ && *author_ != *name) {
      verdict_.problem = "From names several author domains";
      return false;
    }
    author_ = name;
  }
  if (!author_) {
    verdict_.problem = "From names no author domain";
    return false;
  }
  verdict_.author_domain = author_->text();
  return true;
}

void Evaluation::tell_discovery() {
  if (found_.organization) verdict_.organizational_domain = found_.organization->text();
  for (const WalkNode& node : found_.walk.nodes) {
    verdict_.walk.push_back(node.step);
    if (node.step.outcome == "several-records") {
      verdict_.warnings.push_back("several records at " + node.step.name + ": all are discarded");
    } else if (node.step.outcome == "invalid-record") {
      verdict_.warnings.push_back("the text at " + node.step.name +
                                  " does not begin with v=DMARC1: discarded");
    }
  }
}

void Evaluation::apply_policy() {
  if (found_.source() == nullptr) return;
  const PolicyRecord& record = *found_.source()->record;
  verdict_.record_domain = found_.source()->domain.text();
  verdict_.record = record.text;
  verdict_.testing = record.testing;
  verdict_.aggregate_reports = record.aggregate_reports;
  verdict_.failure_reports = record.failure_reports;
  verdict_.authenticated_data = found_.source()->authenticated;
  verdict_.warnings.insert(verdict_.warnings.end(), record.warnings.begin(), record.warnings.end());
  if (record.problem) {
    verdict_.problem = record.problem;
    return;
  }
  choose_policy_tag(record);
  verdict_.policy = std::string(to_string(policy_));
}

void Evaluation::choose_policy_tag(const PolicyRecord& record) {
  const bool subdomain = found_.source()->domain != *author_;
  bool exists = true;
  if (subdomain && record.np) {
    // NXDOMAIN says that the name does not exist whatever type was asked for (RFC 8020).
    const dns::Answer& answer = client_.ask({*author_, dns::Type::a});
    exists = answer.status != dns::Status::no_such_name;
    if (answer.error()) {
      verdict_.warnings.push_back("whether " + author_->text() +
                                  " exists could not be asked: taken as existing");
    }
  }
  if (!exists) {
    policy_ = *record.np;
    verdict_.policy_tag = "np";
  } else if (subdomain && record.sp) {
    policy_ = *record.sp;
    verdict_.policy_tag = "sp";
  } else {
    policy_ = record.p.value_or(Policy::none);
    verdict_.policy_tag = "p";
  }
}

Standing Evaluation::align(std::string_view written) {
  const auto domain = DomainName::parse(written);
  if (!domain) return {};
  if (*domain == *author_) return {Alignment::strict, true};
  if (request_.mode == Mode::rfc9989) return align_by_walk(*domain);
  const bool same = auth::same_organization(*domain, *author_);
  return {same ? Alignment::relaxed : Alignment::none, true};
}

// The organizational domain of a name is the name itself or one above it: a name outside the
// author's organizational domain cannot have the same, and need not be walked. Nor can any where
// the author's walk found nothing, since what makes two names meet would stand on it.
Standing Evaluation::align_by_walk(const DomainName& domain) {
  if (!found_.organization) {
    const std::size_t shared = shared_labels(domain, *author_);
    // Two labels in common make it likely that this walk will be needed: asked in the same round.
    if (found_.walk.pending() && shared >= 2) static_cast<void>(walk_tree(client_, domain));
    return {Alignment::none, shared == 0};
  }
  const bool any = std::any_of(found_.walk.nodes.begin(), found_.walk.nodes.end(),
                               [](const WalkNode& node) { return node.record.has_value(); });
  if (!any || !domain.is_within(*found_.organization)) return {};
  const auto other = organizational_domain(walk_tree(client_, domain));
  if (!other) return {Alignment::none, false};
  return {*other == *found_.organization ? Alignment::relaxed : Alignment::none, true};
}

// Whether an alignment satisfies adkim=/aspf=; open where DNS left it open.
std::optional<bool> satisfies(const Standing& standing, bool strict) {
  if (standing.alignment == Alignment::strict) return true;
  if (strict) return false;
  if (!standing.known) return std::nullopt;
  return standing.alignment == Alignment::relaxed;
}

Support Evaluation::support_of_spf(const Standing& standing) const {
  const Result result = request_.spf->result;
  if (result != Result::pass && result != Result::temperror) return Support::no;
  const auto aligned =
      satisfies(standing, found_.source() != nullptr && found_.source()->record->strict_spf);
  if (!aligned) return Support::open_dns;
  if (!*aligned) return Support::no;
  return result == Result::pass ? Support::yes : Support::open_dns;
}

Support Evaluation::support_of_dkim(const dkim::Verdict& signature,
                                    const Standing& standing) const {
  // Without the body, or with signed bytes mended, a signature can be neither relied on nor blamed.
  const bool undecided = signature.result == Result::neutral &&
                         (signature.problem == dkim::Problem::body_absent || signature.mended) &&
                         (signature.mended || signature.signature != dkim::Check::mismatch);
  const bool failed_dns = signature.result == Result::temperror;
  // A key that is gone, since keys are rotated, decides nothing.
  const bool key_gone = dkim::is_key_gone(signature.problem);
  if (signature.result != Result::pass && !undecided && !failed_dns && !key_gone)
    return Support::no;
  const auto aligned =
      satisfies(standing, found_.source() != nullptr && found_.source()->record->strict_dkim);
  if (!aligned) return undecided ? Support::open_body : Support::open_dns;
  if (!*aligned) return Support::no;
  if (key_gone) return Support::open_key;
  if (undecided) return Support::open_body;
  return failed_dns ? Support::open_dns : Support::yes;
}

void Evaluation::judge_identifiers() {
  const auto told = [](Support support) -> std::optional<bool> {
    if (support == Support::yes) return true;
    if (support == Support::no) return false;
    return std::nullopt;
  };
  // SPF counts with the MAIL FROM identity alone (RFC 9989 4.4.2); a HELO result is no substitute.
  if (request_.spf != nullptr && request_.spf->identity == spf::Identity::mail_from) {
    const Standing standing = align(request_.spf->domain);
    verdict_.spf_alignment = standing.alignment;
    spf_ = support_of_spf(standing);
    verdict_.spf_aligned = told(spf_);
  }
  if (request_.spf == nullptr && request_.spf_open) {
    const Standing standing = request_.spf_open_domain ? align(*request_.spf_open_domain)
                                                       : Standing{Alignment::none, false};
    const auto aligned =
        satisfies(standing, found_.source() != nullptr && found_.source()->record->strict_spf);
    // Without a domain even a strict alignment is open.
    spf_ = aligned == false && request_.spf_open_domain ? Support::no : Support::open_envelope;
  }
  if (request_.dkim == nullptr) return;
  for (const dkim::Verdict& signature : *request_.dkim) {
    const Standing standing = align(signature.domain.value_or(""));
    verdict_.dkim_alignment.push_back(standing.alignment);
    const Support support = support_of_dkim(signature, standing);
    // One aligned pass decides; a DNS error is more than what asking again does not bring.
    if (support == Support::yes || dkim_ == Support::no ||
        (support == Support::open_dns && dkim_ != Support::yes)) {
      dkim_ = support;
    }
  }
  verdict_.dkim_aligned = told(dkim_);
}

// RFC 9989 5.4: one aligned pass suffices; what DNS left open is neither pass nor fail.
void Evaluation::conclude() {
  if (found_.open) {
    verdict_.result = Result::temperror;
    verdict_.problem = found_.open;
  } else if (found_.source() == nullptr || found_.source()->record->problem) {
    verdict_.result = Result::none;
  } else if (spf_ == Support::yes || dkim_ == Support::yes) {
    verdict_.result = Result::pass;
    verdict_.disposition = "none";
  } else if (spf_ == Support::open_dns || dkim_ == Support::open_dns) {
    verdict_.result = Result::temperror;
    verdict_.problem = "DNS left open whether an aligned identifier passes";
  } else if (dkim_ == Support::open_body) {
    verdict_.result = Result::permerror;
    verdict_.problem = "an aligned signature cannot be judged without the message as it was signed";
  } else if (dkim_ == Support::open_key) {
    verdict_.result = Result::permerror;
    verdict_.problem = "the key of an aligned signature is not published any more";
  } else if (spf_ == Support::open_envelope) {
    verdict_.result = Result::permerror;
    verdict_.problem = "MAIL FROM or the client is not known, so SPF could not be checked";
  } else {
    verdict_.result = Result::fail;
    verdict_.disposition = disposition();
  }
  const bool open =
      spf_ >= Support::open_dns || dkim_ >= Support::open_dns || found_.open.has_value();
  verdict_.undecided = open && spf_ != Support::yes && dkim_ != Support::yes;
}

// t=y (RFC 9989 4.7) asks for one level less. pct (RFC 7489 6.6.4) asks it for the messages that
// are not in the sample; which ones these are is the receiver's dice, unless none are.
std::string Evaluation::disposition() {
  const PolicyRecord& record = *found_.source()->record;
  const Policy lower = one_level_lower(policy_);
  if (record.testing || record.percent == 0) return std::string(to_string(lower));
  if (record.percent < 100 && policy_ != Policy::none) {
    verdict_.warnings.push_back("pct=" + std::to_string(record.percent) + ": of 100 messages " +
                                std::to_string(100 - record.percent) +
                                " are asked to be treated as " + std::string(to_string(lower)));
  }
  return std::string(to_string(policy_));
}

}  // namespace

namespace {

// Only what passes by itself can be aligned under other rules.
bool has_pass(const Request& request) {
  const auto passes = [](const auto& verdict) { return verdict.result == Result::pass; };
  return (request.spf != nullptr && passes(*request.spf)) ||
         (request.dkim != nullptr && std::ranges::any_of(*request.dkim, passes));
}

}  // namespace

Verdict evaluate(dns::Client& client, const Request& request) {
  Verdict verdict = Evaluation(client, request).run();
  if (verdict.result != Result::fail || !has_pass(request)) return verdict;
  Request other = request;
  other.mode = request.mode == Mode::rfc9989 ? Mode::rfc7489 : Mode::rfc9989;
  if (Evaluation(client, other).run().result == Result::pass) verdict.passes_under = other.mode;
  return verdict;
}

}  // namespace emltrace::dmarc
