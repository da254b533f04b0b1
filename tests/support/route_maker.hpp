#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "support/producer.hpp"

/// Whole messages with routes as the producers write them, the DNS that agrees with them, and what
/// is true of them.
namespace emltrace::test {

/// A mail host with its names in DNS.
struct Host {
  std::string name = {}, ip = {};
  const Producer* producer = nullptr;  ///< of the lines it writes; null: it only sends
  std::string helo = {};               ///< what it says where that is not its name
  std::string recorded = {};  ///< what reverse DNS says where that is not its name; `-`: nothing
  int clock_error = 0;        ///< seconds by which its clock is ahead
  int token_age = 0;          ///< seconds by which its ids are older than its stamps
  Region region = Region::utc;

  [[nodiscard]] std::string said() const { return helo.empty() ? name : helo; }
  [[nodiscard]] std::string reverse() const {
    return recorded == "-" ? std::string() : recorded.empty() ? name : recorded;
  }
};

/// What a mail system finds out about a message at the moment of receipt.
struct Results {
  std::string spf, dkim, dmarc;  ///< `pass`, `fail`, `none`
};

struct Route {
  // What is true.
  std::vector<Line> lines;  ///< newest first
  std::size_t border = 0;   ///< the line in which the recipient's system speaks about the outside;
                            ///< the number of lines where nothing came from outside
  /// The client at the border and the lowest address that the lines prove: each answer that is
  /// right. An empty text: none can be known.
  std::vector<std::string> clients, origins;
  std::optional<std::size_t> forged_from;   ///< the newest line that a forger wrote
  std::optional<std::string> forged_field;  ///< what else a forger wrote, where that is all

  // The message.
  std::string return_path, from, to, subject, message_id;  ///< `to`: the mailbox it came to
  std::string written_to;  ///< the To field, where that is another mailbox or a list
  Instant date;
  std::string fields;    ///< between the lines and the author's fields
  std::string appended;  ///< below the author's fields
  bool signed_by_author = false;
  std::string policy;  ///< of DMARC; empty: no record
  bool header_only = false;

  // The world.
  std::string zone;                                         ///< master file: all that DNS holds
  std::map<std::string, std::vector<std::string>> allowed;  ///< by SPF: domain, addresses
  std::string mx_ip;                                        ///< of the recipient's own MX
  bool gone = false;  ///< the sender's part of DNS does not exist any more
  Instant at;         ///< the time that the making has reached
  Instant examined;   ///< when somebody looks at the message

  [[nodiscard]] std::string domain() const { return from.substr(from.find('@') + 1); }
  [[nodiscard]] std::string text() const;
  /// What the receipt from this address gives.
  [[nodiscard]] Results results(const std::string& client_ip) const;
  void pass(std::uint32_t seconds) { at += std::chrono::seconds(seconds); }
  /// Puts the line on top.
  Line& add(Line line);
};

class RouteMaker {
 public:
  explicit RouteMaker(std::uint32_t seed) : random_(seed) {}

  [[nodiscard]] std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random_()) % bound;
  }
  [[nodiscard]] bool chance(std::uint32_t percent) { return below(100) < percent; }
  template <class Items>
  [[nodiscard]] const auto& any(const Items& items) {
    return items[below(static_cast<std::uint32_t>(std::size(items)))];
  }
  [[nodiscard]] std::string word();
  [[nodiscard]] std::string domain();
  [[nodiscard]] std::string person();
  [[nodiscard]] std::string public_ip();
  [[nodiscard]] std::string private_ip();
  [[nodiscard]] std::string serial_id(const Producer& producer, Instant at);

  /// A message that nobody has sent yet, from a domain of its own.
  [[nodiscard]] Route begin();
  /// DNS of all that was made, and the day of the examination.
  void finish(Route& route);

  /// A and PTR lines of a host.
  [[nodiscard]] static std::string names(const std::string& name, const std::string& ip);
  /// A host of its own with names in DNS, and software that many have.
  [[nodiscard]] Host host(const std::string& name, Route& route);
  /// A person's connection to the net.
  [[nodiscard]] Host home(Route& route);
  [[nodiscard]] Line line(const Host& by, const Host& from, const Route& route);
  /// The line of a host about itself, without a client.
  [[nodiscard]] Line line(const Host& by, const Route& route);

 private:
  std::mt19937 random_;
};

}  // namespace emltrace::test
