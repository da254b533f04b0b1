#pragma once

#include <array>

#include "trace/finding/sentence_row.hpp"

namespace emltrace::trace::sentence_rows {

/// Of fields, bytes and the input.
inline constexpr auto kField = std::to_array<Row>({
    {"address-incomplete/no-domain", "{field} names {address}, which has no domain."},
    {"address-incomplete/no-top-level",
     "{field} names {address}, whose domain has no top-level domain."},
    {"bare-cr-lf/cr", "A CR without LF stands in the {where}."},
    {"bare-cr-lf/lf", "An LF without CR stands among lines that end in CR LF."},
    {"control-char", "The control character 0x{byte:02X} stands in the header."},
    {"date-missing/no-field", "There is no Date field."},
    {"date-missing/unread", "The Date field holds no date that can be read."},
    {"dns-failed/one", "1 question to DNS got no answer: what rests on it could not be checked."},
    {"dns-failed/several",
     "{count} questions to DNS got no answer: what rests on them could not be checked."},
    {"duplicate-header", "{field} stands {count} times, with {kind} values."},
    {"from-line-differs",
     "The From line before the header names {address}, {field} names {other}."},
    {"from-missing/no-address", "The From field holds no address."},
    {"from-missing/no-field", "There is no From field."},
    {"header-bomb/fields",
     "The header has more than {fields} fields or {size} MiB: the rest was not looked at."},
    {"header-bomb/hops", "More than {most} Received lines: the older ones were not looked at."},
    {"header-bomb/signatures", "{skipped} signatures beyond the first {most} were not looked at."},
    {"header-name-space", "White space stands between {field} and its colon."},
    {"input-mended/damaged",
     "The text was damaged on its way here and was mended before it was read: {codes}."},
    {"input-mended/made",
     "A header was made of what Outlook knows, for none came by mail, before it was read: "
     "{codes}."},
    {"message-attached/asked-one",
     "Part {parts} holds a message that was not traced: --attached all traces it too."},
    {"message-attached/asked-several",
     "Parts {parts} hold messages that were not traced: --attached all traces them too."},
    {"message-attached/text-one",
     "Part {parts} is a text in which a mail header stands that was not traced: --attached all "
     "traces it too."},
    {"message-attached/text-several",
     "Parts {parts} are texts in which mail headers stand that were not traced: --attached all "
     "traces them too."},
    {"message-id-missing", "There is no Message-ID."},
    {"nul-byte", "A NUL byte stands in the header."},
    {"overlong-line", "A line has more than 998 bytes."},
    {"part-unread/damaged-one",
     "Part {parts} is said to be a message, but none can be read from it."},
    {"part-unread/damaged-several",
     "Parts {parts} are said to be messages, but none can be read from them."},
    {"part-unread/deep-one",
     "Part {parts} holds a message deeper inside messages than is looked: it was not traced."},
    {"part-unread/deep-several",
     "Parts {parts} hold messages deeper inside messages than is looked: they were not traced."},
    {"part-unread/many-one",
     "Part {parts} holds a message behind the first ones, up to the limit: it was not traced."},
    {"part-unread/many-several",
     "Parts {parts} hold messages behind the first ones, up to the limit: they were not traced."},
    {"part-unread/tnef-one",
     "Part {parts} is a TNEF container (winmail.dat), which is not read: what it holds is not "
     "known."},
    {"part-unread/tnef-several",
     "Parts {parts} are TNEF containers (winmail.dat), which are not read: what they hold is not "
     "known."},
    {"raw-8bit-header", "Raw 8-bit text, {what}, stands in: {fields}."},
    {"return-path-misplaced/below",
     "Return-Path stands below {what}, where no server of final delivery puts it."},
    {"return-path-misplaced/several",
     "There are {count} Return-Path fields; the server of final delivery writes one."},
    {"smuggling-trace", "After a line of a lone dot the body goes on with another message."},
    {"stray-line/one", "A line of the header is neither a field nor goes on with one."},
    {"stray-line/several", "{count} lines of the header are neither fields nor go on with one."},
});

}  // namespace emltrace::trace::sentence_rows
