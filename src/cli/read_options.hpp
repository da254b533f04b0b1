#pragma once

#include <string>
#include <variant>

#include "cli/options.hpp"

namespace emltrace::cli {

/// The command ends before it begins: help, version, or what is wrong with the command line.
struct Stop {
  std::string text;    ///< whole lines; of an error the reason alone, unescaped
  bool error = false;  ///< for standard error, with exit status 2
};

/// Reads the command line, and the configuration file that it or the environment names. What the
/// command line says of an option counts, else what the chosen profile says, else what the file
/// says outside of profiles: lists too are taken from one of them, never joined. What a file says
/// gives way to what contradicts it on the command line.
[[nodiscard]] std::variant<Options, Stop> read_options(int argc, const char* const* argv);

}  // namespace emltrace::cli
