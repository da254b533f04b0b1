#include "auth/dkim/encoders.hpp"

#include <algorithm>
#include <array>

#include "base/base64.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

std::string escaped(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return {'=', kHex[byte >> 4U], kHex[byte & 0xFU]};
}

void add_once(std::vector<std::string>& out, std::string form) {
  if (std::find(out.begin(), out.end(), form) == out.end()) out.push_back(std::move(form));
}

// What may stand in the last column of a line, where a soft break would stand in another.
enum class LastColumn { nothing, plain, any };

// One row a family of encoders.
struct QuotedPrintable {
  std::size_t width;  // characters of a line before its soft break
  LastColumn last;
  bool keeps_sequences;  // a UTF-8 sequence stays in one line
  bool breaks_at_space;  // soft breaks stand behind white space where there is any
  bool escapes_from;     // `From ` and a lone dot at the start of a line
};
constexpr auto kQuotedPrintable = std::to_array<QuotedPrintable>({
    {75, LastColumn::any, false, false, false},      // Perl, Python's email
    {75, LastColumn::nothing, false, false, false},  // JavaMail
    {75, LastColumn::plain, false, false, false},    // Python's binascii and quopri
    {75, LastColumn::any, true, false, false},       // Gmail, PHP
    {75, LastColumn::nothing, true, false, false},
    {75, LastColumn::any, false, true, false},  // Apple Mail
    {72, LastColumn::nothing, false, false, false},
    {70, LastColumn::nothing, false, false, false},  // .NET
    {75, LastColumn::any, false, false, true},
    {75, LastColumn::nothing, false, false, true},
});

static_assert(kQuotedPrintable.size() == kQuotedPrintableForms);

class QuotedPrintableWriter {
 public:
  QuotedPrintableWriter(std::string_view text, const QuotedPrintable& how)
      : text_(text), how_(how) {}

  std::string write() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = line_end(at);
      write_line(text_.substr(at, end - at));
      const std::size_t next = end + line_end_size(end);
      out_ += text_.substr(end, next - end);
      at = next;
    }
    return std::move(out_);
  }

 private:
  // A CR alone is a byte as any other.
  [[nodiscard]] std::size_t line_end(std::size_t at) const {
    const std::size_t lf = std::min(text_.find('\n', at), text_.size());
    return lf < text_.size() && lf > at && text_[lf - 1] == '\r' ? lf - 1 : lf;
  }
  [[nodiscard]] std::size_t line_end_size(std::size_t at) const {
    if (at >= text_.size()) return 0;
    return text_[at] == '\r' ? 2 : 1;
  }

  [[nodiscard]] std::string token(std::string_view line, std::size_t i) const {
    const char c = line[i];
    const bool at_end = i + 1 == line.size();
    const bool odd_start =
        how_.escapes_from && i == 0 && (line.starts_with("From ") || line == ".");
    const bool plain = (c > ' ' && c < '\x7f' && c != '=') || c == ' ' || c == '\t';
    if (!plain || odd_start || (at_end && (c == ' ' || c == '\t'))) return escaped(c);
    return std::string(1, c);
  }

  void write_line(std::string_view line) {
    std::string current;
    const auto push_break = [&](std::size_t keep) {
      out_ += current.substr(0, keep);
      out_ += soft_break();
      current.erase(0, keep);
    };
    for (std::size_t i = 0; i < line.size();) {
      std::string next = token(line, i++);
      if (how_.keeps_sequences) {
        while (i < line.size() && text::is_continuation(line[i])) {
          next += token(line, i++);
        }
      }
      const bool ends_line = i == line.size();
      const bool fits_last =
          how_.last == LastColumn::any || (how_.last == LastColumn::plain && next.size() == 1);
      const std::size_t room = how_.width + (ends_line && fits_last ? 1 : 0);
      if (current.size() + next.size() > room) {
        const std::size_t space =
            how_.breaks_at_space ? current.find_last_of(" \t") : std::string::npos;
        push_break(space == std::string::npos ? current.size() : space + 1);
      }
      current += next;
    }
    out_ += current;
  }

  [[nodiscard]] std::string_view soft_break() const {
    return text_.find("\r\n") == std::string_view::npos &&
                   text_.find('\n') != std::string_view::npos
               ? "=\n"
               : "=\r\n";
  }

  std::string_view text_;
  const QuotedPrintable& how_;
  std::string out_;
};

