#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace emltrace::ip {

/// What an address is for (IANA special-purpose registries, RFC 6890).
enum class Scope {
  global,
  unspecified,
  loopback,
  private_use,  ///< RFC 1918, unique local fc00::/7
  shared,       ///< 100.64.0.0/10, RFC 6598
  link_local,
  documentation,  ///< RFC 5737, RFC 3849, 3fff::/20
  multicast,
  reserved,  ///< all else that is not to be seen in public routing
};

/// An IPv4 or IPv6 address. Ordered and comparable; an IPv4-mapped IPv6 address
/// (`::ffff:192.0.2.1`) is read as the IPv4 address it means (RFC 7208 5).
class Address {
 public:
  /// Strict text: dotted quad without leading zeros, or RFC 4291 2.2 text. No brackets, no zone.
  [[nodiscard]] static std::optional<Address> parse(std::string_view text);
  [[nodiscard]] static Address v4(std::array<std::uint8_t, 4> bytes);
  [[nodiscard]] static Address v6(std::array<std::uint8_t, 16> bytes);

  [[nodiscard]] bool is_v4() const { return is_v4_; }
  /// 4 or 16 bytes in network order.
  [[nodiscard]] std::span<const std::uint8_t> bytes() const {
    return {bytes_.data(), is_v4_ ? 4U : 16U};
  }
  /// Dotted quad, or RFC 5952 text.
  [[nodiscard]] std::string text() const;
  /// `4.3.2.1`, or 32 nibbles: the labels by which DNS looks an address up (RFC 1035 3.5, RFC 3596
  /// 2.5, RFC 5782 2.1).
  [[nodiscard]] std::string reverse_labels() const;
  /// The same under `in-addr.arpa` or `ip6.arpa`; no trailing dot.
  [[nodiscard]] std::string reverse_name() const;
  [[nodiscard]] Scope scope() const;
  [[nodiscard]] bool is_global() const { return scope() == Scope::global; }

  friend auto operator<=>(const Address&, const Address&) = default;

 private:
  bool is_v4_ = true;
  std::array<std::uint8_t, 16> bytes_{};
};

/// A prefix: an address and how many leading bits count.
class Network {
 public:
  /// `192.0.2.0/24`, `2001:db8::/32`, or a bare address (a full-length prefix). Host bits are
  /// allowed.
  [[nodiscard]] static std::optional<Network> parse(std::string_view text);
  Network(Address address, unsigned prefix_length) : address_(address), length_(prefix_length) {}

  /// False for an address of the other family.
  [[nodiscard]] bool contains(const Address& address) const;
  [[nodiscard]] const Address& address() const { return address_; }
  [[nodiscard]] unsigned prefix_length() const { return length_; }
  /// The same network, its host bits all zero.
  [[nodiscard]] Network masked() const;
  [[nodiscard]] std::string text() const;

 private:
  Address address_;
  unsigned length_;
};

/// The word of a scope for people: "private use".
[[nodiscard]] std::string_view to_string(Scope scope);

}  // namespace emltrace::ip
