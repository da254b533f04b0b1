#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <string>
#include <vector>

#include "report/text/details.hpp"
#include "report/text/phrases.hpp"
#include "report/text/section.hpp"

/// The rows that the section of checks is made of.
namespace emltrace::report {

inline constexpr std::size_t kAuthIndent = 2;
inline constexpr std::size_t kAuthMethod = 14;
inline constexpr std::size_t kAuthResult = 11;
inline constexpr std::size_t kAuthDetail = 14;

inline void result_row(Page& page, const std::string& method, auth::Result result,
                       const Runs& text) {
  page.row({{"", kAuthIndent},
            {{method, Style::strong}, kAuthMethod},
            {{std::string(auth::to_string(result)), style_of(result)}, kAuthResult}},
           text);
}

/// A detail of the result above; no row where the text is empty.
inline void more(Page& page, Detail label, const std::string& text) {
  if (text.empty()) return;
  page.row({{"", kAuthIndent + kAuthMethod}, {{say(label), Style::dim}, kAuthDetail}}, {{text}});
}

[[nodiscard]] inline std::string list(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// The rows of one method each.
void spf_rows(Page& page, const trace::Report& report);
void arc_rows(Page& page, const arc::Verdict& verdict);
void dmarc_rows(Page& page, const dmarc::Verdict& verdict);
/// Each signature: its result, what it covers, and what a repair showed.
void dkim_rows(Page& page, const trace::Report& report);
/// The chain of custody: its result, each signature, each change and what was there before. Nothing
/// where there are no such fields.
void dkim2_rows(Page& page, const trace::Report& report);

/// What a receiver recorded.
[[nodiscard]] Runs statement_words(const trace::RecordedComparison& comparison);
/// What a receiver recorded, and how the re-run stands to it.
[[nodiscard]] Runs comparison_words(const trace::RecordedComparison& comparison);

}  // namespace emltrace::report
