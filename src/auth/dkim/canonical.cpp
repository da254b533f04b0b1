#include "auth/dkim/canonical.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "auth/dkim/selection.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;  // bytes handed to a sink at once
constexpr std::string_view kCrlf = "\r\n";

// Cuts text into lines. What is not read as a line end stays inside a line.
class LineCutter {
 public:
  LineCutter(std::string_view text, LineEnds ends) : text_(text), ends_(ends) {}

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  // Of the next line.
  [[nodiscard]] std::size_t offset() const { return at_; }

  // Without its line end.
  std::string_view next() {
    const std::size_t start = at_;
    std::size_t stop = ends_ == LineEnds::any ? next_any() : next_lf();
    if (stop == std::string_view::npos) {
      at_ = text_.size();
      return text_.substr(start);
    }
    return text_.substr(start, stop - start);
  }

 private:
  std::size_t next_lf() {
    std::size_t from = at_;
    while (from < text_.size()) {
      const void* hit = std::memchr(text_.data() + from, '\n', text_.size() - from);
      if (hit == nullptr) break;
      const auto lf = static_cast<std::size_t>(static_cast<const char*>(hit) - text_.data());
      const bool after_cr = lf > at_ && text_[lf - 1] == '\r';
      if (after_cr || ends_ == LineEnds::lf) {
        at_ = lf + 1;
        return after_cr ? lf - 1 : lf;
      }
      from = lf + 1;
    }
    return std::string_view::npos;
  }

  std::size_t next_any() {
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] != '\r' && text_[i] != '\n') continue;
      at_ = i + (text_.substr(i, 2) == kCrlf ? 2 : 1);
      return i;
    }
    return std::string_view::npos;
  }

  std::string_view text_;
  LineEnds ends_;
  std::size_t at_ = 0;
};

// True where each run of WSP is one SP already. Eight bytes at a time: a body is read to its end
// for each canonical form.
bool is_reduced(std::string_view line) {
  constexpr std::uint64_t kEach = 0x0101010101010101U;
  constexpr std::uint64_t kLow = 0x7F * kEach;
  // The high bit of each byte that is `c`.
  const auto where = [](std::uint64_t bytes, char c) {
    const std::uint64_t other = bytes ^ (static_cast<unsigned char>(c) * kEach);
    return ~(((other & kLow) + kLow) | other | kLow);
  };
  bool space = false;  // the byte before
  std::size_t at = 0;
  for (std::uint64_t bytes = 0; at + sizeof bytes <= line.size(); at += sizeof bytes) {
    std::memcpy(&bytes, line.data() + at, sizeof bytes);
    const std::uint64_t spaces = where(bytes, ' ');
    if (where(bytes, '\t') != 0 || (spaces & (spaces << 8U)) != 0) return false;
    if (space && line[at] == ' ') return false;
    space = line[at + sizeof bytes - 1] == ' ';
  }
  for (; at < line.size(); ++at) {
    if (line[at] == '\t' || (space && line[at] == ' ')) return false;
    space = line[at] == ' ';
  }
  return true;
}

// Appends `line` with each run of WSP as one SP. `space` is true while a run is open at the end of
// `out`; the run is written only when something follows it.
void append_reduced(std::string& out, std::string_view line, bool& space) {
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at;
    while (end < line.size() && !text::is_wsp(line[end])) ++end;
    if (end > at) {
      if (space) out += ' ';
      out.append(line, at, end - at);
    }
    space = end == at ? space : false;
    at = end;
    while (at < line.size() && text::is_wsp(line[at])) ++at;
    space = space || at > end;
  }
}

std::string relaxed_field(const FieldText& field, LineEnds ends) {
  std::string out = text::lower(field.name);
  out += ':';
  const std::size_t value = out.size();
  const std::size_t colon = field.raw.find(':');
  if (colon != std::string_view::npos) {
    LineCutter lines(field.raw.substr(colon + 1), ends);
    bool space = false;
    while (!lines.done()) append_reduced(out, lines.next(), space);
  }
  if (out.size() > value && out[value] == ' ') out.erase(value, 1);
  out += kCrlf;
  return out;
}

std::string simple_field(const FieldText& field, LineEnds ends) {
  std::string out;
  out.reserve(field.raw.size() + 2);
  LineCutter lines(field.raw, ends);
  while (!lines.done()) {
    out += lines.next();
    out += kCrlf;
  }
  return out;
}

// Keeps back empty lines until a line with bytes follows: those at the end of the body are ignored.
class BodyWriter {
 public:
  explicit BodyWriter(const Sink& sink) : sink_(sink) { buffer_.reserve(kChunk + 1024); }

