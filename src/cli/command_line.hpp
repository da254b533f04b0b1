#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "cli/option_set.hpp"

namespace emltrace::cli {

/// The words of a command line, sorted.
struct CommandLine {
  /// Each option that is given with the texts of its values (`true` for a flag), in the order in
  /// which the options are first given.
  std::vector<std::pair<const OptionRow*, std::vector<std::string>>> options;
  std::vector<std::string> paths;
};

/// Sorts the words by the rules of POSIX (Utility Syntax Guidelines) and GNU: options and paths in
/// any order, `--name VALUE`, `--name=VALUE`, `-n VALUE`, `-nVALUE`, flags as `-vq`; `--` ends the
/// options, `-` is a path. An error is a line for people: an option that there is not, with the one
/// that was meant; a value that is missing, or that a flag does not take.
[[nodiscard]] Result<CommandLine> read_command_line(const std::vector<std::string>& words,
                                                    const OptionSet& set);

}  // namespace emltrace::cli
