#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/headers.hpp"
#include "message/mailbox.hpp"
#include "report/text/page.hpp"
#include "report/text/text.hpp"

/// The sections of the text report and the words they share.
namespace emltrace::report {

/// `1997-03-18 22:39:24Z`.
[[nodiscard]] std::string words(Instant instant);
/// `Ann <a@b.example>, c@d.example`.
[[nodiscard]] std::string words(const std::vector<Mailbox>& mailboxes);
/// A signed span: `+3 s`, `+187 s`, `−2 h 5 min`, `+3 d 4 h`. Below ten minutes it is exact.
[[nodiscard]] std::string delay(std::int64_t seconds);
/// `3 hops`, `1 hop`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);
/// The parts with `separator` between them; no line is broken inside a short part.
[[nodiscard]] Runs joined(const std::vector<std::string>& parts, const char* separator = ", ");
/// `<a@b>`, and `<>` for the null path.
[[nodiscard]] std::string bracketed(std::string_view path);
/// A raw value without the tabs and runs of blanks that folds leave.
[[nodiscard]] std::string on_one_line(std::string_view raw);

/// No question was asked, since the user wanted none.
[[nodiscard]] bool is_offline(const trace::Report& report);
/// A signature shows that the message was handed on after its first delivery, and SPF fails so.
[[nodiscard]] bool was_forwarded(const trace::Report& report);

/// What the author's standing rests on, and what was not checked; empty where all was. `dns` names
/// what DNS tells of hosts, where another word than that of the details is wanted.
[[nodiscard]] std::string basis_words(const std::optional<trace::Basis>& basis);
[[nodiscard]] std::string unchecked_words(const std::vector<std::string>& codes,
                                          std::string_view dns = {});

/// Of the level; where nothing could be checked `clean` is no good news.
[[nodiscard]] Style style_of(const trace::TraceVerdict& verdict);
[[nodiscard]] Style style_of(trace::Standing standing);
[[nodiscard]] Style style_of(trace::Severity severity);
[[nodiscard]] Style style_of(auth::Result result);

/// What a hidden clock tells, and how the written time named by `what` stands to it.
[[nodiscard]] Runs clock_words(const trace::HopClock& clock, const std::string& token,
                               const std::string& what, bool fits);

/// Fields that a signature leaves out though a reader may take them for signed: `another subject`
/// where a further instance stands there; with `all`, or an open end of the body, each of them.
[[nodiscard]] std::vector<std::string> unsigned_fields_shown(const dkim::Verdict& verdict,
                                                             bool all);

/// The name of the rules of DMARC.
[[nodiscard]] std::string rules_words(dmarc::Mode mode);

/// What names the message: its path, its place in it.
[[nodiscard]] std::string place(const trace::Report& report);
/// The same, and whether it is a header alone.
[[nodiscard]] std::string title(const trace::Report& report);
/// The addresses of From; empty where it names none.
[[nodiscard]] std::string author_name(const Headers& headers);

/// Origin, author and route, a row each.
void answer_rows(Page& page, const trace::Report& report);
void message_section(Page& page, const trace::Report& report);
void route_section(Page& page, const trace::Report& report);
void auth_section(Page& page, const trace::Report& report);
void recorded_section(Page& page, const trace::Report& report);
void findings_section(Page& page, const trace::Report& report);
void notes_section(Page& page, const trace::Report& report);

}  // namespace emltrace::report
