#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.hpp"

/// Received fields as the software of mail hosts writes them: a row a producer.
namespace emltrace::test {

struct Producer;

/// Where a host stands: its clock's zone.
enum class Region { utc, berlin, london, new_york, pacific, shanghai, kolkata };

struct LocalZone {
  int offset_minutes;
  std::string_view name;  ///< `CEST`
};
/// The zone of a region at that moment, summer time included.
[[nodiscard]] LocalZone zone_of(Region region, Instant at);

/// How a date is written.
enum class DateForm {
  plain,      ///< Tue, 3 Mar 2026 10:00:07 +0100
  padded,     ///< Tue,  3 Mar 2026 10:00:07 +0100 (CET)
  named,      ///< Tue, 3 Mar 2026 10:00:07 +0100 (CET)
  two_digit,  ///< Tue, 03 Mar 2026 10:00:07 +0100
  qmail,      ///< 3 Mar 2026 09:00:07 -0000
  word,       ///< Tue, 3 Mar 2026 10:00:07 CET
};
[[nodiscard]] std::string date_text(Instant at, LocalZone zone, DateForm form);
[[nodiscard]] std::string date_text(Instant at, Region region, DateForm form);

/// `2026-03-10`, in UTC.
[[nodiscard]] std::string iso_day(Instant at);

/// One Received line before it is written.
struct Line {
  const Producer* producer = nullptr;
  std::string helo, rdns, ip;  ///< of the client; an empty `ip`: a line without from
  std::string by, by_ip;
  std::string id;
  std::string mail_from, rcpt;
  std::string login;  ///< who submits; empty: nobody logged in
  Instant at;         ///< the stamp
  Region region = Region::utc;
  std::string above, below;  ///< fields that the same host wrote around it, with their line ends

  [[nodiscard]] std::string text() const;
};

struct Producer {
  std::string_view name;
  std::string (*write)(const Line& line);
  /// An id made at that moment; `serial` is what else goes in. Null: it writes none.
  std::string (*id)(Instant at, std::uint32_t serial);
};

extern const Producer kPostfix, kPostfixLong, kPostfixPickup, kSendmail, kExim, kOldExim, kQmail,
    kExchange, kOutlook, kOutlookMapi, kOutlookHttps, kGmail, kGmailSubmission, kGmailOut,
    kGmailInner, kCoremail, kCoremailWebmail, kYahoo, kYahooWeb, kQq, kQqSubmission, kAliyun, kSina,
    kRichMail, k263, kDovecotLmtp, kLmtps, kAmavis, kSpamScanned, kQmailScanner, kHttp, kFilterd,
    kProofpoint, kMimecast, kBarracuda, kIronPort, kHornet, kCloudflare, kSendGrid, kGeopod,
    kMailgun, kSparkPost, kCyrusLmtpa, kLmtpProxy, kAuthMilter, kMailGateway, kFetchmail, kGetmail,
    kApiInsert;

/// The pieces of ids that stand elsewhere too.
[[nodiscard]] std::string hex(std::uint64_t value, std::size_t width);
[[nodiscard]] std::uint64_t mixed(std::uint32_t serial);  ///< 64 bits that look like chance

}  // namespace emltrace::test
