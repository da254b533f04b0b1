#include <thread>
#include <vector>

#include "auth/dmarc/org_domain.hpp"
#include "support/catch.hpp"

using emltrace::DomainName;
using emltrace::auth::registrable_domain;
using emltrace::auth::same_organization;

namespace {

DomainName name(const char* text) {
  return *DomainName::parse(text);
}

}  // namespace

TEST_CASE("the registrable domain is one label below the public suffix") {
  struct Row {
    const char* given;
    const char* expected;
  };
  const Row rows[] = {
      {"example.com", "example.com"},
      {"mail.example.com", "example.com"},
      {"a.b.c.example.co.uk", "example.co.uk"},
      {"linuxaid.com.cn", "linuxaid.com.cn"},
      {"mail.alpha.com.cn", "alpha.com.cn"},
      // Wildcard rule *.ck and its exception !www.ck.
      {"shop.anything.ck", "shop.anything.ck"},
      {"a.shop.anything.ck", "shop.anything.ck"},
      {"a.www.ck", "www.ck"},
      // The private section counts: two people's pages are not one organization.
      {"a.user.github.io", "user.github.io"},
      // A top-level domain without a rule is its own suffix (the default rule "*").
      {"mail.host.unlisted", "host.unlisted"},
      // Underscore labels stand below the domain like any other.
      {"_dmarc.example.com", "example.com"},
      // A-labels: \u516c\u53f8.cn is a public suffix.
      {"mail.example.xn--55qx5d.cn", "example.xn--55qx5d.cn"},
      {"MAIL.Example.COM.", "example.com"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.given);
    CHECK(registrable_domain(name(row.given)).text() == row.expected);
  }
}

TEST_CASE("a public suffix itself is given back as it is") {
  for (const char* suffix : {"com", "co.uk", "com.cn", "github.io", "anything.ck", "unlisted"}) {
    CAPTURE(suffix);
    CHECK(registrable_domain(name(suffix)).text() == suffix);
  }
}

TEST_CASE("two names are of one organization where their registrable domains are equal") {
  CHECK(same_organization(name("a.example.com"), name("b.c.example.com")));
  CHECK(same_organization(name("example.co.uk"), name("mail.example.co.uk")));
  CHECK_FALSE(same_organization(name("a.co.uk"), name("b.co.uk")));
  CHECK_FALSE(same_organization(name("a.github.io"), name("b.github.io")));
  CHECK_FALSE(same_organization(name("example.com"), name("example.net")));
}

TEST_CASE("many threads may ask the list at once") {
  std::vector<std::thread> threads;
  std::vector<std::string> found(8);
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&found, i] { found[i] = registrable_domain(name("a.b.co.uk")).text(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : found) CHECK(text == "b.co.uk");
}

TEST_CASE("a file that is no list is refused by name") {
  const auto missing = emltrace::auth::use_public_suffix_list("/nonexistent/list.dat");
  REQUIRE_FALSE(missing);
  CHECK(missing.error() == "/nonexistent/list.dat: not a readable public suffix list");
}
