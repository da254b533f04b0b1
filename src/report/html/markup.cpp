#include "report/html/markup.hpp"

#include <string>

#include "report/defang.hpp"
#include "report/escape.hpp"

namespace emltrace::report {

void Markup::begin(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    if (value.empty()) continue;
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    say(value);
    out_ += '"';
  }
}

void Markup::open(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  out_ += '>';
}

void Markup::close(std::string_view tag) {
  out_ += "</";
  out_ += tag;
  out_ += '>';
}

void Markup::leaf(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  out_ += " />";
}

void Markup::say(std::string_view raw) {
  const std::string told = told_ ? told_(raw) : std::string(raw);
  append_html(out_, defang_ ? defanged(told) : told);
}

void Markup::text(std::string_view raw) {
  say(raw);
}

void Markup::element(std::string_view tag, Attributes attributes, std::string_view raw) {
  open(tag, attributes);
  text(raw);
  close(tag);
}

}  // namespace emltrace::report
