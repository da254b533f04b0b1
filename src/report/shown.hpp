#pragma once

#include <cstddef>
#include <string_view>

#include "base/text.hpp"

namespace emltrace::report {

/// True for a code point that a terminal may obey, or that hides or reorders its neighbours, or of
/// which nobody knows what it shows, wherever it stands: C0, DEL, C1, bidirectional controls, line
/// and paragraph separators, zero-width and other invisible format characters (Unicode 15, general
/// categories Cc, Cf, Zl, Zp), private use and noncharacters.
[[nodiscard]] bool is_unsafe(char32_t code_point);

/// Marks on one character that are shown. Vietnamese, Thai, Hindi, pointed Hebrew and stacks of
/// Tibetan or Burmese need five at most; what is piled up further covers the lines around it.
inline constexpr std::size_t kMaxMarks = 6;

/// Walks a text from front to back and says of each character whether it may stand as it is. Beside
/// what `is_unsafe` in no place it may where it does what its script wants of it, and nowhere else:
/// - a mark (or a trailing jamo) on a character of the text that is shown, kMaxMarks of them;
/// - a joiner or non-joiner beside a virama, a non-joiner between cursive letters (RFC 5892
///   appendix A.1, A.2), a joiner between pictographs (UTS #51);
/// - the variation selectors of text and emoji style on an emoji;
/// - the tags of the flags of England, Scotland and Wales.
/// Text that as a whole is no UTF-8 is none in parts: a letter made of halves of two characters in
/// another charset is one that nobody wrote.
class ShownText {
 public:
  explicit ShownText(std::string_view raw) : raw_(raw) {}

  struct Character {
    text::CodePoint point;  ///< not valid: one ill-formed byte
    bool shown;
  };
  /// The character at `offset`. To be asked for each in turn, but for plain ones of ASCII, which
  /// may be left out.
  Character at(std::size_t offset);
  /// That plain ASCII was passed over, up to this one.
  void skipped_to(char last) { begin_base(static_cast<unsigned char>(last)); }

 private:
  [[nodiscard]] bool judge(char32_t c, std::size_t offset, std::size_t length);
  [[nodiscard]] bool judge_joiner(char32_t c, std::size_t behind) const;
  [[nodiscard]] std::size_t end_of_flag(std::size_t behind) const;
  [[nodiscard]] char32_t next(std::size_t behind, std::size_t most_marks) const;
  void begin_base(char32_t c);

  std::string_view raw_;
  bool looked_ = false;  ///< whether utf8_ is known
  bool utf8_ = false;
  char32_t previous_ = 0;  ///< the character in front, 0 where it is not shown as it is
  char32_t base_ = 0;      ///< the last one that is no mark, likewise
  std::size_t marks_ = 0;  ///< on it
  std::size_t flag_end_ = 0;
};

}  // namespace emltrace::report
