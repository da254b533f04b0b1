#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/domain.hpp"
#include "base/ip.hpp"
#include "dns/client.hpp"
#include "trace/route/network.hpp"
#include "trace/route/network_file.hpp"

namespace emltrace::trace {

/// Which look-ups about the origin the user named. None is made that is not.
struct Wanted {
  bool asn = false;
  bool abuse = false;
  std::vector<DomainName> dnsbl;  ///< zones
  /// Local files: where there are any they tell the network, and no DNS is asked for it.
  std::vector<std::shared_ptr<const NetworkFile>> files;

  [[nodiscard]] bool nothing() const { return !asn && !abuse && dnsbl.empty() && files.empty(); }
};

/// An address with the name that its host gave. The name tells hosts inside a provider.
struct AskedAddress {
  ip::Address ip;
  std::optional<std::string> helo;
};

/// Whom the look-ups are about.
struct Enquiry {
  std::optional<AskedAddress> origin;
  std::optional<AskedAddress> claimed;
  std::optional<AskedAddress> client;  ///< of the border: whom the recipient's own server saw
  std::optional<DomainName> author;    ///< the organizational domain of From, for lists of names
};

/// Asks what is wanted. An address that nobody outside can look up (private, reserved, inside a
/// provider) is never asked about, nor is the same question asked twice. What is pending stays
/// unknown.
[[nodiscard]] Enrichment enrich(dns::Client& client, const Wanted& wanted, const Enquiry& enquiry);

}  // namespace emltrace::trace
