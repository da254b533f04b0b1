#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report/text/details.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"
#include "report/text/vendor_names.hpp"
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

/// Those of its values that a document explains, as many as the first screen shows.
std::vector<trace::FilterValue> telling_values(const trace::FilterReport& filter) {
  std::vector<trace::FilterValue> out;
  for (const trace::FilterValue& value : filter.values) {
    if (value.meaning && out.size() < kMaxValues) out.push_back(value);
  }
  return out;
}

/// The first screen has a row of it.
bool is_telling(const trace::FilterReport& filter) {
  return filter.trusted && (filter.verdict || !telling_values(filter).empty());
}

/// What a filter decided: its verdict, then values of it.
Runs filter_words(const trace::FilterReport& filter,
                  const std::vector<trace::FilterValue>& values) {
  Runs text{{std::string(vendor_name(filter.vendor))}};
  text.emplace_back(": ");
  if (filter.verdict)
    text.push_back(
        strong_run(std::string(trace::to_string(*filter.verdict)), style_of(*filter.verdict)));
  bool first = !filter.verdict;
  for (const trace::FilterValue& value : values) {
    if (!first) text.emplace_back(", ");
    first = false;
    text.emplace_back(value_words(value));
  }
  return text;
}

void filter_rows(TextPage& page, const trace::Report& report) {
  AnswerRows rows(page, Phrase::label_filter);
  for (const trace::FilterReport& filter : report.filters) {
    if (is_telling(filter)) rows.add(filter_words(filter, telling_values(filter)));
  }
  rows.close();
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

/// Whom the address stands for, where no handle tells it.
Runs source_words(const trace::Addressee& addressee) {
  const std::string& source = addressee.contact.source;
  const std::string ip = addressee.network ? addressee.network->text() : std::string();
  if (source == "abusix") return {{say(Phrase::contact_network, fmt::arg("ip", ip))}};
  if (source == "abuse.net") return {{say(Phrase::contact_host, fmt::arg("ip", ip))}};
  if (source == "rfc2142" || source == "domain") return {{say(Phrase::contact_guess), Style::note}};
  return {};
}

void act_rows(TextPage& page, const trace::Report& report) {
  AnswerRows rows(page, Phrase::label_act);
  for (const trace::Addressee& addressee : trace::addressees(report)) {
    Runs text{value_run(addressee.contact.address)};
    text.back().strong = true;
    add_part(text, source_words(addressee));
    std::size_t shown = 0;
    for (const trace::Handle* handle : addressee.handles) {
      if (shown++ < kMaxQuoted) add_part(text, handle_words(*handle));
    }
    rows.add(text);
  }
  const auto& found = report.enrichment;
  if (found.abuse_outcome == trace::LookedUp::unknown ||
      found.client_abuse_outcome == trace::LookedUp::unknown)
    rows.add({{say(Phrase::contact_unknown), Style::dim}});
  rows.close();
}

void place_row(TextPage& page, std::size_t line, Runs text, bool trusted) {
  if (!trusted) add_part(text, {{say(Phrase::by_sender), Style::warn}});
  page.row({{"", 2}, {{say(Phrase::in_line, fmt::arg("lines", line)), Style::dim}, kPlace}}, text);
}

}  // namespace

void contact_rows(TextPage& page, const trace::Report& report) {
  filter_rows(page, report);
  act_rows(page, report);
}

bool is_told_of_filter(const trace::Report& report, std::string_view name, std::string_view value) {
  return std::ranges::any_of(report.filters, [&](const trace::FilterReport& filter) {
    return is_telling(filter) &&
           std::ranges::any_of(telling_values(filter), [&](const trace::FilterValue& told) {
             return told.name == name && told.value == value;
           });
  });
}

void contact_sections(TextPage& page, const trace::Report& report) {
  if (!report.filters.empty()) {
    page.heading(say(Detail::heading_filters));
    for (const trace::FilterReport& filter : report.filters) {
      Runs text{{filter.header + ", "}};
      for (Run& run : filter_words(filter, filter.values)) text.push_back(std::move(run));
      place_row(page, filter.line, std::move(text), filter.trusted);
    }
  }
  if (report.handles.empty()) return;
  page.heading(say(Detail::heading_handles));
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
