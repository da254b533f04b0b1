// Times the intake and the parsing of inputs of each kind at one size, twice and four times that,
// and prints what a doubling costs: about 2 where the work is linear. bench-growth [KIBIBYTES
// [WORD-IN-NAME]].

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "intake/reader.hpp"
#include "message/address.hpp"
#include "message/encoded_word.hpp"
#include "message/message.hpp"
#include "support/growing.hpp"

namespace {

using namespace emltrace;

// What every field could be asked for.
std::size_t parsed(const std::variant<intake::Item, intake::Fault>& entry) {
  const auto* item = std::get_if<intake::Item>(&entry);
  if (item == nullptr) return 0;
  std::size_t values = 0;
  const Message message = Message::parse(item->text);
  for (const Field& field : message.fields()) {
    values +=
        decode_encoded_words(field.body).size() + parse_addresses(field.body).mailboxes.size();
  }
  return values;
}

double seconds(const std::string& bytes) {
  intake::Options options;
  options.attached = intake::AttachedMode::all;
  double least = 1e9;
  for (int round = 0; round < 2; ++round) {
    const auto start = std::chrono::steady_clock::now();
    const auto entries = intake::read_bytes("-", bytes, options);
    std::size_t values = entries.size();
    for (const auto& entry : entries) values += parsed(entry);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    least = values == 0 ? least : std::min(least, took.count());
  }
  return least;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t bytes = (argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 256) << 10U;
  const std::string_view word = argc > 2 ? argv[2] : "";
  fmt::print("{:<44} {:>9} {:>9} {:>9}  growth\n", "kind", "1 x, ms", "2 x", "4 x");
  for (const test::Growing& input : test::growing_inputs()) {
    if (input.name.find(word) == std::string_view::npos) continue;
    const double one = seconds(input.make(bytes));
    const double two = seconds(input.make(2 * bytes));
    const double four = seconds(input.make(4 * bytes));
    fmt::print("{:<44} {:9.2f} {:9.2f} {:9.2f}  {:.1f} {:.1f}\n", input.name, 1e3 * one, 1e3 * two,
               1e3 * four, two / one, four / two);
    std::fflush(stdout);
  }
  return 0;
}
