#include "intake/mbox.hpp"

#include <algorithm>

#include "base/lines.hpp"
#include "base/text.hpp"
#include "base/work.hpp"
#include "message/field_start.hpp"
#include "message/header_block.hpp"

namespace emltrace::mbox {
namespace {

std::size_t line_end_before(std::string_view text, std::size_t at) {
  if (at == 0 || text[at - 1] != '\n') {
    return 0;
  }
  return at >= 2 && text[at - 2] == '\r' ? 2 : 1;
}

std::size_t line_end_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  return rest.starts_with("\r\n") ? 2 : (rest.starts_with('\n') ? 1 : 0);
}

bool is_after_empty_line(std::string_view text, std::size_t at) {
  const std::size_t ended = line_end_before(text, at);
  return ended > 0 && line_end_before(text, at - ended) > 0;
}

std::size_t leading_bytes(std::string_view text) {
  std::size_t at = text.starts_with(text::kByteOrderMark) ? text::kByteOrderMark.size() : 0;
  while (const std::size_t length = line_end_at(text, at)) at += length;
  return at;
}

bool separates(const Separator& separator, std::string_view text, std::size_t at) {
  const std::string_view window = text.substr(at, kSeparatorBytes);
  const text::Line line = text::line_at(window, 0);
  return separator.matches(line.text, window.substr(line.next));
}

// Without an empty line in front a separator must have all of a header behind it.
bool is_header_behind(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, Splitter::kLearnBytes);
  return scan_header_block(rest, text::line_at(rest, 0).next).is_valid();
}

std::optional<std::uint64_t> content_length(std::string_view header) {
  for (const text::Line& line : text::Lines(header)) {
    if (const auto field = field_start(line.text);
        field && text::iequals(field->name, "content-length")) {
      return text::parse_unsigned(text::trim(line.text.substr(field->colon + 1)));
    }
  }
  return std::nullopt;
}

}  // namespace

bool looks_like_mbox(std::string_view text, bool asked) {
  return Separator::learn(text.substr(leading_bytes(text)), asked).has_value();
}

Splitter::Splitter(intake::Input& input, bool asked) : input_(input) {
  input_.grow_to(kSeparatorBytes);
  input_.advance(leading_bytes(input_.view()));
  separator_ = Separator::learn(input_.view(), asked);
}

std::string_view Splitter::mark() const {
  return separator_->shape() == Shape::mmdf ? "\n\1\1\1\1" : "\nFrom ";
}

// MMDF: past the line that closes one message and the line that opens the next.
void Splitter::skip_to_message() {
  input_.grow_to(kSeparatorBytes);
  while (separator_->shape() == Shape::mmdf && !input_.view().empty()) {
    const text::Line line = text::line_at(input_.view().substr(0, kSeparatorBytes), 0);
    if (shape_of(line.text) != Shape::mmdf) return;
    input_.advance(line.next);
    input_.grow_to(kSeparatorBytes);
  }
}

// The offset behind the empty line that ends the header; null where none does.
std::optional<std::size_t> Splitter::find_body() {
  std::size_t at = 0;
  while (at < kMaxHeaderBytes) {
    if (input_.view().size() < at + kSeparatorBytes) {
      input_.grow_to(at + kSeparatorBytes);
    }
    const std::string_view view = input_.view();
    if (at >= view.size()) {
      return std::nullopt;
    }
    const text::Line line = text::line_at(view, at);
    if (line.text.empty()) {
      return line.next;
    }
    if (line.next == view.size() && view.size() <= kMaxHeaderBytes && input_.grow()) {
      continue;
    }
    if (at > 0 && shape_of(line.text) == separator_->shape()) {
      return std::nullopt;
    }
    at = line.next;
  }
  return std::nullopt;
}

