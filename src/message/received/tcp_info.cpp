#include "message/received/tcp_info.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/received/lexer.hpp"
#include "message/received/redaction.hpp"

// RFC 5321 4.4:  Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) /
//                                  ( address-literal FWS "(" TCP-info ")" )
//                TCP-info        = address-literal / ( Domain FWS address-literal )
// In the field:  [ident "@"] name "[" address [":" port] "]" [":" port] *( key "=" value )
//                "HELO" SP text ; "EHLO" SP text ; [ident "@"] address

namespace emltrace::received {
namespace {

constexpr std::array<std::string_view, 17> kNoName = {
    "unknown",        "<unverified>",  "<unknown>",         "unknownhost",   "nohostname",
    "unverified",     "no-reverse",    "softdnserr",        "softdnserror",  "nodnsquery",
    "unavailable",    "<unavailable>", "no.name.available", "Unknown/Local", "<unknown.domain>",
    "Unknown_Domain", "/spool/local"};

// What stands before an address that has no brackets.
constexpr std::array<std::string_view, 6> kLabels = {"ip",   "client",  "remote",
                                                     "peer", "address", "addr"};

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 255) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return text::is_alnum(c) || c == '.' || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

// An address without brackets, alone: `192.0.2.1`, `(192.0.2.1)` as some versions of Exchange write
// it, or as Java prints one, `name/192.0.2.1` and `/192.0.2.1`.
std::optional<TcpInfo> read_bare_info(std::string_view inner) {
  if (inner.starts_with('(') && inner.ends_with(')')) {
    inner = inner.substr(1, inner.size() - std::min<std::size_t>(inner.size(), 2));
  }
  const std::size_t slash = inner.find('/');
  const std::string_view name = slash == std::string_view::npos ? "" : inner.substr(0, slash);
  const bool version = std::none_of(name.begin(), name.end(), text::is_alpha);
  if (!name.empty() && (!is_name(name) || version)) {
    return std::nullopt;
  }
  const std::string_view written =
      slash == std::string_view::npos ? inner : inner.substr(slash + 1);
  const auto address = written.starts_with('[') ? std::nullopt : read_address(written);
  if (!address) {
    return std::nullopt;
  }
  TcpInfo info;
  info.address = address;
  info.bare = true;
  if (!name.empty()) {
    info.name = std::string(name);
  }
  return info;
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
    take_odd_literal();
    return is_whole() ? std::optional(info_) : std::nullopt;
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
        return read_no_name(token.text);
      case Kind::word:
        return read_word(token.text);
      default:
        return false;
    }
  }

  // A bare address among words that mean nothing here is a version, or another's than the client's:
  // `(Gate 10.1.0.4 build)`, `(proxying for 192.0.2.1)`.
  [[nodiscard]] bool is_whole() const {
    if (!told_ || !info_.bare) {
      return told_ || (info_.ident && text::iequals(info_.name.value_or(""), "localhost"));
    }
    return info_.rest.empty() && (!info_.name || info_.name->find('.') != std::string::npos ||
                                  text::iequals(*info_.name, "localhost"));
  }

  bool read_literal(const Token& token) {
    if (is_host_itself(token.inner)) {
      told_ = true;
      return true;
    }
    if (const auto address = read_address(token.inner)) {
      return read_literal_address(*address);
    }
    const std::string inner(token.inner);
    if (info_.invalid_ip == inner || info_.redacted == inner) {
      return true;
    }
    if (info_.has_address()) {
      return false;
    }
    if (is_blacked_out_literal(token.inner)) {
      info_.redacted = inner;
    } else if (looks_like_address(token.inner) || is_quad_with_more(token.inner)) {
      info_.invalid_ip = inner;
    } else {
      odd_literal_ = at_;
      return false;
    }
    told_ = true;
    return true;
  }

  // The client is a process of the server's own host.
  static bool is_host_itself(std::string_view inner) {
    return inner.empty() || text::iequals(inner, "local") || text::iequals(inner, "localhost") ||
           text::iequals(inner, "unix socket") || text::istarts_with(inner, "UNIX:");
  }

  bool read_literal_address(const HostPort& address) {
    // In `(192.0.2.1 [192.0.2.1])` the address stands in the place of the name, in
    // `(REDACTED [192.0.2.1])` the name was taken out.
    const bool again = info_.address && info_.address->address == address.address;
    const bool name_taken_out = info_.bare && info_.redacted;
    if (info_.has_address() && !again && !name_taken_out) {
      return false;
    }
    info_.name_unknown = info_.name_unknown || name_taken_out;
    info_.redacted.reset();
    info_.bare = false;
    info_.address = address;
    told_ = true;
    read_glued_port();
    return true;
  }

  // `([yesterday])`, `(name [yesterday])`: whatever it is, it stands where the address must stand.
  void take_odd_literal() {
    const bool alone =
        tokens_.size() == 1 || (tokens_.size() == 2 && (info_.name || info_.name_unknown));
    if (odd_literal_ && *odd_literal_ + 1 == tokens_.size() && alone && !info_.has_address()) {
      info_.invalid_ip = std::string(tokens_[*odd_literal_].inner);
      info_.rest.clear();
      told_ = true;
    }
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

  bool read_no_name(std::string_view word) {
    if (info_.name || !is_no_name(word)) {
      return false;
    }
    info_.name_unknown = true;
    told_ = true;
    return true;
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
    if (word.size() > 1 && word.back() == ',') {
      word.remove_suffix(1);
    }
    if (word == "[" || word == "]") {
      return true;  // [[UNIX: localhost]]
    }
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
    if (text::iequals(word, "with") && (info_.ident || info_.address)) {
      return read_login();
    }
    if (text::iequals(word, "RDNS") && at_ + 1 < tokens_.size() &&
        is_word(tokens_[at_ + 1], "failed")) {
      ++at_;
      return read_no_name("unknown");
    }
    if (is_label(word)) {
      return true;
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

  bool is_label(std::string_view word) const {
    return at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == Kind::word &&
           read_address(tokens_[at_ + 1].text) &&
           std::any_of(kLabels.begin(), kLabels.end(),
                       [&](std::string_view label) { return text::iequals(word, label); });
  }

  // (user@192.0.2.1 with login); nothing follows where nobody logged in
  bool read_login() {
    if (at_ + 1 == tokens_.size()) {
      return true;
    }
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
    if (read_no_name(word)) {
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
    if (!info_.name && is_blacked_out(word)) {
      info_.redacted = std::string(word);
      info_.bare = true;
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
  std::optional<std::size_t> odd_literal_;  // the last literal that is no address
  TcpInfo info_;
  bool told_ = false;
};

}  // namespace

bool stands_for_address(std::string_view inner) {
  return read_address(inner) || looks_like_address(inner) || is_quad_with_more(inner) ||
         is_blacked_out_literal(inner);
}

bool is_no_name(std::string_view word) {
  return std::any_of(kNoName.begin(), kNoName.end(),
                     [&](std::string_view no_name) { return text::iequals(word, no_name); });
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
  if (auto info = read_bare_info(inner)) {
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
