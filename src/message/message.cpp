#include "message/message.hpp"

#include <algorithm>
#include <array>

#include "base/char_set.hpp"
#include "base/lines.hpp"
#include "base/text.hpp"
#include "message/field_start.hpp"
#include "message/iso_2022.hpp"

namespace emltrace {
namespace {

constexpr std::size_t kMaxLine = 998;          // RFC 5322 2.1.1, without the line end
constexpr std::size_t kSmuggledLines = 32;     // lines after a lone dot that are looked at
constexpr std::size_t kSmuggledFields = 2;     // fields in a row that make a header block of them
constexpr std::size_t kMaxSmuggledLine = 256;  // bytes of such a line that are looked at

// As the field begins: the lines that go on from it are joined to it later.
std::optional<Field> read_field(const text::Line& line) {
  const auto start = field_start(line.text);
  if (!start) return std::nullopt;
  Field field;
  field.name = start->name;
  field.body = line.text.substr(start->colon + 1);
  field.raw = line.raw;
  field.offset = line.offset;
  field.space_before_colon = start->space_before;
  return field;
}

// Both views look into the same bytes; the result runs from the start of one to the end of the
// other.
std::string_view join(std::string_view first, std::string_view last) {
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the length stands beside it
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

std::optional<std::size_t> find_control(std::string_view header, std::size_t from) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\0';
  };
  const auto hit =
      std::find_if(header.begin() + static_cast<std::ptrdiff_t>(from), header.end(), is_control);
  if (hit == header.end()) return std::nullopt;
  return static_cast<std::size_t>(hit - header.begin());
}

bool is_smtp_command(std::string_view line) {
  constexpr std::array<std::string_view, 6> kCommands = {"MAIL FROM:", "RCPT TO:", "DATA",
                                                         "RSET",       "EHLO ",    "HELO "};
  return std::any_of(kCommands.begin(), kCommands.end(), [line](std::string_view command) {
    return command == "DATA" || command == "RSET" ? text::iequals(text::trim(line), command)
                                                  : text::istarts_with(line, command);
  });
}

// True where `rest`, what follows a lone dot, goes on like a second message in an SMTP dialogue:
// commands, or a header block of known fields.
bool opens_second_header(std::string_view rest, char end_byte) {
  constexpr std::array<std::string_view, 7> kKnown = {
      "from", "to", "subject", "date", "received", "message-id", "mime-version"};
  std::size_t fields = 0;
  bool known = false;
  for (std::size_t n = 0, at = 0; n < kSmuggledLines && at < rest.size(); ++n) {
    const std::string_view window = rest.substr(at, kMaxSmuggledLine);
    const text::Line line = text::line_at(window, 0, end_byte);
    const bool whole = line.raw.ends_with(end_byte);
    at += line.next;
    if (text::istarts_with(line.text, "MAIL FROM:")) return true;
    const bool continues = fields > 0 && !line.text.empty() && text::is_wsp(line.text[0]);
    if (is_smtp_command(line.text) || continues) continue;
    const auto field = field_start(line.text);
    if (!field) return false;
    known = known || std::any_of(kKnown.begin(), kKnown.end(), [&field](std::string_view name) {
              return text::iequals(field->name, name);
            });
    if (++fields >= kSmuggledFields && known) return true;
    if (!whole) return false;
  }
  return false;
}

// One pass over the line ends of header and body.
class LineEndScan {
 public:
  LineEndScan(std::string_view bytes, std::size_t body_offset, char end_byte)
      : bytes_(bytes), body_offset_(body_offset), end_byte_(end_byte) {}

  void run(ByteDefects& defects) {
    scan_line_ends(defects);
    if (end_byte_ == '\n') scan_carriage_returns(defects);
  }

  [[nodiscard]] LineEnding ending() const {
    if (crlf_ && lf_) return LineEnding::mixed;
    if (crlf_) return LineEnding::crlf;
    if (lf_) return LineEnding::lf;
    return cr_ ? LineEnding::cr : LineEnding::none;
  }

 private:
  void scan_line_ends(ByteDefects& defects) {
    std::size_t start = 0;
    for (std::size_t at = bytes_.find(end_byte_); at != std::string_view::npos;
         at = bytes_.find(end_byte_, start)) {
      note_end(at, defects);
      note_length(start, at, defects);
      start = at + 1;
      if (start >= body_offset_ && start < bytes_.size() && bytes_[start] == '.')
        note_lone_dot(start, defects);
    }
    note_length(start, bytes_.size(), defects);
  }

  void note_end(std::size_t at, ByteDefects& defects) {
    if (end_byte_ == '\r') {
      cr_ = true;
    } else if (at > 0 && bytes_[at - 1] == '\r') {
      crlf_ = true;
    } else {
      if (crlf_ && !lf_ && !defects.bare_lf) defects.bare_lf = at;
      lf_ = true;
    }
  }

  void note_length(std::size_t start, std::size_t end, ByteDefects& defects) const {
    if (end - start > kMaxLine + 1 && !defects.overlong_line) {
      defects.overlong_line = start;
    } else if (end - start == kMaxLine + 1 && !defects.overlong_line &&
               !(end < bytes_.size() && bytes_[end - 1] == '\r')) {
      defects.overlong_line = start;
    }
  }

