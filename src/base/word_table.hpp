#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "base/text.hpp"

namespace emltrace::text {

/// A list of N words that is made when the program is compiled. Whether a word is in it, and where,
/// is told without regard to ASCII case by a comparison or two, however long the list is.
template <std::size_t N>
class WordTable {
 public:
  /// A word that comes twice, or is empty, does not compile.
  explicit consteval WordTable(const std::array<std::string_view, N>& words) : words_(words) {
    for (std::size_t i = 0; i < N; ++i) {
      if (words[i].empty() || find(words[i])) throw std::logic_error("an empty or repeated word");
      std::size_t slot = start_of(words[i]);
      while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint16_t>(i + 1);
      longest_ = std::max(longest_, words[i].size());
    }
  }

  /// The place of the word in the list; null where it is not there.
  [[nodiscard]] constexpr std::optional<std::size_t> find(std::string_view word) const {
    if (word.empty() || word.size() > longest_) return std::nullopt;
    for (std::size_t slot = start_of(word); slots_[slot] != 0; slot = (slot + 1) % kSlots) {
      const std::size_t place = slots_[slot] - std::size_t{1};
      if (is_same(words_[place], word)) return place;
    }
    return std::nullopt;
  }
  [[nodiscard]] constexpr bool holds(std::string_view word) const { return find(word).has_value(); }

 private:
  static constexpr std::size_t kSlots = std::bit_ceil(4 * N);
  static_assert(N > 0 && N < 0xFFFF);

  // What tells words apart that people make up: their length, their ends and their middle.
  static constexpr std::size_t start_of(std::string_view word) {
    const auto at = [word](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(lower(word[i])));
    };
    const std::size_t size = word.size();
    return (at(0) * 31 + at(size - 1) * 1'009 + at(size / 2) * 7'919 + at(size / 4) * 271 +
            size * 131) %
           kSlots;
  }
  static constexpr bool is_same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
  }

  std::array<std::string_view, N> words_;
  std::array<std::uint16_t, kSlots> slots_{};
  std::size_t longest_ = 0;
};
template <std::size_t N>
WordTable(const std::array<std::string_view, N>&) -> WordTable<N>;

}  // namespace emltrace::text
