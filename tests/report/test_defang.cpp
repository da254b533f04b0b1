#include <string>

#include "report/defang.hpp"
#include "support/catch.hpp"

using emltrace::report::defanged;

TEST_CASE("addresses, names and URLs are written so that nothing links") {
  CHECK(defanged("203.0.113.9") == "203[.]0[.]113[.]9");
  CHECK(defanged("2001:db8::1") == "2001[:]db8[:][:]1");
  CHECK(defanged("::ffff:203.0.113.9") == "[:][:]ffff[:]203[.]0[.]113[.]9");
  CHECK(defanged("mail.evil.example") == "mail[.]evil[.]example");
  CHECK(defanged("a.b@evil.example") == "a[.]b[@]evil[.]example");
  CHECK(defanged("xn--bcher-kva.example b\xC3\xBC"
                 "cher.example") ==
        "xn--bcher-kva[.]example b\xC3\xBC"
        "cher[.]example");
  CHECK(defanged("http://evil.example/x.php?u=https://b.example") ==
        "hxxp://evil[.]example/x[.]php?u=hxxps://b[.]example");
  CHECK(defanged("HTTPS://u:p@203.0.113.9:8443/") == "hxxps://u:p[@]203[.]0[.]113[.]9:8443/");
  CHECK(defanged("http://3405803785/ ftp://a.example") == "hxxp://3405803785/ fxp://a[.]example");
  CHECK(defanged("2026.11.17-203.0.113.9") == "2026.11.17-203[.]0[.]113[.]9");
  CHECK(defanged("<1@sender.example>") == "<1[@]sender[.]example>");
}

TEST_CASE("within a sentence too, whose own marks stay") {
  CHECK(defanged("It came from 203.0.113.9, as mx.recipient.example recorded.") ==
        "It came from 203[.]0[.]113[.]9, as mx[.]recipient[.]example recorded.");
  CHECK(defanged("spf=pass smtp.mailfrom=a@b.example (203.0.113.9).") ==
        "spf=pass smtp.mailfrom=a[@]b[.]example (203[.]0[.]113[.]9).");
  CHECK(defanged("by 2001:db8::1.") == "by 2001[:]db8[:][:]1.");
}

TEST_CASE("what is defanged stays so when it is defanged again") {
  for (const char* text : {"x.http://a.example/", "x.bhttp://a.example/", "a.b.https://c.example",
                           "evil.examplehttp://b.example", "2001:db8::1http://c.example",
                           "a:b.chttps://[::1]/", "http://203.0.113.9/x.http://",
                           "https://0.0.7.209:db8::/32", "a.bc:1::2.example", "1.2:3::4.5"}) {
    CAPTURE(text);
    const std::string once = defanged(text);
    CHECK(defanged(once) == once);
  }
  CHECK(defanged("x.http://a.example/") == "x[.]hxxp://a[.]example/");
  CHECK(defanged("0.0.7.209:db8::") == "0[.]0[.]7[.]209[:]db8[:][:]");
}

TEST_CASE("what is no address, name or URL stays as it is") {
  for (const char* text : {"2026-11-01 10:00:05",
                           "10:00:05.25",
                           "emltrace 0.1.0",
                           "software 8.8.5",
                           "TLSv1.3",
                           "999.1.2.3",
                           "header.from",
                           "policy.iprev",
                           "a. b",
                           "...",
                           "1.5 s",
                           "@",
                           "a @ b",
                           "x@",
                           "http:",
                           "://",
                           "rsa-sha256",
                           "RFC 5321 4.1.4",
                           "",
                           "e.g"}) {
    CAPTURE(text);
    CHECK(defanged(text) == text);
  }
}

TEST_CASE("what only begins as an order of the terminal hides nothing") {
  CHECK(defanged("\x1b[http://a.example/m") == "\x1b[hxxp://a[.]example/m");
  CHECK(defanged("\x1b[1;2 b.example m") == "\x1b[1;2 b[.]example m");
}

TEST_CASE("an order of the terminal is no part of a name") {
  CHECK(defanged("\x1b[31m203.0.113.9\x1b[0m") == "\x1b[31m203[.]0[.]113[.]9\x1b[0m");
  CHECK(defanged("\x1b[1") == "\x1b[1");
}
