#include "cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <string_view>

#include "cli/suggestion.hpp"

namespace emltrace::cli {
namespace {

std::string unknown_option(std::string_view written, const OptionSet& set) {
  std::vector<std::string> names;
  for (const OptionRow& row : set.rows) names.push_back("--" + row.name);
  written = written.substr(0, written.find('='));
  return fmt::format("{}: there is no such option{}", written, suggestion(written, names));
}

std::string missing_value(const OptionRow& row) {
  return fmt::format("--{}: {} is missing behind it", row.name, row.value);
}

/// A word that CLI11 would take otherwise than it is meant; null where all is well.
std::optional<std::string> misread(const std::string& word, const OptionRow* awaited,
                                   const OptionSet& set) {
  // A file of that name can be written as ./--name.
  if (awaited != nullptr) {
    if (set.find_written(word) == nullptr) return std::nullopt;
    return fmt::format("{}; {} is an option", missing_value(*awaited), word);
  }
  // `-offline` is no `-o` with the value `ffline`.
  if (word.size() > 2 && word[0] == '-' && word[1] != '-') {
    const std::string name = word.substr(1, word.find('=') - 1);
    if (name.size() > 1 && set.find(name) != nullptr) return unknown_option(word, set);
  }
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) return std::nullopt;
  const OptionRow* row = set.find_written(word.substr(0, equals));
  if (row == nullptr || !row->is_flag()) return std::nullopt;
  return fmt::format("--{}: takes no value", row->name);
}

/// The words as CLI11 reads them rightly: it takes the `--name=` of an empty value for a name whose
/// value comes next.
Result<std::vector<std::string>> prepared(const std::vector<std::string>& words,
                                          const OptionSet& set) {
  std::vector<std::string> out;
  const OptionRow* awaited = nullptr;  // whose value the next word is
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (*word == "--" && awaited == nullptr) {
      out.insert(out.end(), word, words.end());
      return out;
    }
    if (const auto wrong = misread(*word, awaited, set)) return Error{*wrong};
    const OptionRow* row = awaited == nullptr ? set.find_written(*word) : nullptr;
    awaited = row != nullptr && !row->is_flag() ? row : nullptr;
    if (word->size() > 1 && word->ends_with('=') &&
        set.find_written(word->substr(0, word->size() - 1)) != nullptr) {
      out.push_back(word->substr(0, word->size() - 1));
      out.emplace_back();
    } else {
      out.push_back(*word);
    }
  }
  if (awaited != nullptr) return Error{missing_value(*awaited)};
  return out;
}

std::string names_of(const OptionRow& row) {
  return row.letter == '\0' ? "--" + row.name : fmt::format("-{},--{}", row.letter, row.name);
}

CLI::Option* add(CLI::App& app, const OptionRow& row) {
  if (row.is_flag()) return app.add_flag(names_of(row));
  // Without extra arguments `--trust a b.eml` leaves b.eml a PATH, and `[::1]` one value.
  return app.add_option(names_of(row))
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

}  // namespace

Result<CommandLine> read_command_line(const std::vector<std::string>& words, const OptionSet& set) {
  auto ready = prepared(words, set);
  if (!ready) return Error{ready.error()};
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<CLI::Option*> options;
  for (const OptionRow& row : set.rows) options.push_back(add(app, row));
  CommandLine line;
  app.add_option("PATH", line.paths);
  std::ranges::reverse(*ready);
  try {
    app.parse(*std::move(ready));
  } catch (const CLI::ParseError& error) {
    const std::string_view what = error.what();
    return Error{std::string(what.substr(0, what.find('\n')))};
  }
  for (const std::string& word : app.remaining()) return Error{unknown_option(word, set)};
  for (const CLI::Option* option : app.parse_order()) {
    const auto at = std::ranges::find(options, option);
    if (at == options.end()) continue;
    const OptionRow* row = &set.rows[static_cast<std::size_t>(at - options.begin())];
    const auto is_told = [row](const auto& told) { return told.first == row; };
    if (std::ranges::none_of(line.options, is_told))
      line.options.emplace_back(row, option->results());
  }
  return line;
}

}  // namespace emltrace::cli
