#include "intake/outlook_msg.hpp"

#include "base/text.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

void check(const std::string& header) {
  expect(text::is_utf8(header), "a header is UTF-8");
  expect(header.size() <= 4 * outlook_msg::kMaxHeaderBytes, "a header is bounded");
}

void run(std::string_view input) {
  const auto headers = outlook_msg::read_headers(input);
  if (!headers) {
    expect(!headers.error().empty(), "an error is named");
    return;
  }
  expect(!headers->own.empty() || !headers->attached.empty(), "a file that is read holds a header");
  check(headers->own);
  for (const std::string& header : headers->attached) check(header);
}

Inputs seeds() {
  Inputs out = files({".msg"});
  out.push_back("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  return out;
}

const Registration registration({"outlook_msg", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
