#pragma once

#include "report/exchange/observable.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// Origin, envelope and hops: addresses and host names with the standing of the line that states
/// them; a HELO name is the client's word, `corroborated` where DNS leads from it to the client.
void add_route(const trace::Report& report, Observables& into);

}  // namespace emltrace::report