// One row a way to write an encoded word.
struct WordStyle {
  std::string_view charset;
  char encoding;  // `Q`, `q`, `B`, `b`
  bool strict;    // of Q: all is escaped but letters, digits and !*+-/
};
constexpr auto kWordStyles = std::to_array<WordStyle>({
    {"UTF-8", 'Q', false},
    {"UTF-8", 'B', false},
    {"utf-8", 'q', true},
    {"utf-8", 'b', false},
    {"utf-8", 'Q', false},
    {"utf-8", 'B', false},
    {"UTF-8", 'Q', true},
    {"utf-8", 'Q', true},
    {"utf-8", 'q', false},
    {"UTF-8", 'q', true},
    {"UTF-8", 'b', false},
});

std::string word_text(std::string_view text, const WordStyle& style) {
  if (text::lower(style.encoding) == 'b') return base64_encode(text);
  std::string out;
  for (const char c : text) {
    const bool safe = text::is_alnum(c) || std::string_view("!*+-/").find(c) != std::string::npos;
    const bool plain =
        style.strict ? safe : c > ' ' && c < '\x7f' && c != '=' && c != '?' && c != '_';
    out += c == ' ' ? std::string("_") : plain ? std::string(1, c) : escaped(c);
  }
  return out;
}

std::string word(std::string_view text, const WordStyle& style) {
  std::string out("=?");
  out += style.charset;
  out += '?';
  out += style.encoding;
  out += '?';
  return out + word_text(text, style) + "?=";
}

// Encoded words of at most `first`, then `limit` characters, as many code points in each as fit.
std::string words(std::string_view text, const WordStyle& style, std::size_t first,
                  std::size_t limit) {
  std::string out;
  std::size_t room = first;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size()) {
      const std::size_t next = end + text::decode_utf8(text, end).length;
      if (end > at && word(text.substr(at, next - at), style).size() > room) break;
      end = next;
    }
    if (!out.empty()) out += "\r\n ";
    out += word(text.substr(at, end - at), style);
    at = end;
    room = limit;
  }
  return out;
}

// Only from the first to the last word that needs it.
std::string inner_words(std::string_view text, const WordStyle& style, std::size_t limit) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find(' ', at), text.size());
    if (!text::is_ascii(text.substr(at, stop - at))) {
      begin = std::min(begin, at);
      end = stop;
    }
    at = stop + 1;
  }
  return std::string(text.substr(0, begin)) +
         words(text.substr(begin, end - begin), style, limit, limit) +
         std::string(text.substr(end));
}

}  // namespace

std::string quoted_printable(std::string_view text, std::size_t form) {
  return QuotedPrintableWriter(text, kQuotedPrintable[form]).write();
}

std::string base64_lines(std::string_view bytes, std::size_t width, std::string_view end) {
  std::string text = base64_encode(bytes);
  if (width == 0) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += width) {
    if (at > 0) out += end;
    out += text.substr(at, width);
  }
  return out;
}

std::vector<std::string> encoded_word_forms(std::string_view text, std::string_view name) {
  constexpr std::size_t kLongestWord = 75;  // RFC 2047 2
  if (text::is_ascii(text)) return {std::string(text)};
  std::vector<std::string> out;
  const std::size_t first = kLongestWord - std::min<std::size_t>(name.size() + 2, 40);
  for (const WordStyle& style : kWordStyles) {
    add_once(out, words(text, style, kLongestWord, kLongestWord));
    add_once(out, words(text, style, first, kLongestWord));
    add_once(out, words(text, style, first + 3, kLongestWord + 2));  // Python
    add_once(out, word(text, style));
    add_once(out, inner_words(text, style, kLongestWord));
  }
  add_once(out, std::string(text));
  return out;
}

}  // namespace emltrace::dkim
