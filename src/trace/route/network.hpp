#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/route/contact.hpp"

namespace emltrace::trace {

/// What a look-up came to. That a server did not answer is not that there is nothing.
enum class LookedUp {
  not_asked,
  found,
  none,     ///< the answer is that there is nothing: not announced, no contact
  unknown,  ///< no answer, or none that can be believed
};
[[nodiscard]] std::string_view to_string(LookedUp outcome);

/// The network that announces an address, and the country of its registration.
struct Network {
  std::optional<std::uint32_t> number;  ///< of the autonomous system; null where only a country is
                                        ///< known
  std::vector<std::uint32_t> also;      ///< others that announce the same prefix
  std::optional<std::string> name;      ///< as its registry writes it
  std::optional<std::string> prefix;    ///< CIDR
  std::optional<std::string> country;   ///< ISO 3166 code; the registry's, no place on the map
};

/// What a DNS block list says (RFC 5782).
struct Listing {
  std::string zone;
  std::string subject;             ///< what was asked about: the address, or a domain
  std::optional<bool> listed;      ///< null where the list did not answer or refused to
  std::vector<std::string> codes;  ///< the addresses that it answered with
  std::optional<std::string> meaning;
  std::optional<std::string> reason;   ///< the list's own words, for people; cut
  std::optional<std::string> problem;  ///< why `listed` is null
};

/// What look-ups that the user named told of the origin.
struct Enrichment {
  LookedUp asn_outcome = LookedUp::not_asked;
  std::optional<Network> asn;
  std::optional<Network> claimed_asn;            ///< of the address that is only claimed
  LookedUp abuse_outcome = LookedUp::not_asked;  ///< a guess by RFC 2142 is nothing found
  std::vector<Contact> abuse;
  /// Of the client at the border, where that is not the origin: a report of what it sent goes
  /// there.
  std::vector<Contact> client_abuse;
  LookedUp client_abuse_outcome = LookedUp::not_asked;
  std::optional<Network> client_asn;  ///< of that client too
  std::vector<Listing> dnsbl;         ///< of both, and of names
  std::size_t failed = 0;  ///< questions of these look-ups without an answer: nothing else in the
                           ///< report rests on them
};

}  // namespace emltrace::trace
