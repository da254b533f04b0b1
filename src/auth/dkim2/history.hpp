#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "auth/dkim/canonical.hpp"
#include "auth/dkim2/chain.hpp"
#include "auth/dkim2/change.hpp"
#include "auth/dkim2/hashes.hpp"
#include "auth/dkim2/original.hpp"
#include "auth/dkim2/recipe.hpp"
#include "auth/dkim2/state.hpp"

namespace emltrace::dkim2 {

enum class RecipeKind { none, headers, body, both, body_withheld, invalid };
/// `none`, `headers`, `body`, `both`, `body-withheld`, `invalid`.
[[nodiscard]] std::string_view to_string(RecipeKind kind);

/// A change, and the instance that made it.
struct MadeChange {
  std::size_t m = 0;
  Change change;
  /// The recorded hashes of this instance and of the one before match, of the half of the message
  /// that the change is about.
  bool hashes_match = false;
};

/// The instances from the newest back to the first: hashes compared, recipes undone.
struct History {
  Rules rules = Rules::draft_09;        ///< the newest list of fields that the header hashes follow
  std::vector<InstanceCheck> checks;    ///< in step with chain.instances
  std::vector<RecipeKind> recipes;      ///< the same
  std::vector<MadeChange> changes;      ///< newest first
  std::vector<Fault> faults;            ///< of recipes, and of bounds that were reached
  std::optional<Original> original;     ///< null where the first instance was not reached
  bool has_octets = false;              ///< a `u` step
  bool body_absent = false;             ///< it was not given, and was not an empty one
  std::optional<std::size_t> withheld;  ///< m= of an instance that withholds the earlier body
  /// Of each From field as it came, lowest first, the instance that put it in; null where the way
  /// back ends before that is known.
  std::vector<std::optional<std::size_t>> from_made_at;
};

inline constexpr std::size_t kMaxRecipeBytes = std::size_t{8} << 20;    ///< of all, decoded
inline constexpr std::size_t kMaxHashedBytes = std::size_t{512} << 20;  ///< of all states

/// The recipes of a chain, read once: states look into them.
class Recipes {
 public:
  explicit Recipes(const Chain& chain);
  /// In step with chain.instances.
  [[nodiscard]] const RecipeText& at(std::size_t index) const { return all_[index]; }
  [[nodiscard]] RecipeKind kind(std::size_t index) const { return kinds_[index]; }

 private:
  std::vector<RecipeText> all_;
  std::vector<RecipeKind> kinds_;
};

/// `state` is the message as it came; where no body was given with it, that it was empty has to be
/// shown by the newest instance.
[[nodiscard]] History read_history(const Chain& chain, const Recipes& recipes, const State& state,
                                   bool body_given);

}  // namespace emltrace::dkim2
