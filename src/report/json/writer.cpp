#include "report/json/writer.hpp"

#include <fmt/format.h>

#include <utility>

#include "report/escape.hpp"

namespace emltrace::report::json {
namespace {

constexpr std::size_t kIndent = 2;

}  // namespace

Writer::Scope Writer::object() {
  begin('{');
  return {*this, '}'};
}

Writer::Scope Writer::array() {
  begin('[');
  return {*this, ']'};
}

Writer::Scope Writer::object(std::string_view name) {
  key(name);
  return object();
}

Writer::Scope Writer::array(std::string_view name) {
  key(name);
  return array();
}

std::string Writer::take() && {
  out_ += '\n';
  return std::move(out_);
}

void Writer::key(std::string_view name) {
  separate();
  append_json(out_, name);
  out_ += indented_ ? ": " : ":";
  after_key_ = true;
}

void Writer::begin(char bracket) {
  separate();
  out_ += bracket;
  ++depth_;
  empty_ = true;
}

void Writer::end(char bracket) {
  --depth_;
  if (!empty_) break_line();
  out_ += bracket;
  empty_ = false;
}

void Writer::separate() {
  if (std::exchange(after_key_, false)) return;
  if (!empty_) out_ += ',';
  if (depth_ > 0) break_line();
  empty_ = false;
}

void Writer::break_line() {
  if (!indented_) return;
  out_ += '\n';
  out_.append(depth_ * kIndent, ' ');
}

void Writer::string(std::string_view text) {
  separate();
  append_json(out_, text);
}

void Writer::number(std::int64_t value) {
  const fmt::format_int digits(value);
  word({digits.data(), digits.size()});
}

void Writer::number(std::uint64_t value) {
  const fmt::format_int digits(value);
  word({digits.data(), digits.size()});
}

void Writer::number(double value) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{}", value);
}

void Writer::word(std::string_view word) {
  separate();
  out_ += word;
}

}  // namespace emltrace::report::json
