#include "message/encoded_word.hpp"

#include "base/base64.hpp"
#include "base/quoted_printable.hpp"
#include "base/text.hpp"
#include "message/charset.hpp"
#include "message/message.hpp"

namespace emltrace {
namespace encoded_word {

std::optional<Shape> match(std::string_view text, std::size_t at) {
  constexpr std::string_view kEnd = "? \t\r\n";
  if (text.substr(at, 2) != "=?") return std::nullopt;
  const std::size_t charset = at + 2;
  const std::size_t mark = text.find_first_of(kEnd, charset);
  if (mark == std::string_view::npos || text[mark] != '?' || mark == charset) return std::nullopt;
  if (mark + 2 >= text.size() || text[mark + 2] != '?') return std::nullopt;
  const char encoding = text::lower(text[mark + 1]);
  if (encoding != 'b' && encoding != 'q') return std::nullopt;
  const std::size_t begin = mark + 3;
  const std::size_t end = text.find_first_of(kEnd, begin);
  if (end == std::string_view::npos || text.substr(end, 2) != "?=") return std::nullopt;
  const std::string_view name = text.substr(charset, mark - charset);
  return Shape{name.substr(0, name.find('*')), encoding, text.substr(begin, end - begin),
               end + 2 - at};
}

}  // namespace encoded_word

namespace {

using encoded_word::match;
using encoded_word::Shape;

// Q encoding (RFC 2047 4.2); null where an `=` is not followed by two hexadecimal digits.
std::optional<std::string> decode_q(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      out.push_back(' ');
    } else if (text[i] != '=') {
      out.push_back(text[i]);
    } else {
      const auto byte = quoted_printable::escaped_byte(text, i);
      if (!byte) return std::nullopt;
      out.push_back(*byte);
      i += 2;
    }
  }
  return out;
}

std::optional<std::string> decode_bytes(const Shape& word) {
  return word.encoding == 'q' ? decode_q(word.text) : base64_decode(word.text, true);
}

// Encoded words of one charset with nothing but white space between them: their bytes are joined
// before the charset is applied, since writers cut characters in two.
class Decoder {
 public:
  explicit Decoder(std::string_view text) : text_(text) {}

  std::string run() {
    std::size_t at = 0;
    while (true) {
      const std::size_t hit = text_.find("=?", at);
      if (hit == std::string_view::npos) break;
      const auto word = match(text_, hit);
      auto bytes = word ? decode_bytes(*word) : std::nullopt;
      if (!bytes) {
        at = hit + 2;
        continue;
      }
      add(hit, *word, std::move(*bytes));
      at = hit + word->length;
    }
    flush();
    out_ += text_.substr(copied_);
    return std::move(out_);
  }

 private:
  void add(std::size_t hit, const Shape& word, std::string bytes) {
    const bool adjacent =
        open_ && text_.substr(end_, hit - end_).find_first_not_of(" \t\r\n") == std::string::npos;
    if (!adjacent || !text::iequals(charset_, word.charset)) {
      flush();
      glued_ = adjacent && last_decoded_;
      begin_ = hit;
      charset_ = word.charset;
      bytes_.clear();
      open_ = true;
    }
    bytes_ += bytes;
    end_ = hit + word.length;
  }

  void flush() {
    if (!open_) return;
    open_ = false;
    const auto decoded = to_utf8(bytes_, charset_);
    last_decoded_ = decoded.has_value();
    if (!decoded) return;  // stays in the text that is copied later
    if (!glued_) out_ += text_.substr(copied_, begin_ - copied_);
    out_ += *decoded;
    copied_ = end_;
  }

  std::string_view text_;
  std::string out_;
  std::size_t copied_ = 0;  // text_ is in out_ up to here
  bool open_ = false;
  bool glued_ = false;  // the white space before the open words goes
  bool last_decoded_ = false;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string_view charset_;
  std::string bytes_;
};

}  // namespace

std::string decode_encoded_words(std::string_view text) {
  std::string unfolded = unfold(text);
  if (unfolded.find("=?") == std::string::npos) return unfolded;
  return Decoder(unfolded).run();
}

bool has_encoded_word(std::string_view text) {
  for (std::size_t at = text.find("=?"); at != std::string_view::npos;
       at = text.find("=?", at + 2)) {
    if (match(text, at)) return true;
  }
  return false;
}

}  // namespace emltrace
