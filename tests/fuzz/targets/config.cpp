#include "cli/config.hpp"

#include <algorithm>
#include <vector>

#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

const std::vector<std::string> kOptions{"trust",   "format",  "resolver", "timeout",
                                        "offline", "verbose", "border",   "width"};

void run(std::string_view input) {
  const auto settings = cli::parse_settings(input, "fuzz.toml", kOptions);
  if (!settings) {
    expect(settings.error().starts_with("fuzz.toml:"), "an error names file and line");
    expect(settings.error().find('\n') == std::string::npos, "an error is one line");
    return;
  }
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  std::size_t line = 0;
  for (const cli::Setting& setting : *settings) {
    expect(std::ranges::find(kOptions, setting.name) != kOptions.end(), "a setting is an option");
    expect(setting.line >= line && setting.line <= lines, "settings stand in order, in the file");
    line = setting.line;
  }
}

Inputs seeds() {
  Inputs out = files({".toml"});
  out.insert(out.end(),
             {"trust = [\"mx.example.org\", \".example.net\"]\n# a comment\nborder = 2\n",
              "offline = true\nformat = 'json'\nwidth = 1_00\ntimeout = 1e1\n",
              "[trust]\na = 1979-05-27\n", "resolver = \"\"\"\n192.0.2.53\"\"\"\n"});
  return out;
}

const Registration registration({"config", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
