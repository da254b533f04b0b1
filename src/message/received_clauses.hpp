#pragma once

#include "received_draft.hpp"

/// Inside of the Received parser: the general grammar.
namespace emltrace::received {

/// Finds the date, cuts the rest into clauses and reads each by the rules that all writers share.
void read_clauses(Draft& draft);

/// Decides which name of the from clause is the HELO and which was looked up, by its shape alone.
void read_from_names(Draft& draft);

}  // namespace emltrace::received
