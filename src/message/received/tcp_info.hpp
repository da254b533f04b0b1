#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "message/received/host_port.hpp"

/// Inside of the Received parser: what servers write about the other end of the connection.
namespace emltrace::received {

/// What stands in brackets is an address: readable, broken or blacked out.
[[nodiscard]] bool stands_for_address(std::string_view inner);
/// What servers write in a name's place where they found none: `unknown`, `softdnserr`.
[[nodiscard]] bool is_no_name(std::string_view word);

/// RFC 5321 4.4 TCP-info and its relatives, as they stand in a comment.
struct TcpInfo {
  std::optional<HostPort> address;
  std::optional<std::string> invalid_ip;
  std::optional<std::string> redacted;
  std::optional<std::string> name;  ///< looked up by the server; null for `unknown`
  std::optional<std::string> helo;
  std::optional<std::string> ident;
  std::optional<std::string> account;  ///< the user that logged in
  std::optional<std::uint16_t> port;
  bool name_unknown = false;  ///< the server says that it found no name
  bool bare = false;          ///< an address alone, without brackets
  bool may_be_forged = false;
  std::string rest;  ///< what fits none of these

  /// An address was written, whether it can be read or not.
  [[nodiscard]] bool has_address() const { return address || invalid_ip || redacted; }
};

/// Null where the comment says nothing about a connection.
[[nodiscard]] std::optional<TcpInfo> read_tcp_info(std::string_view inner);

}  // namespace emltrace::received
