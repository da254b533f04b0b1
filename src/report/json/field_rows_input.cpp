#include <array>

#include "intake/item.hpp"
#include "message/message.hpp"
#include "report/json/field_rows.hpp"
#include "trace/route/envelope.hpp"

namespace emltrace::report::json {
namespace {

using enum Shape;

constexpr Words kRecorders = words_of<trace::Recorder, trace::Recorder::wrapper>;

constexpr std::array kRows{
    FieldRow{"/schema", text, "emltrace.report/1"},
    FieldRow{"/tool", object, "the program that wrote the report"},
    FieldRow{"/tool/name", text, "emltrace"},
    FieldRow{"/tool/version", text, "its version"},

    FieldRow{"/input", object, "what was traced, and where it stood"},
    FieldRow{"/input/path", raw,
             "the PATH, a file that it led to, a.zip!b.eml inside an archive, or - for standard "
             "input"},
    FieldRow{"/input/index", integer, "which message of that path, from 1"},
    FieldRow{"/input/part", text, "MIME part number of an attached message, such as 2.1",
             "it is the outer message"},
    FieldRow{"/input/kind",
             text,
             "a whole message, or a header without a body",
             {},
             words_of<intake::Kind, intake::Kind::headers>},
    FieldRow{"/input/offset", integer,
             "bytes of the input in front of the message; lines and offsets of the report count "
             "from there"},
    FieldRow{"/input/bytes", integer, "bytes of the message as it was given"},
    FieldRow{"/input/sha256", text, "SHA-256 of those bytes, hexadecimal", "it was not reckoned"},
    FieldRow{"/input/line_ending",
             text,
             "how its lines end",
             {},
             words_of<LineEnding, LineEnding::mixed>},
    FieldRow{"/input/repairs", objects, "what was mended before the message was read"},
    FieldRow{"/input/repairs/*/code", text, "the kind of damage"},
    FieldRow{"/input/repairs/*/line", integer, "the first line concerned"},
    FieldRow{"/input/repairs/*/count", integer, "how many places were mended"},
    FieldRow{"/input/repairs/*/touches_signed_bytes", boolean,
             "whether bytes were changed that a signature may cover"},
    FieldRow{"/input/repairs/*/detail", text, "the same in a sentence"},
    FieldRow{"/input/wrapper", object, "the message in which this one came", "it came by itself"},
    FieldRow{"/input/wrapper/kind", text, "what that message is, such as an abuse report"},
    FieldRow{"/input/wrapper/returned", boolean,
             "whether it is a delivery failure: the message came back to its sender"},
    FieldRow{"/input/wrapper/notice_signers", texts,
             "the domains of the DKIM2 signatures of such a notification, unchecked"},
    FieldRow{"/input/wrapper/notice_recipients", texts, "the addresses in its To"},
    FieldRow{"/input/wrapper/feedback_type", text, "what is reported, such as abuse or fraud",
             "it does not say"},
    FieldRow{"/input/wrapper/reporting_mta", text, "the host that took the message, by its word",
             "it names none"},
    FieldRow{"/input/wrapper/from", text, "its From", "it names none"},
    FieldRow{"/input/wrapper/subject", text, "its Subject", "it has none"},
    FieldRow{"/input/wrapper/source_ip", text, "the client's address by its word",
             "it states none"},
    FieldRow{"/input/wrapper/mail_from", text,
             "the envelope sender by its word; <> is the null path", "it states none"},
    FieldRow{"/input/wrapper/rcpt_to", text, "the envelope recipient by its word",
             "it states none"},
    FieldRow{"/input/wrapper/helo", text, "the HELO name by its word", "it states none"},
    FieldRow{"/input/wrapper/arrival_date", text, "when the message arrived, as it writes it",
             "it states none"},
    FieldRow{"/input/wrapper/recipients", texts, "the recipients that it lists"},
    FieldRow{"/input/wrapper/reported_domains", texts, "the domains that it reports"},

    FieldRow{"/headers", object, "the sender's own words, which nobody has checked"},
    FieldRow{"/headers/from", objects, "the mailboxes of From"},
    FieldRow{"/headers/from/*/display", text, "the name in front of the address, decoded",
             "there is none"},
    FieldRow{"/headers/from/*/address", text, "the address", "what stands there is none"},
    FieldRow{"/headers/from/*/domain", text, "its domain", "it has none"},
    FieldRow{"/headers/sender", objects, "those of Sender", {}, nullptr, "/headers/from"},
    FieldRow{"/headers/reply_to", objects, "those of Reply-To", {}, nullptr, "/headers/from"},
    FieldRow{"/headers/to", objects, "those of To", {}, nullptr, "/headers/from"},
    FieldRow{"/headers/to_raw", text, "To as it is written", "there is none"},
    FieldRow{"/headers/cc", objects, "those of Cc", {}, nullptr, "/headers/from"},
    FieldRow{"/headers/subject", text, "Subject, decoded", "there is none"},
    FieldRow{"/headers/date", time, "the time of Date", "none can be read"},
    FieldRow{"/headers/date_raw", raw, "Date as it is written", "there is none"},
    FieldRow{"/headers/date_defects", texts,
             "what is wrong with it: syntax, obsolete, weekday-wrong, zone-missing, "
             "zone-impossible, zone-name-mismatch, season-mismatch"},
    FieldRow{"/headers/message_id", text, "Message-ID", "there is none"},
    FieldRow{"/headers/return_path", text, "Return-Path; <> is the null path", "there is none"},

    FieldRow{"/envelope", object, "the SMTP transaction at the border"},
    FieldRow{"/envelope/client_ip", text, "the client's address", "it is not known"},
    FieldRow{"/envelope/helo", text, "the name that the client gave in HELO or EHLO",
             "it is not known"},
    FieldRow{"/envelope/mail_from", text, "the envelope sender; <> is the null path",
             "it is not known"},
    FieldRow{"/envelope/rcpt_to", text, "the envelope recipient", "it is not known"},
    FieldRow{"/envelope/received_at", time, "when the border hop took the message",
             "no stamp can be read"},
    FieldRow{"/envelope/from_hop", integer, "the number of the border hop", "there is none"},
    FieldRow{"/envelope/overridden", texts,
             "which of client_ip, helo, mail_from and rcpt_to the command line gave"},
    FieldRow{
        "/envelope/sources", object,
        "who recorded each: option (the command line), recorded (results and delivery fields of "
        "the recipient's own hosts), border (its Received line), return-path (or the line that "
        "starts a message of an mbox), wrapper (the message around this one)"},
    FieldRow{"/envelope/sources/client_ip", text, "of the client's address", "that is null",
             kRecorders},
    FieldRow{"/envelope/sources/helo", text, "of the HELO name", "that is null", kRecorders},
    FieldRow{"/envelope/sources/mail_from", text, "of the envelope sender", "that is null",
             kRecorders},
    FieldRow{"/envelope/sources/rcpt_to", text, "of the envelope recipient", "that is null",
             kRecorders},

    FieldRow{"/clock", object, "the time at which expiry was judged"},
    FieldRow{"/clock/at", time, "that time"},
    FieldRow{"/clock/source", text,
             "border: the stamp of the border hop; now: of this run; given: on the command line or "
             "by a recording",
             "it is not told"},
};

}  // namespace

std::span<const FieldRow> input_rows() {
  return kRows;
}

}  // namespace emltrace::report::json
