#include "base/ip.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::ip {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::string_view kHexDigits = "0123456789abcdef";

// RFC 3986 3.2.2 dec-octet: no leading zeros, since some readers take them for octal.
std::optional<std::array<std::uint8_t, 4>> read_quad(std::string_view s) {
  std::array<std::uint8_t, 4> bytes{};
  const auto parts = text::split(s.substr(0, 16), '.');
  if (s.size() > 15 || parts.size() != 4) return std::nullopt;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string_view part = parts[i];
    if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0')) {
      return std::nullopt;
    }
    const auto value = text::parse_unsigned(part);
    if (!value || *value > 255) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(*value);
  }
  return bytes;
}

std::optional<unsigned> read_group(std::string_view s) {
  if (s.empty() || s.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : s) {
    const std::size_t digit = kHexDigits.find(text::lower(c));
    if (digit == std::string_view::npos) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return value;
}

// Groups of one side of "::", a dotted quad allowed as the last one. Null where one is wrong.
std::optional<std::vector<std::uint8_t>> read_groups(std::string_view s, bool quad_allowed) {
  std::vector<std::uint8_t> bytes;
  if (s.empty()) return bytes;
  const auto parts = text::split(s, ':');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (quad_allowed && i + 1 == parts.size() && parts[i].find('.') != std::string_view::npos) {
      const auto quad = read_quad(parts[i]);
      if (!quad) return std::nullopt;
      bytes.insert(bytes.end(), quad->begin(), quad->end());
      continue;
    }
    const auto group = read_group(parts[i]);
    if (!group) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(*group >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(*group & 0xFFU));
  }
  return bytes;
}

// RFC 4291 2.2: eight groups, or fewer with one "::" that stands for at least one group of zeros.
std::optional<std::array<std::uint8_t, 16>> read_v6(std::string_view s) {
  constexpr std::size_t kLongestText = 45;
  if (s.size() > kLongestText || s.find(':') == std::string_view::npos) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  const std::size_t gap = s.find("::");
  if (gap == std::string_view::npos) {
    const auto groups = read_groups(s, true);
    if (!groups || groups->size() != 16) return std::nullopt;
    std::copy(groups->begin(), groups->end(), bytes.begin());
    return bytes;
  }
  const auto front = read_groups(s.substr(0, gap), false);
  const auto back = read_groups(s.substr(gap + 2), true);
  if (!front || !back || front->size() + back->size() > 14) return std::nullopt;
  std::copy(front->begin(), front->end(), bytes.begin());
  std::copy(back->begin(), back->end(), bytes.end() - static_cast<std::ptrdiff_t>(back->size()));
  return bytes;
}

bool same_prefix(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                 unsigned length) {
  const std::size_t whole = length / 8;
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) {
    return false;
  }
  const unsigned rest = length % 8;
  if (rest == 0) return true;
  const unsigned mask = 0xFF00U >> rest;
  return ((a[whole] ^ b[whole]) & mask & 0xFFU) == 0;
}

struct V4Row {
  std::array<std::uint8_t, 4> prefix;
  unsigned length;
  Scope scope;
};
struct V6Row {
  std::array<std::uint8_t, 16> prefix;
  unsigned length;
  Scope scope;
};

// IANA IPv4 Special-Purpose Address Registry and RFC 5771. The first row that fits counts.
constexpr auto kV4Rows = std::to_array<V4Row>({
    {{0, 0, 0, 0}, 32, Scope::unspecified},
    {{0, 0, 0, 0}, 8, Scope::reserved},
    {{10, 0, 0, 0}, 8, Scope::private_use},
    {{100, 64, 0, 0}, 10, Scope::shared},
    {{127, 0, 0, 0}, 8, Scope::loopback},
    {{169, 254, 0, 0}, 16, Scope::link_local},
    {{172, 16, 0, 0}, 12, Scope::private_use},
    {{192, 0, 0, 9}, 32, Scope::global},
    {{192, 0, 0, 10}, 32, Scope::global},
    {{192, 0, 0, 0}, 24, Scope::reserved},
    {{192, 0, 2, 0}, 24, Scope::documentation},
    {{192, 88, 99, 0}, 24, Scope::reserved},
    {{192, 168, 0, 0}, 16, Scope::private_use},
    {{198, 18, 0, 0}, 15, Scope::reserved},
    {{198, 51, 100, 0}, 24, Scope::documentation},
    {{203, 0, 113, 0}, 24, Scope::documentation},
    {{224, 0, 0, 0}, 4, Scope::multicast},
    {{240, 0, 0, 0}, 4, Scope::reserved},
});

