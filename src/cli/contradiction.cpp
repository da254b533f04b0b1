#include "cli/contradiction.hpp"

#include <fmt/format.h>

#include <array>

namespace emltrace::cli {
namespace {

struct Pair {
  std::string_view first;
  std::string_view second;
  std::string_view why;
};

constexpr std::string_view kPath = "PATH";

constexpr std::array kPairs{
    Pair{"replay", "zone", "each alone answers DNS"},
    Pair{"quiet", "verbose", "one prints no report, the other a longer one"},
    Pair{"quiet", "brief", "one prints nothing, the other a line"},
    Pair{"quiet", "print", "one prints nothing, the other a value"},
    Pair{"brief", "verbose", "one prints less, the other more"},
    Pair{"brief", "format", "the one-line report is text"},
    Pair{"brief", "print", "each alone says what a line holds"},
    Pair{"print", "format", "values are printed bare"},
    Pair{"print", "summary", "values are printed bare"},
    Pair{"print", "explain", "there is no report"},
    Pair{"print", "list-findings", "there is no report"},
    Pair{"explain", "list-findings", "one explains a finding, the other lists them all"},
    Pair{"explain", kPath, "no message is read; each code has an --explain of its own"},
    Pair{"list-findings", kPath, "no message is read"},
};

std::string written(std::string_view name) {
  return name == kPath ? std::string(name) : fmt::format("--{}", name);
}

}  // namespace

std::optional<std::string> contradiction(const IsGiven& is_given) {
  for (const Pair& pair : kPairs) {
    if (is_given(pair.first) && is_given(pair.second)) {
      return fmt::format("{} and {} exclude each other: {}", written(pair.first),
                         written(pair.second), pair.why);
    }
  }
  return std::nullopt;
}

bool contradicts(std::string_view name, const IsGiven& is_given) {
  for (const Pair& pair : kPairs) {
    if (pair.first == name && is_given(pair.second)) return true;
    if (pair.second == name && is_given(pair.first)) return true;
  }
  return false;
}

}  // namespace emltrace::cli