  // The end-of-data mark in the forms that servers have taken for it: <CRLF> or <LF>, a dot, <CRLF>
  // or <LF>.
  void note_lone_dot(std::size_t dot, ByteDefects& defects) const {
    if (defects.second_header) return;
    std::size_t next = dot + 1;
    if (next < bytes_.size() && bytes_[next] == '\r') ++next;
    if (end_byte_ == '\n') {
      if (next < bytes_.size() && bytes_[next] == '\n') {
        ++next;
      } else if (next == dot + 1) {
        return;
      }
    } else if (next == dot + 1) {
      return;
    }
    if (opens_second_header(bytes_.substr(next), end_byte_)) defects.second_header = next;
  }

  void scan_carriage_returns(ByteDefects& defects) const {
    for (std::size_t at = bytes_.find('\r'); at != std::string_view::npos;
         at = bytes_.find('\r', at + 1)) {
      if (at + 1 < bytes_.size() && bytes_[at + 1] == '\n') continue;
      if (!defects.bare_cr) defects.bare_cr = at;
      // <CR>.<CR> was an end of data for some servers, too.
      const bool dot = at + 2 < bytes_.size() && bytes_[at + 1] == '.' && bytes_[at + 2] == '\r';
      if (dot && at >= body_offset_) note_lone_dot(at + 1, defects);
      if (defects.second_header) return;
    }
  }

  std::string_view bytes_;
  std::size_t body_offset_;
  char end_byte_;
  bool crlf_ = false;
  bool lf_ = false;
  bool cr_ = false;
};

}  // namespace

std::string_view to_string(LineEnding ending) {
  switch (ending) {
    case LineEnding::none:
      return "none";
    case LineEnding::lf:
      return "lf";
    case LineEnding::crlf:
      return "crlf";
    case LineEnding::cr:
      return "cr";
    case LineEnding::mixed:
      return "mixed";
  }
  return "none";
}

Message Message::parse(std::string_view bytes) {
  Message message;
  message.bytes_ = bytes;
  message.body_ = bytes.substr(bytes.size());
  // Where no LF stands anywhere CR ends the lines; else a CR without LF is only a stray byte,
  // because that is how SMTP servers and mail stores read it.
  const char end_byte = bytes.find('\n') == std::string_view::npos ? '\r' : '\n';
  std::size_t number = 0;
  bool in_field = false;  // the line before belongs to the last field kept
  for (std::size_t at = 0; at < bytes.size() && !message.has_body_;) {
    const text::Line line = text::line_at(bytes, at, end_byte);
    at = line.next;
    ++number;
    if (line.text.empty()) {
      message.has_body_ = true;
      message.body_ = bytes.substr(line.next);
    } else if (number == 1 && is_from_line(line.text)) {
      message.from_line_ = line.text;
    } else if (number == 2 && !message.from_line_.empty() && line.text.starts_with('>') &&
               is_from_line(line.text)) {
      // The line that a message had of its own when it was put into a mailbox: it tells of the
      // sender, the separator above it of the delivery.
      message.from_line_ = line.text;
    } else {
      message.take_line(line, number, in_field);
    }
  }
  message.scan_bytes(end_byte);
  return message;
}

// One line of the header block, which is not empty.
void Message::take_line(const text::Line& line, std::size_t number, bool& in_field) {
  if (fields_.size() + stray_.size() > kMaxFields ||
      line.offset + line.text.size() > kMaxHeaderBytes) {
    truncated_ = true;
    in_field = false;
  } else if (in_field && text::is_wsp(line.text[0])) {
    Field& field = fields_.back();
    field.body = join(field.body, line.text);
    field.raw = join(field.raw, line.raw);
  } else if (auto field = read_field(line)) {
    in_field = fields_.size() < kMaxFields;
    if (!in_field) {
      truncated_ = true;
      return;
    }
    field->line = number;
    fields_.push_back(*field);
  } else {
    in_field = false;
    stray_.push_back({line.text, number});
  }
}

void Message::scan_bytes(char end_byte) {
  const std::string_view header = bytes_.substr(0, bytes_.size() - body_.size());
  if (const auto nul = header.find('\0'); nul != std::string_view::npos) defects_.nul = nul;
  note_control(header);
  LineEndScan scan(bytes_, header.size(), end_byte);
  scan.run(defects_);
  line_ending_ = scan.ending();
}

// The shifts of ISO-2022 text are a charset's, not controls.
void Message::note_control(std::string_view header) {
  auto field = fields_.begin();
  std::size_t at = 0;
  while (const auto hit = find_control(header, at)) {
    while (field != fields_.end() && field->offset + field->raw.size() <= *hit) ++field;
    const bool text = field != fields_.end() && field->offset <= *hit &&
                      iso_2022::decode(field->body).has_value();
    if (!text) {
      defects_.control = hit;
      return;
    }
    at = field->offset + field->raw.size();
  }
}

const Field* Message::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (text::iequals(field.name, name)) return &field;
  }
  return nullptr;
}

std::vector<const Field*> Message::find_all(std::string_view name) const {
  std::vector<const Field*> found;
  for (const Field& field : fields_) {
    if (text::iequals(field.name, name)) found.push_back(&field);
  }
  return found;
}

Span Message::span_of(std::string_view view) const {
  return {static_cast<std::size_t>(view.data() - bytes_.data()), view.size()};
}

std::string unfold(std::string_view body) {
  static constexpr text::CharSet kLineEnds("\r\n");
  std::string out;
  out.reserve(body.size());
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(kLineEnds.find_in(body, at), body.size());
    out.append(body, at, end - at);
    at = end + 1;
    // A CR amid text is no line end: it stays, to be seen.
    if (at < body.size() && body[end] == '\r' && !text::is_space(body[at])) out += '\r';
  }
  const std::string_view trimmed = text::trim(out);
  if (trimmed.size() < out.size()) return std::string(trimmed);
  return out;
}

}  // namespace emltrace
