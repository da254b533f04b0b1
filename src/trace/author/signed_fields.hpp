#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/domain.hpp"
#include "message/message.hpp"
#include "trace/author/authentication.hpp"

namespace emltrace::trace {

/// Which fields a valid signature covers: those of DKIM that pass now, or that the recipient
/// recorded as passing where they cannot be judged any more, and those of ARC sets that pass. A
/// signature that leaves open what a reader is shown (l=) vouches for no field. Of a name that
/// stands in the message more often than in h= the lowest ones are covered (RFC 6376 5.4.2).
class SignedFields {
 public:
  SignedFields(const Message& message, const Authentication& auth);

  /// Calls visit(domain) for the d= of each signature that covers the field (an index in the
  /// message) until it returns true, and returns whether it did.
  template <class Visit>
  [[nodiscard]] bool any_signer(std::size_t field, Visit visit) const {
    for (const Signature& signature : signatures_) {
      if (covers(signature, field) && visit(signature.domain)) return true;
    }
    return false;
  }

 private:
  struct Signature {
    DomainName domain;
    std::unordered_map<std::string, std::size_t> names;  // in h=, and how often
  };
  void add(const std::optional<DomainName>& domain, const std::vector<std::string>& names);
  [[nodiscard]] bool covers(const Signature& signature, std::size_t field) const;

  const Message& message_;
  std::vector<Signature> signatures_;
  std::vector<std::size_t> below_;  // of each field: how many of its name stand below it
};

}  // namespace emltrace::trace
