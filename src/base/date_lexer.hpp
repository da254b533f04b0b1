#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/lexical.hpp"
#include "base/text.hpp"

namespace emltrace::date_lexer {

inline constexpr std::size_t kMaxLexemes = 48;  // a date of any shape has fewer

enum class Kind { number, word, sign, end };

struct Lexeme {
  Kind kind = Kind::end;
  std::string_view text;
  bool space_before = false;
};

// Skips the comment at `at` and gives its inside; one that is never closed reaches to the end.
inline std::string_view take_comment(std::string_view text, std::size_t& at) {
  const std::size_t start = at + 1;
  const std::size_t end = comment_end(text, at);
  at = std::min(end, text.size());
  return text.substr(start, end == std::string_view::npos ? end : end - 1 - start);
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) {
    std::size_t at = 0;
    bool space = false;
    while (at < text.size()) {
      const char c = text[at];
      if (text::is_space(c)) {
        space = true;
        ++at;
        continue;
      }
      if (c == '(') {
        note_comment(text::trim(take_comment(text, at)));
        space = true;
        continue;
      }
      comment_inside_ = comment_inside_ || trailing_comment_.data() != nullptr;
      trailing_comment_ = {};
      if (count_ == kMaxLexemes) {
        cut_ = true;
        return;
      }
      lexemes_[count_++] = take(text, at, space);
      space = false;
    }
  }

  [[nodiscard]] const Lexeme& peek(std::size_t ahead = 0) const {
    return at_ + ahead < count_ ? lexemes_[at_ + ahead] : end_;
  }
  /// The text of the next `n` lexemes, as written between them; `n` is not beyond the end.
  [[nodiscard]] std::string_view span(std::size_t n) const {
    const std::string_view last = peek(n - 1).text;
    const char* begin = peek().text.data();
    return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
  }
  void skip(std::size_t n = 1) { at_ = std::min(at_ + n, count_); }
  [[nodiscard]] bool is_sign(char c, std::size_t ahead = 0) const {
    return peek(ahead).kind == Kind::sign && peek(ahead).text[0] == c;
  }
  [[nodiscard]] bool is(Kind kind, std::size_t ahead = 0) const { return peek(ahead).kind == kind; }
  [[nodiscard]] bool cut() const { return cut_; }
  /// The first comment after the last lexeme; empty if none.
  [[nodiscard]] std::string_view trailing_comment() const { return trailing_comment_; }
  [[nodiscard]] bool comment_inside() const { return comment_inside_; }

 private:
  void note_comment(std::string_view comment) {
    if (trailing_comment_.data() == nullptr) trailing_comment_ = comment;
  }

  static Lexeme take(std::string_view text, std::size_t& at, bool space) {
    const std::size_t start = at;
    const char c = text[at];
    const auto same = text::is_digit(c)   ? text::is_digit
                      : text::is_alpha(c) ? text::is_alpha
                                          : nullptr;
    do {
      ++at;
    } while (same != nullptr && at < text.size() && same(text[at]));
    const Kind kind = same == nullptr ? Kind::sign : text::is_digit(c) ? Kind::number : Kind::word;
    return {kind, text.substr(start, at - start), space};
  }

  std::array<Lexeme, kMaxLexemes> lexemes_;
  std::size_t count_ = 0;
  std::size_t at_ = 0;
  bool cut_ = false;
  bool comment_inside_ = false;
  std::string_view trailing_comment_;
  Lexeme end_;
};

}  // namespace emltrace::date_lexer
