#include <algorithm>
#include <array>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "trace/clock/codec.hpp"
#include "trace/clock/rows.hpp"

namespace emltrace::trace {
namespace {

using codec::civil;
using codec::decimal;
using codec::epoch;
using codec::hexadecimal;
using codec::is_digits;
using codec::is_hex;

// What lies between the id and the stamp is one SMTP transaction, at most an hour.
constexpr std::int64_t kTransaction = 3'600;
// FastCGI workers, web forms and mail merges may hold an id for longer.
constexpr std::int64_t kBatch = 86'400;
// The id may be made by one machine of the system and the stamp by another; no larger error of
// theirs has been measured.
constexpr std::int64_t kTwoMachines = 60;

bool by_host_within(const Received& received, std::string_view domain) {
  if (!received.by.host || !text::iends_with(*received.by.host, domain)) return false;
  const std::size_t rest = received.by.host->size() - domain.size();
  return rest == 0 || (*received.by.host)[rest - 1] == '.';
}

bool by_google(const Received& received) {
  return received.producer == "gmail";
}

// Gmail at its border: ….2016.04.10.13.13.49, on the wall of California.
std::optional<Moment> gmail_local(std::string_view id, const Received& received) {
  const auto parts = text::split(id, '.');
  if (parts.size() < 7) {
    return std::nullopt;
  }
  std::array<std::uint64_t, 6> values{};
  for (std::size_t i = 0; i < 6; ++i) {
    const std::string_view part = parts[parts.size() - 6 + i];
    if (part.size() != (i == 0 ? 4U : 2U) || !is_digits(part)) {
      return std::nullopt;
    }
    values[i] = *decimal(part);
  }
  const auto wall = civil(values[0], values[1], values[2], values[3], values[4], values[5]);
  if (!wall) {
    return std::nullopt;
  }
  const codec::PacificTimes times = codec::pacific(*wall);
  const bool second = received.stamp && received.stamp->instant >= times.second;
  return at(second ? times.second : times.first);
}

// Gmail between its own hosts: ….1460319230220 in milliseconds.
std::optional<Moment> gmail_ms(std::string_view id, const Received&) {
  const std::size_t dot = id.rfind('.');
  const std::string_view digits = dot == id.npos ? id : id.substr(dot + 1);
  return dot != id.npos && digits.size() == 13 && is_digits(digits)
             ? at(codec::epoch_ms(decimal(digits)))
             : std::nullopt;
}

// Coremail: 16 bytes in base64 with `_` for `/` and `-` for `=`: address, four unknown, seconds,
// counter.
bool by_coremail(const Received& received) {
  return received.producer == "coremail" || received.producer == "netease" ||
         software_starts(received, "Coremail");
}

std::optional<Moment> coremail(std::string_view id, const Received&) {
  if (id.size() < 26 || id.substr(22, 3) != "--.") {
    return std::nullopt;
  }
  std::string base64(id.substr(0, 24));
  std::replace(base64.begin(), base64.end(), '_', '/');
  std::replace(base64.begin(), base64.end(), '-', '=');
  const auto bytes = base64_decode(base64);
  return bytes && bytes->size() == 16 ? at(epoch(codec::little_endian(*bytes, 8))) : std::nullopt;
}

// sina: eight digits of seconds in hexadecimal, eight of a counter.
bool by_sina(const Received& received) {
  return by_host_within(received, "sina.com") || by_host_within(received, "sina.com.cn");
}

std::optional<Moment> sina(std::string_view id, const Received&) {
  return id.size() == 16 && is_hex(id) ? at(epoch(hexadecimal(id.substr(0, 8)))) : std::nullopt;
}

// RichMail (139): four digits for the host, eight of seconds, all in hexadecimal, then counters.
bool by_richmail(const Received& received) {
  return software_starts(received, "RichMail");
}

std::optional<Moment> richmail(std::string_view id, const Received&) {
  const auto parts = text::split(id, '-');
  const bool shape = parts.size() == 2 && parts[0].size() == 15 && parts[1].size() == 5 &&
                     is_hex(parts[0]) && is_hex(parts[1]);
  return shape ? at(epoch(hexadecimal(parts[0].substr(4, 8)))) : std::nullopt;
}

// 263: P process T thread S microseconds in sixteen digits, `_`.
bool by_263(const Received& received) {
  return by_host_within(received, "263.net") || by_host_within(received, "263xmail.com");
}

std::optional<Moment> number_263(std::string_view id, const Received&) {
  constexpr std::size_t kTail = 18;  // S, sixteen digits, `_`
  if (id.size() <= kTail || id.front() != 'P' || id.back() != '_') return std::nullopt;
  const std::string_view tail = id.substr(id.size() - kTail, kTail - 1);
  const bool shape = tail.front() == 'S' && is_digits(tail.substr(1));
  return shape ? at(epoch(*decimal(tail.substr(1)) / 1'000'000)) : std::nullopt;
}

// Momentum: NN/NN-process-XXXXXXXX, the seconds in hexadecimal, last digit first.
bool by_momentum(const Received& received) {
  return received.producer == "sparkpost" || software_starts(received, "ecelerity");
}

std::optional<Moment> momentum(std::string_view id, const Received&) {
  const auto parts = text::split(id, '-');
  if (parts.size() < 3 || parts[0].size() != 5 || parts[0][2] != '/' || parts[2].size() != 8) {
    return std::nullopt;
  }
  const std::string digits(parts[2].rbegin(), parts[2].rend());
  return at(epoch(hexadecimal(digits)));
}

// SendGrid's filter: host-process-XXXXXXXX-counter in hexadecimal.
bool by_sendgrid(const Received& received) {
  return received.producer == "sendgrid";
}

std::optional<Moment> sendgrid(std::string_view id, const Received&) {
  const auto parts = text::split(id, '-');
  if (parts.size() < 4 || !text::istarts_with(id, "filter")) {
    return std::nullopt;
  }
  const std::string_view seconds = parts[parts.size() - 2];
  return seconds.size() == 8 && is_hex(seconds) ? at(epoch(hexadecimal(seconds))) : std::nullopt;
}

// Mailgun's border: XXXXXXXX.address-worker in hexadecimal.
bool by_mailgun(const Received& received) {
  return received.producer == "mailgun";
}

std::optional<Moment> mailgun(std::string_view id, const Received&) {
  return id.size() > 10 && id[8] == '.' && is_hex(id.substr(0, 8))
             ? at(epoch(hexadecimal(id.substr(0, 8))))
             : std::nullopt;
}

// Zoho: microseconds in sixteen digits, then a fraction.
bool by_zoho(const Received& received) {
  return received.producer == "zoho";
}

std::optional<Moment> zoho(std::string_view id, const Received&) {
  const std::string_view digits = id.substr(0, id.find('.'));
  return digits.size() == 16 && is_digits(digits) ? at(epoch(*decimal(digits) / 1'000'000))
                                                  : std::nullopt;
}

// Alibaba Cloud: SMTPD_---XXXXXXXX_seconds.
bool by_aliyun(const Received& received) {
  return received.producer == "aliyun";
}

std::optional<Moment> aliyun(std::string_view id, const Received&) {
  const std::size_t sign = id.rfind('_');
  return text::istarts_with(id, "SMTPD_") && sign > 5 && id.size() - sign == 11
             ? at(epoch(decimal(id.substr(sign + 1))))
             : std::nullopt;
}

constexpr HopClockRow kRows[] = {
    {.key = "gmail",
     .written_by = by_google,
     .decode = gmail_local,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .per_message = true},
    {.key = "gmail-ms",
     .written_by = by_google,
     .decode = gmail_ms,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .max_lead_s = kTwoMachines,
     .per_message = true,
     .documented = false},
    {.key = "coremail",
     .written_by = by_coremail,
     .decode = coremail,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .per_message = true,
     .documented = false},
    {.key = "sina",
     .written_by = by_sina,
     .decode = sina,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .per_message = true,
     .documented = false},
    {.key = "richmail",
     .written_by = by_richmail,
     .decode = richmail,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .per_message = true,
     .documented = false},
    {.key = "263",
     .written_by = by_263,
     .decode = number_263,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .per_message = true,
     .documented = false},
    {.key = "aliyun",
     .written_by = by_aliyun,
     .decode = aliyun,
     .made_at = MadeAt::session,
     .max_lag_s = kTransaction,
     .documented = false},
    {.key = "momentum",
     .written_by = by_momentum,
     .decode = momentum,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .max_lead_s = kTwoMachines,
     .documented = false},
    {.key = "sendgrid",
     .written_by = by_sendgrid,
     .decode = sendgrid,
     .made_at = MadeAt::process,
     .max_lag_s = kBatch,
     .max_lead_s = kTwoMachines,
     .documented = false},
    {.key = "mailgun",
     .written_by = by_mailgun,
     .decode = mailgun,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .max_lead_s = kTwoMachines,
     .documented = false},
    {.key = "zoho",
     .written_by = by_zoho,
     .decode = zoho,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .max_lead_s = kTwoMachines,
     .documented = false},
};

}  // namespace

std::span<const HopClockRow> service_clock_rows() {
  return kRows;
}

}  // namespace emltrace::trace
