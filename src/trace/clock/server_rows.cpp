#include <algorithm>
#include <vector>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "trace/clock/codec.hpp"
#include "trace/clock/rows.hpp"

namespace emltrace::trace {
namespace {

using codec::civil;
using codec::civil14;
using codec::decimal;
using codec::epoch;
using codec::hexadecimal;
using codec::is_digits;
using codec::is_made_of;
using codec::kBase52;
using codec::kBase62;
using codec::number;

// The id is made when the queue file is opened, the stamp when the message is written to it: what
// lies between is one SMTP transaction, with slow lines and retries at most an hour.
constexpr std::int64_t kTransaction = 3'600;
// Postfix stamps at MAIL FROM and opens the queue file at the first recipient that it takes: the
// reply to MAIL and the wait for RCPT may take five minutes each (RFC 5321 4.5.3.2).
constexpr std::int64_t kToFirstRecipient = 600;
// The drop folder waits while Postfix does not run: 943 s were seen, a night is honest.
constexpr std::int64_t kDropFolder = 86'400;

// Major and minor of `8.12.10/8.12.8`; {0, 0} where none is told.
struct Version {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
};
Version sendmail_version(const Received& received) {
  const std::string_view software =
      received.by.software ? std::string_view(*received.by.software) : "";
  const auto parts = text::split(software, '.');
  if (received.producer != "sendmail" && received.producer != "proofpoint") {
    return {};
  }
  if (parts.size() < 2 || !is_digits(parts[0])) {
    return {};
  }
  const std::size_t end = std::min(parts[1].find_first_not_of("0123456789"), parts[1].size());
  const auto major = decimal(parts[0]);
  const auto minor = decimal(parts[1].substr(0, end));
  return major && minor ? Version{*major, *minor} : Version{};
}

// sendmail up to 8.9: LAA20869. The first letter is the local hour in which the process made its
// first id; a connection that stays open keeps it.
bool by_old_sendmail(const Received& received) {
  const Version version = sendmail_version(received);
  return version.major == 8 && version.minor <= 9;
}

std::optional<Moment> sendmail_hour(std::string_view id, const Received& received) {
  constexpr std::string_view kHours = "ABCDEFGHIJKLMNOPQRSTUVWX";
  const bool shape = id.size() >= 8 && id.size() <= 10 && kHours.find(id[0]) != id.npos &&
                     is_made_of(id.substr(1, 2), kBase62.substr(10, 26)) && is_digits(id.substr(3));
  if (!shape || !received.stamp || !received.stamp->offset_minutes) {
    return std::nullopt;
  }
  // The last such hour that had begun: a process keeps its letter for days, and no letter can tell
  // tomorrow's hour from that of the day before.
  const Instant stamp = received.stamp->instant;
  const auto offset = std::chrono::minutes{*received.stamp->offset_minutes};
  const auto today = std::chrono::floor<std::chrono::days>(stamp + offset);
  Instant begin = Instant{today} + std::chrono::hours{kHours.find(id[0])} - offset;
  if (begin > stamp + std::chrono::seconds{kClockError}) begin -= std::chrono::days{1};
  return Moment{begin, 3'600, true, true};
}

// sendmail 8.10 and later: (year-1900)%60, month from 0, day, hour, minute, second in GMT, one
// digit of base 60 each; then a sequence and the process id.
bool by_new_sendmail(const Received& received) {
  const Version version = sendmail_version(received);
  return version.major == 8 && version.minor >= 10 && received.producer == "sendmail";
}

// Proofpoint's filter runs it with sessions that last for hours.
bool by_proofpoint(const Received& received) {
  return sendmail_version(received).major == 8 && received.producer == "proofpoint";
}

std::optional<Moment> sendmail_six(std::string_view id, const Received&) {
  const std::string_view base60 = kBase62.substr(0, 60);
  if (id.size() < 12 || id.size() > 17 || !is_made_of(id.substr(0, 6), base60) ||
      !is_made_of(id, kBase62) || !is_digits(id.substr(id.size() - 5))) {
    return std::nullopt;
  }
  const auto digit = [&](std::size_t at) { return std::uint64_t{base60.find(id[at])}; };
  // The year repeats after 60: 8.10 came in 2000, so 40..59 are 2000..2019.
  const std::uint64_t year = digit(0) >= 40 ? 1960 + digit(0) : 2020 + digit(0);
  return at(civil(year, digit(1) + 1, digit(2), digit(3), digit(4), digit(5)));
}

// Postfix with enable_long_queue_ids: seconds in base 52, four digits of microseconds, `z`, inode.
bool by_postfix(const Received& received) {
  return software_starts(received, "Postfix") && !received.local_submission;
}

// A message from the drop folder: the stamp is that of its file, the id is made by pickup.
bool by_postfix_pickup(const Received& received) {
  return software_starts(received, "Postfix") && received.local_submission;
}

std::optional<Moment> postfix_long(std::string_view id, const Received&) {
  const std::size_t parting = id.rfind('z');
  if (parting == id.npos || parting < 10 || parting > 12 || parting + 1 == id.size() ||
      !is_made_of(id, kBase52)) {
    return std::nullopt;
  }
  const auto microseconds = number(id.substr(parting - 4, 4), kBase52);
  return microseconds && *microseconds < 1'000'000
             ? at(epoch(number(id.substr(0, parting - 4), kBase52)))
             : std::nullopt;
}

// Exim: seconds in base 62, process id, fraction: 6-6-2, since 4.97 6-11-4. No other server has
// this shape.
bool by_anyone(const Received&) {
  return true;
}

std::optional<Moment> exim(std::string_view id, const Received&) {
  const auto parts = text::split(id, '-');
  const bool shape =
      parts.size() == 3 && parts[0].size() == 6 &&
      ((parts[1].size() == 6 && parts[2].size() == 2) ||
       (parts[1].size() == 11 && parts[2].size() == 4)) &&
      std::all_of(parts.begin(), parts.end(), [](auto part) { return is_made_of(part, kBase62); });
  return shape ? at(epoch(number(parts[0], kBase62))) : std::nullopt;
}

// Smail: `m`, seconds in base 62, process id, fraction.
bool by_smail(const Received& received) {
  return received.producer == "smail";
}

std::optional<Moment> smail(std::string_view id, const Received&) {
  if (id.size() < 15 || id[0] != 'm' || id[7] != '-' || !is_made_of(id.substr(8), kBase62)) {
    return std::nullopt;
  }
  return at(epoch(number(id.substr(1, 6), kBase62)));
}

// ZMailer: `S`, inode, then year in three digits of base 64, month and day from 0, hour, minute,
// second.
bool by_zmailer(const Received& received) {
  return received.producer == "zmailer";
}

std::optional<Moment> zmailer(std::string_view id, const Received&) {
  const std::size_t begin = id.find_first_not_of("0123456789", 1);
  if (id.empty() || id[0] != 'S' || begin == id.npos || begin < 4 || id.size() < begin + 8 ||
      !is_made_of(id.substr(begin), codec::kZmailer)) {
    return std::nullopt;
  }
  const auto digit = [&](std::size_t i) {
    return std::uint64_t{codec::kZmailer.find(id[begin + i])};
  };
  const std::uint64_t year = (digit(0) * 64 + digit(1)) * 64 + digit(2);
  return at(civil(year, digit(3) + 1, digit(4) + 1, digit(5), digit(6), digit(7)));
}

// Dovecot LMTP: nanoseconds, seconds, process id, host, four bytes each, in base64 without padding.
bool by_dovecot(const Received& received) {
  return software_starts(received, "Dovecot");
}

std::optional<Moment> dovecot(std::string_view id, const Received&) {
  id = id.substr(0, id.find(':'));
  const auto bytes = id.size() == 22 ? base64_decode(id, true) : std::nullopt;
  if (!bytes || bytes->size() != 16 || codec::little_endian(*bytes, 0) >= 1'000'000'000) {
    return std::nullopt;
  }
  return at(epoch(codec::little_endian(*bytes, 4)));
}

// Courier: counter.seconds.process in hexadecimal.
bool by_courier(const Received& received) {
  return received.producer == "courier";
}

std::optional<Moment> courier(std::string_view id, const Received&) {
  const auto parts = text::split(id, '.');
  return parts.size() == 3 && (parts[1].size() == 8 || parts[1].size() == 16)
             ? at(epoch(hexadecimal(parts[1])))
             : std::nullopt;
}

// Domino: yyyymmddHHMMSS and hundredths on the server's wall, then a counter.
bool by_domino(const Received& received) {
  return received.producer == "domino";
}

std::optional<Moment> domino(std::string_view id, const Received& received) {
  const std::size_t sign = id.find_first_of("-:");
  if (sign != 16 || !is_digits(id.substr(0, 16)) || !received.stamp ||
      !received.stamp->offset_minutes) {
    return std::nullopt;
  }
  const auto wall = civil14(id.substr(0, 14));
  if (!wall) {
    return std::nullopt;
  }
  return Moment{*wall - std::chrono::minutes{*received.stamp->offset_minutes}, 1, false, true};
}

// InterMail: yyyymmddHHMMSS.XXXXNNNN.host in GMT.
bool by_intermail(const Received& received) {
  return software_starts(received, "InterMail");
}

std::optional<Moment> intermail(std::string_view id, const Received&) {
  return id.size() > 15 && id[14] == '.' ? at(civil14(id.substr(0, 14))) : std::nullopt;
}

constexpr HopClockRow kRows[] = {
    {.key = "sendmail-hour",
     .written_by = by_old_sendmail,
     .decode = sendmail_hour,
     .made_at = MadeAt::process,
     .max_lag_s = kTransaction,
     .weak = true},
    {.key = "sendmail",
     .written_by = by_new_sendmail,
     .decode = sendmail_six,
     .made_at = MadeAt::process,
     .max_lag_s = kTransaction},
    {.key = "proofpoint",
     .written_by = by_proofpoint,
     .decode = sendmail_six,
     .made_at = MadeAt::session,
     .max_lag_s = kTransaction},
    {.key = "postfix-long",
     .written_by = by_postfix,
     .decode = postfix_long,
     .made_at = MadeAt::queue_entry,
     .max_lag_s = kTransaction,
     .max_lead_s = kToFirstRecipient + kClockError,
     .per_message = true},
    {.key = "postfix-long",
     .written_by = by_postfix_pickup,
     .decode = postfix_long,
     .made_at = MadeAt::pickup,
     .max_lag_s = kTransaction,
     .max_lead_s = kDropFolder + kClockError,
     .per_message = true},
    {.key = "dovecot",
     .written_by = by_dovecot,
     .decode = dovecot,
     .made_at = MadeAt::session,
     .max_lag_s = kTransaction},
    {.key = "courier",
     .written_by = by_courier,
     .decode = courier,
     .made_at = MadeAt::session,
     .max_lag_s = kTransaction},
    {.key = "smail",
     .written_by = by_smail,
     .decode = smail,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .per_message = true},
    {.key = "zmailer",
     .written_by = by_zmailer,
     .decode = zmailer,
     .made_at = MadeAt::queue_entry,
     .max_lag_s = kTransaction,
     .per_message = true},
    {.key = "domino",
     .written_by = by_domino,
     .decode = domino,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .weak = true},
    {.key = "intermail",
     .written_by = by_intermail,
     .decode = intermail,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .per_message = true},
    {.key = "exim",
     .written_by = by_anyone,
     .decode = exim,
     .made_at = MadeAt::message,
     .max_lag_s = kTransaction,
     .per_message = true},
};

}  // namespace

std::span<const HopClockRow> server_clock_rows() {
  return kRows;
}

}  // namespace emltrace::trace
