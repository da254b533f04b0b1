#include <fmt/format.h>

#include <string>

#include "message/rewritten_sender.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

// `mark sender recipient`, `-` for what is not told; empty where nothing was rewritten.
std::string told(std::string_view address, SenderRewriting by) {
  const auto read = read_rewritten_sender(address);
  if (!read) return {};
  CHECK(read->by == by);
  return fmt::format("{} {} {}", read->mark, read->sender.value_or("-"),
                     read->recipient.value_or("-"));
}

void check_none(std::initializer_list<const char*> addresses) {
  for (const char* address : addresses) {
    CAPTURE(address);
    CHECK_FALSE(read_rewritten_sender(address));
  }
}

}  // namespace

TEST_CASE("SRS0 holds the sender, whichever of three signs stands behind it") {
  for (const char sign : {'=', '+', '-'}) {
    CAPTURE(sign);
    const std::string address = fmt::format("SRS0{}Xk2P=GQ=shop.example=anna@fwd.example", sign);
    CHECK(told(address, SenderRewriting::srs) ==
          fmt::format("SRS0{}Xk2P=GQ anna@shop.example -", sign));
  }
}

TEST_CASE("SRS1 holds the sender, whichever signs stand behind it and behind the first host") {
  for (const char first : {'=', '+', '-'}) {
    for (const char second : {'=', '+', '-'}) {
      CAPTURE(first, second);
      const std::string address = fmt::format(
          "SRS1{}aB=first.example={}Xk2P=GQ=shop.example=anna@second.example", first, second);
      CHECK(told(address, SenderRewriting::srs) ==
            fmt::format("SRS1{}aB=first.example anna@shop.example -", first));
    }
  }
}

TEST_CASE("what hosts do to case, and what local parts may hold, is no hindrance to SRS") {
  CHECK(told("srs0=xk2p=gq=shop.example=anna@fwd.example", SenderRewriting::srs) ==
        "srs0=xk2p=gq anna@shop.example -");
  CHECK(told("SRS0+Xk/+=2Z=shop.example=anna=b+c-d@fwd.example", SenderRewriting::srs) ==
        "SRS0+Xk/+=2Z anna=b+c-d@shop.example -");
}

TEST_CASE("Exchange's own SRS tells that it was forwarded, not whose it was") {
  CHECK(told("bounces+SRS=Ab1Cd=GQ@tenant.example", SenderRewriting::srs) ==
        "bounces+SRS=Ab1Cd=GQ - -");
}

TEST_CASE("the sender of what was rewritten more than once is the first one") {
  // A forwarder that does not know SRS1 takes it for any address, and rewrites it with SRS0.
  CHECK(told("SRS0=cccc=GR=second.example=SRS1=bbbb=first.example==aaaa=GQ=shop.example="
             "anna@third.example",
             SenderRewriting::srs) == "SRS0=cccc=GR anna@shop.example -");
  CHECK(told("SRS0=cccc=GR=first.example=SRS0-aaaa=GQ=shop.example=anna@second.example",
             SenderRewriting::srs) == "SRS0=cccc=GR anna@shop.example -");
  CHECK(told("SRS0=cccc=GR=shop.example=prvs=7104a1b2c3=anna@fwd.example", SenderRewriting::srs) ==
        "SRS0=cccc=GR anna@shop.example -");
  // The address of a list is its own, and no sender behind another.
  CHECK(told("SRS0=cccc=GR=list.example=talk-bounces+mia=a.example@fwd.example",
             SenderRewriting::srs) == "SRS0=cccc=GR talk-bounces+mia=a.example@list.example -");
  // Exchange holds back whose it was; that far it is known.
  CHECK(told("SRS0=cccc=GR=tenant.example=bounces+SRS=Ab1Cd=GQ@fwd.example",
             SenderRewriting::srs) == "SRS0=cccc=GR bounces+SRS=Ab1Cd=GQ@tenant.example -");
}

TEST_CASE("what only begins like SRS was not rewritten") {
  check_none({"SRS0@a.example", "SRS0=@a.example", "SRS0xXk2P=GQ=shop.example=anna@fwd.example",
              "SRS02=Xk2P=GQ=shop.example=anna@fwd.example", "SRS0=a=b@c.example",
              "xSRS0=Xk2P=GQ=shop.example=anna@fwd.example"});
  SECTION("a part is empty") {
    check_none({"SRS0==GQ=shop.example=anna@fwd.example", "SRS0=Xk2P==shop.example=anna@f.example",
                "SRS0=Xk2P=GQ==anna@fwd.example", "SRS0=Xk2P=GQ=shop.example=@fwd.example",
                "SRS0=Xk2P=GQ=shop.example@fwd.example", "SRS0=Xk2P=GQ=shop.example=anna@",
                "SRS1==first.example==Xk2P=GQ=shop.example=anna@fwd.example",
                "SRS1=aB===Xk2P=GQ=shop.example=anna@fwd.example",
                "SRS1=aB=first.example==Xk2P=GQ=shop.example=@fwd.example",
                "SRS1=aB=first.example=@fwd.example", "SRS1=aB=first.example@fwd.example",
                "bounces+SRS=@tenant.example", "bounces+SRS==GQ@tenant.example"});
  }
  SECTION("a part has not its length or letters") {
    check_none(
        {"SRS0=Xk2P=G=shop.example=anna@f.example", "SRS0=Xk2P=GQA=shop.example=anna@f.example",
         "SRS0=Xk2P=G1=shop.example=anna@f.example", "SRS0=Xk.P=GQ=shop.example=anna@f.example",
         "SRS0=Xk2P=GQ=not a host=anna@fwd.example", "SRS0=Xk2P=GQ=shop=anna@fwd.example",
         "SRS1=aB=first==Xk2P=GQ=shop.example=anna@fwd.example",
         "SRS1=aB=first.example=xXk2P=GQ=shop.example=anna@fwd.example",
         "bounces+SRS=Ab1Cd@tenant.example", "bounces+SRS=Ab1Cd=G@tenant.example"});
  }
  SECTION("nor is it the bounce address of a list named so") {
    check_none({"SRS0+mia=receiver.example@list.example"});
  }
}

