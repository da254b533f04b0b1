#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/route_maker.hpp"

/// Honest messages by kind: each sender with some plain recipient, each recipient with some
/// sender, and turns that concern the whole.
namespace emltrace::test {

struct HonestKind {
  std::string name;
  Route (*make)(RouteMaker& maker, std::size_t which);
  std::size_t which;  ///< what `make` is to be given

  [[nodiscard]] Route operator()(RouteMaker& maker) const { return make(maker, which); }
};

[[nodiscard]] const std::vector<HonestKind>& honest_kinds();

/// A sender and a plain recipient by their names. Throws std::out_of_range where there is none
/// such.
[[nodiscard]] Route honest(RouteMaker& maker, std::string_view sender, std::string_view recipient);

/// From a firm's own server to a recipient that takes mail straight from outside.
[[nodiscard]] Route honest_direct(RouteMaker& maker);

}  // namespace emltrace::test
