#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/domain.hpp"
#include "base/ip.hpp"

namespace emltrace {

/// Where a URL leads, read as browsers read it (WHATWG URL 4): white space and line ends in it do
/// not count, `\` is `/`, a host may be percent-encoded, in U-labels, or a number.
struct Url {
  std::string scheme;  ///< lower case: `http`, `mailto`
  /// As written, without white space at its ends and line ends inside.
  std::string written;
  /// With scheme and host in the form that leads there: `HTTP:\\3405803785/x` is
  /// `http://203.0.113.9/x`. Credentials are kept; path and query are as written.
  std::string text;
  /// Of http, https, ftp, ws, wss and file; none where there is none or it is no name.
  std::variant<std::monostate, DomainName, ip::Address> host;
  std::string port;  ///< as written; empty if none
  std::string_view path() const { return std::string_view(text).substr(path_at); }
  std::size_t path_at = 0;  ///< of path, query and fragment in `text`
  bool odd_host = false;    ///< written otherwise than people read it: an address as `0xcb007109`,
                            ///< `313.1`, percent-encoded letters, slashes that are none or missing

  /// `evil.example`, `203.0.113.9`; empty where there is none.
  [[nodiscard]] std::string host_text() const;
};

/// Null for what names no scheme, of a relative reference without `base` too, for an empty or
/// overlong (kMaxUrl) text, and where http and its like name no host that could be one. `base` is
/// what relative references stand against (`<base href>`).
[[nodiscard]] std::optional<Url> read_url(std::string_view written, const Url* base = nullptr);
inline constexpr std::size_t kMaxUrl = 16'384;  ///< bytes

/// The address that a host of numbers means (WHATWG URL 3.5): one to four parts, each decimal,
/// octal (`0313`) or hexadecimal (`0xcb`), the last one filling what is left. Null for any other.
[[nodiscard]] std::optional<ip::Address> read_number_host(std::string_view host);

}  // namespace emltrace
