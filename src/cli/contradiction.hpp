#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace emltrace::cli {

/// Whether something is given: the long name of an option, `format` where it is not `text`, `PATH`.
using IsGiven = std::function<bool(std::string_view name)>;

/// The first two things given that cannot both be meant, as a line for people; null where there are
/// none. What is merely without effect, such as `--resolver` beside `--offline`, is no
/// contradiction.
[[nodiscard]] std::optional<std::string> contradiction(const IsGiven& is_given);

/// Whether `name` contradicts something given: what a configuration file says gives way.
[[nodiscard]] bool contradicts(std::string_view name, const IsGiven& is_given);

}  // namespace emltrace::cli
