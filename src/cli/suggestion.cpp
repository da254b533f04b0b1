#include "cli/suggestion.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace emltrace::cli {
namespace {

constexpr std::size_t kMaxLetters = 64;  // of a word that is worth comparing
constexpr std::size_t kMinPrefix = 3;    // letters that tell which word was begun

std::string letters_of(std::string_view word) {
  std::string out = text::lower(word);
  std::erase_if(out, [](char c) { return c == '_' || c == '-'; });
  return out;
}

// The least number of letters to change, insert, take out or exchange with the next (Damerau and
// Levenshtein, each place touched once).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      std::size_t& here = rows[i][j];
      if (i == 0 || j == 0) {
        here = std::max(i, j);
        continue;
      }
      here = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                       rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) here = std::min(here, rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.size()][b.size()];
}

/// The only word that begins with the letters; empty where there is none or more than one.
std::string_view begun_by(std::string_view letters, std::span<const std::string> words) {
  const auto begins = [&](const std::string& word) {
    return letters_of(word).starts_with(letters);
  };
  const auto found = std::ranges::find_if(words, begins);
  if (found == words.end() || std::find_if(found + 1, words.end(), begins) != words.end())
    return {};
  return *found;
}

}  // namespace

bool is_same_word(std::string_view a, std::string_view b) {
  return letters_of(a) == letters_of(b);
}

std::string suggestion(std::string_view written, std::span<const std::string> words) {
  const std::string meant = letters_of(written);
  if (meant.empty() || meant.size() > kMaxLetters) return {};
  std::size_t least = meant.size() / 3 + 1;
  std::string_view best;
  for (const std::string& word : words) {
    const std::size_t wrong = distance(meant, letters_of(word));
    if (wrong >= least) continue;
    least = wrong;
    best = word;
  }
  if (best.empty() && meant.size() >= kMinPrefix) best = begun_by(meant, words);
  return best.empty() ? "" : "; did you mean " + std::string(best) + "?";
}

}  // namespace emltrace::cli
