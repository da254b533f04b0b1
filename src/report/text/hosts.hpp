#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/text/page.hpp"
#include "trace/report.hpp"

/// Host names for people, and the systems that hops belong to.
namespace emltrace::report {

/// The name, its registrable domain standing out: whose host it is. A text that is no host name is
/// left plain.
[[nodiscard]] Runs host_runs(std::string_view name, Style style = Style::plain);

/// The system whose host wrote the line: a provider's title, else a registrable domain; null where
/// the writer bears no public name.
[[nodiscard]] std::optional<std::string> system_of_writer(const trace::TracedHop& hop);
/// The same of the client.
[[nodiscard]] std::optional<std::string> system_of_client(const trace::TracedHop& hop);

}  // namespace emltrace::report
