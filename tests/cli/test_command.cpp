#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "command.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"
#include "support/paths.hpp"
#include "support/process.hpp"

using namespace emltrace;
using namespace std::string_literals;
using Json = nlohmann::ordered_json;
using test::contains;
using test::emltrace_with;
using test::is_one_complaint;
using test::kMessage;
using test::kZone;
using test::lines_of;
using test::TemporaryDirectory;

TEST_CASE("an input that is no message is one line on standard error and status 3") {
  const TemporaryDirectory dir;
  std::filesystem::create_directory(dir.file("empty"));
  struct Case {
    std::string what;
    std::vector<std::string> arguments;
    std::string input;
  };
  const std::vector<Case> cases{
      {"empty standard input", {"--offline"}, ""},
      {"a folder without messages", {"--offline", dir.file("empty")}, ""},
      {"a path that does not exist", {"--offline", dir.file("nowhere.eml")}, ""},
      {"a binary file",
       {"--offline", dir.write("a.bin",
                               "\x7f"
                               "ELF\0\1\2\0\0\xff\xfe"s)},
       ""},
      {"a list of paths that does not exist", {"--files-from", dir.file("nowhere")}, ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    const auto outcome = emltrace_with(c.arguments, c.input);
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CAPTURE(outcome.err);
    CHECK(is_one_complaint(outcome.err));
  }
}

TEST_CASE("the other inputs are traced where one cannot be read") {
  const TemporaryDirectory dir;
  const auto good = dir.write("a.eml", kMessage);
  const auto outcome =
      emltrace_with({"--offline", "-f", "ndjson", good, dir.file("nowhere.eml"), good});
  CHECK(outcome.status == 3);
  CHECK(lines_of(outcome.out) == 2);
  CHECK(is_one_complaint(outcome.err));
}

TEST_CASE("a folder that holds itself is read once") {
  const TemporaryDirectory dir;
  dir.write("mail/a.eml", kMessage);
  std::filesystem::create_directory_symlink(dir.file("mail"), dir.file("mail/again"));
  const auto outcome = emltrace_with({"--offline", "-f", "ndjson", dir.file("mail")});
  CHECK(outcome.status == 0);
  CHECK(lines_of(outcome.out) == 1);
}

TEST_CASE("a wrong command line is one line that names the option, and status 2") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  const auto zone =
      dir.write("bad.zone", "good.example. 300 IN A 192.0.2.1\nbad.example. 300 IN A x\n");
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{"--no-such-option"}, "--no-such-option"},
      {{"--border", "x"}, "--border"},
      {{"--border", "0"}, "--border"},
      {{"--border", "99", "--offline", message}, "the message has 2"},
      {{"--client-ip", "999.1.2.3"}, "--client-ip"},
      {{"--rcpt-to", "a@b.example", "--rcpt-to", "c@b.example"}, "--rcpt-to"},
      {{"--client-ip", "192.0.2.1", "--client-ip", "192.0.2.2"}, "--client-ip"},
      {{"--trust", "a b"}, "--trust"},
      {{"--own", "localhost"}, "--own"},
      {{"--vip", "."}, "--vip"},
      {{"--resolver", "nonsense"}, "--resolver"},
      {{"--timeout", "soon"}, "--timeout"},
      {{"--timeout", "0"}, "--timeout"},
      {{"--deadline", "nan"}, "--deadline"},
      {{"--now", "yesterday"}, "--now"},
      {{"--dmarc", "rfc1"}, "--dmarc"},
      {{"--format", "pdf"}, "--format"},
      {{"--width", "3"}, "--width"},
      {{"--color", "perhaps"}, "--color"},
      {{"--fail-on", "clean"}, "--fail-on"},
      {{"--explain", "no-such-finding"}, "--explain"},
      {{"--input", "tape"}, "--input"},
      {{"--attached", "some"}, "--attached"},
      {{"-0"}, "-0"},
      {{"--border"}, "--border"},
      {{"--config", dir.file("nowhere.toml")}, "nowhere.toml"},
      {{"--psl", dir.file("nowhere.dat"), message}, "--psl"},
      {{"--zone", dir.file("nowhere.zone"), message}, "nowhere.zone"},
      {{"--zone", zone, message}, "bad.zone:2"},
      {{"--replay", dir.file("nowhere.jsonl"), message}, "nowhere.jsonl"},
      {{"--replay", dir.write("bad.jsonl", "{\n"), message}, "bad.jsonl:1"},
  };
  for (const auto& [arguments, named] : cases) {
    const auto outcome = emltrace_with(arguments);
    CAPTURE(named, outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(is_one_complaint(outcome.err));
    CHECK(contains(outcome.err, named));
  }
}

