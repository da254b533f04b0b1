// .emlx, a message in a store of Apple Mail: a line with its length in bytes, the message, and an
// XML property list of what the program knows of it. In a .partial.emlx the attachments are cut out
// of the body; X-Apple-Content-Length stands where each was.

#include <optional>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::string_view kCutOut = "\nX-Apple-Content-Length:";

struct Bounds {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool begins_list(std::string_view text) {
  text = text::trim(text);
  return text.starts_with("<?xml") || text.starts_with("<!DOCTYPE plist") ||
         text.starts_with("<plist") || text.starts_with("bplist");
}

// The declaration of the property list that ends the text; npos where none does.
std::size_t list_start(std::string_view text) {
  if (!text.ends_with("</plist>")) return std::string_view::npos;
  const std::size_t list = text.rfind("<plist");
  const std::size_t declaration = text.rfind("<?xml", list);
  return declaration == std::string_view::npos ? list : declaration;
}

// The length is believed where a list, or nothing, stands exactly behind so many bytes. In a copy
// whose line ends were changed it is wrong: then the list itself tells where the message ends.
std::optional<Bounds> message_bounds(std::string_view text) {
  const Line first = line_at(text, 0);
  const auto length = text::parse_unsigned(text::trim(first.text));
  if (!length) return std::nullopt;
  const std::string_view rest = text.substr(first.next);
  if (*length <= rest.size()) {
    const std::string_view tail = rest.substr(static_cast<std::size_t>(*length));
    if (text::trim(tail).empty() || begins_list(tail)) {
      return Bounds{first.next, first.next + static_cast<std::size_t>(*length)};
    }
  }
  const std::size_t list = list_start(text::trim(rest));
  if (list == std::string_view::npos) return std::nullopt;
  const auto skipped = static_cast<std::size_t>(text::trim(rest).data() - rest.data());
  return Bounds{first.next, first.next + skipped + list};
}

std::optional<Bounds> find_message(const Look& look) {
  return look.text.empty() ? std::nullopt : message_bounds(look.text);
}

}  // namespace

bool is_apple_mail(const Look& look) {
  return find_message(look).has_value();
}

void drop_apple_mail(const Look& look, Edit& edit) {
  const auto bounds = find_message(look);
  edit.note(0);
  edit.copy(bounds->begin, bounds->end);
}

bool is_partial_apple_mail(const Look& look) {
  const auto bounds = find_message(look);
  if (!bounds) return false;
  const HeaderBlock header = scan_header_block(look.text, bounds->begin);
  const std::string_view message = look.text.substr(0, bounds->end);
  return header.closed && message.find(kCutOut, header.end) != std::string_view::npos;
}

void drop_partial_apple_mail(const Look& look, Edit& edit) {
  const auto bounds = find_message(look);
  edit.note(0);
  edit.copy(bounds->begin, scan_header_block(look.text, bounds->begin).next);
}

}  // namespace emltrace::intake::rows
