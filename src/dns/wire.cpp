#include "dns/wire.hpp"

#include <ldns/ldns.h>
// First: ldns/common.h defines bool where it does not see this one.
#include <stdbool.h>  // NOLINT(modernize-deprecated-headers)

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <new>
#include <span>

#include "base/text.hpp"
#include "dns/master_text.hpp"
#include "dns/record_walk.hpp"

namespace emltrace::dns::wire {
namespace {

constexpr std::size_t kHeaderSize = 12;
constexpr std::size_t kMaxLabel = 63;
constexpr std::uint32_t kDefaultTtl = 3600;

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
void free_malloced(std::uint8_t* bytes) {
  LDNS_FREE(bytes);
}
using Packet = std::unique_ptr<ldns_pkt, Deleter<ldns_pkt_free>>;
using Rr = std::unique_ptr<ldns_rr, Deleter<ldns_rr_free>>;
using Rdf = std::unique_ptr<ldns_rdf, Deleter<ldns_rdf_deep_free>>;
using Bytes = std::unique_ptr<std::uint8_t, Deleter<free_malloced>>;
/// What of ldns and the C library can only fail for want of memory.
template <class T>
T* had(T* made) {
  if (made == nullptr) throw std::bad_alloc();
  return made;
}
using File = std::unique_ptr<std::FILE, Deleter<std::fclose>>;

std::span<const std::uint8_t> data_of(const ldns_rdf& rdf) {
  return {ldns_rdf_data(&rdf), ldns_rdf_size(&rdf)};
}

std::string to_text(std::span<const std::uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}

bool is_root(const ldns_rdf& name) {
  return ldns_rdf_size(&name) == 1;
}

/// Label by label, never through presentation escapes. A dot inside a label would read as two
/// labels: such a name cannot be held.
std::optional<DomainName> read_name(const ldns_rdf& rdf) {
  const auto bytes = data_of(rdf);
  std::string text;
  for (std::size_t at = 0; at < bytes.size() && bytes[at] != 0; at += bytes[at] + 1U) {
    const std::size_t length = bytes[at];
    if (length > kMaxLabel || at + length >= bytes.size()) return std::nullopt;
    const auto label = bytes.subspan(at + 1, length);
    if (std::find(label.begin(), label.end(), '.') != label.end()) return std::nullopt;
    if (!text.empty()) text += '.';
    text += to_text(label);
  }
  return DomainName::parse_octets(text);
}

Rdf write_name(const DomainName& name) {
  std::string bytes;
  for (const std::string_view label : text::split(name.text(), '.')) {
    bytes += static_cast<char>(label.size());
    bytes += label;
  }
  bytes += '\0';
  return Rdf(had(ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, bytes.size(), bytes.data())));
}

std::optional<ip::Address> read_address(std::span<const std::uint8_t> bytes) {
  if (bytes.size() == 4) {
    std::array<std::uint8_t, 4> v4{};
    std::copy(bytes.begin(), bytes.end(), v4.begin());
    return ip::Address::v4(v4);
  }
  if (bytes.size() == 16) {
    std::array<std::uint8_t, 16> v6{};
    std::copy(bytes.begin(), bytes.end(), v6.begin());
    return ip::Address::v6(v6);
  }
  return std::nullopt;
}

Text read_text(const ldns_rr& rr) {
  Text text;
  for (std::size_t i = 0; i < ldns_rr_rd_count(&rr); ++i) {
    const auto bytes = data_of(*ldns_rr_rdf(&rr, i));
    text.strings.push_back(bytes.empty() ? std::string() : to_text(bytes.subspan(1)));
  }
  return text;
}

using Data = decltype(Record::data);

std::optional<Data> read_exchange(const ldns_rr& rr) {
  if (ldns_rr_rd_count(&rr) != 2) return std::nullopt;
  const ldns_rdf& target = *ldns_rr_rdf(&rr, 1);
  MailExchange exchange{ldns_rdf2native_int16(ldns_rr_rdf(&rr, 0)), std::nullopt};
  if (!is_root(target)) {
    exchange.exchange = read_name(target);
    if (!exchange.exchange) return std::nullopt;
  }
  return exchange;
}

/// Null for data that cannot be held.
std::optional<Data> read_data(const ldns_rr& rr, Type type) {
  if (type == Type::txt || type == Type::spf || type == Type::hinfo) return read_text(rr);
  if (type == Type::mx) return read_exchange(rr);
  if (ldns_rr_rd_count(&rr) != 1) return std::nullopt;
  const ldns_rdf& rdf = *ldns_rr_rdf(&rr, 0);
  if (type == Type::a || type == Type::aaaa) return read_address(data_of(rdf));
  return read_name(rdf);
}

/// The types whose data are understood; a SOA is read for its times alone.
std::optional<Type> understood(const ldns_rr& rr) {
  if (ldns_rr_get_class(&rr) != LDNS_RR_CLASS_IN) return std::nullopt;
  switch (ldns_rr_get_type(&rr)) {
    case LDNS_RR_TYPE_A:
      return Type::a;
    case LDNS_RR_TYPE_AAAA:
      return Type::aaaa;
    case LDNS_RR_TYPE_NS:
      return Type::ns;
    case LDNS_RR_TYPE_CNAME:
      return Type::cname;
    case LDNS_RR_TYPE_DNAME:
      return Type::dname;
    case LDNS_RR_TYPE_PTR:
      return Type::ptr;
    case LDNS_RR_TYPE_MX:
      return Type::mx;
    case LDNS_RR_TYPE_HINFO:
      return Type::hinfo;
    case LDNS_RR_TYPE_TXT:
      return Type::txt;
    case LDNS_RR_TYPE_SPF:
      return Type::spf;
    default:
      return std::nullopt;
  }
}

std::optional<Record> read_record(const ldns_rr& rr, Type type) {
  auto owner = read_name(*ldns_rr_owner(&rr));
  auto data = owner ? read_data(rr, type) : std::nullopt;
  if (!data) return std::nullopt;
  return Record{std::move(*owner), type, ldns_rr_ttl(&rr), std::move(*data)};
}

void read_answer_section(const ldns_pkt& packet, Reply& reply) {
  const ldns_rr_list* section = ldns_pkt_answer(&packet);
  for (std::size_t i = 0; i < ldns_rr_list_rr_count(section); ++i) {
    const ldns_rr& rr = *ldns_rr_list_rr(section, i);
    const auto type = understood(rr);
    if (!type) continue;
    if (auto record = read_record(rr, *type)) {
      reply.records.push_back(std::move(*record));
      continue;
    }
    ++reply.unreadable;
    if (auto owner = read_name(*ldns_rr_owner(&rr))) {
      reply.unaskable.insert({std::move(*owner), *type});
    }
  }
}

void read_authority_section(const ldns_pkt& packet, Reply& reply) {
  constexpr std::size_t kSoaFields = 7;
  const ldns_rr_list* section = ldns_pkt_authority(&packet);
  bool name_servers = false;
  for (std::size_t i = 0; i < ldns_rr_list_rr_count(section); ++i) {
    const ldns_rr& rr = *ldns_rr_list_rr(section, i);
    if (ldns_rr_get_type(&rr) == LDNS_RR_TYPE_NS) name_servers = true;
    if (ldns_rr_get_type(&rr) != LDNS_RR_TYPE_SOA || ldns_rr_rd_count(&rr) != kSoaFields) continue;
    reply.negative_proof = true;
    reply.zone = read_name(*ldns_rr_owner(&rr));
    const std::uint32_t minimum = ldns_rdf2native_int32(ldns_rr_rdf(&rr, kSoaFields - 1));
    reply.negative_ttl = std::min(ldns_rr_ttl(&rr), minimum);
  }
  reply.referral = name_servers && !reply.negative_proof && !ldns_pkt_aa(&packet) &&
                   ldns_rr_list_rr_count(ldns_pkt_answer(&packet)) == 0;
}

std::uint8_t octet(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

unsigned question_count(std::string_view message) {
  return octet(message, 4) * 256U + octet(message, 5);
}

/// The bytes of the one question of a query that `encode_query` made.
std::string_view question_section(std::string_view query) {
  std::size_t at = kHeaderSize;
  while (octet(query, at) != 0) at += octet(query, at) + 1U;
  return query.substr(kHeaderSize, at + 5 - kHeaderSize);
}

/// The state that ldns keeps between the records of a master file.
class MasterReader {
 public:
  explicit MasterReader(std::string_view text)
      : file_(had(fmemopen(const_cast<char*>(text.data()), text.size(), "r"))),
        origin_(had(ldns_dname_new_frm_str("."))) {}
  MasterReader(const MasterReader&) = delete;
  MasterReader& operator=(const MasterReader&) = delete;
  ~MasterReader() {
    ldns_rdf_deep_free(origin_);
    ldns_rdf_deep_free(previous_);
  }
  [[nodiscard]] bool at_end() const { return std::feof(file_.get()) != 0; }
  [[nodiscard]] int line() const { return line_; }
  ldns_status next(Rr& rr) {
    ldns_rr* made = nullptr;
    const auto status =
        ldns_rr_new_frm_fp_l(&made, file_.get(), &ttl_, &origin_, &previous_, &line_);
    rr.reset(status == LDNS_STATUS_OK ? made : nullptr);
    return status;
  }

 private:
  File file_;
  std::uint32_t ttl_ = kDefaultTtl;
  ldns_rdf* origin_;
  ldns_rdf* previous_ = nullptr;
  int line_ = 0;
};

bool is_no_record(ldns_status status) {
  return status == LDNS_STATUS_SYNTAX_TTL || status == LDNS_STATUS_SYNTAX_ORIGIN ||
         status == LDNS_STATUS_SYNTAX_EMPTY;
}

// Data that cannot be asked for (an alias to the root) leave a name without data of its type.
void take_entry(const ldns_rr& rr, MasterFile& file) {
  auto owner = read_name(*ldns_rr_owner(&rr));
  if (ldns_rr_get_class(&rr) != LDNS_RR_CLASS_IN || !owner) {
    ++file.skipped;
    return;
  }
  const auto type = understood(rr);
  auto record = type ? read_record(rr, *type) : std::nullopt;
  if (type && !record) ++file.skipped;
  file.entries.push_back({std::move(*owner), std::move(record)});
}

}  // namespace

std::string encode_query(const Question& question, std::uint16_t id, bool edns) {
  const Packet packet(
      had(ldns_pkt_query_new(write_name(question.name).release(),
                             static_cast<ldns_rr_type>(question.type), LDNS_RR_CLASS_IN, LDNS_RD)));
  ldns_pkt_set_id(packet.get(), id);
  ldns_pkt_set_ad(packet.get(), true);
  if (edns) ldns_pkt_set_edns_udp_size(packet.get(), kEdnsPayload);
  std::uint8_t* raw = nullptr;
  std::size_t size = 0;
  if (ldns_pkt2wire(&raw, packet.get(), &size) != LDNS_STATUS_OK) throw std::bad_alloc();
  const Bytes bytes(raw);
  return to_text({raw, size});
}

bool answers(std::string_view query, std::string_view reply) {
  if (reply.size() < kHeaderSize || reply.substr(0, 2) != query.substr(0, 2)) return false;
  const bool is_response = (octet(reply, 2) & 0x80U) != 0;
  const bool is_query_opcode = (octet(reply, 2) & 0x78U) == 0;
  if (!is_response || !is_query_opcode) return false;
  if (question_count(reply) == 0) return (octet(reply, 3) & 0x0FU) == kFormErr;
  const std::string_view asked = question_section(query);
  return question_count(reply) == 1 && text::istarts_with(reply.substr(kHeaderSize), asked);
}

bool truncated(std::string_view reply) {
  return reply.size() >= kHeaderSize && (octet(reply, 2) & 0x02U) != 0;
}

std::string rcode_name(unsigned rcode) {
  // The IANA registry "DNS RCODEs", by number.
  static constexpr std::array<std::string_view, 11> kNames = {
      "NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED",
      "YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE"};
  if (rcode < kNames.size()) return std::string(kNames[rcode]);
  return rcode == kBadVers ? "BADVERS" : "RCODE " + std::to_string(rcode);
}

Result<Reply> decode_reply(std::string_view reply) {
  ldns_pkt* raw = nullptr;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(reply.data());
  const ldns_status status = ldns_wire2pkt(&raw, bytes, reply.size());
  const Packet packet(status == LDNS_STATUS_OK ? raw : nullptr);
  if (!packet) {
    return Error{std::string("malformed reply: ") + ldns_get_errorstr_by_id(status)};
  }
  if (!answer_lengths_fit(reply)) {
    return Error{"malformed reply: the data of a record are not as long as their type"};
  }
  Reply decoded;
  decoded.rcode = static_cast<unsigned>(ldns_pkt_get_rcode(packet.get())) |
                  static_cast<unsigned>(ldns_pkt_edns_extended_rcode(packet.get())) << 4U;
  decoded.authenticated = ldns_pkt_ad(packet.get());
  decoded.edns = ldns_pkt_edns(packet.get());
  if (const ldns_rdf* options = ldns_pkt_edns_data(packet.get())) {
    decoded.errors = read_extended_errors(to_text(data_of(*options)));
  }
  read_answer_section(*packet, decoded);
  read_authority_section(*packet, decoded);
  return decoded;
}

Result<MasterFile> read_master_file(std::string_view text, const std::string& name) {
  MasterFile file;
  const MasterText master(text);
  if (master.text().empty()) return file;
  const auto error_at = [&](int line, const std::string& what) {
    return Error{name + ":" + std::to_string(master.record_line(line)) + ": " + what};
  };
  if (const auto line = master.nul_line()) return error_at(*line, "a NUL byte");
  MasterReader reader(master.text());
  while (!reader.at_end()) {
    const int line = reader.line();
    Rr rr;
    const ldns_status status = reader.next(rr);
    if (status == LDNS_STATUS_OK) {
      take_entry(*rr, file);
    } else if (is_no_record(status)) {
      continue;
    } else if (master.names_nothing(line, reader.line())) {
      ++file.skipped;
    } else if (const auto directive = master.unread_directive(line)) {
      return error_at(line, *directive + " is not read");
    } else {
      return error_at(line, ldns_get_errorstr_by_id(status));
    }
  }
  return file;
}

}  // namespace emltrace::dns::wire
