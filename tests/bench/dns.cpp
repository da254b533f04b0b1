// bench-dns ZONE [MILLISECONDS [PORT]]: a DNS server on 127.0.0.1 that answers from a master file,
// each time so long after the question. Prints ADDRESS:PORT, serves until standard input ends, and
// prints how many questions came.

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>

#include "support/faulty_dns.hpp"

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: bench-dns ZONE [MILLISECONDS [PORT]]\n");
    return 2;
  }
  try {
    std::ifstream file(argv[1], std::ios::binary);
    const std::string zone{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto port = static_cast<std::uint16_t>(argc > 3 ? std::atoi(argv[3]) : 0);
    emltrace::test::FaultyDns server(zone, "127.0.0.1", port);
    server.delay(std::chrono::milliseconds(argc > 2 ? std::atoi(argv[2]) : 0));
    fmt::print("{}\n", server.server());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    fmt::print("{}\n", server.asked().size());
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench-dns: {}\n", error.what());
    return 1;
  }
}
