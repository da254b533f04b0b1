#include "trace/finding/finding.hpp"

#include <algorithm>
#include <array>

#include "trace/finding/kinds_auth.hpp"
#include "trace/finding/kinds_author.hpp"
#include "trace/finding/kinds_route.hpp"
#include "trace/finding/kinds_time.hpp"

namespace emltrace::trace {
namespace {

using kinds::kAuth;
using kinds::kAuthor;
using kinds::kRoute;
using kinds::kTime;

constexpr bool by_code(const FindingKind& a, const FindingKind& b) {
  return a.code < b.code;
}

constexpr auto sorted_kinds() {
  std::array<FindingKind, kRoute.size() + kTime.size() + kAuth.size() + kAuthor.size()> all{};
  auto* at = all.begin();
  at = std::copy(kRoute.begin(), kRoute.end(), at);
  at = std::copy(kTime.begin(), kTime.end(), at);
  at = std::copy(kAuth.begin(), kAuth.end(), at);
  std::copy(kAuthor.begin(), kAuthor.end(), at);
  std::sort(all.begin(), all.end(), by_code);
  return all;
}

constexpr auto kKinds = sorted_kinds();

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::low:
      return "low";
    case Severity::medium:
      return "medium";
    case Severity::high:
      return "high";
  }
  return "info";
}

std::span<const FindingKind> finding_kinds() {
  return kKinds;
}

const FindingKind* find_kind(std::string_view code) {
  const auto* row =
      std::lower_bound(kKinds.begin(), kKinds.end(), code,
                       [](const FindingKind& kind, std::string_view c) { return kind.code < c; });
  return row != kKinds.end() && row->code == code ? row : nullptr;
}

}  // namespace emltrace::trace
