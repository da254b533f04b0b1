#include <algorithm>

#include "auth/dmarc/record.hpp"
#include "support/catch.hpp"

namespace dmarc = emltrace::dmarc;
using dmarc::parse_record;
using dmarc::Policy;
using dmarc::PolicyRecord;
using dmarc::PublicSuffix;
using emltrace::dmarc::Mode;

namespace {

PolicyRecord record(std::string_view text, Mode mode = Mode::rfc9989) {
  const auto parsed = parse_record(text, mode);
  REQUIRE(parsed);
  return *parsed;
}

bool warns(const PolicyRecord& parsed, const std::string& warning) {
  return std::find(parsed.warnings.begin(), parsed.warnings.end(), warning) !=
         parsed.warnings.end();
}

}  // namespace

TEST_CASE("RFC 9989 4.7: a record begins with v=DMARC1, in this case of letters") {
  for (const char* text : {"v=DMARC1", "v=DMARC1;p=none", "v = DMARC1 ; p = none ;", "v=DMARC1;",
                           "v\t=\tDMARC1", "V=DMARC1; p=none"}) {
    CAPTURE(text);
    CHECK(parse_record(text, Mode::rfc9989));
    CHECK(parse_record(text, Mode::rfc7489));
  }
  for (const char* text : {"", "v", "v=", "v=dmarc1; p=none", "V=dmarc1; p=none",
                           "v=DMARc1; p=none", " v=DMARC1", "p=none; v=DMARC1", "v=DMARC2; p=none",
                           "v=DMARC1 p=none", "v=spf1 -all", "v=DMARC1,p=none", "\"v=DMARC1\""}) {
    CAPTURE(text);
    CHECK_FALSE(parse_record(text, Mode::rfc9989));
    CHECK_FALSE(parse_record(text, Mode::rfc7489));
  }
}

TEST_CASE("RFC 9989 4.7: every tag is read") {
  const PolicyRecord all = record(
      "v=DMARC1; p=reject; sp=quarantine; np=none; adkim=s; aspf=s; psd=n; t=y; fo=1:d:s; "
      "rua=mailto:a@example.com, mailto:b@example.net; ruf=mailto:c@example.com");
  CHECK(all.p == Policy::reject);
  CHECK(all.sp == Policy::quarantine);
  CHECK(all.np == Policy::none);
  CHECK(all.strict_dkim);
  CHECK(all.strict_spf);
  CHECK(all.psd == PublicSuffix::no);
  CHECK(all.testing);
  CHECK(all.aggregate_reports ==
        std::vector<std::string>{"mailto:a@example.com", "mailto:b@example.net"});
  CHECK(all.failure_reports == std::vector<std::string>{"mailto:c@example.com"});
  CHECK(all.warnings.empty());
  CHECK_FALSE(all.problem);
}

TEST_CASE("RFC 9989 4.7: defaults") {
  const PolicyRecord plain = record("v=DMARC1; p=quarantine");
  CHECK_FALSE(plain.sp);
  CHECK_FALSE(plain.np);
  CHECK_FALSE(plain.strict_dkim);
  CHECK_FALSE(plain.strict_spf);
  CHECK(plain.psd == PublicSuffix::unknown);
  CHECK_FALSE(plain.testing);
  CHECK(plain.percent == 100);
}

TEST_CASE("RFC 9989 4.8: the names of tags are of any case, and still stand once") {
  const PolicyRecord shouted = record("V=DMARC1; P=Reject; ADKIM=S; Sp=none; sP=reject; X=1");
  CHECK(shouted.p == Policy::reject);
  CHECK(shouted.sp == Policy::none);
  CHECK(shouted.strict_dkim);
  CHECK_FALSE(shouted.strict_spf);
  CHECK(shouted.warnings == std::vector<std::string>{"duplicate tag sp", "unknown tag 'X'"});
  CHECK(record("v=DMARC1; P=none", Mode::rfc7489).p == Policy::none);
}

TEST_CASE("RFC 9989 4.8: values are read without regard to case, white space around them is free") {
  const PolicyRecord loose = record("v=DMARC1 ;\tp = REJECT ;; sp =Quarantine;ADKIM=s;adkim= S ; ");
  CHECK(loose.p == Policy::reject);
  CHECK(loose.sp == Policy::quarantine);
  CHECK(loose.strict_dkim);
  CHECK(warns(loose, "empty tag"));
  CHECK(warns(loose, "duplicate tag adkim"));
}

