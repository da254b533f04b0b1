#include "report/escape.hpp"
#include "support/catch.hpp"

using namespace emltrace::report;
using namespace std::string_literals;

TEST_CASE("what a terminal may obey or hide is made visible") {
  struct Case {
    std::string raw;
    std::string shown;
  };
  const std::vector<Case> cases{
      {"plain text, a\xc3\xb1 \xe4\xbd\xa0 \xf0\x9f\x93\xa7",
       "plain text, a\xc3\xb1 \xe4\xbd\xa0 \xf0\x9f\x93\xa7"},
      {"\x1b[2J", "\\x1b[2J"},
      {"a\0b"s, "a\\x00b"},
      {"\t\r\n", "\\x09\\x0d\\x0a"},
      {"\x7f", "\\x7f"},
      {"\xc2\x9b", "\\u009b"},  // C1 CSI
      {"a\xe2\x80\xae"
       "b",
       "a\\u202eb"},                // right-to-left override
      {"\xe2\x81\xa6", "\\u2066"},  // left-to-right isolate
      {"\xe2\x80\x8b", "\\u200b"},  // zero-width space
      {"\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029"},
      {"\xef\xbb\xbf", "\\ufeff"},
      {"\xc2\xad", "\\u00ad"},              // soft hyphen
      {"\xf3\xa0\x81\x81", "\\U000e0041"},  // tag character
      {"\xff\xc3", "\\xff\\xc3"},           // no UTF-8 at all
      {"\x9b"
       "2J",
       "\\x9b2J"},                          // a bare C1 byte
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},  // a surrogate
      {"\xc0\xaf", "\\xc0\\xaf"},           // overlong
  };
  for (const auto& c : cases) {
    CAPTURE(c.shown);
    CHECK(for_terminal(c.raw) == c.shown);
  }
}

TEST_CASE("bytes that are no UTF-8 as a whole are none in parts") {
  // GB18030 of 关于二〇二四: its bytes B6 FE A9 96 hold D3 DA B6 …, and DA B6 is an Arabic letter
  // in UTF-8.
  const std::string raw = "\xb9\xd8\xd3\xda\xb6\xfe";
  CHECK(for_terminal(raw) == "\\xb9\\xd8\\xd3\\xda\\xb6\\xfe");
  std::string json;
  emltrace::report::append_json(json, raw);
  const std::string lost = "\xef\xbf\xbd";
  CHECK(json == "\"" + lost + lost + lost + lost + lost + lost + "\"");
  CHECK(for_terminal("\xda\xb6") == "\xda\xb6");  // the innocent twin: the letter alone
}

TEST_CASE("a string of JSON keeps its value and has no power over a terminal") {
  struct Case {
    std::string raw;
    std::string written;
  };
  const std::vector<Case> cases{
      {"", "\"\""},
      {"\xe4\xbd\xa0", "\"\xe4\xbd\xa0\""},
      {"say \"a\\b\"", R"("say \"a\\b\"")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {"\0\x1b\x7f"s, R"("\u0000\u001b\u007f")"},
      {"\xe2\x80\xae\xc2\x9b", R"("\u202e\u009b")"},
      {"\xf3\xa0\x81\x81", R"("\udb40\udc41")"},  // beyond the basic plane: a surrogate pair
      {"a\xff"
       "b",
       "\"a\xef\xbf\xbd"
       "b\""},
      {"\xe4\xbd", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.written);
    std::string out = "before:";
    append_json(out, c.raw);
    CHECK(out == "before:" + c.written);
  }
}

TEST_CASE("bytes that JSON cannot hold keep a twin") {
  CHECK(base64_twin("a\xff"
                    "b") == "Yf9i");
  CHECK_FALSE(base64_twin("a\xc3\xb1"));
}

TEST_CASE("a pvalue is quoted only where RFC 8601 asks for it") {
  struct Case {
    std::string raw;
    std::string written;
  };
  const std::vector<Case> cases{
      {"example.net", "example.net"},
      {"pass", "pass"},
      {"sender@example.net", "sender@example.net"},
      {"@example.net", "@example.net"},
      {"192.0.2.1", "192.0.2.1"},
      {"2001:db8::1", "\"2001:db8::1\""},
      {"a b@example.net", "\"a b@example.net\""},
      {"user@localhost", "\"user@localhost\""},
      {"ab/cd+e=", "\"ab/cd+e=\""},
      {"x\"; dkim=pass", "\"x\\\"; dkim=pass\""},
      {"back\\slash", "\"back\\\\slash\""},
      {"a\r\nX-Injected: 1", "\"a??X-Injected: 1\""},
      {"(comment)", "\"(comment)\""},
      {"", "\"\""},
      {"\xff@example.net", "\"?@example.net\""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.written);
    CHECK(for_pvalue(c.raw) == c.written);
  }
}

TEST_CASE("no character of markup and nothing that a browser may obey is left in HTML") {
  const auto html = [](std::string_view raw) {
    std::string out = "|";
    append_html(out, raw);
    return out;
  };
  CHECK(html("plain a\xc3\xb1") == "|plain a\xc3\xb1");
  CHECK(html("<a href=\"x\" b='c'>&amp;") ==
        "|&lt;a href=&quot;x&quot; b=&#39;c&#39;&gt;&amp;amp;");
  CHECK(html("\x1b\xe2\x80\xae\0"s) == "|\\x1b\\u202e\\x00");
  CHECK(html("\x1b\xe2\x80\xae\xff\0"s) == "|\\x1b\\xe2\\x80\\xae\\xff\\x00");
  // An overlong `<` and one behind a cut sequence are bytes, not markup.
  CHECK(html("\xc0\xbc") == "|\\xc0\\xbc");
  CHECK(html("\xe2\x80<") == "|\\xe2\\x80&lt;");
}
