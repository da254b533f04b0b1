#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/target.hpp"

// libgsf loses the directory entries of some damaged OLE2 files; of its frames only those of glib
// can be named here.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libglib-2.0";
}

// What libFuzzer calls. What a target throws is told here, and is a fault as a crash is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    emltrace::fuzz::targets().front().run(input);
  } catch (const emltrace::fuzz::Broken& broken) {
    std::fprintf(stderr, "broken: %s\n", broken.what());
    std::abort();
  }
  return 0;
}
