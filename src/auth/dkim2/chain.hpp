#pragma once

#include <cstddef>
#include <vector>

#include "auth/dkim2/instance.hpp"
#include "auth/dkim2/problem.hpp"
#include "auth/dkim2/signature.hpp"
#include "message/message.hpp"

namespace emltrace::dkim2 {

inline constexpr std::size_t kMaxFields = 100;  ///< of each of the two; more are not looked at

/// All fields of both kinds, and what is wrong with them and with their numbers.
struct Chain {
  std::vector<Instance> instances;    ///< by m=; those without a readable one stand last
  std::vector<Signature> signatures;  ///< by i=; those without a readable one stand last
  /// Of the fields themselves, then gaps, doubles, instances that no signature covers or that are
  /// not there.
  std::vector<Fault> faults;
  bool is_whole = true;  ///< no gap and no double among the instances, and each is signed

  [[nodiscard]] bool empty() const { return instances.empty() && signatures.empty(); }
  /// The only one of that number; null where there is none, or more than one.
  [[nodiscard]] const Instance* instance(std::size_t m) const;
  [[nodiscard]] const Signature* signature(std::size_t i) const;
  /// The signature of the hop that made instance `m`: the first that covers it. Null where none.
  [[nodiscard]] const Signature* maker_of(std::size_t m) const;
  /// The one with the highest i=; null where none can be read.
  [[nodiscard]] const Signature* newest() const;
};
[[nodiscard]] Chain collect_chain(const Message& message);

}  // namespace emltrace::dkim2