TEST_CASE("control characters of the command line do not reach the terminal") {
  const auto outcome = emltrace_with({"--border", "\x1b[2J"});
  CHECK(outcome.status == 2);
  CHECK_FALSE(contains(outcome.err, "\x1b"));
}

TEST_CASE("help and version go to standard output with status 0") {
  const auto help = emltrace_with({"--help"});
  CHECK(help.status == 0);
  CHECK(help.err.empty());
  for (const char* option :
       {"--trust", "--border", "--zone", "--record", "--trust-ad", "--fail-on", "--config"}) {
    CAPTURE(option);
    CHECK(contains(help.out, option));
  }
  for (const auto line : text::split(help.out, '\n')) CHECK(line.size() <= 100);
  const auto version = emltrace_with({"--version"});
  CHECK(version.status == 0);
  CHECK(version.out.starts_with("emltrace "));
}

TEST_CASE("a message on standard input is traced") {
  const TemporaryDirectory dir;
  const auto zone = dir.write("a.zone", kZone);
  for (const std::vector<std::string>& path : {std::vector<std::string>{}, {"-"}}) {
    std::vector<std::string> arguments{"--zone", zone};
    arguments.insert(arguments.end(), path.begin(), path.end());
    const auto outcome = emltrace_with(arguments, kMessage);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(contains(outcome.out, "\nVerdict   "));
    CHECK(contains(outcome.out, "mail.sender.example → "));
  }
}

TEST_CASE("-f json is one object with the names of the schema, -f ndjson one line") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  const auto zone = dir.write("a.zone", kZone);
  const auto outcome = emltrace_with({"--zone", zone, "-f", "json", message});
  REQUIRE(outcome.status == 0);
  const Json json = Json::parse(outcome.out);
  CHECK(json["schema"] == "emltrace.report/1");
  for (const char* name : {"tool", "input", "headers", "envelope", "hops", "origin", "spf", "dkim",
                           "arc", "dmarc", "recorded", "findings", "verdict", "dns"}) {
    CAPTURE(name);
    CHECK(json.contains(name));
  }
  CHECK(json["input"]["path"] == message);
  CHECK(json["hops"].size() == 2);
  CHECK(json["hops"][1]["delay_s"] == 3);
  CHECK(json["dns"]["mode"] == "zone");
  CHECK(json["dns"]["failed"] == 0);
  CHECK(json["dmarc"]["policy"] == "reject");

  const auto line = emltrace_with({"--zone", zone, "-f", "ndjson", message, message});
  CHECK(lines_of(line.out) == 2);
}

TEST_CASE("--offline asks nobody, though a resolver is named") {
  test::FaultyDns server(kZone);
  const auto outcome =
      emltrace_with({"--offline", "--resolver", server.server(), "-f", "json"}, kMessage);
  REQUIRE(outcome.status == 0);
  const Json dns = Json::parse(outcome.out)["dns"];
  CHECK(dns["mode"] == "offline");
  CHECK(dns["failed"] == dns["questions"]);
  CHECK(server.asked().empty());
}

TEST_CASE("a resolver that does not answer leaves a report that says what went unchecked") {
  test::FaultyDns server("");
  server.otherwise(test::Fault::silence);
  const std::vector<std::string> arguments{"--resolver", server.server(), "--timeout",
                                           "0.1",        "--deadline",    "0.3"};
  const auto text = emltrace_with(arguments, kMessage);
  CHECK(text.status == 0);
  CHECK(contains(text.out, "\nVerdict   "));
  CHECK(contains(text.out, "questions to DNS without an answer"));
  auto with_json = arguments;
  with_json.insert(with_json.end(), {"-f", "json"});
  const Json json = Json::parse(emltrace_with(with_json, kMessage).out);
  CHECK(json["dns"]["mode"] == "live");
  CHECK(json["dns"]["failed"] > 0);
  CHECK(json["dns"]["unanswered"].size() == json["dns"]["failed"]);
  CHECK(json["dmarc"]["result"] == "temperror");
}

