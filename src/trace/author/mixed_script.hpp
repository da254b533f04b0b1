#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace::trace {

/// A word whose letters are of several scripts that are taken for each other.
struct MixedWord {
  std::string word;
  std::string scripts;  ///< `Latin and Cyrillic`
  bool slip;  ///< one strange letter amid a text that has whole words in its script: a key missed
};

/// The first word of a text (UTF-8) in which letters of one script pass for those of another:
/// `Pаypal` with a Cyrillic а. Ordinary, and not told: scripts that nobody confuses (Han and kana
/// with Latin, Thai, Arabic …), letters in plain sight of which the reader sees that they are
/// foreign (`SMSки`, `СберLab`), Greek letters as signs (`kΩ`, `TNFα`), Cyrillic words with one
/// Latin letter, or with `i`. Linear.
[[nodiscard]] std::optional<MixedWord> find_mixed_word(std::string_view text);

}  // namespace emltrace::trace
