#include "report/text/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.hpp"

namespace emltrace::report {
namespace {

struct Form {
  char32_t code_point;
  std::string_view ascii;
};

// Ordered by code point.
constexpr auto kForms = std::to_array<Form>({
    {U'\u00b7', "-"},    // middle dot
    {U'\u00d7', "x"},    // multiplication sign
    {U'\u2013', "-"},    // en dash
    {U'\u2014', "-"},    // em dash
    {U'\u2018', "'"},    // quotation marks
    {U'\u2019', "'"},    //
    {U'\u201c', "\""},   //
    {U'\u201d', "\""},   //
    {U'\u2026', "..."},  // ellipsis
    {U'\u2192', "->"},   // arrow
    {U'\u2212', "-"},    // minus
    {U'\u2260', "!="},   // not equal
    {U'\u2502', "|"},    // vertical line
    {U'\u2588', "#"},    // full block
    {U'\u2589', "#"},    // seven eighths
    {U'\u258a', "#"},    //
    {U'\u258b', "#"},    //
    {U'\u258c', "#"},    // half
    {U'\u258d', "."},    //
    {U'\u258e', "."},    //
    {U'\u258f', "."},    // one eighth
    {U'\u25b6', ">"},    // triangle to the right
    {U'\u2713', "ok"},   // check mark
});
static_assert(std::ranges::is_sorted(kForms, {}, &Form::code_point));

void append(std::string& out, char32_t code_point) {
  const auto* form = std::ranges::lower_bound(kForms, code_point, {}, &Form::code_point);
  if (form != kForms.end() && form->code_point == code_point)
    out += form->ascii;
  else if (code_point > 0xffff)
    fmt::format_to(std::back_inserter(out), "\\U{:08x}", static_cast<unsigned>(code_point));
  else
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(code_point));
}

}  // namespace

std::string in_ascii(std::string_view escaped) {
  std::string out;
  out.reserve(escaped.size());
  for (std::size_t at = 0; at < escaped.size();) {
    const auto point = text::decode_utf8(escaped, at);
    if (point.value < 0x80)
      out += static_cast<char>(point.value);
    else
      append(out, point.value);
    at += point.length;
  }
  return out;
}

}  // namespace emltrace::report
