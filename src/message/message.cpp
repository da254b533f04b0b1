#include "message/message.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"

namespace emltrace {
namespace {

constexpr std::size_t kMaxLine = 998;          // RFC 5322 §2.1.1, without the line end
constexpr std::size_t kSmuggledLines = 32;     // lines after a lone dot that are looked at
constexpr std::size_t kSmuggledFields = 2;     // fields in a row that make a header block of them
constexpr std::size_t kMaxSmuggledLine = 256;  // bytes of such a line that are looked at

std::size_t find_byte(std::string_view text, char byte, std::size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const void* hit = std::memchr(text.data() + from, byte, text.size() - from);
  if (hit == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// ftext = %d33-57 / %d59-126 (RFC 5322 §3.6.8)
bool is_field_name_char(char c) {
  return c > ' ' && c < '\x7f' && c != ':';
}

struct Line {
  std::size_t offset = 0;
  std::string_view text;  // without its line end
  std::string_view raw;   // with it
};

// Where no LF stands anywhere CR ends the lines; else a CR without LF is only a stray byte, because
// that is how SMTP servers and mail stores read it.
class Lines {
 public:
  explicit Lines(std::string_view bytes)
      : bytes_(bytes), end_byte_(bytes.find('\n') == std::string_view::npos ? '\r' : '\n') {}

  [[nodiscard]] char end_byte() const { return end_byte_; }
  [[nodiscard]] bool done() const { return at_ >= bytes_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }

  Line next() {
    const std::size_t end = find_byte(bytes_, end_byte_, at_);
    const std::size_t stop = end == std::string_view::npos ? bytes_.size() : end + 1;
    Line line{at_, bytes_.substr(at_, stop - at_), bytes_.substr(at_, stop - at_)};
    if (end != std::string_view::npos) {
      line.text.remove_suffix(1);
      if (end_byte_ == '\n' && line.text.ends_with('\r')) line.text.remove_suffix(1);
    }
    at_ = stop;
    return line;
  }

 private:
  std::string_view bytes_;
  char end_byte_;
  std::size_t at_ = 0;
};

// field = field-name *WSP ":" unstructured CRLF (RFC 5322 §2.2, §4.5)
std::optional<Field> read_field(const Line& line) {
  std::size_t name = 0;
  while (name < line.text.size() && is_field_name_char(line.text[name])) ++name;
  std::size_t colon = name;
  while (colon < line.text.size() && is_blank(line.text[colon])) ++colon;
  if (name == 0 || colon >= line.text.size() || line.text[colon] != ':') return std::nullopt;
  Field field;
  field.name = line.text.substr(0, name);
  field.body = line.text.substr(colon + 1);
  field.raw = line.raw;
  field.offset = line.offset;
  field.space_before_colon = colon != name;
  return field;
}

// Of mbox, and of UUCP and sendmail before that: `From ` may be quoted by `>`.
bool is_from_line(std::string_view line) {
  if (line.starts_with(">From ")) return true;
  if (!line.starts_with("From ")) return false;
  const std::size_t next = line.find_first_not_of(" \t", 4);
  return next == std::string_view::npos || line[next] != ':';
}

// Both views look into the same bytes; the result runs from the start of one to the end of the
// other.
std::string_view join(std::string_view first, std::string_view last) {
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

std::optional<std::size_t> find_control(std::string_view header) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\0';
  };
  const auto hit = std::find_if(header.begin(), header.end(), is_control);
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
    const std::size_t end = find_byte(window, end_byte, 0);
    Line line{0, window.substr(0, end), window};
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    at += end == std::string_view::npos ? window.size() : end + 1;
    if (text::istarts_with(line.text, "MAIL FROM:")) return true;
    if (is_smtp_command(line.text) || (fields > 0 && !line.text.empty() && is_blank(line.text[0])))
      continue;
    const auto field = read_field(line);
    if (!field) return false;
    known = known || std::any_of(kKnown.begin(), kKnown.end(), [&field](std::string_view name) {
              return text::iequals(field->name, name);
            });
    if (++fields >= kSmuggledFields && known) return true;
    if (end == std::string_view::npos) return false;
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
    for (std::size_t at = find_byte(bytes_, end_byte_, 0); at != std::string_view::npos;
         at = find_byte(bytes_, end_byte_, start)) {
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
    for (std::size_t at = find_byte(bytes_, '\r', 0); at != std::string_view::npos;
         at = find_byte(bytes_, '\r', at + 1)) {
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
  Lines lines(bytes);
  std::size_t number = 0;
  bool in_field = false;  // the line before belongs to the last field kept
  while (!lines.done() && !message.has_body_) {
    const Line line = lines.next();
    ++number;
    if (line.text.empty()) {
      message.has_body_ = true;
      message.body_ = bytes.substr(lines.at());
    } else if (number == 1 && is_from_line(line.text)) {
      message.from_line_ = line.text;
    } else if (number == 2 && !message.from_line_.empty() && line.text.starts_with(">From ")) {
      // The line that a message had of its own when it was put into a mailbox: it tells of the
      // sender, the separator above it of the delivery.
      message.from_line_ = line.text;
    } else if (message.fields_.size() + message.stray_.size() > kMaxFields ||
               line.offset + line.text.size() > kMaxHeaderBytes) {
      message.truncated_ = true;
      in_field = false;
    } else if (in_field && is_blank(line.text[0])) {
      Field& field = message.fields_.back();
      field.body = join(field.body, line.text);
      field.raw = join(field.raw, line.raw);
    } else if (auto field = read_field(line)) {
      in_field = message.fields_.size() < kMaxFields;
      if (!in_field) {
        message.truncated_ = true;
        continue;
      }
      field->line = number;
      message.fields_.push_back(*field);
    } else {
      in_field = false;
      message.stray_.push_back({line.text, number});
    }
  }
  const std::size_t header_size =
      message.has_body_ ? bytes.size() - message.body_.size() : bytes.size();
  const std::string_view header = bytes.substr(0, header_size);
  if (const auto nul = find_byte(header, '\0', 0); nul != std::string_view::npos)
    message.defects_.nul = nul;
  message.defects_.control = find_control(header);
  LineEndScan scan(bytes, header_size, lines.end_byte());
  scan.run(message.defects_);
  message.line_ending_ = scan.ending();
  return message;
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
  std::string out;
  out.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '\n') continue;
    // A CR amid text is no line end: it stays, to be seen.
    const bool folds = i + 1 == body.size() || text::is_space(body[i + 1]);
    if (c == '\r' && folds) continue;
    out.push_back(c);
  }
  return std::string(text::trim(out));
}

}  // namespace emltrace
