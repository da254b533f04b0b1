#include "cli/read_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/completion.hpp"
#include "cli/config.hpp"
#include "cli/contradiction.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/suggestion.hpp"
#include "report/version.hpp"

namespace emltrace::cli {
namespace {

constexpr std::size_t kDefaultColumns = 80;

/// What is about the reading itself.
struct Frame {
  bool brief_help = false;
  bool full_help = false;
  bool version = false;
  std::optional<Shell> completion;
  std::optional<std::string> config;
  std::optional<std::string> profile;
};

void add_frame(OptionSet& set, Frame& frame) {
  Group group(set, "Other");
  group.text("--config", frame.config, "FILE", "the same options from a TOML file: option = value")
      .configurable = false;
  group.text("--profile", frame.profile, "NAME", "with those of its table [profile.NAME]")
      .configurable = false;
  group
      .value<Shell>(
          "--completion", frame.completion,
          one_of<Shell>({{"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}}),
          "SHELL", "print the completion of bash, zsh or fish")
      .configurable = false;
  group.flag("-h,--brief-help", frame.brief_help, "print the options most used").configurable =
      false;
  group.flag("--help", frame.full_help, "print this").configurable = false;
  group.flag("-V,--version", frame.version, "print the version").configurable = false;
}

/// Whoever asks for help is not helped by an error about something else.
bool asks(const std::vector<std::string>& words, std::string_view name) {
  return std::find(words.begin(), std::ranges::find(words, "--"), name) !=
         std::ranges::find(words, "--");
}

std::optional<Stop> information(const Frame& frame, const OptionSet& set) {
  if (frame.full_help) {
    return Stop{full_help(set, Output(std::nullopt).terminal_width().value_or(kDefaultColumns))};
  }
  if (frame.brief_help) return Stop{brief_help()};
  if (frame.version) return Stop{fmt::format("emltrace {}\n", report::version())};
  if (frame.completion) return Stop{completion(set, *frame.completion)};
  return std::nullopt;
}

/// Which options have been given, and by what they were.
class Reading {
 public:
  Reading(const OptionSet& set, Options& options) : set_(set), options_(options) {}

  Result<void> take(const CommandLine& line) {
    options_.input.paths = line.paths;
    for (const auto& [row, values] : line.options) {
      if (auto taken = take_values(*row, values); !taken) return taken;
      given_.insert(row->name);
    }
    return consistent();
  }

  /// What has not been said by what came before.
  Result<void> take(std::span<const Setting> settings, const std::string& path) {
    const auto before = given_;
    for (const Setting& setting : settings) {
      if (before.contains(setting.name) || gives_way(setting, before)) continue;
      const auto taken = take_setting(setting);
      if (!taken) return Error{fmt::format("{}:{}: {}", path, setting.line, taken.error())};
      given_.insert(setting.name);
    }
    const auto whole = consistent();
    return whole ? whole : Error{fmt::format("{}: {}", path, whole.error())};
  }

 private:
  [[nodiscard]] bool is_given(const std::set<std::string>& names, std::string_view name) const {
    if (name == "PATH") return !options_.input.paths.empty();
    if (name == "format" && options_.format == Format::text) return false;
    return names.contains(std::string(name));
  }

  [[nodiscard]] bool gives_way(const Setting& setting, const std::set<std::string>& before) const {
    return contradicts(setting.name, [&](std::string_view name) { return is_given(before, name); });
  }

  [[nodiscard]] Result<void> take_setting(const Setting& setting) const {
    const OptionRow& row = *set_.find(setting.name);
    if (row.is_flag() && setting.values.size() != 1) {
      return Error{fmt::format("--{}: a flag is true or false", row.name)};
    }
    return take_values(row, setting.values);
  }

  [[nodiscard]] Result<void> consistent() const {
    const auto wrong =
        contradiction([this](std::string_view name) { return is_given(given_, name); });
    if (wrong) return Error{*wrong};
    return {};
  }

  const OptionSet& set_;
  Options& options_;
  std::set<std::string> given_;
};

std::string default_config() {
  const auto set = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
  };
  // A relative XDG_CONFIG_HOME is to be ignored (XDG Base Directory Specification).
  std::string base = set("XDG_CONFIG_HOME");
  if (base.empty() || base.front() != '/') {
    base = set("HOME");
    if (base.empty()) return "";
    base += "/.config";
  }
  return base + "/emltrace/config.toml";
}

std::vector<std::string> configurable_options(const OptionSet& set) {
  std::vector<std::string> names;
  for (const OptionRow& row : set.rows) {
    if (row.configurable) names.push_back(row.name);
  }
  return names;
}

Error no_such_profile(const std::string& name, const Configuration& config,
                      const std::string& path) {
  std::vector<std::string> names;
  for (const Profile& profile : config.profiles) names.push_back(profile.name);
  if (names.empty()) return {fmt::format("--profile: there is no profile in {}", path)};
  return {fmt::format("--profile: {}: {}", path, none_of(name, names).message)};
}

/// What the command line does not say comes from the file that `--config` names, or from the user's
/// own where there is one.
Result<void> read_config(Reading& reading, const OptionSet& set, const Frame& frame) {
  std::error_code unknown;
  const std::string path = frame.config.value_or(default_config());
  if (!frame.config && (path.empty() || !std::filesystem::exists(path, unknown))) {
    if (!frame.profile) return {};
    return Error{"--profile: there is no configuration file " + path};
  }
  const auto config = read_configuration(path, configurable_options(set));
  if (!config) return Error{config.error()};
  if (frame.profile) {
    const auto profile = std::ranges::find(config->profiles, *frame.profile, &Profile::name);
    if (profile == config->profiles.end()) return no_such_profile(*frame.profile, *config, path);
    if (auto taken = reading.take(profile->settings, path); !taken) return taken;
  }
  return reading.take(config->settings, path);
}

bool can_redact(Format format) {
  return format == Format::arf || format == Format::xarf || format == Format::html ||
         format == Format::iocs;
}

Stop complaint(const std::string& reason) {
  return {reason, true};
}

}  // namespace

std::variant<Options, Stop> read_options(int argc, const char* const* argv) {
  Options options;
  Frame frame;
  OptionSet set;
  add_options(set, options);
  add_frame(set, frame);
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  frame.full_help = asks(words, "--help");
  frame.brief_help = asks(words, "-h");
  frame.version = asks(words, "--version");
  if (const auto asked = information(frame, set)) return *asked;

  const auto line = read_command_line(words, set);
  if (!line) return complaint(line.error());
  Reading reading(set, options);
  if (const auto taken = reading.take(*line); !taken) return complaint(taken.error());
  if (const auto asked = information(frame, set)) return *asked;
  // Whoever types a key means it; one in a configuration file waits for its `on`.
  options.redact = options.redact || options.redact_key;
  const bool wants_redaction = options.redact;
  if (const auto read = read_config(reading, set, frame); !read) return complaint(read.error());
  if (options.input.null_separated && !options.input.files_from) {
    return complaint("-0, --null: needs --files-from");
  }
  if (!options.print.empty()) options.format = Format::values;
  const auto format = options.format;
  if (options.summary && format != Format::text && format != Format::json &&
      format != Format::ndjson) {
    return complaint("--summary: is for the formats text, json and ndjson");
  }
  // Whoever asks for it must not pass on what shows the recipients all the same.
  if (wants_redaction && !options.quiet && !can_redact(format)) {
    return complaint("--redact: is for the formats arf, xarf, html and iocs");
  }
  return options;
}

}  // namespace emltrace::cli
