#include "auth/dkim/cuts.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "auth/dkim/change.hpp"
#include "base/lines.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::size_t kWindow = std::size_t{16} << 10;  // of HTML that is looked at
constexpr std::size_t kMaxLines = 40;                   // of plain text
constexpr std::size_t kMaxPlaces = 60;                  // of HTML that may begin or end a text

// Elements that have an end of their own; others (`<p>`, `<br>`, `<td>`) may be left open.
constexpr auto kPaired = std::to_array<std::string_view>(
    {"div",    "table",  "span",   "center", "font", "blockquote", "section",
     "header", "footer", "ul",     "ol",     "pre",  "a",          "b",
     "i",      "em",     "strong", "h1",     "h2",   "h3",         "style"});

// Keeps each place once; likely ones first: a known text whose edge looks like one.
class Collector {
 public:
  Collector(std::string_view text, bool (*known)(std::string_view)) : text_(text), known_(known) {}

  void add(std::size_t begin, std::size_t end, bool at_edge) {
    if (begin >= end || end > text_.size()) return;
    const Span place{begin, end - begin};
    const auto is_same = [&](const std::vector<Span>& list) {
      return std::any_of(list.begin(), list.end(),
                         [&](const Span& other) { return leaves_the_same(place, other); });
    };
    if (std::any_of(lists_.begin(), lists_.end(), is_same)) return;
    const bool known = known_(text_.substr(begin, end - begin));
    lists_[known && at_edge ? 0 : known ? 1 : 2].push_back(place);
  }
  std::vector<Span> take() {
    std::vector<Span> out;
    for (const auto& list : lists_) out.insert(out.end(), list.begin(), list.end());
    if (out.size() > kMaxCuts) out.resize(kMaxCuts);
    return out;
  }

 private:
  // Places of one length leave the same text where what lies between their starts is the same as
  // what lies between their ends.
  [[nodiscard]] bool leaves_the_same(const Span& a, const Span& b) const {
    if (a.length != b.length) return false;
    const std::size_t first = std::min(a.offset, b.offset);
    const std::size_t shift = std::max(a.offset, b.offset) - first;
    return text_.substr(first, shift) == text_.substr(first + a.length, shift);
  }

  std::string_view text_;
  bool (*known_)(std::string_view);
  std::array<std::vector<Span>, 3> lists_;
};

std::size_t behind_line_end(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '\r') ++at;
  if (at < text.size() && text[at] == '\n') ++at;
  return at;
}

