#include "intake/typed_text.hpp"

#include <utility>

#include "base/text.hpp"

namespace emltrace::intake {
namespace {

constexpr std::string_view kPasteBegins = "\x1B[200~";
constexpr std::string_view kPasteEnds = "\x1B[201~";
constexpr std::string_view kRubOut = "\b \b";

bool is_control(char c) {
  return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7f';
}

// Columns of the character that begins with `c`: `^X`, or an ideograph (U+3000 and above) has two.
std::size_t columns(char c) {
  return is_control(c) || static_cast<unsigned char>(c) >= 0xE3 ? 2 : 1;
}

}  // namespace

void TypedText::add(char c) {
  line_.push_back(c);
  if (c != '\n' && is_control(c)) {
    echo_ += {'^', static_cast<char>(c ^ 0x40)};
  } else {
    echo_.push_back(c);
  }
  if (c == '\n' || line_.size() > kMaxEditable) {
    text_ += std::exchange(line_, {});
  }
}

void TypedText::erase_one() {
  std::size_t at = line_.size() - 1;
  while (at > 0 && text::is_continuation(line_[at])) --at;
  for (std::size_t i = columns(line_[at]); i > 0; --i) echo_ += kRubOut;
  line_.resize(at);
}

void TypedText::erase_word() {
  while (!line_.empty() && text::is_wsp(line_.back())) erase_one();
  while (!line_.empty() && !text::is_wsp(line_.back())) erase_one();
}

// A key outside a paste.
void TypedText::press(char c) {
  if (c == '\0') {
    add(c);
  } else if (c == keys_.end_of_file) {
    if (!line_.empty()) echo_.push_back('\n');
    ended_ = true;
    finish();
  } else if (c == keys_.erase) {
    if (!line_.empty()) erase_one();
  } else if (c == keys_.erase_word) {
    erase_word();
  } else if (c == keys_.erase_line) {
    while (!line_.empty()) erase_one();
  } else {
    add(c);
  }
}

void TypedText::put(char c) {
  const bool second = std::exchange(after_cr_, c == '\r') && c == '\n';
  if (second) return;
  if (c == '\r') c = '\n';
  if (pasting_) {
    add(c);
  } else {
    press(c);
  }
}

void TypedText::feed(std::string_view bytes) {
  for (const char c : bytes) {
    if (ended_) return;
    const std::string_view bracket = pasting_ ? kPasteEnds : kPasteBegins;
    if (c == bracket[held_.size()]) {
      held_.push_back(c);
      if (held_ == bracket) {
        pasting_ = !pasting_;
        held_.clear();
      }
      continue;
    }
    for (const char plain : std::exchange(held_, {})) put(plain);
    if (c == bracket.front()) {
      held_.push_back(c);
    } else {
      put(c);
    }
  }
}

void TypedText::finish() {
  for (const char plain : std::exchange(held_, {})) add(plain);
  text_ += std::exchange(line_, {});
}

std::string TypedText::take_text() {
  return std::exchange(text_, {});
}

std::string TypedText::take_echo() {
  return std::exchange(echo_, {});
}

}  // namespace emltrace::intake
