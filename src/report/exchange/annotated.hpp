#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "trace/report.hpp"

namespace emltrace::report {

/// The message with what was found on top of its header: an Authentication-Results field of this
/// run (authres.hpp) and `X-Emltrace-Version`, `-Level`, `-Route`, `-Author`, `-Origin`,
/// `-Findings` and `-Unchecked`; what is not known has no field. What stood there and could be
/// taken for the recipient's word goes (RFC 8601 5): all of the name X-Emltrace-*, and of
/// Authentication-Results
/// - each that bears `authserv_id`, wherever it stands: anybody could have written it, and what an
///   earlier run wrote is told anew;
/// - each of another version than 1, which no reader here understands;
/// - each in the name of a host of the recipient's, by what the trace knows of them, that stands
///   below the border's line where none of them writes; not in a name that many customers of one
///   provider share.
///
/// A `From ` line of an mbox stays on top, new lines end as those of the message do,
/// and every other byte is what it was. Null where no header field stands at the start of
/// `message`.
[[nodiscard]] std::optional<std::string> to_annotated(const trace::Report& report,
                                                      std::string_view message,
                                                      std::string_view authserv_id);

}  // namespace emltrace::report
