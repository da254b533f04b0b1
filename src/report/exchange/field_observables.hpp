#pragma once

#include "intake/item.hpp"
#include "message/message.hpp"
#include "report/exchange/observable.hpp"
#include "trace/field_standing.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// Observables in the fields of filters, services and hosting systems: the client that a filter
/// saw, the one that handed a message to a tenant or a web mail, a service's own sending address,
/// the sender before an address was rewritten, the site whose script sent.
void add_fields(const trace::Report& report, const intake::Item& item, const Message& message,
                const trace::FieldStanding& standing, Observables& into);

}  // namespace emltrace::report
