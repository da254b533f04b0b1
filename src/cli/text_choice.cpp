#include "cli/text_choice.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace emltrace::cli {
namespace {

constexpr std::size_t kDefaultWidth = 100;

/// Empty where it is not set, which the conventions below take for the same.
std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool wants_color(When when, bool terminal) {
  if (when != When::automatic) return when == When::always;
  if (!environment("NO_COLOR").empty()) return false;
  if (const auto forced = environment("CLICOLOR_FORCE"); !forced.empty() && forced != "0")
    return true;
  if (environment("CLICOLOR") == "0" || environment("TERM") == "dumb") return false;
  return terminal;
}

/// A width that the environment asks for; null for none, and for one that no page can have.
std::optional<std::size_t> columns_asked() {
  const auto columns = text::parse_unsigned(environment("COLUMNS"));
  if (!columns || *columns < kMinWidth || *columns > kMaxWidth) return std::nullopt;
  return static_cast<std::size_t>(*columns);
}

std::optional<std::size_t> width_asked(const Options& options, const Output& output) {
  if (options.width) return options.width;
  if (const auto columns = columns_asked()) return columns;
  return output.terminal_width();
}

/// Without a locale it is the POSIX one, which promises US-ASCII alone.
bool is_utf8_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view locale = environment(name);
    if (locale.empty()) continue;
    // `de_DE.UTF-8@euro`; of macOS `UTF-8` alone.
    std::string codeset(locale.substr(locale.find('.') + 1));
    codeset.resize(std::min(codeset.find('@'), codeset.size()));
    std::erase(codeset, '-');
    return text::iequals(codeset, "utf8");
  }
  return false;
}

}  // namespace

report::TextOptions text_options(const Options& options, const Output& output) {
  report::TextOptions out;
  out.color = wants_color(options.color, output.is_terminal());
  out.width = width_asked(options, output).value_or(kDefaultWidth);
  out.verbose = options.verbose;
  out.ascii = !is_utf8_locale();
  return out;
}

report::TextOptions brief_options(const Options& options, const Output& output) {
  report::TextOptions out = text_options(options, output);
  if (!width_asked(options, output)) out.width = 0;
  return out;
}

}  // namespace emltrace::cli
