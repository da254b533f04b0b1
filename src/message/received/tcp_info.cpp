#include "message/received/tcp_info.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/received/lexer.hpp"

// RFC 5321 4.4:  Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) /
//                                  ( address-literal FWS "(" TCP-info ")" )
//                TCP-info        = address-literal / ( Domain FWS address-literal )
// In the field:  [ident "@"] name "[" address [":" port] "]" [":" port] *( key "=" value )
//                "HELO" SP text ; "EHLO" SP text ; [ident "@"] address

namespace emltrace::received {
namespace {

constexpr std::array<std::string_view, 7> kNoName = {"unknown",     "<unverified>", "<unknown>",
                                                     "unknownhost", "nohostname",   "unverified",
                                                     "no-reverse"};

std::optional<std::uint16_t> read_port(std::string_view text) {
  const auto number = text::parse_unsigned(text);
  if (!number || *number > UINT16_MAX) {
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(*number);
}

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

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 255) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return text::is_alnum(c) || c == '.' || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

class TcpInfoReader {
 public:
  explicit TcpInfoReader(std::string_view inner) : tokens_(lex(inner)) {}

  std::optional<TcpInfo> read() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      if (!read_token(tokens_[at_])) {
        info_.rest += info_.rest.empty() ? "" : " ";
        info_.rest += tokens_[at_].text;
      }
    }
    return told_ ? std::optional(info_) : std::nullopt;
  }

 private:
  bool read_token(const Token& token) {
    switch (token.kind) {
      case Kind::literal:
        return read_literal(token);
      case Kind::comment:
        if (text::iequals(token.inner, "may be forged")) {
          info_.may_be_forged = true;
          return true;
        }
        return false;
      case Kind::quoted:
        return read_quoted(token.inner);
      case Kind::angle:
        return is_no_name(token.text);
      case Kind::word:
        return read_word(token.text);
      default:
        return false;
    }
  }

  bool read_literal(const Token& token) {
    if (token.inner.empty() || text::iequals(token.inner, "local") ||
        text::iequals(token.inner, "unix socket")) {
      told_ = true;
      return true;
    }
    if (const auto address = read_address(token.inner)) {
      // In `(192.0.2.1 [192.0.2.1])` the address stands in the place of the name.
      if (info_.has_address() && !(info_.bare && info_.address->address == address->address)) {
        return false;
      }
      info_.bare = false;
      info_.address = address;
      told_ = true;
      read_glued_port();
      return true;
    }
    if (info_.invalid_ip == std::string(token.inner)) {
      return true;
    }
    if (!info_.has_address() && looks_like_address(token.inner)) {
      info_.invalid_ip = std::string(token.inner);
      told_ = true;
      return true;
    }
    return false;
  }

  void read_glued_port() {
    if (at_ + 1 >= tokens_.size() || !tokens_[at_ + 1].glued ||
        tokens_[at_ + 1].kind != Kind::word || tokens_[at_ + 1].text.front() != ':') {
      return;
    }
    if (const auto port = read_port(tokens_[at_ + 1].text.substr(1))) {
      info_.port = port;
      ++at_;
    }
  }

  bool is_no_name(std::string_view word) {
    for (const std::string_view no_name : kNoName) {
      if (text::iequals(word, no_name) && !info_.name) {
        info_.name_unknown = true;
        told_ = true;
        return true;
      }
    }
    return false;
  }

  // "EHLO name" (ZMailer), "port 1406"@name (PMDF)
  bool read_quoted(std::string_view text) {
    if (text::istarts_with(text, "port ") && read_port(text::trim(text.substr(5)))) {
      info_.port = read_port(text::trim(text.substr(5)));
      told_ = true;
      return true;
    }
    if (!text::istarts_with(text, "HELO ") && !text::istarts_with(text, "EHLO ")) {
      return false;
    }
    info_.helo = std::string(text::trim(text.substr(5)));
    told_ = true;
    return true;
  }

