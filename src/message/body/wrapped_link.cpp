#include "message/body/wrapped_link.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/base64.hpp"
#include "base/domain.hpp"
#include "base/text.hpp"

namespace emltrace {
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
  const std::string_view query = link.query.substr(0, link.query.find('#'));
  for (const std::string_view part : text::split(query, '&')) {
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos && part.substr(0, equals) == name) {
      return part.substr(equals + 1);
    }
  }
  return std::nullopt;
}

struct Kept {
  std::string_view inside;
  std::string_view behind;
};

// What stands from `start`, with which the text begins, to the last `end`; null where one is
// missing.
std::optional<Kept> between(std::string_view text, std::string_view start, std::string_view end) {
  const std::size_t at = text.rfind(end);
  if (!text.starts_with(start) || at == std::string_view::npos || at < start.size()) {
    return std::nullopt;
  }
  return Kept{text.substr(start.size(), at - start.size()), text.substr(at + end.size())};
}

std::string_view first_piece_of(std::string_view path) {
  return path.substr(0, path.find('/'));
}

using Undo = std::optional<std::string> (*)(const Link& link, std::string_view name);

// The link is the value of a parameter.
std::optional<std::string> in_parameter(const Link& link, std::string_view name) {
  const auto value = parameter(link, name);
  return value ? if_link(percent_decoded(*value)) : std::nullopt;
}

// The value of a parameter is the host.
std::optional<std::string> host_in_parameter(const Link& link, std::string_view name) {
  const auto value = parameter(link, name);
  const auto host = value ? DomainName::parse_host(percent_decoded(*value)) : std::nullopt;
  return host ? std::optional(host->text()) : std::nullopt;
}

std::optional<std::string> base64_parameter(const Link& link, std::string_view name) {
  const auto bytes = base64_decode_either(percent_decoded(parameter(link, name).value_or("")));
  return bytes ? if_link(*bytes) : std::nullopt;
}

// Bing: `u=a1` and base64.
std::optional<std::string> bing(const Link& link, std::string_view name) {
  const std::string_view value = parameter(link, name).value_or("");
  const auto bytes = value.starts_with("a1") ? base64_decode_either(value.substr(2)) : std::nullopt;
  return bytes ? if_link(*bytes) : std::nullopt;
}

// Version 1 percent-encodes, version 2 writes '-' for '%' and '_' for '/', version 3 keeps the link
// between `__` and `__;`, with each odd byte as '*' and these bytes in base64 behind.
std::optional<std::string> url_defense(const Link& link, std::string_view name) {
  if (link.path == "/v1/url") return in_parameter(link, name);
  if (link.path == "/v2/url") {
    std::string value(parameter(link, name).value_or(""));
    std::ranges::replace(value, '_', '/');
    return if_link(text::decode_octets(value, '-'));
  }
  const auto kept = between(link.rest, "/v3/__", "__;");
  if (!kept) return std::nullopt;
  const auto bytes = base64_decode_either(kept->behind.substr(0, kept->behind.find('!')));
  if (!bytes) return std::nullopt;
  std::string out;
  std::size_t next = 0;
  for (const char c : kept->inside) {
    out += c == '*' && next < bytes->size() ? (*bytes)[next++] : c;
  }
  return if_link(std::move(out));
}

// Check Point and Avanan: `/v2/___https://target___.CODES`
std::optional<std::string> between_underlines(const Link& link, std::string_view /*name*/) {
  const auto kept = between(link.rest, "/v2/___", "___.");
  return kept ? if_link(std::string(kept->inside)) : std::nullopt;
}

std::string_view last_piece_of(std::string_view path) {
  return path.substr(std::min(path.rfind('/') + 1, path.size()));
}

// The link stands percent-encoded as the last piece of the path.
std::optional<std::string> last_piece(const Link& link, std::string_view /*name*/) {
  return if_link(percent_decoded(last_piece_of(link.rest)));
}

std::optional<std::string> base64_last_piece(const Link& link, std::string_view /*name*/) {
  const auto bytes = base64_decode_either(last_piece_of(link.path));
  return bytes ? if_link(*bytes) : std::nullopt;
}

// Percent-encoded as the piece behind `name`: `/L0/https:%2F%2Ftarget/1/…`
std::optional<std::string> piece_behind(const Link& link, std::string_view name) {
  if (!link.path.starts_with(name)) return std::nullopt;
  return if_link(percent_decoded(first_piece_of(link.path.substr(name.size()))));
}

