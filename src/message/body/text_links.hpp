#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace emltrace {

/// What stands in a text as a link without markup.
struct TextLink {
  std::string text;  ///< a URL, or an address `a@b.example`
  bool address = false;
};

/// URLs with a scheme of the web, names that begin with `www.` (as `http://www…`), `mailto:` and
/// bare addresses of a text (UTF-8), in its order. A URL ends before white space, `<`, `>`, `"` and
/// the marks of a sentence behind it; one in angle brackets may be broken across lines (RFC 3986
/// appendix C). At most `most`. Linear.
[[nodiscard]] std::vector<TextLink> links_in_text(std::string_view text, std::size_t most);

/// The same for the text of a program: `\/` is `/`.
[[nodiscard]] std::vector<TextLink> links_in_code(std::string_view code, std::size_t most);

}  // namespace emltrace
