#pragma once

#include <span>
#include <string_view>

#include "support/route_maker.hpp"

namespace emltrace::test {

/// One way of forging a route. `make` gives the message as it arrives; its `origins` are what the
/// lines not touched by the forger still prove.
struct Forgery {
  std::string_view name;
  Route (*make)(RouteMaker& maker);
  /// False where nothing in the message can tell it from honest mail: it must not mislead, and
  /// need not be flagged.
  bool provable = true;
};

/// Every way the benchmark tries: to add one is one row.
[[nodiscard]] std::span<const Forgery> forgeries();

}  // namespace emltrace::test
