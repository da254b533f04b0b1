// Options from a configuration file.

#include "cli/config.hpp"
#include "command.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using test::contains;
using test::emltrace_with;
using test::is_one_complaint;
using test::kMessage;
using test::lines_of;
using test::TemporaryDirectory;

namespace {

const std::string kAllKinds = R"(# a mailbox of ours
format = 'ndjson'
offline = true
"width" = 90
timeout = 2.5
trust = [
  ".recipient.example",
  "203.0.113.0/24",
]
)";

}  // namespace

TEST_CASE("TOML texts, numbers, flags and lists are what they would be on the command line") {
  const TemporaryDirectory dir;
  const auto config = dir.write("a.toml", kAllKinds);
  const auto outcome = emltrace_with({"--config", config}, kMessage);
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  CHECK(lines_of(outcome.out) == 1);
  // The command line wins.
  CHECK(contains(emltrace_with({"--config", config, "-f", "text"}, kMessage).out, "\nVerdict "));
  // A flag may be said to be off.
  const auto loud =
      emltrace_with({"--config", dir.write("off.toml", "quiet = false\n"), "--offline"}, kMessage);
  CHECK(contains(loud.out, "\nVerdict "));
  const auto quiet =
      emltrace_with({"--config", dir.write("on.toml", "quiet = true\n"), "--offline"}, kMessage);
  CHECK(quiet.status == 0);
  CHECK(quiet.out.empty());
}

TEST_CASE("a fault in a configuration file is one line that names file and line") {
  const TemporaryDirectory dir;
  const std::pair<const char*, const char*> cases[] = {
      {"format = \"json\"\nfrmat = \"json\"\n",
       ":2: frmat: there is no such option; did you mean format?"},
      {"\n\nno-such-thing = 1\n", ":3: no-such-thing: there is no such option\n"},
      {"trust = [\".a.example\"\n", ":1: "},
      {"format = json\n", ":1: "},
      {"format = \"json\"\nformat = \"text\"\n", ":2: "},
      {"offline = true\nformat = \"pdf\"\n", ":2: --format: "},
      {"width = 3\n", ":1: --width: "},
      {"border = \"two\"\n", ":1: --border: "},
      {"quiet = 7\n", ":1: --quiet: a flag is true or false"},
      {"quiet = [true, false]\n", ":1: --quiet: a flag is true or false"},
      {"rcpt-to = [\"a@b.example\", \"c@b.example\"]\n", ":1: --rcpt-to: "},
      {"trust = [[\"a.example\"]]\n", ":1: trust: this is no value of an option"},
      {"now = 2026-05-05T10:00:00Z\n", ":1: now: this is no value of an option"},
      {"[trusted]\na = 1\n", ":1: trusted: there is no such option"},
      {"help = true\n", ":1: help: there is no such option"},
      {"config = \"b.toml\"\n", ":1: config: there is no such option"},
  };
  for (const auto& [text, told] : cases) {
    const auto path = dir.write("a.toml", text);
    const auto outcome = emltrace_with({"--config", path}, kMessage);
    CAPTURE(text, outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(is_one_complaint(outcome.err));
    CHECK(contains(outcome.err, "emltrace: " + path + told));
  }
}

TEST_CASE("the user's own file is read without being named, and its faults name it") {
  const TemporaryDirectory dir;
  const std::vector<std::pair<std::string, std::string>> home{{"XDG_CONFIG_HOME", dir.file("")}};
  CHECK(emltrace_with({"--offline"}, kMessage, home).status == 0);  // none is there
  dir.write("emltrace/config.toml", "format = \"ndjson\"\noffline = true\n");
  CHECK(lines_of(emltrace_with({}, kMessage, home).out) == 1);
  // Another one takes its place.
  const auto other = dir.write("other.toml", "offline = true\n");
  CHECK(lines_of(emltrace_with({"--config", other}, kMessage, home).out) > 1);

  dir.write("emltrace/config.toml", "bogus = 1\n");
  const auto broken = emltrace_with({"--offline"}, kMessage, home);
  CHECK(broken.status == 2);
  CHECK(contains(broken.err, "emltrace/config.toml:1: bogus: "));
  // Help and version do not need it.
  for (const char* option : {"--help", "--version"}) {
    const auto outcome = emltrace_with({option}, "", home);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
  }
}

namespace {

const std::string kProfiles = R"(format = "ndjson"
trust = [".everywhere.example"]

[own]
people = ["Ann Roe"]
domains = ["other.example"]

[profile.home]
vip = []
[profile.home.trust]
hosts = ["mx.recipient.example"]

[profile.work]
format = "html"
trust = [".work.example"]
[profile.work.own]
domains = ["bellwood.com"]
)";

}  // namespace

