#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "message/message.hpp"

/// Canonical forms of header and body, RFC 6376 3.4, and the choice of the signed fields, 5.4.2.
namespace emltrace::dkim {

enum class Canonicalization { simple, relaxed };

/// Which bytes are read as the CRLF that ended a line on the wire. A bare CR or LF that is not read
/// as a line end is a byte as any other, as it was for the signer.
enum class LineEnds {
  crlf,  ///< CRLF alone
  lf,    ///< LF, with a CR before it or not: a file on disk
  any,   ///< CRLF, LF, and CR
};
/// CRLF messages: crlf. LF messages: lf. CR messages: any. A mixed message reads as the kind that
/// ends more of its lines; a tie reads as crlf.
[[nodiscard]] LineEnds line_ends_of(const Message& message);

/// A header field as bytes: what canonicalization works on.
struct FieldText {
  std::string_view name;  ///< without white space before the colon
  std::string_view raw;   ///< the whole field with its line end, if it has one
};
[[nodiscard]] FieldText field_text(const Field& field);
[[nodiscard]] std::vector<FieldText> field_texts(const Message& message);

/// One field by RFC 6376 3.4.1 or 3.4.2, with a CRLF at its end.
[[nodiscard]] std::string canonical_field(const FieldText& field, Canonicalization canonicalization,
                                          LineEnds ends);
/// The signature field itself (RFC 6376 3.7 step 2): the bytes of `value` (a place in `field.raw`:
/// all from after the '=' of b= up to the ';' or the field's end) taken out, and no CRLF at the
/// end.
[[nodiscard]] std::string canonical_signature_field(const FieldText& field, Span value,
                                                    Canonicalization canonicalization,
                                                    LineEnds ends);

/// All that a DKIM-Signature or ARC-Message-Signature signs of the header: the selected fields, and
/// the signature field at index `own` without its b= value.
[[nodiscard]] std::string signed_header(std::span<const FieldText> fields,
                                        const std::vector<std::string>& names, std::size_t own,
                                        Span value, Canonicalization canonicalization,
                                        LineEnds ends);

/// The lines of a body without their ends; what is not read as a line end stays inside a line. A
/// line end at the end of the body begins no further line.
[[nodiscard]] std::vector<std::string_view> body_lines(std::string_view body, LineEnds ends);

using Sink = std::function<void(std::string_view)>;
/// The body by RFC 6376 3.4.3 or 3.4.4, handed to `sink` piece by piece: an empty body is CRLF
/// (simple) or nothing (relaxed). Linear; memory does not grow with the body.
void canonical_body(std::string_view body, Canonicalization canonicalization, LineEnds ends,
                    const Sink& sink);
/// As above; `after_line` is told the offset in `body` behind each line that is not empty, when all
/// of the canonical form of the body up to there, and no more, was handed to `sink`.
void canonical_body(std::string_view body, Canonicalization canonicalization, LineEnds ends,
                    const Sink& sink, const std::function<void(std::size_t)>& after_line);
[[nodiscard]] std::string canonical_body(std::string_view body, Canonicalization canonicalization,
                                         LineEnds ends);

}  // namespace emltrace::dkim
