#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "intake/mend/mend.hpp"
#include "intake/storage.hpp"

/// Mailboxes in one file: mboxo, mboxrd, mboxcl and mboxcl2 (RFC 4155 names the family).
namespace emltrace::mbox {

/// True where the text begins as an mbox does: a `From ` line with a date or an address, and a
/// header field on the line after it.
[[nodiscard]] bool looks_like_mbox(std::string_view text);

/// One message, its `From ` line in front, without the empty line that the writer put behind it.
struct Slice {
  intake::Chunk chunk;
  std::uint64_t offset = 0;  ///< in the input
  bool escaped = false;      ///< `>From ` lines in the body stand for `From ` lines
};

/// Cuts an input into messages. A Content-Length is believed where the next `From ` line, or the
/// end, stands exactly behind that many bytes; else a message ends before an empty line and a
/// `From ` line with a header behind it. `From ` lines of prose are no ends.
class Splitter {
 public:
  /// The input begins with a `From ` line; it must outlive the splitter.
  explicit Splitter(intake::Input& input) : input_(input) {}

  /// Null at the end. A message above kMaxPipedBytes from a pipe is cut there.
  [[nodiscard]] std::optional<Slice> next();

  static constexpr std::size_t kMaxPipedBytes = std::size_t{256} << 20;
  static constexpr std::size_t kMaxHeaderBytes = std::size_t{1} << 20;

 private:
  struct Extent {
    std::size_t end = 0;   ///< of the message
    std::size_t next = 0;  ///< of the `From ` line after it
  };
  [[nodiscard]] std::size_t find_body();
  [[nodiscard]] std::optional<Extent> by_length(std::size_t body);
  [[nodiscard]] Extent by_from_line(std::size_t body);
  [[nodiscard]] bool is_separator(std::size_t at);
  [[nodiscard]] bool is_escaped(std::size_t body, const Extent& extent, bool by_length);
  [[nodiscard]] bool lengths_escape();

  intake::Input& input_;
  /// With Content-Length `From ` lines may stand as they are (mboxcl2) or escaped (mboxcl): false
  /// as soon as one stands as it is.
  std::optional<bool> lengths_escape_;
};

/// A message of which each body line of the shape `>+From ` has lost one '>': the rule of mboxrd,
/// which undoes mboxo too. The repair is named `mbox-from-escaped`.
[[nodiscard]] intake::Mended unescape(std::string_view message);

}  // namespace emltrace::mbox
