#include <string>
#include <vector>

#include "intake/inside/journal.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

// The forms that Microsoft's specification of journal reports lists.
const std::string kText =
    "Sender: user@a.example\r\n"
    "On-Behalf-Of: boss@a.example\r\n"
    "Subject: a: b\r\n"
    "Message-ID: <m1@a.example>\r\n"
    "To: member@b.example, Expanded: list@b.example\r\n"
    "Cc: fwd@b.example, Forwarded: user@b.example\r\n"
    "Bcc: list@b.example\r\n"
    "Recipient: LIST@b.example\r\n";

}  // namespace

TEST_CASE("a journal states the envelope: who was named, not whom that became") {
  const auto record = journal::read("\r\n" + kText + "\r\nSender: late@a.example\r\n");
  REQUIRE(record);
  CHECK(record->mail_from == "user@a.example");
  CHECK(record->message_id == "<m1@a.example>");
  CHECK(record->recipients == std::vector<std::string>{"list@b.example", "user@b.example"});
  intake::WrapperFacts facts;
  journal::put(*record, facts);
  CHECK(facts.own_record);
  CHECK(facts.mail_from == "user@a.example");
  CHECK(facts.recipients.size() == 2);
  CHECK_FALSE(facts.rcpt_to.has_value());
}

TEST_CASE("a single recipient is the RCPT TO") {
  const auto record = journal::read(
      "Sender: <>\nMessage-Id: <m@a.example>\nRecipient: b@b.example\n"
      "Recipient: d@b.example, Forwarded: b@b.example\n");
  REQUIRE(record);
  CHECK(record->mail_from == "");
  intake::WrapperFacts facts;
  journal::put(*record, facts);
  CHECK(facts.rcpt_to == "b@b.example");
}

TEST_CASE("an address of Exchange, and none, are no envelope sender") {
  const std::string rest = "\nMessage-Id: <m@a.example>\nRecipient: b@b.example\n";
  for (const char* sender : {"Sender: /o=FIRM/cn=ANN", "Sender: Ann Author", "Sender:"}) {
    const auto record = journal::read(sender + rest);
    REQUIRE(record);
    CHECK_FALSE(record->mail_from.has_value());
  }
}

TEST_CASE("a text without sender, identifier or recipient is no journal") {
  CHECK_FALSE(journal::read("Sender: a@a.example\nMessage-Id: <m@a.example>\n"));
  CHECK_FALSE(journal::read("Sender: a@a.example\nTo: b@b.example\n"));
  CHECK_FALSE(journal::read("Message-Id: <m@a.example>\nTo: b@b.example\n"));
  CHECK_FALSE(journal::read("Dear Bob,\n" + kText));
  CHECK_FALSE(journal::read(""));
}
