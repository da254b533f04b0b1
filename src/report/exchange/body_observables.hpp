#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/exchange/observable.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// Links, addresses and attachments of the body, `corroborated` where a signature of the author's
/// domain verifies over the whole body, else `unverified`: what is written there is the sender's
/// word. A link that leads through a filter, a click tracker or a redirector stands together with
/// the place that it leads to. Gives what was left out, one phrase each.
[[nodiscard]] std::vector<std::string> add_body(const trace::Report& report,
                                                std::string_view message, Observables& into);

}  // namespace emltrace::report
