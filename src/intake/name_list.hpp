#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "base/descriptor.hpp"
#include "base/result.hpp"
#include "intake/storage.hpp"

namespace emltrace::intake {

/// The names of files in a file or a pipe (`--files-from`), one at a time: one a line, or each
/// ended with NUL. Empty names are passed over. Of a line that ends with CR LF the CR belongs to
/// the name only where such a file is there; a byte order mark in front belongs to none.
class NameList {
 public:
  /// `terminal_ready`: see Input.
  NameList(Descriptor descriptor, bool null_separated,
           const std::function<void()>& terminal_ready = {})
      : input_(std::move(descriptor), terminal_ready), end_(null_separated ? '\0' : '\n') {}

  /// The next name, or what is wrong: with one name (it is longer than kMaxNameBytes), with
  /// reading, or with a list of lines in which a NUL stands: no name of a file holds one. Null at
  /// the end, and after an error that is not about one name.
  [[nodiscard]] std::optional<Result<std::string>> next();

  static constexpr std::size_t kMaxNameBytes = std::size_t{64} << 10;

 private:
  [[nodiscard]] std::optional<Result<std::string>> take();

  Input input_;
  char end_;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace emltrace::intake
