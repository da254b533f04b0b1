#include "cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

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

/// The option whose value is the word behind this one; null where there is none.
const OptionRow* awaiting(std::string_view word, const OptionSet& set) {
  if (word.starts_with("--") || word.size() < 2 || word[0] != '-') {
    const OptionRow* row = set.find_written(word);
    return row == nullptr || row->is_flag() ? nullptr : row;
  }
  for (std::size_t at = 1; at < word.size(); ++at) {
    const OptionRow* row = set.find_written(std::string{'-', word[at]});
    if (row == nullptr) return nullptr;
    if (!row->is_flag()) return at + 1 == word.size() ? row : nullptr;
  }
  return nullptr;
}

/// The words up to `--` as CLI11 reads them rightly: it takes the `--name=` of an empty value for a
/// name whose value comes next. `rest`: what stands behind `--`.
Result<std::vector<std::string>> prepared(const std::vector<std::string>& words,
                                          const OptionSet& set, std::vector<std::string>& rest) {
  std::vector<std::string> out;
  const OptionRow* awaited = nullptr;  // whose value the next word is
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (*word == "--" && awaited == nullptr) {
      rest.assign(word + 1, words.end());
      return out;
    }
    if (const auto wrong = misread(*word, awaited, set)) return Error{*wrong};
    awaited = awaited == nullptr ? awaiting(*word, set) : nullptr;
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
  std::vector<std::string> rest;
  auto ready = prepared(words, set, rest);
  if (!ready) return Error{ready.error()};
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<CLI::Option*> options;
  for (const OptionRow& row : set.rows) options.push_back(add(app, row));
  CommandLine line;
  std::ranges::reverse(*ready);
  try {
    app.parse(*std::move(ready));
  } catch (const CLI::ParseError& error) {
    const std::string_view what = error.what();
    return Error{std::string(what.substr(0, what.find('\n')))};
  }
  // Paths are what remains: of a list of them CLI11 would read `[a]` as the list of `a`.
  for (std::string& word : app.remaining()) {
    if (word.size() > 1 && word[0] == '-') return Error{unknown_option(word, set)};
    line.paths.push_back(std::move(word));
  }
  line.paths.insert(line.paths.end(), rest.begin(), rest.end());
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
