#include "report/json/names.hpp"

#include "base/text.hpp"
#include "report/json/values.hpp"

namespace emltrace::report::json {

std::string Names::told_apart(std::string_view name, bool twin) {
  const std::string base = text::to_valid_utf8(name);
  std::size_t& next = next_.try_emplace(base, 1).first->second;
  for (;; ++next) {
    std::string tried = next == 1 ? base : base + '_' + std::to_string(next);
    ++tried_;
    if (taken_.contains(tried) || (twin && taken_.contains(twin_of(tried)))) continue;
    ++next;
    taken_.insert(tried);
    if (twin) taken_.insert(twin_of(tried));
    return tried;
  }
}

}  // namespace emltrace::report::json
