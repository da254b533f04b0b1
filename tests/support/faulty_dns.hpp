#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dns/question.hpp"
#include "support/dns_bytes.hpp"

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
  stray_address,    ///< a forged reply from the same port of another address, then the right one
  stray_flood,      ///< two hundred datagrams that are no replies, and none that is
  empty,            ///< a datagram without a byte, then the right reply
  truncated,        ///< TC over UDP; the right reply over TCP
  tcp_silent,       ///< TC over UDP; no reply over TCP
  tcp_closed,       ///< TC over UDP; the TCP connection is closed without a reply
  tcp_cut_short,    ///< TC over UDP; half of the reply over TCP, then closed
  tcp_in_pieces,    ///< TC over UDP; the right reply over TCP, a few bytes at a time
  tcp_drips,        ///< TC over UDP; the right reply over TCP, a byte at a time, too slowly
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
  made,             ///< what the maker makes
};

inline constexpr std::chrono::milliseconds kLateBy{700};
/// The text of the extended error: it would clear a terminal.
inline constexpr std::string_view kExtraText = "no \x1b[2J key";
/// The address in forged replies, which must never be believed.
inline constexpr std::string_view kForgedAddress = "203.0.113.66";

/// Makes the whole reply to a query, over UDP and over TCP.
using Maker = std::function<std::string(const Query&)>;

/// A DNS server on a loopback port, UDP and TCP, in a thread of its own, that answers from a zone
/// text (all of the name space: what the zone lacks is NXDOMAIN) unless told to do otherwise.
/// Replies above the announced UDP size are truncated as by any server. Throws std::runtime_error
/// where it cannot start or the zone text is wrong.
class FaultyDns {
 public:
  /// `port` 0: any that is free.
  explicit FaultyDns(std::string_view zone_text = "", const std::string& address = "127.0.0.1",
                     std::uint16_t port = 0);
  FaultyDns(const FaultyDns&) = delete;
  FaultyDns& operator=(const FaultyDns&) = delete;
  ~FaultyDns();

  static constexpr int kAlways = -1;
  /// For every type at that name; the first `times` questions only, unless always.
  void on(std::string_view name, Fault fault, int times = kAlways);
  void on(std::string_view name, dns::Type type, Fault fault, int times = kAlways);
  /// For every question that no `on` names.
  void otherwise(Fault fault);
  /// For every question that no `on` names: the reply that is made, over UDP whatever its size.
  void make(Maker maker);
  /// From now on nobody listens for TCP.
  void refuse_tcp();
  /// How long after the question each reply over UDP is sent.
  void delay(std::chrono::milliseconds time);
  /// As a forwarder that can hold no more: what comes while so many replies are delayed is REFUSED.
  void hold_at_most(std::size_t questions);
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
