#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/item.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

struct IocsOptions {
  bool defang = false;  ///< addresses, names and URLs are written so that nothing links
  /// What a value is told as, before it is escaped: recipients hidden. None: as it is.
  std::function<std::string(std::string_view)> told = {};
};

struct Iocs {
  std::string lines;
  std::vector<std::string> left_out;  ///< what was not looked at, one phrase each for people
};

/// What of a message can be looked for elsewhere, one observable a line: type, value, role and
/// standing, parted by a tab and ended by LF. A line that is there already is not repeated. Values
/// are escaped, so that none holds a tab or a line end. `item` is the one that was traced; its body
/// is read for this format alone.
[[nodiscard]] Iocs to_iocs(const trace::Report& report, const intake::Item& item,
                           const IocsOptions& options = {});

}  // namespace emltrace::report
