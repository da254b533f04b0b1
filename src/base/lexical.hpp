#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Quoted strings and comments of structured fields (RFC 5322 3.2.2, 3.2.4).
namespace emltrace {

/// The offset behind the quoted-string that begins with the `"` at `at`; npos where it is never
/// closed.
[[nodiscard]] std::size_t quoted_string_end(std::string_view text, std::size_t at);
/// The offset behind the comment that begins with the `(` at `at`, comments inside it included;
/// npos where it is never closed. Nesting is counted, not recursed into: depth costs nothing.
[[nodiscard]] std::size_t comment_end(std::string_view text, std::size_t at);
/// The text of a quoted-string or comment with its quoted pairs resolved.
[[nodiscard]] std::string without_quoted_pairs(std::string_view inside);
/// The text with quoted strings and comments blanked out, line ends kept, at the same length.
[[nodiscard]] std::string blank_quoted_and_comments(std::string_view text);

}  // namespace emltrace
