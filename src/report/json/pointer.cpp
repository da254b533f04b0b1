#include "report/json/pointer.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "report/escape.hpp"
#include "report/json/json.hpp"
#include "report/json/writer.hpp"

namespace emltrace::report {
namespace json {
namespace {

using Tree = nlohmann::ordered_json;

/// As the report is written: what nlohmann writes would leave invisible characters as they are.
void write_tree(Writer& out, const Tree& tree) {
  if (tree.is_object()) {
    const auto object = out.object();
    for (const auto& [name, member] : tree.items()) {
      out.key(name);
      write_tree(out, member);
    }
  } else if (tree.is_array()) {
    const auto array = out.array();
    for (const Tree& each : tree) write_tree(out, each);
  } else if (tree.is_string()) {
    out.value(tree.get_ref<const std::string&>());
  } else if (tree.is_boolean()) {
    out.value(tree.get<bool>());
  } else if (tree.is_number_unsigned()) {
    out.value(tree.get<std::uint64_t>());
  } else if (tree.is_number()) {
    out.value(tree.get<std::int64_t>());
  } else {
    out.value(nullptr);
  }
}

std::string bare(const Tree& tree) {
  if (tree.is_null()) return {};
  if (tree.is_string()) return for_terminal(tree.get_ref<const std::string&>());
  Writer out(JsonLayout::line);
  write_tree(out, tree);
  std::string line = std::move(out).take();
  line.pop_back();
  return line;
}

}  // namespace
}  // namespace json

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text[0] != '/') return false;
  for (std::size_t at = 0; (at = text.find('~', at)) != std::string_view::npos; ++at) {
    if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
  }
  return true;
}

std::string values_line(const trace::Report& report, std::span<const std::string> pointers) {
  const auto tree = json::Tree::parse(to_json(report, JsonLayout::line));
  std::string line;
  for (const std::string& text : pointers) {
    if (!line.empty() || &text != pointers.data()) line += '\t';
    const json::Tree::json_pointer pointer(text);
    if (tree.contains(pointer)) line += json::bare(tree.at(pointer));
  }
  return line + '\n';
}

}  // namespace emltrace::report
