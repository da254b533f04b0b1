#pragma once

#include "report/exchange/observable.hpp"
#include "trace/field_standing.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// Who is said to have written the message, who signed it, whom an answer reaches, and by what
/// names it can be found again. The author stands as the verdict on him says; other fields are
/// claims unless a signature that verifies covers them.
void add_author(const trace::Report& report, const trace::FieldStanding& fields, Observables& into);

}  // namespace emltrace::report
