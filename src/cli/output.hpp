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
  explicit Output(std::optional<std::string> path) : path_(std::move(path)) {}

  /// Makes the file, once; to be called before all else.
  [[nodiscard]] Result<void> open();
  [[nodiscard]] bool is_terminal() const;
  /// Columns of the terminal; null where it is none.
  [[nodiscard]] std::optional<std::size_t> terminal_width() const;
  [[nodiscard]] Result<void> write(std::string_view bytes);
  /// The file takes its name. Nothing is written afterwards.
  [[nodiscard]] Result<void> commit();
  /// Nobody reads any more what is written: the error of `write` is not to be told.
  [[nodiscard]] bool reader_gone() const { return reader_gone_; }

 private:
  [[nodiscard]] int descriptor() const;

  std::optional<std::string> path_;
  std::optional<AtomicFile> file_;  ///< null: standard output
  bool reader_gone_ = false;
};

}  // namespace emltrace::cli
