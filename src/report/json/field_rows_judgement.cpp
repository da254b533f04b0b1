#include <array>

#include "report/json/field_rows.hpp"
#include "trace/author/filter_verdict.hpp"
#include "trace/author/handle.hpp"
#include "trace/report.hpp"

namespace emltrace::report::json {
namespace {

using enum Shape;

constexpr std::array kRows{
    FieldRow{"/recorded", objects, "results that receivers wrote into the message"},
    FieldRow{"/recorded/*/line", integer, "the field's line in the message"},
    FieldRow{"/recorded/*/header", text, "the field"},
    FieldRow{"/recorded/*/authserv_id", text, "who checked, by its word", "it names none"},
    FieldRow{"/recorded/*/trusted", boolean, "whether one of the recipient's own hosts wrote it"},
    FieldRow{"/recorded/*/method", text, "the method"},
    FieldRow{"/recorded/*/result", text, "its result then"},
    FieldRow{"/recorded/*/recomputed", text, "its result now", "there is none to compare"},
    FieldRow{"/recorded/*/agrees", boolean, "whether the two are the same",
             "there is nothing to compare"},
    FieldRow{"/recorded/*/difference", text, "why they differ, as far as that is known",
             "they do not, or it is not known"},
    FieldRow{"/recorded/*/reason", text, "the reason that was written", "none was"},
    FieldRow{"/recorded/*/properties", texts_by_name,
             "what it was about, such as smtp.mailfrom; <> is the null path"},
    FieldRow{"/recorded/*/comments", texts, "comments that stand with it"},

    FieldRow{"/filters", objects, "what filters of spam and malware wrote"},
    FieldRow{"/filters/*/line", integer, "the field's line in the message"},
    FieldRow{"/filters/*/offset", integer, "its place in the message, in bytes"},
    FieldRow{"/filters/*/header", text, "the field"},
    FieldRow{"/filters/*/vendor", text, "the filter's maker"},
    FieldRow{"/filters/*/trusted", boolean,
             "whether one of the recipient's own hosts wrote it, about mail that came in"},
    FieldRow{"/filters/*/values", objects, "its values"},
    FieldRow{"/filters/*/values/*/name", text, "the name, as written"},
    FieldRow{"/filters/*/values/*/value", raw, "the value, as written"},
    FieldRow{"/filters/*/values/*/meaning", text, "what its maker says it means",
             "no document tells"},
    FieldRow{"/filters/*/verdict", text, "the worst of them", "none of them judges",
             words_of<trace::FilterVerdict, trace::FilterVerdict::malware>},

    FieldRow{"/handles", objects, "what an operator needs quoted to find the account behind it"},
    FieldRow{"/handles/*/line", integer, "its line in the message",
             "it stands in the envelope alone"},
    FieldRow{"/handles/*/offset", integer, "its place in the message, in bytes",
             "it stands in the envelope alone"},
    FieldRow{"/handles/*/header", text, "the field", "it stands in the envelope alone"},
    FieldRow{"/handles/*/kind",
             text,
             "what it points to",
             {},
             words_of<trace::HandleKind, trace::HandleKind::client_address>},
    FieldRow{"/handles/*/value", raw, "the value, decoded where its form is known",
             "the field has none of its own"},
    FieldRow{"/handles/*/operator", text, "who can resolve it", "it is not known"},
    FieldRow{
        "/handles/*/trusted", boolean,
        "whether one of the recipient's own hosts wrote it, or the route or a check shows that "
        "its operator handled the message"},
    FieldRow{"/handles/*/report_to", objects, "where to send it", {}, nullptr, "/origin/abuse"},
    FieldRow{"/handles/*/recipient", text, "the recipient whom the value names", "it names none"},
    FieldRow{"/handles/*/original_sender", text, "the sender whom a rewritten address names",
             "it names none"},
    FieldRow{"/handles/*/made_at", time, "the writer's clock in the value", "it holds none"},
    FieldRow{"/handles/*/expires_on", text, "the last day of an address that is for once",
             "it is for good"},
    FieldRow{"/handles/*/note", text, "what might be taken wrong", "nothing is"},

    FieldRow{"/findings", objects, "what was found, most severe first; see --explain"},
    FieldRow{"/findings/*/code", text, "its code"},
    FieldRow{"/findings/*/severity",
             text,
             "how much it weighs here",
             {},
             words_of<trace::Severity, trace::Severity::high>},
    FieldRow{"/findings/*/hop", integer, "the hop", "it is about the message"},
    FieldRow{"/findings/*/line", integer, "the line in the message", "it has no place there"},
    FieldRow{"/findings/*/offset", integer, "the place in the message, in bytes",
             "it has no place there"},
    FieldRow{"/findings/*/message", text, "one sentence for people"},
    FieldRow{"/findings/*/evidence", texts_by_name,
             "what it rests on; a name that comes again has a number, bytes that are no UTF-8 a "
             "twin NAME_base64"},
    FieldRow{"/findings/*/reference", text, "the standard behind it", "none is behind it"},

    FieldRow{"/verdict", object, "the answer"},
    FieldRow{"/verdict/level",
             text,
             "what --fail-on looks at",
             {},
             words_of<trace::Level, trace::Level::forged>},
    FieldRow{"/verdict/route",
             text,
             "the worst that is true of the route",
             {},
             words_of<trace::RouteState, trace::RouteState::absent>},
    FieldRow{"/verdict/author",
             text,
             "whether the author's domain vouches for the message",
             {},
             words_of<trace::AuthorState, trace::AuthorState::unknown>},
    FieldRow{"/verdict/basis", text,
             "what the answer about the author rests on: the checks of now, the recipient's own "
             "record at receipt, or both",
             "nothing could be judged", words_of<trace::Basis, trace::Basis::both>},
    FieldRow{"/verdict/unchecked", texts,
             "what could not be or was not checked: spf, dkim, arc, dkim2, dmarc, dns"},
    FieldRow{"/verdict/summary", text, "the answer in one sentence", "there is none"},

    FieldRow{"/dns", object, "how DNS was asked"},
    FieldRow{"/dns/mode", text, "live, zone, replay or offline", "it was not"},
    FieldRow{"/dns/servers", texts, "the servers"},
    FieldRow{"/dns/questions", integer, "questions in all"},
    FieldRow{"/dns/cached", integer, "those that had been asked before"},
    FieldRow{"/dns/failed", integer, "those without an answer"},
    FieldRow{"/dns/unanswered", texts, "these, each as NAME TYPE: reason"},
    FieldRow{"/dns/zone_skipped", integer, "records of zone files that were left out",
             "no zone file answered"},
    FieldRow{"/dns/elapsed_ms", integer,
             "milliseconds that it took; of a replay, when it was recorded"},
};

}  // namespace

std::span<const FieldRow> judgement_rows() {
  return kRows;
}

}  // namespace emltrace::report::json
