#include "message/body/url.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

struct Row {
  const char* written;
  const char* text;
  const char* host;
};

}  // namespace

TEST_CASE("a URL leads where a browser goes (WHATWG URL 4.4)") {
  for (const Row& row : {
           Row{"http://evil.example/a?b#c", "http://evil.example/a?b#c", "evil.example"},
           Row{"HTTPS://Evil.Example:8443/A", "https://evil.example:8443/A", "evil.example"},
           Row{" \n http://ev\nil.exa\tmple/ \r\n", "http://evil.example/", "evil.example"},
           Row{"http://bank.example@evil.example/", "http://bank.example@evil.example/",
               "evil.example"},
           Row{"http://bank.example:x@y@evil.example", "http://bank.example:x@y@evil.example",
               "evil.example"},
           Row{"http:\\\\evil.example\\a\\b?c=\\d", "http://evil.example/a/b?c=\\d",
               "evil.example"},
           Row{"http:evil.example/x", "http://evil.example/x", "evil.example"},
           Row{"http:////evil.example/x", "http://evil.example/x", "evil.example"},
           Row{"https://evil.example\\@bank.example/", "https://evil.example/@bank.example/",
               "evil.example"},
           Row{"http://%65vil.example/", "http://evil.example/", "evil.example"},
           Row{"http://b\xC3\xBC"
               "cher.example/",
               "http://xn--bcher-kva.example/", "xn--bcher-kva.example"},
           Row{"http://\xEF\xBD\x85vil\xE3\x80\x82"
               "example/",
               "http://evil.example/", "evil.example"},
           Row{"http://[2001:DB8::1]:80/", "http://[2001:db8::1]:80/", "2001:db8::1"},
           Row{"http://evil.example?x/y", "http://evil.example?x/y", "evil.example"},
           Row{"http://evil.example#@bank.example/", "http://evil.example#@bank.example/",
               "evil.example"},
           Row{"ftp://files.example/x", "ftp://files.example/x", "files.example"},
       }) {
    CAPTURE(row.written);
    const auto url = read_url(row.written);
    REQUIRE(url);
    CHECK(url->text == row.text);
    CHECK(url->host_text() == row.host);
  }
}

TEST_CASE("WHATWG URL 3.5: a host of numbers is the address that it means, and that is told") {
  for (const Row& row : {
           Row{"http://3405803785/x", "http://203.0.113.9/x", "203.0.113.9"},
           Row{"http://0xCB007109/x", "http://203.0.113.9/x", "203.0.113.9"},
           Row{"http://0xcb.0x0.0x71.0x9/x", "http://203.0.113.9/x", "203.0.113.9"},
           Row{"http://0313.0.0161.011/x", "http://203.0.113.9/x", "203.0.113.9"},
           Row{"http://203.28937/x", "http://203.0.113.9/x", "203.0.113.9"},
           Row{"http://203.0.28937/x", "http://203.0.113.9/x", "203.0.113.9"},
           Row{"http://%32%30%33.0.113.9./x", "http://203.0.113.9/x", "203.0.113.9"},
           Row{"http://bank.example@3405803785/x", "http://bank.example@203.0.113.9/x",
               "203.0.113.9"},
       }) {
    CAPTURE(row.written);
    const auto url = read_url(row.written);
    REQUIRE(url);
    CHECK(url->text == row.text);
    CHECK(url->host_text() == row.host);
    CHECK(url->odd_host);
    CHECK(url->written == row.written);
  }
  CHECK_FALSE(read_url("http://203.0.113.9/x")->odd_host);
  CHECK_FALSE(read_url("http://Evil.example/x")->odd_host);
}

TEST_CASE("numbers that are no address are none") {
  CHECK_FALSE(read_number_host("4294967296"));
  CHECK_FALSE(read_number_host("203.0.113.256"));
  CHECK_FALSE(read_number_host("1.2.3.4.5"));
  CHECK_FALSE(read_number_host("256.1"));
  CHECK_FALSE(read_number_host("089"));
  CHECK_FALSE(read_number_host("1..2"));
  CHECK_FALSE(read_number_host("0xg"));
  CHECK_FALSE(read_number_host(""));
  CHECK(read_number_host("0x")->text() == "0.0.0.0");
  CHECK(read_number_host("4294967295")->text() == "255.255.255.255");
}

TEST_CASE("a host that no name can be leads nowhere") {
  for (const char* written :
       {"http://", "http:///", "http://a b.example/", "http://a<b.example/", "http://%00.example/",
        "http://1.2.3.4.5/", "http://256.256.256.256/", "http://[::g]/", "x", "/a", "", "#a",
        "1http://a.example/", "http://@/"}) {
    CAPTURE(written);
    CHECK_FALSE(read_url(written));
  }
}

TEST_CASE("other schemes are kept as they are, without a host") {
  const auto url = read_url("MailTo:a@b.example?subject=x");
  REQUIRE(url);
  CHECK(url->scheme == "mailto");
  CHECK(url->path() == "a@b.example?subject=x");
  CHECK(url->host_text().empty());
  CHECK(read_url("tel:+1-555-0100")->text == "tel:+1-555-0100");
}

TEST_CASE("a reference is read against the base of its page") {
  const auto base = read_url("http://evil.example/a/b?c");
  const auto against = [&](const char* written) {
    const auto url = read_url(written, &*base);
    return url ? url->text : std::string("none");
  };
  CHECK(against("login.php") == "http://evil.example/a/login.php");
  CHECK(against("./login.php") == "http://evil.example/a/login.php");
  CHECK(against("/login.php?x") == "http://evil.example/login.php?x");
  CHECK(against("//other.example/x") == "http://other.example/x");
  CHECK(against("?x=1") == "http://evil.example/a/b?x=1");
  CHECK(against("https://other.example/") == "https://other.example/");
  CHECK(against("#top") == "none");
  const auto bare = read_url("http://evil.example");
  CHECK(read_url("login.php", &*bare)->text == "http://evil.example/login.php");
  CHECK_FALSE(read_url("login.php"));
}
