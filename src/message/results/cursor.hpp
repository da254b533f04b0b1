#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace emltrace {

/// Reads the lexical parts that Authentication-Results and Received-SPF share. Each byte is looked
/// at a bounded number of times, whatever stands there.
class ResultsCursor {
 public:
  explicit ResultsCursor(std::string_view unfolded) : text_(unfolded) {}

  [[nodiscard]] bool done() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
  [[nodiscard]] std::size_t position() const { return at_; }
  void rewind(std::size_t position) { at_ = position; }
  bool take(char c);
  /// White space and comments; comments' contents are added without their parentheses. A comment
  /// without an end reaches to the end of the text.
  void skip_cfws(std::vector<std::string>& comments);
  void skip_cfws();
  /// A run of letters, digits, hyphens and underscores; empty if none stands here.
  std::string_view keyword();
  /// A quoted-string's content, or the run of bytes up to white space, ';' or '('. A quoted-string
  /// inside a run (`"a b"@x`) belongs to it, as written. `<a@b>` loses its brackets.
  std::string value();

 private:
  [[nodiscard]] std::size_t comment_end() const;
  [[nodiscard]] std::size_t quoted_end();
  [[nodiscard]] bool ends_word(std::size_t position) const;

  std::string_view text_;
  std::size_t at_ = 0;
  bool quote_never_closed_ = false;
};

/// Caps of one field: what lies beyond them is in `unread`.
inline constexpr std::size_t kMaxUnreadBytes = 512;
inline constexpr std::size_t kMaxComments = 64;

/// Adds a word to what could not be read, up to kMaxUnreadBytes.
void append_unread(std::string& unread, std::string_view word);

/// The content of a quoted-string without its quotes and backslashes (RFC 5322 3.2.4).
[[nodiscard]] std::string unquote(std::string_view quoted);

}  // namespace emltrace