  bool read_word(std::string_view word) {
    if (word.find('=') != std::string_view::npos) {
      return read_pair(word);
    }
    if (text::iequals(word, "account")) {
      return take_next(info_.account);
    }
    if (text::iequals(word, "HELO") || text::iequals(word, "EHLO")) {
      told_ = true;
      return take_next(info_.helo);
    }
    if (text::iequals(word, "ident:")) {
      return take_next(info_.ident);
    }
    if (text::iequals(word, "verified") || text::istarts_with(word, "rhost-flags-")) {
      return true;
    }
    if (text::iequals(word, "with") && info_.ident) {
      return read_login();
    }
    if (text::istarts_with(word, "IDENT:")) {
      word.remove_prefix(6);
    }
    if (const std::size_t sign = word.rfind('@'); sign != std::string_view::npos && !info_.ident) {
      if (!read_peer(word.substr(sign + 1))) {
        return false;
      }
      set_user(word.substr(0, sign));
      return true;
    }
    return read_peer(word);
  }

  // user@…; Authenticated_SSL:user@…
  void set_user(std::string_view user) {
    const std::size_t colon = user.find(':');
    if (text::istarts_with(user, "Authenticated") && colon != std::string_view::npos) {
      info_.account = std::string(user.substr(colon + 1));
    } else if (!user.empty()) {
      info_.ident = std::string(user);
    }
  }

  // (user@192.0.2.1 with login)
  bool read_login() {
    for (const std::string_view method : {"login", "plain", "cram-md5"}) {
      if (at_ + 1 < tokens_.size() && is_word(tokens_[at_ + 1], method)) {
        ++at_;
        info_.account = std::move(info_.ident);
        info_.ident.reset();
        return true;
      }
    }
    return false;
  }

  // The name or address of the other end.
  bool read_peer(std::string_view word) {
    if (is_no_name(word)) {
      return true;
    }
    if (word.empty() && !info_.name) {
      return true;  // `user@[192.0.2.1]`
    }
    if (info_.has_address()) {
      return false;
    }
    if (const auto address = read_address(word)) {
      info_.address = address;
      info_.bare = true;
      told_ = true;
      return true;
    }
    if (looks_like_address(word)) {
      info_.invalid_ip = std::string(word);
      told_ = true;
      return true;
    }
    if (!info_.name && !info_.name_unknown && is_name(word)) {
      info_.name = std::string(word);
      return true;
    }
    return false;
  }

  // Exim's `key=value`; a HELO may be an address literal, which is a token of its own.
  bool read_pair(std::string_view word) {
    const std::size_t sign = word.find('=');
    const std::string_view key = word.substr(0, sign);
    std::string value(word.substr(sign + 1));
    if (value.empty() && at_ + 1 < tokens_.size() && tokens_[at_ + 1].glued) {
      value = std::string(tokens_[++at_].text);
    }
    if (text::iequals(key, "helo")) {
      info_.helo = value;
    } else if (text::iequals(key, "ident")) {
      info_.ident = value;
    } else if (text::iequals(key, "port") && read_port(value)) {
      info_.port = read_port(value);
    } else {
      return false;
    }
    told_ = true;
    return true;
  }

  bool take_next(std::optional<std::string>& into) {
    if (at_ + 1 >= tokens_.size()) {
      return false;
    }
    into = std::string(tokens_[++at_].text);
    told_ = true;
    return true;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  TcpInfo info_;
  bool told_ = false;
};

}  // namespace

std::optional<HostPort> read_address(std::string_view text) {
  text = text::trim(text);
  std::optional<std::uint16_t> port;
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view behind = text.substr(end + 1);
    if (!behind.empty() && (behind.front() != ':' || !(port = read_port(behind.substr(1))))) {
      return std::nullopt;
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

std::optional<TcpInfo> read_tcp_info(std::string_view inner) {
  inner = text::trim(inner);
  // All behind HELO is the client's: it may hold what looks like an address.
  for (const std::string_view verb : {"HELO", "EHLO", "LHLO"}) {
    if (text::istarts_with(inner, verb) && (inner.size() == 4 || text::is_space(inner[4]))) {
      TcpInfo info;
      info.helo = std::string(text::trim(inner.substr(4)));
      return info;
    }
  }
  if (const auto address = read_address(inner); address && inner.front() != '[') {
    TcpInfo info;
    info.address = address;
    info.bare = true;
    return info;
  }
  auto info = TcpInfoReader(inner).read();
  if (info && info->name && info->name->ends_with('.')) {
    info->name->pop_back();
  }
  if (info && info->name && info->name->empty()) {
    info->name.reset();
  }
  return info;
}

}  // namespace emltrace::received