  // False for an empty line, which is kept back.
  bool line(std::string_view text, Canonicalization canonicalization) {
    const bool relaxed = canonicalization == Canonicalization::relaxed;
    if (text.empty() || (relaxed && std::all_of(text.begin(), text.end(), text::is_wsp))) {
      ++empty_lines_;
      return false;
    }
    for (; empty_lines_ > 0; --empty_lines_) put(kCrlf);
    if (relaxed && !is_reduced(text)) {
      bool space = false;
      append_reduced(buffer_, text, space);
    } else {
      if (relaxed && text.ends_with(' ')) text.remove_suffix(1);
      put(text);
    }
    put(kCrlf);
    written_ = true;
    return true;
  }

  void finish(Canonicalization canonicalization) {
    if (!written_ && canonicalization == Canonicalization::simple) put(kCrlf);
    flush();
  }
  void flush() {
    if (!buffer_.empty()) sink_(buffer_);
    buffer_.clear();
  }

 private:
  void put(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= kChunk) flush();
  }

  const Sink& sink_;
  std::string buffer_;
  std::size_t empty_lines_ = 0;
  bool written_ = false;
};

}  // namespace

LineEnds line_ends_of(const Message& message) {
  switch (message.line_ending()) {
    case LineEnding::none:
    case LineEnding::crlf:
      return LineEnds::crlf;
    case LineEnding::lf:
      return LineEnds::lf;
    case LineEnding::cr:
      return LineEnds::any;
    case LineEnding::mixed:
      break;
  }
  std::size_t crlf = 0;
  std::size_t lf = 0;
  const std::string_view bytes = message.bytes();
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
       at = bytes.find('\n', at + 1)) {
    ++(at > 0 && bytes[at - 1] == '\r' ? crlf : lf);
  }
  return crlf >= lf ? LineEnds::crlf : LineEnds::lf;
}

FieldText field_text(const Field& field) {
  return {field.name, field.raw};
}

std::vector<FieldText> field_texts(const Message& message) {
  std::vector<FieldText> out;
  out.reserve(message.fields().size());
  for (const Field& field : message.fields()) out.push_back(field_text(field));
  return out;
}

std::string canonical_field(const FieldText& field, Canonicalization canonicalization,
                            LineEnds ends) {
  return canonicalization == Canonicalization::relaxed ? relaxed_field(field, ends)
                                                       : simple_field(field, ends);
}

std::string canonical_signature_field(const FieldText& field, Span value,
                                      Canonicalization canonicalization, LineEnds ends) {
  std::string raw(field.raw.substr(0, value.offset));
  if (value.end() < field.raw.size()) raw += field.raw.substr(value.end());
  std::string out = canonical_field({field.name, raw}, canonicalization, ends);
  if (out.ends_with(kCrlf)) out.resize(out.size() - kCrlf.size());
  return out;
}

std::string signed_header(std::span<const FieldText> fields, const std::vector<std::string>& names,
                          std::size_t own, Span value, Canonicalization canonicalization,
                          LineEnds ends) {
  std::string out;
  for (const std::size_t index : select_fields(fields, names, own)) {
    out += canonical_field(fields[index], canonicalization, ends);
  }
  return out + canonical_signature_field(fields[own], value, canonicalization, ends);
}

std::vector<std::string_view> body_lines(std::string_view body, LineEnds ends) {
  std::vector<std::string_view> lines;
  LineCutter cutter(body, ends);
  while (!cutter.done()) lines.push_back(cutter.next());
  return lines;
}

void canonical_body(std::string_view body, Canonicalization canonicalization, LineEnds ends,
                    const Sink& sink) {
  if (canonicalization == Canonicalization::simple && ends == LineEnds::crlf) {
    // The common case needs no copy.
    while (body.ends_with(kCrlf)) body.remove_suffix(kCrlf.size());
    if (!body.empty()) sink(body);
    sink(kCrlf);
    return;
  }
  BodyWriter writer(sink);
  LineCutter lines(body, ends);
  while (!lines.done()) writer.line(lines.next(), canonicalization);
  writer.finish(canonicalization);
}

void canonical_body(std::string_view body, Canonicalization canonicalization, LineEnds ends,
                    const Sink& sink, const std::function<void(std::size_t)>& after_line) {
  BodyWriter writer(sink);
  LineCutter lines(body, ends);
  while (!lines.done()) {
    if (!writer.line(lines.next(), canonicalization)) continue;
    writer.flush();
    after_line(lines.offset());
  }
  writer.finish(canonicalization);
}

std::string canonical_body(std::string_view body, Canonicalization canonicalization,
                           LineEnds ends) {
  std::string out;
  canonical_body(body, canonicalization, ends, [&out](std::string_view piece) { out += piece; });
  return out;
}

}  // namespace emltrace::dkim
