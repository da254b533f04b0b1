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
  const std::string command = "cd '" + kSamples + "' && LC_ALL=C.UTF-8 '" + test::command() +
                              "' --zone " + name + ".zone --now 2026-11-01T00:00:00Z " + options +
                              " " + name + ".eml";
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

// A page of 80 columns has its addresses below the hosts, one of 120 has them beside.
TEST_CASE("some samples have approved reports for narrow and wide pages, and with every detail") {
  const std::string golden = test::source_dir() + "/tests/report/golden/";
  std::size_t reports = 0;
  for (const auto& entry : fs::directory_iterator(golden)) {
    // NAME.WIDTH.txt, NAME.WIDTH.verbose.txt
    const std::string file = entry.path().filename().string();
    CAPTURE(file);
    const std::string name = file.substr(0, file.find('.'));
    const std::string width =
        file.substr(name.size() + 1, file.find('.', name.size() + 1) - name.size() - 1);
    const char* detail = file.find(".verbose.") == std::string::npos ? "" : " -v";
    CHECK(print_report(name, "--color never --width " + width + detail) ==
          test::read_file(golden + file));
    ++reports;
  }
  CHECK(reports >= 8);
}

TEST_CASE("two runs over the same input and answers print the same bytes") {
  // JSON tells the milliseconds that a run took, so it is never the same to the byte.
  for (const char* format : {"text", "authres"}) {
    CAPTURE(format);
    const std::string options = std::string("-f ") + format + " --authserv-id mx.example.org";
    CHECK(print_report("authentic", options) == print_report("authentic", options));
  }
}
