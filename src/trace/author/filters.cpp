#include "trace/author/filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "trace/author/filter_rows.hpp"
#include "trace/author/row_index.hpp"

namespace emltrace::trace {
namespace {

// Letter case does not count; most patterns have no `*`.
bool fits(std::string_view pattern, std::string_view s) {
  if (pattern.find('*') == pattern.npos) return text::iequals(pattern, s);
  return pattern == "*" || text::glob_match(text::lower(pattern), text::lower(s));
}

bool fits_number(std::string_view range, std::string_view value) {
  const std::size_t dots = range.find("..");
  const auto from = text::parse_unsigned(range.substr(0, dots));
  const auto to = text::parse_unsigned(range.substr(dots + 2));
  const auto number = text::parse_unsigned(value);
  return from && to && number && *number >= *from && *number <= *to;
}

bool fits_codes(std::string_view codes, std::string_view value) {
  for (;;) {
    const std::size_t end = std::min(codes.find('|'), codes.size());
    const std::string_view code = codes.substr(0, end);
    const bool number = code.find("..") != code.npos;
    if (number ? fits_number(code, value) : fits(code, value)) return true;
    if (end == codes.size()) return false;
    codes.remove_prefix(end + 1);
  }
}

const RowIndex<FilterRow>& row_index() {
  static const RowIndex<FilterRow> kIndex({microsoft_filter_rows(), open_filter_rows(),
                                           gateway_filter_rows(), service_filter_rows(),
                                           mailbox_filter_rows()});
  return kIndex;
}

// A text in pieces, X-Vade-Analysis-1 to -9: the whole stands at the first of them.
constexpr std::string_view kPieces = "x-vade-analysis-";

bool is_later_piece(std::string_view name) {
  return name.starts_with(kPieces) && name != std::string(kPieces) + "1";
}

std::string text_of(const Message& message, const Field& field, std::string_view name) {
  constexpr int kMostPieces = 9;
  std::string text = unfold(field.body.substr(0, kMaxFilterText));
  for (int i = 2; name.starts_with(kPieces) && i <= kMostPieces; ++i) {
    const Field* next = message.find(fmt::format("{}{}", kPieces, i));
    if (next == nullptr) break;
    text += unfold(next->body.substr(0, kMaxFilterText));
  }
  return text;
}

}  // namespace

const CodeRow* find_code(std::span<const CodeRow> codes, std::string_view name,
                         std::string_view value) {
  name = name.substr(0, kMaxFilterValue);
  value = value.substr(0, kMaxFilterValue);
  const auto row = std::ranges::find_if(codes, [&](const CodeRow& candidate) {
    return fits(candidate.name, name) && fits_codes(candidate.codes, value);
  });
  return row == codes.end() ? nullptr : &*row;
}

FilterReading::FilterReading(const FilterRow& row)
    : row_(row), vendor_(row.vendor), outbound_(row.outbound) {}

void FilterReading::add(std::string_view name, std::string_view value) {
  const CodeRow* code = find_code(row_.codes, name, value);
  if (code == nullptr) return add(name, value, std::nullopt);
  outbound_ = outbound_ || code->outbound;
  add(name, value, std::string(code->meaning), code->verdict);
}

void FilterReading::add(std::string_view name, std::string_view value,
                        std::optional<std::string> meaning, std::optional<FilterVerdict> verdict) {
  if (value.empty()) return;
  // The worst counts, though the list is full.
  if (verdict && (!verdict_ || *verdict > *verdict_)) verdict_ = verdict;
  if (values_.size() == kMaxFilterValues) return;
  const std::string_view head = text::head_of(value, kMaxFilterValue);
  values_.push_back(
      {std::string(text::head_of(name, kMaxFilterValue)), std::string(head), std::move(meaning)});
  if (head.size() < value.size()) values_.back().value += "…";
}

std::vector<ReadFilter> read_filters(const Message& message) {
  std::vector<ReadFilter> out;
  const auto& fields = message.fields();
  for (std::size_t i = 0; i < fields.size() && out.size() < kMaxFilterReports; ++i) {
    const std::string name = text::lower(fields[i].name);
    const FilterRow* row = row_index().find(name);
    if (row == nullptr || is_later_piece(name)) continue;
    FilterReading reading(*row);
    row->read(text_of(message, fields[i], name), reading);
    if (reading.refused()) continue;
    out.push_back(
        {{fields[i].line, fields[i].offset, std::string(fields[i].name),
          std::string(reading.vendor()), false, std::move(reading.values()), reading.verdict()},
         i,
         reading.outbound()});
  }
  return out;
}

std::vector<FilterReport> judge_filters(std::span<const ReadFilter> filters,
                                        const FieldWriters& writers) {
  std::vector<FilterReport> out;
  out.reserve(filters.size());
  for (const ReadFilter& filter : filters) {
    out.push_back(filter.report);
    out.back().trusted = !filter.outbound && writers.is_own(filter.field);
  }
  return out;
}

}  // namespace emltrace::trace
