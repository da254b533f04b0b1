#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace::trace {

/// What hidden characters do to the text around them, the worst first.
enum class Hidden {
  override_,  ///< turn its direction by force: U+202D, U+202E
  carried,    ///< carry a text that is not seen: tag characters, variation selectors in a row
  in_word,    ///< are not seen and split a word
  embedding,  ///< change its direction: U+202A–202C, U+2066–2069
  invisible,  ///< are not seen: soft hyphen, zero-width space, fillers, tag characters …
  mark,       ///< U+200E, U+200F, U+061C where no text runs from right to left
  typeset,    ///< hyphenate a long word: soft hyphens and non-joiners between parts of it
};

struct HiddenCharacters {
  Hidden kind;
  std::string code_points;  ///< `U+200B U+2060`, the first ones
};

/// Characters of a text (UTF-8) that are not seen or turn its direction, where they belong to no
/// spelling: joiners in Arabic, Indic and emoji sequences, tags in flags, a variation selector
/// behind its character, fillers in old Hangul, the word breaks of scripts without blanks, and a
/// byte order mark in front are ordinary. Null where there are none. Linear.
[[nodiscard]] std::optional<HiddenCharacters> find_hidden(std::string_view text);

}  // namespace emltrace::trace
