#include "cli/values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "cli/suggestion.hpp"
#include "message/address.hpp"
#include "report/json/pointer.hpp"
#include "trace/finding/kinds.hpp"
#include "trace/route/abuse_contacts.hpp"

namespace emltrace::cli {
namespace {

constexpr double kMinSeconds = 0.001;
constexpr double kMaxSeconds = 86'400;

}  // namespace

Result<std::chrono::milliseconds> read_seconds(const std::string& text) {
  double value = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, code] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (code != std::errc() || rest != end || !(value >= kMinSeconds && value <= kMaxSeconds)) {
    return Error{fmt::format("\"{}\" is no time in seconds", text)};
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(value * 1000));
}

Result<Instant> read_time(const std::string& text) {
  if (auto instant = parse_instant(text)) return *instant;
  return Error{fmt::format("\"{}\" is neither an RFC 3339 time nor epoch seconds", text)};
}

Result<dns::Server> read_server(const std::string& text) {
  return dns::parse_server(text);
}

Result<std::string> read_finding_code(const std::string& text) {
  std::vector<std::string> codes;
  for (const auto& kind : trace::finding_kinds()) {
    codes.emplace_back(kind.code);
    if (is_same_word(text, codes.back())) return codes.back();
  }
  const std::string meant = suggestion(text, codes);
  return Error{fmt::format("no finding is called \"{}\"{}", text,
                           meant.empty() ? "; --list-findings names them all" : meant)};
}

Result<trace::Wanted> read_enrichment(const std::string& text) {
  static const std::vector<std::string> kWords{"asn", "abuse", "dnsbl"};
  trace::Wanted wanted;
  for (const std::string_view part : text::split(text, ',')) {
    const std::string_view word = text::trim(part);
    if (text::iequals(word, "asn")) {
      wanted.asn = true;
    } else if (text::iequals(word, "abuse")) {
      wanted.abuse = true;
    } else if (text::istarts_with(word, "dnsbl=")) {
      const auto zone = DomainName::parse_host(word.substr(word.find('=') + 1));
      if (!zone) return Error{fmt::format("\"{}\" names no zone of a block list", word)};
      wanted.dnsbl.push_back(*zone);
    } else if (text::iequals(word, "dnsbl")) {
      return Error{"dnsbl needs the zone to ask, such as dnsbl=zen.spamhaus.org"};
    } else {
      return Error{fmt::format("\"{}\" is none of asn, abuse, dnsbl=ZONE{}", word,
                               suggestion(word.substr(0, word.find('=')), kWords))};
    }
  }
  return wanted;
}

Result<std::string> read_json_pointer(const std::string& text) {
  if (report::is_json_pointer(text)) return text;
  const bool bare = text[0] != '/';
  return Error{fmt::format("\"{}\" is no JSON pointer (RFC 6901): {}", text,
                           bare ? "it begins with /" : "behind ~ comes 0 or 1")};
}

Result<report::Reporter> read_reporter(const std::string& text) {
  const AddressList list = parse_addresses(text);
  if (list.mailboxes.size() != 1 || !list.unread.empty() ||
      !trace::is_report_address(list.mailboxes.front().address()))
    return Error{
        fmt::format(R"("{}" is no mailbox such as "Abuse desk <abuse@example.org>")", text)};
  const Mailbox& mailbox = list.mailboxes.front();
  return report::Reporter{mailbox.display.empty() ? mailbox.domain : mailbox.display,
                          mailbox.address()};
}

Result<std::string> read_filled(const std::string& text) {
  if (!text.empty()) return text;
  return Error{"is empty"};
}

}  // namespace emltrace::cli
