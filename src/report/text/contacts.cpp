#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report/text/section.hpp"
#include "report/text/sections.hpp"
#include "trace/contact_choice.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kMaxValues = 4;  // of one filter, on the first screen
constexpr std::size_t kMaxQuoted = 3;  // handles beside one address
constexpr std::size_t kPlace = 12;

Style style_of(trace::FilterVerdict verdict) {
  return verdict == trace::FilterVerdict::clean  ? Style::good
         : verdict == trace::FilterVerdict::bulk ? Style::note
                                                 : Style::warn;
}

std::string value_words(const trace::FilterValue& value) {
  std::string text = value.name.empty() ? value.value : value.name + " " + value.value;
  if (value.meaning) text += fmt::format(" ({})", *value.meaning);
  return text;
}

/// What a filter decided: its verdict, then those of its values that a document explains.
Runs filter_words(const trace::FilterReport& filter, std::size_t most) {
  Runs text{{filter.vendor}};
  text.emplace_back(": ");
  if (filter.verdict)
    text.push_back(
        strong_run(std::string(trace::to_string(*filter.verdict)), style_of(*filter.verdict)));
  std::size_t shown = 0;
  for (const trace::FilterValue& value : filter.values) {
    if (most != filter.values.size() && !value.meaning) continue;
    if (shown == most) break;
    if (shown > 0 || filter.verdict) text.emplace_back(", ");
    text.emplace_back(value_words(value));
    ++shown;
  }
  return text;
}

void filter_rows(TextPage& page, const trace::Report& report) {
  const char* label = "Filter";
  for (const trace::FilterReport& filter : report.filters) {
    const bool telling =
        filter.verdict || std::ranges::any_of(filter.values, [](const trace::FilterValue& value) {
          return value.meaning.has_value();
        });
    if (!filter.trusted || !telling) continue;
    answer_row(page, label, filter_words(filter, kMaxValues));
    label = "";
  }
}

std::string kind_words(trace::HandleKind kind) {
  std::string text(trace::to_string(kind));
  std::ranges::replace(text, '-', ' ');
  return text;
}

Runs handle_words(const trace::Handle& handle) {
  return {{say(Phrase::quote, fmt::arg("kind", kind_words(handle.kind)),
               fmt::arg("value", handle.value))}};
}

void act_rows(TextPage& page, const trace::Report& report) {
  const char* label = "Act";
  for (const trace::Addressee& addressee : trace::addressees(report)) {
    Runs text{value_run(addressee.contact.address)};
    text.back().strong = true;
    std::size_t shown = 0;
    for (const trace::Handle* handle : addressee.handles) {
      if (shown++ < kMaxQuoted) add_part(text, handle_words(*handle));
    }
    answer_row(page, label, text);
    label = "";
  }
}

void place_row(TextPage& page, std::size_t line, Runs text, bool trusted) {
  if (!trusted) add_part(text, {{say(Phrase::by_sender), Style::warn}});
  page.row({{"", 2}, {{fmt::format("line {}", line), Style::dim}, kPlace}}, text);
}

}  // namespace

void contact_rows(TextPage& page, const trace::Report& report) {
  filter_rows(page, report);
  act_rows(page, report);
}

void contact_sections(TextPage& page, const trace::Report& report) {
  if (!report.filters.empty()) {
    page.heading("Filters");
    for (const trace::FilterReport& filter : report.filters) {
      Runs text{{filter.header + ", "}};
      for (Run& run : filter_words(filter, filter.values.size())) text.push_back(std::move(run));
      place_row(page, filter.line, std::move(text), filter.trusted);
    }
  }
  if (report.handles.empty()) return;
  page.heading("Handles");
  for (const trace::Handle& handle : report.handles) {
    Runs text{{handle.header.empty() ? kind_words(handle.kind)
                                     : handle.header + ", " + kind_words(handle.kind)}};
    text.emplace_back(" ");
    text.push_back(value_run(handle.value));
    if (handle.operator_name) add_part(text, {{*handle.operator_name}});
    for (const trace::Contact& contact : handle.report_to)
      add_part(text, {{fmt::format("{} ({})", contact.address, contact.source)}});
    place_row(page, handle.line, std::move(text), handle.trusted);
  }
}

}  // namespace emltrace::report
