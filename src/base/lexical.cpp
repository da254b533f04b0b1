#include "base/lexical.hpp"

#include <algorithm>

namespace emltrace {

std::size_t quoted_string_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t comment_end(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

std::string without_quoted_pairs(std::string_view inside) {
  std::string out;
  out.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\' && i + 1 < inside.size()) ++i;
    out += inside[i];
  }
  return out;
}

std::string blank_quoted_and_comments(std::string_view text) {
  static constexpr int kMaxDepth = 64;
  std::string out(text);
  bool quoted = false;
  int depth = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char c = text[i];
    const bool inside = quoted || depth > 0;
    if (c == '\\' && inside && i + 1 < out.size()) {
      out[i++] = ' ';
    } else if (c == '"' && depth == 0) {
      quoted = !quoted;
    } else if (c == '(' && !quoted) {
      depth = std::min(depth + 1, kMaxDepth);
    } else if (c == ')' && depth > 0) {
      --depth;
      out[i] = ' ';
      continue;
    }
    if ((inside || quoted || depth > 0) && out[i] != '\r' && out[i] != '\n') {
      out[i] = ' ';
    }
  }
  return out;
}

}  // namespace emltrace
