#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip.hpp"
#include "dns/answer.hpp"
#include "dns/question.hpp"

/// DNS messages as bytes (RFC 1035 4), written without the library that is tested: whatever a
/// server could send, right or wrong.
namespace emltrace::test {

inline constexpr std::size_t kDnsHeader = 12;
inline constexpr std::uint16_t kOptRecord = 41;  ///< the type of an OPT record (RFC 6891)
inline constexpr std::uint8_t kServFail = 2;
inline constexpr std::uint8_t kRefused = 5;
inline constexpr std::uint8_t kNxDomain = 3;

/// A question as the server got it.
struct Asked {
  std::string name;  ///< lower case, no trailing dot
  dns::Type type{};
  std::uint16_t id = 0;
  std::uint16_t source_port = 0;
  std::size_t edns_payload = 0;  ///< 0 without EDNS
  bool recursion_desired = false;
  bool authentic_data = false;
  bool tcp = false;
};

/// A query taken apart; the question section as it came.
struct Query {
  Asked asked;
  std::string section;
};
/// Null where it does not hold one question.
[[nodiscard]] std::optional<Query> read_query(std::string_view bytes);

/// Big-endian; 0 where the bytes end before.
[[nodiscard]] std::size_t get16(std::string_view bytes, std::size_t at);
void put16(std::string& out, std::size_t value);
/// Without compression.
void put_name(std::string& out, std::string_view name);
void put_record(std::string& out, std::string_view owner, dns::Type type, std::uint32_t ttl,
                std::string_view data);
[[nodiscard]] std::string bytes_of(const ip::Address& address);
[[nodiscard]] std::string rdata_of(const decltype(dns::Record::data)& data);

struct Counts {
  std::size_t answers = 0;
  std::size_t authorities = 0;
};
/// Header and question of a reply: QR, RD and RA set.
[[nodiscard]] std::string reply_head(const Query& query, std::uint8_t rcode, bool ad,
                                     Counts counts);
/// Header and question of `reply`, with TC.
[[nodiscard]] std::string truncate(const Query& query, std::string reply);

}  // namespace emltrace::test
