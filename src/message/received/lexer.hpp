#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// Inside of the Received parser: the field body as tokens, the way its writers meant them.
namespace emltrace::received {

enum class Kind { word, quoted, comment, literal, angle, semicolon };

struct Token {
  Kind kind;
  std::string_view text;   ///< as written, delimiters included
  std::string_view inner;  ///< without delimiters and without white space at both ends
  bool glued;              ///< no white space between this token and the one before
};

/// Reads all of `text`. An opening delimiter without its partner is a letter of a word, so one
/// stray parenthesis in a HELO cannot hide the rest of the field. Linear in time; comments may nest
/// to any depth, they are matched without recursion.
[[nodiscard]] std::vector<Token> lex(std::string_view text);

[[nodiscard]] bool is_word(const Token& token, std::string_view word);

}  // namespace emltrace::received
