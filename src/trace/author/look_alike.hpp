#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace::trace {

/// A label that imitates a Latin one.
struct LookAlike {
  std::string label;    ///< as a reader sees it, UTF-8
  std::string latin;    ///< what it looks like
  std::string scripts;  ///< `Latin and Cyrillic`
};

/// The first label of a domain (UTF-8, U-labels) that mixes scripts with look-alike letters, or is
/// written wholly in letters that look Latin under a top-level domain of another script. Null where
/// there is none: whole words of one script under its own top-level domain, and mixes with Han,
/// Kana and Hangul are ordinary (UTS #39).
[[nodiscard]] std::optional<LookAlike> find_look_alike(std::string_view domain);

/// Characters that change the direction of text or that are not seen.
enum class Hidden {
  none,
  override_,  ///< U+202D, U+202E
  embedding,  ///< U+202A–202C, U+2066–2069
  mark,       ///< U+200E, U+200F, U+061C
  joiner,     ///< U+200C, U+200D: part of the spelling in some scripts, and of emoji
  invisible,  ///< soft hyphen, zero-width space, fillers, tag characters …
};
[[nodiscard]] Hidden hidden_kind(char32_t code_point);

/// Hebrew, Arabic and the other scripts written from right to left.
[[nodiscard]] bool is_right_to_left(char32_t code_point);
/// Scripts and pictures in which joiners belong to the spelling.
[[nodiscard]] bool takes_joiners(char32_t code_point);

}  // namespace emltrace::trace
