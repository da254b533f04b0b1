#pragma once

#include "message/received/draft.hpp"

/// Inside of the Received parser: where each clause begins and ends.
namespace emltrace::received {

/// Fills `clauses` from the tokens before the date. Each keyword opens its clause once; what
/// follows a second one stays untaken.
void cut_clauses(Draft& draft);

}  // namespace emltrace::received
