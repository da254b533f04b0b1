#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ip.hpp"

namespace emltrace {

/// One Received field (RFC 5321 4.4), as its writer stated it. What is not there is null: nothing
/// is guessed, an address is never taken out of a queue id, a version or a build number, and of two
/// readings the one that the receiving server wrote itself wins over what the client could inject.
/// What no clause took is in `unread`.
struct Received {
  struct From {
    std::optional<std::string> helo;  ///< what the client said in HELO/EHLO, or the only name given
    std::optional<std::string>
        rdns;                       ///< the name the receiving server looked up; null for `unknown`
    std::optional<ip::Address> ip;  ///< the client's address as the receiving server saw it
    /// The text that stands in the place of the client's address and is none (`999.1.2.3`).
    std::optional<std::string> invalid_ip;
    /// The text that stands where the server wrote the client's address, which somebody blacked out
    /// or broke later (`x.x.x.x`, `REDACTED`, `192.0.2.***`). Set, as `invalid_ip`, only where `ip`
    /// is null: an address was recorded but is not known, and no address of the HELO takes its
    /// place.
    std::optional<std::string> redacted;
    std::optional<std::uint16_t> port;
    std::optional<std::string> ident;  ///< RFC 1413 user; of a line of the host itself its user
    bool helo_stated =
        false;  ///< the field marks `helo` as HELO (`(HELO x)`, `helo=x`, sendmail order)
    bool may_be_forged = false;  ///< sendmail's doubt: `rdns` does not lead back to the address
  } from;
  struct By {
    std::optional<std::string> host;   ///< null where the host names itself by an address
    std::optional<std::string> alias;  ///< a second name that it gives: `by localhost (x [ip])`
    std::optional<ip::Address> ip;
    std::optional<std::uint16_t> port;    ///< where it is written with the address
    std::optional<std::string> software;  ///< `8.8.5`, `Postfix`, `Exim 4.96`
  } by;
  struct Tls {
    std::optional<std::string> version;
    std::optional<std::string> cipher;
    std::optional<int> bits;
  };
  std::optional<std::string> via;
  std::optional<std::string> with;  ///< protocol keyword as written
  bool authenticated = false;       ///< by keyword (RFC 3848) or comment
  std::optional<std::string> auth_user;
  std::optional<Tls> tls;           ///< set where the field says that TLS was used
  std::optional<std::string> id;    ///< without angle brackets
  std::optional<std::string> for_;  ///< address without brackets; null for words that name nobody
  std::optional<std::string> envelope_from;  ///< empty for the null path
  std::optional<Date> stamp;
  std::string stamp_raw;  ///< the text of the date-time as written; empty if none
  std::string producer;  ///< key of the producer row that fits (`postfix`, `exim` …); empty if none
  bool local_submission =
      false;  ///< `(from user@localhost)`, `by uid 1000`, `userid 0`, `invoked by`
  std::optional<std::string> unread;  ///< leftovers, joined by "; "; null if all was read
  bool is_trace = true;  ///< false where neither a from, a by nor a date could be read: junk
};

/// Reads the body of a Received (or X-Received) field; folded or not. Of several lines that were
/// joined into one field the first is read, the rest is in `unread`. Linear; comments may nest to
/// any depth.
[[nodiscard]] Received parse_received(std::string_view body);
/// The same of a line whose white space is single, as `split_joined` gives it, with none at its
/// ends.
[[nodiscard]] Received parse_received_line(std::string_view line);

/// The lines that a converter joined into one field body, in their order, white space made single:
/// behind a date another `from … by …` or `by …; date` begins. One where nothing was joined.
[[nodiscard]] std::vector<std::string> split_joined(std::string_view body);

}  // namespace emltrace
