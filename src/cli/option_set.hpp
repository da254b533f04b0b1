#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "cli/suggestion.hpp"

/// The options of the command as rows: what the command line, the configuration file and the help
/// know of each.
namespace emltrace::cli {

/// What it means that an option is given more than once.
enum class Again {
  last,    ///< the last one counts
  all,     ///< each counts
  refuse,  ///< there is one such fact: a second one is an error, never dropped in silence
};

struct OptionRow {
  std::string name;    ///< long, without dashes
  char letter = '\0';  ///< its short name; none: NUL
  std::string group;   ///< heading of the help
  std::string value;   ///< what the help calls its value; empty: a flag
  std::string help;
  std::vector<std::string> words;  ///< where the value is one of a few
  Again again = Again::last;
  bool configurable = true;  ///< may stand in a configuration file
  /// Takes one value: of a flag `true` or `false`. The error says what is wrong with the text.
  std::function<Result<void>(const std::string& text)> take;

  [[nodiscard]] bool is_flag() const { return value.empty(); }
};

struct OptionSet {
  std::deque<OptionRow> rows;  ///< in the order of the help; never moved

  /// The row of a long name; null where there is none.
  [[nodiscard]] const OptionRow* find(std::string_view name) const;
  /// The row that `--name` or `-n` is written for; null where there is none.
  [[nodiscard]] const OptionRow* find_written(std::string_view written) const;
};

/// Takes the values of one option, in order. The error is `--NAME: what is wrong`.
[[nodiscard]] Result<void> take_values(const OptionRow& row,
                                       const std::vector<std::string>& values);

/// How the text of a value is read.
template <class T>
struct ValueReader {
  std::function<Result<T>(const std::string&)> read;
  std::vector<std::string> words = {};
};

/// What is wrong with a text that should be one of the words.
[[nodiscard]] Error none_of(std::string_view text, const std::vector<std::string>& words);

/// A word of an enumeration; letter case, `-` and `_` do not count.
template <class T>
ValueReader<T> one_of(std::vector<std::pair<std::string, T>> words);
/// A whole decimal number.
[[nodiscard]] ValueReader<std::uint64_t> whole(std::uint64_t least, std::uint64_t most);

/// Adds rows under one heading of the help. NAMES are `--name` or `-n,--name`.
class Group {
 public:
  Group(OptionSet& set, const char* name) : set_(set), name_(name) {}

  OptionRow& flag(std::string_view names, bool& into, const char* help);
  /// A flag that turns something off.
  OptionRow& off(std::string_view names, bool& into, const char* help);
  OptionRow& text(std::string_view names, std::optional<std::string>& into, const char* value,
                  const char* help);
  OptionRow& all(std::string_view names, std::vector<std::string>& into, const char* value,
                 const char* help);

  /// A value that `reader` reads as something that T can be made of.
  template <class T, class Into, class Read>
  OptionRow& value(std::string_view names, Into& into, ValueReader<Read> reader, const char* value,
                   const char* help) {
    OptionRow& row = add(names, value, help);
    row.words = std::move(reader.words);
    row.take = [&into, read = std::move(reader.read)](const std::string& text) -> Result<void> {
      auto made = read(text);
      if (!made) return Error{made.error()};
      into = static_cast<T>(*std::move(made));
      return {};
    };
    return row;
  }
  template <class Into, class T>
  OptionRow& read(std::string_view names, Into& into, Result<T> (*reader)(const std::string&),
                  const char* type, const char* help) {
    return value<T>(names, into, ValueReader<T>{reader}, type, help);
  }
  template <class T>
  OptionRow& read_all(std::string_view names, std::vector<T>& into,
                      Result<T> (*reader)(const std::string&), const char* type, const char* help) {
    OptionRow& row = add(names, type, help);
    row.again = Again::all;
    row.take = [&into, reader](const std::string& text) -> Result<void> {
      auto made = reader(text);
      if (!made) return Error{made.error()};
      into.push_back(*std::move(made));
      return {};
    };
    return row;
  }

 private:
  OptionRow& add(std::string_view names, const char* value, const char* help);
  OptionRow& set_flag(std::string_view names, bool& into, bool meaning, const char* help);

  OptionSet& set_;
  std::string name_;
};

template <class T>
ValueReader<T> one_of(std::vector<std::pair<std::string, T>> words) {
  ValueReader<T> reader;
  for (const auto& [word, value] : words) reader.words.push_back(word);
  reader.read = [words = std::move(words), known = reader.words](const std::string& text) {
    for (const auto& [word, value] : words) {
      if (is_same_word(text, word)) return Result<T>(value);
    }
    return Result<T>(none_of(text, known));
  };
  return reader;
}

}  // namespace emltrace::cli
