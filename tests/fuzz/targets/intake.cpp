#include <algorithm>
#include <string>
#include <variant>

#include "fuzz/seeds.hpp"
#include "intake/container/csv_export.hpp"
#include "intake/container/json_export.hpp"
#include "intake/container/magic.hpp"
#include "intake/reader.hpp"

namespace emltrace::fuzz {
namespace {

using intake::Item;

std::size_t lines_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; }));
}

// Every place of what is parsed leads to a place of what was given. A line is one of the container
// where the text was put together, else of the text as it was given.
void check_places(const Item& item, std::string_view container) {
  const std::size_t lines = 1 + std::max(lines_of(item.original), lines_of(container));
  std::size_t line = 1;
  for (std::size_t at = 0; at <= item.text.size(); ++at) {
    expect(item.places.input_offset(at) <= item.original.size(), "a place lies in the input");
    const std::size_t input_line = item.places.input_line(at, line);
    expect(input_line >= 1 && input_line <= lines + 1, "a line is one of the input");
    if (at < item.text.size() && item.text[at] == '\n') ++line;
  }
}

// Its messages are made of what stands in it.
bool is_container(std::string_view input) {
  return intake::container::find_magic(input) != nullptr || intake::container::read_export(input) ||
         intake::container::read_csv(input);
}

// A repair of a message that was taken out of a container stands in that.
void check_repairs(const Item& item, std::string_view container) {
  const std::size_t lines = lines_of(container.empty() ? item.original : container);
  for (const intake::Repair& repair : item.repairs) {
    expect(repair.count > 0 && repair.line >= 1 && repair.line <= lines + 1,
           "a repair stands in the input");
  }
}

// `container`: the input, where it is one.
void check(const Item& item, std::string_view input, std::string_view container) {
  expect(!item.text.empty(), "an item holds something");
  if (item.repairs.empty()) {
    expect(item.text.data() == item.original.data() && item.text.size() == item.original.size(),
           "what is not mended is parsed as it was given");
    expect(item.places.empty(), "what is not mended stands in its own place");
  }
  check_places(item, container);
  check_repairs(item, container);
  if (item.part || !container.empty()) return;
  expect(item.base_offset + item.original.size() <= input.size(), "an item lies in the input");
  expect(input.substr(item.base_offset, item.original.size()) == item.original,
         "an item's bytes are those of the input");
}

void read(std::string_view input, std::string_view container, intake::InputKind kind) {
  intake::Options options;
  options.input = kind;
  options.attached = intake::AttachedMode::all;
  intake::Reader reader("fuzz", std::string(input), options);
  std::size_t entries = 0;
  while (const auto entry = reader.next()) {
    ++entries;
    if (const auto* item = std::get_if<Item>(&*entry)) check(*item, input, container);
  }
  expect(entries > 0, "an input gives an item or a fault");
}

void run(std::string_view input) {
  using enum intake::InputKind;
  const std::string_view container = is_container(input) ? input : std::string_view();
  for (const auto kind : {automatic, message, headers, mbox}) read(input, container, kind);
  const auto entries = intake::read_bytes("fuzz", std::string(input), {});
  expect(!entries.empty(), "bytes give an item or a fault");
}

Inputs seeds() {
  return files({".eml", ".mbox", ".txt", ".msg", ".emlx", ".json", ".zip", ".bin"});
}

const Registration registration({"intake", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