TEST_CASE("a replayed recording gives the same report but for the mode and the time it took") {
  const TemporaryDirectory dir;
  const auto tape = dir.file("tape.jsonl");
  test::FaultyDns server(kZone);
  const auto recorded =
      emltrace_with({"--resolver", server.server(), "--record", tape, "-f", "json", "-"}, kMessage);
  REQUIRE(recorded.status == 0);
  const auto asked = server.asked().size();
  CHECK(asked > 0);
  const auto replayed = emltrace_with({"--replay", tape, "-f", "json", "-"}, kMessage);
  REQUIRE(replayed.status == 0);
  CHECK(server.asked().size() == asked);
  Json first = Json::parse(recorded.out);
  Json second = Json::parse(replayed.out);
  CHECK(first["dns"]["mode"] == "live");
  CHECK(second["dns"]["mode"] == "replay");
  for (Json* json : {&first, &second}) {
    (*json)["dns"].erase("mode");
    (*json)["dns"].erase("elapsed_ms");
  }
  CHECK(first.dump(2) == second.dump(2));
}

TEST_CASE("the exit status tells whether a message reached the level") {
  const TemporaryDirectory dir;
  const auto zone = dir.write("a.zone", kZone);
  const auto lying = dir.write("lying.zone",
                               "sender.example. 300 IN TXT \"v=spf1 -all\"\n"
                               "_dmarc.sender.example. 300 IN TXT \"v=DMARC1; p=reject\"\n");
  CHECK(emltrace_with({"--zone", zone, "--fail-on", "suspicious"}, kMessage).status == 0);
  CHECK(emltrace_with({"--zone", lying, "--fail-on", "suspicious"}, kMessage).status == 1);
  const auto quiet = emltrace_with({"-q", "--zone", lying, "--fail-on", "suspicious"}, kMessage);
  CHECK(quiet.status == 1);
  CHECK(quiet.out.empty());

  test::FaultyDns server("");
  server.otherwise(test::Fault::servfail);
  CHECK(emltrace_with({"-q", "--resolver", server.server(), "--fail-on", "forged"}, kMessage)
            .status == 4);
}

TEST_CASE("output that cannot be written whole is an error, not a shorter report") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  const auto full = test::run(test::command(), {{"--offline", message}, "", {}, "/dev/full"});
  CHECK(full.status == 74);
  CHECK(is_one_complaint(full.err));
  const auto help = test::run(test::command(), {{"--help"}, "", {}, "/dev/full"});
  CHECK(help.status == 74);
  for (const std::string& file : {"/dev/full"s, dir.file("no/such/folder/out")}) {
    const auto outcome = emltrace_with({"--offline", "-o", file, message});
    CHECK(outcome.status == 74);
    CHECK(is_one_complaint(outcome.err));
  }
}

TEST_CASE("-o makes a whole file or none") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  const auto out = dir.file("out.txt");
  CHECK(emltrace_with({"--offline", "-o", out, dir.file("nowhere.eml")}).status == 3);
  CHECK_FALSE(std::filesystem::exists(out));
  CHECK(emltrace_with({"--offline", "-o", out, message}).out.empty());
  const auto report = test::slurp(out);
  CHECK(contains(report, "\nVerdict   "));
  // An existing file behind a link is replaced, the link stays.
  std::filesystem::create_symlink(out, dir.file("link"));
  CHECK(emltrace_with({"--offline", "-f", "json", "-o", dir.file("link"), message}).status == 0);
  CHECK(std::filesystem::is_symlink(dir.file("link")));
  CHECK(test::slurp(out).starts_with("{"));
  // Nothing temporary is left beside it.
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(dir.file(""))) {
    ++files;
  }
  CHECK(files == 3);
}

