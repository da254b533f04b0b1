#include "support/network_file.hpp"

#include <array>

#include "base/ip.hpp"

namespace emltrace::test {
namespace {

enum Type : unsigned { text = 2, uint16 = 5, uint32 = 6, map = 7, uint64 = 9, array = 11 };

// A control byte: the type in its upper three bits, or 0 and the type less 7 behind it.
std::string control(unsigned type, std::size_t size) {
  std::string out;
  std::string more;
  unsigned field = static_cast<unsigned>(size);
  if (size >= 29) {
    more = std::string(1, static_cast<char>(size - 29));
    field = 29;
  }
  if (type <= 7) {
    out += static_cast<char>(type << 5U | field);
  } else {
    out += static_cast<char>(field);
    out += static_cast<char>(type - 7);
  }
  return out + more;
}

std::string number(unsigned type, std::uint64_t value) {
  std::string bytes;
  for (; value > 0; value >>= 8U) bytes.insert(bytes.begin(), static_cast<char>(value & 0xFFU));
  return control(type, bytes.size()) + bytes;
}

std::string words(const std::string& value) {
  return control(text, value.size()) + value;
}

std::string packed(const MmdbMap& value) {
  std::string out = control(map, value.size());
  for (const auto& [name, member] : value) {
    out += words(name);
    if (const auto* string = std::get_if<std::string>(&member.value)) {
      out += words(*string);
    } else if (const auto* whole = std::get_if<std::uint32_t>(&member.value)) {
      out += number(uint32, *whole);
    } else {
      out += packed(std::get<MmdbMap>(member.value));
    }
  }
  return out;
}

struct Tree {
  // A record: 0 for nothing, a node's number, or -1 - the offset of a value.
  std::vector<std::array<long, 2>> nodes{{0, 0}};

  void add(const std::vector<bool>& bits, long value) {
    std::size_t node = 0;
    for (std::size_t i = 0; i + 1 < bits.size(); ++i) {
      const bool bit = bits[i];
      if (nodes[node][bit] <= 0) {
        nodes.push_back({0, 0});
        nodes[node][bit] = static_cast<long>(nodes.size()) - 1;
      }
      node = static_cast<std::size_t>(nodes[node][bit]);
    }
    nodes[node][bits.back()] = -1 - value;
  }
  [[nodiscard]] std::string bytes() const {
    std::string out;
    const auto count = static_cast<long>(nodes.size());
    for (const auto& records : nodes) {
      for (const long record : records) {
        const long value = record > 0 ? record : record == 0 ? count : count + 16 + (-1 - record);
        for (const int shift : {16, 8, 0}) out += static_cast<char>(value >> shift & 0xFF);
      }
    }
    return out;
  }
};

std::vector<bool> bits_of(const ip::Network& network, int ip_version) {
  std::vector<bool> bits;
  if (ip_version == 6 && network.address().is_v4()) bits.assign(96, false);
  const auto bytes = network.address().bytes();
  for (unsigned i = 0; i < network.prefix_length(); ++i)
    bits.push_back((bytes[i / 8] >> (7 - i % 8) & 1) != 0);
  return bits;
}

}  // namespace

std::string network_file(int ip_version, const std::vector<std::pair<std::string, MmdbMap>>& rows) {
  Tree tree;
  std::string data;
  for (const auto& [network, value] : rows) {
    tree.add(bits_of(*ip::Network::parse(network), ip_version), static_cast<long>(data.size()));
    data += packed(value);
  }
  std::string metadata = control(map, 9);
  metadata += words("node_count") + number(uint32, tree.nodes.size());
  metadata += words("record_size") + number(uint16, 24);
  metadata += words("ip_version") + number(uint16, static_cast<unsigned>(ip_version));
  metadata += words("database_type") + words("Test");
  metadata += words("languages") + control(array, 0);
  metadata += words("binary_format_major_version") + number(uint16, 2);
  metadata += words("binary_format_minor_version") + number(uint16, 0);
  metadata += words("build_epoch") + number(uint64, 1'790'000'000);
  metadata += words("description") + control(map, 0);
  return tree.bytes() + std::string(16, '\0') + data + "\xab\xcd\xefMaxMind.com" + metadata;
}

}  // namespace emltrace::test
