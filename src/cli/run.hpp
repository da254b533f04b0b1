#pragma once

#include "cli/options.hpp"
#include "cli/status.hpp"

namespace emltrace::cli {

/// One run: every message of every input is traced and its report written. What goes wrong is told
/// on standard error, one line each. May throw std::exception for what is a fault of the program.
[[nodiscard]] Status run(const Options& options);

/// The whole command: reads the command line, runs, and turns an exception into a line and a
/// status. The result is the exit status.
[[nodiscard]] int command(int argc, const char* const* argv);

}  // namespace emltrace::cli
