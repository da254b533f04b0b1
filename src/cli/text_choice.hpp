#pragma once

#include "cli/options.hpp"
#include "cli/output.hpp"
#include "report/text/text.hpp"

namespace emltrace::cli {

/// How texts for people are set on that output. What the command line leaves open is told by the
/// environment: colours by NO_COLOR (no-color.org), CLICOLOR_FORCE and CLICOLOR (bixense.com),
/// TERM, else by whether it is a terminal; the width by COLUMNS, else the terminal's; the letters
/// by the codeset that LC_ALL, LC_CTYPE or LANG names (POSIX 8.2), in that order. The output must
/// be open.
[[nodiscard]] report::TextOptions text_options(const Options& options, const Output& output);

/// The same for `--brief`: a file or a pipe, where no width is asked for, has lines of any width.
[[nodiscard]] report::TextOptions brief_options(const Options& options, const Output& output);

}  // namespace emltrace::cli
