#include "trace/route/announcement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/domain.hpp"
#include "base/text.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kMaxRecords = 20;
constexpr std::size_t kMaxSystems = 10;  // that announce one prefix

std::vector<std::string_view> columns(std::string_view text) {
  auto parts = text::split(text, '|');
  for (std::string_view& part : parts) part = text::trim(part);
  return parts;
}

std::optional<std::uint32_t> system_number(std::string_view text) {
  const auto number = text::parse_unsigned(text);
  if (!number || *number > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

struct Row {
  ip::Network prefix;
  Network network;
};

// 23028 | 203.0.113.0/24 | US | arin | 1998-09-25
std::optional<Row> read_row(std::string_view text, const ip::Address& address) {
  const auto parts = columns(text);
  if (parts.size() < 3) return std::nullopt;
  const auto prefix = ip::Network::parse(parts[1]);
  if (!prefix || !prefix->contains(address)) return std::nullopt;
  Network network;
  for (const std::string_view word : text::words(parts[0])) {
    const auto number = system_number(word);
    if (!number) return std::nullopt;
    if (!network.number) {
      network.number = number;
    } else if (network.also.size() < kMaxSystems) {
      network.also.push_back(*number);
    }
  }
  if (!network.number) return std::nullopt;
  network.prefix = prefix->masked().text();
  network.country = country_code(parts[2]);
  return Row{*prefix, std::move(network)};
}

// The order of records in an answer is nobody's statement.
bool goes_before(const Row& a, const Row& b) {
  if (a.prefix.prefix_length() != b.prefix.prefix_length())
    return a.prefix.prefix_length() > b.prefix.prefix_length();
  return a.network.number < b.network.number;
}

// 23028 | US | arin | 2002-01-04 | NAME - Firm, US
void look_up_name(dns::Client& client, Network& network) {
  const auto name = DomainName::parse(fmt::format("AS{}.asn.cymru.com", *network.number));
  for (const std::string& text : client.ask({*name, dns::Type::txt}).texts()) {
    const auto parts = columns(text);
    if (parts.size() < 5 || system_number(parts[0]) != network.number || parts[4].empty()) continue;
    network.name = text::head_of(parts[4], kMaxNetworkName);
    if (!network.country) network.country = country_code(parts[1]);
    return;
  }
}

}  // namespace

std::optional<std::string> country_code(std::string_view text) {
  const bool is_code = text.size() == 2 && std::ranges::all_of(text, text::is_alpha);
  if (!is_code) return std::nullopt;
  std::string code(text);
  for (char& letter : code) letter = letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return code;
}

Announcement look_up_announcement(dns::Client& client, const ip::Address& address) {
  const std::string_view zone = address.is_v4() ? "origin.asn.cymru.com" : "origin6.asn.cymru.com";
  const auto name = DomainName::parse(fmt::format("{}.{}", address.reverse_labels(), zone));
  const dns::Answer& answer = client.ask({*name, dns::Type::txt});
  if (answer.pending() || answer.error() || answer.unheld) return {};
  auto texts = answer.texts();
  if (texts.empty()) return {LookedUp::none, std::nullopt};
  texts.resize(std::min(texts.size(), kMaxRecords));
  std::optional<Row> best;
  for (const std::string& text : texts) {
    auto row = read_row(text, address);
    if (row && (!best || goes_before(*row, *best))) best = std::move(row);
  }
  if (!best) return {};
  look_up_name(client, best->network);
  return {LookedUp::found, std::move(best->network)};
}

}  // namespace emltrace::trace
