#include "dns/resolv_conf.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "base/file.hpp"
#include "base/text.hpp"

namespace emltrace::dns {
namespace {

// The upper bounds of the C library.
constexpr std::uint64_t kMaxAttempts = 5;
constexpr std::uint64_t kMaxTimeout = 30;  // seconds

std::optional<std::uint16_t> parse_port(std::string_view text) {
  const auto number = text::parse_unsigned(text);
  if (!number || *number == 0 || *number > std::numeric_limits<std::uint16_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(*number);
}

/// Names of interfaces are free but for white space and '/'; brackets end an address in brackets.
bool is_interface(std::string_view zone) {
  return !zone.empty() && std::ranges::all_of(zone, [](char c) {
    return c > ' ' && c <= '~' && c != '/' && c != '%' && c != '[' && c != ']';
  });
}

/// An address with an optional `%zone`; null where it is none.
std::optional<Server> parse_host(std::string_view text) {
  const auto percent = text.find('%');
  const auto address = ip::Address::parse(text.substr(0, percent));
  if (!address) return std::nullopt;
  Server server{*address, kDnsPort, ""};
  if (percent == std::string_view::npos) return server;
  server.zone = text.substr(percent + 1);
  if (!is_interface(server.zone) || address->is_v4()) return std::nullopt;
  return server;
}

/// `attempts:3` → 3, where the option has that name.
std::optional<std::uint64_t> option_value(std::string_view word, std::string_view name) {
  if (!word.starts_with(name)) return std::nullopt;
  return text::parse_unsigned(word.substr(name.size()));
}

void read_options(const std::vector<std::string_view>& words, ResolvConf& conf) {
  for (const std::string_view word : words) {
    if (const auto attempts = option_value(word, "attempts:")) {
      conf.attempts = static_cast<int>(std::clamp<std::uint64_t>(*attempts, 1, kMaxAttempts));
    } else if (const auto timeout = option_value(word, "timeout:")) {
      conf.timeout = std::chrono::seconds(std::clamp<std::uint64_t>(*timeout, 1, kMaxTimeout));
    } else if (word == "rotate") {
      conf.rotate = true;
    }
  }
}

}  // namespace

std::string Server::text() const {
  if (address.is_v4()) return address.text() + ":" + std::to_string(port);
  const std::string scope = zone.empty() ? "" : "%" + zone;
  return "[" + address.text() + scope + "]:" + std::to_string(port);
}

Result<Server> parse_server(std::string_view text) {
  const auto bad = [text](const char* what) {
    return Error{"'" + text::to_valid_utf8(text) + "' " + what};
  };
  if (const auto whole = parse_host(text)) return *whole;
  std::string_view host = text;
  std::optional<std::string_view> port;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return bad("lacks a ']'");
    host = text.substr(1, end - 1);
    const std::string_view rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() != ':') return bad("is no ADDR[:PORT]");
    if (!rest.empty()) port = rest.substr(1);
  } else if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
  }
  auto server = parse_host(host);
  // Without brackets, `2001:db8::1:99999` would be an address cut in two.
  const bool bracketed = text.starts_with('[');
  if (!server || (!bracketed && host.find(':') != std::string_view::npos)) {
    return bad("is no IP address with an optional port");
  }
  if (!port) return *server;
  const auto number = parse_port(*port);
  if (!number) return bad("has no port from 1 to 65535 behind the colon");
  server->port = *number;
  return *server;
}

ResolvConf parse_resolv_conf(std::string_view text) {
  ResolvConf conf;
  for (const std::string_view line : text::split(text, '\n')) {
    auto words = text::words(line);
    if (words.empty()) continue;
    const std::string_view keyword = words.front();
    words.erase(words.begin());
    if (keyword == "options") read_options(words, conf);
    if (keyword != "nameserver" || words.empty() || conf.servers.size() >= kMaxServers) continue;
    const auto server = parse_host(words.front());
    if (server && std::ranges::find(conf.servers, *server) == conf.servers.end()) {
      conf.servers.push_back(*server);
    }
  }
  if (conf.servers.empty()) {
    conf.servers = {Server{*ip::Address::parse("127.0.0.1"), kDnsPort, ""},
                    Server{*ip::Address::parse("::1"), kDnsPort, ""}};
  }
  return conf;
}

ResolvConf read_resolv_conf(const std::string& path) {
  const auto text = read_file(path);
  ResolvConf conf = parse_resolv_conf(text ? std::string_view(*text) : std::string_view());
  if (const char* set = std::getenv("RES_OPTIONS")) read_options(text::words(set), conf);
  return conf;
}

}  // namespace emltrace::dns
