#include "trace/clock/token.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "trace/clock/rows.hpp"

namespace emltrace::trace {
namespace {

// A draft waits between its parts, and a relay or service may write a stamp long after an id.
constexpr std::int64_t kDraft = 86'400;
// A zone that is not told hides up to fourteen hours (UTC-12 … UTC+14).
constexpr std::int64_t kUnknownZone = std::int64_t{14} * 3'600;
// X-Received and the like in one message: as many as any route has.
constexpr std::size_t kMaxFieldTokens = 100;

// What the rows of both tables say of their tokens.
template <typename Row>
ClockToken make_token(const Row& row, std::string_view place, std::string_view text,
                      const Moment& moment) {
  ClockToken token;
  token.producer = std::string(row.key);
  token.place = std::string(place);
  token.text = std::string(text);
  token.time = moment.time;
  token.precision_s = moment.precision_s;
  token.hour_only = moment.hour_only;
  token.local = moment.local;
  token.made_at = row.made_at;
  token.max_lead_s = row.max_lead_s;
  token.per_message = row.per_message;
  token.documented = row.documented;
  token.weak = row.weak;
  return token;
}

bool zone_unknown(const Date& stamp) {
  return stamp.defects.zone_missing || stamp.defects.zone_impossible ||
         (!stamp.offset_minutes && !stamp.zone_name.empty());
}

// QQ begins X-QQ-mid with the name of its host: `xmmxszb12-0t…` by newxmmxszb12-0.qq.com.
bool names_host(const ClockToken& token, const Received& received) {
  constexpr std::string_view kPrefix = "new";
  std::string_view label = received.by.host ? std::string_view(*received.by.host) : "";
  label = label.substr(0, label.find('.'));
  if (text::istarts_with(label, kPrefix)) label.remove_prefix(kPrefix.size());
  const std::string_view text = text::trim(token.text);
  return !label.empty() && text::istarts_with(text, label) && text.size() > label.size() &&
         text[label.size()] == 't';
}

}  // namespace

std::string_view to_string(ClockVerdict verdict) {
  switch (verdict) {
    case ClockVerdict::match:
      return "match";
    case ClockVerdict::older:
      return "older";
    case ClockVerdict::younger:
      return "younger";
    case ClockVerdict::copied:
      return "copied";
    case ClockVerdict::undecidable:
      break;
  }
  return "undecidable";
}

std::string_view to_string(MadeAt made_at) {
  switch (made_at) {
    case MadeAt::message:
      return "message";
    case MadeAt::session:
      return "session";
    case MadeAt::process:
      return "process";
    case MadeAt::queue_entry:
      return "queue entry";
    case MadeAt::pickup:
      return "pickup";
    case MadeAt::body:
      break;
  }
  return "body";
}

std::optional<ClockToken> decode_hop_token(const Received& received) {
  if (!received.id) return std::nullopt;
  for (const auto rows : {service_clock_rows(), server_clock_rows()}) {
    for (const HopClockRow& row : rows) {
      if (!row.written_by(received)) continue;
      if (const auto moment = row.decode(*received.id, received)) {
        ClockToken token = make_token(row, "Received id", *received.id, *moment);
        token.max_lag_s = row.max_lag_s;
        return token;
      }
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
      if (tokens.size() >= kMaxFieldTokens || !text::iequals(field.name, row.field)) continue;
      const std::string value = unfold(field.body);
      if (const auto moment = row.decode(value, date)) {
        ClockToken token = make_token(row, row.place, value, *moment);
        token.line = field.line;
        token.max_lag_s = kDraft;
        token.stamp_of = row.stamp_of;
        token.relay = row.relay;
        tokens.push_back(std::move(token));
        break;
      }
    }
  }
  return tokens;
}

std::optional<std::size_t> hop_of_token(const ClockToken& token, std::span<const TokenHop> hops) {
  std::optional<std::size_t> nearest;
  bool named = false;
  std::size_t least = 0;
  if (token.stamp_of != StampOf::relay) return nearest;
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const TokenHop& hop = hops[i];
    if (hop.received->producer != token.relay) continue;
    const bool names_it = names_host(token, *hop.received);
    const std::size_t distance =
        hop.line > token.line ? hop.line - token.line : token.line - hop.line;
    const bool nearer =
        distance < least || (distance == least && hop.line > token.line) || !nearest;
    if (names_it == named ? nearer : names_it) {
      nearest = i;
      named = names_it;
      least = distance;
    }
  }
  return nearest;
}

ClockComparison compare(const ClockToken& token, const std::optional<Date>& stamp) {
  if (!stamp) return {};
  const std::int64_t before = (token.time - stamp->instant).count();
  const std::int64_t after = -before - (token.precision_s - 1);
  const std::int64_t zone_doubt = zone_unknown(*stamp) ? kUnknownZone : 0;
  ClockComparison comparison;
  comparison.skew_s = before > 0 ? -before : std::max<std::int64_t>(after, 0);
  if (before <= token.max_lead_s && after <= token.max_lag_s) {
    comparison.verdict = ClockVerdict::match;
  } else if (before <= token.max_lead_s + zone_doubt && after <= token.max_lag_s + zone_doubt) {
    comparison.verdict = ClockVerdict::undecidable;
  } else if (before > 0) {
    comparison.verdict = token.hour_only ? ClockVerdict::undecidable : ClockVerdict::younger;
  } else if (token.per_message && after > kLongestQueue + zone_doubt) {
    comparison.verdict = ClockVerdict::copied;
  } else {
    comparison.verdict = ClockVerdict::older;
  }
  return comparison;
}

bool disagrees(const ClockToken& token, const ClockComparison& comparison) {
  return comparison.verdict == ClockVerdict::younger ||
         comparison.verdict == ClockVerdict::copied ||
         (token.hour_only && comparison.verdict == ClockVerdict::older);
}

}  // namespace emltrace::trace
