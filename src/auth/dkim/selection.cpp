#include "auth/dkim/selection.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.hpp"

namespace emltrace::dkim {

std::size_t NameHash::operator()(std::string_view name) const {
  std::size_t hash = 0;
  std::array<char, 64> lowered{};
  for (; !name.empty(); name.remove_prefix(std::min(name.size(), lowered.size()))) {
    const std::string_view part = name.substr(0, lowered.size());
    std::ranges::transform(part, lowered.begin(), [](char c) { return text::lower(c); });
    hash = hash * 31 + std::hash<std::string_view>{}({lowered.data(), part.size()});
  }
  return hash;
}

bool SameName::operator()(std::string_view a, std::string_view b) const {
  return text::iequals(a, b);
}

Selection::Selection(const std::vector<std::string>& names) {
  mentions_.reserve(names.size());
  for (const std::string& name : names) {
    mentions_.push_back(numbers_.try_emplace(name, numbers_.size()).first->second);
  }
}

std::size_t Selection::name_of(std::string_view field) const {
  const auto found = numbers_.find(field);
  return found == numbers_.end() ? kUnnamed : found->second;
}

const std::vector<std::size_t>& Selection::select(std::span<const std::size_t> names) {
  constexpr auto kNoField = static_cast<std::size_t>(-1);
  lowest_.assign(numbers_.size(), kNoField);
  above_.resize(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == kUnnamed) continue;
    above_[i] = lowest_[names[i]];
    lowest_[names[i]] = i;
  }
  selected_.clear();
  for (const std::size_t name : mentions_) {
    const std::size_t field = lowest_[name];
    if (field == kNoField) continue;
    selected_.push_back(field);
    lowest_[name] = above_[field];
  }
  return selected_;
}

std::vector<std::size_t> select_fields(std::span<const FieldText> fields,
                                       const std::vector<std::string>& names,
                                       std::size_t excluded) {
  Selection selection(names);
  std::vector<std::size_t> numbers;
  numbers.reserve(fields.size());
  for (const FieldText& field : fields) numbers.push_back(selection.name_of(field.name));
  if (excluded < numbers.size()) numbers[excluded] = Selection::kUnnamed;
  return selection.select(numbers);
}

}  // namespace emltrace::dkim
