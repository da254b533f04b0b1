#pragma once

#include <string_view>

namespace emltrace::fuzz {

/// What leaves for a terminal or a file is UTF-8 and holds no code point that a terminal may obey
/// or that hides or reorders its neighbours; line ends apart where `lines`. Written for itself, not
/// by the escape functions that it watches.
void expect_safe(std::string_view text, bool lines = false);

}  // namespace emltrace::fuzz
