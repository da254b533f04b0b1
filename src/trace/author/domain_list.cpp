#include "trace/author/domain_list.hpp"

#include <cstddef>
#include <string>

#include "base/text.hpp"

namespace emltrace::trace {
namespace {

// The label and one of its suffixes, or a top-level domain after an empty label, above the name.
std::optional<DomainName> above(std::string_view label, std::string_view suffix,
                                const DomainName& name) {
  std::string whole(label);
  if (!label.empty()) whole += '.';
  whole += suffix;
  if (!name.text().ends_with(whole)) return std::nullopt;
  auto domain = DomainName::parse(whole);
  return domain && name.is_within(*domain) ? domain : std::nullopt;
}

}  // namespace

std::optional<DomainName> listed_domain(std::string_view list, const DomainName& name) {
  for (const std::string_view word : text::words(list)) {
    const std::size_t dot = word.find('.');
    for (const std::string_view suffix : text::split(word.substr(dot + 1), ',')) {
      if (auto domain = above(word.substr(0, dot), suffix, name)) return domain;
    }
  }
  return std::nullopt;
}

}  // namespace emltrace::trace
