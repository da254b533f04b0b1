#include "intake/mend/draft.hpp"

#include <algorithm>
#include <utility>

#include "intake/mend/input_lines.hpp"

namespace emltrace::intake {

Draft::Draft(std::string_view input) : input_(input), segments_{{0, 0, 1, input.size()}} {}

std::size_t Draft::Segment::source_of(std::size_t offset) const {
  return std::min(source + (offset - at) * width, end);
}

// The first segment begins with the text.
const Draft::Segment& Draft::segment_at(std::size_t offset) const {
  return *std::prev(std::ranges::upper_bound(segments_, offset, {}, &Segment::at));
}

std::size_t Draft::input_offset(std::size_t offset) const {
  return segment_at(offset).source_of(offset);
}

PlaceMap Draft::places() const {
  PlaceMap map;
  const InputLines lines(input_);
  std::size_t mended_line = 1;
  std::size_t counted = 0;
  for (const Segment& segment : segments_) {
    mended_line += static_cast<std::size_t>(
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted),
                   text_.begin() + static_cast<std::ptrdiff_t>(segment.at), '\n'));
    counted = segment.at;
    map.add({segment.at, segment.source, mended_line, lines.line_of(segment.source), segment.width,
             segment.end});
  }
  const std::size_t end = input_offset(text_.size());
  mended_line += static_cast<std::size_t>(
      std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted), text_.end(), '\n'));
  map.add({text_.size(), end, mended_line, lines.line_of(end), 1, end});
  return map;
}

Edit::Edit(const Draft& old) : old_(old), next_(old.input_) {
  next_.edited_ = true;
  next_.segments_.clear();
  next_.text_.reserve(old.text().size() + old.text().size() / 64);
}

void Edit::begin_segment(std::size_t source, std::size_t width, std::size_t end) {
  const bool apart = std::exchange(apart_, false);
  if (!next_.segments_.empty()) {
    Draft::Segment& last = next_.segments_.back();
    if (!apart && last.width == width &&
        last.source + (next_.text_.size() - last.at) * width == source) {
      last.end = end;
      return;
    }
    if (last.at == next_.text_.size()) {
      next_.segments_.pop_back();
    }
  }
  next_.segments_.push_back({next_.text_.size(), source, width, end});
}

// A segment that goes on in the input where the one before it ends is there because a line end was
// put in between: each pass keeps the segments of the pass before it apart.
void Edit::copy(std::size_t from, std::size_t to) {
  const auto& segments = old_.segments_;
  while (cursor_ + 1 < segments.size() && segments[cursor_ + 1].at <= from) {
    ++cursor_;
  }
  while (from < to) {
    const bool last = cursor_ + 1 >= segments.size();
    const std::size_t stop = last ? to : std::min(to, segments[cursor_ + 1].at);
    const Draft::Segment& segment = segments[cursor_];
    apart_ = apart_ || from == segment.at;
    begin_segment(segment.source_of(from), segment.width, segment.source_of(stop));
    next_.text_.append(old_.text().substr(from, stop - from));
    from = stop;
    if (from < to) {
      ++cursor_;
    }
  }
}

void Edit::replace(std::size_t from, std::size_t to, std::string_view bytes, std::size_t width) {
  if (bytes.empty()) {
    return;
  }
  if (from < to || next_.segments_.empty()) {
    apart_ = apart_ || std::ranges::binary_search(old_.segments_, from, {}, &Draft::Segment::at);
    const std::size_t source = old_.input_offset(from);
    const std::size_t end = from < to ? old_.segment_at(to - 1).source_of(to) : source;
    begin_segment(source, width, end);
  }
  next_.text_.append(bytes);
  apart_ = apart_ || bytes.find('\n') != std::string_view::npos;
}

void Edit::note(std::size_t at) {
  first_ = count_ == 0 ? at : std::min(first_, at);
  ++count_;
}

Draft Edit::finish() {
  if (next_.segments_.empty()) {
    next_.segments_.push_back({0, 0, 1, 0});
  }
  return std::move(next_);
}

}  // namespace emltrace::intake