TEST_CASE("a profile counts before the file's top level, the command line before both") {
  const TemporaryDirectory dir;
  const auto config = dir.write("a.toml", kProfiles);
  const std::string message = "From: Ann Roe <ann@be11wood.com>\nSubject: x\n\nx\n";
  const auto with = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--offline", "--config", config});
    return emltrace_with(words, message).out;
  };
  // The top level alone.
  CHECK(contains(with({}), "\"code\":\"person-elsewhere\""));
  CHECK_FALSE(contains(with({}), "\"code\":\"own-domain-imitation\""));
  // A profile adds what the top level does not say, and takes its place where both say something.
  const auto work = with({"--profile", "work"});
  CHECK(work.starts_with("<!DOCTYPE html>"));
  CHECK(contains(work, "own-domain-imitation"));
  CHECK(contains(work, "person-elsewhere"));
  CHECK(with({"--profile", "work", "-f", "json"}).starts_with("{\n"));
  // An empty list is a list.
  CHECK_FALSE(contains(with({"--profile", "home"}), "person-elsewhere"));
}

TEST_CASE("a list is taken from one place, never joined") {
  const std::vector<std::string> options{"trust", "vip", "own", "format"};
  const auto config = emltrace::cli::parse_configuration(kProfiles, "a.toml", options);
  REQUIRE(config);
  REQUIRE(config->profiles.size() == 2);
  const TemporaryDirectory dir;
  const auto path = dir.write("a.toml", kProfiles);
  // What no rule matched is told: of the profile's rule, not of the file's.
  const auto told =
      emltrace_with({"--offline", "--config", path, "--profile", "work", "-f", "ndjson"}, kMessage)
          .out;
  CHECK(contains(told, ".work.example"));
  CHECK_FALSE(contains(told, ".everywhere.example"));
}

TEST_CASE("options in tables are the options themselves, in the order of their lines") {
  const std::vector<std::string> options{"trust", "trust-sealer", "own", "vip", "redact-key"};
  const auto config = emltrace::cli::parse_configuration(
      "[trust]\nhosts = [\"a\", \"b\"]\nsealers = \"c\"\n[own]\npeople = [\"d\"]\n"
      "domains = [\"e\"]\n[redact]\nkey = \"f\"\n",
      "a.toml", options);
  REQUIRE(config);
  std::string told;
  for (const auto& setting : config->settings) {
    told += std::to_string(setting.line) + ' ' + setting.name;
    for (const auto& value : setting.values) told += ' ' + value;
    told += '\n';
  }
  CHECK(told == "2 trust a b\n3 trust-sealer c\n5 vip d\n6 own e\n8 redact-key f\n");
}

TEST_CASE("what is wrong with a profile or a table is told with its line") {
  const std::vector<std::string> options{"trust", "trust-sealer", "own", "vip", "offline"};
  const std::pair<const char*, const char*> cases[] = {
      {"[trust]\nhost = [\"a\"]\n",
       "2: trust.host: [trust] has hosts and sealers; did you mean hosts?"},
      {"[own]\nnobody = 1\n", "2: own.nobody: [own] has domains and people"},
      {"[own]\ndomains = [[1]]\n", "2: own.domains: this is no value of an option"},
      {"trust-sealer = [\"a\"]\n[trust]\nsealers = [\"b\"]\n",
       "3: trust-sealer: line 1 says it already"},
      {"profile = \"home\"\n", "1: profile: profiles are tables, [profile.NAME]"},
      {"[profile]\nhome = 1\n", "2: profile.home: a profile is a table, [profile.home]"},
      {"[profile.home]\noffine = true\n",
       "2: offine: there is no such option; did you mean offline?"},
      {"[profile.home.profile.work]\n", "1: profile: there is no such option"},
      {"[offline]\n", "1: offline: this is no value of an option"},
  };
  for (const auto& [text, told] : cases) {
    CAPTURE(text);
    const auto config = emltrace::cli::parse_configuration(text, "a.toml", options);
    REQUIRE_FALSE(config);
    CHECK(config.error() == std::string("a.toml:") + told);
  }
}

