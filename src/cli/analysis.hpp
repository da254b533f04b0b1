#pragma once

#include <string>

#include "cli/dns_choice.hpp"
#include "cli/options.hpp"
#include "trace/analyse.hpp"

namespace emltrace::cli {

/// The options of the analysis with its clock: `--now`, that of a replayed recording, or the
/// present; and with whether DNS can be asked.
[[nodiscard]] trace::Options analysis_options(const Options& options, const DnsChoice& dns);

/// `--authserv-id`, or the name of this host.
[[nodiscard]] std::string authserv_id(const Options& options);

}  // namespace emltrace::cli