// Postmark: the same without a scheme, which the `s` in `/3s/` tells.
std::optional<std::string> postmark(const Link& link, std::string_view /*name*/) {
  const std::size_t slash = link.path.find('/', 1);
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view kind = link.path.substr(1, slash - 1);
  const std::string target = percent_decoded(first_piece_of(link.path.substr(slash + 1)));
  if ((kind != "2" && kind != "3" && kind != "2s" && kind != "3s") ||
      !DomainName::parse_host(first_piece_of(target))) {
    return std::nullopt;
  }
  return (kind.ends_with('s') ? "https://" : "http://") + target;
}

// A member of JSON that may stand escaped inside a string of JSON: `\"url\":\"https:\\\/\\\/…\"`.
std::optional<std::string> json_member(std::string_view json, std::string_view name) {
  std::string plain;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '\\') {
      plain += json[i];
    } else if (i + 5 < json.size() && json[i + 1] == 'u' && json.substr(i + 2, 2) == "00") {
      const auto octet = text::hex_octet(json, i + 4);
      plain += octet.value_or('?');
      i += 5;
    }
  }
  const std::string key = '"' + std::string(name) + "\":\"";
  const std::size_t at = plain.find(key);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t start = at + key.size();
  return if_link(plain.substr(start, plain.find('"', start) - start));
}

// Mandrill: `/track/click/N/host?p=` and base64 of JSON.
std::optional<std::string> mandrill(const Link& link, std::string_view name) {
  const auto json = base64_decode_either(parameter(link, name).value_or(""));
  return json ? json_member(*json, "url") : std::nullopt;
}

// Customer.io: `/e/c/` and base64 of JSON.
std::optional<std::string> customer_io(const Link& link, std::string_view /*name*/) {
  constexpr std::string_view kStart = "/e/c/";
  if (!link.path.starts_with(kStart)) return std::nullopt;
  const auto json = base64_decode_either(first_piece_of(link.path.substr(kStart.size())));
  return json ? json_member(*json, "href") : std::nullopt;
}

// Google AMP: `/amp/s/host/path`, without the `s` for http.
std::optional<std::string> amp(const Link& link, std::string_view /*name*/) {
  constexpr std::string_view kStart = "/amp/";
  if (!link.rest.starts_with(kStart)) return std::nullopt;
  std::string_view target = link.rest.substr(kStart.size());
  const bool secure = target.starts_with("s/");
  target.remove_prefix(secure ? 2 : 0);
  if (!DomainName::parse_host(first_piece_of(target))) return std::nullopt;
  return (secure ? "https://" : "http://") + std::string(target);
}

// Yahoo: `/…/RU=https%3a%2f%2ftarget/RK=…`
std::optional<std::string> yahoo(const Link& link, std::string_view /*name*/) {
  const std::size_t at = link.path.find("/RU=");
  if (at == std::string_view::npos) return std::nullopt;
  return if_link(percent_decoded(first_piece_of(link.path.substr(at + 4))));
}

// All behind the '?'.
std::optional<std::string> whole_query(const Link& link, std::string_view /*name*/) {
  return if_link(percent_decoded(link.query));
}

// One row a form: the end of its host names, how it keeps the link, and where. Of `google.` any
// top-level domain follows.
struct Row {
  Wrapper wrapper;
  std::string_view host;
  Undo undo;
  std::string_view name = {};
  std::string_view path = {};  ///< the path begins with it
};
constexpr Wrapper kFilter = Wrapper::filter;
constexpr Wrapper kTracker = Wrapper::tracker;
constexpr Wrapper kRedirector = Wrapper::redirector;

