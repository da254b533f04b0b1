// Who takes reports about a message, and in which order.

#include <fmt/format.h>

#include "support/catch.hpp"
#include "trace/contact_choice.hpp"

using namespace emltrace;
using namespace emltrace::trace;

namespace {

Report report_of(const char* client, const char* origin) {
  Report report;
  report.envelope.client_ip = ip::Address::parse(client);
  report.origin.ip = ip::Address::parse(origin);
  report.enrichment.abuse = {{"abuse@origin.example", "abusix"}};
  report.enrichment.client_abuse = {{"abuse@client.example", "abusix"}};
  return report;
}

Handle handle(const char* value, const char* contact, bool trusted = true) {
  Handle out;
  out.value = value;
  out.trusted = trusted;
  out.report_to = {{contact, "provider"}};
  return out;
}

// Addresses in order, each with the values of its handles behind it.
std::string told(const Report& report) {
  std::string out;
  for (const Addressee& addressee : addressees(report)) {
    out += out.empty() ? "" : " ";
    out += addressee.contact.address;
    for (const Handle* handle : addressee.handles) out += fmt::format("<{}", handle->value);
  }
  return out;
}

}  // namespace

TEST_CASE(
    "the reported source is the client at the border, else the last address to be looked up") {
  const auto source = [](const Report& report) {
    const auto found = reported_source(report);
    return found ? fmt::format("{} {}", found->address.text(), found->is_client) : std::string();
  };
  CHECK(source(report_of("203.0.113.25", "198.51.100.7")) == "203.0.113.25 true");
  CHECK(source(report_of("10.0.0.1", "198.51.100.7")) == "198.51.100.7 false");
  // Microsoft's inner space: no outside host has it.
  CHECK(source(report_of("2603:1000:1::1", "198.51.100.7")) == "198.51.100.7 false");
  CHECK(source(report_of("", "198.51.100.7")) == "198.51.100.7 false");
  CHECK(source(report_of("", "")).empty());
}

TEST_CASE("operators of genuine handles stand first, then the source's network, then the other's") {
  Report report = report_of("203.0.113.25", "198.51.100.7");
  CHECK(told(report) == "abuse@client.example abuse@origin.example");
  report.handles = {handle("a1", "abuse@service.example"),
                    handle("x", "abuse@copied.example", false),
                    handle("t2", "Abuse@service.example")};
  CHECK(told(report) == "abuse@service.example<a1<t2 abuse@client.example abuse@origin.example");
  SECTION("where the origin is what is reported its network goes before the client's") {
    report.envelope.client_ip = ip::Address::parse("10.0.0.1");
    CHECK(told(report) == "abuse@service.example<a1<t2 abuse@origin.example abuse@client.example");
  }
  SECTION("an address stands once, with all that its reader needs") {
    report.enrichment.client_abuse = {{"abuse@service.example", "abusix"}};
    CHECK(told(report) == "abuse@service.example<a1<t2 abuse@origin.example");
  }
  SECTION("each network is named by the address that it has") {
    const auto all = addressees(report);
    REQUIRE(all.size() == 3);
    CHECK_FALSE(all[0].network);
    CHECK(all[1].network->text() == "203.0.113.25");
    CHECK(all[2].network->text() == "198.51.100.7");
  }
  CHECK(told(Report()).empty());
}

TEST_CASE("the party that a report goes to is the first of them that has a mailbox") {
  Report report = report_of("203.0.113.25", "198.51.100.7");
  const auto to = [&] {
    const auto contact = contact_for(report, reported_source(report)->address);
    return contact ? contact->address : std::string();
  };
  CHECK(to() == "abuse@client.example");
  report.handles = {handle("a1", "https://service.example/abuse")};
  CHECK(to() == "abuse@client.example");
  CHECK(told(report) ==
        "https://service.example/abuse<a1 abuse@client.example abuse@origin.example");
  report.handles.push_back(handle("a2", "abuse@service.example"));
  CHECK(to() == "abuse@service.example");
  report.handles.clear();
  report.enrichment.client_abuse.clear();
  CHECK(to().empty());  // the network of the origin does not answer for the client
}
