#include "auth/dkim2/conclude.hpp"

#include <algorithm>
#include <utility>

#include "auth/dkim2/dkim2.hpp"

namespace emltrace::dkim2 {
namespace {

using auth::Result;

// A reason against the message, and by which earlier drafts it is none.
struct Reason {
  Fault fault;
  Result result;
  bool none_by_07 = false, none_by_06 = false;
};

int rank(Result result) {
  switch (result) {
    case Result::fail:
      return 4;
    case Result::permerror:
      return 3;
    case Result::temperror:
      return 2;
    case Result::neutral:
      return 1;
    default:
      return 0;
  }
}

Fault time_fault(const Signature& signature, const dkim::Options& options) {
  if (!signature.time_readable) return {};
  if (!signature.signed_at || *signature.signed_at > options.at + kClockAllowance)
    return signature_fault(Problem::future, signature.i, "signed in the future");
  if (options.at > *signature.signed_at + kMaxAge)
    return signature_fault(Problem::expired, signature.i, "signature expired");
  return {};
}

class Conclusion {
 public:
  Conclusion(const Evidence& evidence, const Delivery& delivery, Verdict& verdict)
      : e_(evidence), delivery_(delivery), v_(verdict) {}

  void draw() {
    for (const Fault& fault : e_.chain.faults) add(fault);
    judge_times();
    judge_envelopes();
    judge_values();
    judge_hashes();
    judge_from();
    judge_signatures();
    prove_changes();
    settle();
  }

 private:
  void add(const Fault& fault) { add_reason({fault, result_of(fault.problem)}); }
  void add_reason(Reason reason) {
    if (!reason.fault) return;
    v_.faults.push_back(reason.fault);
    reasons_.push_back(std::move(reason));
  }

  [[nodiscard]] const SignatureVerdict& verdict_of(const Signature& signature) const {
    return v_.signatures[index_of(signature)];
  }
  [[nodiscard]] std::size_t index_of(const Signature& signature) const {
    return static_cast<std::size_t>(&signature - e_.chain.signatures.data());
  }
  // What the signature states is the word of d=, or of one who forged it. One that is not well
  // formed states nothing (a syntax error is final).
  void add_stated(const Signature& signature, const Fault& fault) {
    if (!signature.fault && verdict_of(signature).is_decided()) add(fault);
  }

  void judge_times() {
    for (const Signature& signature : e_.chain.signatures) {
      const Fault fault = time_fault(signature, e_.options);
      own_fault(signature, fault);
      add_stated(signature, fault);
      const auto& made = signature.signed_at;
      v_.signatures[index_of(signature)].expired_since =
          made && e_.options.at <= *made + kMaxAge && e_.options.now > *made + kMaxAge;
    }
  }

  void own_fault(const Signature& signature, const Fault& fault) {
    Fault& own = own_faults_[index_of(signature)];
    if (!own) own = fault;
  }

  void judge_envelopes() {
    const EnvelopeCheck envelope = check_delivery(e_.chain, delivery_);
    v_.mail_from = envelope.mail_from;
    v_.rcpt_to = envelope.rcpt_to;
    for (const Fault& fault : envelope.faults) add_stated(*e_.chain.newest(), fault);
    for (const Signature& signature : e_.chain.signatures) {
      const Fault fault = check_domain(signature);
      own_fault(signature, fault);
      add_stated(signature, fault);
    }
    judge_custody();
  }

  void judge_custody() {
    v_.custody = e_.chain.signatures.empty() ? Custody::unchecked : Custody::holds;
    for (const Signature& signature : e_.chain.signatures) {
      SignatureVerdict& out = v_.signatures[index_of(signature)];
      const bool first = signature.i == std::size_t{1};
      const Signature* earlier =
          signature.i && !first ? e_.chain.signature(*signature.i - 1) : nullptr;
      CustodyCheck check;
      if (first) check.custody = Custody::holds;
      if (earlier != nullptr) check = check_custody(*earlier, signature);
      out.custody = check.custody;
      if (check.custody == Custody::broken) {
        v_.custody = Custody::broken;
        add_stated(signature, check.fault);
      } else if (check.custody == Custody::unchecked && v_.custody == Custody::holds) {
        v_.custody = Custody::unchecked;
      }
    }
  }

  void judge_values() {
    for (std::size_t i = 0; i < e_.values.size(); ++i) {
      const ValuesVerdict& values = e_.values[i];
      Reason reason{values.fault, result_of(values.fault.problem)};
      if (values.testing_alone) reason.result = Result::none;
      reason.none_by_07 = reason.none_by_06 = values.beside_unknown;
      results_[i] = reason.result;
      if (!e_.chain.signatures[i].fault) add_reason(std::move(reason));
    }
  }

