#include "cli/complaint.hpp"

#include <unistd.h>

#include <new>
#include <string>

#include "base/descriptor.hpp"
#include "report/escape.hpp"

namespace emltrace::cli {
namespace {

constexpr std::string_view kStart = "emltrace: ";
constexpr std::string_view kNoMemory = "emltrace: there is not enough memory\n";

}  // namespace

void complain(std::string_view reason) {
  static_cast<void>(
      write_all(STDERR_FILENO, std::string(kStart) + report::for_terminal(reason) + '\n'));
}

void complain_of_memory() {
  static_cast<void>(write_all(STDERR_FILENO, kNoMemory));
}

std::string reason_of(const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr)
    return std::string(kNoMemory.substr(kStart.size(), kNoMemory.size() - kStart.size() - 1));
  return std::string("internal error: ") + error.what();
}

void greet_terminal(bool reads_names) {
  complain(reads_names ? "reading from the terminal: paste names of files and end them with Ctrl-D"
                       : "reading from the terminal: paste a message and end it with Ctrl-D");
}

}  // namespace emltrace::cli
