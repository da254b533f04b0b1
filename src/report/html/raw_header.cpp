#include "report/html/raw_header.hpp"

#include <algorithm>

#include "base/lines.hpp"
#include "base/text.hpp"

namespace emltrace::report {
namespace {

// Shorter values stand in a line by chance.
constexpr std::size_t kLeastEvidence = 3;

}  // namespace

RawHeader::RawHeader(const intake::Item& item, const std::vector<trace::Finding>& findings)
    : text_(item.text.substr(0, kMaxBytes)), exact_(item.places.empty()) {
  read_lines(item.places);
  truncated_ = text_.size() == kMaxBytes && kMaxBytes < item.text.size();
  marks_.resize(text_.size(), 0);
  for (std::size_t i = 0; i < findings.size(); ++i) point(i, findings[i]);
}

void RawHeader::read_lines(const intake::PlaceMap& places) {
  const auto input = [&](std::size_t offset) {
    return places.empty() ? offset : places.input_offset(offset);
  };
  // Where no LF stands anywhere CR ends the lines, as Message::parse reads it.
  const char end = text_.find('\n') == std::string_view::npos ? '\r' : '\n';
  std::size_t count = 0;
  std::size_t at = 0;
  while (at < text_.size()) {
    const text::Line line = text::line_at(text_, at, end);
    if (line.text.empty()) break;
    ++count;
    const std::size_t number = places.empty() ? count : places.input_line(at, count);
    const bool first = lines_.empty() || lines_.back().number != number;
    lines_.push_back({line.text,
                      at,
                      input(at),
                      number,
                      lines_.empty() || !text::is_wsp(line.text.front()),
                      first,
                      {}});
    at = line.next;
  }
  text_ = text_.substr(0, at);
  input_end_ = input(at);
}

void RawHeader::show_instead(std::string_view text) {
  const char end = text.find('\n') == std::string_view::npos ? '\r' : '\n';
  std::size_t at = 0;
  for (Line& line : lines_) {
    const std::string_view shown = at < text.size() ? text::line_at(text, at, end).text : "";
    at = at < text.size() ? text::line_at(text, at, end).next : at;
    if (shown == line.text) continue;
    line.text = shown;
    line.offset = marks_.size();
  }
}

bool RawHeader::shows(std::size_t number) const {
  const auto line = std::ranges::lower_bound(lines_, number, {}, &Line::number);
  return line != lines_.end() && line->number == number;
}

std::optional<trace::Severity> RawHeader::severity_at(std::size_t offset) const {
  if (offset >= marks_.size() || marks_[offset] == 0) return std::nullopt;
  return static_cast<trace::Severity>(marks_[offset] - 1);
}

std::optional<std::size_t> RawHeader::line_of(const trace::Finding& finding) const {
  if (finding.offset) {
    if (*finding.offset >= input_end_) return std::nullopt;
    const auto after = std::ranges::upper_bound(lines_, *finding.offset, {}, &Line::input_offset);
    if (after == lines_.begin()) return std::nullopt;
    return static_cast<std::size_t>(after - lines_.begin()) - 1;
  }
  if (!finding.line) return std::nullopt;
  const auto line = std::ranges::lower_bound(lines_, *finding.line, {}, &Line::number);
  if (line == lines_.end() || line->number != *finding.line) return std::nullopt;
  return static_cast<std::size_t>(line - lines_.begin());
}

void RawHeader::point(std::size_t index, const trace::Finding& finding) {
  const auto at = line_of(finding);
  if (!at) return;
  Line& line = lines_[*at];
  line.findings.push_back(index);
  const std::size_t into = finding.offset ? *finding.offset - line.input_offset : 0;
  if (into == 0)
    mark_field(*at, finding);
  else if (exact_ && into < line.text.size())
    mark(line.offset + into, line.offset + into + 1, finding.severity);
}

// A mark takes whole UTF-8 sequences, so that none is shown as ill-formed for its sake.
void RawHeader::mark(std::size_t begin, std::size_t end, trace::Severity severity) {
  while (begin > 0 && text::is_continuation(text_[begin])) --begin;
  while (end < text_.size() && text::is_continuation(text_[end])) ++end;
  const auto value = static_cast<std::uint8_t>(1 + static_cast<int>(severity));
  for (std::size_t i = begin; i < end; ++i) marks_[i] = std::max(marks_[i], value);
}

// The evidence where it stands in the field; else the field's name, or the line that has none.
void RawHeader::mark_field(std::size_t line, const trace::Finding& finding) {
  std::size_t last = line + 1;
  while (last < lines_.size() && !lines_[last].begins_field) ++last;
  const std::size_t begin = lines_[line].offset;
  const std::size_t end = last < lines_.size() ? lines_[last].offset : text_.size();
  const std::string_view field = text_.substr(begin, end - begin);
  bool found = false;
  for (const auto& [name, value] : finding.evidence) {
    if (value.size() < kLeastEvidence) continue;
    const auto at = field.find(value);
    if (at == std::string_view::npos) continue;
    mark(begin + at, begin + at + value.size(), finding.severity);
    found = true;
  }
  if (found) return;
  const auto colon = lines_[line].text.find(':');
  mark(begin, begin + std::min(colon, lines_[line].text.size()), finding.severity);
}

}  // namespace emltrace::report
