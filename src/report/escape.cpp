#include "report/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "base/base64.hpp"
#include "base/char_set.hpp"
#include "base/text.hpp"
#include "report/shown.hpp"

namespace emltrace::report {
namespace {

void append_utf16_escape(std::string& out, char32_t code_point) {
  if (code_point < 0x10000) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(code_point));
    return;
  }
  const auto offset = static_cast<unsigned>(code_point) - 0x10000U;
  fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xd800U + (offset >> 10U),
                 0xdc00U + (offset & 0x3ffU));
}

// The letter of a two-character escape (RFC 8259 7); NUL where the character has none.
char short_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return '\0';
  }
}

/// The entity that stands for a character of markup; empty where it is none.
std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

// What stands in a JSON string as it is.
constexpr text::CharSet kPlain([](char c) {
  return c >= ' ' && c < '\x7f' && c != '"' && c != '\\';
});

// Eight bytes, all of them plain. Each term has the high bit of the first byte set that breaks its
// rule, and of none where no byte does.
bool are_plain(std::uint64_t bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U, kHighBits = 0x80 * kOnes;
  const auto holds_below = [&](std::uint64_t x, std::uint64_t limit) {
    return (x - limit * kOnes) & ~x;
  };
  const auto holds = [&](unsigned char c) { return holds_below(bytes ^ (c * kOnes), 1); };
  return ((bytes | holds_below(bytes, ' ') | holds('"') | holds('\\') | holds('\x7f')) &
          kHighBits) == 0;
}

// The offset of the first byte from `at` on that is not plain; the size where all are.
std::size_t plain_end(std::string_view raw, std::size_t at) {
  for (std::uint64_t bytes = 0; at + sizeof bytes <= raw.size(); at += sizeof bytes) {
    std::memcpy(&bytes, raw.data() + at, sizeof bytes);
    if (!are_plain(bytes)) break;
  }
  return std::min(kPlain.find_other(raw, at), raw.size());
}

// token := 1*<any (US-ASCII) CHAR except SPACE, CTLs, or tspecials>                (RFC 2045 5.1)
// tspecials := "(" / ")" / "<" / ">" / "@" / "," / ";" / ":" / "\" / <"> / "/" / "[" / "]" / "?"
//              / "="
bool is_token(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
    return c > ' ' && c < '\x7f' &&
           std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
  });
}

// Dot-string = Atom *("." Atom)                                                  (RFC 5321 4.1.2)
bool is_dot_string(std::string_view s) {
  const auto parts = text::split(s, '.');
  return std::all_of(parts.begin(), parts.end(), [](std::string_view atom) {
    return !atom.empty() && std::all_of(atom.begin(), atom.end(), [](char c) {
      return text::is_alnum(c) ||
             std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
    });
  });
}

// domain-name = sub-domain 1*("." sub-domain)                                      (RFC 6376 3.5)
bool is_domain_name(std::string_view s) {
  const auto labels = text::split(s, '.');
  return labels.size() > 1 && std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
           return !label.empty() && label.front() != '-' && label.back() != '-' &&
                  std::all_of(label.begin(), label.end(),
                              [](char c) { return text::is_alnum(c) || c == '-'; });
         });
}

// pvalue = [CFWS] ( ( value / [ [ local-part ] "@" ] domain-name ) ) [CFWS]         (RFC 8601 2.2)
bool is_bare_pvalue(std::string_view s) {
  if (is_token(s)) return true;
  const auto at = s.rfind('@');
  if (at == std::string_view::npos) return is_domain_name(s);
  const auto local = s.substr(0, at);
  return is_domain_name(s.substr(at + 1)) && (local.empty() || is_dot_string(local));
}

}  // namespace

std::string for_terminal(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  ShownText text(raw);
  for (std::size_t at = 0; at < raw.size();) {
    const auto [point, shown] = text.at(at);
    const auto value = static_cast<unsigned>(point.value);
    if (shown) {
      out.append(raw, at, point.length);
    } else if (!point.valid || value < 0x80) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(raw[at]));
    } else if (value < 0x10000) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", value);
    } else {
      fmt::format_to(std::back_inserter(out), "\\U{:08x}", value);
    }
    at += point.length;
  }
  return out;
}

void append_html(std::string& out, std::string_view raw) {
  for (const char c : for_terminal(raw)) {
    if (const auto entity = entity_of(c); entity.empty())
      out += c;
    else
      out += entity;
  }
}

void append_json(std::string& out, std::string_view raw) {
  out += '"';
  ShownText text(raw);
  for (std::size_t at = 0; at < raw.size();) {
    // Most of any text is plain, and is taken a stretch at a time.
    const std::size_t plain = plain_end(raw, at);
    out.append(raw, at, plain - at);
    if (plain > at) text.skipped_to(raw[plain - 1]);
    at = plain;
    if (at == raw.size()) break;
    const auto [point, shown] = text.at(at);
    if (const char letter = short_escape(raw[at]); letter != '\0') {
      out += '\\';
      out += letter;
      ++at;
      continue;
    }
    if (shown) {
      out.append(raw, at, point.length);
    } else if (point.valid) {
      append_utf16_escape(out, point.value);
    } else {
      out += "\xef\xbf\xbd";
    }
    at += point.length;
  }
  out += '"';
}

std::optional<std::string> base64_twin(std::string_view raw) {
  if (text::is_utf8(raw)) return std::nullopt;
  return base64_encode(raw);
}

namespace {

// Each of `quoted` behind a backslash; what no quoted pair can hold becomes `?`.
std::string quote(std::string_view raw, std::u32string_view quoted) {
  std::string out;
  ShownText text(raw);
  for (std::size_t at = 0; at < raw.size();) {
    const auto [point, shown] = text.at(at);
    if (!shown) {
      out += '?';
    } else {
      if (quoted.find(point.value) != std::u32string_view::npos) out += '\\';
      out.append(raw, at, point.length);
    }
    at += point.length;
  }
  return out;
}

}  // namespace

std::string for_pvalue(std::string_view raw) {
  if (is_bare_pvalue(raw)) return std::string(raw);
  return '"' + quote(raw, U"\"\\") + '"';
}

std::string for_comment(std::string_view raw) {
  return quote(raw, U"()\\");
}

}  // namespace emltrace::report
