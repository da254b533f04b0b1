#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace emltrace {

/// What stands in a text as a link without markup.
struct TextLink {
  std::string text;  ///< a URL, or an address `a@b.example`
  bool address = false;
};

/// URLs with a scheme of the web, names that begin with `www.` (as `http://www…`), `mailto:` and
/// bare addresses of a text (UTF-8), in its order. A URL ends before white space, `<`, `>`, `"` and
/// the marks of a sentence behind it; one in angle brackets may be broken across lines (RFC 3986
/// appendix C). `take` is called for each, again for one that comes again. Linear.
void find_links(std::string_view text, const std::function<void(const TextLink&)>& take);

/// The same for the text of a program: `\/` is `/`.
void find_links_in_code(std::string_view code, const std::function<void(const TextLink&)>& take);

}  // namespace emltrace
