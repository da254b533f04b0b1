#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "message/message.hpp"
#include "trace/author/field_writers.hpp"
#include "trace/author/filter_verdict.hpp"

namespace emltrace::trace {

inline constexpr std::size_t kMaxFilterReports = 200;  ///< fields of one message
inline constexpr std::size_t kMaxFilterValues = 64;    ///< of one field
inline constexpr std::size_t kMaxFilterValue = 1'000;  ///< bytes told of one value
inline constexpr std::size_t kMaxFilterText = 16'000;  ///< bytes of one field that are read
inline constexpr std::size_t kMaxFilterDecoded =
    8'000;  ///< bytes of a coded field that are decoded

/// What filters wrote into the message, by the tables of their vendors, top to bottom; at most
/// kMaxFilterReports. Whose word each is stands open: `trusted` is false.
struct ReadFilter {
  FilterReport report;
  std::size_t field = 0;  ///< index in the message
  bool outbound = false;  ///< it speaks of mail that the filter sent out
};
[[nodiscard]] std::vector<ReadFilter> read_filters(const Message& message);

/// The same with `trusted` as the route tells.
[[nodiscard]] std::vector<FilterReport> judge_filters(std::span<const ReadFilter> filters,
                                                      const FieldWriters& writers);

}  // namespace emltrace::trace
