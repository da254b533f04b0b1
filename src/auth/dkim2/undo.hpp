#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "auth/dkim2/change.hpp"
#include "auth/dkim2/hashed_fields.hpp"
#include "auth/dkim2/recipe.hpp"
#include "auth/dkim2/state.hpp"

namespace emltrace::dkim2 {

struct Undone {
  bool applies = true;  ///< false where a step copies past the last field or line
  std::vector<Change> changes;
  /// Of the From fields as they came (StateField::number) those that are not in the state before.
  std::vector<std::size_t> new_from;
};

/// Leads `state` back by the recipe. Fields that are not hashed are left alone; the body is where
/// the state has none. The recipe has to outlive the state. Linear in state and recipe.
[[nodiscard]] Undone undo(const Recipe& recipe, Rules rules, State& state);

}  // namespace emltrace::dkim2
