#include "trace/author/vouching.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "message/mailbox.hpp"
#include "trace/route/families.hpp"

namespace emltrace::trace {
namespace {

bool passes(auth::Result result) {
  return result == auth::Result::pass;
}

void vouch(const std::optional<std::string>& domain, Vouched& out) {
  if (!domain) return;
  if (auto name = DomainName::parse(*domain)) out.push_back(*name);
}

constexpr std::array<std::string_view, 3> kSpeaking = {"header.d", "header.i", "smtp.mailfrom"};
constexpr std::array<std::string_view, 4> kAllKeys = {"header.d", "header.i", "smtp.mailfrom",
                                                      "smtp.helo"};

bool is_open(const dkim2::SignatureVerdict& signature) {
  return signature.fault.problem == dkim2::Problem::no_key ||
         signature.fault.problem == dkim2::Problem::dns;
}

void vouch_recorded(const RecordedComparison& entry, std::span<const std::string_view> keys,
                    Vouched& out) {
  if (!entry.trusted || entry.recorded.method.result != "pass") return;
  if (entry.of_other_client && entry.recorded.method.method == "spf") return;
  for (const std::string_view key : keys) {
    const auto value = entry.recorded.method.property(key);
    if (value) vouch(std::string(identity_domain(*value)), out);
  }
}

}  // namespace

bool is_open(const dkim::Verdict& verdict) {
  switch (verdict.problem) {
    case dkim::Problem::none:
    case dkim::Problem::no_key:
    case dkim::Problem::body_absent:
    case dkim::Problem::dns:
    case dkim::Problem::unavailable:
    case dkim::Problem::expired:
      return verdict.signature != dkim::Check::mismatch;
    default:
      return false;
  }
}

bool arc_counts(const Authentication& auth, std::span<const DomainName> trusted) {
  if (!passes(auth.arc.result) || auth.arc.sets.empty()) return false;
  const auto& newest = *std::ranges::max_element(auth.arc.sets, {}, &arc::Set::instance);
  const auto sealer = newest.domain ? DomainName::parse(*newest.domain) : std::nullopt;
  if (sealer &&
      (is_trusted_sealer(*sealer) || std::ranges::find(trusted, *sealer) != trusted.end()))
    return true;
  return std::ranges::any_of(auth.recorded, [](const RecordedComparison& entry) {
    return entry.trusted && entry.recorded.method.method == "arc" &&
           entry.recorded.method.result == "pass";
  });
}

std::vector<DomainName> open_signers(const Authentication& auth) {
  std::vector<DomainName> out;
  for (const auto& verdict : auth.dkim) {
    const auto domain = verdict.domain ? DomainName::parse(*verdict.domain) : std::nullopt;
    if (domain && is_open(verdict)) out.push_back(*domain);
  }
  for (const auto& signature : auth.dkim2.signatures) {
    const auto domain = signature.domain ? DomainName::parse(*signature.domain) : std::nullopt;
    if (domain && (signature.is_verified() || is_open(signature))) out.push_back(*domain);
  }
  return out;
}

std::vector<DomainName> speaking_domains(const Authentication& auth) {
  std::vector<DomainName> out;
  for (const auto& verdict : auth.spf) {
    if (verdict.identity == spf::Identity::mail_from && passes(verdict.result))
      vouch(verdict.domain, out);
  }
  for (std::size_t i = 0; i < auth.dkim.size(); ++i) {
    if (is_open(auth.dkim[i]) && !auth.is_partial(i)) vouch(auth.dkim[i].domain, out);
  }
  for (const auto& entry : auth.recorded) vouch_recorded(entry, kSpeaking, out);
  return out;
}

Vouched vouched_domains(const Authentication& auth, dns::Client& client) {
  Vouched vouched;
  for (const auto& verdict : auth.spf) {
    if (passes(verdict.result)) vouch(verdict.domain, vouched);
  }
  for (const auto& verdict : auth.dkim) {
    if (passes(verdict.result)) vouch(verdict.domain, vouched);
  }
  for (const auto& entry : auth.recorded) vouch_recorded(entry, kAllKeys, vouched);
  if (auth.dkim2.all_verified() && auth.dkim2.newest_matches() &&
      auth.dkim2.custody == dkim2::Custody::holds) {
    for (const auto& signature : auth.dkim2.signatures) vouch(signature.domain, vouched);
  }
  if (auth.arc_counts) {
    for (const auto& set : auth.arc.sets) vouch(set.domain, vouched);
  }
  std::sort(vouched.begin(), vouched.end());
  vouched.erase(std::unique(vouched.begin(), vouched.end()), vouched.end());
  const std::size_t domains = vouched.size();
  for (std::size_t i = 0; i < domains; ++i) {
    for (const auto& mx : client.ask({vouched[i], dns::Type::mx}).exchanges()) {
      if (mx.exchange) vouched.push_back(*mx.exchange);
    }
  }
  return vouched;
}

}  // namespace emltrace::trace
