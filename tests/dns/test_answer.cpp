#include "dns/answer.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;
namespace ip = emltrace::ip;
using dns::Answer;
using dns::Status;
using dns::Type;
using emltrace::DomainName;

namespace {

DomainName name(std::string_view text) {
  return *DomainName::parse(text);
}

}  // namespace

TEST_CASE("every status has its word, and the word its status") {
  for (const Status status : {Status::ok, Status::no_data, Status::no_such_name, Status::failed,
                              Status::timed_out, Status::refused, Status::pending}) {
    CHECK(dns::parse_status(dns::to_string(status)) == status);
  }
  CHECK_FALSE(dns::parse_status("fine"));
}

TEST_CASE("an answer is pending, an error, or something to judge by") {
  Answer answer;
  CHECK(answer.pending());
  CHECK_FALSE(answer.error());
  for (const Status status : {Status::failed, Status::timed_out, Status::refused}) {
    answer.status = status;
    CHECK(answer.error());
    CHECK_FALSE(answer.pending());
  }
  for (const Status status : {Status::ok, Status::no_data, Status::no_such_name}) {
    answer.status = status;
    CHECK_FALSE(answer.error());
  }
}

TEST_CASE("addresses are those of A and AAAA records, aliases left out") {
  Answer answer;
  answer.records = {{name("www.example"), Type::cname, 60, name("host.example")},
                    {name("host.example"), Type::a, 60, *ip::Address::parse("192.0.2.1")},
                    {name("host.example"), Type::aaaa, 60, *ip::Address::parse("2001:db8::1")}};
  REQUIRE(answer.addresses().size() == 2);
  CHECK(answer.addresses()[0].text() == "192.0.2.1");
  CHECK(answer.addresses()[1].text() == "2001:db8::1");
  CHECK(answer.names().empty());
}

TEST_CASE("names are the PTR targets, not the aliases on the way to them (RFC 2317)") {
  Answer answer;
  const auto owner = name("1.2.0.192.in-addr.arpa");
  const auto alias = name("1.0-127.2.0.192.in-addr.arpa");
  answer.records = {{owner, Type::cname, 60, alias},
                    {alias, Type::ptr, 60, name("a.example")},
                    {alias, Type::ptr, 60, name("b.example")}};
  CHECK(answer.names() == std::vector<DomainName>{name("a.example"), name("b.example")});
}

TEST_CASE("exchanges come by ascending preference, equal ones in the order of the answer") {
  Answer answer;
  const auto mx = [](std::uint16_t preference, std::string_view host) {
    return dns::Record{name("example"), Type::mx, 60, dns::MailExchange{preference, name(host)}};
  };
  answer.records = {mx(20, "c.example"), mx(10, "b.example"), mx(20, "a.example")};
  const auto sorted = answer.exchanges();
  REQUIRE(sorted.size() == 3);
  CHECK(sorted[0].exchange == name("b.example"));
  CHECK(sorted[1].exchange == name("c.example"));
  CHECK(sorted[2].exchange == name("a.example"));
}

TEST_CASE("the strings of one TXT record are joined without a separator (RFC 7208 3.3)") {
  Answer answer;
  answer.records = {
      {name("example"), Type::txt, 60, dns::Text{{"v=spf1 .... first", "second string..."}}},
      {name("example"), Type::txt, 60, dns::Text{{}}},
      {name("example"), Type::spf, 60, dns::Text{{"v=spf1 -all"}}}};
  CHECK(answer.texts() ==
        std::vector<std::string>{"v=spf1 .... firstsecond string...", "", "v=spf1 -all"});
}
