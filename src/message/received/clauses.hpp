#pragma once

#include "message/received/draft.hpp"

/// Inside of the Received parser: the general grammar.
namespace emltrace::received {

/// Finds the date, cuts the rest into clauses and reads each by the rules that all writers share.
void read_clauses(Draft& draft);

}  // namespace emltrace::received
