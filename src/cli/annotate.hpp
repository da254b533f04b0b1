#pragma once

#include "cli/dns_choice.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/places.hpp"
#include "cli/status.hpp"

namespace emltrace::cli {

/// `-f annotated`: a message, or an mbox, comes out with what was found on top of each header
/// (report/exchange/annotated.hpp). A message that cannot be traced comes out as it came in, with
/// one line on standard error and no bad status: a filter must never lose mail. What was not read
/// to its end does not come out at all, and the status says so, so that whoever called keeps it.
/// Takes one input; more, a folder or `--quiet` are wrong usage.
[[nodiscard]] Status annotate(const Options& options, const Outputs& outputs, DnsChoice& dns,
                              Output& output);

}  // namespace emltrace::cli
