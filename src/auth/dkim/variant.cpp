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

std::size_t HeaderVariant::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(),
                    [name](const FieldText& field) { return text::iequals(field.name, name); }));
}

std::string_view HeaderVariant::value(std::size_t index) const {
  const std::string_view raw = fields[index].raw;
  std::string_view value = raw.substr(std::min(raw.find(':'), raw.size() - 1) + 1);
  if (value.ends_with('\n')) value.remove_suffix(1);
  if (value.ends_with('\r')) value.remove_suffix(1);
  return value;
}

HeaderVariant HeaderVariant::with_value(std::size_t index, std::string_view value) const {
  HeaderVariant copy = *this;
  std::string raw(fields[index].name);
  raw += ':';
  raw += value;
  raw += "\r\n";
  copy.replace(index, std::move(raw));
  return copy;
}

BodyVariant BodyVariant::of(std::string text, LineEnds ends) {
  auto owned = std::make_shared<const std::string>(std::move(text));
  const std::string_view bytes = *owned;
  return {bytes, ends, std::move(owned)};
}

BodyVariant edited(const BodyVariant& from, const std::vector<BodyEdit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const BodyEdit& edit : edits) {
    out += from.bytes.substr(at, edit.place.offset - at);
    out += edit.text;
    at = edit.place.end();
  }
  out += from.bytes.substr(at);
  return BodyVariant::of(std::move(out), from.ends);
}

}  // namespace emltrace::dkim
