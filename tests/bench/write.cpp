// bench-write FOLDER [MESSAGES]: the inputs of the benchmarks, each an NAME.mbox (or NAME.eml) with
// its NAME.zone. MESSAGES is the number in the mailboxes: 4000.

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "bench/mail.hpp"
#include "support/mailbox.hpp"

namespace {

using namespace emltrace;

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  if (!file.flush()) throw std::filesystem::filesystem_error("cannot write", path, {});
}

void write_message(const std::filesystem::path& stem, const bench::Plan& plan) {
  write(stem.string() + ".eml", bench::message(plan, 0));
  write(stem.string() + ".zone", bench::zone(plan, 1));
}

void write_mailbox(const std::filesystem::path& stem, const bench::Plan& plan, std::size_t count) {
  std::string text;
  for (std::size_t n = 0; n < count; ++n) {
    text += test::mailbox({test::stored(bench::message(plan, n), test::Dialect::mboxrd, n)},
                          test::Dialect::mboxrd);
  }
  write(stem.string() + ".mbox", text);
  write(stem.string() + ".zone", bench::zone(plan, count));
}

void write_all(const std::filesystem::path& folder, std::size_t count) {
  std::filesystem::create_directories(folder);
  write_message(folder / "one", {.body = 4'000});
  write_message(folder / "lookups", {.body = 4'000, .signatures = 4, .includes = 7});
  write_mailbox(folder / "signed", {.domains = 200}, count);
  write_mailbox(folder / "headers",
                {.domains = 200, .body = 500, .received = 12, .recorded = 8, .other_bytes = 4'000},
                count);
  write_mailbox(folder / "domains", {.domains = count + count / 4, .body = 2'000},
                count + count / 4);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: bench-write FOLDER [MESSAGES]\n");
    return 2;
  }
  write_all(argv[1], argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 4'000);
}
