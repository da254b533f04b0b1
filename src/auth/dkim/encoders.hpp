#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// The ways in which mail programs write bytes in ASCII: the standards leave choices, and a hash
/// tells which one a signer took.
namespace emltrace::dkim {

/// Quoted-printable (RFC 2045 6.7) as the common libraries write it: form 0 is the most usual one.
/// Line ends of `text`, CRLF or LF, stay as they are. `form` is below kQuotedPrintableForms.
[[nodiscard]] std::string quoted_printable(std::string_view text, std::size_t form);
inline constexpr std::size_t kQuotedPrintableForms = 10;

/// Base64 in lines of `width` characters with `end` behind each but the last; 0: one line.
[[nodiscard]] std::string base64_lines(std::string_view bytes, std::size_t width,
                                       std::string_view end);
/// The widths in use.
inline constexpr std::size_t kBase64Widths[] = {76, 72, 64, 60, 0};

/// UTF-8 text with encoded words (RFC 2047) as the common programs write them, most usual first,
/// each form once. `name` is the field's, which takes room in the first line. ASCII text is itself.
[[nodiscard]] std::vector<std::string> encoded_word_forms(std::string_view text,
                                                          std::string_view name);

}  // namespace emltrace::dkim
