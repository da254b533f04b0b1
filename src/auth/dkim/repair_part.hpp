#pragma once

#include <string_view>

#include "auth/dkim/repair_rows.hpp"

/// Rows of trial repair for the parts of a body (RFC 2045, RFC 2046).
namespace emltrace::dkim {

/// Either a part was appended to a multipart, or the whole was wrapped together with a new part.
bool strip_last_part(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt);
/// A warning put at the start of the text parts, of one or of all of them.
bool strip_part_banner(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt);
/// A text put at the end of the text parts, of one or of all of them.
bool strip_part_footer(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt);
/// Links in the text parts that a filter had led through itself.
bool restore_links(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt);
/// The body, or its text parts, in another transfer encoding. A relay may recode an 8bit body for a
/// server that does not take it (RFC 6152 3); gateways write every part anew.
bool restore_8bit(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt);
bool restore_quoted_printable(const Damaged& damaged, const BodyVariant& from,
                              const BodyAttempt& attempt);
bool restore_base64(const Damaged& damaged, const BodyVariant& from, const BodyAttempt& attempt);

/// The header of the first part where the message is a multipart of two or more; empty elsewhere.
[[nodiscard]] std::string_view first_part_header(const Message& message);

}  // namespace emltrace::dkim
