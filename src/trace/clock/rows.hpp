#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/date.hpp"
#include "message/received/received.hpp"

/// Inside of the hidden clocks: the tables.
namespace emltrace::trace {

/// What a decoder read.
struct Moment {
  Instant time;
  std::int64_t precision_s = 1;
  bool hour_only = false;
  bool local = false;
};

/// An id of a Received field. `written_by` must know the software from the field or from a shape
/// that no other software has.
struct HopClockRow {
  std::string_view key;
  bool (*written_by)(const Received& received);
  std::optional<Moment> (*decode)(std::string_view id, const Received& received);
  std::int64_t max_lag_s;
  bool weak;
};
[[nodiscard]] std::span<const HopClockRow> hop_clock_rows();

/// A token elsewhere in the header. `date` is the Date field: its offset serves local tokens.
struct FieldClockRow {
  std::string_view key;
  std::string_view field;  ///< lower case
  std::string_view place;  ///< for people
  std::optional<Moment> (*decode)(std::string_view value, const std::optional<Date>& date);
};
[[nodiscard]] std::span<const FieldClockRow> field_clock_rows();

}  // namespace emltrace::trace
