#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/domain.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// Links of a message that are worth reporting with it: where all that its text asks a reader to
/// follow lead to one organization, wrappers that hold their target undone. Which of several is the
/// bad one nobody can tell from the message alone, and most fraud links to the firm that it
/// imitates as well: then none is named. Nor is one of an own domain, or of the author's where the
/// author did not write the message. At most kMaxReportedLinks, in the order of the text, as URIs
/// of US-ASCII.
[[nodiscard]] std::vector<std::string> reported_links(const trace::Report& report,
                                                      std::string_view message,
                                                      std::span<const DomainName> own);
inline constexpr std::size_t kMaxReportedLinks = 10;

}  // namespace emltrace::report
