#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.hpp"
#include "base/result.hpp"

namespace emltrace::cli {

/// Where reports go: standard output, or an AtomicFile. Errors name the file and say what the
/// system says.
class Output {
 public:
  /// Null: standard output.
  [[nodiscard]] static Result<Output> open(const std::optional<std::string>& path);

  [[nodiscard]] bool is_terminal() const;
  /// Columns of the terminal; null where it is none.
  [[nodiscard]] std::optional<std::size_t> terminal_width() const;
  [[nodiscard]] Result<void> write(std::string_view bytes);
  /// The file takes its name. Nothing is written afterwards.
  [[nodiscard]] Result<void> commit();

 private:
  explicit Output(std::optional<AtomicFile> file) : file_(std::move(file)) {}
  [[nodiscard]] int descriptor() const;

  std::optional<AtomicFile> file_;  ///< null: standard output
};

}  // namespace emltrace::cli
