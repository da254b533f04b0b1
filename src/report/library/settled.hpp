#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "dns/resolv_conf.hpp"
#include "dns/source.hpp"
#include "trace/analyse.hpp"

/// The way from a message and a source of DNS answers to its finished report.
namespace emltrace::report::library {

/// How DNS is used for one message.
struct DnsTerms {
  std::chrono::milliseconds deadline{10'000};  ///< for all its questions
  bool trust_ad = false;  ///< the AD bit counts from every server, not from loopback alone
};

/// The report after all DNS work, with the summary of it.
[[nodiscard]] trace::Report settled_report(trace::Analysis& analysis, dns::Source& source,
                                           const DnsTerms& terms);

/// A resolver that asks these servers; none: those of the system, as resolv.conf(5) says.
/// `timeout` is that of one question; null: what the system says of it, else 3 s.
[[nodiscard]] std::unique_ptr<dns::Source> live_source(
    std::vector<dns::Server> servers, std::optional<std::chrono::milliseconds> timeout);

/// The wall clock in whole seconds.
[[nodiscard]] Instant present();

}  // namespace emltrace::report::library
