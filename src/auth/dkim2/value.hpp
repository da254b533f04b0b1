#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auth/dkim/key.hpp"
#include "auth/dkim2/signature.hpp"
#include "auth/dkim2/verdict.hpp"
#include "dns/client.hpp"

namespace emltrace::dkim2 {

/// Judges values of s= with keys of the DNS. Each name is asked for once, each signature computed
/// once for a key.
class ValueJudge {
 public:
  /// `digest` is what the signature signs; null where that is not known. A result of none: pending.
  [[nodiscard]] std::vector<ValueVerdict> judge(const Signature& signature,
                                                const std::optional<std::string>& digest,
                                                dns::Client& client);

 private:
  void judge_one(const Signature& signature, const SignatureValue& value,
                 const std::optional<std::string>& digest, dns::Client& client, ValueVerdict& out);
  void compute(const Signature& signature, const SignatureValue& value, const std::string& digest,
               const dkim::KeyAnswer& answer, ValueVerdict& out);

  dkim::KeyCache cache_;
  std::set<DomainName> asked_;
};

/// What the values say together: one group in which every value verifies is enough. None while one
/// is pending.
struct ValuesVerdict {
  Fault fault;
  bool pending = false;
  /// A value of an unknown algorithm stands beside good ones: ignored up to draft -07.
  bool beside_unknown = false;
  /// All that fails is of a key that is being tested: to be taken as if it were not there.
  bool testing_alone = false;
};
[[nodiscard]] ValuesVerdict join(const std::vector<ValueVerdict>& values);

}  // namespace emltrace::dkim2
