#include "message/field_start.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE("a field begins with printable characters, blanks and a colon (RFC 5322 2.2, 4.5)") {
  const auto plain = field_start("Subject: x");
  REQUIRE(plain);
  CHECK(plain->name == "Subject");
  CHECK(plain->colon == 7);
  CHECK_FALSE(plain->space_before);
  CHECK(plain->gap_after);
  const auto obsolete = field_start("From \t:x");
  REQUIRE(obsolete);
  CHECK(obsolete->name == "From");
  CHECK(obsolete->colon == 6);
  CHECK(obsolete->space_before);
  CHECK_FALSE(obsolete->gap_after);
  CHECK(field_start("X:")->gap_after);
  for (const char* line : {"", ":", " a: b", "no field", "a b: c", "caf\xC3\xA9: x", "a\x01: b"}) {
    CAPTURE(line);
    CHECK_FALSE(field_start(line));
  }
}

TEST_CASE("the line that mbox writers put before a message is no field") {
  for (const char* line :
       {"From a@b.example Tue Mar 18 14:36:14 1997", "From - Tue Mar 18 14:36:14 1997", "From ",
        "From MAILER-DAEMON Fri Jul  8 12:08:34 2011", ">From a@b.example",
        "From a@b.example Tue Mar 18 14:36:14 1997 remote from c:d"}) {
    CAPTURE(line);
    CHECK(is_from_line(line));
  }
}

TEST_CASE("a field of that name is no such line, with blanks before its colon or without") {
  for (const char* line :
       {"From: a@b.example", "From : a@b.example", "From \t : a@b.example", ">From : a@b.example",
        "from a@b.example", "From", " From a", ">>From a@b.example", "Fromage a"}) {
    CAPTURE(line);
    CHECK_FALSE(is_from_line(line));
  }
}
