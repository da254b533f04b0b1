#include "intake/item.hpp"

#include <algorithm>

namespace emltrace::intake {

std::string_view to_string(Kind kind) {
  return kind == Kind::headers ? "headers" : "message";
}

bool Item::made_of_properties() const {
  return std::ranges::any_of(
      repairs, [](const Repair& repair) { return repair.code == kOutlookProperties; });
}

}  // namespace emltrace::intake
