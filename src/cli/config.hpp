#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace emltrace::cli {

/// One line of a configuration file: an option without its dashes, and its values as they would
/// stand on a command line; `true` and `false` for a flag.
struct Setting {
  std::string name;
  std::vector<std::string> values;
  std::size_t line = 0;
};

/// Reads the text of a configuration file in TOML 1.0, in the order of its lines. `options` may
/// stand in it. The error is `PATH:LINE: what is wrong`: no TOML, an unknown name, a value that no
/// option takes (a table, a date), a list of lists.
[[nodiscard]] Result<std::vector<Setting>> parse_settings(std::string_view text,
                                                          const std::string& path,
                                                          std::span<const std::string> options);
/// The same of the file at `path`.
[[nodiscard]] Result<std::vector<Setting>> read_settings(const std::string& path,
                                                         std::span<const std::string> options);

}  // namespace emltrace::cli
