#pragma once

#include <span>
#include <vector>

#include "dns/client.hpp"
#include "trace/author/authentication.hpp"
#include "trace/route/route.hpp"

namespace emltrace::trace {

/// Whose part in this message is shown by SPF or a signature, now or by a trusted record; with the
/// MX hosts of those domains, since a provider that serves a domain also writes its lines.
[[nodiscard]] Vouched vouched_domains(const Authentication& auth, dns::Client& client);

/// Authentication::arc_counts; `trusted` are the domains of --trust-sealer. Of `auth` all else is
/// filled.
[[nodiscard]] bool arc_counts(const Authentication& auth, std::span<const DomainName> trusted);

/// The signature passes, or its key or body is not to be had: nothing says that it is not genuine.
[[nodiscard]] bool is_open(const dkim::Verdict& verdict);
/// Domains of signatures that pass, or whose key or body is not to be had: nothing says that they
/// are not genuine.
[[nodiscard]] std::vector<DomainName> open_signers(const Authentication& auth);
/// The domains that speak for the message itself: their signature passes or could not be judged and
/// leaves no text open, their MAIL FROM passes, or the recipient recorded either. A HELO that
/// passes speaks for a machine alone.
[[nodiscard]] std::vector<DomainName> speaking_domains(const Authentication& auth);

}  // namespace emltrace::trace
