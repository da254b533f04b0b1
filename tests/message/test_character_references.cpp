#include "message/body/character_references.hpp"
#include "support/catch.hpp"

using emltrace::html::decode_references;

TEST_CASE("WHATWG HTML 13.2.5.73: a name with its semicolon, and the older ones without") {
  CHECK(decode_references("a &amp; b &lt;c&gt; &quot;", false) == "a & b <c> \"");
  CHECK(decode_references("http&colon;&sol;&sol;a&period;example", false) == "http://a.example");
  CHECK(decode_references("I'm &notit; I tell you", false) == "I'm \xC2\xACit; I tell you");
  CHECK(decode_references("I'm &notin; I tell you", false) == "I'm \xE2\x88\x89 I tell you");
  CHECK(decode_references("&NotEqualTilde;", false) == "\xE2\x89\x82\xCC\xB8");
  CHECK(decode_references("&CounterClockwiseContourIntegral;", false) == "\xE2\x88\xB3");
  CHECK(decode_references("&eacute;&eacute &Eacute;", false) == "\xC3\xA9\xC3\xA9 \xC3\x89");
}

TEST_CASE("what names nothing stays as it is") {
  CHECK(decode_references("&colon &zzz; & &; &#; &#x; &#xg;", false) ==
        "&colon &zzz; & &; &#; &#x; &#xg;");
  CHECK(decode_references("a&", false) == "a&");
  CHECK(decode_references("&am", false) == "&am");
}

TEST_CASE("13.2.5.73: in the value of an attribute a query stays what it is") {
  CHECK(decode_references("?a=1&copy=2&lt3&amp;b", true) == "?a=1&copy=2&lt3&b");
  CHECK(decode_references("?a=1&copy;&lt", true) == "?a=1\xC2\xA9<");
  CHECK(decode_references("?a=1&copy=2", false) == "?a=1\xC2\xA9=2");
}

TEST_CASE("13.2.5.80: numbers of either base, with or without a semicolon") {
  CHECK(decode_references("&#104;&#x74;&#X54;p&#58//", false) == "htTp://");
  CHECK(decode_references("&#0104;&#00000000000000000104;", false) == "hh");
  CHECK(decode_references("&#0;&#xD800;&#x110000;&#99999999999999999999;", false) ==
        "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(decode_references("&#x80;&#150;", false) == "\xE2\x82\xAC\xE2\x80\x93");
}
