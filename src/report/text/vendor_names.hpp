#pragma once

#include <string_view>

namespace emltrace::report {

/// How the maker of a filter writes its name, by the word that JSON has for it (`trendmicro`: Trend
/// Micro); the word itself where none is known.
[[nodiscard]] std::string_view vendor_name(std::string_view vendor);

}  // namespace emltrace::report
