// The completion of each shell, asked of the shell itself.

#include <algorithm>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

using Words = std::vector<std::string>;

Words sorted_lines(const std::string& text) {
  Words out;
  for (const std::string_view line : text::split(text, '\n')) {
    if (!line.empty()) out.emplace_back(line);
  }
  std::ranges::sort(out);
  return out;
}

std::string script_of(const std::string& shell) {
  const auto printed = test::emltrace_with({"--completion", shell});
  REQUIRE(printed.status == 0);
  REQUIRE(printed.err.empty());
  return printed.out;
}

/// What bash offers for the words of a command line, the last one unfinished.
Words offered_by_bash(const std::string& words) {
  // Outside of a line editor there is no completion to set options of.
  const std::string script = script_of("bash") + "\ncompopt() { :; }\nCOMP_WORDS=(" + words +
                             ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_emltrace\n" +
                             "printf '%s\\n' \"${COMPREPLY[@]}\"\n";
  const auto asked = test::run("/bin/bash", {{"--norc"}, script, {}, ""});
  CHECK(asked.err.empty());
  return sorted_lines(asked.out);
}

/// What fish offers, without descriptions.
Words offered_by_fish(const std::string& line) {
  const std::string script = script_of("fish") + "\ncomplete -C '" + line + "'\n";
  const auto asked = test::run("/usr/bin/fish", {{"--no-config"}, script, {}, ""});
  CHECK(asked.err.empty());
  Words out;
  for (const std::string& each : sorted_lines(asked.out))
    out.push_back(each.substr(0, each.find('\t')));
  return out;
}

/// What a line becomes in an interactive zsh where the tabulator key is pressed at its end: there
/// is one continuation.
std::string completed_by_zsh(const test::TemporaryDirectory& folder, const std::string& line) {
  const std::string place = folder.write("_emltrace", script_of("zsh"));
  const std::string path = place.substr(0, place.rfind('/'));
  const std::string script =
      "zmodload zsh/zpty\n"
      "zpty -b z zsh -f -i\n"
      "zpty -w z 'PS1=; fpath=(" +
      path +
      " $fpath); autoload -U compinit; compinit -u -D; "
      "show() { zle -I; print -r -- \"<<$BUFFER>>\"; }; zle -N show; bindkey ^X show; print "
      "ready'\n"
      "zpty -r z text '*ready*ready*'\n"
      "zpty -w -n z $'" +
      line +
      "\\t\\x18'\n"
      "zpty -r z text '*<<*>>*'\n"
      "print -r -- \"$text\"\n";
  const auto asked = test::run("/usr/bin/zsh", {{"-f"}, script, {}, ""});
  const std::size_t start = asked.out.rfind("<<");
  const std::size_t end = asked.out.rfind(">>");
  REQUIRE(start != std::string::npos);
  REQUIRE(end != std::string::npos);
  return asked.out.substr(start + 2, end - start - 2);
}

}  // namespace

TEST_CASE("bash offers options, the words of a value and finding codes") {
  CHECK(offered_by_bash("emltrace --repl") == Words{"--replay"});
  CHECK(offered_by_bash("emltrace --fail-on ''") == Words{"forged", "notice", "suspicious"});
  CHECK(offered_by_bash("emltrace --fail-on = f") == Words{"forged"});
  CHECK(offered_by_bash("emltrace -f nd") == Words{"ndjson"});
  CHECK(offered_by_bash("emltrace --explain forged") == Words{"forged-tail"});
  CHECK(offered_by_bash("emltrace --helo x").empty());
}

TEST_CASE("bash offers files where a file is wanted, and as PATH") {
  const test::TemporaryDirectory folder;
  const std::string file = folder.write("case.zone", "");
  const std::string start = file.substr(0, file.size() - 3);
  CHECK(offered_by_bash("emltrace --zone " + start) == Words{file});
  CHECK(offered_by_bash("emltrace " + start) == Words{file});
}

TEST_CASE("fish offers options, the words of a value and finding codes") {
  CHECK(offered_by_fish("emltrace --repl") == Words{"--replay"});
  CHECK(offered_by_fish("emltrace --fail-on ") == Words{"forged", "notice", "suspicious"});
  CHECK(offered_by_fish("emltrace --explain forged") == Words{"forged-tail"});
}

TEST_CASE("zsh completes options, the words of a value and finding codes") {
  const test::TemporaryDirectory folder;
  CHECK(completed_by_zsh(folder, "emltrace --repl") == "emltrace --replay=");
  CHECK(completed_by_zsh(folder, "emltrace --fail-on=sus") == "emltrace --fail-on=suspicious ");
  CHECK(completed_by_zsh(folder, "emltrace --explain forged-t") ==
        "emltrace --explain forged-tail ");
}

TEST_CASE("every option is offered by each shell") {
  const auto help = test::emltrace_with({"--help"});
  const std::string bash = script_of("bash"), zsh = script_of("zsh"), fish = script_of("fish");
  for (const std::string_view word : text::words(help.out)) {
    if (!word.starts_with("--")) continue;
    const std::string name(word);
    INFO(name);
    CHECK(test::contains(bash, name));
    CHECK(test::contains(zsh, name));
    CHECK(test::contains(fish, "-l " + name.substr(2)));
  }
}
