#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "trace/finding/code.hpp"
#include "trace/finding/sentence_row.hpp"
#include "trace/finding/sentence_words.hpp"
#include "trace/finding/sentences_auth.hpp"
#include "trace/finding/sentences_author.hpp"
#include "trace/finding/sentences_clock.hpp"
#include "trace/finding/sentences_dkim2.hpp"
#include "trace/finding/sentences_field.hpp"
#include "trace/finding/sentences_hop.hpp"
#include "trace/finding/sentences_road.hpp"

/// All sentences of the findings: what another language would write anew.
namespace emltrace::trace::sentence_rows {

inline constexpr std::array<std::span<const Row>, 7> kTables{kAuth,  kAuthor, kClock, kDkim2,
                                                             kField, kHop,    kRoad};

// g++ 12 takes a pointer that UndefinedBehaviorSanitizer looks at for none that is constant: so
// texts and numbers are compared here, where rows and find() would do.

/// The code that a sentence is of.
[[nodiscard]] constexpr std::string_view code_of(std::string_view key) {
  std::size_t end = 0;
  while (end < key.size() && key[end] != '/') ++end;
  return key.substr(0, end);
}

[[nodiscard]] constexpr std::string_view text_of(std::span<const Row> rows, std::string_view key) {
  for (const Row& row : rows) {
    if (row.key == key) return row.text;
  }
  return {};
}
/// Empty where no table holds it.
[[nodiscard]] constexpr std::string_view sentence_of(std::string_view key) {
  for (const std::span<const Row> rows : kTables) {
    if (const std::string_view text = text_of(rows, key); !text.empty()) return text;
  }
  return {};
}
/// The same of words.
[[nodiscard]] constexpr std::string_view words_of(std::string_view key) {
  return text_of(kWords, key);
}

consteval bool have_codes() {
  return std::ranges::all_of(kTables, [](std::span<const Row> rows) {
    return std::ranges::all_of(rows, [](const Row& row) {
      return code_rows::find(code_of(row.key)) < code_rows::kRows.size();
    });
  });
}
static_assert(have_codes(), "a sentence is of no finding");

consteval bool are_unique() {
  const auto count = [](std::string_view key) {
    std::ptrdiff_t found = 0;
    for (const std::span<const Row> rows : kTables)
      found += std::ranges::count(rows, key, &Row::key);
    return found;
  };
  return std::ranges::all_of(kTables, [&](std::span<const Row> rows) {
    return std::ranges::all_of(rows, [&](const Row& row) { return count(row.key) == 1; });
  });
}
static_assert(are_unique(), "two sentences have one key");

}  // namespace emltrace::trace::sentence_rows
