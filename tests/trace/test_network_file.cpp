#include "support/catch.hpp"
#include "support/network_file.hpp"
#include "support/witness.hpp"
#include "trace/route/enrichment.hpp"
#include "trace/route/network_file.hpp"

using namespace emltrace;
using test::MmdbMap;

namespace {

ip::Address address(const char* text) {
  return *ip::Address::parse(text);
}

const test::Folder& folder() {
  static const test::Folder made;
  return made;
}

std::shared_ptr<const trace::NetworkFile> file_of(
    const std::string& name, int ip_version,
    const std::vector<std::pair<std::string, MmdbMap>>& rows) {
  folder().write(name, test::network_file(ip_version, rows));
  auto file = trace::NetworkFile::open(folder().path(name));
  if (!file) throw std::runtime_error(file.error());
  return *file;
}

std::shared_ptr<const trace::NetworkFile> systems() {
  return file_of("asn.mmdb", 6,
                 {{"203.0.113.0/24",
                   {{"autonomous_system_number", {23028U}},
                    {"autonomous_system_organization", {std::string("Firm")}}}},
                  {"2001:db8::/32", {{"autonomous_system_number", {64500U}}}}});
}

std::shared_ptr<const trace::NetworkFile> countries() {
  return file_of("country.mmdb", 4,
                 {{"203.0.113.0/25", {{"country", {MmdbMap{{"iso_code", {std::string("NL")}}}}}}},
                  {"198.51.100.0/24",
                   {{"registered_country", {MmdbMap{{"iso_code", {std::string("FR")}}}}}}}});
}

}  // namespace

TEST_CASE("a file of systems tells number, name and the prefix of its entry") {
  const auto network = systems()->find(address("203.0.113.25"));
  REQUIRE(network);
  CHECK(network->number == 23028);
  CHECK(network->name == "Firm");
  CHECK(network->prefix == "203.0.113.0/24");
  CHECK_FALSE(network->country);
  const auto v6 = systems()->find(address("2001:db8::9"));
  REQUIRE(v6);
  CHECK(v6->number == 64500);
  CHECK(v6->prefix == "2001:db8::/32");
  CHECK_FALSE(systems()->find(address("192.0.2.1")));
}

TEST_CASE("a file of countries tells the country, else that of the registration, and no network") {
  const auto network = countries()->find(address("203.0.113.25"));
  REQUIRE(network);
  CHECK(network->country == "NL");
  CHECK_FALSE(network->number);
  CHECK_FALSE(network->prefix);
  CHECK(countries()->find(address("198.51.100.1"))->country == "FR");
  CHECK_FALSE(countries()->find(address("2001:db8::1")));  // IPv6 in a file of IPv4
}

TEST_CASE("files that write the number as a word and the country as a code are read too") {
  const auto file = file_of("ipinfo.mmdb", 4,
                            {{"203.0.113.0/24",
                              {{"asn", {std::string("AS23028")}},
                               {"as_name", {std::string("Firm")}},
                               {"country", {std::string("Netherlands")}},
                               {"country_code", {std::string("NL")}}}}});
  const auto network = file->find(address("203.0.113.1"));
  REQUIRE(network);
  CHECK(network->number == 23028);
  CHECK(network->name == "Firm");
  CHECK(network->country == "NL");
}

TEST_CASE("several files together tell network and country, and nobody is asked") {
  class Nobody final : public dns::Client {
   public:
    const dns::Answer& ask(const dns::Question& question) override {
      FAIL_CHECK("asked " + dns::to_string(question));
      return none_;
    }

   private:
    dns::Answer none_;
  };
  trace::Wanted wanted;
  wanted.asn = true;
  wanted.files = {countries(), systems()};
  trace::Enquiry enquiry;
  enquiry.claimed = trace::AskedAddress{address("203.0.113.25"), std::nullopt};
  Nobody nobody;
  const auto found = trace::enrich(nobody, wanted, enquiry);
  REQUIRE(found.claimed_asn);
  CHECK(found.claimed_asn->number == 23028);
  CHECK(found.claimed_asn->country == "NL");
  CHECK(found.claimed_asn->prefix == "203.0.113.0/24");
}

TEST_CASE("what is no such file is refused with one reason") {
  folder().write("text", "From: a@b.example\n\n");
  const auto text = trace::NetworkFile::open(folder().path("text"));
  REQUIRE_FALSE(text);
  CHECK(text.error() == folder().path("text") + ": not a readable MaxMind DB file");
  const auto missing = trace::NetworkFile::open(folder().path("missing"));
  REQUIRE_FALSE(missing);
  CHECK(missing.error() == folder().path("missing") + ": No such file or directory");
  const auto directory = trace::NetworkFile::open(folder().path());
  REQUIRE_FALSE(directory);
  CHECK(directory.error() == folder().path() + ": not a regular file");
}

TEST_CASE("a damaged file tells nothing, or less") {
  std::string bytes =
      test::network_file(4, {{"203.0.113.0/24", {{"autonomous_system_number", {23028U}}}}});
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x5a);
    folder().write("damaged.mmdb", damaged);
    const auto file = trace::NetworkFile::open(folder().path("damaged.mmdb"));
    if (!file) continue;
    const auto network = (*file)->find(address("203.0.113.25"));
    if (network && network->number) CHECK(network->prefix);
  }
}
