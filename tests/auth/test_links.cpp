#include "auth/dkim/links.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using dkim::unwrapped_link;
using dkim::with_unwrapped_links;

TEST_CASE("links that a filter led through itself are given back") {
  struct Row {
    const char* through;
    const char* link;
  };
  for (
      const Row& row : {
          Row{"https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.com%2F"
              "a%3Fb%3D1%26c%3D2&data=05%7C01&sdata=x%3D&reserved=0",
              "https://www.example.com/a?b=1&c=2"},
          Row{"https://urldefense.proofpoint.com/v1/url?u=http://www.example.com/&k=Q",
              "http://www.example.com/"},
          Row{"https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.com_a-2Db-5Fc&d=x",
              "https://www.example.com/a-b_c"},
          Row{"https://urldefense.com/v3/__https://www.example.com/a?b=1*c*d__;JiM!!K!M$",
              "https://www.example.com/a?b=1&c#d"},
          Row{"https://urldefense.us/v3/__http://www.example.com/__;!!K!M$",
              "http://www.example.com/"},
          Row{"https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fwww.example.com%2f&c=E,1",
              "https://www.example.com/"},
          Row{"https://eu-west-1.protection.sophos.com?d=example.com&u=aHR0cHM6Ly93d3cuZXhhbXBsZS5j"
              "b20v&i=x",
              "https://www.example.com/"},
          Row{"https://secure-web.cisco.com/1ab/https%3A%2F%2Fwww.example.com%2Fa",
              "https://www.example.com/a"},
      }) {
    CAPTURE(row.through);
    CHECK(unwrapped_link(row.through) == std::string(row.link));
  }
}

TEST_CASE("other links, and those of false filters, are no such links") {
  for (const char* link :
       {"https://www.example.com/?url=https%3A%2F%2Fwww.example.net%2F",
        "https://x.safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example%2F",
        "https://safelinks.protection.outlook.com@evil.example/?url=https%3A%2F%2Fa.example%2F",
        "https://evilurldefense.com/v3/__https://a.example/__;!!K!M$",
        "https://urldefense.com/v3/__javascript:alert(1)__;!!K!M$",
        "https://nam02.safelinks.protection.outlook.com/?data=1",
        "https://protect-eu.mimecast.com/s/AbCdEf", "https://urldefense.com/", "https://",
        "http:", "", "mailto:a@b.example"}) {
    CAPTURE(link);
    CHECK_FALSE(unwrapped_link(link));
  }
}

TEST_CASE("all links of a text, and the attributes that stand with them in HTML") {
  const std::string through =
      "https://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Fw.example%2F%3Fa%3D1%26b%3D2";
  CHECK(with_unwrapped_links("see <" + through + "&data=x>, http and " + through + "&data=y\r\n",
                             false, false) ==
        std::string("see <https://w.example/?a=1&b=2>, http and https://w.example/?a=1&b=2\r\n"));
  const std::string html =
      "<a href=\"" + through +
      "&amp;data=x\" originalsrc=\"https://w.example/\" shash=\"Q=\" id=\"i\">";
  CHECK(with_unwrapped_links(html, true, true) ==
        std::string("<a href=\"https://w.example/?a=1&amp;b=2\" id=\"i\">"));
  CHECK(with_unwrapped_links(html, true, false) ==
        std::string("<a href=\"https://w.example/?a=1&b=2\" id=\"i\">"));
  CHECK_FALSE(with_unwrapped_links("see https://www.example.com/", false, false));
}
