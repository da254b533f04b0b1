#include "message/body/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/text.hpp"

namespace emltrace {
namespace {

// Schemes whose URLs have a host behind slashes (WHATWG URL 4.2, special schemes).
constexpr auto kSpecial =
    std::to_array<std::string_view>({"http", "https", "ftp", "ws", "wss", "file"});

bool is_special(std::string_view scheme) {
  return std::ranges::find(kSpecial, scheme) != kSpecial.end();
}

// Leading and trailing C0 controls and spaces go, tabs and line ends everywhere (4.4, step 1).
std::string stripped(std::string_view written) {
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!written.empty() && is_blank(written.front())) written.remove_prefix(1);
  while (!written.empty() && is_blank(written.back())) written.remove_suffix(1);
  std::string out;
  for (const char c : written) {
    if (c != '\t' && c != '\r' && c != '\n') out += c;
  }
  return out;
}

// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) ":"                        (RFC 3986 3.1)
std::string scheme_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !text::is_alpha(text.front())) return {};
  const std::string_view scheme = text.substr(0, colon);
  const bool plain = std::ranges::all_of(
      scheme, [](char c) { return text::is_alnum(c) || c == '+' || c == '-' || c == '.'; });
  return plain ? text::lower(scheme) : std::string();
}

bool is_slash(char c) {
  return c == '/' || c == '\\';
}

// One number of an address; null for what is none.
std::optional<std::uint64_t> number_part(std::string_view part) {
  int base = 10;
  if (text::istarts_with(part, "0x")) {
    base = 16;
    part.remove_prefix(2);
  } else if (part.size() > 1 && part.front() == '0') {
    base = 8;
    part.remove_prefix(1);
  }
  if (part.empty()) return base == 16 ? std::optional<std::uint64_t>(0) : std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, base);
  if (error != std::errc() || end != part.data() + part.size()) return std::nullopt;
  return value;
}

struct Host {
  std::variant<std::monostate, DomainName, ip::Address> value;
  std::string text;
  bool odd = false;
};

std::optional<Host> read_host(std::string_view written) {
  if (written.starts_with('[') && written.ends_with(']')) {
    const auto address = ip::Address::parse(written.substr(1, written.size() - 2));
    if (!address) return std::nullopt;
    return Host{*address, address->is_v4() ? address->text() : "[" + address->text() + "]",
                address->is_v4()};
  }
  const std::string plain = text::decode_octets(written, '%');
  const auto name = DomainName::parse(plain);
  if (!name) return std::nullopt;
  const bool odd = plain != written;
  if (const auto address = read_number_host(name->text())) {
    return Host{*address, address->text(), odd || address->text() != written};
  }
  // What no host name holds makes it none (3.1, forbidden domain code points). A last label of
  // digits that is no address is none (3.5, ends in a number).
  const std::string& text = name->text();
  const bool plain_bytes = std::ranges::all_of(
      text, [](char c) { return text::is_alnum(c) || c == '-' || c == '.' || c == '_'; });
  const std::string_view last = std::string_view(text).substr(text.rfind('.') + 1);
  if (!plain_bytes || std::ranges::all_of(last, text::is_digit)) return std::nullopt;
  return Host{*name, text, odd};
}

// What stands where the host is expected: `user:pass@host:port`.
struct Authority {
  std::string_view user;  ///< with its '@'
  std::string_view host;
  std::string_view port;  ///< without its ':'
};

Authority cut_authority(std::string_view text) {
  Authority out;
  const std::size_t at = text.rfind('@');
  if (at != std::string_view::npos) {
    out.user = text.substr(0, at + 1);
    text.remove_prefix(at + 1);
  }
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  out.host = text.substr(0, colon);
  if (colon != std::string_view::npos) out.port = text.substr(colon + 1);
  return out;
}

