#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Targets of fuzzing: each reads any bytes at all and holds what was read against a rule. A file
/// of `targets/` holds one, and hands it in by a static object; a libFuzzer program links one of
/// them, the test `fuzz` all.
namespace emltrace::fuzz {

using Inputs = std::vector<std::string>;

struct Target {
  std::string_view name;                ///< of its file, too
  void (*run)(std::string_view input);  ///< throws Broken, or what should never be thrown
  Inputs (*seeds)();                    ///< inputs of the kind that it reads, see seeds.hpp
};

/// Hands a target in for as long as the program runs.
struct Registration {
  explicit Registration(const Target& target);
};
/// All that are linked, by name.
[[nodiscard]] const std::vector<Target>& targets();

/// A rule does not hold.
class Broken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};
/// `rule`: what always holds, as a sentence.
inline void expect(bool holds, const char* rule) {
  if (!holds) throw Broken(rule);
}

/// `part` looks into `whole`; an empty one may stand anywhere.
inline void expect_inside(std::string_view part, std::string_view whole, const char* rule) {
  const std::less_equal<const char*> not_behind;
  expect(part.empty() || (not_behind(whole.data(), part.data()) &&
                          not_behind(part.data() + part.size(), whole.data() + whole.size())),
         rule);
}

}  // namespace emltrace::fuzz
