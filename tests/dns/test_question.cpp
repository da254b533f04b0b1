#include <unordered_set>

#include "dns/question.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;
using dns::Question;
using dns::Type;
using emltrace::DomainName;

TEST_CASE("a type is written by its mnemonic and read back, and has its IANA number") {
  struct Row {
    Type type;
    std::string_view name;
    int number;
  };
  const Row row =
      GENERATE(Row{Type::a, "A", 1}, Row{Type::ns, "NS", 2}, Row{Type::cname, "CNAME", 5},
               Row{Type::soa, "SOA", 6}, Row{Type::ptr, "PTR", 12}, Row{Type::mx, "MX", 15},
               Row{Type::txt, "TXT", 16}, Row{Type::aaaa, "AAAA", 28}, Row{Type::spf, "SPF", 99});
  CAPTURE(row.name);
  CHECK(dns::to_string(row.type) == row.name);
  CHECK(dns::parse_type(row.name) == row.type);
  CHECK(static_cast<int>(row.type) == row.number);
}

TEST_CASE("a type that is not in the list is none") {
  CHECK_FALSE(dns::parse_type("LOC"));
  CHECK_FALSE(dns::parse_type(""));
  CHECK_FALSE(dns::parse_type("txt"));
}

TEST_CASE("a question reads as name and type") {
  CHECK(dns::to_string(Question{*DomainName::parse("Example.ORG."), Type::txt}) ==
        "example.org TXT");
}

TEST_CASE("questions are equal where names are, whatever their case, and types are") {
  const Question a{*DomainName::parse("Example.org"), Type::a};
  const Question b{*DomainName::parse("example.ORG."), Type::a};
  const Question c{*DomainName::parse("example.org"), Type::aaaa};
  CHECK(a == b);
  CHECK(a != c);
  const std::unordered_set<Question> set = {a, b, c};
  CHECK(set.size() == 2);
}
