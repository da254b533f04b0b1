#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "trace/finding/code.hpp"
#include "trace/finding/sentence_row.hpp"
#include "trace/finding/sentence_words.hpp"
#include "trace/finding/sentences_auth.hpp"
#include "trace/finding/sentences_author.hpp"
#include "trace/finding/sentences_clock.hpp"
#include "trace/finding/sentences_field.hpp"
#include "trace/finding/sentences_hop.hpp"
#include "trace/finding/sentences_road.hpp"

/// All sentences of the findings: what another language would write anew.
namespace emltrace::trace::sentence_rows {

inline constexpr std::array<std::span<const Row>, 6> kTables{kAuth,  kAuthor, kClock,
                                                             kField, kHop,    kRoad};

/// The code that a sentence is of.
[[nodiscard]] constexpr std::string_view code_of(std::string_view key) {
  return key.substr(0, key.find('/'));
}

[[nodiscard]] constexpr const Row* find(std::span<const Row> rows, std::string_view key) {
  const auto row = std::ranges::find(rows, key, &Row::key);
  return row == rows.end() ? nullptr : &*row;
}
/// Null where no table holds it.
[[nodiscard]] constexpr const Row* find(std::string_view key) {
  for (const std::span<const Row> rows : kTables) {
    if (const Row* row = find(rows, key)) return row;
  }
  return nullptr;
}
[[nodiscard]] constexpr const Row* find_words(std::string_view key) {
  return find(kWords, key);
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
  return std::ranges::all_of(kTables, [](std::span<const Row> rows) {
    return std::ranges::all_of(rows, [](const Row& row) { return find(row.key) == &row; });
  });
}
static_assert(are_unique(), "two sentences have one key");

}  // namespace emltrace::trace::sentence_rows
