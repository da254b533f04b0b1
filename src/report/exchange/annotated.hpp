#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "trace/report.hpp"

namespace emltrace::report {

/// The message with what was found on top of its header: an Authentication-Results field of this
/// run (authres.hpp) and `X-Emltrace-Version`, `-Level`, `-Route`, `-Author`, `-Origin`,
/// `-Findings` and `-Unchecked`; what is not known has no field. Fields that are there already and
/// bear `authserv_id`, and all of the name X-Emltrace-*, go (RFC 8601 5): anybody could have
/// written them. A `From ` line of an mbox stays on top, new lines end as those of the message do,
/// and every other byte is what it was. Null where no header field stands at the start of
/// `message`.
[[nodiscard]] std::optional<std::string> to_annotated(const trace::Report& report,
                                                      std::string_view message,
                                                      std::string_view authserv_id);

}  // namespace emltrace::report