// IANA IPv6 Special-Purpose Address Registry; what is outside 2000::/3 and not named is reserved.
constexpr auto kV6Rows = std::to_array<V6Row>({
    {{}, 128, Scope::unspecified},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, Scope::loopback},
    {{0x00, 0x64, 0xFF, 0x9B}, 96, Scope::global},
    {{0x20, 0x01, 0x00, 0x00}, 32, Scope::global},
    {{0x20, 0x01, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, Scope::global},
    {{0x20, 0x01, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 127, Scope::global},
    {{0x20, 0x01, 0x00, 0x03}, 32, Scope::global},
    {{0x20, 0x01, 0x00, 0x04, 0x01, 0x12}, 48, Scope::global},
    {{0x20, 0x01, 0x00, 0x20}, 28, Scope::global},
    {{0x20, 0x01, 0x00, 0x30}, 28, Scope::global},
    {{0x20, 0x01, 0x00, 0x00}, 23, Scope::reserved},
    {{0x20, 0x01, 0x0D, 0xB8}, 32, Scope::documentation},
    {{0x3F, 0xFF, 0x00}, 20, Scope::documentation},
    {{0x20}, 3, Scope::global},
    {{0xFC}, 7, Scope::private_use},
    {{0xFE, 0x80}, 10, Scope::link_local},
    {{0xFF}, 8, Scope::multicast},
});

template <class Rows>
Scope look_up(const Rows& rows, std::span<const std::uint8_t> bytes, Scope otherwise) {
  for (const auto& row : rows) {
    if (same_prefix(row.prefix, bytes, row.length)) return row.scope;
  }
  return otherwise;
}

std::string v6_text(std::span<const std::uint8_t> bytes) {
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) {
    groups[i] = static_cast<unsigned>(bytes[2 * i] << 8U) | bytes[2 * i + 1];
  }
  // RFC 5952 4.2: the longest run of two or more zero groups, the first one where several tie.
  std::size_t best = 8;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
    i = end + 1;
  }
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += best_length - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    bool leading = true;
    for (unsigned shift = 12;; shift -= 4) {
      const unsigned digit = (groups[i] >> shift) & 0xFU;
      if (digit != 0 || !leading || shift == 0) {
        out += kHexDigits[digit];
        leading = false;
      }
      if (shift == 0) break;
    }
  }
  return out;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  if (const auto quad = read_quad(text)) return v4(*quad);
  if (const auto groups = read_v6(text)) return v6(*groups);
  return std::nullopt;
}

Address Address::v4(std::array<std::uint8_t, 4> bytes) {
  Address address;
  std::copy(bytes.begin(), bytes.end(), address.bytes_.begin());
  return address;
}

Address Address::v6(std::array<std::uint8_t, 16> bytes) {
  if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin())) {
    return v4({bytes[12], bytes[13], bytes[14], bytes[15]});
  }
  Address address;
  address.is_v4_ = false;
  address.bytes_ = bytes;
  return address;
}

std::string Address::text() const {
  if (!is_v4_) return v6_text(bytes());
  std::string out;
  for (const std::uint8_t byte : bytes()) {
    if (!out.empty()) out += '.';
    out += std::to_string(byte);
  }
  return out;
}

std::string Address::reverse_labels() const {
  std::string out;
  const auto all = bytes();
  for (auto byte = all.rbegin(); byte != all.rend(); ++byte) {
    if (is_v4_) {
      out += std::to_string(*byte) + '.';
    } else {
      out += {kHexDigits[*byte & 0xFU], '.', kHexDigits[*byte >> 4U], '.'};
    }
  }
  out.pop_back();
  return out;
}

std::string Address::reverse_name() const {
  return reverse_labels() + (is_v4_ ? ".in-addr.arpa" : ".ip6.arpa");
}

Scope Address::scope() const {
  if (is_v4_) return look_up(kV4Rows, bytes(), Scope::global);
  // RFC 3056 2: a 6to4 prefix is as public as the IPv4 address inside it.
  if (bytes_[0] == 0x20 && bytes_[1] == 0x02) {
    return v4({bytes_[2], bytes_[3], bytes_[4], bytes_[5]}).scope();
  }
  return look_up(kV6Rows, bytes(), Scope::reserved);
}

std::optional<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view base = text.substr(0, slash);
  const auto address = Address::parse(base);
  if (!address) return std::nullopt;
  const unsigned longest = address->is_v4() ? 32 : 128;
  if (slash == std::string_view::npos) return Network(*address, longest);
  const std::string_view digits = text.substr(slash + 1);
  const auto length = text::parse_unsigned(digits);
  if (!length || digits.size() > 3) return std::nullopt;
  // The prefix of a mapped address counts the 96 bits in front of the IPv4 address.
  const bool mapped = address->is_v4() && base.find(':') != std::string_view::npos;
  const unsigned skipped = mapped ? 96 : 0;
  if (*length < skipped || *length > longest + skipped) return std::nullopt;
  return Network(*address, static_cast<unsigned>(*length) - skipped);
}

bool Network::contains(const Address& address) const {
  if (address.is_v4() != address_.is_v4()) return false;
  const unsigned longest = address.is_v4() ? 32 : 128;
  return same_prefix(address_.bytes(), address.bytes(), std::min(length_, longest));
}

Network Network::masked() const {
  const auto keep = [&](auto bytes) {
    for (unsigned i = 0; i < bytes.size(); ++i) {
      const unsigned left = length_ > 8 * i ? std::min(length_ - 8 * i, 8U) : 0;
      bytes[i] = static_cast<std::uint8_t>(bytes[i] & (0xFF00U >> left));
    }
    return bytes;
  };
  if (address_.is_v4()) {
    std::array<std::uint8_t, 4> bytes{};
    std::ranges::copy(address_.bytes(), bytes.begin());
    return {Address::v4(keep(bytes)), length_};
  }
  std::array<std::uint8_t, 16> bytes{};
  std::ranges::copy(address_.bytes(), bytes.begin());
  return {Address::v6(keep(bytes)), length_};
}

std::string Network::text() const {
  return address_.text() + '/' + std::to_string(length_);
}

std::string_view to_string(Scope scope) {
  static constexpr std::array<std::string_view, 9> kWords{
      "global",     "unspecified",   "loopback",  "private use", "shared",
      "link-local", "documentation", "multicast", "reserved"};
  return kWords[static_cast<std::size_t>(scope)];
}

}  // namespace emltrace::ip
