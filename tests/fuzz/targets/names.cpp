#include <string>

#include "base/domain.hpp"
#include "base/ip.hpp"
#include "base/text.hpp"
#include "dns/resolv_conf.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

void check_name(const std::optional<DomainName>& name) {
  if (!name) return;
  expect(name->text().size() <= 253, "a name is not above 253 octets");
  expect(DomainName::parse_octets(name->text()) == name, "a name is read back");
  expect(text::is_utf8(name->unicode()), "a name for people is UTF-8");
  expect(name->last_labels(name->label_count()) == *name, "all labels are the name");
  const auto parent = name->parent();
  expect(parent.has_value() == (name->label_count() > 1), "all but a single label has a parent");
  if (parent)
    expect(name->is_within(*parent) && !parent->is_within(*name), "a name is within its parent");
}

void check_addresses(std::string_view input) {
  if (const auto address = ip::Address::parse(input)) {
    expect(ip::Address::parse(address->text()) == address, "an address is read back");
    expect(DomainName::parse(address->reverse_name()).has_value(), "a reverse name is a name");
  }
  if (const auto network = ip::Network::parse(input)) {
    expect(network->contains(network->address()), "a network holds its own address");
  }
  if (const auto server = dns::parse_server(input)) {
    const auto again = dns::parse_server(server->text());
    expect(again && *again == *server, "a server is read back");
  }
}

void run(std::string_view input) {
  check_name(DomainName::parse(input));
  check_name(DomainName::parse_octets(input));
  check_name(DomainName::parse_host(input));
  check_addresses(input);
  expect(dns::parse_resolv_conf(input).servers.size() <= dns::kMaxServers,
         "the number of servers is bounded");
}

Inputs seeds() {
  Inputs out{"192.0.2.1",      "192.0.2.0/24",
             "2001:db8::/32",  "::ffff:192.0.2.1",
             "[::1]:53",       "[fe80::1%eth0]:53",
             "bücher.example", "xn--bcher-kva.example",
             "127.0.0.1:53",   "nameserver 192.0.2.1\noptions attempts:3"};
  for (const auto& entry : zone_entries()) out.push_back(entry.owner.text());
  return out;
}

const Registration registration({"names", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
