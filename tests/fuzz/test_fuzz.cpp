#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz/seeds.hpp"
#include "fuzz/target.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace emltrace;

namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(test::source_dir()) / "tests/fuzz";

std::vector<fs::path> names_in(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(folder, absent)) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

}  // namespace

TEST_CASE("each target holds for what fuzzing starts from") {
  for (const fuzz::Target& target : fuzz::targets()) {
    CAPTURE(target.name);
    const fuzz::Inputs seeds = target.seeds();
    CHECK_FALSE(seeds.empty());
    for (const std::string& seed : seeds) {
      CAPTURE(seed);
      CHECK_NOTHROW(target.run(seed));
    }
    CHECK_NOTHROW(target.run(""));
  }
}

TEST_CASE("no fault that was found comes back") {
  for (const fuzz::Target& target : fuzz::targets()) {
    for (const fs::path& path : names_in(kFolder / "found" / target.name)) {
      CAPTURE(path.string());
      std::ifstream in(path, std::ios::binary);
      const std::string input{std::istreambuf_iterator<char>(in), {}};
      CHECK_NOTHROW(target.run(input));
    }
  }
}

TEST_CASE("what was found belongs to a target") {
  for (const fs::path& path : names_in(kFolder / "found")) {
    CAPTURE(path.string());
    CHECK(std::ranges::count(fuzz::targets(), path.filename().string(), &fuzz::Target::name) == 1);
  }
}
