#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/date.hpp"
#include "base/text.hpp"
#include "message/received/received.hpp"
#include "trace/clock/token.hpp"

/// Inside of the hidden clocks: the tables.
namespace emltrace::trace {

/// What a decoder read.
struct Moment {
  Instant time;
  std::int64_t precision_s = 1;
  bool hour_only = false;
  bool local = false;
};
[[nodiscard]] inline std::optional<Moment> at(std::optional<Instant> time,
                                              std::int64_t precision_s = 1) {
  return time ? std::optional(Moment{*time, precision_s}) : std::nullopt;
}
/// The software that the field names behind `by` begins so.
[[nodiscard]] inline bool software_starts(const Received& received, std::string_view name) {
  return received.by.software && text::istarts_with(*received.by.software, name);
}

/// A clock and its rounding, where one host writes both readings.
inline constexpr std::int64_t kClockError = 10;

/// An id of a Received field. `written_by` must know the software from the field or from a shape
/// that no other software has.
struct HopClockRow {
  std::string_view key;
  bool (*written_by)(const Received& received);
  std::optional<Moment> (*decode)(std::string_view id, const Received& received);
  MadeAt made_at;
  std::int64_t max_lag_s;
  std::int64_t max_lead_s = kClockError;
  bool per_message = false;
  bool documented = true;
  bool weak = false;
};
/// Servers that anybody may run.
[[nodiscard]] std::span<const HopClockRow> server_clock_rows();
/// The own systems of mail providers and sending services.
[[nodiscard]] std::span<const HopClockRow> service_clock_rows();

/// A token elsewhere in the header. `date` is the Date field: its offset serves local tokens.
struct FieldClockRow {
  std::string_view key;
  std::string_view field;  ///< lower case
  std::string_view place;  ///< for people
  std::optional<Moment> (*decode)(std::string_view value, const std::optional<Date>& date);
  MadeAt made_at;
  StampOf stamp_of = StampOf::author;
  std::string_view relay = {};
  std::int64_t max_lead_s;
  bool per_message = false;
  bool documented = true;
  bool weak = false;
};
[[nodiscard]] std::span<const FieldClockRow> field_clock_rows();

}  // namespace emltrace::trace
