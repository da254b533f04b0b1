#include "intake/container/json_tree.hpp"

#include <cstdint>
#include <istream>
#include <nlohmann/json.hpp>
#include <streambuf>
#include <utility>

#include "base/text.hpp"

namespace emltrace::intake::container {
namespace {

using Kind = JsonValue::Kind;

// A view as a stream: what follows a value stays in it.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* start = const_cast<char*>(text.data());  // never written through
    setg(start, start, start + text.size());
  }
  [[nodiscard]] std::size_t read() const { return static_cast<std::size_t>(gptr() - eback()); }
};

// The events of the parser, put together. Each gives false to stop it.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  bool null() { return add({}); }
  bool boolean(bool /*value*/) { return add({}); }
  bool number_integer(number_integer_t /*value*/) { return add({}); }
  bool number_unsigned(number_unsigned_t /*value*/) { return add({}); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) { return add({}); }
  bool binary(binary_t& /*value*/) { return add({}); }
  bool string(string_t& value) { return add({Kind::text, std::move(value), {}, {}}); }
  bool start_object(std::size_t /*count*/) { return begin(Kind::object); }
  bool start_array(std::size_t /*count*/) { return begin(Kind::list); }
  bool key(string_t& name) {
    open_.back().keys.push_back(std::move(name));
    return true;
  }
  bool end_object() { return finish(); }
  bool end_array() { return finish(); }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::json::exception& /*error*/) {
    return false;
  }

  JsonValue root;

 private:
  bool begin(Kind kind) {
    open_.push_back({kind, {}, {}, {}});
    return open_.size() <= JsonValue::kMaxDepth;
  }
  bool finish() {
    JsonValue done = std::move(open_.back());
    open_.pop_back();
    return add(std::move(done));
  }
  bool add(JsonValue value) {
    (open_.empty() ? root : open_.back().elements.emplace_back()) = std::move(value);
    return ++count_ <= JsonValue::kMaxValues;
  }

  std::vector<JsonValue> open_;
  std::size_t count_ = 0;
};

}  // namespace

JsonTexts parse_json(std::string_view text) {
  JsonTexts out;
  if (text.size() > JsonValue::kMaxBytes) return out;
  ViewBuffer buffer(text);
  std::istream stream(&buffer);
  while (out.end < text.size()) {
    Builder builder;
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

}  // namespace emltrace::intake::container
