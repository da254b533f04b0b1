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

class Collector {
 public:
  Collector(std::string_view text, bool (*known)(std::string_view)) : text_(text), known_(known) {}

  void add(std::size_t begin, std::size_t end) {
    if (begin >= end || end > text_.size()) return;
    const Span place{begin, end - begin};
    auto& list = known_(text_.substr(begin, end - begin)) ? first_ : second_;
    if (std::find_if(list.begin(), list.end(), [&](const Span& s) {
          return s.offset == place.offset && s.length == place.length;
        }) == list.end()) {
      list.push_back(place);
    }
  }
  std::vector<Span> take() {
    first_.insert(first_.end(), second_.begin(), second_.end());
    if (first_.size() > kMaxCuts) first_.resize(kMaxCuts);
    return std::move(first_);
  }

 private:
  std::string_view text_;
  bool (*known_)(std::string_view);
  std::vector<Span> first_;
  std::vector<Span> second_;
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
    out.add(start, at);
    out.add(start, behind_line_end(html, at));
    out.add(behind_line_end(html, start), at);
    out.add(behind_line_end(html, start), behind_line_end(html, at));
    out.add(start, behind_space(html, at));
    out.add(behind_space(html, start), at);
  }
}

void add_html_end(std::string_view html, Collector& out) {
  std::size_t end = html.size();
  for (std::size_t at = text::ifind(html, "</body"); at != std::string_view::npos;
       at = text::ifind(html, "</body", at + 1)) {
    end = at;
  }
  const std::size_t floor = end > kWindow ? end - kWindow : 0;
  // From the last one upwards: openings of elements, and lines.
  std::size_t places = 0;
  for (std::size_t at = end; at-- > floor && places < kMaxPlaces;) {
    const bool opens = html[at] == '<' && at + 1 < html.size() && html[at + 1] != '/';
    const bool starts_line = html[at] != '\n' && html[at] != '\r' && at > 0 && html[at - 1] == '\n';
    if (!opens && !starts_line) continue;
    ++places;
    for (const std::size_t stop : {end, before_space(html, end), html.size()}) {
      out.add(at, stop);
      out.add(before_line_end(html, at), stop);
      out.add(before_space(html, at), stop);
    }
  }
}

void add_lines_at_start(std::string_view text, Collector& out) {
  std::size_t lines = 0;
  for (const text::Line& line : text::Lines(text)) {
    if (++lines > kMaxLines) break;
    out.add(0, line.next);
  }
}

void add_lines_at_end(std::string_view text, Collector& out) {
  std::size_t at = text.size();
  for (std::size_t lines = 0; lines < kMaxLines && at > 0; ++lines) {
    const std::size_t lf = at < 2 ? std::string_view::npos : text.rfind('\n', at - 2);
    at = lf == std::string_view::npos ? 0 : lf + 1;
    out.add(at, text.size());
    out.add(before_line_end(text, at), text.size());
    out.add(before_space(text, at), text.size());
    out.add(before_line_end(text, at), before_space(text, text.size()));
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
    add_html_end(text, out);
  } else {
    add_lines_at_end(text, out);
  }
  return out.take();
}

}  // namespace emltrace::dkim
