#pragma once

#include <string>
#include <string_view>

#include "report/exchange/private_strings.hpp"

namespace emltrace::report {

/// What becomes of the lines of a field whose value is cut.
enum class CutLines {
  drop,  ///< one line is left
  keep,  ///< each stays a line
};

/// A header (of a message or a part) with what is private hidden. A field in which it cannot be
/// rewritten in place, coded or scattered, keeps its name alone.
[[nodiscard]] std::string redacted_header(std::string_view header, const PrivateStrings& hidden,
                                          CutLines lines);

}  // namespace emltrace::report