constexpr auto kRows = std::to_array<Row>({
    {kFilter, ".safelinks.protection.outlook.com", in_parameter, "url"},
    {kFilter, ".safelinks.protection.partner.outlook.cn", in_parameter, "url"},
    {kFilter, ".safelinks.protection.office365.us", in_parameter, "url"},
    {kFilter, "urldefense.proofpoint.com", url_defense, "u"},
    {kFilter, "urldefense.com", url_defense, "u"},
    {kFilter, "urldefense.us", url_defense, "u"},
    {kFilter, "linkprotect.cudasvc.com", in_parameter, "a"},
    {kFilter, ".protection.sophos.com", base64_parameter, "u"},
    {kFilter, "secure-web.cisco.com", last_piece},
    {kFilter, ".trendmicro.com", in_parameter, "url"},
    {kFilter, ".fireeye.com", in_parameter, "u"},
    {kFilter, ".trellix.com", in_parameter, "u"},
    {kFilter, "protect.checkpoint.com", between_underlines},
    {kFilter, "url.avanan.click", between_underlines},
    {kFilter, "clicktime.symantec.com", in_parameter, "u"},
    {kFilter, "clicktime.cloud.postoffice.net", in_parameter, "u"},
    {kFilter, "link.edgepilot.com", in_parameter, "u"},
    {kFilter, "scanmail.trustwave.com", in_parameter, "u"},
    {kFilter, "linklock.titanhq.com", in_parameter, "url"},
    {kFilter, "urlsand.esvalabs.com", in_parameter, "u"},
    {kFilter, ".mimecast.com", host_in_parameter, "domain", "/s/"},
    {kFilter, ".mimecastprotect.com", host_in_parameter, "domain", "/s/"},
    {kTracker, ".awstrack.me", piece_behind, "/L0/"},
    {kTracker, "mandrillapp.com", mandrill, "p", "/track/click/"},
    {kTracker, ".mjt.lu", base64_last_piece, "", "/lnk/"},
    {kTracker, "click.pstmrk.it", postmark},
    {kTracker, ".customeriomail.com", customer_io},
    {kTracker, "mailtrack.io", in_parameter, "url", "/trace/link/"},
    {kTracker, "t.sidekickopen.com", in_parameter, "u"},
    {kTracker, "ad.doubleclick.net", whole_query},
    {kTracker, ".g.doubleclick.net", in_parameter, "adurl"},
    {kTracker, "clickserve.dartsearch.net", in_parameter, "ds_dest_url"},
    {kTracker, "click.linksynergy.com", in_parameter, "murl"},
    {kTracker, "www.awin1.com", in_parameter, "ued"},
    {kTracker, "www.awin1.com", in_parameter, "p"},
    {kTracker, "go.redirectingat.com", in_parameter, "url"},
    {kTracker, "go.skimresources.com", in_parameter, "url"},
    {kRedirector, "google.", in_parameter, "q", "/url"},
    {kRedirector, "google.", in_parameter, "url", "/url"},
    {kRedirector, "google.", amp},
    {kRedirector, "l.facebook.com", in_parameter, "u", "/l.php"},
    {kRedirector, "lm.facebook.com", in_parameter, "u", "/l.php"},
    {kRedirector, "l.instagram.com", in_parameter, "u"},
    {kRedirector, "www.youtube.com", in_parameter, "q", "/redirect"},
    {kRedirector, "www.linkedin.com", in_parameter, "url", "/redir/"},
    {kRedirector, "out.reddit.com", in_parameter, "url"},
    {kRedirector, "t.umblr.com", in_parameter, "z", "/redirect"},
    {kRedirector, "steamcommunity.com", in_parameter, "url", "/linkfilter/"},
    {kRedirector, "steamcommunity.com", in_parameter, "u", "/linkfilter/"},
    {kRedirector, "vk.com", in_parameter, "to", "/away.php"},
    {kRedirector, "www.bing.com", bing, "u", "/ck/"},
    {kRedirector, "duckduckgo.com", in_parameter, "uddg", "/l/"},
    {kRedirector, "slack-redir.net", in_parameter, "url", "/link"},
    {kRedirector, "exit.sc", in_parameter, "url"},
    {kRedirector, "r.search.yahoo.com", yahoo},
});

bool is_host_of(const Row& row, std::string_view host) {
  if (row.host.starts_with('.')) return text::iends_with(host, row.host);
  if (row.host.ends_with('.')) {
    if (text::istarts_with(host, "www.")) host.remove_prefix(4);
    return text::istarts_with(host, row.host) && host.size() - row.host.size() <= 6;
  }
  return text::iequals(host, row.host);
}

}  // namespace

std::optional<Unwrapped> unwrapped_link(std::string_view link) {
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
  for (const Row& row : kRows) {
    if (!is_host_of(row, host) || !parts.path.starts_with(row.path)) continue;
    auto target = row.undo(parts, row.name);
    if (target) return Unwrapped{row.wrapper, *std::move(target), row.undo == host_in_parameter};
  }
  return std::nullopt;
}

}  // namespace emltrace
