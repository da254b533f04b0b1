#include <algorithm>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kMostLeadingBytes = std::size_t{64} << 10;

// What no text holds: C0 controls but white space, DEL.
bool is_binary(char c) {
  return (c >= 0 && c < ' ' && !text::is_space(c)) || c == '\x7f';
}

bool holds_known_line(std::string_view text, std::size_t at) {
  const std::size_t next = line_at(text, at).next;
  return next < text.size() && !known_name_at(text, next).empty();
}

}  // namespace

// A record's head, or the end of the one before it, was cut out with the message.
Changes leading_bytes(const Look& look) {
  const auto first = first_line(look.text);
  if (!first || look.block.starts_well) {
    return {};
  }
  const std::string_view window = look.text.substr(0, kMostLeadingBytes);
  const auto binary = std::ranges::find_if(window, is_binary);
  if (binary == window.end() ||
      static_cast<std::size_t>(binary - window.begin()) >= first->offset + first->text.size()) {
    return {};
  }
  for (std::size_t colon = window.find(':'); colon != std::string_view::npos;
       colon = window.find(':', colon + 1)) {
    std::size_t start = colon;
    while (start > 0 && (text::is_alnum(window[start - 1]) || window[start - 1] == '-')) --start;
    const auto before = start > 0 ? window[start - 1] : '\n';
    const bool apart = before == '\n' || is_binary(before) || (before & 0x80) != 0;
    if (start > 0 && apart && !known_name_at(look.text, start).empty()) {
      return {{0, start, ""}};
    }
  }
  return {};
}

// `[10:32] Jo: Received: from …`: what a chat program or a person put in front on the same line.
Changes words_before_field(const Look& look) {
  const auto first = first_line(look.text);
  if (!first || is_from_line(first->text)) {
    return {};
  }
  const auto own = field_start(first->text);
  if (own && (look.valid ? name_rank(own->name) > NameRank::odd
                         : own->gap_after && name_rank(own->name) >= NameRank::common)) {
    return {};
  }
  const auto inner = first_known_name(first->text);
  if (!inner || inner->at == 0 || name_rank(inner->name) < NameRank::author ||
      text::trim(first->text.substr(0, inner->at)).find_first_not_of('>') ==
          std::string_view::npos) {
    return {};
  }
  const bool goes_on =
      holds_known_line(look.text, first->offset) || name_rank(inner->name) == NameRank::trace;
  return goes_on ? Changes{{0, first->offset + inner->at, ""}} : Changes{};
}

}  // namespace emltrace::intake::rows
