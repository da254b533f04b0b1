#pragma once

#include "message/message.hpp"
#include "report/exchange/observable.hpp"
#include "trace/field_standing.hpp"

namespace emltrace::report {

/// The links and addresses of List-Unsubscribe (RFC 2369 3.2, RFC 8058): the name in them is that
/// of whoever runs the mailing. `corroborated` where a signature that verifies covers the field.
void add_list_fields(const Message& message, const trace::FieldStanding& fields, Observables& into);

}  // namespace emltrace::report
