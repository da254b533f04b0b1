#include <string>
#include <vector>

#include "base/work.hpp"
#include "intake/reader.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/growing.hpp"
#include "support/mailbox.hpp"

using namespace emltrace;

namespace {

constexpr std::size_t kBytes = 64'000;
constexpr double kLinear = 2.2;  // what a doubling may cost: 2, and what is not of the kind

double work_of(const std::string& bytes) {
  intake::Options options;
  options.attached = intake::AttachedMode::all;
  const auto before = work::counted;
  (void)intake::read_bytes("-", bytes, options);
  return static_cast<double>(work::counted - before);
}

double work_of_mailbox(const std::string& bytes) {
  const auto pipe = test::piped(bytes);
  intake::Options options;
  options.paths = {"-"};
  options.standard_input = pipe.descriptor();
  const auto before = work::counted;
  intake::Reader reader(options);
  while (reader.next()) {
  }
  return static_cast<double>(work::counted - before);
}

}  // namespace

TEST_CASE("an input of each kind that is twice as large takes twice the work, and no more") {
  for (const test::Growing& input : test::growing_inputs()) {
    CAPTURE(input.name);
    const double one = work_of(input.make(kBytes));
    const double two = work_of(input.make(2 * kBytes));
    const double four = work_of(input.make(4 * kBytes));
    CHECK(two / one < kLinear);
    CHECK(four / two < kLinear);
  }
}

TEST_CASE("a mailbox of each dialect that is twice as large takes twice the work, and no more") {
  for (const test::Dialect dialect : test::kDialects) {
    CAPTURE(test::to_string(dialect));
    std::vector<std::string> messages;
    for (unsigned i = 0; i < 1'000; ++i) {
      messages.push_back(test::stored(test::tricky_message(i, dialect), dialect, i));
    }
    const std::string once = test::mailbox(messages, dialect);
    CHECK(work_of_mailbox(once + once) / work_of_mailbox(once) < kLinear);
  }
}

TEST_CASE("lengths that are not true do not make the cutting of a mailbox more than linear") {
  const auto one = [](std::size_t length) {
    return "From jo@a.example Tue Nov 10 10:00:05 2026\nContent-Length: " + std::to_string(length) +
           "\nFrom: jo@a.example\nDate: Tue, 10 Nov 2026 10:00:00 +0000\n\nbody\n\n";
  };
  for (const std::size_t length : {0U, 100U, 1'000'000U, 100'000'000U}) {
    CAPTURE(length);
    std::string file;
    for (int i = 0; i < 2'000; ++i) file += one(length);
    CHECK(work_of_mailbox(file + file) / work_of_mailbox(file) < kLinear);
  }
}
