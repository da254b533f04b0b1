// How the words of a command line are sorted, and what the help says of them.

#include <algorithm>

#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "cli/contradiction.hpp"
#include "cli/help.hpp"
#include "cli/read_options.hpp"
#include "command.hpp"
#include "report/text/width.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using cli::Again;
using test::contains;
using test::emltrace_with;

namespace {

struct Known {
  cli::Options options;
  cli::OptionSet set;
  Known() { cli::add_options(set, options); }
};

/// `name=value,value; …; paths`, or the error.
std::string sorted(const std::vector<std::string>& words) {
  const Known known;
  const auto line = cli::read_command_line(words, known.set);
  if (!line) return line.error();
  std::string out;
  for (const auto& [row, values] : line->options) {
    out += row->name + '=' + text::join(values, ",") + "; ";
  }
  return out + text::join(line->paths, " ");
}

}  // namespace

TEST_CASE("options and paths come in any order, and a value stands behind or within") {
  CHECK(sorted({"a", "--offline", "b"}) == "offline=true; a b");
  CHECK(sorted({"--trust", "x", "a", "--trust=y"}) == "trust=x,y; a");
  CHECK(sorted({"-f", "json", "-fhtml"}) == "format=json,html; ");
  CHECK(sorted({"-vqo", "out", "a"}) == "verbose=true; quiet=true; output=out; a");
  CHECK(sorted({"--trust=a=b"}) == "trust=a=b; ");
}

TEST_CASE("-- ends the options, - is a path, and a value may look like one or be empty") {
  CHECK(sorted({"--offline", "--", "--offline", "-x", "--"}) == "offline=true; --offline -x --");
  CHECK(sorted({"-"}) == "-");
  CHECK(sorted({"--files-from", "-", "-0"}) == "files-from=-; null=true; ");
  CHECK(sorted({"--helo", "--"}) == "helo=--; ");
  CHECK(sorted({"--border", "-1"}) == "border=-1; ");
  CHECK(sorted({"--mail-from=", "a"}) == "mail-from=; a");
  CHECK(sorted({"--output=--offline"}) == "output=--offline; ");
  CHECK(sorted({"--resolver", "[::1]", "[a]", "++"}) == "resolver=[::1]; [a] ++");
}

TEST_CASE("-h fits a small terminal and shows four examples") {
  const auto help = emltrace_with({"-h"});
  CHECK(help.status == 0);
  CHECK(help.err.empty());
  const auto lines = text::split(help.out, '\n');
  CHECK(lines.size() <= 25);  // the last one is what stands behind the last line end
  for (const auto line : lines) CHECK(report::display_width(line) <= 80);
  CHECK(std::ranges::count_if(lines, [](std::string_view line) {
          return line.find(": ") != std::string_view::npos &&
                 line.find(" emltrace ") != std::string_view::npos && line[0] != 'U';
        }) == 4);
  CHECK(emltrace_with({"-vh"}).out == help.out);
}

TEST_CASE("every option in the short help is one") {
  const Known known;
  const std::string help = cli::brief_help();
  for (const auto word : text::words(help)) {
    if (!word.starts_with("--") || word == "--help") continue;
    CAPTURE(std::string(word));
    CHECK(known.set.find_written(word) != nullptr);
  }
}

TEST_CASE("--help names every option, and is wrapped at the width that is given") {
  const Known known;
  for (const std::size_t columns : {1U, 40U, 60U, 80U, 100U, 300U}) {
    CAPTURE(columns);
    const std::string help = cli::full_help(known.set, columns);
    for (const auto& row : known.set.rows) {
      CAPTURE(row.name);
      CHECK(contains(help, "--" + row.name + (row.is_flag() ? "" : " " + row.value)));
    }
    for (const auto line : text::split(help, '\n')) {
      CHECK(line.size() <= std::clamp<std::size_t>(columns, 40, 100));
    }
  }
}

TEST_CASE("help and version are given whatever else is wrong") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--nonsense", "--help"},
                                                {"--format", "pdf", "-h"},
                                                {"--version", "--trust"},
                                                {"-qV"}}) {
    const auto outcome = emltrace_with(words);
    CAPTURE(words);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK_FALSE(outcome.out.empty());
  }
  // Behind -- it is a path.
  CHECK(emltrace_with({"--offline", "--", "--help"}).status == 3);
}

TEST_CASE("words of a few, and codes, are read whatever their letter case and dashes") {
  CHECK(emltrace_with({"--offline", "-f", "NDJSON"}, test::kMessage).status == 0);
  const auto code = emltrace_with({"--explain", "DKIM_FAIL"});
  CHECK(code.status == 0);
  CHECK(code.out.starts_with("dkim-fail "));
}

TEST_CASE("several codes are explained one after another") {
  const auto outcome = emltrace_with({"--explain", "dkim-fail", "--explain", "forged-tail"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.starts_with("dkim-fail "));
  CHECK(contains(outcome.out, "\n\nforged-tail "));
  const auto json =
      emltrace_with({"--explain", "dkim-fail", "--explain=forged-tail", "-f", "ndjson"});
  CHECK(test::lines_of(json.out) == 2);
  CHECK(json.out.starts_with("{\"code\":\"dkim-fail\","));
}

TEST_CASE("a contradiction is one whichever of the two is asked about") {
  const auto given = [](std::string_view name) { return name == "replay"; };
  CHECK(cli::contradicts("zone", given));
  CHECK_FALSE(cli::contradicts("offline", given));
  CHECK_FALSE(cli::contradicts("replay", given));
  CHECK_FALSE(cli::contradiction(given));
}
