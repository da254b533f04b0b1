// What is written so that somebody can act on it: look-ups about the origin, reports of abuse.

#include <nlohmann/json.hpp>

#include "command.hpp"
#include "support/catch.hpp"
#include "support/network_file.hpp"
#include "support/witness.hpp"

using namespace emltrace;
using Json = nlohmann::json;
using test::contains;
using test::emltrace_with;
using test::is_one_complaint;
using test::kMessage;
using test::kZone;
using test::TemporaryDirectory;

namespace {

const std::string kActZone =
    kZone +
    "78.3.211.124.origin.asn.cymru.com. 60 IN TXT \"64500 | 124.211.0.0/16 | CN | apnic | "
    "2005-01-01\"\n"
    "AS64500.asn.cymru.com. 60 IN TXT \"64500 | CN | apnic | 2005-01-01 | NET - Net, CN\"\n"
    "11.3.211.124.origin.asn.cymru.com. 60 IN TXT \"64500 | 124.211.0.0/16 | CN | apnic |\"\n"
    "78.3.211.124.abuse-contacts.abusix.zone. 60 IN TXT \"abuse@net.example\"\n"
    "11.3.211.124.abuse-contacts.abusix.zone. 60 IN TXT \"abuse@desk.example\"\n"
    "2.0.0.127.zen.spamhaus.org. 60 IN A 127.0.0.2\n"
    "78.3.211.124.zen.spamhaus.org. 60 IN A 127.0.0.3\n"
    "11.3.211.124.zen.spamhaus.org. 60 IN A 127.0.0.10\n";

struct Bench {
  TemporaryDirectory folder;
  std::string zone = folder.write("z.zone", kActZone);
  std::string mail = folder.write("m.eml", kMessage);

  [[nodiscard]] test::Outcome run(std::vector<std::string> more,
                                  const std::string& path = "") const {
    std::vector<std::string> all{"--now", "2026-05-06T00:00:00Z", "--zone", zone};
    all.insert(all.end(), more.begin(), more.end());
    all.push_back(path.empty() ? mail : path);
    return emltrace_with(all);
  }
};

}  // namespace

