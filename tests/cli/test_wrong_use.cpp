// What is told of a command line that is wrong: one line that says what was meant.

#include "command.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using test::emltrace_with;
using test::TemporaryDirectory;

namespace {

struct WrongUse {
  std::vector<std::string> words;
  std::string told;
};

const std::vector<WrongUse> kWrongUses{
    // Names of options.
    {{"--nonsense"}, "--nonsense: there is no such option"},
    {{"--formt", "json"}, "--formt: there is no such option; did you mean --format?"},
    {{"--formt=json"}, "--formt: there is no such option; did you mean --format?"},
    {{"--fail_on", "forged"}, "--fail_on: there is no such option; did you mean --fail-on?"},
    {{"--FailOn"}, "--FailOn: there is no such option; did you mean --fail-on?"},
    {{"--Explain", "DKIM_FAIL"}, "--Explain: there is no such option; did you mean --explain?"},
    {{"--out"}, "--out: there is no such option; did you mean --output?"},
    {{"-offline"}, "-offline: there is no such option; did you mean --offline?"},
    {{"-format", "json"}, "-format: there is no such option; did you mean --format?"},
    {{"-output=a.txt"}, "-output: there is no such option; did you mean --output?"},
    {{"-Z"}, "-Z: there is no such option"},
    {{"-vZ"}, "-Z: there is no such option"},
    // Values that are missing, or too many.
    {{"--trust"}, "--trust: HOST|NET is missing behind it"},
    {{"-f"}, "--format: F is missing behind it"},
    {{"-vf"}, "--format: F is missing behind it"},
    {{"--trust", "--offline"}, "--trust: HOST|NET is missing behind it; --offline is an option"},
    {{"-o", "-v"}, "--output: FILE is missing behind it; -v is an option"},
    {{"--offline=yes"}, "--offline: takes no value"},
    {{"--rcpt-to", "a@b.example", "--rcpt-to", "c@b.example"},
     "--rcpt-to: is given 2 times; a connection has one"},
    {{"--helo", "a", "--helo=b", "--helo", "c"}, "--helo: is given 3 times; a connection has one"},
    // Values that are wrong.
    {{"--format", "pdf"}, "--format: \"pdf\" is none of "},
    {{"-fjsn"}, "--format: \"jsn\" is none of "},
    {{"--color", "alway"},
     "--color: \"alway\" is none of auto, always, never; did you mean always?"},
    {{"--input="}, "--input: \"\" is none of auto, message, headers, mbox"},
    {{"--dmarc", "rfc_9998"},
     "--dmarc: \"rfc_9998\" is none of rfc9989, rfc7489; did you mean rfc9989?"},
    {{"--fail-on", "clean"}, "--fail-on: \"clean\" is none of notice, suspicious, forged"},
    {{"--explain", "dkim-fial"},
     "--explain: no finding is called \"dkim-fial\"; did you mean dkim-fail?"},
    {{"--explain", "xyzzy"},
     "--explain: no finding is called \"xyzzy\"; --list-findings names them all"},
    {{"--mail-from", "a b"}, "--mail-from: \"a b\" is neither an address nor <>"},
    {{"--mail-from", "somebody"}, "--mail-from: \"somebody\" is neither an address nor <>"},
    {{"--rcpt-to", "<>"}, "--rcpt-to: \"<>\" is no address"},
    {{"--rcpt-to", "somebody"}, "--rcpt-to: \"somebody\" is no address"},
    {{"--client-ip", "300.1.2.3"}, "--client-ip: \"300.1.2.3\" is no IP address"},
    {{"--trust", "a b"}, "--trust: \"a b\" is no host name, .suffix or network"},
    {{"--own", "localhost"}, "--own: \"localhost\" is no domain name of two labels or more"},
    {{"--border", "-1"}, "--border: \"-1\" is no number from 1 to 1000000"},
    {{"--border", "010x"}, "--border: \"010x\" is no number from 1 to 1000000"},
    {{"--width", "19"}, "--width: \"19\" is no number from 20 to 1000"},
    {{"--timeout", "0s"}, "--timeout: \"0s\" is no time in seconds"},
    {{"--now", "yesterday"}, "--now: \"yesterday\" is neither an RFC 3339 time nor epoch seconds"},
    {{"--helo", ""}, "--helo: is empty"},
    {{"--output="}, "--output: is empty"},
    {{"--zone", ""}, "--zone: is empty"},
    {{"--print", "origin/ip"},
     "--print: \"origin/ip\" is no JSON pointer (RFC 6901): it begins with /"},
    {{"--print", "/a~2"}, "--print: \"/a~2\" is no JSON pointer (RFC 6901): behind ~ comes 0 or 1"},
    {{"--print=/a~"}, "--print: \"/a~\" is no JSON pointer (RFC 6901): behind ~ comes 0 or 1"},
    // What cannot be meant together.
    {{"--print", "/origin/ip", "-f", "html"},
     "--print and --format exclude each other: values are printed bare"},
    {{"--print", "/origin/ip", "-q"},
     "--quiet and --print exclude each other: one prints nothing, the other a value"},
    {{"--print", "/origin/ip", "--summary"},
     "--print and --summary exclude each other: values are printed bare"},
    {{"--print", "/code", "--explain", "dkim-fail"},
     "--print and --explain exclude each other: there is no report"},
    {{"-0"}, "-0, --null: needs --files-from"},
    {{"--summary", "-f", "iocs"}, "--summary: is for the formats text, json and ndjson"},
    {{"--redact", "a.eml"}, "--redact: is for the formats arf, xarf, html and iocs"},
    {{"--redact-key", "k", "-f", "json"}, "--redact: is for the formats arf, xarf, html and iocs"},
    {{"--zone", "a", "--replay", "b"},
     "--replay and --zone exclude each other: each alone answers DNS"},
    {{"-qv"},
     "--quiet and --verbose exclude each other: one prints no report, the other a longer one"},
    {{"--explain", "dkim-fail", "a.eml"},
     "--explain and PATH exclude each other: no message is read; each code has an --explain of its "
     "own"},
    {{"--list-findings", "a.eml"},
     "--list-findings and PATH exclude each other: no message is read"},
    {{"--list-findings", "--explain", "dkim-fail"},
     "--explain and --list-findings exclude each other: one explains a finding, the other lists "
     "them all"},
    {{"--profile", "home"}, "--profile: there is no configuration file "},
};

}  // namespace

