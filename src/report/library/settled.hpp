#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "dns/resolv_conf.hpp"
#include "dns/source.hpp"
#include "trace/analyse.hpp"

/// The way from a message and a source of DNS answers to its finished report.
namespace emltrace::report::library {

/// The report after all DNS work, which may take `deadline`, with the summary of it.
[[nodiscard]] trace::Report settled_report(trace::Analysis& analysis, dns::Source& source,
                                           std::chrono::milliseconds deadline);

/// A resolver that asks these servers; none: those of the system. `timeout` is that of one
/// question.
[[nodiscard]] std::unique_ptr<dns::Source> live_source(std::vector<dns::Server> servers,
                                                       std::chrono::milliseconds timeout);

/// The wall clock in whole seconds.
[[nodiscard]] Instant present();

}  // namespace emltrace::report::library
