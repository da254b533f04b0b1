#include "trace/author/look_alike.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "base/unicode.hpp"

namespace emltrace::trace {
namespace {

struct ScriptName {
  unsigned script;
  std::string_view name;
};

constexpr std::array kScriptNames = {
    ScriptName{kLatin, "Latin"},       ScriptName{kPhonetic, "phonetic Latin"},
    ScriptName{kGreek, "Greek"},       ScriptName{kCyrillic, "Cyrillic"},
    ScriptName{kArmenian, "Armenian"}, ScriptName{kCherokee, "Cherokee"},
    ScriptName{kCoptic, "Coptic"},     ScriptName{kLisu, "Lisu"},
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

bool is_phonetic(char32_t c) {
  return (c >= 0x0250 && c <= 0x02AF) || (c >= 0x1D00 && c <= 0x1DBF);
}

const Confusable* find_confusable(char32_t c) {
  if (c < 0x80) return nullptr;
  const auto found = std::ranges::find(kConfusables, c, &Confusable::letter);
  return found == kConfusables.end() ? nullptr : &*found;
}

struct WordFacts {
  unsigned scripts = 0;
  bool all_exact = true;  // every letter beyond ASCII is drawn like a Latin one
  bool any_alike = false;
  std::u32string latin;
};

WordFacts examine(std::u32string_view word) {
  WordFacts facts;
  for (const char32_t c : word) {
    facts.scripts |= look_alike_script(c);
    const Confusable* alike = find_confusable(c);
    facts.latin.push_back(alike == nullptr ? c : static_cast<char32_t>(alike->latin));
    facts.any_alike = facts.any_alike || alike != nullptr;
    if (c >= 0x80 && (alike == nullptr || !alike->exact)) facts.all_exact = false;
  }
  return facts;
}

bool is_single(unsigned scripts) {
  return (scripts & (scripts - 1)) == 0;
}

}  // namespace

unsigned look_alike_script(char32_t c) {
  if (c < 0x80) return text::is_alpha(static_cast<char>(c)) ? kLatin : kNone;
  if (is_phonetic(c)) return kPhonetic;
  const std::string_view name = unicode::script(c);
  const auto row = std::ranges::find(kScriptNames, name, &ScriptName::name);
  return row == kScriptNames.end() ? kNone : row->script;
}

std::string script_names(unsigned scripts) {
  std::vector<std::string> names;
  for (const ScriptName& row : kScriptNames) {
    if ((scripts & row.script) != 0) names.emplace_back(row.name);
  }
  return text::join(names, " and ");
}

char latin_twin(char32_t c) {
  const Confusable* alike = find_confusable(c);
  return alike == nullptr ? '\0' : alike->latin;
}

bool is_exact_twin(char32_t c) {
  const Confusable* alike = find_confusable(c);
  return alike != nullptr && alike->exact;
}

bool has_twin_in(char latin, unsigned script) {
  return std::ranges::any_of(kConfusables, [&](const Confusable& row) {
    return row.latin == text::lower(latin) && look_alike_script(row.letter) == script;
  });
}

bool reads_as_latin(std::u32string_view word) {
  const WordFacts facts = examine(word);
  return facts.any_alike && (!is_single(facts.scripts) || facts.all_exact);
}

std::optional<LookAlike> find_look_alike(std::string_view domain) {
  const std::vector<std::string_view> labels = text::split(domain, '.');
  const unsigned top = examine(unicode::decode(labels.back())).scripts;
  for (const std::string_view label : labels) {
    const WordFacts facts = examine(unicode::decode(label));
    if (!facts.any_alike) continue;
    const bool mixed = !is_single(facts.scripts);
    const bool disguised = is_single(facts.scripts) && facts.all_exact &&
                           (facts.scripts & top) == 0 && labels.size() > 1;
    if (mixed || disguised)
      return LookAlike{std::string(label), unicode::encode(facts.latin),
                       script_names(facts.scripts)};
  }
  return std::nullopt;
}

}  // namespace emltrace::trace
