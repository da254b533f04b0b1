#include "message/field_text.hpp"

#include "base/text.hpp"
#include "message/charset.hpp"
#include "message/iso_2022.hpp"
#include "message/mime.hpp"

namespace emltrace {

std::string header_charset(const Message& message) {
  const Field* type = message.find("Content-Type");
  return type == nullptr ? std::string() : mime::parameter(type->body, "charset").value_or("");
}

std::optional<std::string> converted_text(const Message& message, std::string_view body) {
  if (auto text = iso_2022::decode(body)) return text;
  if (text::is_utf8(body)) return std::nullopt;
  const std::string charset = header_charset(message);
  return charset.empty() ? std::nullopt : to_utf8_whole(body, charset);
}

std::string field_text(const Message& message, std::string_view body) {
  auto converted = converted_text(message, body);
  return converted ? std::move(*converted) : std::string(body);
}

}  // namespace emltrace