TEST_CASE("--enrich asks what it names and writes it beside the origin") {
  const Bench bench;
  const auto outcome =
      bench.run({"-f", "json", "--enrich", "asn,abuse", "--enrich", "dnsbl=zen.spamhaus.org"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  const Json origin = Json::parse(outcome.out)["origin"];
  CHECK(origin["asn"]["number"] == 64500);
  CHECK(origin["asn"]["prefix"] == "124.211.0.0/16");
  CHECK(origin["asn_outcome"] == "found");
  REQUIRE(origin["abuse"].size() >= 1);
  CHECK(origin["abuse"][0]["source"] == "abusix");
  REQUIRE(origin["dnsbl"].size() == 2);  // the origin, and the client of the border
  CHECK(origin["dnsbl"][0]["zone"] == "zen.spamhaus.org");
  CHECK(origin["dnsbl"][0]["listed"] == true);
}

TEST_CASE("without --enrich nobody is asked") {
  const Bench bench;
  const Json report = Json::parse(bench.run({"-f", "json"}).out);
  CHECK(report["origin"]["asn"].is_null());
  CHECK(report["origin"]["asn_outcome"] == "not-asked");
}

TEST_CASE("a recording holds the look-ups, and a replay tells the same") {
  const Bench bench;
  const std::string tape = bench.folder.file("t.jsonl");
  const auto live = bench.run({"-f", "json", "--enrich", "asn,abuse", "--record", tape});
  REQUIRE(live.status == 0);
  CHECK(contains(test::slurp(tape), "origin.asn.cymru.com"));
  const auto again =
      emltrace_with({"--replay", tape, "-f", "json", "--enrich", "asn,abuse", bench.mail});
  CHECK(Json::parse(again.out)["origin"] == Json::parse(live.out)["origin"]);
}

TEST_CASE("a word that --enrich does not know is refused, and the one meant is named") {
  const Bench bench;
  const auto outcome = bench.run({"--enrich", "asn,abus"});
  CHECK(outcome.status == 2);
  CHECK(is_one_complaint(outcome.err));
  CHECK(contains(outcome.err, "did you mean abuse?"));
  for (const char* wrong : {"dnsbl", "dnsbl=", "dnsbl=a b", "", "asn,"}) {
    CAPTURE(wrong);
    CHECK(bench.run({"--enrich", wrong}).status == 2);
  }
}

TEST_CASE("--mmdb tells the network from a file, and another kind of file is refused") {
  const Bench bench;
  const std::string file = bench.folder.write(
      "asn.mmdb",
      test::network_file(4, {{"124.211.0.0/16", {{"autonomous_system_number", {64511U}}}}}));
  const auto outcome = bench.run({"-f", "json", "--mmdb", file});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(Json::parse(outcome.out)["origin"]["asn"]["number"] == 64511);
  const auto wrong = bench.run({"--mmdb", bench.mail});
  CHECK(wrong.status == 2);
  CHECK(is_one_complaint(wrong.err));
  CHECK(contains(wrong.err, "--mmdb: " + bench.mail + ": not a readable MaxMind DB file"));
}

TEST_CASE("-f arf writes a report that Python's email package reads") {
  const Bench bench;
  const auto outcome = bench.run({"-f", "arf", "--enrich", "abuse"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  if (!test::runs("test -x /usr/bin/python3")) return;
  const std::string report = bench.folder.write("report.eml", outcome.out);
  const std::string script = bench.folder.write(
      "read.py",
      "import email, email.policy, sys\n"
      "m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)\n"
      "p = list(m.iter_parts())\n"
      "f = p[1].get_payload(0)\n"
      "print(m.get_content_type(), m['content-type'].params['report-type'], len(m.defects))\n"
      "print([x.get_content_type() for x in p])\n"
      "print(m['to'], '|', m['from'], '|', f['feedback-type'], f['source-ip'], f['version'])\n"
      "print(p[2].get_payload(0)['subject'])\n");
  CHECK(test::output_of("/usr/bin/python3 " + script + " " + report + " 2>&1") ==
        "multipart/report feedback-report 0\n"
        "['text/plain', 'message/feedback-report', 'message/rfc822']\n"
        "abuse@net.example | postmaster@recipient.example | abuse "
        "124.211.3.78 1\n"
        "hello\n");
}

TEST_CASE("the tool traces its own report as it traced the message") {
  const Bench bench;
  const auto report = bench.run({"-f", "arf"});
  REQUIRE(report.status == 0);
  const std::string path = bench.folder.write("report.eml", report.out);
  const Json first = Json::parse(bench.run({"-f", "json"}).out);
  const Json again = Json::parse(bench.run({"-f", "json"}, path).out);
  CHECK(again["input"]["wrapper"]["kind"] == "feedback-report");
  for (const char* fact : {"client_ip", "helo", "mail_from", "rcpt_to", "received_at"}) {
    CAPTURE(fact);
    CHECK(again["envelope"][fact] == first["envelope"][fact]);
  }
  CHECK(again["origin"]["ip"] == first["origin"]["ip"]);
}

TEST_CASE("the same clock makes the same report") {
  const Bench bench;
  for (const char* format : {"arf", "xarf"}) {
    CAPTURE(format);
    CHECK(bench.run({"-f", format}).out == bench.run({"-f", format}).out);
  }
}

TEST_CASE("-f xarf writes one object a message") {
  const Bench bench;
  const auto outcome = bench.run({"-f", "xarf", "--reporter", "Desk <desk@recipient.example>"});
  REQUIRE(outcome.status == 0);
  const Json report = Json::parse(outcome.out);
  CHECK(report["reporter"]["org"] == "Desk");
  CHECK(report["source_identifier"] == "124.211.3.78");
}

TEST_CASE("where there is nothing to report a line says why, and the status is 3") {
  const Bench bench;
  const std::string bare = bench.folder.write("bare.eml", "From: a@b.example\r\n\r\nHi\r\n");
  for (const char* format : {"arf", "xarf"}) {
    const auto outcome = bench.run({"-f", format}, bare);
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CHECK(is_one_complaint(outcome.err));
    CHECK(contains(outcome.err, "bare.eml: no address to report"));
  }
  CHECK(bench.run({"-f", "arf", "--feedback-type", "auth-failure"}).status == 3);
}

TEST_CASE("one output holds one report in ARF") {
  const Bench bench;
  const auto outcome = bench.run({"-f", "arf", bench.mail});
  CHECK(outcome.status == 3);
  CHECK(is_one_complaint(outcome.err));
  CHECK(contains(outcome.out, "Feedback-Type: abuse"));
}

TEST_CASE("a reporter that is no mailbox is refused") {
  const Bench bench;
  for (const char* wrong :
       {"Desk", "a@b.example, c@d.example", "a@localhost", "a@b.example\nBcc: x@y.z"}) {
    CAPTURE(wrong);
    const auto outcome = bench.run({"-f", "arf", "--reporter", wrong});
    CHECK(outcome.status == 2);
    CHECK(is_one_complaint(outcome.err));
  }
}

TEST_CASE("--redact hides the recipient in every report that goes out, by the key the same way") {
  const Bench bench;
  std::string message = kMessage;
  for (std::size_t at = message.find("r@recip"); at != std::string::npos;
       at = message.find("r@recip", at + 4))
    message.replace(at, 1, "rita");
  message += "http://t.example/open?user=rita&x=1\r\n";
  const std::string mail = bench.folder.write("rita.eml", message);
  for (const char* format : {"arf", "xarf", "html", "iocs"}) {
    CAPTURE(format);
    const auto first = bench.run({"-f", format, "--redact-key", "potatoes"}, mail);
    REQUIRE(first.status == 0);
    CHECK_FALSE(contains(first.out, "rita@recipient.example"));
    CHECK_FALSE(contains(first.out, "user=rita"));
    CHECK(first.out == bench.run({"-f", format, "--redact", "--redact-key", "potatoes"}, mail).out);
    const auto random = bench.run({"-f", format, "--redact"}, mail);
    CHECK_FALSE(contains(random.out, "rita@recipient.example"));
    CHECK(random.out != first.out);
    const auto defanged = bench.run({"-f", format, "--redact", "--defang"}, mail);
    CHECK_FALSE(contains(defanged.out, "rita@recipient"));
    CHECK_FALSE(contains(defanged.out, "rita[@]recipient"));
  }
  CHECK(contains(bench.run({"-f", "arf"}, mail).out, "rita@recipient.example"));
}

TEST_CASE("the report that the README shows is the one that is written") {
  const std::string base = test::source_dir() + "/samples/authentic";
  const auto outcome = emltrace_with({"--now", "2026-11-01T00:00:00Z", "--zone", base + ".zone",
                                      "-f", "arf", "--redact-key", "potatoes", base + ".eml"});
  REQUIRE(outcome.status == 0);
  const std::string readme = test::slurp(test::source_dir() + "/README.md");
  const std::size_t begin = readme.find("Feedback-Type: abuse\n");
  REQUIRE(begin != std::string::npos);
  CHECK(contains(outcome.out,
                 "\n\n" + readme.substr(begin, readme.find("```", begin) - begin) + "\n"));
}
