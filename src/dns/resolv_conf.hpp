#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.hpp"
#include "base/result.hpp"

namespace emltrace::dns {

inline constexpr std::uint16_t kDnsPort = 53;

/// A DNS server that can be asked.
struct Server {
  ip::Address address;
  std::uint16_t port = kDnsPort;
  std::string zone;  ///< the interface of a link-local IPv6 address (RFC 4007 11), or empty

  /// `127.0.0.1:53`, `[::1]:53`, `[fe80::1%eth0]:53`.
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Server&, const Server&) = default;
};

/// `ADDR`, `ADDR:PORT`, a bare IPv6 address, `[v6]` or `[v6]:PORT`, each IPv6 form with `%zone` or
/// without. The error says what is wrong with the text.
[[nodiscard]] Result<Server> parse_server(std::string_view text);

/// What resolv.conf(5) says of it; the rest of that file (search lists) does not matter here. Of an
/// option that is given again the last one counts.
struct ResolvConf {
  std::vector<Server> servers;  ///< in order; 127.0.0.1 and ::1 where no line names one
  std::optional<int> attempts;  ///< `options attempts:`, rounds through the servers, 1 to 5
  std::optional<std::chrono::seconds> timeout;  ///< `options timeout:`, of one try, 1 to 30
  bool rotate = false;                          ///< `options rotate`
};

/// Servers beyond this number are not asked.
inline constexpr std::size_t kMaxServers = 8;

[[nodiscard]] ResolvConf parse_resolv_conf(std::string_view text);
/// The file's; that of an empty file where it cannot be read. The options in the environment
/// variable RES_OPTIONS go before those of the file.
[[nodiscard]] ResolvConf read_resolv_conf(const std::string& path = "/etc/resolv.conf");

}  // namespace emltrace::dns
