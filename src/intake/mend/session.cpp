#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kSessionLines = 400;  // before DATA
constexpr std::size_t kLongestMark = 24;    // `C: `, ` -> `, a time: what a log puts before a line

// The line without the mark in front of the command; null where the command does not end it.
std::optional<std::string_view> mark_before(std::string_view line, std::string_view command) {
  while (!line.empty() && text::is_space(line.back())) line.remove_suffix(1);
  if (!text::iends_with(line, command)) return std::nullopt;
  const std::string_view mark = line.substr(0, line.size() - command.size());
  const bool apart = mark.empty() || text::is_wsp(mark.back()) || mark.back() == '>';
  return apart && mark.size() <= kLongestMark ? std::optional(mark) : std::nullopt;
}

bool holds_command(std::string_view line, std::string_view command) {
  const std::size_t at = text::ifind(line.substr(0, kLongestMark + command.size()), command);
  return at != std::string_view::npos;
}

struct Data {
  std::string_view mark;  ///< before what the client sent
  std::size_t message;    ///< offset of the first line behind DATA and its reply
};

// `354 Go ahead` (RFC 5321 4.3.2), behind the mark of the server's side.
bool is_go_ahead(std::string_view line) {
  const std::size_t at = line.substr(0, kLongestMark).find("354");
  const bool apart = at == 0 || (at != std::string_view::npos && !text::is_alnum(line[at - 1]));
  return apart && (line.size() == at + 3 || line[at + 3] == ' ' || line[at + 3] == '-');
}

// MAIL, RCPT and DATA in their order (RFC 5321 3.3).
std::optional<Data> find_data(std::string_view text) {
  bool mail = false;
  bool recipient = false;
  std::size_t lines = 0;
  for (const Line& line : Lines(text)) {
    if (++lines > kSessionLines) break;
    mail = mail || holds_command(line.text, "MAIL FROM:");
    recipient = recipient || (mail && holds_command(line.text, "RCPT TO:"));
    const auto mark = mark_before(line.text, "DATA");
    if (!recipient || !mark) continue;
    std::size_t next = line.next;
    while (next < text.size() && is_go_ahead(line_at(text, next).text)) {
      next = line_at(text, next).next;
    }
    return next < text.size() ? std::optional(Data{*mark, next}) : std::nullopt;
  }
  return std::nullopt;
}

// The bytes of the mark at the start of a line; of an empty line the mark's own spaces may be gone.
std::size_t mark_length(std::string_view line, std::string_view mark) {
  if (line.starts_with(mark)) return mark.size();
  const std::string_view bare = mark.substr(0, mark.find_last_not_of(' ') + 1);
  return line == bare ? bare.size() : 0;
}

}  // namespace

// The dot that ends the data is no part of it, and of a line that begins with one the first was put
// in (RFC 5321 4.1.1.4, 4.5.2).
Changes smtp_session(const Look& look) {
  const auto data = find_data(look.text);
  if (!data) {
    return {};
  }
  Changes changes;
  drop_lines(changes, look.text, 0, data->message);
  for (const Line& line : Lines(look.text, data->message)) {
    const std::size_t mark = mark_length(line.text, data->mark);
    const std::string_view sent = line.text.substr(mark);
    if (sent == ".") {
      drop_lines(changes, look.text, line.offset, look.text.size());
      return changes;
    }
    const std::size_t skip = mark + (sent.starts_with("..") ? 1 : 0);
    if (skip > 0) changes.push_back({line.offset, line.offset + skip, ""});
  }
  return changes;
}

}  // namespace emltrace::intake::rows