std::optional<Splitter::Extent> Splitter::by_length() {
  const auto body = find_body();
  const auto length = body ? content_length(input_.view().substr(0, *body)) : std::nullopt;
  if (!length || *length > intake::Input::kMaxMessageBytes) {
    return std::nullopt;
  }
  const std::size_t end = *body + static_cast<std::size_t>(*length);
  // From the last byte of the message on: it must end a line where no line end follows it.
  const auto rest = input_.peek(end - 1, kSeparatorBytes);
  if (!rest || rest->empty()) {
    return std::nullopt;
  }
  std::size_t at = 1 + line_end_at(*rest, 1);
  at += line_end_at(*rest, at);
  const bool fits = at == rest->size()
                        ? rest->size() < kSeparatorBytes
                        : (*rest)[at - 1] == '\n' && separates(*separator_, *rest, at);
  input_.grow_to(fits ? end + at - 1 : 0);
  if (!fits || input_.view().size() < end) {
    return std::nullopt;
  }
  // Without a body the one empty line is the writer's.
  const bool no_body = *length == 0 && at == 1;
  return Extent{no_body ? end - line_end_before(input_.view(), end) : end, end + at - 1, false};
}

// Whether most messages from the first that ends at `first` on, and the last one, are followed by
// an empty line.
bool Splitter::stands_apart(std::size_t first) {
  if (!apart_) {
    input_.grow_to(first + kLearnBytes);
    const std::string_view view = input_.view().substr(0, first + kLearnBytes);
    work::looked_at(view.size());
    long balance = 0;
    for (std::size_t at = first - 1; at != std::string_view::npos; at = view.find(mark(), at + 1)) {
      if (!separates(*separator_, view, at + 1)) continue;
      if (is_after_empty_line(view, at + 1)) {
        ++balance;
      } else if (is_header_behind(view, at + 1)) {
        --balance;
      }
    }
    if (input_.complete() && input_.view().size() == view.size()) {
      balance += is_after_empty_line(view, view.size()) ? 1 : -1;
    }
    apart_ = balance >= 0;
  }
  return *apart_;
}

bool Splitter::is_separator(std::size_t at) {
  input_.grow_to(at + kSeparatorBytes);
  if (separator_->shape() == Shape::mmdf) {
    return shape_of(text::line_at(input_.view().substr(at, kSeparatorBytes), 0).text) ==
           Shape::mmdf;
  }
  if (!separates(*separator_, input_.view(), at)) {
    return false;
  }
  const bool apart = stands_apart(at);
  if (is_after_empty_line(input_.view(), at)) {
    return true;
  }
  input_.grow_to(apart ? 0 : at + kLearnBytes);
  return !apart && is_header_behind(input_.view(), at);
}

Splitter::Extent Splitter::at_end(std::size_t end, std::size_t next, bool too_large) {
  const std::string_view view = input_.view();
  const bool writers =
      separator_->shape() != Shape::mmdf && apart_.value_or(true) && is_after_empty_line(view, end);
  return {writers ? end - line_end_before(view, end) : end, next, too_large};
}

Splitter::Extent Splitter::by_separator() {
  std::size_t from = 0;
  bool too_large = false;
  while (true) {
    const std::string_view view = input_.view();
    const std::size_t found = view.find(mark(), from);
    work::looked_at(std::min(found, view.size()) - from);
    if (found != std::string_view::npos) {
      if (is_separator(found + 1)) {
        return at_end(found + 1, found + 1, too_large);
      }
      from = found + 1;
      continue;
    }
    from = std::max(from, view.size() - std::min(view.size(), mark().size()));
    if (view.size() > intake::Input::kMaxMessageBytes) {
      // The four bytes before a separator tell whether an empty line stands there.
      const std::size_t passed = from - std::min<std::size_t>(from, 4);
      too_large = true;
      input_.advance(passed);
      from -= passed;
    }
    if (!input_.grow()) {
      const std::size_t size = input_.view().size();
      return at_end(size, size, too_large);
    }
  }
}

std::optional<Slice> Splitter::next() {
  skip_to_message();
  if (input_.view().empty()) {
    return std::nullopt;
  }
  Slice slice;
  slice.offset = input_.position();
  auto extent = by_length();
  if (!extent) {
    extent = by_separator();
  }
  slice.too_large = extent->too_large;
  if (slice.too_large) {
    input_.advance(extent->end);
  } else {
    slice.chunk = input_.take(extent->end);
  }
  input_.advance(extent->next - extent->end);
  return slice;
}

}  // namespace emltrace::mbox
