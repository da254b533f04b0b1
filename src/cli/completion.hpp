#pragma once

#include <string>

#include "cli/option_set.hpp"

/// Completion for shells, made of the one table of options.
namespace emltrace::cli {

enum class Shell { bash, zsh, fish };

/// A script that the shell reads: options, the words of those that have a few, files where a file
/// is wanted, codes of findings behind `--explain`. Ends with a line end.
[[nodiscard]] std::string completion(const OptionSet& set, Shell shell);

}  // namespace emltrace::cli
