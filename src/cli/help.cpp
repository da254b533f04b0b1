#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.hpp"

namespace emltrace::cli {
namespace {

constexpr std::size_t kMinColumns = 40;
constexpr std::size_t kMaxColumns = 100;
constexpr std::size_t kHelpColumn = 28;
constexpr std::size_t kMinText = 24;  // beside the names; where less is left the text stands below

constexpr std::string_view kBrief =
    "Usage: emltrace [OPTIONS] [PATH...]\n"
    "Says who put a message into the mail system, by what road it came, which lines\n"
    "of its header can be believed, and whether its author is who it says.\n"
    "PATH is a message, an mbox, a folder or an archive; without one, paste a header.\n"
    "\n"
    "  -f, --format F     text, json, html; --help lists the others\n"
    "  -o, --output FILE  write there\n"
    "  -v, --verbose      every reason, record and piece of evidence\n"
    "  --offline          ask no DNS\n"
    "  --trust HOST|NET   the recipient's own servers\n"
    "  --fail-on LEVEL    exit 1 at notice, suspicious or forged\n"
    "  --explain CODE     what a finding means\n"
    "  --help             every option; emltrace(1) says more\n"
    "\n"
    "Trace a message:              emltrace message.eml\n"
    "Paste a header, ask no DNS:   emltrace --offline\n"
    "A page for the browser:       emltrace -f html -o page.html message.eml\n"
    "Stop what is forged:          emltrace -q --fail-on forged message.eml\n";

constexpr std::string_view kIntroduction =
    "Says who put a message into the mail system, by what road it came, which lines of its header "
    "can be believed, and whether its author is who it says.";
constexpr std::string_view kPath =
    "a message, pasted headers, an mbox, a Maildir, a folder, or an archive of them; - or none: "
    "standard input";
constexpr std::string_view kStatus =
    "Exit status: 0 traced; 1 --fail-on was reached; 2 the command line is wrong; 3 an input could "
    "not be read; 4 --fail-on could not be decided because DNS failed; 70, 74, 141 see "
    "emltrace(1).";

/// Adds the words of `text` to a line that has `at` columns already; lines that follow are
/// indented.
void append_wrapped(std::string& out, std::string_view text, std::size_t at, std::size_t indent,
                    std::size_t columns) {
  bool first = true;
  for (const std::string_view word : text::words(text)) {
    if (!first && at + 1 + word.size() > columns) {
      out += '\n' + std::string(indent, ' ');
      at = indent;
    } else if (!first) {
      out += ' ';
      ++at;
    }
    out += word;
    at += word.size();
    first = false;
  }
  out += '\n';
}

void append_entry(std::string& out, std::string name, std::string_view text, std::size_t columns) {
  const bool beside = columns >= kHelpColumn + kMinText;
  const std::size_t column = beside ? kHelpColumn : 6;
  name = "  " + std::move(name);
  const bool below = !beside || name.size() + 2 > column;
  out += below ? name + '\n' + std::string(column, ' ') : fmt::format("{:<{}}", name, column);
  append_wrapped(out, text, column, column, columns);
}

std::string names_of(const OptionRow& row) {
  std::string names = row.letter == '\0' ? "" : fmt::format("-{}, ", row.letter);
  names += "--" + row.name;
  return row.is_flag() ? names : names + ' ' + row.value;
}

}  // namespace

std::string brief_help() {
  return std::string(kBrief);
}

std::string full_help(const OptionSet& set, std::size_t columns) {
  columns = std::clamp(columns, kMinColumns, kMaxColumns);
  std::string out = "Usage: emltrace [OPTIONS] [PATH...]\n\n";
  append_wrapped(out, kIntroduction, 0, 0, columns);
  out += '\n';
  append_entry(out, "PATH", kPath, columns);
  std::string_view group;
  for (const OptionRow& row : set.rows) {
    if (row.group != group) {
      group = row.group;
      out += fmt::format("\n{}:\n", group);
    }
    append_entry(out, names_of(row), row.help, columns);
  }
  out += '\n';
  append_wrapped(out, kStatus, 0, 0, columns);
  return out;
}

}  // namespace emltrace::cli
