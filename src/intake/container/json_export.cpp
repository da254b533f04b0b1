#include "intake/container/json_export.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "intake/container/json_fields.hpp"
#include "intake/mend/input_lines.hpp"
#include "message/charset.hpp"

namespace emltrace::intake::container {
namespace {

constexpr std::size_t kSampleBytes = 256;
constexpr Taken kTaken{"json-message", "The message was taken out of JSON."};

// JSON is UTF-8 (RFC 8259 8.1); shells of Windows write UTF-16 all the same.
std::string to_utf8_text(std::string_view bytes, std::size_t& width) {
  const Utf16 order = utf16_order(bytes);
  width = order == Utf16::none ? 1 : 2;
  const char* charset = order == Utf16::little ? "UTF-16LE" : "UTF-16BE";
  std::string text =
      width == 1 ? std::string(bytes) : to_utf8(bytes, charset).value_or(std::string());
  if (text.starts_with(text::kByteOrderMark)) {
    text.replace(0, text::kByteOrderMark.size(), text::kByteOrderMark.size(), ' ');
  }
  return text;
}

bool begins_as_json(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && (text[at] == '{' || text[at] == '[' || text[at] == '"');
}

// Finds names in the input one behind the other, so that what was read out of it has a place.
class Places {
 public:
  Places(std::string_view text, std::size_t width) : text_(text), width_(width) {}

  /// Of the next string that begins with `name`. One that is written with escapes is not found: it
  /// and all behind it stand where the last one does.
  Place find(std::string_view name) {
    const std::size_t at = lost_ ? text_.npos : text_.find('"' + std::string(name), next_);
    if (at == text_.npos) {
      lost_ = true;
    } else {
      lines_ += static_cast<std::size_t>(
          std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                     text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      at_ = at;
      next_ = at + 1 + name.size();
    }
    return {at_ * width_, 1 + lines_};
  }

 private:
  std::string_view text_;
  std::size_t width_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
  std::size_t lines_ = 0;
  bool lost_ = false;
};

}  // namespace

std::optional<Export> read_export(std::string_view bytes) {
  std::size_t width = 1;
  const bool may_be = begins_as_json(bytes.substr(0, kSampleBytes));
  if (bytes.size() > 2 * kMaxJsonBytes) return std::nullopt;
  if (!may_be && utf16_order(bytes) == Utf16::none && !bytes.starts_with(text::kByteOrderMark)) {
    return std::nullopt;
  }
  const std::string text = to_utf8_text(bytes, width);
  if (!begins_as_json(text)) return std::nullopt;
  const JsonSequence json = parse_export(text);
  Export out;
  out.complete = json.end == text.size();
  Places places(text, width);
  const auto locate = [&places](std::string_view name) { return places.find(name); };
  for (const JsonValue& value : json.values) {
    for (FoundMessage& message : find_messages(value)) {
      out.messages.push_back(put_together(std::move(message), kTaken, locate));
    }
  }
  if (out.messages.empty() && !out.complete) return std::nullopt;
  share_out(out.messages, bytes.size());
  return out;
}

}  // namespace emltrace::intake::container
