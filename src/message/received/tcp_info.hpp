#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip.hpp"

/// Inside of the Received parser: what servers write about the other end of the connection.
namespace emltrace::received {

struct HostPort {
  ip::Address address;
  std::optional<std::uint16_t> port;
};

/// `192.0.2.1`, `IPv6:2001:db8::1`, `fe80::1%eth0`, `192.0.2.1:25`, each also in brackets, with
/// `]:25` behind them. Null for all else.
[[nodiscard]] std::optional<HostPort> read_address(std::string_view text);
/// Digits and dots, or hexadecimal and colons: meant as an address, valid or not.
[[nodiscard]] bool looks_like_address(std::string_view text);

/// RFC 5321 §4.4 TCP-info and its relatives, as they stand in a comment.
struct TcpInfo {
  std::optional<HostPort> address;
  std::optional<std::string> invalid_ip;
  std::optional<std::string> name;  ///< looked up by the server; null for `unknown`
  std::optional<std::string> helo;
  std::optional<std::string> ident;
  std::optional<std::string> account;  ///< the user that logged in
  std::optional<std::uint16_t> port;
  bool name_unknown = false;  ///< the server says that it found no name
  bool bare = false;          ///< an address alone, without brackets
  bool may_be_forged = false;
  std::string rest;  ///< what fits none of these

  [[nodiscard]] bool has_address() const { return address || invalid_ip; }
};

/// Null where the comment says nothing about a connection.
[[nodiscard]] std::optional<TcpInfo> read_tcp_info(std::string_view inner);

}  // namespace emltrace::received
