#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace emltrace::test {

/// A value of a MaxMind DB file: text, an unsigned number of 32 bits, or a map.
struct MmdbValue;
using MmdbMap = std::map<std::string, MmdbValue>;
struct MmdbValue {
  std::variant<std::string, std::uint32_t, MmdbMap> value;
};

/// A file in the MaxMind DB format 2.0 (records of 24 bits, a tree of IPv4 or IPv6) with one value
/// for each network, such as `203.0.113.0/24`. In a tree of IPv6 those of IPv4 stand below ::/96.
std::string network_file(int ip_version, const std::vector<std::pair<std::string, MmdbMap>>& rows);

}  // namespace emltrace::test
