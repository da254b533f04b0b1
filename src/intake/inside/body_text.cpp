#include "intake/inside/body_text.hpp"

#include <algorithm>
#include <array>

#include "base/lines.hpp"
#include "base/text.hpp"
#include "message/field_start.hpp"
#include "message/header_block.hpp"
#include "message/mime.hpp"

namespace emltrace::body_text {
namespace {

constexpr std::array kUnseen =
    std::to_array<std::string_view>({"style", "script", "head", "title"});

// Offset behind the tag that begins at `at`.
std::size_t tag_end(std::string_view html, std::size_t at) {
  const std::size_t end = html.find('>', at);
  return end == std::string_view::npos ? html.size() : end + 1;
}

// Offset behind the element of that name whose tag begins at `at`; what nothing closes reaches to
// the end, as browsers have it.
std::size_t element_end(std::string_view html, std::size_t at, std::string_view name) {
  for (std::size_t close = html.find("</", at); close != std::string_view::npos;
       close = html.find("</", close + 2)) {
    if (text::istarts_with(html.substr(close + 2), name)) return tag_end(html, close);
  }
  return html.size();
}

std::size_t markup_end(std::string_view html, std::size_t at) {
  const std::string_view rest = html.substr(at + 1);
  for (const std::string_view name : kUnseen) {
    const bool same = text::istarts_with(rest, name) && rest.size() > name.size() &&
                      !text::is_alnum(rest[name.size()]);
    if (same) return element_end(html, at, name);
  }
  return tag_end(html, at);
}

}  // namespace

std::size_t visible_bytes(std::string_view html) {
  std::size_t count = 0;
  bool blank = true;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      at = markup_end(html, at);
      continue;
    }
    const bool space = text::is_space(html[at]);
    count += space && blank ? 0 : 1;
    blank = space;
    ++at;
  }
  return count;
}

bool has_trace(std::string_view header) {
  const auto line = mime::header_value(header, "received");
  return line && text::ifind(*line, "by ") != std::string::npos &&
         line->find(';') != std::string::npos;
}

std::optional<std::size_t> pasted_header(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const text::Line line = text::line_at(text, at);
    at = line.next;
    const auto field = field_start(line.text);
    if (!field || name_rank(field->name) < NameRank::author) continue;
    const std::string_view rest = text.substr(line.offset);
    const HeaderBlock block = scan_header_block(rest, 0);
    if (block.received > 0 && block.has_from() && has_trace(rest.substr(0, block.end))) {
      return line.offset;
    }
    // Up to its empty line the block was looked at as a whole.
    at = std::max(at, line.offset + block.end);
  }
  return std::nullopt;
}

}  // namespace emltrace::body_text
