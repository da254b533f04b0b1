#include "base/json_tree.hpp"

#include <istream>
#include <nlohmann/json.hpp>
#include <streambuf>
#include <utility>

namespace emltrace {
namespace {

using Kind = JsonValue::Kind;

// The events of the library's parser, put together. Each gives false to stop it.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  explicit Builder(const JsonBounds& bounds) : bounds_(bounds) {}

  bool null() { return add(Kind::null) != nullptr; }
  bool boolean(bool /*value*/) { return add(Kind::other) != nullptr; }
  bool number_integer(number_integer_t /*value*/) { return add(Kind::number) != nullptr; }
  bool number_unsigned(number_unsigned_t value) { return add(Kind::number, std::to_string(value)); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) {
    return add(Kind::number) != nullptr;
  }
  bool string(string_t& value) { return add(Kind::text, std::move(value)); }
  bool binary(binary_t& /*value*/) { return false; }
  bool start_object(std::size_t /*count*/) { return open(Kind::object); }
  bool start_array(std::size_t /*count*/) { return open(Kind::list); }
  bool key(string_t& name) {
    open_.back()->keys.push_back(std::move(name));
    return true;
  }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::json::exception& /*error*/) {
    return false;
  }

  JsonValue root;
  bool too_large = false;

 private:
  // The innermost container grows while it is open, so that only its last element can move.
  JsonValue* add(Kind kind) {
    if (++count_ > bounds_.values) {
      too_large = true;
      return nullptr;
    }
    JsonValue* value = open_.empty() ? &root : &open_.back()->elements.emplace_back();
    value->kind = kind;
    return value;
  }
  bool add(Kind kind, std::string text) {
    JsonValue* value = add(kind);
    if (value != nullptr) value->text = std::move(text);
    return value != nullptr;
  }
  bool open(Kind kind) {
    if (open_.size() == bounds_.depth) {
      too_large = true;
      return false;
    }
    JsonValue* value = add(kind);
    if (value != nullptr) open_.push_back(value);
    return value != nullptr;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  const JsonBounds& bounds_;
  std::vector<JsonValue*> open_;
  std::size_t count_ = 0;
};

// A view as a stream: what follows a value stays in it.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* start = const_cast<char*>(text.data());  // never written through
    setg(start, start, start + text.size());
  }
  [[nodiscard]] std::size_t read() const { return static_cast<std::size_t>(gptr() - eback()); }
};

}  // namespace

JsonText parse_json(std::string_view text, const JsonBounds& bounds) {
  JsonText out;
  Builder builder(bounds);
  // The library takes NUL for the end of the text.
  const bool read = text.find('\0') == std::string_view::npos &&
                    nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  out.too_large = builder.too_large;
  if (read) out.root = std::move(builder.root);
  return out;
}

JsonSequence parse_json_sequence(std::string_view text, const JsonBounds& bounds) {
  JsonSequence out;
  ViewBuffer buffer(text);
  std::istream stream(&buffer);
  while (out.end < text.size()) {
    Builder builder(bounds);
    if (!nlohmann::json::sax_parse(stream, &builder, nlohmann::json::input_format_t::json, false)) {
      break;
    }
    out.values.push_back(std::move(builder.root));
    out.end = buffer.read();
    const std::size_t next = text.find_first_not_of(" \t\r\n", out.end);
    out.end = next == std::string_view::npos ? text.size() : next;
    if (out.end < text.size() && text[out.end] != '{' && text[out.end] != '[') break;
  }
  return out;
}

}  // namespace emltrace
