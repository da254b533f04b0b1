#pragma once

#include <cstddef>
#include <string>

#include "cli/option_set.hpp"

namespace emltrace::cli {

/// What `-h` prints: the most used options and examples, at most 24 lines of 80 columns.
[[nodiscard]] std::string brief_help();
/// What `--help` prints: every option, by groups, wrapped at `columns` (from 40 to 100).
[[nodiscard]] std::string full_help(const OptionSet& set, std::size_t columns);

}  // namespace emltrace::cli
