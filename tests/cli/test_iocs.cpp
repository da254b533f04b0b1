#include <string>

#include "cli/command.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using test::contains;
using test::emltrace_with;

TEST_CASE("-f iocs prints one observable a line, four columns each") {
  const test::TemporaryDirectory folder;
  const std::string message = test::kMessage + "See http://evil.example/login\r\n";
  const auto outcome =
      emltrace_with({"-f", "iocs", "--zone", folder.write("zone", test::kZone)}, message);
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  CHECK(outcome.out ==
        "ip\t124.211.3.11\torigin\tcorroborated\n"
        "domain\tdesk.sender.example\torigin\tcorroborated\n"
        "ip\t124.211.3.78\tclient\tborder\n"
        "domain\tmail.sender.example\thelo\tcorroborated\n"
        "email\ta@sender.example\tenvelope-sender\tcorroborated\n"
        "domain\tsender.example\tenvelope-sender\tcorroborated\n"
        "email\tr@recipient.example\trecipient\tborder\n"
        "domain\tmail.sender.example\tclient\tborder\n"
        "domain\tmx.recipient.example\tborder\tborder\n"
        "domain\tdesk.sender.example\thelo\tcorroborated\n"
        "domain\tmail.sender.example\trelay\tcorroborated\n"
        "email\ta@sender.example\tauthor\tcorroborated\n"
        "domain\tsender.example\tauthor\tcorroborated\n"
        "email\tr@recipient.example\trecipient\tunverified\n"
        "message-id\t<1@sender.example>\tmessage\tunverified\n"
        "url\thttp://evil.example/login\tlink\tunverified\n"
        "domain\tevil.example\tlink\tunverified\n");
}

TEST_CASE("what was left out is told on standard error") {
  std::string message = "From: a@b.example\nDate: Tue, 5 May 2026 09:59:59 +0000\n\n";
  for (int i = 0; i < 10'003; ++i) message += "http://a.example/" + std::to_string(i) + "\n";
  const auto outcome = emltrace_with({"-f", "iocs", "--offline"}, message);
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "emltrace: -: left out: links beyond the first 10000 in the body\n");
  CHECK(contains(outcome.out, "url\thttp://a.example/9999\tlink\tunverified\n"));
  CHECK_FALSE(contains(outcome.out, "url\thttp://a.example/10000\t"));
}

TEST_CASE("--defang: no address and no name of the message links, whatever people read") {
  const test::TemporaryDirectory folder;
  const std::string zone = folder.write("zone", test::kZone);
  for (const char* format : {"text", "html", "iocs"}) {
    CAPTURE(format);
    const auto outcome =
        emltrace_with({"-f", format, "--defang", "-v", "--zone", zone}, test::kMessage);
    CHECK(outcome.status == 0);
    CHECK(contains(outcome.out, "124[.]211[.]3[.]78"));
    CHECK(contains(outcome.out, "a[@]sender[.]example"));
    CHECK_FALSE(contains(outcome.out, "124.211.3.78"));
    CHECK_FALSE(contains(outcome.out, "sender.example"));
    CHECK_FALSE(contains(outcome.out, "recipient.example"));
  }
}
