#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emltrace::dkim2 {

/// Copies items `first` to `last` of the newer state, counted from 1, or, where `literals` is not
/// empty, writes these.
struct Step {
  std::size_t first = 0, last = 0;
  std::vector<std::string> literals;
};
using Steps = std::vector<Step>;

/// How a state of the message is led back to the one before: r= of a Message-Instance.
struct Recipe {
  std::map<std::string, Steps> header;  ///< by name in lower case
  std::optional<Steps> body;            ///< null: the body did not change, or is withheld
  bool body_withheld = false;           ///< `"b": null`: up to draft -07 the earlier body is lost
  bool has_octets = false;              ///< a `u` step: from draft -07 on
};

struct RecipeText {
  std::optional<Recipe> recipe;  ///< null where the text is none
  bool too_large = false;        ///< it passes a bound of ours
};
/// Reads the JSON. What drafts -06 to -09 forbid alike makes it none: an item that is no step,
/// literals that hold a line end, numbers out of order. A key that comes again, in whatever case,
/// is refused as -07 has it; unknown keys beside `h` and `b` are ignored.
[[nodiscard]] RecipeText read_recipe(std::string_view json);

}  // namespace emltrace::dkim2
