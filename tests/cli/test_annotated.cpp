#include <string>

#include "cli/command.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using test::contains;
using test::emltrace_with;
using test::is_one_complaint;
using test::kMessage;

namespace {

/// Everything behind the fields that were put on top; empty where there are none.
std::string behind_own(const std::string& out) {
  const std::size_t at = out.find("Return-Path:");
  return out.starts_with("Authentication-Results: mx.recipient.example;") && at != std::string::npos
             ? out.substr(at)
             : std::string();
}

test::Outcome annotate(const std::string& input, std::vector<std::string> more = {}) {
  const test::TemporaryDirectory folder;
  std::vector<std::string> arguments{"-f",
                                     "annotated",
                                     "--authserv-id",
                                     "mx.recipient.example",
                                     "--zone",
                                     folder.write("zone", test::kZone)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return emltrace_with(arguments, input);
}

}  // namespace

TEST_CASE("message in, message out, with the results of this run on top") {
  const auto outcome = annotate(kMessage);
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  CHECK(behind_own(outcome.out) == kMessage);
  CHECK(contains(outcome.out, "\r\n    spf=pass smtp.mailfrom=a@sender.example;\r\n"));
  CHECK(contains(outcome.out, "\r\nX-Emltrace-Level: "));
  CHECK(contains(outcome.out, "\r\nX-Emltrace-Author: authenticated\r\n"));
  CHECK(contains(outcome.out, "\r\nX-Emltrace-Origin: 124.211.3.11\r\n"));
}

TEST_CASE("a file gives what standard input gives") {
  const test::TemporaryDirectory folder;
  const auto outcome = annotate("", {folder.write("a.eml", kMessage)});
  CHECK(outcome.out == annotate(kMessage).out);
}

TEST_CASE("each message of an mbox is annotated, and what stands between stays") {
  const std::string from = "From a@sender.example Tue May  5 10:00:03 2026\n";
  std::string message = kMessage;
  std::erase(message, '\r');
  const auto outcome = annotate(from + message + "\n" + from + message + "\n");
  CHECK(outcome.status == 0);
  std::string own = annotate(message).out;
  REQUIRE(own.ends_with(message));
  CHECK(outcome.out == from + own + "\n" + from + own + "\n");
}

TEST_CASE("with --input message a From line in the body parts nothing") {
  const std::string from = "From a@sender.example Tue May  5 10:00:03 2026\n";
  std::string message = kMessage;
  std::erase(message, '\r');
  const std::string inside = "\n" + from + "Subject: y\nFrom: b@b.example\nDate: x\n\nz\n";
  const auto outcome = annotate(from + message + inside, {"--input", "message"});
  CHECK(outcome.out.starts_with(from + "Authentication-Results: "));
  CHECK(outcome.out.ends_with(message + inside));
}

TEST_CASE("an attached original is not what is annotated") {
  const std::string report =
      "From: a@b.example\nSubject: FW: x\nMIME-Version: 1.0\n"
      "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: message/feedback-report\n\n"
      "Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\n\n--b\nContent-Type: message/rfc822\n\n" +
      kMessage + "\n--b--\n";
  const auto outcome = annotate(report);
  CHECK(outcome.out.starts_with("Authentication-Results: "));
  CHECK(outcome.out.ends_with(report));
}

TEST_CASE("what cannot be traced comes out as it came in, with one line and status 0") {
  for (const std::string& input :
       {std::string("no header at all\n"), std::string(), std::string("\0\1\2", 3),
        std::string("PK\3\4 no archive"), std::string("{\"raw\": \"RnJvbTogYUBiDQoNCng=\"}")}) {
    CAPTURE(input);
    const auto outcome = annotate(input);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == input);
    CHECK(is_one_complaint(outcome.err));
    CHECK(contains(outcome.err, "it is passed on unchanged\n"));
  }
}

TEST_CASE("a message whose DNS questions have no answer comes out as it came in") {
  const auto outcome = emltrace_with(
      {"-f", "annotated", "--resolver", "127.0.0.1:1", "--timeout", "0.1", "--deadline", "1"},
      kMessage);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == kMessage);
  CHECK(outcome.err == "emltrace: -: DNS gave no answer; it is passed on unchanged\n");
}

TEST_CASE("without DNS by choice a message is annotated, and what was not checked is told") {
  const auto outcome =
      emltrace_with({"-f", "annotated", "--offline", "--authserv-id", "mx"}, kMessage);
  CHECK(outcome.out.starts_with("Authentication-Results: mx;"));
  CHECK(contains(outcome.out, "\r\nX-Emltrace-Unchecked: "));
}

TEST_CASE("a border that is not there leaves the message as it is") {
  const auto outcome = annotate(kMessage, {"--border", "9"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out == kMessage);
  CHECK(outcome.err == "emltrace: -: there is no hop 9 for --border; it is passed on unchanged\n");
}

TEST_CASE("--fail-on tells beside the message") {
  const auto outcome = annotate(kMessage, {"--fail-on", "forged"});
  CHECK(outcome.status == 0);
  std::string forged = kMessage;
  forged.replace(forged.find("From: Someone <a@sender.example>"), 32,
                 "From: b@other.example, c@d.example");
  const auto told = annotate(forged, {"--fail-on", "notice"});
  CHECK(told.status == 1);
  CHECK(told.out.ends_with(forged.substr(forged.find("Received:"))));
}

TEST_CASE("what cannot be read does not come out, and the status says so") {
  const auto outcome = annotate("", {"/nonexistent.eml"});
  CHECK(outcome.status == 3);
  CHECK(outcome.out.empty());
  CHECK(is_one_complaint(outcome.err));
}

TEST_CASE("one input, no folder, and never without the message") {
  const test::TemporaryDirectory folder;
  const std::string file = folder.write("mail/a.eml", kMessage);
  for (const auto& more : {std::vector<std::string>{file, file},
                           {folder.file("mail")},
                           {"-q", file},
                           {"--files-from", file}}) {
    const auto outcome = annotate("", more);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(is_one_complaint(outcome.err));
  }
}

TEST_CASE("an output is written whole") {
  const test::TemporaryDirectory folder;
  const auto outcome = annotate(kMessage, {"-o", folder.file("out.eml")});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  CHECK(behind_own(test::slurp(folder.file("out.eml"))) == kMessage);
}
