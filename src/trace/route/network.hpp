#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trace/route/contact.hpp"

namespace emltrace::trace {

/// The network that announces an address.
struct Network {
  std::uint32_t number = 0;            ///< of the autonomous system
  std::optional<std::string> name;     ///< as its registry writes it
  std::optional<std::string> prefix;   ///< CIDR
  std::optional<std::string> country;  ///< ISO 3166 code; the registry's, no place on the map
};

/// What a DNS block list says of an address (RFC 5782).
struct Listing {
  std::string zone;
  std::optional<bool> listed;      ///< null where the list did not answer or refused to
  std::vector<std::string> codes;  ///< the addresses that it answered with
  std::optional<std::string> meaning;
  std::optional<std::string> problem;  ///< why `listed` is null
};

/// What look-ups that the user named told of the origin.
struct Enrichment {
  std::optional<Network> asn;
  std::vector<Contact> abuse;
  std::vector<Listing> dnsbl;
};

}  // namespace emltrace::trace
