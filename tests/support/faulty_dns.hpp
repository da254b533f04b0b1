#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dns/question.hpp"

namespace emltrace::test {

/// What the server does with a question instead of answering it from its zone.
enum class Fault {
  none,
  servfail,
  refused,
  notimp,
  silence,          ///< no reply at all, over TCP neither
  late,             ///< the right reply, `kLateBy` after the question
  garbage,          ///< the id, then bytes that are no DNS message
  broken_record,    ///< the right header and question, then a record cut short
  stray_id,         ///< a forged reply with another id, then the right one
  stray_question,   ///< a forged reply to another question, then the right one
  stray_port,       ///< a forged reply from another port, then the right one
  truncated,        ///< TC over UDP; the right reply over TCP
  tcp_closed,       ///< TC over UDP; the TCP connection is closed without a reply
  tcp_cut_short,    ///< TC over UDP; half of the reply over TCP, then closed
  tcp_in_pieces,    ///< TC over UDP; the right reply over TCP, a few bytes at a time
  formerr_to_edns,  ///< FORMERR, header alone, to a query with EDNS; right without
  notimp_to_edns,   ///< NOTIMP to a query with EDNS; right without
  silent_to_edns,   ///< no reply to a query with EDNS, over UDP; right without
  bogus,            ///< SERVFAIL with the extended error DNSSEC Bogus and kExtraText
  filtered,         ///< NXDOMAIN with the extended error Filtered
  alias_alone,      ///< NAME CNAME alias.NAME, and not what stands there
  alias_to_root,    ///< NAME CNAME .
  target_root,      ///< NAME, the type asked for, with the root for its target
  name_too_long,    ///< YXDOMAIN (RFC 6672 2.2)
  alias_loop,       ///< NAME → loop.NAME → NAME
  referral,         ///< no answer, name servers in the authority section
  no_data_at_all,   ///< NOERROR and nothing else
};

inline constexpr std::chrono::milliseconds kLateBy{700};
/// The text of the extended error: it would clear a terminal.
inline constexpr std::string_view kExtraText = "no \x1b[2J key";
/// The address in forged replies, which must never be believed.
inline constexpr std::string_view kForgedAddress = "203.0.113.66";

/// A question as the server got it.
struct Asked {
  std::string name;  ///< lower case, no trailing dot
  dns::Type type{};
  std::uint16_t id = 0;
  std::uint16_t source_port = 0;
  std::size_t edns_payload = 0;  ///< 0 without EDNS
  bool recursion_desired = false;
  bool authentic_data = false;
  bool tcp = false;
};

/// A DNS server on a loopback port, UDP and TCP, in a thread of its own, that answers from a zone
/// text (all of the name space: what the zone lacks is NXDOMAIN) unless told to do otherwise.
/// Replies above the announced UDP size are truncated as by any server. Throws std::runtime_error
/// where it cannot start or the zone text is wrong.
class FaultyDns {
 public:
  explicit FaultyDns(std::string_view zone_text = "", const std::string& address = "127.0.0.1");
  FaultyDns(const FaultyDns&) = delete;
  FaultyDns& operator=(const FaultyDns&) = delete;
  ~FaultyDns();

  static constexpr int kAlways = -1;
  /// For every type at that name; the first `times` questions only, unless always.
  void on(std::string_view name, Fault fault, int times = kAlways);
  void on(std::string_view name, dns::Type type, Fault fault, int times = kAlways);
  /// For every question that no `on` names.
  void otherwise(Fault fault);
  /// How long after the question each reply over UDP is sent.
  void delay(std::chrono::milliseconds time);
  /// Whether replies carry the AD bit.
  void vouch(bool authenticated);

  [[nodiscard]] std::uint16_t port() const;
  /// As `--resolver` takes it: `127.0.0.1:40001`, `[::1]:40001`.
  [[nodiscard]] std::string server() const;
  /// Every question so far, in order.
  [[nodiscard]] std::vector<Asked> asked() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace emltrace::test
