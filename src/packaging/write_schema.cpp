// Prints what the build makes of the table of JSON fields: a JSON Schema, or the manual page.
// Run as: write-schema report | summary | findings | manual FRAME

#include <cstdio>
#include <string>
#include <string_view>

#include "base/file.hpp"
#include "report/json/schema.hpp"

int main(int argc, char** argv) {
  using namespace emltrace;
  const std::string_view what = argc > 1 ? argv[1] : "";
  std::string text;
  if (what == "report") {
    text = report::report_schema();
  } else if (what == "summary") {
    text = report::summary_schema();
  } else if (what == "findings") {
    text = report::findings_schema();
  } else if (what == "manual" && argc > 2) {
    const auto frame = read_file(argv[2]);
    if (frame) text = report::field_manual(*frame);
  }
  if (text.empty()) {
    static_cast<void>(
        std::fputs("write-schema report | summary | findings | manual FRAME\n", stderr));
    return 2;
  }
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
