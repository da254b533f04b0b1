#include <algorithm>

#include "base/text.hpp"
#include "trace/author/handles.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

// Names that are shown to have had a part in the message: clients by what was recorded or confirmed
// of them, and the domains of an envelope that SPF passes.
class Parties {
 public:
  Parties(const Route& route, const Authentication& auth) {
    add_clients(route);
    for (const auto& verdict : auth.spf) {
      if (verdict.identity == spf::Identity::mail_from && verdict.result == auth::Result::pass)
        add(host_name(verdict.domain));
    }
    for (const auto& entry : auth.recorded) {
      const RecordedMethod& method = entry.recorded.method;
      const auto path = method.property("smtp.mailfrom");
      if (entry.trusted && !entry.of_other_client && method.method == "spf" &&
          method.result == "pass" && path)
        add(host_name(std::string(identity_domain(*path))));
    }
  }

  [[nodiscard]] bool hold(std::span<const DomainName> operators) const {
    return std::ranges::any_of(
        names_, [&](const DomainName& name) { return is_of_operator(name, operators); });
  }

  [[nodiscard]] static bool is_of_operator(const DomainName& name,
                                           std::span<const DomainName> operators) {
    return std::ranges::any_of(operators, [&](const DomainName& domain) {
      return name.is_within(domain) || same_family(name, domain);
    });
  }

 private:
  void add(const std::optional<DomainName>& name) {
    if (name) names_.push_back(*name);
  }

  // From the border down as far as the lines are believed.
  void add_clients(const Route& route) {
    if (!route.boundary.border || !route.boundary.from_outside()) return;
    for (std::size_t i = *route.boundary.border + 1; i-- > 0;) {
      if (!is_believed(route.standing(i))) return;
      for (const DomainName& name : supported_names(route.facts[i])) names_.push_back(name);
      if (!is_recipients(route.standing(i))) add(host_name(route.hops[i].received.by.host));
    }
  }

  std::vector<DomainName> names_;
};

// RFC 9477 3.1: a passing signature of the address's domain covers the field (and CFBL-Feedback-ID
// where there is one); it is From's domain or one below it, or From's domain signs as well.
bool is_valid_loop(const ClaimedHandle& claimed, const HandleEvidence& evidence) {
  const auto from = evidence.auth.dmarc.author_domain
                        ? DomainName::parse(*evidence.auth.dmarc.author_domain)
                        : std::nullopt;
  if (!from || claimed.operators.empty()) return false;
  const DomainName& domain = claimed.operators.front();
  const auto is_signed_by = [&](const DomainName& signer) {
    return evidence.signatures.any_signer(*claimed.field,
                                          [&](const DomainName& d) { return d == signer; });
  };
  const auto& fields = evidence.message.fields();
  const auto id = std::ranges::find_if(
      fields, [](const Field& field) { return text::iequals(field.name, "CFBL-Feedback-ID"); });
  const bool id_signed =
      id == fields.end() ||
      evidence.signatures.any_signer(static_cast<std::size_t>(id - fields.begin()),
                                     [&](const DomainName& d) { return d == domain; });
  return is_signed_by(domain) && id_signed && (domain.is_within(*from) || is_signed_by(*from));
}

bool verifies(const ClaimedHandle& claimed, const Authentication& auth) {
  return std::ranges::any_of(auth.dkim, [&](const dkim::Verdict& verdict) {
    return verdict.line == claimed.handle.line && verdict.result == auth::Result::pass;
  });
}

bool is_genuine(const ClaimedHandle& claimed, const HandleEvidence& evidence,
                const Parties& parties) {
  if (claimed.feedback_loop) return is_valid_loop(claimed, evidence);
  if (claimed.signature && verifies(claimed, evidence.auth)) return true;
  if (claimed.field && !claimed.by_client && evidence.writers.is_own(*claimed.field)) return true;
  if (parties.hold(claimed.operators)) return true;
  return claimed.field && evidence.signatures.any_signer(*claimed.field, [&](const DomainName& d) {
    return Parties::is_of_operator(d, claimed.operators);
  });
}

std::optional<Instant> clock_of(const Handle& handle, std::span<const MessageClock> clocks) {
  const auto at = std::ranges::find_if(clocks, [&](const MessageClock& clock) {
    return clock.line == handle.line && text::iequals(clock.place, handle.header);
  });
  return at == clocks.end() ? std::nullopt : std::optional(at->clock.time);
}

}  // namespace

std::vector<Handle> judge_handles(std::span<const ClaimedHandle> claimed,
                                  const HandleEvidence& evidence) {
  const Parties parties(evidence.route, evidence.auth);
  std::vector<Handle> out;
  bool loop = false;  // the first valid one counts
  for (const ClaimedHandle& entry : claimed) {
    if (entry.of_recipient && entry.field && evidence.writers.is_own(*entry.field)) continue;
    Handle& handle = out.emplace_back(entry.handle);
    handle.trusted = is_genuine(entry, evidence, parties);
    if (!handle.trusted || (entry.feedback_loop && loop)) handle.report_to.clear();
    loop = loop || (entry.feedback_loop && handle.trusted);
    handle.made_at = clock_of(handle, evidence.clocks);
  }
  return out;
}

}  // namespace emltrace::trace
