// The published SPF test suite, where its file is at hand: each scenario is a zone and its cases.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <iostream>
#include <set>

#include "auth/spf/spf.hpp"
#include "base/text.hpp"
#include "dns/resolver.hpp"
#include "dns/settle.hpp"
#include "dns/zone.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"
#include "support/paths.hpp"

namespace emltrace {
namespace {

const std::string kSuite = test::shared_dir() + "/suites/rfc7208-tests.yml";
constexpr std::size_t kCasesInSuite = 203;

struct Case {
  std::string name;
  spf::Request request;
  std::vector<std::string> accepted;
  std::optional<std::string> explanation;  ///< `DEFAULT`: none of the sender's
};

struct Scenario {
  std::string description;
  std::string zone;
  std::set<std::string> timeouts;  ///< names at which what is not in the zone is never answered
  std::vector<Case> cases;
};

// Master file text of any octets: RFC 1035 5.1.
std::string escaped(std::string_view octets, std::string_view plain) {
  std::string out;
  for (const char c : octets) {
    if (text::is_alnum(c) || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("\\{:03}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string absolute(const std::string& name) {
  if (name.empty()) return ".";
  return escaped(name, ".-_") + (name.ends_with('.') ? "" : ".");
}

std::string txt_data(const YAML::Node& value) {
  const auto quoted = [](const std::string& s) {
    std::string out;
    for (std::size_t at = 0; at == 0 || at < s.size(); at += 255) {
      out += " \"" + escaped(s.substr(at, 255), " =:.-") + "\"";
    }
    return out;
  };
  if (value.IsScalar()) return quoted(value.as<std::string>());
  if (value.size() == 0) return " \"\"";
  std::string out;
  for (const auto& part : value) out += quoted(part.as<std::string>());
  return out;
}

std::string record_data(const std::string& type, const YAML::Node& value) {
  if (type == "TXT") return txt_data(value);
  if (type == "MX") {
    return " " + value[0].as<std::string>() + " " + absolute(value[1].as<std::string>());
  }
  if (type == "PTR" || type == "CNAME") return " " + absolute(value.as<std::string>());
  return " " + value.as<std::string>();
}

// The suite's shorthand: an `SPF` entry stands for TXT where the name has no TXT entry of its own,
// and `TXT: NONE` is such an entry without a record.
void add_name(Scenario& scenario, const std::string& name, const YAML::Node& entries) {
  const auto has_type = [&](const std::string& type) {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const auto& entry) { return entry.IsMap() && entry[type]; });
  };
  const std::string text_type = has_type("TXT") ? "TXT" : "SPF";
  for (const auto& entry : entries) {
    if (entry.IsScalar()) {
      REQUIRE(entry.as<std::string>() == "TIMEOUT");
      scenario.timeouts.insert(name);
      continue;
    }
    auto type = entry.begin()->first.as<std::string>();
    const YAML::Node value = entry.begin()->second;
    if (value.IsScalar() && value.as<std::string>() == "NONE") continue;
    if (type == "SPF" && text_type != "SPF") continue;
    if (type == "SPF") type = "TXT";
    scenario.zone +=
        fmt::format("{} 300 IN {}{}\n", absolute(name), type, record_data(type, value));
  }
}

Case read_case(const std::string& name, const YAML::Node& node) {
  Case result;
  result.name = name;
  const auto client = ip::Address::parse(node["host"].as<std::string>());
  REQUIRE(client);
  result.request.client = *client;
  result.request.helo = node["helo"].as<std::string>();
  result.request.mail_from = node["mailfrom"].as<std::string>();
  const YAML::Node accepted = node["result"];
  result.accepted = accepted.IsScalar() ? std::vector<std::string>{accepted.as<std::string>()}
                                        : accepted.as<std::vector<std::string>>();
  if (node["explanation"]) result.explanation = node["explanation"].as<std::string>();
  return result;
}

std::vector<Scenario> read_suite() {
  std::vector<Scenario> scenarios;
  for (const YAML::Node& document : YAML::LoadAllFromFile(kSuite)) {
    Scenario& scenario = scenarios.emplace_back();
    scenario.description = document["description"].as<std::string>();
    for (const auto& item : document["zonedata"]) {
      add_name(scenario, item.first.as<std::string>(), item.second);
    }
    for (const auto& item : document["tests"]) {
      scenario.cases.push_back(read_case(item.first.as<std::string>(), item.second));
    }
  }
  return scenarios;
}

bool suite_is_here() {
  if (std::filesystem::exists(kSuite)) return true;
  std::cerr << "WARNING: the published SPF suite is not run: there is no " << kSuite << '\n';
  return false;
}

dns::Zone zone_of(const Scenario& scenario) {
  dns::Zone zone;
  const auto added = zone.add_text(scenario.zone, "suite");
  INFO((added ? std::string() : added.error()));
  REQUIRE(added);
  return zone;
}

/// The scenario as a table: the zone, but for the names that do not answer.
class ScenarioSource final : public dns::Source {
 public:
  explicit ScenarioSource(const Scenario& scenario) : zone_(zone_of(scenario)) {
    for (const auto& name : scenario.timeouts) timeouts_.insert(*DomainName::parse(name));
  }
  void fetch(const dns::Question& question, Clock::time_point, Done done) override {
    dns::Answer answer = zone_.lookup(question);
    if (answer.status != dns::Status::ok && timeouts_.contains(question.name)) {
      answer.status = dns::Status::timed_out;
    }
    done(std::move(answer));
  }
  void run() override {}
  std::string_view mode() const override { return "zone"; }
  std::vector<std::string> servers() const override { return {}; }

 private:
  dns::Zone zone_;
  std::set<DomainName> timeouts_;
};

/// All cases of a scenario at once, so that their time-outs overlap.
std::vector<spf::Verdict> run(const Scenario& scenario, dns::Source& source) {
  dns::Known known;
  const auto deadline = dns::Source::Clock::now() + std::chrono::minutes(5);
  return dns::settle(known, source, deadline, [&](dns::Client& client) {
    std::vector<spf::Verdict> verdicts;
    for (const Case& each : scenario.cases) {
      verdicts.push_back(spf::check_host(client, each.request));
    }
    return verdicts;
  });
}

std::size_t check_all(const Scenario& scenario, const std::vector<spf::Verdict>& verdicts) {
  REQUIRE(verdicts.size() == scenario.cases.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Case& expected = scenario.cases[i];
    const spf::Verdict& got = verdicts[i];
    const std::string result(auth::to_string(got.result));
    INFO(scenario.description << ": " << expected.name << ": " << result << ", "
                              << got.problem.value_or("no problem"));
    CHECK(std::count(expected.accepted.begin(), expected.accepted.end(), result) == 1);
    if (expected.explanation && *expected.explanation != "DEFAULT") {
      CHECK(got.explanation == expected.explanation);
    } else if (expected.explanation) {
      CHECK(!got.explanation);
    }
  }
  return verdicts.size();
}

void make_silent(test::FaultyDns& server, const Scenario& scenario) {
  const dns::Zone zone = zone_of(scenario);
  for (const auto& name : scenario.timeouts) {
    for (const auto type :
         {dns::Type::a, dns::Type::aaaa, dns::Type::mx, dns::Type::ptr, dns::Type::txt}) {
      if (zone.lookup({*DomainName::parse(name), type}).status == dns::Status::ok) continue;
      server.on(name, type, test::Fault::silence);
    }
  }
}

TEST_CASE("the published SPF suite holds against the table", "[suite]") {
  if (!suite_is_here()) return;
  std::size_t cases = 0;
  for (const Scenario& scenario : read_suite()) {
    ScenarioSource source(scenario);
    cases += check_all(scenario, run(scenario, source));
  }
  CHECK(cases == kCasesInSuite);
}

TEST_CASE("the published SPF suite holds against the resolver", "[suite]") {
  if (!suite_is_here()) return;
  std::size_t cases = 0;
  for (const Scenario& scenario : read_suite()) {
    test::FaultyDns server(scenario.zone);
    make_silent(server, scenario);
    dns::Resolver resolver({.servers = {*dns::parse_server(server.server())},
                            .timeout = std::chrono::milliseconds(800)});
    cases += check_all(scenario, run(scenario, resolver));
  }
  CHECK(cases == kCasesInSuite);
}

}  // namespace
}  // namespace emltrace
