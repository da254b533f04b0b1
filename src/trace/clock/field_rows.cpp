#include <array>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "trace/clock/codec.hpp"
#include "trace/clock/rows.hpp"

namespace emltrace::trace {
namespace {

using codec::civil14;
using codec::decimal;
using codec::epoch;
using codec::epoch_ms;
using codec::hexadecimal;
using codec::is_digits;
using codec::is_hex;

// FILETIME counts tenths of microseconds from 1601.
constexpr std::uint64_t kFiletimePerSecond = 10'000'000;
constexpr std::uint64_t kFiletimeEpochSeconds = 11'644'473'600;
constexpr std::int64_t kFiletimeHighWordSeconds = 430;

// The part of a Message-ID before the '@', without brackets.
std::string_view left_of_id(std::string_view value) {
  const std::size_t open = value.find('<');
  value = open == value.npos ? value : value.substr(open + 1);
  return value.substr(0, value.find('@'));
}

// Postfix: <yyyymmddHHMMSS.QUEUEID@host> in GMT.
std::optional<Moment> postfix_id(std::string_view value, const std::optional<Date>&) {
  const std::string_view left = left_of_id(value);
  if (left.size() < 21 || left[14] != '.') {
    return std::nullopt;
  }
  const std::string_view queue = left.substr(15);
  const bool fits = codec::is_made_of(queue, "0123456789ABCDEF") ||
                    (codec::is_made_of(queue, codec::kBase52) && queue.rfind('z') >= 10 &&
                     queue.rfind('z') != queue.npos);
  return fits ? at(civil14(left.substr(0, 14))) : std::nullopt;
}

// qmail: <yyyymmddHHMMSS.PID.qmail@host> in UTC; Mutt: <yyyymmddHHMMSS.GX123@host> in GMT.
std::optional<Moment> qmail_id(std::string_view value, const std::optional<Date>&) {
  const auto parts = text::split(left_of_id(value), '.');
  const bool fits = parts.size() == 3 && is_digits(parts[1]) && parts[2] == "qmail";
  return fits ? at(civil14(parts[0])) : std::nullopt;
}

std::optional<Moment> mutt_id(std::string_view value, const std::optional<Date>&) {
  const auto parts = text::split(left_of_id(value), '.');
  const bool fits = parts.size() == 2 && parts[1].size() > 2 && parts[1][0] == 'G' &&
                    text::is_alpha(parts[1][1]) && is_digits(parts[1].substr(2));
  return fits ? at(civil14(parts[0])) : std::nullopt;
}

// Outlook and Outlook Express: <NNNNhhhhhhhh$xxxxxxxx$xxxxxxxx@host>, the high word of a FILETIME.
std::optional<Moment> outlook_id(std::string_view value, const std::optional<Date>&) {
  const auto parts = text::split(left_of_id(value), '$');
  if (parts.size() != 3 || parts[0].size() != 12 || parts[1].size() != 8 || parts[2].size() != 8 ||
      !is_hex(parts[0]) || !is_hex(parts[1]) || !is_hex(parts[2])) {
    return std::nullopt;
  }
  const std::uint64_t high = *hexadecimal(parts[0].substr(4));
  // In whole seconds: 2^32 ticks are 429.4967296 s.
  const std::uint64_t seconds = high * 4'294'967'296 / kFiletimePerSecond;
  if (high > 0x04000000 || seconds < kFiletimeEpochSeconds) {
    return std::nullopt;
  }
  return at(epoch(seconds - kFiletimeEpochSeconds), kFiletimeHighWordSeconds);
}

// JavaMail: <….1460319230220.JavaMail.user@host> in milliseconds.
std::optional<Moment> javamail_id(std::string_view value, const std::optional<Date>&) {
  const std::string_view left = left_of_id(value);
  const std::size_t name = left.find(".JavaMail.");
  if (name == left.npos || name < 14 || left[name - 14] != '.') {
    return std::nullopt;
  }
  const std::string_view digits = left.substr(name - 13, 13);
  return is_digits(digits) ? at(epoch_ms(decimal(digits))) : std::nullopt;
}

// A relay of the nineties: <namemmddyyHHMMSS-NNNNNNNN@host> on its own wall.
std::optional<Moment> dated_id(std::string_view value, const std::optional<Date>& date) {
  const std::string_view left = left_of_id(value);
  const std::size_t sign = left.find('-');
  if (sign == left.npos || sign < 12 || left.size() != sign + 9 || !date || !date->offset_minutes ||
      !is_digits(left.substr(sign + 1))) {
    return std::nullopt;
  }
  const std::string_view digits = left.substr(sign - 12, 12);
  if (!is_digits(digits) || (sign > 12 && text::is_digit(left[sign - 13]))) {
    return std::nullopt;
  }
  const auto part = [&](std::size_t i) { return *decimal(digits.substr(i, 2)); };
  const std::uint64_t year = part(4) >= 70 ? 1900 + part(4) : 2000 + part(4);
  const auto wall = codec::civil(year, part(0), part(2), part(6), part(8), part(10));
  if (!wall) {
    return std::nullopt;
  }
  return Moment{*wall - std::chrono::minutes{*date->offset_minutes}, 1, false, true};
}

// Gmail: … with SMTP id x.1460319230220; date
std::optional<Moment> x_received(std::string_view value, const std::optional<Date>&) {
  const Received received = parse_received(value);
  const std::string id = received.id.value_or("");
  const std::size_t dot = id.rfind('.');
  const bool fits = received.producer == "gmail" && dot != id.npos && id.size() - dot == 14;
  return fits ? at(epoch_ms(decimal(std::string_view(id).substr(dot + 1)))) : std::nullopt;
}

// QQ: letters and a server number, `t`, ten digits of seconds, `t`, noise.
std::optional<Moment> qq_mid(std::string_view value, const std::optional<Date>&) {
  value = text::trim(value);
  for (std::size_t i = value.find('t'); i != value.npos; i = value.find('t', i + 1)) {
    if (value.size() > i + 11 && is_digits(value.substr(i + 1, 10)) &&
        !text::is_digit(value[i + 11])) {
      return at(epoch(decimal(value.substr(i + 1, 10))));
    }
  }
  return std::nullopt;
}

// Fastmail: <xms:BASE64>, seconds in the first four bytes, least significant first.
std::optional<Moment> me_sender(std::string_view value, const std::optional<Date>&) {
  const std::size_t begin = value.find("<xms:");
  if (begin == value.npos || value.size() < begin + 11) {
    return std::nullopt;
  }
  // Eight letters hold six bytes: enough, and no padding is needed.
  std::string base64(value.substr(begin + 5, 8));
  for (char& c : base64) {
    c = c == '-' ? '+' : c == '_' ? '/' : c;
  }
  const auto bytes = base64_decode(base64, true);
  return bytes && bytes->size() >= 4 ? at(epoch(codec::little_endian(*bytes, 0))) : std::nullopt;
}

// The value of the boundary parameter of Content-Type.
std::string_view boundary_of(std::string_view value) {
  const std::size_t begin = text::ifind(value, "boundary=");
  if (begin == value.npos) {
    return {};
  }
  value = value.substr(begin + 9);
  if (!value.empty() && value.front() == '"') {
    value.remove_prefix(1);
    return value.substr(0, value.find('"'));
  }
  return value.substr(0, value.find_first_of("; \t\r\n"));
}

// JavaMail: ----=_Part_1_2.1460319230220 in milliseconds.
std::optional<Moment> javamail_boundary(std::string_view value, const std::optional<Date>&) {
  const std::string_view boundary = boundary_of(value);
  const std::size_t dot = boundary.rfind('.');
  const bool fits = boundary.starts_with("----=_Part_") && dot != boundary.npos &&
                    boundary.size() - dot == 14 && is_digits(boundary.substr(dot + 1));
  return fits ? at(epoch_ms(decimal(boundary.substr(dot + 1)))) : std::nullopt;
}

// RainLoop and SnappyMail: --=_RainLoop_587_997816661.1647931078 in seconds.
std::optional<Moment> rainloop_boundary(std::string_view value, const std::optional<Date>&) {
  const std::string_view boundary = boundary_of(value);
  const std::size_t dot = boundary.rfind('.');
  const bool fits = boundary.starts_with("--=_RainLoop_") && dot != boundary.npos &&
                    boundary.size() - dot == 11 && is_digits(boundary.substr(dot + 1));
  return fits ? at(epoch(decimal(boundary.substr(dot + 1)))) : std::nullopt;
}

// The local-part of a path or Message-ID, without brackets; empty without an '@'.
std::string_view local_part(std::string_view value) {
  const std::string_view left = left_of_id(value);
  return value.find('@') == value.npos ? std::string_view() : left;
}

// Amazon SES: four digits for the region, twelve for milliseconds, then a UUID and a counter.
std::optional<Moment> ses_id(std::string_view local) {
  constexpr std::array<std::size_t, 7> kLengths = {16, 8, 4, 4, 4, 12, 6};
  const auto parts = text::split(local, '-');
  if (parts.size() != kLengths.size()) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].size() != kLengths[i] || !is_hex(parts[i])) return std::nullopt;
  }
  return parts[0].starts_with("01") ? at(epoch_ms(hexadecimal(parts[0].substr(4)))) : std::nullopt;
}

