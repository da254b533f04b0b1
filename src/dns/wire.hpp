#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "dns/answer.hpp"
#include "dns/extended_error.hpp"
#include "dns/question.hpp"

/// DNS messages (RFC 1035 4) and master files (RFC 1035 5) as bytes. No input or output here.
namespace emltrace::dns::wire {

/// The UDP payload that queries announce (RFC 6891): fits every path without fragments.
inline constexpr std::size_t kEdnsPayload = 1232;

/// A query in wire form: RD and AD set (RFC 6840 5.7), with an OPT record where `edns`.
[[nodiscard]] std::string encode_query(const Question& question, std::uint16_t id, bool edns);

/// Whether `reply` is a response with the id and the question of `query`. A FORMERR reply may leave
/// the question out, as servers without EDNS do (RFC 6891 7).
[[nodiscard]] bool answers(std::string_view query, std::string_view reply);

/// The TC bit: what follows may end in mid-record and is not decoded.
[[nodiscard]] bool truncated(std::string_view reply);

/// Response codes that are told apart (IANA).
inline constexpr unsigned kNoError = 0;
inline constexpr unsigned kFormErr = 1;
inline constexpr unsigned kServFail = 2;
inline constexpr unsigned kNxDomain = 3;
inline constexpr unsigned kNotImp = 4;
inline constexpr unsigned kRefused = 5;
inline constexpr unsigned kYxDomain = 6;  ///< RFC 6672 2.2: a DNAME leads to a name too long
inline constexpr unsigned kBadVers = 16;
/// `SERVFAIL` …, `RCODE 17` for one without a name here.
[[nodiscard]] std::string rcode_name(unsigned rcode);

/// What a reply says.
struct Reply {
  unsigned rcode = kNoError;       ///< with the upper bits of EDNS
  bool authenticated = false;      ///< AD
  std::vector<Record> records;     ///< the answer section: class IN, types that are understood
  std::size_t unreadable = 0;      ///< answer records left out because they name what no question
                                   ///< can hold: the root, odd octets
  std::set<Question> unaskable;    ///< owner and type of those
  bool negative_proof = false;     ///< a SOA record in the authority section (RFC 2308)
  std::optional<DomainName> zone;  ///< its owner; null for the root
  std::uint32_t negative_ttl = 0;  ///< seconds, of that SOA (RFC 2308 5)
  bool referral = false;  ///< no answer but other servers' names: this one does not resolve
  bool edns = false;      ///< an OPT record: the server knows EDNS
  ExtendedErrors errors;  ///< what that record says
};
/// The error says what is malformed: data longer or shorter than their type too.
[[nodiscard]] Result<Reply> decode_reply(std::string_view reply);

/// One record of a master file.
struct Entry {
  DomainName owner;
  std::optional<Record> record;  ///< null for a type that is not understood, or data that name
                                 ///< nothing that can be asked (`CNAME .`): the name exists
};
struct MasterFile {
  std::vector<Entry> entries;
  std::size_t skipped = 0;  ///< records that no question can ever be about or led to
};
/// Reads a master file; `name` is what errors call it: `a.zone:12: …`. Left out and counted are
/// records of other classes, of the root, and those with a name that no question can hold (an empty
/// label, one above 63 octets, a name above 255, octets that are not ASCII; data that name the
/// root, but for the null MX). A byte order mark is passed over. `$ORIGIN` and `$TTL` work,
/// `$INCLUDE` and `$GENERATE` are errors; without `$ORIGIN` relative names are relative to the
/// root.
[[nodiscard]] Result<MasterFile> read_master_file(std::string_view text, const std::string& name);

}  // namespace emltrace::dns::wire
