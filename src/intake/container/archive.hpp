#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "intake/container/budget.hpp"
#include "intake/container/magic.hpp"

namespace emltrace::intake::container {

/// Gives the next bytes of an input, none at its end. They are valid until the next call.
using Feed = std::function<std::string_view()>;

/// True where a format is read from front to back; the others need all of their bytes at once.
[[nodiscard]] bool is_streamed(Format format);

/// The files in one archive, in its own order, by libarchive. Nothing is written anywhere, and no
/// other program is called. A compressed stream that is no tar archive holds one file.
class Archive {
 public:
  /// Exactly one of both: `feed` where the format is streamed, else `whole`, which must outlive it.
  struct Bytes {
    Feed feed;
    std::string_view whole;
  };
  /// `passwords` are tried in their order. `budget` must outlive the archive. An error where the
  /// library cannot be loaded or lacks the format.
  [[nodiscard]] static Result<Archive> open(Format format, Bytes bytes,
                                            std::vector<std::string> passwords, Budget& budget);
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  struct Member {
    /// As the archive writes it, hostile as it may be; null for the one file of a compressed
    /// stream.
    std::optional<std::string> name;
  };
  /// The next regular file that can be opened; null at the end.
  [[nodiscard]] std::optional<Member> next();
  /// Bytes of that file, 0 at its end; an error where it is damaged or a limit is reached.
  [[nodiscard]] Result<std::size_t> read(char* into, std::size_t size);
  /// What was not opened, and why the end came early: one line each. Complete after next() gave
  /// null.
  [[nodiscard]] const std::vector<std::string>& complaints() const;

 private:
  struct State;
  explicit Archive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace emltrace::intake::container
