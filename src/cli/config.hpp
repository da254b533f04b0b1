#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace emltrace::cli {

/// What a configuration file says of one option: its name without its dashes, and its values as
/// they would stand on a command line; `true` and `false` for a flag.
struct Setting {
  std::string name;
  std::vector<std::string> values;
  std::size_t line = 0;
};

/// A table `[profile.NAME]`.
struct Profile {
  std::string name;
  std::vector<Setting> settings;
};

struct Configuration {
  std::vector<Setting> settings;  ///< outside of profiles, in the order of their lines
  std::vector<Profile> profiles;
};

/// Reads the text of a configuration file in TOML 1.0. `options` may stand in it by their names,
/// and some under a shorter name in a table: `[trust]` hosts, sealers; `[own]` domains, people;
/// `[redact]` on, key; the same in `[profile.NAME]` and `[profile.NAME.trust]`. The error is
/// `PATH:LINE: what is wrong`: no TOML, an unknown name, a value that no option takes (a table, a
/// date), a list of lists, an option under both its names.
[[nodiscard]] Result<Configuration> parse_configuration(std::string_view text,
                                                        const std::string& path,
                                                        std::span<const std::string> options);
/// The same of the file at `path`.
[[nodiscard]] Result<Configuration> read_configuration(const std::string& path,
                                                       std::span<const std::string> options);

}  // namespace emltrace::cli
