// Golden reports: what the command prints on each sample is what was read and approved.

#include <array>
#include <cstdio>
#include <filesystem>
#include <set>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/trace.hpp"

using namespace emltrace;
namespace fs = std::filesystem;

namespace {

const std::string kSamples = test::source_dir() + "/samples";

std::set<std::string> sample_names() {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(kSamples)) {
    if (entry.path().extension() == ".eml") names.insert(entry.path().stem().string());
  }
  return names;
}

// The samples are traced from within their folder, so that no path of this machine is in a report.
std::string print_report(const std::string& name, const std::string& options) {
  const std::string command = "cd '" + kSamples + "' && '" + test::command() + "' --zone " + name +
                              ".zone --now 2026-11-01T00:00:00Z " + options + " " + name + ".eml";
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  std::array<char, 4096> buffer{};
  while (const auto n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    out.append(buffer.data(), n);
  }
  CHECK(pclose(pipe) == 0);
  return out;
}

}  // namespace

TEST_CASE("every sample has a zone and an approved report, and prints it") {
  const auto names = sample_names();
  CHECK(names.size() >= 15);
  for (const auto& name : names) {
    CAPTURE(name);
    REQUIRE(fs::exists(kSamples + "/" + name + ".zone"));
    REQUIRE(fs::exists(kSamples + "/" + name + ".txt"));
    CHECK(print_report(name, "--color never --width 100") ==
          test::read_file(kSamples + "/" + name + ".txt"));
  }
}

TEST_CASE("two runs over the same input and answers print the same bytes") {
  // JSON tells the milliseconds that a run took, so it is never the same to the byte.
  for (const char* format : {"text", "authres"}) {
    CAPTURE(format);
    const std::string options = std::string("-f ") + format + " --authserv-id mx.example.org";
    CHECK(print_report("authentic", options) == print_report("authentic", options));
  }
}
