#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

#include "base/crypto.hpp"
#include "fuzz/seeds.hpp"
#include "fuzz/target.hpp"

// fuzz-seeds FOLDER: writes the seeds of each target to FOLDER/TARGET, a file an input, by its
// hash.
namespace {

namespace crypto = emltrace::crypto;

void write_seeds(const emltrace::fuzz::Target& target, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const std::string& seed : target.seeds()) {
    const auto name = crypto::hex(crypto::digest(crypto::Hash::sha256, seed));
    std::ofstream(folder / name, std::ios::binary) << seed;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: fuzz-seeds FOLDER\n");
    return 2;
  }
  try {
    emltrace::fuzz::add_cases();
    for (const auto& target : emltrace::fuzz::targets()) {
      write_seeds(target, std::filesystem::path(argv[1]) / target.name);
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "fuzz-seeds: {}\n", error.what());
    return 1;
  }
  return 0;
}