  // Whether anybody whose signature was computed signed that instance.
  [[nodiscard]] bool is_signed(const Instance& instance) const {
    return std::ranges::any_of(e_.chain.signatures, [&](const Signature& signature) {
      return signature.m && instance.m && *signature.m >= *instance.m &&
             verdict_of(signature).is_verified();
    });
  }

  void judge_hashes() {
    for (const Fault& fault : e_.history.faults) add(fault);
    if (e_.history.withheld) {
      Reason reason{
          instance_fault(Problem::recipe_syntax, e_.history.withheld, "withholds the earlier body"),
          Result::permerror};
      reason.none_by_06 = true;
      add_reason(std::move(reason));
    }
    for (std::size_t i = e_.chain.instances.size(); i-- > 0;) {
      const InstanceCheck& check = e_.history.checks[i];
      if (!check.fault || e_.chain.instances[i].fault) continue;
      Reason reason{check.fault, result_of(check.fault.problem)};
      reason.none_by_07 = reason.none_by_06 = check.beside_unknown;
      const bool counts = e_.chain.is_whole && is_signed(e_.chain.instances[i]);
      if (counts || check.fault.problem == Problem::algorithm) add_reason(std::move(reason));
    }
    if (e_.history.body_absent) {
      add(Fault{Problem::body_absent,
                "the body was not given; signatures and header hashes are judged",
                {}});
    }
  }

  void judge_from() {
    if (!e_.from_owners) return;
    bool all_verified = true, authentic = true;
    for (const FromOwner& owner : *e_.from_owners) {
      const bool verified = verdict_of(*owner.signature).is_verified();
      all_verified = all_verified && verified;
      if (owner.authentic || !verified) continue;
      if (authentic) {
        Reason reason{signature_fault(Problem::from_not_authentic, owner.signature->i,
                                      "a From that it put in is not under d="),
                      Result::fail};
        reason.none_by_06 = true;
        add_reason(std::move(reason));
      }
      authentic = false;
    }
    if (!e_.from_owners->empty() && (all_verified || !authentic)) v_.from_authentic = authentic;
  }

  void judge_signatures() {
    for (std::size_t i = 0; i < v_.signatures.size(); ++i) {
      SignatureVerdict& out = v_.signatures[i];
      const Fault& form = e_.chain.signatures[i].fault;
      out.fault = form ? form : e_.values[i].fault;
      out.result = form ? result_of(form.problem) : results_[i];
      if (!out.fault && own_faults_[i]) {
        out.fault = own_faults_[i];
        out.result = result_of(out.fault.problem);
      }
    }
  }

  void prove_changes() {
    for (std::size_t i = 0; i < v_.modifications.size(); ++i) {
      const auto made_by = [&](std::size_t m) {
        const Signature* maker = e_.chain.maker_of(m);
        return maker != nullptr && verdict_of(*maker).is_verified();
      };
      Modification& change = v_.modifications[i];
      change.proved =
          e_.history.changes[i].hashes_match && made_by(change.m) && made_by(change.m - 1);
    }
  }

  [[nodiscard]] bool has_groups() const {
    return std::ranges::any_of(e_.chain.signatures, [](const auto& s) { return s.groups > 1; }) ||
           std::ranges::any_of(e_.chain.instances, [](const auto& m) { return m.groups > 1; });
  }

  void settle() {
    const auto worst = std::ranges::max_element(
        reasons_, {}, [](const Reason& reason) { return rank(reason.result); });
    v_.result = Result::pass;
    if (worst == reasons_.end()) return;
    v_.result = worst->result;
    v_.problem = worst->fault.problem;
    v_.detail = worst->fault.detail;
    v_.at = worst->fault.at;
    if (has_groups()) return;
    if (std::ranges::all_of(reasons_, &Reason::none_by_07)) {
      v_.passes_under = "07";
    } else if (!e_.history.has_octets && std::ranges::all_of(reasons_, &Reason::none_by_06)) {
      v_.passes_under = "06";
    }
  }

  const Evidence& e_;
  const Delivery& delivery_;
  Verdict& v_;
  std::vector<Reason> reasons_;
  std::vector<Fault> own_faults_ = std::vector<Fault>(e_.chain.signatures.size());
  std::vector<Result> results_ = std::vector<Result>(e_.chain.signatures.size(), Result::none);
};

}  // namespace

void conclude(const Evidence& evidence, const Delivery& delivery, Verdict& verdict) {
  Conclusion(evidence, delivery, verdict).draw();
}

}  // namespace emltrace::dkim2
