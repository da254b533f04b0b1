#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/dkim/options.hpp"
#include "auth/result.hpp"
#include "dns/client.hpp"
#include "message/message.hpp"
#include "message/results/auth_results.hpp"

/// Authenticated Received Chain, RFC 8617.
namespace emltrace::arc {

struct Set {
  int instance = 0;
  std::optional<std::string> domain;    ///< d= of the seal
  std::optional<std::string> selector;  ///< s= of the seal
  std::optional<std::string> cv;        ///< `none`, `pass`, `fail` as written
  auth::Result seal = auth::Result::none;
  auth::Result message_signature = auth::Result::none;
  std::string seal_problem;               ///< one phrase; empty on pass
  std::string message_signature_problem;  ///< one phrase; empty on pass
  std::optional<Instant> signed_at;       ///< t= of the seal
  std::optional<std::string> authserv_id;
  std::vector<RecordedMethod> results;  ///< what this set's ARC-Authentication-Results states
  std::size_t line = 0;                 ///< of the ARC-Seal
};

struct Verdict {
  auth::Result result = auth::Result::none;  ///< none, pass, fail, temperror; neutral where the
                                             ///< body is absent or only a mended text verifies
  std::optional<std::string> problem;
  bool undecided = false;  ///< what fails is that a key is not published any more
  std::vector<Set> sets;   ///< by instance, ascending
  int oldest_pass = 0;     ///< RFC 8617 5.2 step 6 value; 0: none or not applicable
};

/// The chain of one message. The constructor does what needs no DNS.
class Verifier {
 public:
  Verifier(const Message& message, const dkim::Options& options);
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;
  ~Verifier();

  /// Of a mended message the bytes as given are tried first, as with DKIM.
  [[nodiscard]] Verdict verify(dns::Client& client);

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::unique_ptr<State> as_given_;  // null where nothing was mended
};

}  // namespace emltrace::arc
