#include "support/dns_bytes.hpp"

#include <variant>

#include "base/text.hpp"

namespace emltrace::test {
namespace {

struct RdataWriter {
  std::string operator()(const ip::Address& address) const { return bytes_of(address); }
  std::string operator()(const DomainName& name) const {
    std::string out;
    put_name(out, name.text());
    return out;
  }
  std::string operator()(const dns::MailExchange& mx) const {
    std::string out;
    put16(out, mx.preference);
    put_name(out, mx.exchange ? mx.exchange->text() : std::string());
    return out;
  }
  std::string operator()(const dns::Text& text) const {
    std::string out;
    for (const auto& part : text.strings) out += static_cast<char>(part.size()) + part;
    return out;
  }
};

}  // namespace

void put16(std::string& out, std::size_t value) {
  out += static_cast<char>((value >> 8U) & 0xFFU);
  out += static_cast<char>(value & 0xFFU);
}

void put_name(std::string& out, std::string_view name) {
  if (!name.empty()) {
    for (const auto label : text::split(name, '.')) {
      out += static_cast<char>(label.size());
      out += label;
    }
  }
  out += '\0';
}

std::string bytes_of(const ip::Address& address) {
  const auto bytes = address.bytes();
  return {bytes.begin(), bytes.end()};
}

std::size_t get16(std::string_view bytes, std::size_t at) {
  if (at + 2 > bytes.size()) return 0;
  return static_cast<std::uint8_t>(bytes[at]) * 256U + static_cast<std::uint8_t>(bytes[at + 1]);
}

void put_record(std::string& out, std::string_view owner, dns::Type type, std::uint32_t ttl,
                std::string_view data) {
  put_name(out, owner);
  put16(out, static_cast<std::size_t>(type));
  put16(out, 1);
  put16(out, ttl >> 16U);
  put16(out, ttl & 0xFFFFU);
  put16(out, data.size());
  out += data;
}

std::optional<Query> read_query(std::string_view bytes) {
  if (bytes.size() < kDnsHeader || get16(bytes, 4) != 1) return std::nullopt;
  Query query;
  std::size_t at = kDnsHeader;
  while (at < bytes.size() && bytes[at] != 0) {
    const auto length = static_cast<std::uint8_t>(bytes[at]);
    if (!query.asked.name.empty()) query.asked.name += '.';
    query.asked.name += text::lower(bytes.substr(at + 1, length));
    at += length + 1U;
  }
  if (at + 5 > bytes.size()) return std::nullopt;
  query.section = bytes.substr(kDnsHeader, at + 5 - kDnsHeader);
  query.asked.type = static_cast<dns::Type>(get16(bytes, at + 1));
  query.asked.id = static_cast<std::uint16_t>(get16(bytes, 0));
  query.asked.recursion_desired = (static_cast<std::uint8_t>(bytes[2]) & 0x01U) != 0;
  query.asked.authentic_data = (static_cast<std::uint8_t>(bytes[3]) & 0x20U) != 0;
  const bool has_opt = get16(bytes, 10) == 1 && get16(bytes, at + 6) == kOptRecord;
  query.asked.edns_payload = has_opt ? get16(bytes, at + 8) : 0;
  return query;
}

std::string rdata_of(const decltype(dns::Record::data)& data) {
  return std::visit(RdataWriter{}, data);
}

std::string reply_head(const Query& query, std::uint8_t rcode, bool ad, Counts counts) {
  std::string out;
  put16(out, query.asked.id);
  out += static_cast<char>(0x81);
  out += static_cast<char>(0x80U | (ad ? 0x20U : 0U) | rcode);
  put16(out, 1);
  put16(out, counts.answers);
  put16(out, counts.authorities);
  put16(out, 0);
  return out + query.section;
}

std::string truncate(const Query& query, std::string reply) {
  reply.resize(kDnsHeader + query.section.size());
  reply[2] = static_cast<char>(static_cast<std::uint8_t>(reply[2]) | 0x02U);
  reply.replace(6, 6, 6, '\0');
  return reply;
}

}  // namespace emltrace::test
