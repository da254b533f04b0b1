#include "auth/dkim2/json_tree.hpp"

#include <nlohmann/json.hpp>

namespace emltrace::dkim2 {
namespace {

// Called by the library's parser, in order; false ends it.
class Builder final : public nlohmann::json::json_sax_t {
 public:
  explicit Builder(JsonText& out) : out_(out) {}

  bool null() override { return add(Kind::null) != nullptr; }
  bool boolean(bool /*value*/) override { return add(Kind::other) != nullptr; }
  bool number_integer(number_integer_t /*value*/) override { return add(Kind::number) != nullptr; }
  bool number_unsigned(number_unsigned_t value) override {
    JsonNode* node = add(Kind::number);
    if (node != nullptr) node->number = value;
    return node != nullptr;
  }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
    return add(Kind::number) != nullptr;
  }
  bool string(string_t& value) override {
    JsonNode* node = add(Kind::string);
    if (node != nullptr) node->text = std::move(value);
    return node != nullptr;
  }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(Kind::object); }
  bool start_array(std::size_t /*size*/) override { return open(Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    open_.back()->keys.push_back(std::move(name));
    return true;
  }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

 private:
  using Kind = JsonNode::Kind;

  // The innermost container grows while it is open, so that only its last item can move.
  JsonNode* add(Kind kind) {
    if (++count_ > kMaxJsonNodes) {
      out_.too_large = true;
      return nullptr;
    }
    JsonNode* node = open_.empty() ? &out_.root.emplace() : &open_.back()->items.emplace_back();
    node->kind = kind;
    return node;
  }
  bool open(Kind kind) {
    if (open_.size() == kMaxJsonDepth) {
      out_.too_large = true;
      return false;
    }
    JsonNode* node = add(kind);
    if (node != nullptr) open_.push_back(node);
    return node != nullptr;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  JsonText& out_;
  std::vector<JsonNode*> open_;
  std::size_t count_ = 0;
};

}  // namespace

JsonText read_json(std::string_view text) {
  JsonText out;
  Builder builder(out);
  // The library takes NUL for the end of the text.
  const bool read = text.find('\0') == std::string_view::npos &&
                    nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (!read) out.root.reset();
  return out;
}

}  // namespace emltrace::dkim2
