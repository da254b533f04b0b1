#pragma once

#include <span>
#include <string>
#include <string_view>

namespace emltrace::cli {

/// Whether two words are the same but for letter case, `_` and `-`.
[[nodiscard]] bool is_same_word(std::string_view a, std::string_view b);

/// The word that was meant by a misspelt one: `; did you mean X?`, else empty. Letter case, `_` and
/// `-` do not count; of the rest at most one letter in three may be wrong, missing, too many or
/// exchanged with its neighbour. Where none is so near, the only word that the letters begin.
[[nodiscard]] std::string suggestion(std::string_view written, std::span<const std::string> words);

}  // namespace emltrace::cli