TEST_CASE("RFC 9989 4.7: faults outside the policy leave the defaults and are told") {
  const PolicyRecord faulty = record(
      "v=DMARC1; p=reject; adkim=x; aspf=; psd=maybe; t=1; fo=2; rua=a@example.com,mailto:x, "
      "mailto:ok@example.com; junk; zz=1; p=none; v=DMARC1");
  CHECK(faulty.p == Policy::reject);
  CHECK_FALSE(faulty.strict_dkim);
  CHECK_FALSE(faulty.strict_spf);
  CHECK(faulty.aggregate_reports == std::vector<std::string>{"mailto:ok@example.com"});
  CHECK(faulty.warnings ==
        std::vector<std::string>{"invalid value 'x' of tag adkim", "invalid value '' of tag aspf",
                                 "invalid value 'maybe' of tag psd", "invalid value '1' of tag t",
                                 "invalid value '2' of tag fo",
                                 "invalid URI 'a@example.com' in tag rua",
                                 "invalid URI 'mailto:x' in tag rua", "no '=' in 'junk'",
                                 "unknown tag 'zz'", "duplicate tag p", "duplicate tag v"});
  CHECK_FALSE(faulty.problem);
}

TEST_CASE("RFC 9989 4.7: tags that were removed are named, and do nothing") {
  const PolicyRecord old = record("v=DMARC1; p=reject; pct=10; rf=afrf; ri=86400");
  CHECK(old.percent == 100);
  CHECK(old.warnings == std::vector<std::string>{"tag pct was removed by RFC 9989",
                                                 "tag rf was removed by RFC 9989",
                                                 "tag ri was removed by RFC 9989"});
}

TEST_CASE("RFC 9989 4.7: a record without p asks for none") {
  const PolicyRecord without = record("v=DMARC1; sp=reject; rua=mailto:a@example.com");
  CHECK(without.p == Policy::none);
  CHECK(without.sp == Policy::reject);
  CHECK_FALSE(without.problem);
  CHECK(warns(without, "tag p is missing: taken as none"));
  CHECK_FALSE(record("v=DMARC1").problem);
}

TEST_CASE("RFC 9989 4.10.1: an invalid policy counts as none where rua is valid, else not at all") {
  struct Row {
    const char* text;
    bool usable;
  };
  const Row rows[] = {
      {"v=DMARC1; p=rejected; rua=mailto:a@example.com", true},
      {"v=DMARC1; p=reject; sp=block; rua=mailto:a@example.com", true},
      {"v=DMARC1; p=reject; np=; rua=https://example.com/x", true},
      {"v=DMARC1; p=rejected", false},
      {"v=DMARC1; p=reject; sp=block", false},
      {"v=DMARC1; p=reject; np=drop; rua=nothing", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const PolicyRecord parsed = record(row.text);
    CHECK(parsed.problem.has_value() != row.usable);
    if (row.usable) {
      CHECK(parsed.p == Policy::none);
      CHECK_FALSE(parsed.sp);
      CHECK_FALSE(parsed.np);
    }
  }
  CHECK(record("v=DMARC1; p=rejected").problem ==
        std::string("tag p is not valid and no valid rua stands in the record"));
}

TEST_CASE("RFC 7489 6.3: p is required, pct counts, later tags are unknown") {
  CHECK(record("v=DMARC1", Mode::rfc7489).problem);
  CHECK(record("v=DMARC1; rua=mailto:a@example.com", Mode::rfc7489).p == Policy::none);
  const PolicyRecord parsed =
      record("v=DMARC1; p=reject; pct=25; rf=afrf; ri=3600; np=none; t=y; psd=y", Mode::rfc7489);
  CHECK(parsed.percent == 25);
  CHECK_FALSE(parsed.np);
  CHECK_FALSE(parsed.testing);
  CHECK(parsed.psd == PublicSuffix::unknown);
  CHECK(parsed.warnings == std::vector<std::string>{"tag np is unknown to RFC 7489",
                                                    "tag t is unknown to RFC 7489",
                                                    "tag psd is unknown to RFC 7489"});
  CHECK(record("v=DMARC1; p=reject; pct=101", Mode::rfc7489).percent == 100);
}

TEST_CASE("a record of any size and bytes is read in bounds") {
  std::string huge = "v=DMARC1; p=reject";
  for (int i = 0; i < 50'000; ++i) huge += ";=x;;y=\xff;rua=,,,";
  const PolicyRecord parsed = record(huge);
  CHECK(parsed.p == Policy::reject);
  CHECK(parsed.warnings.size() < 100);
  CHECK(parse_record(std::string("v=DMARC1;p=none;\0=\0", 18), Mode::rfc9989));
}

TEST_CASE("a text that was meant to be a record is told from others") {
  CHECK(dmarc::resembles_record("v=dmarc1; p=none"));
  CHECK(dmarc::resembles_record(" v=DMARC1; p=none"));
  CHECK_FALSE(dmarc::resembles_record("v=spf1 -all"));
}
