// Which fields the recipient's own hosts wrote, by the place where they stand.

#include "message/received/hop.hpp"
#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "trace/route/own_fields.hpp"

using namespace emltrace;
using test::received;

namespace {

// Of each field that is no Received line, from the top: `+` where it is own, `-` where not. The
// topmost line is the border's.
std::string own_fields(const std::string& text) {
  const Message message = Message::parse(text);
  const auto hops = read_hops(message).hops;
  REQUIRE_FALSE(hops.empty());
  const trace::OwnFields own = trace::find_own_fields(message, hops.back());
  std::string out;
  for (const Field& field : message.fields()) {
    if (field.name != "Received") out += own.hold(field.offset) ? '+' : '-';
  }
  return out;
}

const std::string kFrom = "out.sender.example (out.sender.example [81.187.42.20])";

struct Case {
  const char* rule;
  std::string text;
  const char* own;
};
void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.rule);
    CHECK(own_fields(c.text + "\n") == c.own);
  }
}

std::string results(const char* id) {
  return std::string("Authentication-Results: ") + id + "; spf=pass\n";
}

}  // namespace

TEST_CASE("all above the border's line is own, and nothing below it where no provider writes") {
  check({
      {"above", results("mx.corp.example") + "X-Spam: no\n" + received(kFrom, "mx.corp.example"),
       "++"},
      {"below", "X-A: 1\n" + received(kFrom, "mx.corp.example") + results("mx.corp.example"), "+-"},
      {"Microsoft writes above",
       received(kFrom, "AM1.mail.protection.outlook.com") + results("mx.microsoft.com"), "-"},
  });
}

TEST_CASE("Google, QQ and Yandex write the first block below, in the border's own name") {
  for (const char* by : {"mx.google.com", "newxmmxszb12-0.qq.com", "mxback26j.mail.yandex.net"}) {
    CAPTURE(by);
    const std::string top = received(kFrom, by);
    check({
        {"right below", top + results(by) + "From: a@b.example\n", "+-"},
        {"several fields in one block",
         top + "Received-SPF: pass client-ip=81.187.42.20; receiver=" + by + ";\n" + results(by) +
             "ARC-Seal: i=1; a=x\n" + results(by) + "DKIM-Signature: v=1\n",
         "++++-"},
        {"their own fields may stand before it",
         top + "X-Received: by x\nReturn-Path: <a@b.example>\n" + results(by), "+++"},
        {"a second block is the sender's", top + results(by) + "X-Mailer: x\n" + results(by),
         "+--"},
        {"behind a field of the sender", top + "DKIM-Signature: v=1\n" + results(by), "--"},
        {"in another's name", top + results("mx.bank.example") + results(by), "--"},
        {"Received-SPF in another's name",
         top + "Received-SPF: pass client-ip=81.187.42.20; receiver=mx.bank.example;\n", "-"},
        {"in no name", top + "Authentication-Results: ; spf=pass\n", "-"},
    });
  }
}

TEST_CASE("Coremail's results at the end count where X-CM-TRANSID is the id of the border's line") {
  const std::string top =
      "Received: from out.sender.example (unknown [81.187.42.20])\n\tby mx.163.com (Coremail) with "
      "SMTP id QcCowACHqKw;\n\tThu, 29 Oct 2026 15:41:14 +0800 (CST)\n";
  const std::string own = "From: a@b.example\n";
  check({
      {"its id", top + own + "X-CM-TRANSID:QcCowACHqKw\n" + results("mx.163.com"), "-++"},
      {"another id", top + own + "X-CM-TRANSID:QcCowACHqKx\n" + results("mx.163.com"), "---"},
      {"none", top + own + results("mx.163.com"), "--"},
      {"a forged one before the true one",
       top + "X-CM-TRANSID:forged\n" + own + "X-CM-TRANSID:QcCowACHqKw\n" + results("mx.163.com"),
       "--++"},
      {"a host that does not write there",
       received(kFrom, "mx.corp.example") + "X-CM-TRANSID: x9\n" + results("mx.corp.example"),
       "--"},
  });
}
