#include "cli/run.hpp"

int main(int argc, char** argv) {
  return emltrace::cli::command(argc, argv);
}
