#include "cli/config.hpp"

#include <algorithm>
#include <vector>

#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

const std::vector<std::string> kOptions{"trust",   "format",  "resolver",     "timeout",
                                        "offline", "verbose", "border",       "width",
                                        "own",     "vip",     "trust-sealer", "redact-key"};

void expect_in_order(const std::vector<cli::Setting>& settings, std::size_t lines) {
  std::size_t line = 0;
  for (const cli::Setting& setting : settings) {
    expect(std::ranges::find(kOptions, setting.name) != kOptions.end(), "a setting is an option");
    expect(setting.line >= line && setting.line <= lines, "settings stand in order, in the file");
    line = setting.line;
  }
}

void run(std::string_view input) {
  const auto config = cli::parse_configuration(input, "fuzz.toml", kOptions);
  if (!config) {
    expect(config.error().starts_with("fuzz.toml:"), "an error names file and line");
    expect(config.error().find('\n') == std::string::npos, "an error is one line");
    return;
  }
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  expect_in_order(config->settings, lines);
  for (const cli::Profile& profile : config->profiles) expect_in_order(profile.settings, lines);
}

Inputs seeds() {
  Inputs out = files({".toml"});
  out.insert(
      out.end(),
      {"trust = [\"mx.example.org\", \".example.net\"]\n# a comment\nborder = 2\n",
       "offline = true\nformat = 'json'\nwidth = 1_00\ntimeout = 1e1\n",
       "[trust]\na = 1979-05-27\n", "[trust]\nhosts = ['a.example']\n[own]\npeople = 'Ann'\n",
       "[profile.home.trust]\nsealers = 'l.example'\n[profile.work]\noffline = true\n",
       "resolver = \"\"\"\n192.0.2.53\"\"\"\n"});
  return out;
}

const Registration registration({"config", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
