#include "message/received/host_port.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::received {
namespace {

std::optional<ip::Address> read_bare(std::string_view text) {
  if (text::istarts_with(text, "IPv6:")) {
    text.remove_prefix(5);
  }
  // A zone index names an interface of the host that wrote the field (RFC 4007 11).
  if (const std::size_t zone = text.find('%'); zone != std::string_view::npos) {
    text = text.substr(0, zone);
  }
  return ip::Address::parse(text);
}

}  // namespace

std::optional<std::uint16_t> read_port(std::string_view text) {
  const auto number = text::parse_unsigned(text);
  if (!number || *number > UINT16_MAX) {
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(*number);
}

std::optional<HostPort> read_address(std::string_view text) {
  text = text::trim(text);
  std::optional<std::uint16_t> port;
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view behind = text.substr(end + 1);
    if (!behind.empty()) {
      if (behind.front() == ':') port = read_port(behind.substr(1));
      if (!port) return std::nullopt;
    }
    text = text::trim(text.substr(1, end - 1));
  }
  if (const auto address = read_bare(text)) {
    return HostPort{*address, port};
  }
  // Only IPv4 takes a port without brackets: `2001:db8::1:25` is one address.
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.find(':') != colon) {
    return std::nullopt;
  }
  const auto address = ip::Address::parse(text.substr(0, colon));
  port = read_port(text.substr(colon + 1));
  return address && port ? std::optional(HostPort{*address, port}) : std::nullopt;
}

bool looks_like_address(std::string_view text) {
  if (text::istarts_with(text, "IPv6:")) {
    return true;
  }
  std::size_t dots = 0;
  std::size_t colons = 0;
  bool decimal = true;
  for (const char c : text) {
    dots += c == '.' ? 1U : 0U;
    colons += c == ':' ? 1U : 0U;
    decimal = decimal && (text::is_digit(c) || c == '.');
    if (!text::is_digit(c) && c != '.' && c != ':' &&
        !(text::lower(c) >= 'a' && text::lower(c) <= 'f')) {
      return false;
    }
  }
  return (decimal && dots == 3) || colons >= 2;
}

bool is_quad_with_more(std::string_view text) {
  return std::count(text.begin(), text.end(), '.') == 4 &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace emltrace::received
