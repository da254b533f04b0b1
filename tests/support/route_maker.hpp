#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/date.hpp"

/// Makes whole messages with honest routes, as the producers write them, and the DNS that agrees
/// with them.
namespace emltrace::test {

enum class Style { postfix, sendmail, exim, qmail, exchange, gmail, coremail, yahoo };

/// One Received line before it is written.
struct Line {
  Style style = Style::postfix;
  std::string helo, rdns, ip;  ///< of the client; an empty `ip`: a line without from
  std::string by, by_ip;
  std::string id;
  std::string rcpt;
  Instant at;
  int offset_minutes = 0;
  bool authenticated = false;
  std::string verbatim;  ///< written as it is, in place of all others

  [[nodiscard]] std::string text() const;
};

/// A mail host with its names in DNS.
struct Host {
  std::string name, ip;
  Style style = Style::postfix;
  std::string helo = {};      ///< what it says where that is not its name
  int clock_error = 0;        ///< seconds by which its clock is ahead
  std::string recorded = {};  ///< what reverse DNS says where that is not its name; `-`: nothing
};

struct Route {
  std::string sender, recipient;  ///< kinds: `direct`, `gmail` …
  std::vector<Line> lines;        ///< newest first
  std::size_t border = 0;         ///< index of the border line
  std::string origin_ip;          ///< what must be found
  std::string return_path, from, to, message_id;
  Instant date;
  std::string zone;  ///< master file
  bool signed_by_author = false;

  [[nodiscard]] std::string text() const;
};

class RouteMaker {
 public:
  explicit RouteMaker(std::uint32_t seed) : random_(seed) {}

  [[nodiscard]] Route honest();
  /// Of these kinds; see kSenders and kRecipients.
  [[nodiscard]] Route honest(const std::string& sender, const std::string& recipient);

  [[nodiscard]] std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random_()) % bound;
  }
  [[nodiscard]] bool chance(std::uint32_t percent) { return below(100) < percent; }
  [[nodiscard]] std::string word();
  [[nodiscard]] std::string public_ip();
  /// An id as this software makes it at that moment.
  [[nodiscard]] std::string id(Style style, Instant at);
  /// A, PTR lines of a host.
  [[nodiscard]] static std::string names(const std::string& name, const std::string& ip);
  [[nodiscard]] Host host(const std::string& name, Route& route);
  [[nodiscard]] Line line(const Host& by, const Host& from, Instant at, const Route& route);

 private:
  void blemish_client(Route& route, Host& client);
  void add_private_sender(Route& route, Instant& at, const Host& out);
  void add_recipient(Route& route, const Host& client, Instant& at);
  Host add_direct_sender(Route& route, Instant& at);
  Host add_service_sender(Route& route, Instant& at);
  Host add_forwarder(Route& route, Instant& at, const Host& client);
  Host add_list(Route& route, Instant& at, const Host& client);

  std::mt19937 random_;
};

inline const std::vector<std::string> kSenders{"direct", "service", "forwarded", "list"};
inline const std::vector<std::string> kRecipients{"microsoft", "gmail", "yahoo", "coremail",
                                                  "postfix"};

}  // namespace emltrace::test
