#include <string>
#include <utility>
#include <vector>

#include "base/ip.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using ip::Address;
using ip::Network;
using ip::Scope;

namespace {

std::string text_of(std::string_view s) {
  const auto address = Address::parse(s);
  return address ? address->text() : "none";
}

}  // namespace

TEST_CASE("IPv4 text is a strict dotted quad") {
  CHECK(text_of("192.0.2.1") == "192.0.2.1");
  CHECK(text_of("0.0.0.0") == "0.0.0.0");
  CHECK(text_of("255.255.255.255") == "255.255.255.255");
  for (const char* bad :
       {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "999.1.2.3", "01.2.3.4", "1.2.3.04", "1.2.3.",
        ".1.2.3", "1..2.3", " 1.2.3.4", "1.2.3.4 ", "0x1.2.3.4", "1.2.3.4/24", "[1.2.3.4]",
        "1.2.3.-4", "15.20.8251.21", "1234567890123456"}) {
    CAPTURE(bad);
    CHECK(text_of(bad) == "none");
  }
}

TEST_CASE("IPv6 text is read by RFC 4291 section 2.2 and written by RFC 5952") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"2001:0db8:0:0:0:0:0:1", "2001:db8::1"},
      {"2001:DB8::1", "2001:db8::1"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"0:0:0:0:0:0:0:0", "::"},
      {"fe80:0:0:0:1:0:0:0", "fe80::1:0:0:0"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
      {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
      {"::13.1.68.3", "::d01:4403"},
      {"2001:db8::00f0", "2001:db8::f0"}};
  for (const auto& [in, out] : cases) {
    CAPTURE(in);
    CHECK(text_of(in) == out);
  }
  for (const char* bad :
       {":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "::1%eth0",
        "[::1]", "1:2:3:4:5:6:7:8::", "::1.2.3", "1.2.3.4::", "::1.2.3.4:5", "1:", ":1",
        "1:2:3:4:5:6:7:1.2.3.4", "::ffff:1.2.3.256", "IPv6:::1"}) {
    CAPTURE(bad);
    CHECK(text_of(bad) == "none");
  }
}

TEST_CASE("an IPv4-mapped IPv6 address is the IPv4 address it means") {
  CHECK(text_of("::ffff:192.0.2.1") == "192.0.2.1");
  CHECK(text_of("::FFFF:c000:0201") == "192.0.2.1");
  CHECK(Address::parse("::ffff:192.0.2.1") == Address::v4({192, 0, 2, 1}));
  CHECK(Address::parse("::ffff:192.0.2.1")->bytes().size() == 4);
}

TEST_CASE("a reverse name has the octets or nibbles backwards") {
  CHECK(Address::parse("192.0.2.1")->reverse_name() == "1.2.0.192.in-addr.arpa");
  // RFC 3596 2.5
  CHECK(Address::parse("4321:0:1:2:3:4:567:89ab")->reverse_name() ==
        "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa");
}

TEST_CASE("scopes follow the IANA special-purpose registries") {
  const std::vector<std::pair<std::string, Scope>> cases{{"8.8.8.8", Scope::global},
                                                         {"202.99.11.120", Scope::global},
                                                         {"0.0.0.0", Scope::unspecified},
                                                         {"0.1.2.3", Scope::reserved},
                                                         {"10.255.255.255", Scope::private_use},
                                                         {"11.0.0.0", Scope::global},
                                                         {"100.63.255.255", Scope::global},
                                                         {"100.64.0.1", Scope::shared},
                                                         {"100.128.0.0", Scope::global},
                                                         {"127.0.0.2", Scope::loopback},
                                                         {"169.254.1.1", Scope::link_local},
                                                         {"172.15.255.255", Scope::global},
                                                         {"172.16.0.1", Scope::private_use},
                                                         {"172.31.255.255", Scope::private_use},
                                                         {"172.32.0.0", Scope::global},
                                                         {"192.0.0.8", Scope::reserved},
                                                         {"192.0.0.9", Scope::global},
                                                         {"192.0.2.55", Scope::documentation},
                                                         {"192.168.1.1", Scope::private_use},
                                                         {"198.17.255.255", Scope::global},
                                                         {"198.19.0.1", Scope::reserved},
                                                         {"198.51.100.1", Scope::documentation},
                                                         {"203.0.113.1", Scope::documentation},
                                                         {"224.0.0.1", Scope::multicast},
                                                         {"240.0.0.1", Scope::reserved},
                                                         {"255.255.255.255", Scope::reserved},
                                                         {"::", Scope::unspecified},
                                                         {"::1", Scope::loopback},
                                                         {"::2", Scope::reserved},
                                                         {"64:ff9b::808:808", Scope::global},
                                                         {"64:ff9b:1::1", Scope::reserved},
                                                         {"100::1", Scope::reserved},
                                                         {"2001:2::1", Scope::reserved},
                                                         {"2001:1::2", Scope::global},
                                                         {"2001:db8::1", Scope::documentation},
                                                         {"3fff:fff::1", Scope::documentation},
                                                         {"2603:10b6:a03::1", Scope::global},
                                                         {"2002:a05:6a10:1::1", Scope::private_use},
                                                         {"2002:808:808::1", Scope::global},
                                                         {"5f00::1", Scope::reserved},
                                                         {"fc00::1", Scope::private_use},
                                                         {"fdff::1", Scope::private_use},
                                                         {"fe80::1", Scope::link_local},
                                                         {"fec0::1", Scope::reserved},
                                                         {"ff02::1", Scope::multicast}};
  for (const auto& [in, scope] : cases) {
    CAPTURE(in);
    const auto address = Address::parse(in);
    REQUIRE(address.has_value());
    CHECK(ip::to_string(address->scope()) == ip::to_string(scope));
    CHECK(address->is_global() == (scope == Scope::global));
  }
}

TEST_CASE("a network holds the addresses that share its leading bits, of its own family alone") {
  const auto contains = [](const char* network, const char* address) {
    return Network::parse(network)->contains(*Address::parse(address));
  };
  CHECK(contains("192.0.2.0/24", "192.0.2.255"));
  CHECK_FALSE(contains("192.0.2.0/24", "192.0.3.0"));
  CHECK(contains("192.0.2.77/24", "192.0.2.1"));
  CHECK(contains("192.0.2.128/25", "192.0.2.129"));
  CHECK_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
  CHECK(contains("0.0.0.0/0", "8.8.8.8"));
  CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  CHECK(contains("192.0.2.1", "192.0.2.1"));
  CHECK_FALSE(contains("192.0.2.1", "192.0.2.0"));
  CHECK(contains("2001:db8::/33", "2001:db8:7fff::"));
  CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::"));
  CHECK(contains("::/0", "2001:db8::"));
  CHECK_FALSE(contains("::/0", "192.0.2.1"));
  CHECK(contains("::ffff:192.0.2.0/120", "192.0.2.9"));
}

TEST_CASE("a prefix length beyond the address, or other junk, is no network") {
  CHECK(Network::parse("2001:DB8::/32")->text() == "2001:db8::/32");
  CHECK(Network::parse("192.0.2.1")->text() == "192.0.2.1/32");
  for (const char* bad : {"", "/", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/ 8",
                          "::/129", "::ffff:1.2.3.4/64", "x/8", "192.0.2.0/24/8", "1.2.3.4/0008"}) {
    CAPTURE(bad);
    CHECK_FALSE(Network::parse(bad).has_value());
  }
}
