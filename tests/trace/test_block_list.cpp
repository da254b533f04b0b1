#include "support/catch.hpp"
#include "support/table.hpp"
#include "trace/route/block_list.hpp"

using namespace emltrace;

namespace {

const DomainName& zen() {
  static const DomainName name = *DomainName::parse("zen.spamhaus.org");
  return name;
}

trace::Listing ask(const std::string& list, const std::string& subject, const std::string& zone) {
  const auto name = *DomainName::parse(list);
  return test::settle_with_zone(zone, [&](dns::Client& client) {
    if (const auto address = ip::Address::parse(subject))
      return trace::ask_block_list(client, name, *address);
    return trace::ask_block_list(client, name, *DomainName::parse(subject));
  });
}

/// The records of a list that is in order, and its answer about 203.0.113.25.
std::string sound(const std::string& list, const std::string& answer) {
  return "2.0.0.127." + list + ". 60 IN A 127.0.0.2\n25.113.0.203." + list + ". 60 IN A " + answer +
         "\n";
}

trace::Listing zen_says(const std::string& answer) {
  return ask("zen.spamhaus.org", "203.0.113.25", sound("zen.spamhaus.org", answer));
}

}  // namespace

TEST_CASE("a listing is told with its code and what it means") {
  const auto listing = zen_says("127.0.0.4");
  CHECK(listing.zone == "zen.spamhaus.org");
  CHECK(listing.subject == "203.0.113.25");
  CHECK(listing.listed == true);
  CHECK(listing.codes == std::vector<std::string>{"127.0.0.4"});
  CHECK(listing.meaning == "XBL: infected or an open proxy");
  CHECK_FALSE(listing.problem);
}

TEST_CASE("a dynamic range is no listing for abuse, and says so") {
  CHECK(zen_says("127.0.0.10").meaning->find("no listing for abuse") != std::string::npos);
  CHECK(zen_says("127.0.0.11").meaning->find("no listing for abuse") != std::string::npos);
}

TEST_CASE("several answers all count, whatever their order") {
  const auto zone =
      sound("zen.spamhaus.org", "127.0.0.4") + "25.113.0.203.zen.spamhaus.org. 60 IN A 127.0.0.2\n";
  const auto listing = ask("zen.spamhaus.org", "203.0.113.25", zone);
  CHECK(listing.codes == std::vector<std::string>{"127.0.0.2", "127.0.0.4"});
  CHECK(listing.meaning->find("SBL") != std::string::npos);
  CHECK(listing.meaning->find("XBL") != std::string::npos);
}

TEST_CASE("a code without a documented meaning lists and is shown raw") {
  const auto listing = zen_says("127.0.0.7");
  CHECK(listing.listed == true);
  CHECK(listing.codes == std::vector<std::string>{"127.0.0.7"});
  CHECK_FALSE(listing.meaning);
}

TEST_CASE("the error answers of a list are no listings") {
  for (const char* error : {"127.255.255.252", "127.255.255.254", "127.255.255.255", "127.0.0.1",
                            "127.255.255.9", "203.0.113.80", "10.0.0.2"}) {
    CAPTURE(error);
    const auto listing = zen_says(error);
    CHECK_FALSE(listing.listed);
    REQUIRE(listing.problem);
    CHECK_FALSE(listing.meaning);
  }
  CHECK(zen_says("127.255.255.254").problem->find("public resolver") != std::string::npos);
}

TEST_CASE("one error among several answers makes the result unknown") {
  const auto zone = sound("zen.spamhaus.org", "127.0.0.2") +
                    "25.113.0.203.zen.spamhaus.org. 60 IN A 127.255.255.255\n";
  CHECK_FALSE(ask("zen.spamhaus.org", "203.0.113.25", zone).listed);
}

TEST_CASE("an address that a sound list does not hold is not listed") {
  const auto listing =
      ask("zen.spamhaus.org", "203.0.113.26", sound("zen.spamhaus.org", "127.0.0.2"));
  CHECK(listing.listed == false);
  CHECK(listing.codes.empty());
  CHECK_FALSE(listing.problem);
}

