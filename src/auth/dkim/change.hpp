#pragma once

#include <string_view>

namespace emltrace::dkim {

/// What a repair undoes, as far as it matters for judging it. A signature that verifies after a
/// repair proves what was signed, never that the change was harmless: `footer`, `tag` and `banner`
/// are told only of texts that lists, gateways and scanners are known to add.
enum class Change {
  footer,             ///< a known text at the end: of a list, a provider, a scanner
  tag,                ///< a known tag in Subject: a filter's word, or the name of the list
  banner,             ///< a known warning at the start
  text_added,         ///< any other text
  field_added,        ///< a header field that the signer had shut out
  field_rewritten,    ///< another value in a signed field
  author_rewritten,   ///< another From
  links_rewritten,    ///< links lead through a filter
  transfer_encoding,  ///< the same bytes in another transfer encoding, or other encoded words
  header_form,        ///< the same value written otherwise: quoting, case, order of blanks
  fold,               ///< other folding
  white_space,        ///< blanks or blank lines added
  transport,          ///< escapes of mail stores and transports: `>From `, doubled dots, cut lines
  line_ends,          ///< CR and LF
};
[[nodiscard]] std::string_view to_string(Change change);  ///< `text-added`

/// True for a text that lists, providers and scanners put at the end of messages; HTML or plain.
[[nodiscard]] bool is_known_footer(std::string_view text);
/// True for a warning that gateways put at the start of messages; HTML or plain.
[[nodiscard]] bool is_known_banner(std::string_view text);
/// True for what filters put into Subject: `[EXTERNAL]`, `***SPAM***`, with its brackets or
/// without.
[[nodiscard]] bool is_known_tag(std::string_view tag);

}  // namespace emltrace::dkim
