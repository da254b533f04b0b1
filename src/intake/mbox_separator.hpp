#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// The line that stands in front of each message of a mailbox file. RFC 4155 appendix A describes
/// one form; what is met is what programs wrote for forty years.
namespace emltrace::mbox {

/// The forms of that line, each without regard to what its sender and date say.
enum class Shape {
  none,     ///< no separator
  bare,     ///< `From ` alone: Thunderbird since 2021
  word,     ///< `From root`
  undated,  ///< `From jo@a.example`, `From jo at a.example`, `From MAILER-DAEMON`
  timed,    ///< a sender, a time of day and a year in an order that is not asctime's
  dated,    ///< `From jo@a.example Tue Nov 10 10:00:05 2026`; the sender may be anything but these:
  dash,     ///< `From - Tue Nov 10 10:00:05 2026`: Thunderbird and its forebears
  takeout,  ///< `From 1234567890@xxx Mon Nov 09 10:00:05 +0000 2026`: Google Takeout
  git,      ///< `From `, an object name of 40 or 64 hexadecimal digits, a date: git format-patch
  mmdf,     ///< a line of four Control-A, in front of and behind each message
  other,    ///< any other `From ` line, in a file that is said to be an mbox
};
/// By the line alone, without its line end; never `other`.
[[nodiscard]] Shape shape_of(std::string_view line);

/// What separates the messages of one mailbox, learned where it begins.
class Separator {
 public:
  /// Null where the text does not begin as a mailbox: a line of one of the shapes and a header
  /// field behind it. `asked`: the user says that it is one; any `From ` line will do.
  [[nodiscard]] static std::optional<Separator> learn(std::string_view start, bool asked = false);

  /// True where `line` has the learned shape and a header begins with the line `behind`, which may
  /// run on. Of a patch inside a message, or a mailbox of another make, it is false.
  [[nodiscard]] bool matches(std::string_view line, std::string_view behind) const;

  [[nodiscard]] Shape shape() const { return shape_; }

 private:
  Separator(Shape shape, bool mozilla) : shape_(shape), mozilla_(mozilla) {}

  Shape shape_;
  bool mozilla_;  ///< Thunderbird's fields stand first: it changed from `dash` to `bare`
};

/// Bytes, from the start of a line, that are enough to tell a separator.
inline constexpr std::size_t kSeparatorBytes = 4'096;

}  // namespace emltrace::mbox
