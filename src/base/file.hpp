#pragma once

#include <string>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/result.hpp"
#include "base/signal_guard.hpp"

namespace emltrace {

/// The bytes of a file. The error is `PATH: what the system says`.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// A file that appears whole or not at all: what is written goes to a temporary file beside it,
/// which takes its name at the commit. It keeps the mode of the file that it replaces. A device, a
/// pipe or an open descriptor (`/dev/stdout`, a FIFO) is written to directly. Errors are
/// `PATH: what the system says`.
class AtomicFile {
 public:
  [[nodiscard]] static Result<AtomicFile> open(const std::string& path);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  /// What was not committed is thrown away.
  ~AtomicFile();

  [[nodiscard]] int descriptor() const { return descriptor_.number(); }
  [[nodiscard]] Result<void> write(std::string_view bytes);
  /// The file takes its name. Nothing is written afterwards.
  [[nodiscard]] Result<void> commit();

 private:
  explicit AtomicFile(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] bool open_beside(unsigned mode);
  [[nodiscard]] Error failure() const;

  std::string path_;       ///< as given
  std::string target_;     ///< behind symbolic links; empty where bytes go there directly
  std::string temporary_;  ///< beside the target, until the commit
  SignalGuard guard_;      ///< of `temporary_`
  Descriptor descriptor_;
};

/// Writes an AtomicFile in one go.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view bytes);

}  // namespace emltrace