TEST_CASE("a profile that is not there is told with those that are") {
  const TemporaryDirectory dir;
  const auto config = dir.write("a.toml", kProfiles);
  CHECK(emltrace_with({"--config", config, "--profile", "hom"}).err ==
        "emltrace: --profile: " + config + ": \"hom\" is none of home, work; did you mean home?\n");
  const auto empty = dir.write("b.toml", "offline = true\n");
  const auto outcome = emltrace_with({"--config", empty, "--profile", "home"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err == "emltrace: --profile: there is no profile in " + empty + "\n");
}

TEST_CASE("what a file says gives way to what contradicts it on the command line") {
  const TemporaryDirectory dir;
  const auto verbose = dir.write("a.toml", "verbose = true\noffline = true\n");
  const auto quiet = emltrace_with({"--config", verbose, "-q"}, kMessage);
  CHECK(quiet.status == 0);
  CHECK(quiet.out.empty());
  const auto zone = dir.write("b.toml", "zone = [\"nowhere.zone\"]\n");
  CHECK(contains(emltrace_with({"--config", zone, "--replay", "none.dns"}, kMessage).err,
                 "none.dns"));
  // Within a file it is an error of the file.
  const auto both = dir.write("c.toml", "quiet = true\nverbose = true\n");
  const auto told = emltrace_with({"--config", both}, kMessage);
  CHECK(told.status == 2);
  CHECK(told.err.starts_with("emltrace: " + both + ": --quiet and --verbose exclude "));
}

TEST_CASE("what an error quotes of a configuration file is one line, whatever stands there") {
  const std::vector<std::string> options{"offline"};
  for (const std::string text :
       {"offline = tru\n", "\"off\\nline\" = true\n", "[\n", "[[\n", "[ # a\n"}) {
    CAPTURE(text);
    const auto settings = emltrace::cli::parse_configuration(text, "a.toml", options);
    REQUIRE_FALSE(settings);
    CHECK(settings.error().starts_with("a.toml:1: "));
    CHECK(settings.error().find('\n') == std::string::npos);
  }
}

TEST_CASE("TOML 1.0: letters beyond ASCII stand in quotes and comments, nowhere else") {
  const std::vector<std::string> options{"output", "é"};
  const auto error = [&](std::string_view text) {
    const auto settings = emltrace::cli::parse_configuration(text, "a.toml", options);
    return settings ? std::string() : settings.error();
  };
  for (const char* text :
       {"\n\né = 1\n", "# é\n\noutput\u00a0= \"a\"\n", "output = \"\"\"a\n\"\"\"\"\"\n\u2003\n",
        "\n\noutput = Z\".2m+é\n", "\n\noutput = 'a' 'é'\n", "\n\n[a]\"é\"\n"}) {
    CAPTURE(text);
    CHECK(error(text) == "a.toml:3: a letter that is not ASCII stands outside of quotes");
  }
  for (const char* text :
       {"\"é\" = 1\n", "output = ['é', 'è']\n", "'é' = 1 # é\n", "output = \"\\\"é\"\n",
        "output = 'é\\'\n", "output = \"\"\"\"é\"\"\"\"\"# é\n", "output = [ \"é\" ,\n 'é']\n",
        "output\t=\t'é'\n", "output = '''\n'é'''\n", "\ufeffoutput = 1\n"}) {
    CAPTURE(text);
    CHECK(error(text).empty());
  }
  // Wrong for another reason.
  for (const char* text : {"\"é\" . 'é' = 1\n", "output = { 'é' = \"é\" }\n"}) {
    CAPTURE(text);
    CHECK(error(text).find("ASCII") == std::string::npos);
  }
}
