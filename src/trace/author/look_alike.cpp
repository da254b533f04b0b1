#include "trace/author/look_alike.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/text.hpp"

namespace emltrace::trace {
namespace {

// The scripts whose letters are taken for each other; all else is `other`.
enum Script : unsigned {
  kOther = 0,
  kLatin = 1,
  kPhonetic = 2,  // Latin letters of no alphabet but the phonetic one
  kGreek = 4,
  kCyrillic = 8,
  kArmenian = 16,
  kCherokee = 32,
};

struct Range {
  char32_t first;
  char32_t last;
};

struct ScriptRange {
  Range range;
  Script script;
};

constexpr std::array kScripts = {
    ScriptRange{{'A', 'Z'}, kLatin},          ScriptRange{{'a', 'z'}, kLatin},
    ScriptRange{{0x00C0, 0x024F}, kLatin},    ScriptRange{{0x0250, 0x02AF}, kPhonetic},
    ScriptRange{{0x0370, 0x03FF}, kGreek},    ScriptRange{{0x0400, 0x052F}, kCyrillic},
    ScriptRange{{0x0530, 0x058F}, kArmenian}, ScriptRange{{0x13A0, 0x13FF}, kCherokee},
    ScriptRange{{0x1C80, 0x1C8F}, kCyrillic}, ScriptRange{{0x1D00, 0x1DBF}, kPhonetic},
    ScriptRange{{0x1E00, 0x1EFF}, kLatin},    ScriptRange{{0x1F00, 0x1FFF}, kGreek},
    ScriptRange{{0x2DE0, 0x2DFF}, kCyrillic}, ScriptRange{{0xA640, 0xA69F}, kCyrillic},
    ScriptRange{{0xAB70, 0xABBF}, kCherokee},
};

struct ScriptName {
  Script script;
  std::string_view name;
};

constexpr std::array kScriptNames = {
    ScriptName{kLatin, "Latin"},       ScriptName{kPhonetic, "phonetic Latin"},
    ScriptName{kGreek, "Greek"},       ScriptName{kCyrillic, "Cyrillic"},
    ScriptName{kArmenian, "Armenian"}, ScriptName{kCherokee, "Cherokee"},
};

struct Confusable {
  char32_t letter;
  char latin;
  bool exact;  // drawn alike in common fonts, so that a whole word of such letters passes for Latin
};

// After the data of UTS #39, letters that stand for a lower-case ASCII letter in a domain.
constexpr std::array kConfusables = {
    Confusable{0x0430, 'a', true},  Confusable{0x0441, 'c', true},  Confusable{0x0435, 'e', true},
    Confusable{0x043E, 'o', true},  Confusable{0x0440, 'p', true},  Confusable{0x0445, 'x', true},
    Confusable{0x0443, 'y', true},  Confusable{0x0456, 'i', true},  Confusable{0x0458, 'j', true},
    Confusable{0x0455, 's', true},  Confusable{0x0501, 'd', true},  Confusable{0x04BB, 'h', true},
    Confusable{0x051B, 'q', true},  Confusable{0x051D, 'w', true},  Confusable{0x04CF, 'l', true},
    Confusable{0x04C0, 'l', true},  Confusable{0x0475, 'v', true},  Confusable{0x04AF, 'y', false},
    Confusable{0x043A, 'k', false}, Confusable{0x0433, 'r', false}, Confusable{0x043F, 'n', false},
    Confusable{0x044C, 'b', false}, Confusable{0x0461, 'w', false}, Confusable{0x0442, 't', false},
    Confusable{0x043C, 'm', false}, Confusable{0x043D, 'h', false}, Confusable{0x0432, 'b', false},
    Confusable{0x0410, 'a', true},  Confusable{0x0412, 'b', true},  Confusable{0x0421, 'c', true},
    Confusable{0x0415, 'e', true},  Confusable{0x041D, 'h', true},  Confusable{0x041A, 'k', true},
    Confusable{0x041C, 'm', true},  Confusable{0x041E, 'o', true},  Confusable{0x0420, 'p', true},
    Confusable{0x0422, 't', true},  Confusable{0x0425, 'x', true},  Confusable{0x0406, 'i', true},
    Confusable{0x0408, 'j', true},  Confusable{0x0405, 's', true},  Confusable{0x03BF, 'o', true},
    Confusable{0x03B1, 'a', true},  Confusable{0x03B9, 'i', true},  Confusable{0x03BD, 'v', true},
    Confusable{0x03C1, 'p', true},  Confusable{0x03C5, 'u', true},  Confusable{0x03BA, 'k', true},
    Confusable{0x03C7, 'x', true},  Confusable{0x03B3, 'y', true},  Confusable{0x03F2, 'c', true},
    Confusable{0x03F3, 'j', true},  Confusable{0x03B7, 'n', false}, Confusable{0x03C9, 'w', false},
    Confusable{0x03C4, 't', false}, Confusable{0x03B5, 'e', false}, Confusable{0x03BC, 'u', false},
    Confusable{0x0391, 'a', true},  Confusable{0x0392, 'b', true},  Confusable{0x0395, 'e', true},
    Confusable{0x0396, 'z', true},  Confusable{0x0397, 'h', true},  Confusable{0x0399, 'i', true},
    Confusable{0x039A, 'k', true},  Confusable{0x039C, 'm', true},  Confusable{0x039D, 'n', true},
    Confusable{0x039F, 'o', true},  Confusable{0x03A1, 'p', true},  Confusable{0x03A4, 't', true},
    Confusable{0x03A5, 'y', true},  Confusable{0x03A7, 'x', true},  Confusable{0x0585, 'o', true},
    Confusable{0x057D, 'u', true},  Confusable{0x0570, 'h', true},  Confusable{0x0581, 'g', true},
    Confusable{0x0578, 'n', true},  Confusable{0x0566, 'q', true},  Confusable{0x0251, 'a', true},
    Confusable{0x0261, 'g', true},  Confusable{0x0262, 'g', false}, Confusable{0x026A, 'i', true},
    Confusable{0x0274, 'n', false}, Confusable{0x0280, 'r', false}, Confusable{0x029F, 'l', false},
    Confusable{0x028F, 'y', true},  Confusable{0x1D00, 'a', false}, Confusable{0x1D04, 'c', true},
    Confusable{0x1D0F, 'o', true},  Confusable{0x1D1C, 'u', true},  Confusable{0x1D20, 'v', true},
    Confusable{0x1D21, 'w', true},  Confusable{0x1D22, 'z', true},
};

constexpr std::array kRightToLeft = {Range{0x0590, 0x08FF}, Range{0xFB1D, 0xFDFF},
                                     Range{0xFE70, 0xFEFE}, Range{0x10800, 0x10FFF},
                                     Range{0x1E800, 0x1EFFF}};

// Arabic to Myanmar and Mongolian; symbols and emoji with their selectors.
constexpr std::array kJoining = {Range{0x0600, 0x109F}, Range{0x1780, 0x18AF},
                                 Range{0x2190, 0x2BFF}, Range{0xFE00, 0xFE0F},
                                 Range{0xA840, 0xA9FF}, Range{0x1F000, 0x1FAFF}};

constexpr std::array kInvisible = {
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x115F, 0x1160},  Range{0x17B4, 0x17B5},
    Range{0x180E, 0x180E}, Range{0x200B, 0x200B}, Range{0x2060, 0x2064},  Range{0x3164, 0x3164},
    Range{0xFEFF, 0xFEFF}, Range{0xFFA0, 0xFFA0}, Range{0xE0000, 0xE007F}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return c >= range.first && c <= range.last; });
}

