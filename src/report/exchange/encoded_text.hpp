#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text of people in the header of a message that we write.
namespace emltrace::report {

/// UTF-8 as encoded words (RFC 2047) of the charset UTF-8, none above 75 characters, each whole
/// letters, with a blank between them. Ill-formed bytes become U+FFFD.
[[nodiscard]] std::string encoded_words(std::string_view text);

/// A field `NAME: mark text`, its lines ended by LF and folded at 78 columns: US-ASCII as it is
/// where no line grows above that, else in encoded words. Control characters become blanks: nothing
/// of the text ends the field. `mark` is a word of ours.
[[nodiscard]] std::string text_field(std::string_view name, std::string_view mark,
                                     std::string_view text);
/// A mailbox `phrase <address>` (RFC 5322 3.4); the address alone where the phrase is empty.
[[nodiscard]] std::string mailbox_text(std::string_view phrase, std::string_view address);
/// US-ASCII that a line of a plain text can hold: what is beyond it, and control characters, become
/// visible as `report/escape.hpp` says or `?`.
[[nodiscard]] std::string ascii_text(std::string_view text);

inline constexpr std::size_t kMaxTextField = 2'000;  ///< bytes of a text that are kept

}  // namespace emltrace::report
