#include "fuzz/safe.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "fuzz/target.hpp"

namespace emltrace::fuzz {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};
// ISO 6429 controls; Unicode: Bidi_Control, line and paragraph separators, zero width, tags,
// private use. Joiners and the tags of flags have their places, which are not looked for here.
constexpr std::array kUnsafe = std::to_array<Range>({{0x00, 0x1f},
                                                     {0x7f, 0x9f},
                                                     {0xad, 0xad},
                                                     {0x61c, 0x61c},
                                                     {0x180e, 0x180e},
                                                     {0x200b, 0x200b},
                                                     {0x200e, 0x200f},
                                                     {0x2028, 0x202e},
                                                     {0x2060, 0x206f},
                                                     {0xfeff, 0xfeff},
                                                     {0xe000, 0xf8ff},
                                                     {0xfdd0, 0xfdef},
                                                     {0xfe00, 0xfe0d},
                                                     {0xfff9, 0xfffb},
                                                     {0x13430, 0x1343f},
                                                     {0xe0000, 0xe0061},
                                                     {0xe0100, 0xe01ef},
                                                     {0xf0000, 0x10ffff}});

}  // namespace

void expect_safe(std::string_view text, bool lines) {
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::decode_utf8(text, at);
    expect(point.valid, "output is UTF-8");
    at += point.length;
    if (lines && point.value == '\n') continue;
    expect(std::ranges::none_of(kUnsafe,
                                [&](const Range& range) {
                                  return range.first <= point.value && point.value <= range.last;
                                }),
           "output holds nothing that a terminal obeys or that hides or reorders text");
  }
}

}  // namespace emltrace::fuzz
