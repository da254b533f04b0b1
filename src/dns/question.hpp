#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/domain.hpp"

namespace emltrace::dns {

/// RR types that are asked for or understood (IANA numbers).
enum class Type : std::uint16_t {
  a = 1,
  ns = 2,
  cname = 5,
  soa = 6,
  ptr = 12,
  hinfo = 13,
  mx = 15,
  txt = 16,
  aaaa = 28,
  dname = 39,
  spf = 99
};
/// `A`, `TXT` …
[[nodiscard]] std::string_view to_string(Type type);
/// The type of that name, upper case; null for one that is not in the list.
[[nodiscard]] std::optional<Type> parse_type(std::string_view name);

struct Question {
  DomainName name;
  Type type;
  friend auto operator<=>(const Question&, const Question&) = default;
};
/// `example.org TXT`.
[[nodiscard]] std::string to_string(const Question& question);

}  // namespace emltrace::dns

template <>
struct std::hash<emltrace::dns::Question> {
  std::size_t operator()(const emltrace::dns::Question& q) const noexcept {
    return std::hash<emltrace::DomainName>{}(q.name) * 31 + static_cast<std::size_t>(q.type);
  }
};
