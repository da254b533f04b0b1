#include "cli/completion.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::cli {
namespace {

/// What may stand behind an option.
enum class Operand { none, word, file, free };

Operand operand_of(const OptionRow& row) {
  if (row.is_flag()) return Operand::none;
  if (row.value == "FILE") return Operand::file;
  return row.words.empty() && row.value != "CODE" ? Operand::free : Operand::word;
}

std::vector<std::string> words_of(const OptionRow& row) {
  if (row.value != "CODE") return row.words;
  std::vector<std::string> codes;
  for (const trace::FindingKind& kind : trace::finding_kinds()) codes.emplace_back(kind.code);
  return codes;
}

std::string names_of(const OptionRow& row, std::string_view between) {
  if (row.letter == '\0') return "--" + row.name;
  return fmt::format("-{}{}--{}", row.letter, between, row.name);
}

/// Between single quotes of any of the shells.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string for_bash(const OptionSet& set) {
  std::string out =
      "# bash completion for emltrace\n"
      "_emltrace() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  COMPREPLY=()\n"
      "  # `--name=value` comes as three words.\n"
      "  if [[ $current == = ]]; then\n"
      "    current=\n"
      "  elif [[ $before == = ]]; then\n"
      "    before=${COMP_WORDS[COMP_CWORD-2]}\n"
      "  fi\n"
      "  case $before in\n";
  std::string names;
  for (const OptionRow& row : set.rows) {
    names += names_of(row, " ") + ' ';
    const std::string pattern = names_of(row, "|");
    switch (operand_of(row)) {
      case Operand::none:
        break;
      case Operand::word:
        out += fmt::format("    {}) COMPREPLY=($(compgen -W {} -- \"$current\")); return ;;\n",
                           pattern, quoted(text::join(words_of(row), " ")));
        break;
      case Operand::file:
        out += fmt::format(
            "    {}) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n",
            pattern);
        break;
      case Operand::free:
        out += fmt::format("    {}) return ;;\n", pattern);
        break;
    }
  }
  names.pop_back();
  out += fmt::format(
      "  esac\n"
      "  if [[ $current == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W {} -- \"$current\"))\n"
      "  else\n"
      "    compopt -o filenames\n"
      "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
      "  fi\n"
      "}}\n"
      "complete -F _emltrace emltrace\n",
      quoted(names));
  return out;
}

/// In an argument of _arguments a colon ends a part and a bracket the description.
std::string for_arguments(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const OptionRow& row) {
  switch (operand_of(row)) {
    case Operand::none:
      return "";
    case Operand::word:
      return fmt::format(":{}:({})", row.value, text::join(words_of(row), " "));
    case Operand::file:
      return ":" + row.value + ":_files";
    case Operand::free:
      break;
  }
  return ":" + for_arguments(row.value) + ": ";
}

std::string for_zsh(const OptionSet& set) {
  std::string out =
      "#compdef emltrace\n"
      "_arguments -s -S \\\n";
  for (const OptionRow& row : set.rows) {
    const std::string help = '[' + for_arguments(row.help) + ']' + zsh_action(row);
    const std::string repeat = row.again == Again::all ? "*" : "";
    const std::string mark = row.is_flag() ? "" : "=";
    if (row.letter != '\0') {
      const std::string letter_mark = row.is_flag() ? "" : "+";
      out += fmt::format("  {} \\\n",
                         quoted(fmt::format("{}-{}{}{}", repeat, row.letter, letter_mark, help)));
    }
    out +=
        fmt::format("  {} \\\n", quoted(fmt::format("{}--{}{}{}", repeat, row.name, mark, help)));
  }
  return out + "  '*:PATH:_files'\n";
}

std::string for_fish(const OptionSet& set) {
  std::string out = "# fish completion for emltrace\n";
  for (const OptionRow& row : set.rows) {
    out += "complete -c emltrace";
    if (row.letter != '\0') out += fmt::format(" -s {}", row.letter);
    out += " -l " + row.name;
    switch (operand_of(row)) {
      case Operand::none:
        break;
      case Operand::word:
        out += " -x -a " + quoted(text::join(words_of(row), " "));
        break;
      case Operand::file:
        out += " -r -F";
        break;
      case Operand::free:
        out += " -x";
        break;
    }
    out += " -d " + quoted(row.help) + '\n';
  }
  return out;
}

}  // namespace

std::string completion(const OptionSet& set, Shell shell) {
  switch (shell) {
    case Shell::bash:
      return for_bash(set);
    case Shell::zsh:
      return for_zsh(set);
    case Shell::fish:
      break;
  }
  return for_fish(set);
}

}  // namespace emltrace::cli
