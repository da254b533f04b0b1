#include "trace/author/mixed_script.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <vector>

#include "base/text.hpp"
#include "base/unicode.hpp"
#include "trace/author/look_alike.hpp"

namespace emltrace::trace {
namespace {

struct Letter {
  char32_t value;
  unsigned script;
};

constexpr std::size_t kSignRest = 4;  // Latin letters behind a Greek sign: `νmax`, `ρcrit`

bool is_latin_i(const Letter& letter) {
  return letter.value == U'i' || letter.value == U'I';
}

// The word by its letters. Phonetic letters are Latin ones.
std::vector<Letter> letters_of(std::u32string_view word) {
  std::vector<Letter> letters;
  for (const char32_t c : word) {
    if (unicode::is_mark(c) || unicode::is_default_ignorable(c)) continue;
    const unsigned script = look_alike_script(c);
    letters.push_back({c, script == kPhonetic ? static_cast<unsigned>(kLatin) : script});
  }
  return letters;
}

std::size_t count_of(std::span<const Letter> letters, unsigned script) {
  return static_cast<std::size_t>(std::ranges::count(letters, script, &Letter::script));
}

// The script with the most letters, Latin before others.
unsigned main_script(std::span<const Letter> letters, unsigned scripts) {
  unsigned best = kLatin & scripts;
  for (unsigned bit = 1; bit <= scripts; bit <<= 1) {
    if ((scripts & bit) != 0 && (best == 0 || count_of(letters, bit) > count_of(letters, best)))
      best = bit;
  }
  return best;
}

std::size_t switches(std::span<const Letter> letters) {
  std::size_t count = 0;
  for (std::size_t i = 1; i < letters.size(); ++i)
    count += letters[i].script != letters[i - 1].script ? 1 : 0;
  return count;
}

// A letter that a reader of the word's main script takes for one of it.
bool passes_for(const Letter& letter, unsigned main) {
  if (main == kLatin) return latin_twin(letter.value) != 0;
  if (letter.script == kLatin)
    return letter.value < 0x80 && has_twin_in(static_cast<char>(letter.value), main);
  const char twin = latin_twin(letter.value);
  return twin != 0 && has_twin_in(twin, main);
}

// `PRщик`, `IBMом`: a Latin abbreviation with a small foreign ending. `СберMe`: two names in one.
bool is_composed(std::span<const Letter> letters) {
  if (switches(letters) != 1) return false;
  std::size_t at = 1;
  while (letters[at].script == letters[at - 1].script) ++at;
  const auto head = letters.first(at), tail = letters.subspan(at);
  const auto upper = [](const Letter& letter) { return unicode::is_upper(letter.value); };
  const auto lower = [](const Letter& letter) { return unicode::is_lower(letter.value); };
  const bool inflected = head.size() > 1 && head.front().script == kLatin &&
                         std::ranges::all_of(head, upper) && std::ranges::all_of(tail, lower);
  return inflected ||
         (head.size() > 1 && tail.size() > 1 && lower(head.back()) && upper(tail.front()));
}

// A Greek letter that is read as a sign of science: drawn like no Latin one, or small beside
// capitals (`NFκB`), or at the edge of a short word or at the end (`ρcrit`, `interferonγ`).
bool is_sign(std::span<const Letter> letters, std::size_t i, bool alone) {
  const char32_t c = letters[i].value;
  constexpr std::u32string_view kNoSign = U"\u03BF\u03B9\u03C5\u03F2\u03F3";
  if (!is_exact_twin(c)) return true;
  if (unicode::is_upper(c) || kNoSign.find(c) != std::u32string_view::npos) return false;
  const auto small_latin = [&](std::size_t k) {
    return k < letters.size() && letters[k].script == kLatin && unicode::is_lower(letters[k].value);
  };
  if (!small_latin(i + 1) && (i == 0 || !small_latin(i - 1))) return true;
  return alone && (i + 1 == letters.size() || (i == 0 && letters.size() <= kSignRest + 1));
}

bool only_signs(std::span<const Letter> letters) {
  const bool alone = count_of(letters, kGreek) == 1;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i].script == kGreek && !is_sign(letters, i, alone)) return false;
  }
  return true;
}

bool is_disguise(std::span<const Letter> letters, unsigned scripts) {
  const unsigned main = main_script(letters, scripts);
  const auto guests = [&](const Letter& letter) { return letter.script != main; };
  const auto passing = [&](const Letter& letter) {
    return letter.script == main || passes_for(letter, main);
  };
  if (!std::ranges::all_of(letters, passing) || is_composed(letters)) return false;
  if (scripts == (kLatin | kGreek) && main == kLatin && only_signs(letters)) return false;
  const auto strange = std::ranges::count_if(letters, guests);
  const bool only_i = std::ranges::all_of(
      letters, [&](const Letter& letter) { return !guests(letter) || is_latin_i(letter); });
  // Keyboards of Cyrillic lack the i, and a c is soon typed in the wrong layout.
  return main == kLatin || (strange > 1 && !only_i);
}

bool is_slip(const std::vector<std::vector<Letter>>& words, const std::vector<Letter>& word,
             unsigned scripts) {
  const unsigned guests = scripts & ~main_script(word, scripts);
  if (count_of(word, guests) != 1) return false;
  return std::ranges::any_of(words, [&](const std::vector<Letter>& other) {
    return other.size() > 1 && count_of(other, guests) == other.size();
  });
}

std::vector<std::vector<Letter>> words_of(std::string_view text) {
  const std::u32string points = unicode::decode(text);
  std::vector<std::vector<Letter>> words;
  const auto inside = [](char32_t c) {
    return unicode::is_letter(c) || unicode::is_mark(c) || unicode::is_default_ignorable(c);
  };
  for (std::size_t i = 0; i < points.size();) {
    const std::size_t begin = i;
    while (i < points.size() && inside(points[i])) ++i;
    if (i > begin)
      words.push_back(letters_of(std::u32string_view(points).substr(begin, i - begin)));
    if (i == begin) ++i;
  }
  return words;
}

}  // namespace

std::optional<MixedWord> find_mixed_word(std::string_view text) {
  if (text::is_ascii(text)) return std::nullopt;
  const auto words = words_of(text);
  for (const std::vector<Letter>& word : words) {
    unsigned scripts = 0;
    bool foreign = false;
    for (const Letter& letter : word) {
      scripts |= letter.script;
      foreign = foreign || letter.script == kNone;
    }
    // Beside Han or Thai nobody takes a word for Latin.
    if (foreign || std::has_single_bit(scripts) || !is_disguise(word, scripts)) continue;
    std::u32string written;
    for (const Letter& letter : word) written += letter.value;
    return MixedWord{unicode::encode(written), script_names(scripts),
                     is_slip(words, word, scripts)};
  }
  return std::nullopt;
}

}  // namespace emltrace::trace
