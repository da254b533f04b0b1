// Writes a large mbox, reads every message of it, and prints the time and the most memory that was
// resident: bench-mbox [MEBIBYTES [pipe]]. The file is removed at the end.

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "intake/reader.hpp"
#include "message/message.hpp"

namespace {

using namespace emltrace;

void write_mbox(const std::string& path, std::size_t bytes) {
  std::ofstream file(path, std::ios::binary);
  std::size_t written = 0;
  for (std::size_t n = 0; written < bytes; ++n) {
    std::string message = fmt::format(
        "From a{0}@a.example Tue Mar 22 16:12:36 2022\nReceived: from a.example (a.example "
        "[192.0.2.1])\n\tby b.example (Postfix) with ESMTPS id {0:X};\n\tTue, 22 Mar 2022 16:12:36 "
        "+0000\nFrom: a{0}@a.example\nDate: Tue, 22 Mar 2022 16:12:30 +0000\nSubject: number {0}\n"
        "Message-ID: <{0}@a.example>\n\n",
        n);
    const std::size_t lines = n % 1'000 == 0 ? 60'000 : 40 + n % 300;
    for (std::size_t i = 0; i < lines; ++i) {
      message += "A line of text, as long as lines in mail are, to fill the body of the message.\n";
    }
    message += "\n";
    file << message;
    written += message.size();
  }
}

long peak_kib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t mebibytes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'024;
  const bool piped = argc > 2;
  const std::string path =
      (std::filesystem::temp_directory_path() / "emltrace-bench.mbox").string();
  write_mbox(path, mebibytes << 20U);
  const long before = peak_kib();
  FILE* pipe = piped ? ::popen(("cat " + path).c_str(), "r") : nullptr;

  intake::Options options;
  options.paths = {piped ? "-" : path};
  options.standard_input = piped ? ::fileno(pipe) : 0;
  intake::Reader reader(options);
  std::size_t messages = 0;
  std::size_t fields = 0;
  const auto start = std::chrono::steady_clock::now();
  while (auto entry = reader.next()) {
    if (const auto* item = std::get_if<intake::Item>(&*entry)) {
      fields += Message::parse(item->text).fields().size();
      ++messages;
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  fmt::print(
      "{} MiB, {} messages, {} fields: {:.2f} s, {:.1f} MiB resident at most ({:.1f} before)\n",
      mebibytes, messages, fields, took.count(), static_cast<double>(peak_kib()) / 1024.0,
      static_cast<double>(before) / 1024.0);
  if (pipe != nullptr) ::pclose(pipe);
  std::filesystem::remove(path);
  return 0;
}
