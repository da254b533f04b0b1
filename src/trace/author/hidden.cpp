#include "trace/author/hidden.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/unicode.hpp"

namespace emltrace::trace {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Arabic to Myanmar and Mongolian; symbols and emoji with their selectors.
constexpr std::array kJoining = {Range{0x0600, 0x109F}, Range{0x1780, 0x18AF},
                                 Range{0x2190, 0x2BFF}, Range{0xFE00, 0xFE0F},
                                 Range{0xA840, 0xA9FF}, Range{0x1F000, 0x1FAFF}};

constexpr std::array<std::string_view, 12> kWithoutBlanks = {
    "Thai",     "Lao",         "Khmer",  "Myanmar",  "Tibetan",  "Javanese",
    "Balinese", "New_Tai_Lue", "Tai_Le", "Tai_Tham", "Tai_Viet", "Batak"};

constexpr char32_t kBlackFlag = 0x1F3F4;
constexpr char32_t kCancelTag = 0xE007F;
constexpr char32_t kByteOrderMark = 0xFEFF;
constexpr char32_t kSoftHyphen = 0x00AD;
constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kZeroWidthSpace = 0x200B;
constexpr char32_t kBrailleBlank = 0x2800;
constexpr std::size_t kLongWord = 8;        // letters: shorter words are not hyphenated
constexpr std::size_t kMaxCodePoints = 60;  // bytes of the list

bool is_tag(char32_t c) {
  return c >= 0xE0020 && c <= kCancelTag;
}

bool is_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool is_jamo(char32_t c) {
  return c >= 0x1100 && c <= 0x11FF;
}

bool is_override(char32_t c) {
  return c == 0x202D || c == 0x202E;
}

bool is_embedding(char32_t c) {
  return (c >= 0x202A && c <= 0x202C) || (c >= 0x2066 && c <= 0x2069);
}

bool is_mark(char32_t c) {
  return c == 0x200E || c == 0x200F || c == 0x061C;
}

class Examiner {
 public:
  explicit Examiner(std::string_view text) : text_(unicode::decode(text)) {}

  std::optional<HiddenCharacters> run() {
    // Most texts have none.
    if (std::ranges::none_of(text_, is_unseen)) return std::nullopt;
    right_to_left_ = std::ranges::any_of(text_, unicode::is_right_to_left);
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == kBlackFlag) {
        i = flag_end(i);
      } else if (is_unseen(text_[i])) {
        take(i);
      }
    }
    if (!worst_) return std::nullopt;
    return HiddenCharacters{*worst_, std::move(code_points_)};
  }

 private:
  static bool is_unseen(char32_t c) {
    return c >= 0x80 && (unicode::is_default_ignorable(c) || c == kBrailleBlank || is_mark(c) ||
                         is_override(c) || is_embedding(c));
  }

  void take(std::size_t i) {
    const char32_t c = text_[i];
    const bool turns = is_embedding(c) || is_mark(c);
    if (turns ? right_to_left_ : !is_override(c) && is_spelling(i)) return;
    const Hidden kind = is_override(c)    ? Hidden::override_
                        : is_embedding(c) ? Hidden::embedding
                        : is_mark(c)      ? Hidden::mark
                        : carries(i)      ? Hidden::carried
                                          : in_word(i);
    if (!worst_ || kind < *worst_) worst_ = kind;
    if (code_points_.size() < kMaxCodePoints)
      code_points_ +=
          fmt::format("{}U+{:04X}", code_points_.empty() ? "" : " ", static_cast<std::uint32_t>(c));
  }

  [[nodiscard]] char32_t before(std::size_t i) const { return i > 0 ? text_[i - 1] : U' '; }
  [[nodiscard]] char32_t after(std::size_t i) const {
    return i + 1 < text_.size() ? text_[i + 1] : U' ';
  }

  // The last tag of an emoji flag (UTS #51 ED-14a), or the flag itself.
  [[nodiscard]] std::size_t flag_end(std::size_t i) const {
    std::size_t end = i;
    while (end + 1 < text_.size() && is_tag(text_[end + 1]) && text_[end] != kCancelTag) ++end;
    return text_[end] == kCancelTag ? end : i;
  }

  [[nodiscard]] bool is_spelling(std::size_t i) const {
    const char32_t c = text_[i];
    const char32_t base = before(i);
    if (c == kByteOrderMark) return i == 0;
    if (c == kJoiner || c == kNonJoiner) {
      return std::ranges::any_of(kJoining, [base](const Range& range) {
        return base >= range.first && base <= range.last;
      });
    }
    if (is_selector(c)) return selects(base);
    if (c == kZeroWidthSpace) return breaks_words(base) || breaks_words(after(i));
    if (c == 0x115F || c == 0x1160) return is_jamo(base) || is_jamo(after(i));
    const std::string_view script = unicode::script(base);
    if (c == kBrailleBlank) return script == "Braille" || unicode::script(after(i)) == "Braille";
    if (c >= 0x180B && c <= 0x180F) return script == "Mongolian";
    return (c == 0x17B4 || c == 0x17B5) && script == "Khmer";
  }

  // Behind a symbol, a digit of a keycap, an ideograph: one selector, and no letter of ours.
  static bool selects(char32_t base) {
    return base != U' ' && !is_unseen(base) && unicode::script(base) != "Latin" &&
           unicode::script(base) != "Cyrillic";
  }

  [[nodiscard]] bool carries(std::size_t i) const {
    return is_tag(text_[i]) || (is_selector(text_[i]) && is_selector(before(i)));
  }

  static bool breaks_words(char32_t c) {
    return unicode::is_east_asian(c) ||
           std::ranges::find(kWithoutBlanks, unicode::script(c)) != kWithoutBlanks.end();
  }

  // Letters of one word stand on both sides. Hyphens and non-joiners that a typesetter puts into a
  // long word leave parts of two letters at least.
  [[nodiscard]] Hidden in_word(std::size_t i) {
    if (i >= word_.end) word_ = word_around(i);
    if (i < word_.first_letter || i > word_.last_letter) return Hidden::invisible;
    return word_.typeset ? Hidden::typeset : Hidden::in_word;
  }

  struct Word {
    std::size_t end = 0;
    std::size_t first_letter = 0, last_letter = 0;
    bool typeset = false;
  };

  [[nodiscard]] Word word_around(std::size_t i) const {
    std::size_t k = i;
    while (k > 0 && belongs(text_[k - 1])) --k;
    Word word{.end = i, .first_letter = text_.size(), .typeset = true};
    std::size_t letters = 0, part = 0, shortest = text_.size();
    for (; k < text_.size() && belongs(text_[k]); word.end = ++k) {
      if (is_unseen(text_[k])) {
        word.typeset = word.typeset && (text_[k] == kSoftHyphen || text_[k] == kNonJoiner);
        shortest = std::min(shortest, part);
        part = 0;
        continue;
      }
      ++letters;
      ++part;
      word.first_letter = std::min(word.first_letter, k);
      word.last_letter = k;
    }
    shortest = std::min(shortest, part);
    word.typeset = word.typeset && letters >= kLongWord && shortest > 1;
    return word;
  }

  static bool belongs(char32_t c) { return unicode::is_word_part(c) || is_unseen(c); }

  std::u32string text_;
  bool right_to_left_ = false;
  std::optional<Hidden> worst_;
  std::string code_points_;
  Word word_;  // the last one looked at
};

}  // namespace

std::optional<HiddenCharacters> find_hidden(std::string_view text) {
  return Examiner(text).run();
}

}  // namespace emltrace::trace
