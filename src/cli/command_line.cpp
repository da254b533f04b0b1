#include "cli/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "cli/suggestion.hpp"

namespace emltrace::cli {
namespace {

class Sorter {
 public:
  Sorter(const std::vector<std::string>& words, const OptionSet& set) : words_(words), set_(set) {}

  Result<CommandLine> sort() {
    while (next_ < words_.size() && !error_) {
      const std::string& word = words_[next_++];
      if (ended_ || word == "-" || !word.starts_with('-')) {
        line_.paths.push_back(word);
      } else if (word == "--") {
        ended_ = true;
      } else if (word.starts_with("--")) {
        read_long(word);
      } else {
        read_letters(word);
      }
    }
    if (error_) return *error_;
    return std::move(line_);
  }

 private:
  void refuse(std::string reason) { error_ = Error{std::move(reason)}; }

  void refuse_unknown(std::string_view written) {
    std::vector<std::string> names;
    for (const OptionRow& row : set_.rows) names.push_back("--" + row.name);
    refuse(fmt::format("{}: there is no such option{}", written, suggestion(written, names)));
  }

  void read_long(std::string_view word) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view written = word.substr(0, equals);
    const OptionRow* row = set_.find_written(written);
    if (row == nullptr) return refuse_unknown(written);
    if (equals == word.size()) return row->is_flag() ? add(*row, "true") : add_next(*row);
    if (row->is_flag()) return refuse(fmt::format("{}: takes no value", written));
    add(*row, std::string(word.substr(equals + 1)));
  }

  void read_letters(std::string_view word) {
    // `-offline` is no `-o` with the value `ffline`.
    const std::string_view name = word.substr(0, word.find('='));
    if (name.size() > 2 && set_.find(name.substr(1)) != nullptr) return refuse_unknown(name);
    for (std::size_t at = 1; at < word.size() && !error_; ++at) {
      const std::string written = {'-', word[at]};
      const OptionRow* row = set_.find_written(written);
      if (row == nullptr) return refuse_unknown(at == 1 ? name : written);
      if (row->is_flag()) {
        add(*row, "true");
        continue;
      }
      return at + 1 < word.size() ? add(*row, std::string(word.substr(at + 1))) : add_next(*row);
    }
  }

  void add(const OptionRow& row, std::string value) {
    auto& options = line_.options;
    auto given = std::ranges::find(options, &row, [](const auto& option) { return option.first; });
    if (given == options.end()) given = options.insert(given, {&row, {}});
    given->second.push_back(std::move(value));
  }

  /// The value is the word behind.
  void add_next(const OptionRow& row) {
    const std::string missing = fmt::format("--{}: {} is missing behind it", row.name, row.value);
    if (next_ == words_.size()) return refuse(missing);
    const std::string& value = words_[next_++];
    // A value that looks so can be written as --name=--value, a file as ./--name.
    if (set_.find_written(value) != nullptr) {
      return refuse(fmt::format("{}; {} is an option", missing, value));
    }
    add(row, value);
  }

  const std::vector<std::string>& words_;
  const OptionSet& set_;
  CommandLine line_;
  std::size_t next_ = 0;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace

Result<CommandLine> read_command_line(const std::vector<std::string>& words, const OptionSet& set) {
  return Sorter(words, set).sort();
}

}  // namespace emltrace::cli