TEST_CASE("each wrong use is told in one line that says what was meant, with status 2") {
  const TemporaryDirectory empty;
  for (const WrongUse& wrong : kWrongUses) {
    const auto outcome = emltrace_with(wrong.words, "", {{"XDG_CONFIG_HOME", empty.file("")}});
    CAPTURE(wrong.told);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    // Where a list of words or a path follows, the beginning is looked at.
    const bool open = wrong.told.ends_with(' ');
    CHECK(test::is_one_complaint(outcome.err));
    CHECK((open ? outcome.err.substr(0, wrong.told.size() + 10) : outcome.err) ==
          "emltrace: " + wrong.told + (open ? "" : "\n"));
  }
}

TEST_CASE("what is merely without effect is no wrong use") {
  const std::vector<std::vector<std::string>> harmless{
      {"-q", "-f", "json"},
      {"-q", "-o", "/dev/null"},
      {"--color", "always", "-f", "ndjson"},
      {"--width", "80", "-f", "json"},
      {"--authserv-id", "mx.example"},
      {"--resolver", "127.0.0.1:1"},
      {"--timeout", "1", "--deadline", "2"},
      {"--trust-ad"},
      {"-v", "-f", "ndjson"},
  };
  for (auto words : harmless) {
    CAPTURE(words);
    words.emplace_back("--offline");
    const auto outcome = emltrace_with(words, test::kMessage);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
  }
}
