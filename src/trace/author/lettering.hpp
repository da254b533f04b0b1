#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace::trace {

/// Letters, digits or dots of a domain that stand only for compatibility with old character sets.
struct CompatibilityLetters {
  std::string characters;  ///< `U+1D5EF U+1D5EE`, the first ones
  std::string plain;       ///< the domain with the plain ones in their place, lower case
  bool full_width = true;  ///< all are full-width forms
};

/// Looks at a domain (UTF-8) as it is written. RFC 5892 2.2 disallows such characters in a name;
/// what is looked up is the plain name (UTS #46). Null where there are none, and for the
/// ideographic full stop, which IDNA allows between labels.
[[nodiscard]] std::optional<CompatibilityLetters> find_compatibility_letters(
    std::string_view domain);

/// A word that is spelled in styled letters.
struct StyledWord {
  std::string written;
  std::string plain;  ///< ASCII
};

/// The first run of styled characters in a text (UTF-8) that holds three letters or more: `𝗣𝗮𝘆𝗣𝗮𝗹`.
/// Lone symbols, raised endings (`2ᵉᵐᵉ`), digits and Roman numerals are none, nor is full-width
/// Latin where `east_asian`.
[[nodiscard]] std::optional<StyledWord> find_styled_word(std::string_view text, bool east_asian);

}  // namespace emltrace::trace
