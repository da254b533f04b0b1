#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/result.hpp"
#include "auth/spf/macro.hpp"
#include "base/ip.hpp"

/// The SPF record as values, RFC 7208 4.6, 5, 6 and 12.
namespace emltrace::spf {

enum class Mechanism { all, include, a, mx, ptr, ip4, ip6, exists };

/// The terms that ask DNS while the record is evaluated and so count against the limit (RFC
/// 7208 4.6.4).
[[nodiscard]] bool queries_dns(Mechanism mechanism);

//   directive        = [ qualifier ] mechanism
//   qualifier        = "+" / "-" / "?" / "~"
//   mechanism        = ( all / include / a / mx / ptr / ip4 / ip6 / exists )
//   all              = "all"
//   include          = "include"  ":" domain-spec
//   a                = "a"      [ ":" domain-spec ] [ dual-cidr-length ]
//   mx               = "mx"     [ ":" domain-spec ] [ dual-cidr-length ]
//   ptr              = "ptr"    [ ":" domain-spec ]
//   ip4              = "ip4"      ":" ip4-network   [ ip4-cidr-length ]
//   ip6              = "ip6"      ":" ip6-network   [ ip6-cidr-length ]
//   exists           = "exists"   ":" domain-spec
//   ip4-cidr-length  = "/" ("0" / %x31-39 0*1DIGIT) ; value range 0-32
//   ip6-cidr-length  = "/" ("0" / %x31-39 0*2DIGIT) ; value range 0-128
//   dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]

struct Directive {
  std::string term;                             ///< as written
  auth::Result qualifier = auth::Result::pass;  ///< what a match means
  Mechanism mechanism = Mechanism::all;
  std::optional<MacroString> target;   ///< null: the current domain
  std::optional<ip::Network> network;  ///< of ip4 and ip6
  unsigned prefix4 = 32;               ///< of a and mx
  unsigned prefix6 = 128;
};

//   modifier         = redirect / explanation / unknown-modifier
//   redirect         = "redirect" "=" domain-spec
//   explanation      = "exp" "=" domain-spec
//   unknown-modifier = name "=" macro-string
//   name             = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )

struct Modifier {
  std::string term;  ///< as written
  MacroString target;
};

//   record           = version terms *SP
//   version          = "v=spf1"
//   terms            = *( 1*SP ( directive / modifier ) )

/// A record without a fault. Unknown modifiers are checked and left out (RFC 7208 6).
struct Record {
  std::vector<Directive> directives;  ///< in order
  std::optional<Modifier> redirect;
  std::optional<Modifier> explanation;
};

/// True where a TXT record is meant as SPF: `v=spf1` alone or with a space after it (RFC 7208 4.5).
[[nodiscard]] bool is_record(std::string_view text);

/// The whole record, or its first fault; places count from the start of `text`. `is_record(text)`
/// must hold.
[[nodiscard]] Parsed<Record> parse_record(std::string_view text);

}  // namespace emltrace::spf
