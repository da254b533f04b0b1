#pragma once

#include <string_view>

namespace emltrace::dns::wire {

/// Whether the data of each record of the answer section are as long as their type has them (RFC
/// 1035 3.3, 3.4.1; RFC 3596 2.2): an address its 4 or 16 bytes, a name and no byte behind it, one
/// character-string at least and all of them whole. Records of other types and classes are passed
/// over. False also where the message ends before the section does.
[[nodiscard]] bool answer_lengths_fit(std::string_view message);

}  // namespace emltrace::dns::wire
