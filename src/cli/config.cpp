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
  const toml::parse_result parsed = toml::parse(text);
  const auto fault = [&path](std::size_t line, std::string_view what) {
    // What is quoted of the file may hold line ends.
    return Error{fmt::format("{}:{}: {}", path, line, report::for_terminal(what))};
  };
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
