#include "auth/dkim/variant.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::dkim {

void HeaderVariant::replace(std::size_t index, std::string raw) {
  owned.push_back(std::make_shared<const std::string>(std::move(raw)));
  const std::string_view text = *owned.back();
  fields[index] = {text::trim(text.substr(0, text.find(':'))), text};
}

void HeaderVariant::append(std::string raw) {
  fields.emplace_back();
  replace(fields.size() - 1, std::move(raw));
}

void HeaderVariant::erase(std::size_t index) {
  fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(index));
  if (index < own) --own;
}

std::size_t HeaderVariant::find(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [name](const FieldText& field) {
    return text::iequals(field.name, name);
  });
  return static_cast<std::size_t>(found - fields.begin());
}

BodyVariant BodyVariant::of(std::string text, LineEnds ends) {
  auto owned = std::make_shared<const std::string>(std::move(text));
  const std::string_view bytes = *owned;
  return {bytes, ends, std::move(owned)};
}

std::string_view value_of(std::string_view raw) {
  std::string_view value = raw.substr(std::min(raw.find(':'), raw.size() - 1) + 1);
  if (value.ends_with('\n')) value.remove_suffix(1);
  if (value.ends_with('\r')) value.remove_suffix(1);
  return value;
}

}  // namespace emltrace::dkim
