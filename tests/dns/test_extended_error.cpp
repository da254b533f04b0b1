#include <algorithm>
#include <string>

#include "dns/extended_error.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;
using namespace std::string_literals;

namespace {

/// An option of OPT: code, length, data.
std::string option(char code, const std::string& data) {
  return "\0"s + code + static_cast<char>(data.size() >> 8U) + static_cast<char>(data.size()) +
         data;
}

std::string error(char code, const std::string& text = "") {
  return option(15, "\0"s + code + text);
}

}  // namespace

TEST_CASE("an extended error is named as IANA does, with its text") {
  struct Row {
    std::string options;
    std::string text;
  };
  const Row row = GENERATE(
      Row{"", ""}, Row{error(0), "Other Error"}, Row{error(6), "DNSSEC Bogus"},
      Row{error(7, "since May"), "Signature Expired: since May"},
      Row{error(6, "no key\0"s), "DNSSEC Bogus: no key"},
      Row{error(22) + error(23, "timeout"), "No Reachable Authority; Network Error: timeout"},
      Row{error(30), "Invalid Query Type"}, Row{error(31), "extended error 31"},
      Row{option(15, "\xC0\x01"), "extended error 49153"},
      Row{option(10, "cookie00") + error(9), "DNSKEY Missing"},
      Row{error(6, "\xFFx"), "DNSSEC Bogus: \xEF\xBF\xBDx"});
  CAPTURE(row.text);
  CHECK(dns::read_extended_errors(row.options).text == row.text);
}

TEST_CASE("an option that is cut short tells nothing, what stands before it counts") {
  CHECK(dns::read_extended_errors(option(15, "\0"s)).text.empty());
  CHECK(dns::read_extended_errors("\0\x0f\0\x05\0\x06"s).text.empty());
  CHECK(dns::read_extended_errors(error(6) + "\0\x0f\0"s).text == "DNSSEC Bogus");
}

TEST_CASE("texts and their number are bounded") {
  CHECK(dns::read_extended_errors(error(6, std::string(300, 'x'))).text ==
        "DNSSEC Bogus: " + std::string(dns::kMaxExtraText, 'x') + " …");
  std::string many;
  for (int i = 0; i < 9; ++i) many += error(1);
  const std::string text = dns::read_extended_errors(many).text;
  CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), ';')) ==
        dns::kMaxExtendedErrors - 1);
}

TEST_CASE("an answer is withheld where it was forged, blocked, censored or filtered") {
  for (const char code : {'\x04', '\x0f', '\x10', '\x11'})
    CHECK(dns::read_extended_errors(error(code)).withheld);
  for (const char code : {'\0', '\x03', '\x06', '\x0d', '\x12', '\x13', '\x16'}) {
    CHECK_FALSE(dns::read_extended_errors(error(code)).withheld);
  }
  CHECK_FALSE(dns::read_extended_errors("").withheld);
}
