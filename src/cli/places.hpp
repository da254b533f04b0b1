#pragma once

#include <optional>
#include <string>

#include "cli/options.hpp"

namespace emltrace::cli {

/// The files that a run writes: none may be the other, nor one that it reads, however its name is
/// spelled (links count). Devices and pipes may be shared.
class Outputs {
 public:
  explicit Outputs(const Options& options);

  /// What the command line alone shows: `--output: in.eml is also read`; null where all is well.
  [[nodiscard]] std::optional<std::string> clash(const Options& options) const;
  /// The same for a file that a folder or a list led to. `archive!member` is its archive.
  [[nodiscard]] std::optional<std::string> clash_with_input(const std::string& path) const;

 private:
  struct Place {
    std::string option;
    std::string path;
  };
  std::vector<Place> places_;
};

}  // namespace emltrace::cli
