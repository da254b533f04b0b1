#pragma once

#include "message/received/draft.hpp"

/// Inside of the Received parser: the date-time at the end of the field.
namespace emltrace::received {

/// Finds and reads the stamp: behind the last semicolon that a date follows, or, where a writer
/// left the semicolon out, at the end of the field. Sets `body_end`.
void read_stamp(Draft& draft);

}  // namespace emltrace::received
