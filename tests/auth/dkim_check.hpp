#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/dkim.hpp"
#include "support/sign.hpp"
#include "support/table.hpp"

namespace emltrace::test {

inline constexpr std::int64_t kNow = 1'700'000'000;  // 2023-11-14T22:13:20Z

inline Instant instant(std::int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}

inline dkim::Options dkim_options() {
  dkim::Options options{};
  options.at = instant(kNow);
  options.now = instant(kNow);
  options.repair = false;
  return options;
}

inline std::vector<dkim::Verdict> verify_all(std::string_view message, std::string_view zone,
                                             const dkim::Options& options = dkim_options()) {
  const Message parsed = Message::parse(message);
  dkim::Verifier verifier(parsed, options);
  return settle_with_zone(zone, [&](dns::Client& client) { return verifier.verify(client); });
}

/// The verdict on the topmost signature; throws where there is none.
inline dkim::Verdict verify_first(std::string_view message, std::string_view zone,
                                  const dkim::Options& options = dkim_options()) {
  return verify_all(message, zone, options).at(0);
}

/// `pass`, or `fail/body-hash-mismatch`.
inline std::string word(const dkim::Verdict& v) {
  std::string out(auth::to_string(v.result));
  if (v.problem != dkim::Problem::none) out += "/" + std::string(dkim::to_string(v.problem));
  return out;
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("not found: " + std::string(from));
  return text.replace(at, from.size(), to);
}

inline std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

inline const std::string kPlain =
    "Received: from a.example by b.example; Tue, 14 Nov 2023 22:00:00 +0000\r\n"
    "From: Joe <joe@example.org>\r\n"
    "To: Sue <sue@example.net>\r\n"
    "Subject: Is dinner\r\n ready?\r\n"
    "Date: Tue, 14 Nov 2023 21:59:00 +0000\r\n"
    "Message-ID: <1@example.org>\r\n"
    "\r\n"
    "Hi.\r\n"
    "\r\n"
    "We lost the game.  Are you hungry yet?\r\n"
    "\r\n"
    "Joe.\r\n";

}  // namespace emltrace::test