// All behind the scheme of a special URL.
std::optional<Url> read_special(std::string scheme, std::string written, std::string_view behind) {
  std::size_t slashes = 0;
  while (slashes < behind.size() && is_slash(behind[slashes])) ++slashes;
  const bool odd_slashes = !behind.starts_with("//") || slashes > 2;
  behind.remove_prefix(scheme == "file" ? std::min<std::size_t>(slashes, 2) : slashes);
  const std::size_t end = std::min(behind.find_first_of("/\\?#"), behind.size());
  const Authority authority = cut_authority(behind.substr(0, end));
  Url url;
  url.scheme = std::move(scheme);
  url.written = std::move(written);
  url.port = authority.port;
  if (authority.host.empty()) {
    // `file:///c:/x` names no host; http without one leads nowhere.
    if (url.scheme != "file") return std::nullopt;
    url.text = url.written;
    url.path_at = url.text.size() - (behind.size() - end);
    return url;
  }
  auto host = read_host(authority.host);
  if (!host) return std::nullopt;
  url.odd_host = host->odd || odd_slashes || (end < behind.size() && behind[end] == '\\');
  url.host = std::move(host->value);
  url.text = url.scheme + "://";
  url.text += authority.user;
  url.text += host->text;
  if (!url.port.empty()) url.text += ':' + url.port;
  url.path_at = url.text.size();
  const std::size_t query = std::min(behind.find_first_of("?#"), behind.size());
  std::string path(behind.substr(end, query - std::min(end, query)));
  std::ranges::replace(path, '\\', '/');
  url.text += path;
  url.text += behind.substr(query);
  return url;
}

// `//host/x`, `/x`, `?x`, `x` against a page that stands at `base` (4.4, relative states).
std::string resolved(std::string_view reference, const Url& base) {
  const std::string_view whole = base.text;
  if (reference.size() > 1 && is_slash(reference[0]) && is_slash(reference[1])) {
    return base.scheme + ':' + std::string(reference);
  }
  const std::string_view path = base.path().substr(0, base.path().find_first_of("?#"));
  const std::string root(whole.substr(0, base.path_at));
  if (is_slash(reference.front())) return root + std::string(reference);
  if (reference.front() == '?') return root + std::string(path) + std::string(reference);
  const std::size_t slash = path.rfind('/');
  const std::string folder =
      slash == std::string_view::npos ? "/" : std::string(path.substr(0, slash + 1));
  if (reference.starts_with("./")) reference.remove_prefix(2);
  return root + folder + std::string(reference);
}

}  // namespace

std::string Url::host_text() const {
  if (const auto* name = std::get_if<DomainName>(&host)) return name->text();
  const auto* address = std::get_if<ip::Address>(&host);
  return address != nullptr ? address->text() : std::string();
}

std::optional<ip::Address> read_number_host(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const auto parts = text::split(host, '.');
  if (host.empty() || parts.size() > 4) return std::nullopt;
  std::uint64_t whole = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = parts[i].empty() ? std::nullopt : number_part(parts[i]);
    const bool last = i + 1 == parts.size();
    const unsigned free_bits = last ? static_cast<unsigned>(8 * (4 - i)) : 8;
    if (!number || *number >> free_bits != 0) return std::nullopt;
    whole = (whole << free_bits) | *number;
  }
  return ip::Address::v4({static_cast<std::uint8_t>(whole >> 24),
                          static_cast<std::uint8_t>(whole >> 16),
                          static_cast<std::uint8_t>(whole >> 8), static_cast<std::uint8_t>(whole)});
}

std::optional<Url> read_url(std::string_view written, const Url* base) {
  if (written.size() > kMaxUrl) return std::nullopt;
  std::string text = stripped(written);
  if (text.empty()) return std::nullopt;
  std::string scheme = scheme_of(text);
  if (scheme.empty()) {
    if (base == nullptr || base->host.index() == 0 || text.front() == '#') return std::nullopt;
    return read_url(resolved(text, *base));
  }
  const std::string behind = text.substr(scheme.size() + 1);
  if (is_special(scheme)) return read_special(std::move(scheme), std::move(text), behind);
  Url url;
  url.text = scheme + ':' + behind;
  url.path_at = scheme.size() + 1;
  url.scheme = std::move(scheme);
  url.written = std::move(text);
  return url;
}

}  // namespace emltrace
