#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace emltrace {

/// The bytes of a file. The error is `PATH: what the system says`.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// Writes a file whole or not at all: into a temporary file beside it, which is then renamed.
/// A path that is there and no regular file (`/dev/stdout`, a FIFO) is written to directly.
/// Null where it went well.
[[nodiscard]] std::optional<Error> write_file(const std::string& path, std::string_view bytes);

}  // namespace emltrace
