#include "cli/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "base/file.hpp"
#include "base/lines.hpp"
#include "base/text.hpp"
#include "cli/suggestion.hpp"
#include "report/escape.hpp"

// toml++ 3.3 asserts, and assumes where nothing is asserted, what a file can break: behind a `[`
// that ends its line. Left alone it tells the fault as any other.
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#include <toml++/toml.h>

namespace emltrace::cli {
namespace {

// The text with each byte that is not ASCII written as a number behind a sign that no key and no
// value may hold outside of quotes, but for the mark in front.
std::string without_letters(std::string_view text) {
  std::string out;
  for (const char c : text::without_byte_order_mark(text)) {
    if ((c & 0x80) == 0)
      out += c;
    else
      fmt::format_to(std::back_inserter(out), "?{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

// The line of the text holds a letter that is not ASCII.
bool has_letter(std::string_view text, std::size_t line) {
  for (const text::Line& each : text::Lines(text)) {
    if (--line == 0) return !text::is_ascii(each.text);
  }
  return false;
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

/// A name in a table, and the option that it is.
struct Alias {
  std::string_view table;
  std::string_view name;
  std::string_view option;
};

constexpr std::array kAliases{
    Alias{"trust", "hosts", "trust"}, Alias{"trust", "sealers", "trust-sealer"},
    Alias{"own", "domains", "own"},   Alias{"own", "people", "vip"},
    Alias{"redact", "on", "redact"},  Alias{"redact", "key", "redact-key"},
};
constexpr std::string_view kProfile = "profile";

/// What is wrong, and in which line.
struct Fault {
  std::size_t line;
  std::string what;
};

std::size_t line_of(const toml::key& key) {
  return key.source().begin.line;
}

bool is_alias_table(std::string_view name) {
  return std::ranges::find(kAliases, name, &Alias::table) != kAliases.end();
}

/// Reads one level of the file: options, and the tables that hold options. The first fault ends it.
class Level {
 public:
  explicit Level(std::span<const std::string> options) : options_(options) {}

  std::optional<Fault> read(const toml::table& table, bool with_profiles) {
    for (const auto& [key, node] : table) {
      const std::string_view name = key.str();
      if (with_profiles && name == kProfile) continue;
      const bool aliases = node.is_table() && is_alias_table(name);
      auto fault = aliases ? read_aliases(name, *node.as_table())
                           : add(line_of(key), std::string(name), std::string(name), node);
      if (fault) return fault;
    }
    return std::nullopt;
  }

  std::vector<Setting> take() {
    std::ranges::sort(settings_, {}, &Setting::line);
    return std::move(settings_);
  }

 private:
  std::optional<Fault> read_aliases(std::string_view table, const toml::table& names) {
    for (const auto& [key, node] : names) {
      const std::string_view name = key.str();
      const auto alias = std::ranges::find_if(
          kAliases, [&](const Alias& a) { return a.table == table && a.name == name; });
      if (alias == kAliases.end()) return Fault{line_of(key), no_such_name(table, name)};
      auto fault =
          add(line_of(key), fmt::format("{}.{}", table, name), std::string(alias->option), node);
      if (fault) return fault;
    }
    return std::nullopt;
  }

  static std::string no_such_name(std::string_view table, std::string_view name) {
    std::vector<std::string> names;
    for (const Alias& alias : kAliases) {
      if (alias.table == table) names.emplace_back(alias.name);
    }
    return fmt::format("{}.{}: [{}] has {}{}", table, name, table, text::join(names, " and "),
                       suggestion(name, names));
  }

  std::optional<Fault> add(std::size_t line, const std::string& written, const std::string& option,
                           const toml::node& node) {
    if (std::ranges::find(options_, option) == options_.end()) {
      return Fault{line, fmt::format("{}: there is no such option{}", written,
                                     suggestion(written, options_))};
    }
    auto values = values_of(node);
    if (!values) return Fault{line, fmt::format("{}: this is no value of an option", written)};
    const auto said = std::ranges::find(settings_, option, &Setting::name);
    if (said != settings_.end()) {
      return Fault{std::max(line, said->line),
                   fmt::format("{}: line {} says it already", option, std::min(line, said->line))};
    }
    settings_.push_back({option, *std::move(values), line});
    return std::nullopt;
  }

  std::span<const std::string> options_;
  std::vector<Setting> settings_;
};

std::optional<Fault> read_profiles(const toml::table& file, std::span<const std::string> options,
                                   std::vector<Profile>& profiles) {
  const auto at = file.find(kProfile);
  if (at == file.end()) return std::nullopt;
  const toml::table* named = at->second.as_table();
  if (named == nullptr) {
    return Fault{line_of(at->first), "profile: profiles are tables, [profile.NAME]"};
  }
  for (const auto& [key, node] : *named) {
    if (!node.is_table()) {
      return Fault{line_of(key), fmt::format("profile.{0}: a profile is a table, [profile.{0}]",
                                             std::string_view(key.str()))};
    }
    Level level(options);
    if (auto fault = level.read(*node.as_table(), false)) return fault;
    profiles.push_back({std::string(key.str()), level.take()});
  }
  return std::nullopt;
}

}  // namespace

Result<Configuration> parse_configuration(std::string_view text, const std::string& path,
                                          std::span<const std::string> options) {
  const auto fault = [&path](std::size_t line, std::string_view what) {
    // What is quoted of the file may hold line ends.
    return Error{fmt::format("{}:{}: {}", path, line, report::for_terminal(what))};
  };
  // toml++ 3.3 takes for unreachable what a letter outside of quotes makes it reach: where the rest
  // is well-formed, there is none.
  if (!text::is_ascii(text)) {
    if (const toml::parse_result rest = toml::parse(without_letters(text)); !rest) {
      const std::size_t line = rest.error().source().begin.line;
      return fault(line, has_letter(text, line)
                             ? "a letter that is not ASCII stands outside of quotes"
                             : rest.error().description());
    }
  }
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return fault(error.source().begin.line, error.description());
  }
  Configuration config;
  Level level(options);
  auto wrong = level.read(parsed.table(), true);
  if (!wrong) wrong = read_profiles(parsed.table(), options, config.profiles);
  if (wrong) return fault(wrong->line, wrong->what);
  config.settings = level.take();
  return config;
}

Result<Configuration> read_configuration(const std::string& path,
                                         std::span<const std::string> options) {
  const auto bytes = read_file(path);
  if (!bytes) return Error{bytes.error()};
  return parse_configuration(*bytes, path, options);
}

}  // namespace emltrace::cli
