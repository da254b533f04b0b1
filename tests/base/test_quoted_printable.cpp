#include <string>

#include "base/quoted_printable.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using quoted_printable::decode;
using quoted_printable::escaped_byte;
using quoted_printable::soft_break;

TEST_CASE("the example of RFC 2045 6.7 decodes as shown there") {
  CHECK(decode("Now's the time =\r\n"
               "for all folk to come=\r\n"
               " to the aid of their country.") ==
        "Now's the time for all folk to come to the aid of their country.");
}

TEST_CASE("rule 1: an octet is written in two hexadecimal digits, robust readers take small ones") {
  CHECK(decode("=0C=3D") == "\f=");
  CHECK(decode("=c3=bC") == "\xC3\xBC");
  CHECK(escaped_byte("x=41", 1) == 'A');
  CHECK_FALSE(escaped_byte("x=41", 0));
  CHECK_FALSE(escaped_byte("=4", 0));
  CHECK_FALSE(escaped_byte("=", 0));
  CHECK_FALSE(escaped_byte("", 0));
}

TEST_CASE("what is no escape stays as it is") {
  CHECK(decode("=XY =4 a=b=") == "=XY =4 a=b=");
  CHECK(decode("=4G=\r") == "=4G=\r");
  CHECK(decode("\xFF") == "\xFF");
}

TEST_CASE("rule 5: white space may stand behind the '=' of a soft line break") {
  CHECK(decode("a= \t\r\nb=\nc") == "abc");
  CHECK(soft_break("a= \r\nb", 1) == 4);
  CHECK(soft_break("=\n", 0) == 2);
  CHECK(soft_break("= x\n", 0) == 0);
  CHECK(soft_break("=", 0) == 0);
  CHECK(soft_break("a", 0) == 0);
}
