#include <string>
#include <vector>

#include "message/body/text_links.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

std::vector<std::string> found(std::string_view text) {
  std::vector<std::string> out;
  find_links(text, [&](const TextLink& link) { out.push_back(link.text); });
  return out;
}
using List = std::vector<std::string>;

}  // namespace

TEST_CASE("URLs of a text end before the marks of its sentence") {
  CHECK(found("See http://a.example/x, https://b.example/y. (http://c.example/z) Or "
              "ftp://d.example!") ==
        List{"http://a.example/x", "https://b.example/y", "http://c.example/z", "ftp://d.example"});
  CHECK(found("\"http://a.example/x\" 'http://b.example/y' [http://c.example/z]") ==
        List{"http://a.example/x", "http://b.example/y", "http://c.example/z"});
  CHECK(found("http://a.example/w_(x) and (http://a.example/w_(y)).") ==
        List{"http://a.example/w_(x)", "http://a.example/w_(y)"});
  CHECK(found("http://a.example/x?b=1&c=2;d#e") == List{"http://a.example/x?b=1&c=2;d#e"});
}

TEST_CASE("letters that belong to no scheme stand in front of none") {
  CHECK(found("Linkhttp://a.example/ HTTPS://b.example/") ==
        List{"http://a.example/", "HTTPS://b.example/"});
  CHECK(found("foo://a.example/ a://b http: //c") == List{});
}

TEST_CASE("marks of other scripts end a URL, its letters do not") {
  CHECK(found("\xE8\xAF\xB7\xE8\xAE\xBF\xE9\x97\xAEhttp://a.example/x\xE3\x80\x82"
              "http://b.example/\xE7\x99\xBB\xEF\xBC\x8C") ==
        List{"http://a.example/x", "http://b.example/\xE7\x99\xBB"});
  CHECK(found("\xE2\x80\x9Chttp://a.example/x\xE2\x80\x9D") == List{"http://a.example/x"});
}

TEST_CASE("RFC 3986 appendix C: a URL in angle brackets may be broken across lines") {
  CHECK(found("<http://a.example/one/\r\n two> x") == List{"http://a.example/one/two"});
  CHECK(found("<URL:http://a.example/one/\ntwo>") == List{"http://a.example/one/two"});
  CHECK(found("<http://a.example/one two>") == List{"http://a.example/one"});
  CHECK(found("<http://a.example/one\nsee <b>") == List{"http://a.example/one"});
}

TEST_CASE("a name that begins with www is a link without its scheme") {
  CHECK(found("go to www.a.example/x, WWW.b.example.") ==
        List{"http://www.a.example/x", "http://WWW.b.example"});
  CHECK(found("xwww.a.example awww. www. .www.b") == List{});
}

TEST_CASE("an address that was rewritten is taken whole, and what it holds is no address") {
  CHECK(found("SRS0=Xk2P=GQ=shop.example=anna@fwd.example") ==
        List{"SRS0=Xk2P=GQ=shop.example=anna@fwd.example"});
  CHECK(found("from=SRS1=aB=a.example==Xk2P=GQ=shop.example=anna@fwd.example,") ==
        List{"SRS1=aB=a.example==Xk2P=GQ=shop.example=anna@fwd.example"});
  CHECK(found("<prvs=7104a1b2c3=anna@shop.example>") == List{"prvs=7104a1b2c3=anna@shop.example"});
  CHECK(found("path=talk-bounces+mia=a.example@list.example") ==
        List{"talk-bounces+mia=a.example@list.example"});
  CHECK(found("rcpt=mia@a.example to=<b@c.example> x=1=d@e.example") ==
        List{"mia@a.example", "b@c.example", "d@e.example"});
}

TEST_CASE("addresses of a text, but not the user in a URL") {
  CHECK(found("Write to Ann.Lee+x@B.example. <c@d.example>, mailto:e@f.example?subject=g") ==
        List{"Ann.Lee+x@b.example", "c@d.example", "e@f.example"});
  CHECK(found("http://bank.example@evil.example/ a@b @c.example a@.example a@@b.example") ==
        List{"http://bank.example@evil.example/"});
}

TEST_CASE("in code a slash may be escaped") {
  List links;
  find_links_in_code(R"({"u":"https:\/\/a.example\/x"})",
                     [&](const TextLink& link) { links.push_back(link.text); });
  CHECK(links == List{"https://a.example/x"});
}
