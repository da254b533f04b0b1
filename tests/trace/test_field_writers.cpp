// Whose word a filter's field is: each ground that shows a host of the recipient, and its twin, the
// same field of a sender who knows how filters write.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "support/trace.hpp"

using namespace emltrace;
using test::received;

namespace {

// Of each filter's field, from the top: `+` where a host of the recipient wrote it, `-` where not.
std::string trusted(const std::string& text, const char* zone = "") {
  std::string out;
  for (const auto& filter : test::trace_message(text + "\nbody\n", zone).filters)
    out += filter.trusted ? '+' : '-';
  return out;
}

struct Case {
  const char* rule;
  std::string text;
  const char* trusted;
};
void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.rule);
    CHECK(trusted(c.text) == c.trusted);
  }
}

const std::string kSender = "out.sender.example (out.sender.example [81.187.42.20])";
const std::string kBelow = received("pc ([81.5.5.5])", "out.sender.example");
const std::string kFrom = "From: a@sender.example\nTo: b@corp.example\n";

std::string by(const char* host, const char* id = "4Zk1Ty0Qz7z3Xw") {
  return "Received: from " + kSender + "\n\tby " + host + " with ESMTPS id " + id +
         ";\n\tThu, 29 Oct 2026 09:41:14 +0200\n";
}

const std::string kExchange = by("AM1.mail.protection.outlook.com");

}  // namespace

TEST_CASE("a field above the border's line is the recipient's, one below it a claim") {
  check({
      {"above", "X-Spam-Flag: YES\n" + by("mx.corp.example") + kBelow + kFrom, "+"},
      {"below", by("mx.corp.example") + "X-Spam-Flag: NO\n" + kBelow + kFrom, "-"},
      {"at the end", by("mx.corp.example") + kBelow + kFrom + "X-Spam-Flag: NO\n", "-"},
      {"no Received line at all", "X-Spam-Flag: NO\n" + kFrom, "-"},
  });
}

TEST_CASE("the id of the border's line tells who wrote the fields of the same filter beside it") {
  const std::string fields =
      "X-Spamd-Result: default: False [1.00 / 15.00]\nX-Rspamd-Action: no action\n";
  const std::string id = "X-Rspamd-Queue-Id: 4Zk1Ty0Qz7z3Xw\n";
  const std::string top = by("mx.corp.example") + kBelow + kFrom;
  check({
      {"its id", top + fields + id, "+++"},
      {"another id", top + fields + "X-Rspamd-Queue-Id: 4Zk1Ty0Qz7z3Xx\n", "---"},
      {"the id of the sender's line",
       by("mx.corp.example") + received("pc ([81.5.5.5])", "out.sender.example") + kFrom + fields +
           "X-Rspamd-Queue-Id: x9\n",
       "---"},
      {"another field between", top + fields + "X-Mailer: x\n" + id, "--+"},
      {"the sender's copy beside it: which is whose is not known", top + fields + fields + id,
       "----+"},
      {"MailScanner: Postfix's id and a number",
       top + "X-Corp-MailScanner-ID: 4Zk1Ty0Qz7z3Xw.A1B2C\nX-Corp-MailScanner: Found to be clean\n",
       "++"},
      {"MailScanner with another id",
       top + "X-Corp-MailScanner-ID: 9C2D11A0F3.A1B2C\nX-Corp-MailScanner: Found to be clean\n",
       "--"},
  });
}

TEST_CASE("the name of an own host tells it where only one such field names it") {
  const std::string top = by("mx.corp.example") + kBelow + kFrom;
  const std::string status = "X-Spam-Status: No, score=0\n";
  const std::string version = "X-Spam-Checker-Version: SpamAssassin 4.0.0 (2022-12-14) on ";
  check({
      {"own", top + version + "mx.corp.example\n" + status, "++"},
      {"the sender's host", top + version + "out.sender.example\n" + status, "--"},
      {"a name that every host has",
       "Received: from mx.corp.example (mx.corp.example [127.0.0.1])\n\tby localhost (Postfix) "
       "with "
       "ESMTP id 9C2D11A0F3;\n\tThu, 29 Oct 2026 09:41:15 +0200\n" +
           top + version + "localhost\n" + status,
       "--"},
      {"two that name it",
       top + version + "mx.corp.example\n" + status + "X-Mailer: x\n" + version +
           "mx.corp.example\n" + status,
       "----"},
      {"amavis", top + "X-Virus-Scanned: amavisd-new at mx.corp.example\n" + status, "++"},
      {"a virus scanner elsewhere", top + "X-Virus-Scanned: ClamAV on scan.sender.example\n", "-"},
      {"rspamd's server", top + "X-Rspamd-Server: mx.corp.example\nX-Rspamd-Action: no action\n",
       "++"},
  });
}

TEST_CASE("what Microsoft takes off mail from outside is its own where an own line is its") {
  const std::string report = "X-Forefront-Antispam-Report: SFV:NSPM;DIR:INB;\n";
  const std::string scl = "X-MS-Exchange-Organization-SCL: 1\n";
  check({
      {"Microsoft's border", kExchange + kBelow + kFrom + report + scl, "++"},
      {"another's border", by("mx.corp.example") + kBelow + kFrom + report + scl, "--"},
      {"twice: the service would have taken it off", kExchange + kBelow + kFrom + scl + scl, "--"},
      {"not taken off",
       kExchange + kBelow + kFrom + "X-Microsoft-Antispam-Mailbox-Delivery: dest:I;\n", "-"},
      {"the sender's tenant's, renamed",
       kExchange + kBelow + kFrom + "X-Forefront-Antispam-Report-Untrusted: SFV:NSPM;\n", "-"},
      {"outbound, though it stands above the border",
       "X-Forefront-Antispam-Report: SFV:NSPM;DIR:OUT;\n" + kExchange + kBelow + kFrom, "-"},
      {"outbound of Proofpoint",
       "X-Proofpoint-Spam-Details: rule=outbound_notspam policy=outbound score=0\n" +
           by("mx.corp.example") + kFrom,
       "-"},
      {"inbound of Proofpoint",
       "X-Proofpoint-Spam-Details: rule=inbound_notspam policy=inbound score=0\n" +
           by("mx.corp.example") + kFrom,
       "+"},
  });
}

TEST_CASE("outside of what Outlook.com marked as received its mailbox wrote") {
  const std::string marker =
      "X-IncomingTopHeaderMarker: OriginalChecksum:A;SizeAsReceived:9;Count:4\n";
  const std::string count = "X-IncomingHeaderCount: 4\n";
  const std::string inbox = "X-Microsoft-Antispam-Mailbox-Delivery: dest:I;\n";
  const std::string top = kExchange + marker + kFrom;
  check({
      {"below the count", top + count + inbox, "+"},
      {"inside what came", top + inbox + count, "-"},
      {"the sender's copy of the count", top + count + inbox + count, "-"},
      {"another count", top + "X-IncomingHeaderCount: 5\n" + inbox, "-"},
      {"a marker that does not stand below the border's line",
       kExchange + kFrom + marker + count + inbox, "-"},
      {"another's border", by("mx.corp.example") + marker + kFrom + count + inbox, "-"},
  });
}
