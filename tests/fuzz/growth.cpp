#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "fuzz/seeds.hpp"
#include "fuzz/target.hpp"
#include "report/escape.hpp"
#include "support/cpu_time.hpp"

// fuzz-growth TARGET DICTIONARY: repeats each token of a dictionary, alone, in pairs and inside
// some seeds, and says where eight times the input takes far more than eight times as long. Exit
// status 1: there is such an input, or one that breaks a rule.
namespace {

using emltrace::fuzz::Target;
namespace text = emltrace::text;

constexpr std::size_t kSmall = 8'192;  // bytes
constexpr std::size_t kTimes = 8;
constexpr double kLinear = 2.5 * kTimes;  // what caches and chance may add to a linear course
constexpr double kNoticed = 0.5;          // seconds: below, the small input stays under a cap
constexpr double kSlow = 10;              // seconds, of kSmall * kTimes bytes, read several times
constexpr std::size_t kSeeds = 4;

std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t at = 0; at < token.size(); ++at) {
    const std::string_view rest = token.substr(at);
    const auto octet = rest.starts_with("\\x") ? text::hex_octet(token, at + 2) : std::nullopt;
    if (octet) at += 3;
    if (!octet && rest.starts_with('\\')) ++at;
    out += octet.value_or(token[at]);
  }
  return out;
}

std::vector<std::string> tokens_of(const char* path) {
  std::vector<std::string> out{"\n", " ", "\r", "a", "a\n", "a: b\n", std::string(1, '\0')};
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.size() > 2 && line.front() == '"') {
      out.push_back(unescaped(std::string_view(line).substr(1, line.size() - 2)));
    }
  }
  return out;
}

/// What stands around the repeated token.
struct Frame {
  std::string before;
  std::string after;
};

std::vector<Frame> frames_of(const Target& target) {
  std::vector<Frame> out{{}};
  const auto seeds = target.seeds();
  for (std::size_t i = 0; i < seeds.size() && out.size() <= kSeeds;
       i += std::max<std::size_t>(1, seeds.size() / kSeeds)) {
    const std::size_t half = seeds[i].size() / 2;
    out.push_back({seeds[i].substr(0, half), seeds[i].substr(half)});
  }
  return out;
}

std::string shown(std::string_view token) {
  return emltrace::report::for_terminal(token.substr(0, 60));
}

std::string_view last_bytes(std::string_view frame) {
  constexpr std::size_t kShown = 24;
  return frame.substr(frame.size() - std::min(kShown, frame.size()));
}

class Growth {
 public:
  explicit Growth(const Target& target) : target_(target) {}

  void look_at(const Frame& frame, const std::string& token) {
    const double small = time_of(frame, token, kSmall);
    const double large = time_of(frame, token, kSmall * kTimes);
    if (large < kNoticed || (large < kLinear * small && large < kSlow)) return;
    fmt::print("{}: {:.3f} s for {} bytes, {:.3f} s for {} times as many: '{}' behind '{}'\n",
               target_.name, small, kSmall, large, kTimes, shown(token),
               shown(last_bytes(frame.before)));
    found_ = true;
  }
  [[nodiscard]] bool found() const { return found_; }

 private:
  double time_of(const Frame& frame, const std::string& token, std::size_t size) {
    std::string input = frame.before;
    while (input.size() < frame.before.size() + size) input += token;
    input += frame.after;
    return emltrace::test::least_cpu_seconds(1, [&] {
      try {
        target_.run(input);
      } catch (const emltrace::fuzz::Broken& broken) {
        fmt::print("{}: broken: {}: '{}', {} bytes\n", target_.name, broken.what(), shown(token),
                   size);
        found_ = true;
      }
    });
  }

  const Target& target_;
  bool found_ = false;
};

bool grows(const Target& target, const char* dictionary) {
  Growth growth(target);
  const auto tokens = tokens_of(dictionary);
  for (const Frame& frame : frames_of(target)) {
    for (const std::string& token : tokens) growth.look_at(frame, token);
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    growth.look_at({}, tokens[i] + tokens[(i * 7 + 3) % tokens.size()]);
  }
  return growth.found();
}

}  // namespace

int main(int argc, char** argv) {
  const auto& targets = emltrace::fuzz::targets();
  const auto target = argc == 3
                          ? std::ranges::find(targets, std::string_view(argv[1]), &Target::name)
                          : targets.end();
  if (target == targets.end()) {
    fmt::print(stderr, "usage: fuzz-growth TARGET DICTIONARY\n");
    return 2;
  }
  try {
    emltrace::fuzz::add_cases();
    return grows(*target, argv[2]) ? 1 : 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "fuzz-growth: {}\n", error.what());
    return 2;
  }
}
