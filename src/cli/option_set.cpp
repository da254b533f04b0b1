#include "cli/option_set.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::cli {

const OptionRow* OptionSet::find(std::string_view name) const {
  const auto row = std::ranges::find(rows, name, &OptionRow::name);
  return row == rows.end() ? nullptr : &*row;
}

const OptionRow* OptionSet::find_written(std::string_view written) const {
  if (written.starts_with("--")) return find(written.substr(2));
  if (written.size() != 2 || written[0] != '-') return nullptr;
  const auto row = std::ranges::find(rows, written[1], &OptionRow::letter);
  return row == rows.end() ? nullptr : &*row;
}

Result<void> take_values(const OptionRow& row, const std::vector<std::string>& values) {
  if (row.again == Again::refuse && values.size() > 1) {
    return Error{
        fmt::format("--{}: is given {} times; a connection has one", row.name, values.size())};
  }
  for (const std::string& text : values) {
    if (const auto taken = row.take(text); !taken) {
      return Error{fmt::format("--{}: {}", row.name, taken.error())};
    }
  }
  return {};
}

Error none_of(std::string_view text, const std::vector<std::string>& words) {
  return {fmt::format("\"{}\" is none of {}{}", text, text::join(words, ", "),
                      suggestion(text, words))};
}

ValueReader<std::uint64_t> whole(std::uint64_t least, std::uint64_t most) {
  return {[least, most](const std::string& text) {
    const auto value = text::parse_unsigned(text);
    if (value && *value >= least && *value <= most) return Result<std::uint64_t>(*value);
    return Result<std::uint64_t>(
        Error{fmt::format("\"{}\" is no number from {} to {}", text, least, most)});
  }};
}

OptionRow& Group::add(std::string_view names, const char* value, const char* help) {
  OptionRow& row = set_.rows.emplace_back();
  if (!names.starts_with("--")) {
    row.letter = names[1];
    names.remove_prefix(names.find(',') + 1);
  }
  row.name = names.substr(2);
  row.group = name_;
  row.value = value;
  row.help = help;
  return row;
}

OptionRow& Group::set_flag(std::string_view names, bool& into, bool meaning, const char* help) {
  OptionRow& row = add(names, "", help);
  row.take = [&into, meaning](const std::string& text) -> Result<void> {
    if (text != "true" && text != "false") return Error{"a flag is true or false"};
    into = (text == "true") == meaning;
    return {};
  };
  return row;
}

OptionRow& Group::flag(std::string_view names, bool& into, const char* help) {
  return set_flag(names, into, true, help);
}

OptionRow& Group::off(std::string_view names, bool& into, const char* help) {
  return set_flag(names, into, false, help);
}

OptionRow& Group::text(std::string_view names, std::optional<std::string>& into, const char* value,
                       const char* help) {
  OptionRow& row = add(names, value, help);
  row.take = [&into](const std::string& text) -> Result<void> {
    if (text.empty()) return Error{"is empty"};
    into = text;
    return {};
  };
  return row;
}

OptionRow& Group::all(std::string_view names, std::vector<std::string>& into, const char* value,
                      const char* help) {
  OptionRow& row = add(names, value, help);
  row.again = Again::all;
  row.take = [&into](const std::string& text) -> Result<void> {
    if (text.empty()) return Error{"is empty"};
    into.push_back(text);
    return {};
  };
  return row;
}

}  // namespace emltrace::cli
