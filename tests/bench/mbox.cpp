// Writes a large mailbox of each dialect, reads every message of it, and prints the time and the
// most memory that was resident so far: bench-mbox [MEBIBYTES [DIALECT [pipe]]]. The file is
// removed.

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "intake/reader.hpp"
#include "message/message.hpp"
#include "support/mailbox.hpp"

namespace {

using namespace emltrace;

std::string message(std::size_t n) {
  std::string text = fmt::format(
      "Received: from a.example (a.example [192.0.2.1])\n\tby b.example (Postfix) with ESMTPS id "
      "{0:X};\n\tTue, 22 Mar 2022 16:12:36 +0000\nFrom: a{0}@a.example\nDate: Tue, 22 Mar 2022 "
      "16:12:30 +0000\nSubject: number {0}\nMessage-ID: <{0}@a.example>\n\n",
      n);
  const std::size_t lines = n % 1'000 == 0 ? 60'000 : 40 + n % 300;
  for (std::size_t i = 0; i < lines; ++i) {
    text += "A line of text, as long as lines in mail are, to fill the body of the message.\n";
  }
  return text;
}

// In a process of its own, whose memory is not what is measured.
void write_mailbox(const std::string& path, std::size_t bytes, test::Dialect dialect) {
  const pid_t writer = ::fork();
  if (writer != 0) {
    ::waitpid(writer, nullptr, 0);
    return;
  }
  std::ofstream file(path, std::ios::binary);
  std::size_t written = 0;
  for (std::size_t n = 0; written < bytes; ++n) {
    const std::string one = test::mailbox({test::stored(message(n), dialect, n)}, dialect);
    file << one;
    written += one.size();
  }
  file.close();
  ::_exit(0);
}

double peak_mib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void measure(test::Dialect dialect, std::size_t mebibytes, bool piped) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "emltrace-bench.mbox").string();
  write_mailbox(path, mebibytes << 20U, dialect);
  FILE* pipe = piped ? ::popen(("cat " + path).c_str(), "r") : nullptr;
  intake::Options options;
  options.paths = {piped ? "-" : path};
  options.standard_input = piped ? ::fileno(pipe) : 0;
  const auto start = std::chrono::steady_clock::now();
  intake::Reader reader(options);
  std::size_t messages = 0;
  std::size_t fields = 0;
  while (auto entry = reader.next()) {
    if (const auto* item = std::get_if<intake::Item>(&*entry)) {
      fields += Message::parse(item->text).fields().size();
      ++messages;
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  fmt::print("{:<10} {} MiB, {} messages, {} fields: {:.2f} s, {:.1f} MiB resident at most\n",
             test::to_string(dialect), mebibytes, messages, fields, took.count(), peak_mib());
  std::fflush(stdout);
  if (pipe != nullptr) ::pclose(pipe);
  std::filesystem::remove(path);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t mebibytes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'024;
  const std::string_view wanted = argc > 2 ? argv[2] : "all";
  for (const test::Dialect dialect : test::kDialects) {
    if (wanted != "all" && wanted != test::to_string(dialect)) continue;
    measure(dialect, mebibytes, argc > 3);
  }
  return 0;
}
