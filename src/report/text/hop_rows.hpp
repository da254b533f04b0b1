#pragma once

#include <string>

#include "report/text/page.hpp"
#include "trace/report.hpp"

/// What there is to say of one hop.
namespace emltrace::report {

/// The client: by its HELO, else its recorded name, else its address; `(unnamed)`.
[[nodiscard]] std::string from_name(const Received::From& from);
/// The writer: by its name, else its address; `(unnamed)`.
[[nodiscard]] std::string by_name(const Received::By& by);
/// `1997-03-18 22:39:24Z`, or why there is no time.
[[nodiscard]] Runs stamp_words(const trace::TracedHop& hop);
/// `+187 s`, of the first stamp `+3 s after the Date`; empty where it is not known.
[[nodiscard]] Runs delay_words(const trace::TracedHop& hop);

/// What was recorded or is claimed of the client; no row where nothing is.
void hop_client_row(Page& page, const trace::TracedHop& hop);
/// How it was handed over, what DNS says, its hidden clock, why it stands so, what was not read.
void hop_rows(Page& page, const trace::TracedHop& hop);

}  // namespace emltrace::report
