#pragma once

#include <string>

namespace emltrace::test {

/// The project's own folder.
[[nodiscard]] const std::string& source_dir();
/// The folder of published suites and shared cases beside the project; it may be absent.
[[nodiscard]] const std::string& shared_dir();
/// The built command.
[[nodiscard]] const std::string& command();

}  // namespace emltrace::test
