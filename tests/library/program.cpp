// A program as others write it: traces a message with the DNS answers of a zone file.
#include <emltrace/emltrace.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

static std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  emltrace::Options options;
  options.zone = read(argv[2]);
  const emltrace::Outcome outcome = emltrace::trace(read(argv[1]), options);
  for (const emltrace::Report& report : outcome.reports) {
    std::cout << to_string(report.level()) << ' ' << report.origin().ip.value_or("unknown") << ' '
              << report.findings().front().code << '\n';
  }
  return outcome.error || outcome.reports.empty() ? 1 : 0;
}
