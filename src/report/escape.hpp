#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What comes from a message or from DNS is hostile to whatever shows it. Each output format has
/// one escape function here, used at the last step before the bytes leave. Which characters stand
/// as they are is one rule for all of them (report/shown.hpp): what a terminal may obey, what
/// hides, reorders or covers its neighbours does not. Text that as a whole is no UTF-8 is none in
/// parts: every byte of it beyond US-ASCII counts as ill-formed.
namespace emltrace::report {

/// Text for a terminal or a text file: every character that may not stand as it is becomes visible
/// (`\x1b` below 80,
/// `\u202e`, `\U000e0041`), every ill-formed UTF-8 byte `\xNN`. All else is unchanged.
[[nodiscard]] std::string for_terminal(std::string_view raw);

/// Appends text of an HTML document, of an element or of a quoted attribute: `&`, `<`, `>`, `"` and
/// `'` as entities, and all that `for_terminal` makes visible in the same way. Neither a tag, an
/// attribute nor an order to the browser can come of it.
void append_html(std::string& out, std::string_view raw);

/// Appends a string of JSON (RFC 8259 7) with its quotes. Ill-formed UTF-8 bytes become U+FFFD;
/// `"`, `\` and whatever may not stand as it is are escaped, so that it is harmless on a terminal.
void append_json(std::string& out, std::string_view raw);

/// The bytes in base64 where `append_json` loses some of them; null where it does not.
[[nodiscard]] std::optional<std::string> base64_twin(std::string_view raw);

/// A pvalue of RFC 8601 2.2: as it is where it is a token (RFC 2045 5.1) or
/// `[[local-part] "@"] domain-name`, else a quoted-string. Control characters and ill-formed
/// bytes, which no quoted-string can hold, become `?`.
[[nodiscard]] std::string for_pvalue(std::string_view raw);

/// The text of a comment (RFC 5322 3.2.2), without its parentheses: `(`, `)` and `\` quoted; what
/// no comment can hold, as above, becomes `?`.
[[nodiscard]] std::string for_comment(std::string_view raw);

}  // namespace emltrace::report
