#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace emltrace::address_lexer {

enum class Kind {
  word,     ///< a run of atext, dots and 8-bit bytes, or a whole encoded word
  quoted,   ///< quoted-string
  literal,  ///< `[…]`
  comment,
  special,  ///< one of `< > , ; : @`
};

struct Token {
  Kind kind;
  std::string_view raw;  ///< as written, delimiters included
  bool space_before;     ///< white space stands before it

  [[nodiscard]] bool is(char special) const { return kind == Kind::special && raw[0] == special; }
  /// Without delimiters, quoted pairs and line ends; `raw` of the other kinds.
  [[nodiscard]] std::string text() const;
};

/// Cuts a structured field body into tokens (RFC 5322 3.2, 4.1, RFC 6532). A quote, parenthesis
/// or bracket that is never closed is an ordinary byte.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text), last_bracket_(text.rfind(']')) {}
  /// Null at the end.
  [[nodiscard]] std::optional<Token> next();

 private:
  [[nodiscard]] std::size_t literal_end() const;
  [[nodiscard]] std::size_t word_end() const;
  [[nodiscard]] Token take(Kind kind, std::size_t end, bool space);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t last_bracket_;
  bool quotes_ = true;    // a quoted-string may still be closed
  bool comments_ = true;  // a comment may still be closed
};

}  // namespace emltrace::address_lexer
