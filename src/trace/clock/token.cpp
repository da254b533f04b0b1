#include "trace/clock/token.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "trace/clock/rows.hpp"

namespace emltrace::trace {
namespace {

// Rounding of either clock reading.
constexpr std::int64_t kRounding = 10;
// A draft waits between its parts, and a relay makes an id after the author wrote the Date.
constexpr std::int64_t kDraft = 86'400;
// A zone that is not told hides up to fourteen hours (UTC-12 … UTC+14).
constexpr std::int64_t kUnknownZone = 14 * 3'600;
// X-Received and the like in one message: as many as any route has.
constexpr std::size_t kMaxFieldTokens = 100;

ClockToken make_token(std::string_view key, std::string_view place, std::string_view text,
                      const Moment& moment) {
  ClockToken token;
  token.producer = std::string(key);
  token.place = std::string(place);
  token.text = std::string(text);
  token.time = moment.time;
  token.precision_s = moment.precision_s;
  token.hour_only = moment.hour_only;
  token.local = moment.local;
  token.max_lead_s = kRounding;
  return token;
}

bool zone_unknown(const Date& stamp) {
  return stamp.defects.zone_missing || stamp.defects.zone_impossible ||
         (!stamp.offset_minutes && !stamp.zone_name.empty());
}

}  // namespace

std::string_view to_string(ClockVerdict verdict) {
  switch (verdict) {
    case ClockVerdict::match:
      return "match";
    case ClockVerdict::mismatch:
      return "mismatch";
    case ClockVerdict::undecidable:
      break;
  }
  return "undecidable";
}

std::optional<ClockToken> decode_hop_token(const Received& received) {
  if (!received.id) {
    return std::nullopt;
  }
  for (const HopClockRow& row : hop_clock_rows()) {
    if (!row.written_by(received)) {
      continue;
    }
    if (const auto moment = row.decode(*received.id, received)) {
      ClockToken token = make_token(row.key, "Received id", *received.id, *moment);
      token.max_lag_s = row.max_lag_s;
      token.weak = row.weak;
      return token;
    }
  }
  return std::nullopt;
}

std::vector<ClockToken> decode_message_tokens(const Message& message) {
  std::vector<ClockToken> tokens;
  const Field* date_field = message.find("Date");
  const auto date = date_field != nullptr ? parse_date(date_field->body) : std::nullopt;
  for (const Field& field : message.fields()) {
    for (const FieldClockRow& row : field_clock_rows()) {
      if (tokens.size() >= kMaxFieldTokens || !text::iequals(field.name, row.field)) {
        continue;
      }
      const std::string value = unfold(field.body);
      if (const auto moment = row.decode(value, date)) {
        ClockToken token = make_token(row.key, row.place, value, *moment);
        token.line = field.line;
        token.max_lag_s = kDraft;
        token.max_lead_s = kDraft;
        tokens.push_back(std::move(token));
        break;
      }
    }
  }
  return tokens;
}

ClockComparison compare(const ClockToken& token, const std::optional<Date>& stamp) {
  if (!stamp) {
    return {};
  }
  const std::int64_t before = (token.time - stamp->instant).count();
  const std::int64_t after = -before - (token.precision_s - 1);
  ClockComparison comparison;
  comparison.skew_s = before > 0 ? -before : std::max<std::int64_t>(after, 0);
  const bool fits = before <= token.max_lead_s && after <= token.max_lag_s;
  if (fits) {
    comparison.verdict = ClockVerdict::match;
  } else if (zone_unknown(*stamp) && before <= token.max_lead_s + kUnknownZone &&
             after <= token.max_lag_s + kUnknownZone) {
    comparison.verdict = ClockVerdict::undecidable;
  } else {
    comparison.verdict = ClockVerdict::mismatch;
  }
  return comparison;
}

}  // namespace emltrace::trace
