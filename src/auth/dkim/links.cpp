#include "auth/dkim/links.hpp"

#include <algorithm>
#include <array>

#include "base/base64.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {
namespace {

std::string percent_decoded(std::string_view text) {
  return text::decode_octets(text, '%');
}

bool is_link(std::string_view text) {
  return text::istarts_with(text, "http://") || text::istarts_with(text, "https://") ||
         text::istarts_with(text, "mailto:");
}

std::optional<std::string> if_link(std::string text) {
  if (!is_link(text)) return std::nullopt;
  return text;
}

struct Link {
  std::string_view path;   // with its slash, without the query
  std::string_view query;  // behind the '?'
  std::string_view rest;   // all behind the host
};

std::optional<std::string_view> parameter(const Link& link, std::string_view name) {
  for (const std::string_view part : text::split(link.query, '&')) {
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos && part.substr(0, equals) == name) {
      return part.substr(equals + 1);
    }
  }
  return std::nullopt;
}

template <const char* kName>
std::optional<std::string> in_parameter(const Link& link) {
  const auto value = parameter(link, kName);
  return value ? if_link(percent_decoded(*value)) : std::nullopt;
}
constexpr char kUrl[] = "url";
constexpr char kU[] = "u";
constexpr char kA[] = "a";

// Version 1 percent-encodes, version 2 writes '-' for '%' and '_' for '/', version 3 keeps the link
// between `__` and `__;`, with each odd byte as '*' and these bytes in base64 behind.
std::optional<std::string> url_defense(const Link& link) {
  if (link.path == "/v1/url") return in_parameter<kU>(link);
  if (link.path == "/v2/url") {
    std::string value(parameter(link, "u").value_or(""));
    std::replace(value.begin(), value.end(), '_', '/');
    return if_link(text::decode_octets(value, '-'));
  }
  constexpr std::string_view kStart = "/v3/__";
  constexpr std::string_view kEnd = "__;";
  const std::size_t end = link.rest.rfind(kEnd);
  if (!link.rest.starts_with(kStart) || end == std::string_view::npos) return std::nullopt;
  std::string_view odd = link.rest.substr(end + kEnd.size());
  odd = odd.substr(0, odd.find('!'));
  std::string base64(odd);
  std::replace(base64.begin(), base64.end(), '-', '+');
  std::replace(base64.begin(), base64.end(), '_', '/');
  const auto bytes = base64_decode(base64, true);
  if (!bytes) return std::nullopt;
  std::string out;
  std::size_t next = 0;
  for (const char c : link.rest.substr(kStart.size(), end - kStart.size())) {
    out += c == '*' && next < bytes->size() ? (*bytes)[next++] : c;
  }
  return if_link(std::move(out));
}

// The link stands percent-encoded as the last piece of the path.
std::optional<std::string> last_piece(const Link& link) {
  return if_link(
      percent_decoded(link.rest.substr(std::min(link.rest.rfind('/'), link.rest.size() - 1) + 1)));
}

std::optional<std::string> base64_parameter(const Link& link) {
  std::string value = percent_decoded(parameter(link, "u").value_or(""));
  const auto bytes = base64_decode(value, true);
  return bytes ? if_link(*bytes) : std::nullopt;
}

// One row a filter: the end of its host names, and how it keeps the link.
struct Rewriter {
  std::string_view host;
  std::optional<std::string> (*undo)(const Link& link);
};
constexpr auto kRewriters = std::to_array<Rewriter>({
    {".safelinks.protection.outlook.com", in_parameter<kUrl>},
    {".safelinks.protection.partner.outlook.cn", in_parameter<kUrl>},
    {".safelinks.protection.office365.us", in_parameter<kUrl>},
    {"urldefense.proofpoint.com", url_defense},
    {"urldefense.com", url_defense},
    {"urldefense.us", url_defense},
    {"linkprotect.cudasvc.com", in_parameter<kA>},
    {".protection.sophos.com", base64_parameter},
    {"secure-web.cisco.com", last_piece},
    {".trendmicro.com", in_parameter<kUrl>},
    {".fireeye.com", in_parameter<kU>},
    {".trellix.com", in_parameter<kU>},
});

// Up to what no link holds.
std::string_view link_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_of(" \t\r\n\"'<>", at);
  return text.substr(at, end == std::string_view::npos ? end : end - at);
}

std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Attributes that stand behind the link they belong to: ` originalsrc="…"`, ` shash="…"`.
std::size_t added_attribute(std::string_view rest) {
  for (const std::string_view name : {" originalsrc=\"", " originalSrc=\"", " shash=\""}) {
    if (!rest.starts_with(name)) continue;
    const std::size_t end = rest.find('"', name.size());
    return end == std::string_view::npos ? 0 : end + 1;
  }
  return 0;
}

}  // namespace

std::optional<std::string> unwrapped_link(std::string_view link) {
  const std::size_t host_at = link.find("://");
  if (!is_link(link) || host_at == std::string_view::npos) return std::nullopt;
  const std::string_view behind = link.substr(host_at + 3);
  const std::size_t host_end = std::min(behind.find_first_of("/?"), behind.size());
  const std::string_view host = behind.substr(0, host_end);
  Link parts;
  parts.rest = behind.substr(host_end);
  if (parts.rest.empty()) return std::nullopt;
  parts.path = parts.rest.substr(0, parts.rest.find('?'));
  if (parts.path.size() < parts.rest.size()) parts.query = parts.rest.substr(parts.path.size() + 1);
  for (const Rewriter& row : kRewriters) {
    const bool fits = row.host.starts_with('.') ? text::iends_with(host, row.host)
                                                : text::iequals(host, row.host);
    if (fits) return row.undo(parts);
  }
  return std::nullopt;
}

std::optional<std::string> with_unwrapped_links(std::string_view text, bool html, bool escape) {
  std::string out;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find("http", at), text.size());
    out += text.substr(at, next - at);
    at = next;
    if (at == text.size()) break;
    const std::string_view written = link_at(text, at);
    const std::string plain =
        html ? replaced_all(std::string(written), "&amp;", "&") : std::string(written);
    auto link = unwrapped_link(plain);
    if (!link) {
      out += text.substr(at, 4);
      at += 4;
      continue;
    }
    any = true;
    out += html && escape ? replaced_all(std::move(*link), "&", "&amp;") : *link;
    at += written.size();
    if (!html || at >= text.size() || text[at] != '"') continue;
    out += text[at++];
    while (const std::size_t length = added_attribute(text.substr(at))) at += length;
  }
  if (!any) return std::nullopt;
  return out;
}

}  // namespace emltrace::dkim
