#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "intake/mbox_separator.hpp"
#include "intake/storage.hpp"

/// Mailboxes in one file: mboxo, mboxrd, mboxcl and mboxcl2 (RFC 4155 names the family), the files
/// of Thunderbird, Google Takeout, list archives and `git format-patch`, and MMDF.
namespace emltrace::mbox {

/// True where the text begins as a mailbox does: see Separator::learn. Empty lines and a byte order
/// mark in front count for nothing.
[[nodiscard]] bool looks_like_mbox(std::string_view text, bool asked = false);

/// One message as it stands in the file, `>From ` marks and all: its separator in front (of MMDF:
/// none), without the empty line that the writer put behind it.
struct Slice {
  intake::Chunk chunk;
  std::uint64_t offset = 0;  ///< in the input
  bool too_large = false;    ///< above Input::kMaxMessageBytes: passed over, the chunk is empty
};

/// Cuts an input into messages. A message ends before a line of the learned shape with a header
/// field behind it, and an empty line in front unless this writer puts none there. A Content-Length
/// is believed where such a line, or the end, stands exactly behind that many bytes. All else is
/// text. Linear; of the input no more than one message and kLearnBytes are held.
class Splitter {
 public:
  /// The input begins as looks_like_mbox tells; it must outlive the splitter.
  explicit Splitter(intake::Input& input, bool asked = false);

  /// Null at the end.
  [[nodiscard]] std::optional<Slice> next();

  static constexpr std::size_t kMaxHeaderBytes = std::size_t{1} << 20;
  /// Looked at to tell whether the writer puts an empty line between messages.
  static constexpr std::size_t kLearnBytes = std::size_t{256} << 10;

 private:
  struct Extent {
    std::size_t end = 0;   ///< of the message
    std::size_t next = 0;  ///< of the separator after it
    bool too_large = false;
  };
  void skip_to_message();
  [[nodiscard]] std::optional<std::size_t> find_body();
  [[nodiscard]] std::optional<Extent> by_length();
  [[nodiscard]] Extent by_separator();
  [[nodiscard]] Extent at_end(std::size_t end, std::size_t next, bool too_large);
  [[nodiscard]] bool is_separator(std::size_t at);
  [[nodiscard]] bool stands_apart(std::size_t first);
  [[nodiscard]] std::string_view mark() const;

  intake::Input& input_;
  std::optional<Separator> separator_;
  /// Whether an empty line stands between the messages; null until a second one was looked for.
  std::optional<bool> apart_;
};

}  // namespace emltrace::mbox
