#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/change.hpp"
#include "auth/dkim/damaged.hpp"
#include "auth/dkim/variant.hpp"

/// The rows of trial repair: each tries to undo one kind of damage. To add one is one row.
namespace emltrace::dkim {

/// A text that a repair takes off.
struct Removed {
  std::string raw;   ///< as it stands in the damaged message
  std::string text;  ///< for people: with its encoding undone
};

/// A message as it may have been before one damage.
template <class Variant>
struct Trial {
  Variant variant;
  std::vector<Removed> removed;
  std::optional<Change> change;  ///< null: that of the row
};

/// Takes a trial; true says that the search is over, and the row returns at once.
template <class Variant>
using Attempt = std::function<bool(Trial<Variant>)>;

/// `run` makes the trials of the row, likeliest first, and hands each to `attempt` until that says
/// true, which it returns.
template <class Variant>
struct RepairRow {
  std::string_view code;
  Change change;
  bool (*run)(const Damaged& damaged, const Variant& from, const Attempt<Variant>& attempt);
};
using HeaderTrial = Trial<HeaderVariant>;
using HeaderAttempt = Attempt<HeaderVariant>;
using HeaderRepair = RepairRow<HeaderVariant>;
using BodyTrial = Trial<BodyVariant>;
using BodyAttempt = Attempt<BodyVariant>;
using BodyRepair = RepairRow<BodyVariant>;

/// Cheapest and most usual first; codes are those of `find_repairs`.
[[nodiscard]] std::span<const HeaderRepair> header_repairs();
[[nodiscard]] std::span<const BodyRepair> body_repairs();

}  // namespace emltrace::dkim
