#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "auth/dkim2/chain.hpp"
#include "auth/dkim2/history.hpp"

namespace emltrace::dkim2 {

/// One address of a From field as the message came.
struct FromOwner {
  const Signature* signature = nullptr;  ///< of the hop that put the field in
  bool authentic = false;                ///< the address lies under its d=
};
/// Each address of each From field (draft -07 on). Empty where there is none. Null where it cannot
/// be told of one: the recipes do not lead back to the hop that put it in.
[[nodiscard]] std::optional<std::vector<FromOwner>> from_owners(const Message& message,
                                                                const Chain& chain,
                                                                const History& history);

}  // namespace emltrace::dkim2
