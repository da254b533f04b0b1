#pragma once

#include <string_view>
#include <vector>

/// Inside of the Received parser: several lines that a converter joined into one field.
namespace emltrace::received {

/// The lines in `text`, without what stands between them (a blank, a comma, the name of the field):
/// behind a date another `from … by …`, `by …; date`, `(from …` or `(qmail …` begins. Views into
/// `text`; one where nothing was joined. Linear.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace emltrace::received
