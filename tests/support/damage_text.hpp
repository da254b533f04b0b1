#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

/// A message as lines that end with LF, for those who damage it.
namespace emltrace::test {

struct Halves {
  std::string header;  // with the line end of its last line
  std::string rest;    // the empty line and the body; may be empty
};

inline Halves halve(const std::string& message) {
  const std::size_t empty = message.find("\n\n");
  if (empty == std::string::npos) return {message, ""};
  return {message.substr(0, empty + 1), message.substr(empty + 1)};
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (const auto line : text::split(text, '\n')) lines.emplace_back(line);
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

inline bool is_folded(const std::string& line) {
  return line.starts_with(' ') || line.starts_with('\t');
}

template <class Change>
std::string each_line(const std::string& text, Change change) {
  std::string out;
  for (const std::string& line : lines_of(text)) out += change(line) + "\n";
  return out;
}

template <class Change>
std::string each_header_line(const std::string& message, Change change) {
  const Halves halves = halve(message);
  return each_line(halves.header, change) + halves.rest;
}

inline std::string trimmed(const std::string& line) {
  return std::string(text::trim(line));
}

// The header with each field on one line, folds replaced by `joint`.
inline std::string unfolded(const std::string& header, std::string_view joint) {
  std::string out;
  for (const std::string& line : lines_of(header)) {
    if (is_folded(line) && !out.empty()) {
      out += std::string(joint) + trimmed(line);
    } else {
      out += (out.empty() ? "" : "\n") + line;
    }
  }
  return out + "\n";
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace emltrace::test
