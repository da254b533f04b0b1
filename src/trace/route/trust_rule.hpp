#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/domain.hpp"
#include "base/ip.hpp"

namespace emltrace::trace {

/// One `--trust`: a host name, `.suffix` (`*.suffix` is the same), or a network.
struct TrustRule {
  struct Suffix {
    DomainName domain;  ///< of `.example.org`: every name below it
  };
  std::variant<DomainName, Suffix, ip::Network> rule;
  std::string text;  ///< as it was given

  /// Null where the text is none of the three.
  [[nodiscard]] static std::optional<TrustRule> parse(const std::string& text);
  [[nodiscard]] bool matches(const DomainName& host) const;
  [[nodiscard]] bool matches(const ip::Address& address) const;
};

}  // namespace emltrace::trace
