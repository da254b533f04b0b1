#include "message/results/cursor.hpp"

#include <algorithm>

#include "base/lexical.hpp"
#include "base/text.hpp"

namespace emltrace {

bool ResultsCursor::take(char c) {
  if (peek() != c || done()) return false;
  ++at_;
  return true;
}

// One that is never closed reaches to the end of the text.
std::size_t ResultsCursor::comment_end() const {
  return std::min(emltrace::comment_end(text_, at_), text_.size());
}

void ResultsCursor::skip_cfws(std::vector<std::string>& comments) {
  for (;;) {
    while (!done() && text::is_space(peek())) ++at_;
    if (peek() != '(') return;
    const std::size_t end = comment_end();
    std::string_view content = text_.substr(at_ + 1, end - at_ - 1);
    if (content.ends_with(')')) content.remove_suffix(1);
    if (comments.size() < kMaxComments) comments.emplace_back(text::trim(content));
    at_ = end;
  }
}

void ResultsCursor::skip_cfws() {
  for (;;) {
    while (!done() && text::is_space(peek())) ++at_;
    if (peek() != '(') return;
    at_ = comment_end();
  }
}

std::string_view ResultsCursor::keyword() {
  const std::size_t start = at_;
  while (!done() && (text::is_alnum(peek()) || peek() == '-' || peek() == '_')) ++at_;
  return text_.substr(start, at_ - start);
}

// Once a quote was found to have no partner none behind it can have one, except by the backslashes
// of this one: looking again and again would be quadratic.
std::size_t ResultsCursor::quoted_end() {
  if (quote_never_closed_) return std::string_view::npos;
  const std::size_t end = quoted_string_end(text_, at_);
  quote_never_closed_ = end == std::string_view::npos;
  return end;
}

bool ResultsCursor::ends_word(std::size_t position) const {
  if (position >= text_.size()) return true;
  const char c = text_[position];
  return text::is_space(c) || c == ';' || c == '(';
}

std::string ResultsCursor::value() {
  const std::size_t start = at_;
  while (!ends_word(at_)) {
    if (peek() != '"') {
      ++at_;
      continue;
    }
    const std::size_t end = quoted_end();
    if (end == std::string_view::npos) {
      ++at_;
      continue;
    }
    if (at_ == start && ends_word(end)) {
      at_ = end;
      return unquote(text_.substr(start, end - start));
    }
    at_ = end;
  }
  std::string_view run = text_.substr(start, at_ - start);
  if (run.size() >= 2 && run.front() == '<' && run.back() == '>') {
    run = run.substr(1, run.size() - 2);
  }
  return std::string(run);
}

void append_unread(std::string& unread, std::string_view word) {
  if (word.empty() || unread.size() >= kMaxUnreadBytes) return;
  if (!unread.empty()) unread += ' ';
  unread.append(word.substr(0, kMaxUnreadBytes));
}

std::string unquote(std::string_view quoted) {
  if (quoted.starts_with('"')) quoted.remove_prefix(1);
  if (quoted.ends_with('"')) quoted.remove_suffix(1);
  return without_quoted_pairs(quoted);
}

}  // namespace emltrace
