#include "message/received/comment.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/address.hpp"

namespace emltrace::received {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";
constexpr std::size_t kNone = std::string_view::npos;

// A word that follows `key` (which ends in '=' or ' '), cut at white space, comma or ')'.
std::optional<std::string> word_after(std::string_view text, std::string_view key) {
  const std::size_t at = text::ifind(text, key);
  if (at == kNone || (at > 0 && text::is_alnum(text[at - 1]))) {
    return std::nullopt;
  }
  text = text::trim(text.substr(at + key.size()));
  const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n,);"));
  return word.empty() ? std::nullopt : std::optional<std::string>(word);
}

// `256`, `256/256`, `256bits`: the first number.
std::optional<int> read_bits(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto bits = text::parse_unsigned(text.substr(0, end));
  return bits && *bits < 100'000 ? std::optional<int>(static_cast<int>(*bits)) : std::nullopt;
}

Received::Tls& tls_of(Received& out) {
  if (!out.tls) {
    out.tls.emplace();
  }
  return *out.tls;
}

// Postfix: using TLSv1.3 with cipher NAME (256/256 bits) key-exchange X25519 …
bool read_using(Received& out, std::string_view inner) {
  if (!text::istarts_with(inner, "using ")) {
    return false;
  }
  const auto version = word_after(inner, "using ");
  if (!version || !(text::istarts_with(*version, "TLS") || text::istarts_with(*version, "SSL"))) {
    return false;
  }
  Received::Tls& tls = tls_of(out);
  if (text::iequals(*version, "TLS:")) {  // Mimecast: Using TLS: TLSv1.2, cipher=…
    tls.version = word_after(inner, "TLS:");
  } else if (!text::iequals(*version, "TLS")) {
    tls.version = version;
  }
  tls.cipher = word_after(inner, text::ifind(inner, "cipher=") == kNone ? "cipher " : "cipher=");
  if (const std::size_t open = inner.find('('); open != kNone) {
    tls.bits = read_bits(inner.substr(open + 1));
  }
  return true;
}

// Sendmail, Gmail, Exchange: version=TLS1_3[,] cipher=NAME[,] bits=256/256
bool read_pairs(Received& out, std::string_view inner) {
  if (!text::istarts_with(inner, "version=") && !text::istarts_with(inner, "cipher=")) {
    return false;
  }
  Received::Tls& tls = tls_of(out);
  if (auto version = word_after(inner, "version=")) {
    tls.version = std::move(version);
  }
  if (auto cipher = word_after(inner, "cipher=")) {
    tls.cipher = std::move(cipher);
  }
  if (const auto bits = word_after(inner, "bits=")) {
    tls.bits = read_bits(*bits);
  }
  return true;
}

bool is_tls_version(std::string_view text) {
  return (text::istarts_with(text, "TLS") || text::istarts_with(text, "SSL")) &&
         text.size() <= 16 && std::any_of(text.begin(), text.end(), text::is_digit);
}

// Exim, OpenSMTPD: TLS1.3 ; TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256[:NO]
bool read_colons(Received& out, std::string_view inner) {
  const std::vector<std::string_view> parts = text::split(inner, ':');
  if (inner.find_first_of(kSpaces) != kNone || !is_tls_version(parts[0])) {
    return false;
  }
  Received::Tls& tls = tls_of(out);
  tls.version = std::string(parts[0]);
  if (parts.size() > 1) {
    tls.cipher = std::string(parts[1]);
  }
  if (parts.size() > 2) {
    tls.bits = read_bits(parts[2]);
  }
  return true;
}

// Courier: TLS: TLSv1/SSLv3,128bits,RC4-MD5 ; qmail's patches: AES256-SHA encrypted
bool read_courier_tls(Received& out, std::string_view text) {
  for (const std::string_view key : {"TLS: ", "SSL: "}) {
    const std::size_t at = text::ifind(text, key);
    if (at == kNone || (at > 0 && text[at - 1] != ' ')) {
      continue;
    }
    const auto parts = text::split(text.substr(at + key.size()), ',');
    Received::Tls& tls = tls_of(out);
    tls.version = std::string(text::trim(parts[0]));
    if (parts.size() > 1) {
      tls.bits = read_bits(text::trim(parts[1]));
    }
    if (parts.size() > 2) {
      tls.cipher = std::string(text::trim(parts[2]));
    }
    return true;
  }
  if (text::iends_with(text, " encrypted") && text::words(text).size() == 2) {
    const std::string word(text.substr(0, text.find(' ')));
    (is_tls_version(word) ? tls_of(out).version : tls_of(out).cipher) = word;
    return true;
  }
  if (text::istarts_with(text, "Cipher TLS")) {  // MDaemon: Cipher TLSv1:RC4-MD5:128
    return read_colons(out, text.substr(7));
  }
  return false;
}