TEST_CASE("BATV holds the sender: the tag in front, behind a slash, or in Barracuda's form") {
  CHECK(told("prvs=7104a1b2c3=anna@shop.example", SenderRewriting::batv) ==
        "prvs=7104a1b2c3 anna@shop.example -");
  CHECK(told("PRVS=7104A1B2C3=anna=b@shop.example", SenderRewriting::batv) ==
        "PRVS=7104A1B2C3 anna=b@shop.example -");
  CHECK(told("prvs=anna/7104a1b2c3@shop.example", SenderRewriting::batv) ==
        "prvs=anna/7104a1b2c3 anna@shop.example -");
  CHECK(told("btv1==34826e458e2==anna.b@shop.example", SenderRewriting::batv) ==
        "btv1==34826e458e2 anna.b@shop.example -");
}

TEST_CASE("what only begins like BATV was not rewritten") {
  check_none({"prvs@shop.example", "prvs=@shop.example", "prvs=anna@shop.example",
              "prvs=7104a1b2c3@shop.example", "xprvs=7104a1b2c3=anna@shop.example"});
  SECTION("a part is empty") {
    check_none({"prvs=7104a1b2c3=@shop.example", "prvs==anna@shop.example",
                "prvs=/7104a1b2c3@shop.example", "prvs=anna/@shop.example",
                "btv1==34826e458e2==@shop.example", "btv1====anna@shop.example",
                "prvs=7104a1b2c3=anna@"});
  }
  SECTION("the tag has not its length or digits") {
    check_none({"prvs=7104a1b2c=anna@shop.example", "prvs=7104a1b2c34=anna@shop.example",
                "prvs=7104a1b2zz=anna@shop.example", "prvs=a104a1b2c3=anna@shop.example",
                "prvs=anna/7104a1b2c@shop.example", "prvs=anna/7104a1b2c34@shop.example",
                "btv1==34826e458e==anna@shop.example", "btv1==34826e458e2=anna@shop.example",
                "btv1==34826e458e2f==anna@shop.example", "btv1==x4826e458e2==anna@shop.example"});
  }
}

TEST_CASE("a mailbox that Gmail forwards tells itself and where it forwards to") {
  CHECK(told("mia+caf_=inbox=other.example@gmail.com", SenderRewriting::forwarding) ==
        "mia - inbox@other.example");
  CHECK(told("mia+caf_=@gmail.com", SenderRewriting::forwarding) == "mia - -");
  check_none({"+caf_=inbox=other.example@gmail.com", "mia+caf_@gmail.com"});
}

TEST_CASE("a bounce address made for one recipient names it") {
  const auto verp = [](const char* address) { return told(address, SenderRewriting::verp); };
  CHECK(verp("talk-bounces+mia=receiver.example@list.example") ==
        "talk-bounces - mia@receiver.example");
  CHECK(verp("talk-return-17-mia=receiver.example@list.example") ==
        "talk-return-17 - mia@receiver.example");
  CHECK(verp("bounce-mia=receiver.example@shop.example") == "bounce - mia@receiver.example");
  SECTION("a local part with signs of its own stays whole") {
    CHECK(verp("talk-bounces+mia-lou=receiver.example@list.example") ==
          "talk-bounces - mia-lou@receiver.example");
    CHECK(verp("talk-bounces+mia+tag=receiver.example@list.example") ==
          "talk-bounces - mia+tag@receiver.example");
    CHECK(verp("talk-return-17-mia-lou=receiver.example@list.example") ==
          "talk-return-17 - mia-lou@receiver.example");
    CHECK(verp("bounces+1316-ab87-mia-lou=receiver.example@em.shop.example") ==
          "bounces+1316-ab87 - mia-lou@receiver.example");
    CHECK(verp("talk-bounces+a=b=receiver.example@list.example") ==
          "talk-bounces - a=b@receiver.example");
  }
  SECTION("an address that only has such signs names nobody") {
    check_none({"anna@shop.example", "", "@", "anna", "anna+news@shop.example", "a=b@shop.example",
                "a+b=no_host@shop.example", "a+b=@shop.example", "a+=b.example@shop.example",
                "+b=c.example@shop.example", "anna=b.example@shop.example",
                "bounces+17-=b.example@shop.example"});
  }
}
