#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "intake/item.hpp"
#include "intake/sources.hpp"

/// What a person or script gave, cut into messages and mended where a paste was damaged.
namespace emltrace::intake {

/// `--input`: `automatic` tells an mbox, an Outlook .msg and JSON by their first bytes. Archives
/// are opened whatever is expected in them.
enum class InputKind { automatic, message, headers, mbox };
/// `--attached`: which messages inside a message are traced. `automatic`: the original in place of
/// an abuse report (RFC 5965) or of a forward-as-attachment; `all`: the outer one and each inside.
enum class AttachedMode { automatic, never, all };

struct Options : SourceOptions {
  InputKind input = InputKind::automatic;
  AttachedMode attached = AttachedMode::automatic;
  std::vector<std::string> passwords;  ///< of archives; `infected` is tried without being named
};

/// Gives the messages of all paths one after another, in the order of the paths; folders in the
/// order of their names. Holds one message at a time. Never throws for what an input holds. Files
/// that hold no message in a folder or an archive give one fault in the end, with their number.
class Reader {
 public:
  explicit Reader(Options options);
  /// One input that is already in memory, read as a file is; the paths of the options do not count.
  Reader(std::string path, std::string bytes, const Options& options);
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  /// The next message, or why an input gave none; null at the end of all.
  [[nodiscard]] std::optional<std::variant<Item, Fault>> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A message or pasted text that is already in memory (`path` names it): mended, looked into for
/// attached originals by `options.attached`, never split as an mbox. Or an archive that is already
/// in memory, whose members are read as those of a file are. At least one entry.
[[nodiscard]] std::vector<std::variant<Item, Fault>> read_bytes(std::string path, std::string bytes,
                                                                const Options& options);

}  // namespace emltrace::intake