TEST_CASE("a report larger than a pipe arrives whole") {
  const TemporaryDirectory dir;
  std::string message;
  for (int i = 0; i < 400; ++i) {
    message += "Received: from a" + std::to_string(i) + ".example by b" + std::to_string(i) +
               ".example with ESMTP;\r\n\tTue, 5 May 2026 10:00:00 +0000\r\n";
  }
  const auto path = dir.write("long.eml", message + kMessage);
  const auto outcome = test::run(
      "/bin/sh",
      {{"-c", "\"$0\" --offline -f json \"$1\" | (sleep 0.2; cat)", test::command(), path},
       "",
       {},
       ""});
  CHECK(outcome.out.size() > 200'000);
  CHECK(Json::parse(outcome.out)["hops"].size() == 402);
}

TEST_CASE("paths are read from a list, by line or by NUL") {
  const TemporaryDirectory dir;
  const auto plain = dir.write("a.eml", kMessage);
  const auto odd = dir.write("b\nc.eml", kMessage);
  const auto by_line = dir.write("lines", plain + "\n" + plain + "\n");
  CHECK(lines_of(emltrace_with({"--offline", "-f", "ndjson", "--files-from", by_line}).out) == 2);
  const auto outcome = emltrace_with({"--offline", "-f", "ndjson", "--files-from", "-", "-0"},
                                     plain + "\0"s + odd + "\0"s);
  CHECK(outcome.status == 0);
  REQUIRE(lines_of(outcome.out) == 2);
  CHECK(Json::parse(text::split(outcome.out, '\n')[1])["input"]["path"] == odd);
}

TEST_CASE("options come from a configuration file, and the command line wins") {
  const TemporaryDirectory dir;
  dir.write("emltrace/config.toml",
            "format = \"ndjson\"\noffline = true\ntrust = [\".recipient.example\"]\n");
  const std::vector<std::pair<std::string, std::string>> environment{
      {"XDG_CONFIG_HOME", dir.file("")}};
  const auto configured = emltrace_with({}, kMessage, environment);
  CHECK(configured.status == 0);
  CHECK(lines_of(configured.out) == 1);
  const auto overridden = emltrace_with({"-f", "text"}, kMessage, environment);
  CHECK(contains(overridden.out, "\nVerdict   "));
  const auto other = dir.write("other.toml", "no-such-option = 1\n");
  const auto wrong = emltrace_with({"--config", other}, kMessage);
  CHECK(wrong.status == 2);
  CHECK(is_one_complaint(wrong.err));
}

TEST_CASE("own domains and people come from the command line and from the configuration alike") {
  const TemporaryDirectory dir;
  const auto config =
      dir.write("own.toml",
                "offline = true\nformat = \"ndjson\"\n"
                "own = [\"bellwood.com\", \"b\u00FCcher.example\"]\nvip = [\"Ann Roe\"]\n");
  const std::string message = "From: Ann Roe <ann@be11wood.com>\nSubject: x\n\nx\n";
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--config", config},
        {"--offline", "-f", "ndjson", "--own", "bellwood.com", "--own", "other.example", "--vip",
         "Bob", "--vip", "Ann Roe"}}) {
    const auto outcome = emltrace_with(arguments, message);
    REQUIRE(outcome.status == 0);
    CHECK(contains(outcome.out, "\"code\":\"own-domain-imitation\""));
    CHECK(contains(outcome.out, "\"code\":\"person-elsewhere\""));
  }
  const auto without = emltrace_with({"--offline", "-f", "ndjson"}, message);
  CHECK_FALSE(contains(without.out, "own-domain-imitation"));
  CHECK_FALSE(contains(without.out, "person-elsewhere"));
}

TEST_CASE("an option that is given again counts as given last, --trust adds up") {
  const auto outcome = emltrace_with({"--offline", "-f", "text", "-f", "ndjson", "--trust",
                                      "mx.recipient.example", "--trust", ".example.net", "-"},
                                     kMessage);
  CHECK(outcome.status == 0);
  CHECK(lines_of(outcome.out) == 1);
}

TEST_CASE("envelope facts from a log override what the trace says") {
  const TemporaryDirectory dir;
  const auto zone = dir.write("a.zone", kZone);
  const auto outcome =
      emltrace_with({"--zone", zone, "-f", "json", "--client-ip", "198.51.100.9", "--helo",
                     "other.example", "--mail-from", "<>", "--rcpt-to", "x@recipient.example"},
                    kMessage);
  REQUIRE(outcome.status == 0);
  const Json envelope = Json::parse(outcome.out)["envelope"];
  CHECK(envelope["client_ip"] == "198.51.100.9");
  CHECK(envelope["helo"] == "other.example");
  CHECK(envelope["mail_from"] == "<>");
  CHECK(envelope["rcpt_to"] == "x@recipient.example");
  CHECK(envelope["overridden"] == Json::array({"client_ip", "helo", "mail_from", "rcpt_to"}));
}

TEST_CASE("colour is off in files and pipes, and on when asked for") {
  CHECK_FALSE(contains(emltrace_with({"--offline"}, kMessage).out, "\x1b"));
  CHECK(contains(emltrace_with({"--offline", "--color", "always"}, kMessage).out, "\x1b[1m"));
  CHECK_FALSE(contains(emltrace_with({"--offline", "--color", "never"}, kMessage).out, "\x1b"));
}

