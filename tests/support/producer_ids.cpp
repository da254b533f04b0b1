#include "support/producer_ids.hpp"

#include <fmt/format.h>

#include <chrono>
#include <string_view>

#include "base/base64.hpp"
#include "support/producer.hpp"

namespace emltrace::test {
namespace {

constexpr std::string_view kBase52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string in_base(std::uint64_t value, std::string_view digits, std::size_t width) {
  std::string out;
  for (; value > 0 || out.size() < width; value /= digits.size()) {
    out.insert(out.begin(), digits[value % digits.size()]);
  }
  return out;
}

std::uint64_t seconds_of(Instant at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}

std::string little_endian(std::uint64_t value) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((value >> shift) & 0xff);
  return bytes;
}

std::string gmail(Instant at, std::uint32_t serial, std::string_view kind) {
  const auto offset = std::chrono::minutes(zone_of(Region::pacific, at).offset_minutes);
  const auto day = std::chrono::floor<std::chrono::days>(at + offset);
  const std::chrono::year_month_day ymd(day);
  const std::chrono::hh_mm_ss time(at + offset - day);
  const std::uint64_t any = mixed(serial);
  return fmt::format("{}-{}{}{}{}.{}.{:04}.{:02}.{:02}.{:02}.{:02}.{:02}", hex(any >> 12, 13),
                     hex(any, 11), kind, 1'000'000 + any % 90'000'000, hex(any >> 40, 3), any % 900,
                     static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace

std::string hex(std::uint64_t value, std::size_t width) {
  const std::string digits = fmt::format("{:016x}", value);
  return digits.substr(digits.size() - width);
}

std::uint64_t mixed(std::uint32_t serial) {
  std::uint64_t value = serial + 0x9e37'79b9'7f4a'7c15U;
  value = (value ^ (value >> 30)) * 0xbf58'476d'1ce4'e5b9U;
  value = (value ^ (value >> 27)) * 0x94d0'49bb'1331'11ebU;
  return value ^ (value >> 31);
}

std::string postfix_short_id(Instant /*at*/, std::uint32_t serial) {
  return fmt::format("{:05X}{:X}", serial % 1'000'000, 0x100'000 + mixed(serial) % 0xf00'0000);
}

std::string postfix_long_id(Instant at, std::uint32_t serial) {
  return in_base(seconds_of(at), kBase52, 6) + in_base(serial % 1'000'000, kBase52, 4) + "z" +
         in_base(mixed(serial) % 5'000'000 + 90'000, kBase52.substr(0, 51), 4);
}

// The clock, a serial of two digits, the process.
std::string sendmail_id(Instant at, std::uint32_t serial) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day ymd(day);
  const std::chrono::hh_mm_ss time(at - day);
  const std::string_view base60 = kBase62.substr(0, 60);
  std::string id;
  for (const auto part :
       {static_cast<long>((static_cast<int>(ymd.year()) - 1900) % 60),
        static_cast<long>(static_cast<unsigned>(ymd.month())) - 1,
        static_cast<long>(static_cast<unsigned>(ymd.day())),
        static_cast<long>(time.hours().count()), static_cast<long>(time.minutes().count()),
        static_cast<long>(time.seconds().count())}) {
    id += base60[static_cast<std::size_t>(part)];
  }
  return id + in_base(serial % 3'600, base60, 2) + fmt::format("{:06}", mixed(serial) % 400'000);
}

std::string exim_id(Instant at, std::uint32_t serial) {
  return fmt::format("{}-{}-{}", in_base(seconds_of(at), kBase62, 6),
                     in_base(mixed(serial) % 4'000'000, kBase62, 11),
                     in_base(serial % 1'000'000, kBase62, 4));
}

std::string old_exim_id(Instant at, std::uint32_t serial) {
  return fmt::format("{}-{}-{}", in_base(seconds_of(at), kBase62, 6),
                     in_base(mixed(serial) % 4'000'000, kBase62, 6),
                     in_base(serial % 2'000, kBase62, 2));
}

std::string gmail_id(Instant at, std::uint32_t serial) {
  return gmail(at, serial, "si");
}
std::string gmail_submission_id(Instant at, std::uint32_t serial) {
  return gmail(at, serial, "sm");
}
std::string gmail_out_id(Instant /*at*/, std::uint32_t serial) {
  const std::uint64_t any = mixed(serial);
  return fmt::format("{}-{}so{}{}.{}", hex(any >> 12, 13), hex(any, 11),
                     1'000'000 + any % 9'000'000, hex(any >> 40, 3), any % 4);
}
std::string gmail_inner_id(Instant /*at*/, std::uint32_t serial) {
  const std::uint64_t any = mixed(serial);
  return fmt::format("{}csp{}{}", hex(any, 4), 100'000 + any % 9'000'000, hex(any >> 40, 3));
}

// 16 bytes: the host's own address, four bytes of a process, the seconds, a counter.
std::string coremail_id(Instant at, std::uint32_t serial) {
  const std::uint64_t any = mixed(serial);
  std::string bytes = little_endian(0x0a00'0000 + any % 0x00ff'ffff) + little_endian(any >> 8) +
                      little_endian(seconds_of(at)) + little_endian(serial % 100'000'000);
  std::string id = base64_encode(bytes);
  for (char& c : id) c = c == '/' ? '_' : c == '=' ? '-' : c;
  return fmt::format("{}.{}S2", id, 100 + serial % 90'000);
}

// 16 bytes: nanoseconds, seconds, the process, a hash of the host's name.
std::string dovecot_id(Instant at, std::uint32_t serial) {
  const std::uint64_t any = mixed(serial);
  const std::string bytes = little_endian(any % 1'000'000'000) + little_endian(seconds_of(at)) +
                            little_endian(1'000 + serial % 4'000'000) + little_endian(any >> 30);
  std::string id = base64_encode(bytes);
  return id.substr(0, id.find('='));
}

std::string sina_id(Instant at, std::uint32_t serial) {
  return fmt::format("{:08X}0000{:04X}", seconds_of(at), serial % 0xffff);
}
std::string richmail_id(Instant at, std::uint32_t serial) {
  return fmt::format("2ee{}{:08x}{}-{}", serial % 9, seconds_of(at), hex(serial, 3),
                     hex(mixed(serial), 5));
}
std::string id_of_263(Instant at, std::uint32_t serial) {
  return fmt::format("P{}T{}S{}{:06}_", 10'000 + serial % 22'000,
                     140'000'000'000'000 + mixed(serial) % 900'000'000'000, seconds_of(at),
                     serial % 1'000'000);
}
std::string aliyun_id(Instant at, std::uint32_t serial) {
  return fmt::format("SMTPD_---0X{}_{}", hex(mixed(serial), 5), seconds_of(at));
}

std::string exchange_id(Instant /*at*/, std::uint32_t serial) {
  return fmt::format("15.2.{}.{}", 1'544 + serial % 4 * 68, 4 + serial % 30);
}
std::string outlook_id(Instant /*at*/, std::uint32_t serial) {
  return fmt::format("15.20.{}.{}", 9'200 + serial % 700, 8 + serial % 24);
}
std::string mapi_id(Instant /*at*/, std::uint32_t serial) {
  return fmt::format("15.20.{}.{:03}", 9'200 + serial % 700, 8 + serial % 24);
}
std::string letters_id(Instant /*at*/, std::uint32_t serial) {
  return in_base(mixed(serial) | (1ULL << 62), kBase62, 10).substr(0, 10);
}
std::string hex_id(Instant /*at*/, std::uint32_t serial) {
  return fmt::format("{:08X}", 0x1000'0000U + serial % 0xe000'0000U);
}

}  // namespace emltrace::test
