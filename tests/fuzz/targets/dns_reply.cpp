#include <algorithm>
#include <string>

#include "dns/wire.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

using dns::Question;
using dns::Type;

// What must be readable before a reply is decoded is read of any bytes.
void check_answers(std::string_view input) {
  const std::string query =
      dns::wire::encode_query({*DomainName::parse("example.org"), Type::txt}, 0x1234, true);
  expect(!dns::wire::answers(query, query), "a query is no reply");
  if (dns::wire::answers(query, input)) {
    expect(input.substr(0, 2) == query.substr(0, 2), "a reply has the id of its query");
  }
  static_cast<void>(dns::wire::truncated(input));
}

void check_record(const dns::Record& record) {
  expect(record.owner.text().size() <= 253, "a name is not above 253 octets");
  if (const auto* text = std::get_if<dns::Text>(&record.data)) {
    for (const std::string& part : text->strings) {
      expect(part.size() <= 255, "a character-string is not above 255 octets");
    }
  }
  if (const auto* name = std::get_if<DomainName>(&record.data)) {
    expect(DomainName::parse_octets(name->text()) == *name, "a name is read back");
  }
  const std::string query = dns::wire::encode_query({record.owner, record.type}, 1, false);
  expect(query.size() > 12, "a name that was read can be asked for");
}

void run(std::string_view input) {
  check_answers(input);
  const auto reply = dns::wire::decode_reply(input);
  if (!reply) {
    expect(!reply.error().empty(), "an error is named");
    return;
  }
  expect(reply->records.size() + reply->unreadable <= input.size() / 11,
         "a record takes eleven octets or more");
  for (const dns::Record& record : reply->records) check_record(record);
}

// ---- seeds: replies as a server writes them (RFC 1035 4.1)

std::string number16(std::size_t value) {
  return {static_cast<char>(value >> 8U & 0xFFU), static_cast<char>(value & 0xFFU)};
}

std::string name_of(const DomainName& name) {
  std::string out;
  std::string_view rest = name.text();
  while (!rest.empty()) {
    const std::string_view label = rest.substr(0, rest.find('.'));
    out += static_cast<char>(label.size());
    out += label;
    rest.remove_prefix(std::min(rest.size(), label.size() + 1));
  }
  return out + '\0';
}

struct Rdata {
  std::string operator()(const ip::Address& address) const {
    const auto bytes = address.bytes();
    return {bytes.begin(), bytes.end()};
  }
  std::string operator()(const DomainName& name) const { return name_of(name); }
  std::string operator()(const dns::MailExchange& mx) const {
    return number16(mx.preference) + (mx.exchange ? name_of(*mx.exchange) : std::string(1, '\0'));
  }
  std::string operator()(const dns::Text& text) const {
    std::string out;
    for (const std::string& part : text.strings) out += static_cast<char>(part.size()) + part;
    return out;
  }
};

std::string reply_with(const dns::Record& record) {
  std::string out = dns::wire::encode_query({record.owner, record.type}, 0x1234, false);
  out[2] = '\x81';  // QR, RD
  out[3] = '\x80';  // RA
  out[7] = '\x01';  // ANCOUNT
  const std::string data = std::visit(Rdata{}, record.data);
  out += "\xC0\x0C" + number16(static_cast<std::size_t>(record.type)) + number16(1);
  out += number16(0) + number16(300) + number16(data.size()) + data;
  return out;
}

Inputs seeds() {
  constexpr std::size_t kMost = 300;
  Inputs out;
  for (const dns::wire::Entry& entry : zone_entries()) {
    if (entry.record && out.size() < kMost) out.push_back(reply_with(*entry.record));
  }
  return out;
}

const Registration registration({"dns_reply", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
