#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/domain.hpp"
#include "base/ip.hpp"

/// Macros of the Sender Policy Framework, RFC 7208 7.
namespace emltrace::spf {

/// Where a text leaves the grammar, and how.
struct SyntaxError {
  std::size_t at = 0;  ///< bytes from the start of the parsed text
  std::string what;    ///< one phrase

  friend bool operator==(const SyntaxError&, const SyntaxError&) = default;
};

/// A value, or the place where its text is wrong.
template <class T>
using Parsed = std::variant<T, SyntaxError>;

//   macro-expand     = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
//   macro-letter     = "s" / "l" / "o" / "d" / "i" / "p" / "h" / "c" / "r" / "t" / "v"
//   transformers     = *DIGIT [ "r" ]
//   delimiter        = "." / "-" / "+" / "," / "/" / "_" / "="

/// `%{…}`. The three short forms are literals once they are read.
struct MacroExpand {
  char letter = 0;          ///< lower case
  bool url_escape = false;  ///< it was written in upper case
  unsigned keep = 0;        ///< how many right-hand parts stay; 0: all
  bool reverse = false;
  std::string delimiters;  ///< empty: the full stop

  friend bool operator==(const MacroExpand&, const MacroExpand&) = default;
};

//   macro-string     = *( macro-expand / macro-literal )
//   macro-literal    = %x21-24 / %x26-7E
//   explain-string   = *( macro-string / SP )

/// A text with macros in it, read once and expanded for each use.
struct MacroString {
  std::vector<std::variant<std::string, MacroExpand>> parts;

  [[nodiscard]] bool uses(char letter) const;
  /// True where the text tells its DNS server anything of this message: each letter but `d`.
  [[nodiscard]] bool tells_of_message() const;
};

//   domain-spec      = macro-string domain-end
//   domain-end       = ( "." toplabel [ "." ] ) / macro-expand
//   toplabel         = ( *alphanum ALPHA *alphanum ) /
//                      ( 1*alphanum "-" *( alphanum / "-" ) alphanum )

/// The argument of a mechanism, `redirect` or `exp`. The letters c, r and t are errors here.
[[nodiscard]] Parsed<MacroString> parse_domain_spec(std::string_view text);
/// The value of an unknown modifier.
[[nodiscard]] Parsed<MacroString> parse_macro_string(std::string_view text);
/// The text that an `exp` modifier leads to (RFC 7208 6.2). Other than US-ASCII is an error.
[[nodiscard]] Parsed<MacroString> parse_explain_string(std::string_view text);

/// What the letters stand for (RFC 7208 7.2).
struct MacroValues {
  std::string sender;         ///< s: local-part@domain
  std::string local_part;     ///< l
  std::string sender_domain;  ///< o
  std::string domain;         ///< d
  std::string dotted_ip;      ///< i: dotted quad, or 32 nibbles with full stops between them
  std::string validated;      ///< p: the validated name of the client, or `unknown`
  std::string family;         ///< v: `in-addr` or `ip6`
  std::string helo;           ///< h
  std::string ip;             ///< c: as people write it
  std::string receiver;       ///< r
  std::string time;           ///< t: seconds of the epoch

  void set_client(const ip::Address& client);
  void set_time(Instant now);
  [[nodiscard]] std::string_view of(char letter) const;
};

/// Octets that one expansion may have: macros can multiply a short record.
inline constexpr std::size_t kMaxExpansion = 65536;

/// Null where it grows above kMaxExpansion.
[[nodiscard]] std::optional<std::string> expand(const MacroString& text, const MacroValues& values);

/// The name to ask: a trailing dot dropped, and above 253 octets labels taken off from the left
/// (RFC 7208 7.3). Null where no DNS name can be made of it; a local part with other than US-ASCII
/// makes such a text (RFC 8616 4).
[[nodiscard]] std::optional<DomainName> target_name(std::string_view expanded);

}  // namespace emltrace::spf
