#pragma once

#include "message/message.hpp"
#include "report/exchange/field_writer.hpp"
#include "report/exchange/observable.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// Observables in the fields of filters, services and hosting systems: the client that a filter
/// saw, the one that handed a message to a tenant or a web mail, a service's own sending address,
/// the sender before an address was rewritten, the site whose script sent.
void add_fields(const trace::Report& report, const Message& message, const FieldWriters& writers,
                Observables& into);

}  // namespace emltrace::report