struct AuthPhrase {
  std::string_view start;
  bool names_user;  // the next word is the user
};
constexpr std::array<AuthPhrase, 11> kAuthPhrases = {{
    {"authenticated sender:", true},
    {"authenticated user:", true},
    {"authenticated user ", true},
    {"authenticated id:", true},
    {"authenticated as ", true},
    {"authenticated:", true},
    {"squirrelmail authenticated user ", true},
    {"authenticated (user=", true},
    {"authenticated_user:", true},
    {"authenticated bits=", false},
    {"authenticated", false},
}};

// Courier: [IDENT: uid, ]AUTH: LOGIN user[, TLS: …]
bool read_courier_auth(Received& out, std::string_view inner) {
  const std::size_t at = text::ifind(inner, "AUTH: ");
  if (at == kNone || (at > 0 && inner[at - 1] != ' ')) {
    return false;
  }
  std::string_view rest = inner.substr(at + 6);
  const auto words = text::words(rest.substr(0, rest.find(',')));
  out.authenticated = true;
  if (words.size() > 1) {
    out.auth_user = std::string(words[1]);
  }
  return true;
}

bool read_auth(Received& out, std::string_view inner) {
  for (const AuthPhrase& phrase : kAuthPhrases) {
    if (!text::istarts_with(inner, phrase.start)) {
      continue;
    }
    std::string_view rest = inner.substr(phrase.start.size());
    const bool goes_on = !rest.empty() && (text::is_alnum(rest.front()) || rest.front() == '_');
    if (!phrase.names_user && goes_on && phrase.start.back() != '=') {
      return false;
    }
    out.authenticated = true;
    rest = text::trim(rest);
    if (phrase.names_user && !rest.empty()) {
      out.auth_user = std::string(rest.substr(0, rest.find_first_of(" \t,)")));
    }
    return true;
  }
  return false;
}

constexpr std::array<std::string_view, 8> kCertificatePhrases = {
    "No client certificate requested",
    "Client did not present a certificate",
    "Client certificate not present",
    "Client CN ",
    "no client cert",
    "not verified",
    "verified OK",
    "client certificate verified",
};

bool is_certificate_note(std::string_view inner) {
  return std::any_of(kCertificatePhrases.begin(), kCertificatePhrases.end(),
                     [&](std::string_view start) { return text::istarts_with(inner, start); });
}

bool read_envelope(Received& out, std::string_view inner) {
  for (const std::string_view key : {"envelope-from", "envelope-sender", "return-path:"}) {
    if (!text::istarts_with(inner, key)) {
      continue;
    }
    std::string_view rest = inner.substr(key.size());
    rest = text::trim(rest.substr(std::min(rest.find_first_not_of(" \t\r\n:="), rest.size())));
    rest = rest.substr(0, rest.find_first_of(", "));
    if (auto path = parse_path(rest)) {
      out.envelope_from = std::move(path);
      return true;
    }
  }
  return false;
}

}  // namespace

bool read_common_comment(Received& out, std::string_view inner) {
  inner = text::trim(inner);
  if (text::iequals(inner, "TLS")) {
    tls_of(out);
    return true;
  }
  if (read_using(out, inner) || read_pairs(out, inner) || read_colons(out, inner) ||
      read_envelope(out, inner) || is_certificate_note(inner)) {
    return true;
  }
  const bool auth = read_courier_auth(out, inner);
  const bool tls = read_courier_tls(out, inner);
  return auth || tls || read_auth(out, inner);
}

void apply_keyword(Received& out, std::string_view keyword) {
  struct Row {
    std::string_view keyword;
    bool tls;
    bool authenticated;
  };
  static constexpr std::array<Row, 17> kRows = {{
      {"ESMTPS", true, false},
      {"ESMTPSA", true, true},
      {"ESMTPA", false, true},
      {"ASMTP", false, true},
      {"SMTPS", true, false},
      {"SMTPSA", true, true},
      {"SMTPA", false, true},
      {"LMTPS", true, false},
      {"LMTPSA", true, true},
      {"LMTPA", false, true},
      {"UTF8SMTPS", true, false},
      {"UTF8SMTPSA", true, true},
      {"UTF8SMTPA", false, true},
      {"UTF8LMTPS", true, false},
      {"UTF8LMTPSA", true, true},
      {"UTF8LMTPA", false, true},
      {"HTTPS", true, false},
  }};
  for (const Row& row : kRows) {
    if (text::iequals(keyword, row.keyword)) {
      out.authenticated = out.authenticated || row.authenticated;
      if (row.tls) {
        tls_of(out);
      }
    }
  }
}

}  // namespace emltrace::received
