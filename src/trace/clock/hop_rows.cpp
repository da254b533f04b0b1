#include <algorithm>
#include <array>
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
using codec::is_hex;
using codec::is_made_of;
using codec::kBase52;
using codec::kBase62;
using codec::number;

// The id is made when the queue file is opened, the stamp when the message is written to it: what
// lies between is one SMTP transaction, with slow lines and retries at most an hour.
constexpr std::int64_t kTransaction = 3'600;
// FastCGI workers, web forms and mail merges may hold an id for longer.
constexpr std::int64_t kBatch = 86'400;

std::optional<Moment> at(std::optional<Instant> time, std::int64_t precision_s = 1) {
  return time ? std::optional(Moment{*time, precision_s}) : std::nullopt;
}

std::string_view software(const Received& received) {
  return received.by.software ? std::string_view(*received.by.software) : std::string_view();
}

bool software_starts(const Received& received, std::string_view name) {
  return text::istarts_with(software(received), name);
}

// Major and minor of `8.12.10/8.12.8`; {0, 0} where none is told.
struct Version {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
};
Version sendmail_version(const Received& received) {
  const auto parts = text::split(software(received), '.');
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
  // Of the days around the stamp the one whose hour is nearest: what differs then is the least that
  // the id and the stamp can differ.
  const Instant stamp = received.stamp->instant;
  const auto offset = std::chrono::minutes{*received.stamp->offset_minutes};
  const auto today = std::chrono::floor<std::chrono::days>(stamp + offset);
  const auto hour = std::chrono::hours{kHours.find(id[0])};
  std::optional<Moment> nearest;
  std::chrono::seconds least = std::chrono::seconds::max();
  for (int day = -1; day <= 1; ++day) {
    const Instant begin = Instant{today + std::chrono::days{day}} + hour - offset;
    const std::chrono::seconds after = stamp - begin;
    const std::chrono::seconds gap =
        after < std::chrono::seconds{0}
            ? -after
            : std::max(after - std::chrono::seconds{3'599}, std::chrono::seconds{0});
    if (gap < least) {
      least = gap;
      nearest = Moment{begin, 3'600, true, true};
    }
  }
  return nearest;
}

// sendmail 8.10 and later: (year-1900)%60, month from 0, day, hour, minute, second in GMT, one
// digit of base 60 each; then a sequence and the process id.
bool by_new_sendmail(const Received& received) {
  const Version version = sendmail_version(received);
  return version.major == 8 && version.minor >= 10;
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
  return software_starts(received, "Postfix");
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

// Momentum: NN/NN-process-XXXXXXXX, the seconds in hexadecimal, last digit first.
bool by_momentum(const Received& received) {
  return received.producer == "sparkpost" || software_starts(received, "ecelerity");
}

std::optional<Moment> momentum(std::string_view id, const Received&) {
  const auto parts = text::split(id, '-');
  if (parts.size() < 3 || parts[0].size() != 5 || parts[0][2] != '/' || parts[2].size() != 8 ||
      !is_hex(parts[2])) {
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
    {"sendmail-hour", by_old_sendmail, sendmail_hour, kTransaction, true},
    {"sendmail", by_new_sendmail, sendmail_six, kTransaction, false},
    {"postfix-long", by_postfix, postfix_long, kTransaction, false},
    {"dovecot", by_dovecot, dovecot, kTransaction, false},
    {"courier", by_courier, courier, kTransaction, false},
    {"gmail", by_google, gmail_local, kTransaction, false},
    {"gmail-ms", by_google, gmail_ms, kTransaction, false},
    {"coremail", by_coremail, coremail, kTransaction, false},
    {"smail", by_smail, smail, kTransaction, false},
    {"zmailer", by_zmailer, zmailer, kTransaction, false},
    {"momentum", by_momentum, momentum, kTransaction, false},
    {"sendgrid", by_sendgrid, sendgrid, kBatch, false},
    {"mailgun", by_mailgun, mailgun, kTransaction, false},
    {"zoho", by_zoho, zoho, kTransaction, false},
    {"aliyun", by_aliyun, aliyun, kTransaction, false},
    {"domino", by_domino, domino, kTransaction, true},
    {"intermail", by_intermail, intermail, kTransaction, false},
    {"exim", by_anyone, exim, kTransaction, false},
};

}  // namespace

std::span<const HopClockRow> hop_clock_rows() {
  return kRows;
}

}  // namespace emltrace::trace