using Environment = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("the environment says whether there is colour, unless the command line does") {
  const auto colored = [](Environment environment, std::vector<std::string> options = {}) {
    environment.insert(environment.begin(), {{"NO_COLOR", ""}, {"CLICOLOR_FORCE", ""}});
    options.insert(options.begin(), "--offline");
    return contains(emltrace_with(options, kMessage, environment).out, "\x1b");
  };
  CHECK_FALSE(colored({}));
  CHECK(colored({{"CLICOLOR_FORCE", "1"}}));
  CHECK_FALSE(colored({{"CLICOLOR_FORCE", "0"}}));
  CHECK_FALSE(colored({{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}));
  CHECK(colored({{"NO_COLOR", "1"}, {"TERM", "dumb"}}, {"--color", "always"}));
  CHECK_FALSE(colored({{"CLICOLOR_FORCE", "1"}}, {"--color", "never"}));
}

TEST_CASE("COLUMNS is the width of the page where the command line gives none") {
  const auto widest = [](const char* columns, std::vector<std::string> options = {}) {
    options.insert(options.end(), {"--offline", "-v"});
    const Environment environment{{"COLUMNS", columns}, {"LC_ALL", "C"}};
    std::size_t width = 0;
    const auto outcome = emltrace_with(options, kMessage, environment);
    for (const auto line : text::split(outcome.out, '\n')) width = std::max(width, line.size());
    return width;
  };
  CHECK(widest("60") <= 60);
  CHECK(widest("60", {"--width", "90"}) > 60);
  for (const char* none : {"", "0", "wide", "5", "99999999999999999999"}) {
    CAPTURE(none);
    CHECK(widest(none) > 80);
  }
}

TEST_CASE("a locale that is not UTF-8 gets US-ASCII alone") {
  const auto ascii = [](Environment environment) {
    environment.insert(environment.begin(), {{"LC_ALL", ""}, {"LC_CTYPE", ""}, {"LANG", ""}});
    const auto out = emltrace_with({"--offline"}, kMessage, environment).out;
    return std::ranges::all_of(out, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  };
  CHECK(ascii({}));
  CHECK(ascii({{"LANG", "C"}}));
  CHECK(ascii({{"LANG", "en_US.UTF-8"}, {"LC_ALL", "de_DE.ISO-8859-1"}}));
  CHECK(ascii({{"LC_ALL", "de_DE@euro"}}));
  CHECK_FALSE(ascii({{"LANG", "en_US.UTF-8"}}));
  CHECK_FALSE(ascii({{"LC_CTYPE", "UTF-8"}}));
  CHECK_FALSE(ascii({{"LC_ALL", "de_DE.utf8@euro"}, {"LANG", "C"}}));
}

TEST_CASE("--brief prints one line a message, and contradicts more than that") {
  const auto outcome = emltrace_with({"--offline", "--brief"}, kMessage);
  CHECK(outcome.status == 0);
  CHECK(std::ranges::count(outcome.out, '\n') == 1);
  CHECK(contains(outcome.out, "standard input\n"));
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{"--brief", "-v"}, {"--brief", "-f", "json"}}) {
    const auto refused = emltrace_with(options, kMessage);
    CHECK(refused.status == 2);
    CHECK(contains(refused.err, "--brief"));
    CHECK(refused.out.empty());
  }
}

TEST_CASE("findings are listed and explained without a message") {
  const auto list = emltrace_with({"--list-findings", "--width", "200"});
  CHECK(list.status == 0);
  CHECK(contains(list.out, "helo-rdns-mismatch"));
  const Json json = Json::parse(emltrace_with({"--list-findings", "-f", "json"}).out);
  CHECK(json.size() == lines_of(list.out));
  const auto explained = emltrace_with({"--explain", "helo-rdns-mismatch"});
  CHECK(explained.status == 0);
  CHECK(contains(explained.out, "RFC 5321"));
}

TEST_CASE("-f authres prints the field under the name given") {
  const TemporaryDirectory dir;
  const auto outcome = emltrace_with(
      {"--zone", dir.write("a.zone", kZone), "-f", "authres", "--authserv-id", "check.example"},
      kMessage);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.starts_with("Authentication-Results: check.example;\n"));
  CHECK(contains(outcome.out, "dmarc=pass header.from=sender.example polrec.p=reject"));
}