Script script_of(char32_t c) {
  const auto found = std::find_if(kScripts.begin(), kScripts.end(), [c](const ScriptRange& row) {
    return c >= row.range.first && c <= row.range.last;
  });
  return found == kScripts.end() ? kOther : found->script;
}

const Confusable* find_confusable(char32_t c) {
  const auto found = std::find_if(kConfusables.begin(), kConfusables.end(),
                                  [c](const Confusable& row) { return row.letter == c; });
  return found == kConfusables.end() ? nullptr : &*found;
}

struct LabelFacts {
  unsigned scripts = 0;
  bool all_exact = true;  // every letter beyond ASCII is drawn like a Latin one
  bool any_alike = false;
  std::string latin;
};

LabelFacts examine(std::string_view label) {
  LabelFacts facts;
  for (std::size_t at = 0; at < label.size();) {
    const text::CodePoint point = text::decode_utf8(label, at);
    facts.scripts |= script_of(point.value);
    const Confusable* alike = find_confusable(point.value);
    if (alike != nullptr) {
      facts.latin.push_back(alike->latin);
      facts.any_alike = true;
    } else {
      facts.latin += label.substr(at, point.length);
    }
    if (point.value >= 0x80 && (alike == nullptr || !alike->exact)) facts.all_exact = false;
    at += point.length;
  }
  return facts;
}

std::string script_names(unsigned scripts) {
  std::vector<std::string> names;
  for (const ScriptName& row : kScriptNames) {
    if ((scripts & row.script) != 0) names.emplace_back(row.name);
  }
  return text::join(names, " and ");
}

bool is_single(unsigned scripts) {
  return (scripts & (scripts - 1)) == 0;
}

}  // namespace

std::optional<LookAlike> find_look_alike(std::string_view domain) {
  const std::vector<std::string_view> labels = text::split(domain, '.');
  const unsigned top = examine(labels.back()).scripts;
  for (const std::string_view label : labels) {
    const LabelFacts facts = examine(label);
    if (!facts.any_alike) continue;
    const bool mixed = !is_single(facts.scripts);
    const bool disguised = is_single(facts.scripts) && facts.all_exact &&
                           (facts.scripts & top) == 0 && labels.size() > 1;
    if (mixed || disguised)
      return LookAlike{std::string(label), facts.latin, script_names(facts.scripts)};
  }
  return std::nullopt;
}

Hidden hidden_kind(char32_t c) {
  if (c < 0x80) return Hidden::none;
  if (c == 0x202D || c == 0x202E) return Hidden::override_;
  if ((c >= 0x202A && c <= 0x202C) || (c >= 0x2066 && c <= 0x2069)) return Hidden::embedding;
  if (c == 0x200E || c == 0x200F || c == 0x061C) return Hidden::mark;
  if (c == 0x200C || c == 0x200D) return Hidden::joiner;
  return within(kInvisible, c) ? Hidden::invisible : Hidden::none;
}

bool is_right_to_left(char32_t c) {
  return within(kRightToLeft, c);
}

bool takes_joiners(char32_t c) {
  return within(kJoining, c);
}

}  // namespace emltrace::trace
