#include "cli/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/file.hpp"
#include "cli/suggestion.hpp"
#include "report/escape.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#include <toml++/toml.h>

namespace emltrace::cli {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// string = ml-basic-string / basic-string / ml-literal-string / literal-string (TOML 1.0)
// The offset behind the string that begins at `at`; of one that its line does not close, its line's
// end.
std::size_t string_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool long_one = text.substr(at).starts_with(three);
  for (at += long_one ? 3 : 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (!long_one && (text[at] == quote || text[at] == '\n')) {
      return at + 1;
    } else if (long_one && text.substr(at).starts_with(three)) {
      // The text of the string may end with two quotes of its own.
      return std::min(text.find_first_not_of(quote, at), at + 5);
    }
  }
  return text.size();
}

// The first byte that is not ASCII and stands in no string and no comment; npos where there is
// none.
std::size_t foreign_letter(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (at < text.size()) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) >= 0x80) return at;
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else {
      at = c == '"' || c == '\'' ? string_end(text, at) : at + 1;
    }
  }
  return kNone;
}

// As it would be written on a command line; null for a value that no option takes.
std::optional<std::string> text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return fmt::format("{}", number->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  return std::nullopt;
}

std::optional<std::vector<std::string>> values_of(const toml::node& node) {
  std::vector<std::string> values;
  const auto* list = node.as_array();
  if (list == nullptr) {
    auto text = text_of(node);
    if (!text) return std::nullopt;
    values.push_back(*std::move(text));
    return values;
  }
  for (const toml::node& each : *list) {
    auto text = text_of(each);
    if (!text) return std::nullopt;
    values.push_back(*std::move(text));
  }
  return values;
}

}  // namespace

Result<std::vector<Setting>> parse_settings(std::string_view text, const std::string& path,
                                            std::span<const std::string> options) {
  const auto fault = [&path](std::size_t line, std::string_view what) {
    // What is quoted of the file may hold line ends.
    return Error{fmt::format("{}:{}: {}", path, line, report::for_terminal(what))};
  };
  // toml++ 3.3 takes for unreachable what such a letter makes it reach.
  if (const std::size_t at = foreign_letter(text); at != kNone) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(at);
    return fault(static_cast<std::size_t>(std::count(text.begin(), end, '\n')) + 1,
                 "a letter that is not ASCII stands outside of quotes");
  }
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return fault(error.source().begin.line, error.description());
  }
  std::vector<Setting> settings;
  for (const auto& [key, node] : parsed.table()) {
    const std::string name(key.str());
    const std::size_t line = key.source().begin.line;
    if (std::ranges::find(options, name) == options.end()) {
      return fault(line,
                   fmt::format("{}: there is no such option{}", name, suggestion(name, options)));
    }
    auto values = values_of(node);
    if (!values) return fault(line, fmt::format("{}: this is no value of an option", name));
    settings.push_back({name, *std::move(values), line});
  }
  std::ranges::sort(settings, {}, &Setting::line);
  return settings;
}

Result<std::vector<Setting>> read_settings(const std::string& path,
                                           std::span<const std::string> options) {
  const auto bytes = read_file(path);
  if (!bytes) return Error{bytes.error()};
  return parse_settings(*bytes, path, options);
}

}  // namespace emltrace::cli
