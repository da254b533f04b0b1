#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace emltrace::intake {

/// The keys of a terminal that edit a line (c_cc of termios). NUL: none.
struct EditKeys {
  char end_of_file = '\x04';  ///< VEOF, Ctrl-D
  char erase = '\x7f';        ///< VERASE, the last character
  char erase_word = '\x17';   ///< VWERASE
  char erase_line = '\x15';   ///< VKILL
};

/// What a person typed and pasted, made of the bytes that a terminal sends while it edits nothing
/// itself: lines of any length, CR and CR LF as LF, the line being typed open to the edit keys. A
/// paste in brackets (`ESC [ 200 ~` … `ESC [ 201 ~`) is text as it is, without the brackets.
class TypedText {
 public:
  explicit TypedText(EditKeys keys) : keys_(keys) {}

  /// Takes what was read. Bytes behind the end are dropped.
  void feed(std::string_view bytes);
  /// No more will be read: what is being typed is text, too.
  void finish();
  /// True once the key for the end was pressed, in the middle of a line too.
  [[nodiscard]] bool ended() const { return ended_; }
  /// The text that can no longer be edited, since the last call.
  [[nodiscard]] std::string take_text();
  /// What the terminal is to show, since the last call: the text, control characters as `^X`.
  [[nodiscard]] std::string take_echo();

  static constexpr std::size_t kMaxEditable = 4'096;  ///< bytes of a line

 private:
  void put(char c);
  void press(char c);
  void erase_one();
  void erase_word();
  void add(char c);

  EditKeys keys_;
  bool pasting_ = false;
  bool after_cr_ = false;
  bool ended_ = false;
  std::string held_;  ///< may become a bracket
  std::string line_;
  std::string text_;
  std::string echo_;
};

}  // namespace emltrace::intake
