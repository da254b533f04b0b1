#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "auth/dkim/options.hpp"
#include "auth/dkim/verdict.hpp"
#include "dns/client.hpp"
#include "message/message.hpp"

/// DomainKeys Identified Mail, RFC 6376 with RFC 8301, 8463 and 8616.
namespace emltrace::dkim {

inline constexpr std::size_t kMaxSignatures = 20;  ///< per message; more are not looked at

/// All DKIM-Signature fields of one message. The constructor does what needs no DNS: parsing,
/// canonical forms and body hashes (each distinct one once). The message must outlive it.
class Verifier {
 public:
  Verifier(const Message& message, const Options& options);
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;
  ~Verifier();

  /// One verdict a field, top to bottom. Of a mended message the bytes as given are tried first:
  /// what verifies there is the verdict, with the line of the field in the mended message. A
  /// signature is computed once for a key; later calls use what is known. A verdict whose key is
  /// pending has result none.
  [[nodiscard]] std::vector<Verdict> verify(dns::Client& client);
  /// Signatures present but beyond kMaxSignatures.
  [[nodiscard]] std::size_t skipped() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::unique_ptr<State> as_given_;  // null where nothing was mended
};

}  // namespace emltrace::dkim
