#pragma once

#include <span>
#include <string>
#include <string_view>

namespace emltrace::cli {

/// What of a word is compared: its small letters without `_` and `-`.
[[nodiscard]] std::string letters_of(std::string_view word);

/// The word that was meant by a misspelt one: `; did you mean X?`, else empty. Letter case, `_` and
/// `-` do not count; of the rest at most one letter in three may be wrong, missing, too many or
/// exchanged with its neighbour.
[[nodiscard]] std::string suggestion(std::string_view written, std::span<const std::string> words);

}  // namespace emltrace::cli
