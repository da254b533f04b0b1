#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/descriptor.hpp"

namespace emltrace::intake {

/// What is to be read.
struct SourceOptions {
  /// Files, Maildirs, folders, `-`. None here and no `files_from`: standard input.
  std::vector<std::string> paths;
  std::optional<std::string> files_from;  ///< a NameList of paths; `-`: standard input
  bool null_separated = false;            ///< its names end with NUL, not with a line end
  int standard_input = 0;                 ///< the descriptor behind `-`
  std::function<void()> terminal_ready;   ///< called where a terminal is ready for a paste
};

/// Why a path, or one message of it, gave nothing to trace: one line for people.
struct Fault {
  enum class Kind {
    unread,      ///< something could not be read, or not to its end
    no_message,  ///< all was read, and it is no message
    note,        ///< told, yet nothing that was asked for is missing
  };
  std::string path;
  std::string message;
  Kind kind = Kind::unread;
};

/// One open input.
struct Source {
  std::string path;  ///< `-` for standard input
  Descriptor descriptor;
  std::string folder = {};  ///< the named folder below which it was found; empty where it was named
};

/// Walks the paths of the options, then the names of `files_from`. A folder gives its files in the
/// order of their names, sub-folders included; hidden names and links to folders are passed over.
/// A Maildir (`cur` and `new` inside) gives the messages of `new`, then of `cur`, then of its
/// Maildir++ sub-folders. Each file is opened when it is asked for, no sooner.
class Sources {
 public:
  explicit Sources(const SourceOptions& options);
  ~Sources();
  Sources(Sources&&) noexcept;
  Sources& operator=(Sources&&) noexcept;

  /// The next input, or why a path gives none; null at the end.
  [[nodiscard]] std::optional<std::variant<Source, Fault>> next();

  static constexpr std::size_t kMaxDepth = 64;  ///< folders inside folders

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace emltrace::intake
