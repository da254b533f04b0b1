#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace emltrace::cli {

/// Where reports go: standard output, or a file that appears whole or not at all (a device or a
/// pipe is written directly). Errors name the file and say what the system says.
class Output {
 public:
  /// Null: standard output.
  [[nodiscard]] static Result<Output> open(const std::optional<std::string>& path);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  /// What was not committed is thrown away.
  ~Output();

  [[nodiscard]] bool is_terminal() const;
  /// Columns of the terminal; null where it is none.
  [[nodiscard]] std::optional<std::size_t> terminal_width() const;
  [[nodiscard]] std::optional<Error> write(std::string_view bytes);
  /// The file takes its name. Nothing is written afterwards.
  [[nodiscard]] std::optional<Error> commit();

 private:
  Output(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  [[nodiscard]] Error failure() const;

  int descriptor_;
  std::string name_;       ///< for people
  std::string target_;     ///< empty where bytes go there directly
  std::string temporary_;  ///< beside the target, until the commit
  bool owned_ = false;     ///< the descriptor is closed here
};

}  // namespace emltrace::cli
