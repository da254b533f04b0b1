#include "auth/dkim2/recipe.hpp"

#include <algorithm>
#include <set>

#include "auth/dkim2/json_tree.hpp"
#include "base/base64.hpp"
#include "base/text.hpp"

namespace emltrace::dkim2 {
namespace {

using Kind = JsonNode::Kind;

bool has_line_end(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

// ftext = %d33-57 / %d59-126 (RFC 5322 2.2)
bool is_field_name(std::string_view name) {
  return !name.empty() &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

// The keys in lower case; null where one comes again.
std::optional<std::vector<std::string>> distinct_keys(const JsonNode& object) {
  std::set<std::string> seen;
  std::vector<std::string> keys;
  for (const std::string& key : object.keys) {
    keys.push_back(text::lower(key));
    if (!seen.insert(keys.back()).second) return std::nullopt;
  }
  return keys;
}

// Each read function is false where the text is no recipe.
class Reader {
 public:
  explicit Reader(Recipe& out) : out_(out) {}

  bool read(const JsonNode& root) {
    const auto keys = root.kind == Kind::object ? distinct_keys(root) : std::nullopt;
    if (!keys) return false;
    bool any = false;
    for (std::size_t i = 0; i < keys->size(); ++i) {
      const JsonNode& value = root.items[i];
      if ((*keys)[i] == "h" && !read_header(value)) return false;
      if ((*keys)[i] == "b" && !read_body(value)) return false;
      any = any || (*keys)[i] == "h" || (*keys)[i] == "b";
    }
    return any;
  }

 private:
  bool read_header(const JsonNode& value) {
    const auto keys = value.kind == Kind::object ? distinct_keys(value) : std::nullopt;
    if (!keys || keys->empty()) return false;
    for (std::size_t i = 0; i < keys->size(); ++i) {
      const std::string& name = (*keys)[i];
      if (!is_field_name(name) || !read_steps(value.items[i], out_.header[name])) return false;
    }
    return true;
  }

  bool read_body(const JsonNode& value) {
    out_.body_withheld = value.kind == Kind::null;
    return out_.body_withheld || read_steps(value, out_.body.emplace());
  }

  bool read_steps(const JsonNode& value, Steps& steps) {
    if (value.kind != Kind::array) return false;
    std::size_t behind = 0;
    for (const JsonNode& item : value.items) {
      if (item.kind != Kind::object || item.keys.size() != 1) return false;
      const std::string key = text::lower(item.keys.front());
      if (!read_step(key, item.items.front(), behind, steps.emplace_back())) return false;
    }
    return true;
  }

  bool read_step(std::string_view key, const JsonNode& value, std::size_t& behind, Step& step) {
    if (value.kind != Kind::array) return false;
    if (key == "c") return read_copy(value, behind, step);
    if (key != "d" && key != "u") return false;
    out_.has_octets = out_.has_octets || key == "u";
    for (const JsonNode& item : value.items) {
      if (item.kind != Kind::string) return false;
      const auto bytes = key == "u" ? read_octets(item.text) : std::optional(item.text);
      if (!bytes || has_line_end(*bytes)) return false;
      step.literals.push_back(*bytes);
    }
    return !step.literals.empty();
  }

  static bool read_copy(const JsonNode& value, std::size_t& behind, Step& step) {
    if (value.items.size() != 2 || !value.items[0].number || !value.items[1].number) return false;
    step.first = *value.items[0].number;
    step.last = *value.items[1].number;
    if (step.first <= behind || step.last < step.first) return false;
    behind = step.last;
    return true;
  }

  // Bits of the last character that stand for nothing have to be zero, so that a text has one form.
  static std::optional<std::string> read_octets(const std::string& text) {
    auto bytes = base64_decode(text);
    if (bytes && base64_encode(*bytes) != text) bytes.reset();
    return bytes;
  }

  Recipe& out_;
};

}  // namespace

RecipeText read_recipe(std::string_view json) {
  RecipeText out;
  const JsonText text = read_json(json);
  out.too_large = text.too_large;
  Recipe recipe;
  if (text.root && Reader(recipe).read(*text.root)) out.recipe = std::move(recipe);
  return out;
}

}  // namespace emltrace::dkim2
