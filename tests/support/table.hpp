#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dns/settle.hpp"
#include "dns/zone.hpp"

namespace emltrace::test {

/// Runs `evaluate(client)` to its end over the records of a master file written in the test.
/// Throws std::runtime_error where the zone text itself is wrong.
template <class Evaluate>
auto settle_with_zone(std::string_view zone_text, Evaluate&& evaluate) {
  dns::Zone zone;
  if (auto added = zone.add_text(zone_text, "test.zone"); !added) {
    throw std::runtime_error(added.error());
  }
  dns::Known known;
  return dns::settle(known, zone, dns::Source::Clock::now() + std::chrono::seconds(10),
                     std::forward<Evaluate>(evaluate));
}

}  // namespace emltrace::test
