#include "intake/container/exported.hpp"

#include <algorithm>
#include <utility>

#include "base/lines.hpp"
#include "base/text.hpp"

namespace emltrace::intake::container {
namespace {

// One field. A value of several lines stays one field.
void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(":");
  bool any = false;
  for (const text::Line& line : text::Lines(value)) {
    if (text::trim(line.text).empty()) continue;
    if (any) out += "\r\n";
    if (!any || !text::is_wsp(line.text.front())) out += ' ';
    out += line.text;
    any = true;
  }
  out += "\r\n";
}

Exported take_text(FoundMessage message, const Taken& taken, const Locate& locate) {
  Exported out;
  const Place place = locate(message.anchor);
  out.verbatim = true;
  out.offset = place.offset;
  out.text = std::move(message.text);
  out.repair = {std::string(taken.code), place.line, 1, false, std::string(taken.detail)};
  return out;
}

Exported join_fields(const FoundMessage& message, const Locate& locate) {
  Exported out;
  std::size_t line = 1;
  std::size_t first_line = 1;
  for (const auto& [name, value] : message.fields) {
    const Place place = locate(name);
    if (line == 1) {
      out.offset = place.offset;
      first_line = place.line;
    }
    out.places.add({out.text.size(), place.offset, line, place.line, 0});
    const std::size_t before = out.text.size();
    append_field(out.text, name, value);
    line += static_cast<std::size_t>(
        std::count(out.text.begin() + static_cast<std::ptrdiff_t>(before), out.text.end(), '\n'));
  }
  std::string detail = "The header was put together from the fields of JSON, without its folds.";
  if (message.unnamed > 0) {
    detail += " Fields left out, whose name is none: " + std::to_string(message.unnamed) + ".";
  }
  out.repair = {"json-headers", first_line, message.fields.size(), true, std::move(detail)};
  return out;
}

}  // namespace

Exported put_together(FoundMessage message, const Taken& taken, const Locate& locate) {
  return message.fields.empty() ? take_text(std::move(message), taken, locate)
                                : join_fields(message, locate);
}

void share_out(std::vector<Exported>& messages, std::size_t size) {
  for (std::size_t i = 0; i < messages.size(); ++i) {
    Exported& message = messages[i];
    if (i == 0) message.offset = 0;
    const std::size_t end = i + 1 < messages.size() ? messages[i + 1].offset : size;
    message.length = std::max(end, message.offset) - message.offset;
    message.places.shift_input(message.offset);
  }
}

}  // namespace emltrace::intake::container