std::optional<Moment> ses_path(std::string_view value, const std::optional<Date>&) {
  return ses_id(local_part(value));
}

std::optional<Moment> ses_message_id(std::string_view value, const std::optional<Date>&) {
  const std::string_view id = text::trim(value);
  return text::iends_with(id, "amazonses.com>") ? ses_id(local_part(id)) : std::nullopt;
}

// Mandrill: bounce-md_ACCOUNT.XXXXXXXX.v1-…, seconds in hexadecimal.
std::optional<Moment> mandrill_path(std::string_view value, const std::optional<Date>&) {
  const auto parts = text::split(local_part(value), '.');
  const bool fits = parts.size() == 3 && parts[0].starts_with("bounce-md_") &&
                    parts[1].size() == 8 && parts[2].starts_with("v1-");
  return fits ? at(epoch(hexadecimal(parts[1]))) : std::nullopt;
}

// Zendesk: a ULID: ten letters of milliseconds in Crockford's base 32, sixteen of chance.
std::optional<Moment> zendesk_id(std::string_view value, const std::optional<Date>&) {
  value = text::trim(value);
  const bool fits = value.size() == 26 && codec::is_made_of(value, codec::kCrockford);
  return fits ? at(epoch_ms(codec::number(value.substr(0, 10), codec::kCrockford))) : std::nullopt;
}

