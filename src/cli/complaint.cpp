#include "cli/complaint.hpp"

#include <unistd.h>

#include <string>

#include "base/descriptor.hpp"
#include "report/escape.hpp"

namespace emltrace::cli {

void complain(std::string_view reason) {
  static_cast<void>(write_all(STDERR_FILENO, "emltrace: " + report::for_terminal(reason) + '\n'));
}

void greet_terminal(bool reads_names) {
  complain(reads_names ? "reading from the terminal: paste names of files and end them with Ctrl-D"
                       : "reading from the terminal: paste a message and end it with Ctrl-D");
}

}  // namespace emltrace::cli
