#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace emltrace::text {

/// A set of bytes, made when the program is compiled: what find_first_of and its kin ask for each
/// byte of a text by a search in the set is one look here.
class CharSet {
 public:
  explicit constexpr CharSet(std::string_view bytes) {
    for (const char c : bytes) held_[static_cast<unsigned char>(c)] = true;
  }

  template <std::predicate<char> Holds>
  explicit constexpr CharSet(Holds holds) {
    for (std::size_t i = 0; i < held_.size(); ++i) held_[i] = holds(static_cast<char>(i));
  }

  [[nodiscard]] constexpr bool has(char c) const { return held_[static_cast<unsigned char>(c)]; }
  /// The offset of the first byte of the set at `from` or behind it; npos where there is none.
  [[nodiscard]] constexpr std::size_t find_in(std::string_view text, std::size_t from = 0) const {
    return first(text, from, true);
  }
  /// The same of the first byte that is not in the set.
  [[nodiscard]] constexpr std::size_t find_other(std::string_view text,
                                                 std::size_t from = 0) const {
    return first(text, from, false);
  }

 private:
  [[nodiscard]] constexpr std::size_t first(std::string_view text, std::size_t from,
                                            bool wanted) const {
    for (std::size_t at = from; at < text.size(); ++at) {
      if (has(text[at]) == wanted) return at;
    }
    return std::string_view::npos;
  }

  std::array<bool, 256> held_{};
};

}  // namespace emltrace::text
