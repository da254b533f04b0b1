#include "message/mailbox.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE("the domain of an address stands behind its last @") {
  CHECK(domain_part("a@b.example") == "b.example");
  CHECK(domain_part("\"a@c.example\"@b.example") == "b.example");
  CHECK(domain_part("@b.example") == "b.example");
  CHECK(domain_part("a@").empty());
  CHECK(domain_part("b.example").empty());
  CHECK(domain_part("").empty());
  CHECK(domain_of_address("a@B.Example.")->text() == "b.example");
}

TEST_CASE("an address literal, or what is no domain, is no name") {
  for (const char* address :
       {"a@[192.0.2.1]", "a@[IPv6:2001:db8::1]", "a@b..example", "a@", "a", "b.example", ""}) {
    CAPTURE(address);
    CHECK_FALSE(domain_of_address(address));
  }
}

TEST_CASE("the domain of an identity is the whole where it is no address") {
  CHECK(identity_domain("a@b.example") == "b.example");
  CHECK(identity_domain("@b.example") == "b.example");
  CHECK(identity_domain("b.example") == "b.example");
  CHECK(identity_domain("").empty());
}

TEST_CASE("RFC 5322 3.4.1: what holds a special is no domain, however it was written") {
  for (const std::string domain : {"\"b@c.example\"", "b@c.example", "c.example\"", "b(c.example",
                                   "a:c.example", "[192.0.2.1]"}) {
    CAPTURE(domain);
    Mailbox mailbox;
    mailbox.local_part.push_back('a');
    mailbox.domain = domain;
    CHECK_FALSE(mailbox.domain_name());
  }
  CHECK_FALSE(domain_of_address("a@\"b@c.example\""));
  CHECK(domain_of_address("a@_x.c-d.example.")->text() == "_x.c-d.example");
}
