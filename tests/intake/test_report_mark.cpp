#include "intake/inside/report_mark.hpp"
#include "support/catch.hpp"

using namespace emltrace::report_mark;

TEST_CASE("the subjects of report buttons are known by a matter and a word of reporting") {
  for (const char* subject :
       {"[Phish Alert] hello", "Potential Phish: hello", "3|d5f1|hello", "[Reported Phishing] x",
        "Suspicious email reported by Carol", "Phishing report", "PHISH ALERT - hello",
        "Reported spam: x", "(Spam Report) x", "User reported phishing: x", "举报：发票"}) {
    INFO(subject);
    CHECK(is_report(subject));
  }
}

TEST_CASE("what a filter tags, and a letter about phishing, is no report") {
  for (const char* subject :
       {"[SPAM] hello", "***SPAM*** hello", "[Suspicious message] x", "Phishing awareness: report",
        "Phishing: the report of May", "Report of the meeting", "Alert: your account", "hello", "",
        "Minutes", "3 | x", "Spam and eggs report"}) {
    INFO(subject);
    CHECK_FALSE(is_report(subject));
  }
}

TEST_CASE("a subject with another one behind it is about that, an answer is not") {
  CHECK(quotes_subject("Gemeldet: hello there", "hello there"));
  CHECK(quotes_subject("[SEC-12] (hello there)", "hello there"));
  CHECK_FALSE(quotes_subject("Re: hello there", "hello there"));
  CHECK_FALSE(quotes_subject("回复：hello there", "hello there"));
  CHECK_FALSE(quotes_subject("hello there", "hello there"));
  CHECK_FALSE(quotes_subject("other", "hello there"));
  CHECK_FALSE(quotes_subject("see: x", "x"));
  CHECK_FALSE(quotes_subject("see:", ""));
}

TEST_CASE("mailboxes for reports are known by their local part") {
  for (const char* name : {"abuse", "Phishing-Report", "is-spam", "reportphish", "spoof"}) {
    CHECK(is_report_mailbox(name));
  }
  for (const char* name : {"soc", "security", "support", "bob"})
    CHECK_FALSE(is_report_mailbox(name));
}

TEST_CASE("forward marks are known, of several languages") {
  CHECK(is_forward("FW: x"));
  CHECK(is_forward(" WG: x"));
  CHECK(is_forward("转发：x"));
  CHECK_FALSE(is_forward("Re: x"));
  CHECK_FALSE(is_forward("forward"));
}