std::size_t behind_space(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

std::size_t before_space(std::string_view text, std::size_t at) {
  const std::size_t last =
      at == 0 ? std::string_view::npos : text.find_last_not_of(" \t\r\n", at - 1);
  return last == std::string_view::npos ? 0 : last + 1;
}

std::size_t before_line_end(std::string_view text, std::size_t at) {
  if (at > 0 && text[at - 1] == '\n') --at;
  if (at > 0 && text[at - 1] == '\r') --at;
  return at;
}

bool is_behind_blank_line(std::string_view text, std::size_t at) {
  const std::size_t line_end = before_line_end(text, at);
  return line_end > 0 && line_end < at && text[line_end - 1] == '\n';
}

struct HtmlTag {
  std::string name;
  bool closes = false;
  std::size_t end = 0;  // behind its '>'
};

// The tag that begins at `at`, where a '<' stands.
HtmlTag tag_at(std::string_view html, std::size_t at) {
  HtmlTag tag;
  const bool comment = html.substr(at).starts_with("<!--");
  const std::size_t end = comment ? html.find("-->", at) : html.find('>', at);
  tag.end = end == std::string_view::npos ? html.size() : end + (comment ? 3 : 1);
  std::size_t name = at + 1;
  tag.closes = name < html.size() && html[name] == '/';
  if (tag.closes) ++name;
  std::size_t stop = name;
  while (stop < html.size() && text::is_alnum(html[stop])) ++stop;
  tag.name = text::lower(html.substr(name, stop - name));
  return tag;
}

bool is_block(std::string_view name) {
  constexpr auto kBlocks = std::to_array<std::string_view>(
      {"p", "div", "table", "hr", "center", "section", "blockquote", "pre"});
  return std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end();
}

// How a footer likes to begin: `-- `, a line of underscores.
bool is_separator(std::string_view start) {
  return start == "--" || start == "__" || start == "==" || start == "**";
}

int depth_change(const HtmlTag& tag) {
  if (std::find(kPaired.begin(), kPaired.end(), tag.name) == kPaired.end()) return 0;
  return tag.closes ? -1 : 1;
}

// Behind `<body …>`; 0 where there is none.
std::size_t body_start(std::string_view html) {
  const std::size_t body = text::ifind(html, "<body");
  return body == std::string_view::npos ? 0 : tag_at(html, body).end;
}

// A whole element or several: where as many were opened as closed.
void add_html_start(std::string_view html, std::size_t start, Collector& out) {
  int depth = 0;
  std::size_t places = 0;
  const std::size_t last = std::min(html.size(), start + kWindow);
  for (std::size_t at = html.find('<', start); at < last; at = html.find('<', at)) {
    const HtmlTag tag = tag_at(html, at);
    depth += depth_change(tag);
    at = tag.end;
    if (depth < 0) return;
    if (depth > 0 || tag.end > last) continue;
    if (++places > kMaxPlaces) return;
    const bool at_edge = is_block(tag.name) && behind_space(html, at) != at;
    out.add(start, at, at_edge);
    out.add(start, behind_line_end(html, at), at_edge);
    out.add(behind_line_end(html, start), at, at_edge);
    out.add(start, behind_space(html, at), at_edge);
    out.add(behind_space(html, start), at, at_edge);
  }
}

// From `end` upwards: openings of elements, and lines.
void add_html_end(std::string_view html, std::size_t end, std::size_t floor, Collector& out) {
  std::size_t places = 0;
  for (std::size_t at = end; at-- > floor && places < kMaxPlaces;) {
    const bool opens = html[at] == '<' && at + 1 < html.size() && html[at + 1] != '/';
    const bool starts_line = html[at] != '\n' && html[at] != '\r' && at > 0 && html[at - 1] == '\n';
    if (!opens && !starts_line) continue;
    ++places;
    const bool at_edge = opens ? is_block(tag_at(html, at).name) : is_separator(html.substr(at, 2));
    for (const std::size_t stop : {end, before_space(html, end)}) {
      out.add(at, stop, at_edge);
      out.add(before_line_end(html, at), stop, at_edge);
      out.add(before_space(html, at), stop, at_edge);
    }
  }
}

// Before `</body>`, and behind it.
void add_html_ends(std::string_view html, Collector& out) {
  std::size_t body_end = html.size();
  for (std::size_t at = text::ifind(html, "</body"); at != std::string_view::npos;
       at = text::ifind(html, "</body", at + 1)) {
    body_end = at;
  }
  const auto floor = [](std::size_t end) { return end > kWindow ? end - kWindow : 0; };
  if (body_end < html.size())
    add_html_end(html, html.size(), std::max(body_end, floor(html.size())), out);
  add_html_end(html, body_end, floor(body_end), out);
}

void add_lines_at_start(std::string_view text, Collector& out) {
  std::size_t lines = 0;
  for (const text::Line& line : text::Lines(text)) {
    if (++lines > kMaxLines) break;
    const std::size_t at = line.next;
    // Behind a blank line, where the next text begins.
    const bool at_edge =
        at < text.size() && behind_space(text, at) == at && is_behind_blank_line(text, at);
    out.add(0, at, at_edge);
  }
}

void add_lines_at_end(std::string_view text, Collector& out) {
  std::size_t at = text.size();
  for (std::size_t lines = 0; lines < kMaxLines && at > 0; ++lines) {
    const std::size_t lf = at < 2 ? std::string_view::npos : text.rfind('\n', at - 2);
    at = lf == std::string_view::npos ? 0 : lf + 1;
    const bool at_edge = is_separator(text.substr(at, 2)) || is_behind_blank_line(text, at);
    out.add(at, text.size(), at_edge);
    out.add(before_line_end(text, at), text.size(), at_edge);
    out.add(before_space(text, at), text.size(), at_edge);
  }
}

}  // namespace

std::vector<Span> cuts_at_start(std::string_view text, bool html) {
  Collector out(text, is_known_banner);
  if (html) {
    const std::size_t start = body_start(text);
    add_html_start(text, start, out);
    if (start > 0) add_html_start(text, 0, out);
  } else {
    add_lines_at_start(text, out);
  }
  return out.take();
}

std::vector<Span> cuts_at_end(std::string_view text, bool html) {
  Collector out(text, is_known_footer);
  if (html) {
    add_html_ends(text, out);
  } else {
    add_lines_at_end(text, out);
  }
  return out.take();
}

}  // namespace emltrace::dkim
