#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/ip.hpp"

/// Inside of the Received parser: addresses as servers write them.
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
/// A quad with a fifth number behind it: `192.0.2.1.49152`, as Exim 3 wrote address and port.
[[nodiscard]] bool is_quad_with_more(std::string_view text);
/// A decimal number up to 65535; null for all else.
[[nodiscard]] std::optional<std::uint16_t> read_port(std::string_view text);

}  // namespace emltrace::received
