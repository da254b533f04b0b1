#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace emltrace::report::summary {

/// What the subjects of one mailing have in common: letter case and the kind and number of white
/// space do not count; an address or a name of a recipient is `<name>`; a run of digits is `#`, and
/// so is a word of six or more hexadecimal digits, a figure among them. `recipients`: addresses and
/// names, in any letter case; of a name each word of three letters or more counts by itself. At
/// most kMaxShape bytes, UTF-8.
[[nodiscard]] std::string subject_shape(std::string_view subject,
                                        const std::vector<std::string>& recipients);

inline constexpr std::size_t kMaxShape = 160;

}  // namespace emltrace::report::summary
