#include "trace/route/client_statement.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "message/results/received_spf.hpp"

namespace emltrace::trace {
namespace {

constexpr std::string_view kForefront = "X-Forefront-Antispam-Report";

// `CIP:203.0.113.9;CTRY:…`: the connecting address (Microsoft's documentation of the field).
std::optional<ip::Address> connecting_ip(std::string_view body) {
  for (const auto part : text::split(body, ';')) {
    const auto word = text::trim(part);
    if (text::istarts_with(word, "CIP:")) return ip::Address::parse(text::trim(word.substr(4)));
  }
  return std::nullopt;
}

}  // namespace

std::vector<ClientStatement> read_client_statements(const Message& message,
                                                    const std::vector<Recorded>& recorded) {
  std::vector<ClientStatement> out;
  for (const Recorded& entry : recorded) {
    if (entry.passed_on) continue;
    if (const auto client = recorded_client_ip(entry.method)) {
      out.push_back({*client, entry.offset, entry.line, entry.header, entry.authserv_id});
    }
  }
  for (const Field* field : message.find_all(kForefront)) {
    if (const auto client = connecting_ip(unfold(field->body))) {
      out.push_back({*client, field->offset, field->line, std::string(field->name), std::nullopt});
    }
  }
  std::ranges::sort(out, {}, &ClientStatement::offset);
  return out;
}

}  // namespace emltrace::trace