// Alibaba Cloud: …;TI=SMTPD_---XXXXXXXX_seconds
std::optional<Moment> alimail_transaction(std::string_view value, const std::optional<Date>&) {
  const std::size_t begin = value.find(";TI=SMTPD_---");
  if (begin == value.npos) return std::nullopt;
  const std::string_view id =
      value.substr(begin + 4, value.find_first_of("; ", begin + 1) - begin - 4);
  const std::size_t sign = id.rfind('_');
  return id.size() - sign == 11 ? at(epoch(decimal(id.substr(sign + 1)))) : std::nullopt;
}

// Barracuda: seconds, the begin of the connection.
std::optional<Moment> barracuda_start(std::string_view value, const std::optional<Date>&) {
  value = text::trim(value);
  return value.size() == 10 ? at(epoch(decimal(value))) : std::nullopt;
}

// A draft waits between its parts; a relay that gives an id meets a message that waited in an
// outbox.
constexpr std::int64_t kDraft = 86'400;
// QQ makes its id at the end of DATA and stamps before: 64 s were seen; RFC 5321 4.5.3.2.6 allows
// ten minutes.
constexpr std::int64_t kEndOfData = 600;
// The clocks of two machines of one system.
constexpr std::int64_t kTwoMachines = 60;

// Author programs and servers publish their layouts; those of services are measured only, and their
// Date may be that of a campaign or of the customer.
constexpr FieldClockRow kRows[] = {
    {.key = "postfix-message-id",
     .field = "message-id",
     .place = "Message-ID",
     .decode = postfix_id,
     .made_at = MadeAt::queue_entry,
     .max_lead_s = kDraft},
    {.key = "qmail-message-id",
     .field = "message-id",
     .place = "Message-ID",
     .decode = qmail_id,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft},
    {.key = "mutt-message-id",
     .field = "message-id",
     .place = "Message-ID",
     .decode = mutt_id,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft},
    {.key = "outlook-message-id",
     .field = "message-id",
     .place = "Message-ID",
     .decode = outlook_id,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft},
    {.key = "javamail-message-id",
     .field = "message-id",
     .place = "Message-ID",
     .decode = javamail_id,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft},
    {.key = "dated-message-id",
     .field = "message-id",
     .place = "Message-ID",
     .decode = dated_id,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft,
     .documented = false},
    {.key = "amazon-ses",
     .field = "message-id",
     .place = "Message-ID",
     .decode = ses_message_id,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft,
     .documented = false,
     .weak = true},
    {.key = "amazon-ses",
     .field = "return-path",
     .place = "Return-Path",
     .decode = ses_path,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft,
     .documented = false,
     .weak = true},
    {.key = "mandrill",
     .field = "return-path",
     .place = "Return-Path",
     .decode = mandrill_path,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft,
     .documented = false,
     .weak = true},
    {.key = "zendesk",
     .field = "x-zendesk-email-id",
     .place = "X-Zendesk-Email-Id",
     .decode = zendesk_id,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft,
     .documented = false,
     .weak = true},
    {.key = "gmail-ms",
     .field = "x-received",
     .place = "X-Received",
     .decode = x_received,
     .made_at = MadeAt::message,
     .stamp_of = StampOf::field,
     .max_lead_s = kTwoMachines,
     .per_message = true,
     .documented = false},
    {.key = "qq",
     .field = "x-qq-mid",
     .place = "X-QQ-mid",
     .decode = qq_mid,
     .made_at = MadeAt::message,
     .stamp_of = StampOf::relay,
     .relay = "qq",
     .max_lead_s = kEndOfData,
     .per_message = true,
     .documented = false},
    {.key = "aliyun",
     .field = "x-alimail-antispam",
     .place = "X-Alimail-AntiSpam",
     .decode = alimail_transaction,
     .made_at = MadeAt::session,
     .stamp_of = StampOf::relay,
     .relay = "aliyun",
     .max_lead_s = kTwoMachines,
     .documented = false},
    {.key = "barracuda-start",
     .field = "x-barracuda-start-time",
     .place = "X-Barracuda-Start-Time",
     .decode = barracuda_start,
     .made_at = MadeAt::session,
     .stamp_of = StampOf::relay,
     .relay = "barracuda",
     .max_lead_s = kTwoMachines,
     .documented = false},
    {.key = "fastmail",
     .field = "x-me-sender",
     .place = "X-ME-Sender",
     .decode = me_sender,
     .made_at = MadeAt::message,
     .max_lead_s = kDraft,
     .documented = false},
    {.key = "javamail-boundary",
     .field = "content-type",
     .place = "MIME boundary",
     .decode = javamail_boundary,
     .made_at = MadeAt::body,
     .max_lead_s = kDraft},
    {.key = "rainloop-boundary",
     .field = "content-type",
     .place = "MIME boundary",
     .decode = rainloop_boundary,
     .made_at = MadeAt::body,
     .max_lead_s = kDraft},
};

}  // namespace

std::span<const FieldClockRow> field_clock_rows() {
  return kRows;
}

}  // namespace emltrace::trace
