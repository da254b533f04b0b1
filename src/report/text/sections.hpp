#pragma once

#include <string>
#include <vector>

#include "report/text/page.hpp"
#include "report/text/phrases.hpp"
#include "trace/report.hpp"

/// The blocks of the text report alone, each on its first screen.
namespace emltrace::report {

inline constexpr std::size_t kLabel = 10;  ///< columns of the label in front of a row

/// A row of the answer, labelled; a row without a label goes on with the one above.
void answer_row(TextPage& page, Phrase label, const Runs& text);

/// Rows of the answer under one label, of which a message may make any number: the first screen
/// has kMost of them, a verbose page all.
class AnswerRows {
 public:
  static constexpr std::size_t kMost = 6;

  AnswerRows(TextPage& page, Phrase label) : page_(page), label_(label) {}
  void add(const Runs& text);
  /// Says how many rows were left out.
  void close();

 private:
  TextPage& page_;
  Phrase label_;
  std::size_t rows_ = 0;
};

/// Appends `part` behind what separates parts of a row.
void add_part(Runs& row, Runs part);

/// Rows of as many parts as each has room for; a part is broken only where no row has room for it.
/// Empty parts are left out.
void parts_rows(TextPage& page, Cell label, const std::vector<Runs>& parts);
/// The same behind a label of the answer.
void answer_parts(TextPage& page, Phrase label, const std::vector<Runs>& parts);

/// The level, its grounds, what it rests on and what was not checked.
void verdict_rows(TextPage& page, const trace::Report& report);
/// In what the message was found.
[[nodiscard]] std::string found_words(const intake::WrapperFacts& wrapper);
/// Whence, as whom, about what.
void identity_rows(TextPage& page, const trace::Report& report);
/// What the recipient's filter had decided; who can act, and what to quote to him.
void contact_rows(TextPage& page, const trace::Report& report);
/// The row of the filters shows that value.
[[nodiscard]] bool is_told_of_filter(const trace::Report& report, std::string_view name,
                                     std::string_view value);
/// Each value of the filters and each handle, with its line.
void contact_sections(TextPage& page, const trace::Report& report);
/// One row a hop, oldest first; runs of hops inside one system are one row.
void road_section(TextPage& page, const trace::Report& report);
/// Grouped by code; those of severity `info` are left to `findings_section`.
void reasons_section(TextPage& page, const trace::Report& report);
/// SPF, DKIM, ARC, DKIM2 and DMARC now beside what was recorded at receipt.
void checks_section(TextPage& page, const trace::Report& report);
/// What was mended, and what else there is to be had.
void closing_rows(TextPage& page, const trace::Report& report);

/// The results in one row, in parts, where they say no more than that all is well; empty
/// where they do.
[[nodiscard]] std::vector<Runs> checks_in_short(const trace::Report& report);

/// The title of the most severe finding of each code that made the level, at most `most`; `more`
/// counts the rest.
struct Grounds {
  std::vector<const trace::Finding*> shown;
  std::size_t more = 0;
};
[[nodiscard]] Grounds grounds_of(const trace::Report& report, std::size_t most);
/// What is said of the route as a whole.
[[nodiscard]] std::string route_phrase(const trace::Report& report);
/// A list of numbers, runs of them short: `1–3, 7`.
[[nodiscard]] std::string number_list(std::vector<std::size_t> numbers);

}  // namespace emltrace::report
