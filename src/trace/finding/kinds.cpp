#include "trace/finding/kinds.hpp"

#include <algorithm>
#include <vector>

namespace emltrace::trace {
namespace {

std::vector<FindingKind> all_kinds() {
  std::vector<FindingKind> all;
  for (const auto rows : {kinds::auth(), kinds::author(), kinds::dkim2(), kinds::route(),
                          kinds::sign(), kinds::time()}) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  std::ranges::sort(all, {}, [](const FindingKind& kind) { return kind.code.index(); });
  return all;
}

}  // namespace

std::span<const FindingKind> finding_kinds() {
  static const std::vector<FindingKind> all = all_kinds();
  return all;
}

const FindingKind& kind_of(Code code) {
  return finding_kinds()[code.index()];
}

const FindingKind* find_kind(std::string_view code) {
  const std::size_t row = code_rows::find(code);
  return row < code_rows::kRows.size() ? &finding_kinds()[row] : nullptr;
}

}  // namespace emltrace::trace
