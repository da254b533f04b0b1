#include "report/shown.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/unicode.hpp"

namespace emltrace::report {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

bool is_within(const auto& ranges, char32_t c) {
  const auto row = std::ranges::lower_bound(ranges, c, {}, &Range::last);
  return row != std::ranges::end(ranges) && row->first <= c;
}

constexpr char32_t kNonJoiner = 0x200c;
constexpr char32_t kJoiner = 0x200d;
constexpr char32_t kTextStyle = 0xfe0e;
constexpr char32_t kEmojiStyle = 0xfe0f;
constexpr char32_t kBlackFlag = 0x1f3f4;

// Ascending. What is visible or harmless in these blocks is left out on purpose.
constexpr std::array kUnsafe{
    Range{0x0000, 0x001f},     // C0
    Range{0x007f, 0x009f},     // DEL, C1
    Range{0x00ad, 0x00ad},     // soft hyphen
    Range{0x034f, 0x034f},     // combining grapheme joiner
    Range{0x061c, 0x061c},     // Arabic letter mark
    Range{0x115f, 0x1160},     // Hangul fillers
    Range{0x17b4, 0x17b5},     // Khmer inherent vowels, invisible
    Range{0x180b, 0x180f},     // Mongolian selectors and vowel separator
    Range{0x200b, 0x200f},     // zero-width space, joiners, marks
    Range{0x2028, 0x202e},     // line and paragraph separators, bidirectional embeddings
    Range{0x2060, 0x206f},     // word joiner, invisible operators, bidirectional isolates
    Range{0x3164, 0x3164},     // Hangul filler
    Range{0xe000, 0xf8ff},     // private use
    Range{0xfdd0, 0xfdef},     // noncharacters
    Range{0xfe00, 0xfe0f},     // variation selectors
    Range{0xfeff, 0xfeff},     // zero-width no-break space
    Range{0xffa0, 0xffa0},     // half-width Hangul filler
    Range{0xfff0, 0xfffb},     // interlinear annotation, and its ignorable neighbours
    Range{0xfffe, 0xffff},     // noncharacters
    Range{0x13430, 0x13440},   // Egyptian hieroglyph format controls, mirror
    Range{0x1bca0, 0x1bca3},   // shorthand format controls
    Range{0x1d159, 0x1d159},   // the null note head, invisible
    Range{0x1d173, 0x1d17a},   // musical format controls
    Range{0x1fffe, 0x1ffff},   // noncharacters, as at the end of each plane
    Range{0x2fffe, 0x2ffff},   //
    Range{0x3fffe, 0x3ffff},   //
    Range{0x4fffe, 0x4ffff},   //
    Range{0x5fffe, 0x5ffff},   //
    Range{0x6fffe, 0x6ffff},   //
    Range{0x7fffe, 0x7ffff},   //
    Range{0x8fffe, 0x8ffff},   //
    Range{0x9fffe, 0x9ffff},   //
    Range{0xafffe, 0xaffff},   //
    Range{0xbfffe, 0xbffff},   //
    Range{0xcfffe, 0xcffff},   //
    Range{0xdfffe, 0xe0fff},   // and tags, supplementary variation selectors
    Range{0xefffe, 0x10ffff},  // and private use
};

// Vowels and final consonants of Hangul, which stack onto the syllable in front (UAX #29 V, T).
constexpr std::array kTrailingJamo{Range{0x1161, 0x11ff}, Range{0xd7b0, 0xd7fb}};

// The flags that are made of tags (UTS #51, emoji-sequences.txt): U+E0067 is `g`, U+E007F the end.
constexpr std::array kFlagTags{
    std::u32string_view(U"\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
    std::u32string_view(U"\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
    std::u32string_view(U"\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"),
};

bool stacks(char32_t c) {
  return unicode::is_mark(c) || is_within(kTrailingJamo, c);
}

bool joins_forward(unicode::Joining joining) {
  return joining == unicode::Joining::left || joining == unicode::Joining::dual;
}

bool joins_backward(unicode::Joining joining) {
  return joining == unicode::Joining::right || joining == unicode::Joining::dual;
}

}  // namespace

bool is_unsafe(char32_t code_point) {
  return is_within(kUnsafe, code_point);
}

ShownText::Character ShownText::at(std::size_t offset) {
  const auto byte = static_cast<unsigned char>(raw_[offset]);
  const bool ascii = byte < 0x80;
  if (byte >= ' ' && byte < 0x7f) {
    begin_base(byte);
    return {{byte, 1, true}, true};
  }
  if (!ascii && !looked_) {
    utf8_ = text::is_utf8(raw_);
    looked_ = true;
  }
  const text::CodePoint point =
      ascii || utf8_ ? text::decode_utf8(raw_, offset) : text::CodePoint{U'\uFFFD', 1, false};
  const bool shown = point.valid && judge(point.value, offset, point.length);
  if (!shown) begin_base(0);
  return {point, shown};
}

void ShownText::begin_base(char32_t c) {
  previous_ = base_ = c;
  marks_ = 0;
}

bool ShownText::judge(char32_t c, std::size_t offset, std::size_t length) {
  const std::size_t behind = offset + length;
  bool shown = !is_unsafe(c);
  if (offset < flag_end_) {
    shown = true;
  } else if (c == kJoiner || c == kNonJoiner) {
    shown = judge_joiner(c, behind);
  } else if (c == kTextStyle || c == kEmojiStyle) {
    shown = unicode::is_emoji(previous_);
  } else if (shown && stacks(c)) {
    shown = base_ != 0 && ++marks_ <= kMaxMarks;
  } else if (shown) {
    if (c == kBlackFlag) flag_end_ = end_of_flag(behind);
    begin_base(c);
  }
  previous_ = c;
  return shown;
}

// What a joiner leads to counts where it will be shown itself.
bool ShownText::judge_joiner(char32_t c, std::size_t behind) const {
  if (base_ == 0) return false;
  const char32_t after = next(behind, 0);
  const bool leads_to_virama = unicode::is_virama(after) && marks_ < kMaxMarks;
  if (unicode::is_virama(previous_) || leads_to_virama) return true;
  if (c == kJoiner) return unicode::is_pictograph(base_) && unicode::is_pictograph(after);
  return joins_forward(unicode::joining(base_)) &&
         joins_backward(unicode::joining(next(behind, kMaxMarks - std::min(marks_, kMaxMarks))));
}

/// The character there, or the one behind so many marks at most; 0 at the end.
char32_t ShownText::next(std::size_t behind, std::size_t most_marks) const {
  while (behind < raw_.size()) {
    const text::CodePoint point = text::decode_utf8(raw_, behind);
    if (most_marks == 0 || !unicode::is_mark(point.value)) return point.value;
    behind += point.length;
    --most_marks;
  }
  return 0;
}

/// Where the tags behind a black flag end; 0 where they are no flag.
std::size_t ShownText::end_of_flag(std::size_t behind) const {
  for (const std::u32string_view tags : kFlagTags) {
    const std::string bytes = unicode::encode(tags);
    if (raw_.substr(behind).starts_with(bytes)) return behind + bytes.size();
  }
  return 0;
}

}  // namespace emltrace::report
