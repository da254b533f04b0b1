#include <string>

#include "message/body/wrapped_link.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

struct Row {
  Wrapper wrapper;
  const char* link;
  const char* target;
};

// What base64(1) of coreutils makes of `https://t.example/a?b=1`.
constexpr const char* kTarget = "https://t.example/a?b=1";

}  // namespace

TEST_CASE("a link through a filter, a tracker or a redirector gives its target") {
  using enum Wrapper;
  for (const Row& row : {
           Row{filter,
               "https://eur01.safelinks.protection.outlook.com/"
               "?url=https%3A%2F%2Ft.example%2Fa%3Fb%3D1&data=0",
               kTarget},
           Row{filter,
               "https://urldefense.proofpoint.com/v1/url?u=https%3A%2F%2Ft.example%2Fa%3Fb%3D1&k=x",
               kTarget},
           Row{filter,
               "https://urldefense.proofpoint.com/v2/url?u=https-3A__t.example_a-3Fb-3D1&d=x",
               kTarget},
           Row{filter, "https://urldefense.com/v3/__https://t.example/a?b=1__;!!K!M$", kTarget},
           Row{filter, "https://protect.checkpoint.com/v2/___https://t.example/a?b=1___.YzJlOm",
               kTarget},
           Row{filter,
               "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2ft.example%2fa%3fb%3d1&c=E,1",
               kTarget},
           Row{filter, "https://link.edgepilot.com/s/1/2?u=https://t.example/a%3Fb%3D1", kTarget},
           Row{tracker,
               "https://x.r.eu-west-1.awstrack.me/L0/https:%2F%2Ft.example%2Fa%3Fb%3D1/1/0102/"
               "abc=1",
               kTarget},
           Row{tracker, "https://click.pstmrk.it/3s/t.example%2Fa%3Fb%3D1/x/y/z", kTarget},
           Row{tracker, "http://abc.mjt.lu/lnk/AA/1/hash/aHR0cHM6Ly90LmV4YW1wbGUvYT9iPTE", kTarget},
           Row{tracker,
               "https://mandrillapp.com/track/click/1/t.example?p="
               "eyJzIjoiYSIsInYiOjEsInAiOiJ7XCJ1XCI6MSxcInVybFwiOlwiaHR0cHM6XFwvXFwvdC5leGFtcGxl"
               "XFwvYT9iPTFcIixcImlkXCI6XCJ4XCJ9In0",
               kTarget},
           Row{redirector,
               "https://www.google.com/url?sa=t&q=https%3A%2F%2Ft.example%2Fa%3Fb%3D1&ust=1",
               kTarget},
           Row{redirector, "https://google.co.uk/url?url=https://t.example/a%3Fb%3D1", kTarget},
           Row{redirector, "https://www.google.com/amp/s/t.example/a?b=1", kTarget},
           Row{redirector, "https://l.facebook.com/l.php?u=https%3A%2F%2Ft.example%2Fa%3Fb%3D1&h=x",
               kTarget},
           Row{redirector,
               "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly90LmV4YW1wbGUvYT9iPTE&ntb=1",
               kTarget},
           Row{redirector,
               "https://r.search.yahoo.com/_ylt=A/RV=2/RU=https%3a%2f%2ft.example%2fa%3fb%3d1/RK=2/"
               "RS=x",
               kTarget},
       }) {
    CAPTURE(row.link);
    const auto inside = unwrapped_link(row.link);
    REQUIRE(inside);
    CHECK(inside->target == row.target);
    CHECK(inside->wrapper == row.wrapper);
    CHECK_FALSE(inside->name_only);
  }
}

TEST_CASE("Mimecast tells the host alone") {
  const auto inside = unwrapped_link("https://protect-eu.mimecast.com/s/AbCd1?domain=t.example");
  REQUIRE(inside);
  CHECK(inside->target == "t.example");
  CHECK(inside->name_only);
}

TEST_CASE("other links, hosts that only look like a wrapper's, and targets that are none, stay") {
  for (const char* link :
       {"https://shop.example/?url=https%3A%2F%2Ft.example%2F",
        "https://www.google.com.evil.example/url?q=https://t.example/",
        "https://evilgoogle.com/url?q=https://t.example/",
        "https://www.google.com/search?q=https://t.example/",
        "https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/amp/s/x",
        "https://l.facebook.com.evil.example/l.php?u=https://t.example/",
        "https://click.pstmrk.it/3s/x", "https://click.pstmrk.it/3s",
        "https://click.pstmrk.it/9s/t.example/x",
        "https://mandrillapp.com/track/click/1/t.example?p=AAAA",
        "https://protect-eu.mimecast.com/s/AbCd1?domain=", "https://protect.checkpoint.com/v2/___.",
        "https://urldefense.com/v3/__;", "https://x.awstrack.me/L0/x/1"}) {
    CAPTURE(link);
    CHECK_FALSE(unwrapped_link(link));
  }
}
