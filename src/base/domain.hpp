#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// A domain name that compares itself: ASCII case, trailing dot and U-label/A-label forms do not
/// matter (RFC 1034 3.1, RFC 5890). Held in lower case, A-labels, without a trailing dot.
/// Octets beyond host-name syntax (underscore, spaces apart) are kept: RFC 7208 macros make them.
class DomainName {
 public:
  /// Null for the empty name, empty labels inside, labels above 63 or names above 253 octets,
  /// control characters, white space, brackets or NUL, or U-labels that IDNA2008 (UTS #46, non-transitional)
  /// refuses.
  [[nodiscard]] static std::optional<DomainName> parse(std::string_view text);
  /// The same for a name that a macro or the wire makes: the space is kept as well (RFC 2181 11
  /// lets a label hold any octet), and nothing is converted: other than US-ASCII is null.
  [[nodiscard]] static std::optional<DomainName> parse_octets(std::string_view text);

  /// The name where it is that of a host, see is_host_name; else null.
  [[nodiscard]] static std::optional<DomainName> parse_host(std::string_view text);

  /// `xn--bcher-kva.example`.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// `bücher.example` for people; the A-label form where a label does not convert.
  [[nodiscard]] std::string unicode() const;

  [[nodiscard]] std::size_t label_count() const;
  /// The name without its first label; null for a single label.
  [[nodiscard]] std::optional<DomainName> parent() const;
  /// The last `count` labels; the name itself where it has no more than that.
  [[nodiscard]] DomainName last_labels(std::size_t count) const;
  /// True for the name itself and every name below it.
  [[nodiscard]] bool is_within(const DomainName& ancestor) const;
  /// `prefix` (one or more labels, `_dmarc`) in front of this name; null where it becomes too long
  /// or is invalid.
  [[nodiscard]] std::optional<DomainName> with_prefix(std::string_view prefix) const;
  /// Letters, digits, hyphens not at a label's ends, at least two labels, last label not all digits
  /// (RFC 1123 2.1); underscores are refused.
  [[nodiscard]] bool is_host_name() const;

  friend auto operator<=>(const DomainName&, const DomainName&) = default;

 private:
  explicit DomainName(std::string canonical) : text_(std::move(canonical)) {}
  std::string text_;
};

}  // namespace emltrace

template <>
struct std::hash<emltrace::DomainName> {
  std::size_t operator()(const emltrace::DomainName& name) const noexcept {
    return std::hash<std::string>{}(name.text());
  }
};