TEST_CASE("RFC 5782 5: a list that lists everything, or its own test entry not, says nothing") {
  const auto wild =
      ask("zen.spamhaus.org", "203.0.113.25", "*.zen.spamhaus.org. 60 IN A 127.0.0.2\n");
  CHECK_FALSE(wild.listed);
  CHECK(wild.problem == "the list is broken: it lists 127.0.0.1");
  const auto dead =
      ask("zen.spamhaus.org", "203.0.113.25", "x.zen.spamhaus.org. 60 IN A 127.0.0.2\n");
  CHECK_FALSE(dead.listed);
  CHECK(dead.problem == "the list is broken or gone: it does not list 127.0.0.2");
  const auto listed_but_dead =
      ask("bl.example", "203.0.113.25", "25.113.0.203.bl.example. 60 IN A 127.0.0.2\n");
  CHECK_FALSE(listed_but_dead.listed);
}

TEST_CASE("a file of answers that holds nothing of a list leaves it unknown") {
  const auto listing = ask("zen.spamhaus.org", "203.0.113.25", "a.example. 60 IN A 203.0.113.1\n");
  CHECK_FALSE(listing.listed);
  CHECK(listing.problem);
}

TEST_CASE(
    "an IPv6 address is asked by its nibbles, and the list may show its health in either way") {
  const std::string host =
      "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example. 60 IN A "
      "127.0.0.2\n";
  CHECK(
      ask("bl.example", "2001:db8::1", host + "2.0.0.127.bl.example. 60 IN A 127.0.0.2\n").listed ==
      true);
  CHECK(ask("bl.example", "2001:db8::1",
            host + "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example. 60 "
                   "IN A 127.0.0.2\n")
            .listed == true);
  CHECK_FALSE(ask("bl.example", "2001:db8::1", host).listed);
}

TEST_CASE("lists whose last octet is a sum tell each of its parts") {
  const std::string test_entry = "test.surbl.org.multi.surbl.org. 60 IN A 127.0.0.64\n";
  const auto listing = ask("multi.surbl.org", "shop.example",
                           test_entry + "shop.example.multi.surbl.org. 60 IN A 127.0.0.24\n");
  CHECK(listing.listed == true);
  CHECK(listing.meaning == "phishing; malware");
  const auto blocked = ask("multi.surbl.org", "shop.example",
                           test_entry + "shop.example.multi.surbl.org. 60 IN A 127.0.0.1\n");
  CHECK_FALSE(blocked.listed);
  CHECK(blocked.problem == "the list refuses this resolver");
}

TEST_CASE("the silence of a list of names counts where it holds its test entry") {
  CHECK(ask("dbl.spamhaus.org", "shop.example", "dbltest.com.dbl.spamhaus.org. 60 IN A 127.0.1.2\n")
            .listed == false);
  CHECK_FALSE(
      ask("dbl.spamhaus.org", "shop.example", "x.dbl.spamhaus.org. 60 IN A 127.0.1.2\n").listed);
  CHECK_FALSE(
      ask("dbl.spamhaus.org", "shop.example", "*.dbl.spamhaus.org. 60 IN A 127.0.1.2\n").listed);
  const auto address = ask("dbl.spamhaus.org", "shop.example",
                           "dbltest.com.dbl.spamhaus.org. 60 IN A 127.0.1.2\n"
                           "shop.example.dbl.spamhaus.org. 60 IN A 127.0.1.255\n");
  CHECK_FALSE(address.listed);
  CHECK(address.problem == "the list holds names, and an address was asked");
}

TEST_CASE("a zone with a customer's key is read as the list that it is") {
  const auto listing =
      ask("k3y.zen.dq.spamhaus.net", "203.0.113.25", sound("k3y.zen.dq.spamhaus.net", "127.0.0.9"));
  CHECK(listing.meaning == "DROP: a network under the control of spammers");
}

TEST_CASE("the list's own words are kept, cut") {
  const auto zone = sound("bl.example", "127.0.0.2") + "25.113.0.203.bl.example. 60 IN TXT \"" +
                    std::string(200, 'a') + "\" \"" + std::string(200, 'b') + "\"\n";
  const auto listing = ask("bl.example", "203.0.113.25", zone);
  REQUIRE(listing.reason);
  CHECK(listing.reason->size() == trace::kMaxListReason);
}

TEST_CASE("lists are told apart by what they hold") {
  CHECK_FALSE(trace::is_list_of_names(zen()));
  CHECK(trace::is_list_of_names(*DomainName::parse("multi.uribl.com")));
  CHECK_FALSE(trace::is_list_of_names(*DomainName::parse("bl.example")));
}
