#include "auth/dkim2/recipe.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

#include "base/base64.hpp"
#include "base/json_tree.hpp"
#include "base/text.hpp"

namespace emltrace::dkim2 {
namespace {

using Kind = JsonValue::Kind;

constexpr JsonBounds kBounds{.depth = 8, .values = 400'000};

bool has_line_end(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

// ftext = %d33-57 / %d59-126 (RFC 5322 2.2)
bool is_field_name(std::string_view name) {
  return !name.empty() &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

// The keys in lower case; null where one comes again.
std::optional<std::vector<std::string>> distinct_keys(const JsonValue& object) {
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

  bool read(const JsonValue& root) {
    const auto keys = root.kind == Kind::object ? distinct_keys(root) : std::nullopt;
    if (!keys) return false;
    bool any = false;
    for (std::size_t i = 0; i < keys->size(); ++i) {
      const JsonValue& value = root.elements[i];
      if ((*keys)[i] == "h" && !read_header(value)) return false;
      if ((*keys)[i] == "b" && !read_body(value)) return false;
      any = any || (*keys)[i] == "h" || (*keys)[i] == "b";
    }
    return any;
  }

 private:
  bool read_header(const JsonValue& value) {
    const auto keys = value.kind == Kind::object ? distinct_keys(value) : std::nullopt;
    if (!keys || keys->empty()) return false;
    for (std::size_t i = 0; i < keys->size(); ++i) {
      const std::string& name = (*keys)[i];
      if (!is_field_name(name) || !read_steps(value.elements[i], out_.header[name])) return false;
    }
    return true;
  }

  bool read_body(const JsonValue& value) {
    out_.body_withheld = value.kind == Kind::null;
    return out_.body_withheld || read_steps(value, out_.body.emplace());
  }

  bool read_steps(const JsonValue& value, Steps& steps) {
    if (value.kind != Kind::list) return false;
    std::size_t behind = 0;
    for (const JsonValue& item : value.elements) {
      if (item.kind != Kind::object || item.keys.size() != 1) return false;
      const std::string key = text::lower(item.keys.front());
      if (!read_step(key, item.elements.front(), behind, steps.emplace_back())) return false;
    }
    return true;
  }

  bool read_step(std::string_view key, const JsonValue& value, std::size_t& behind, Step& step) {
    if (value.kind != Kind::list) return false;
    if (key == "c") return read_copy(value, behind, step);
    if (key != "d" && key != "u") return false;
    out_.has_octets = out_.has_octets || key == "u";
    for (const JsonValue& item : value.elements) {
      if (item.kind != Kind::text) return false;
      const auto bytes = key == "u" ? read_octets(item.text) : std::optional(item.text);
      if (!bytes || has_line_end(*bytes)) return false;
      step.literals.push_back(*bytes);
    }
    return !step.literals.empty();
  }

  static bool read_copy(const JsonValue& value, std::size_t& behind, Step& step) {
    if (value.elements.size() != 2) return false;
    const auto first = number_of(value.elements[0]);
    const auto last = number_of(value.elements[1]);
    if (!first || !last) return false;
    step.first = *first;
    step.last = *last;
    if (step.first <= behind || step.last < step.first) return false;
    behind = step.last;
    return true;
  }

  static std::optional<std::uint64_t> number_of(const JsonValue& value) {
    return value.kind == Kind::number ? text::parse_unsigned(value.text) : std::nullopt;
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
  const JsonText text = parse_json(json, kBounds);
  out.too_large = text.too_large;
  Recipe recipe;
  if (text.root && Reader(recipe).read(*text.root)) out.recipe = std::move(recipe);
  return out;
}

}  // namespace emltrace::dkim2
