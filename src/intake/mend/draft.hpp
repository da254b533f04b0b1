#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "intake/mend/place_map.hpp"

/// A text under repair that knows, for each of its bytes, where it stood in the input.
namespace emltrace::intake {

class Draft {
 public:
  /// The input itself; it must outlive the draft.
  explicit Draft(std::string_view input);

  [[nodiscard]] std::string_view text() const { return edited_ ? text_ : input_; }
  /// The offset in the input of the byte at `offset` of text().
  [[nodiscard]] std::size_t input_offset(std::size_t offset) const;
  /// The map of the whole draft, lines counted. Linear.
  [[nodiscard]] PlaceMap places() const;
  /// The mended text, moved out.
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  friend class Edit;
  struct Segment {
    std::size_t at;      ///< in the draft
    std::size_t source;  ///< in the input
    std::size_t width;   ///< bytes of the input for one byte
    std::size_t end;     ///< in the input, of what it stands for, however many bytes it has become
    [[nodiscard]] std::size_t source_of(std::size_t offset) const;
  };
  [[nodiscard]] const Segment& segment_at(std::size_t offset) const;
  std::string_view input_;
  std::string text_;
  bool edited_ = false;
  std::vector<Segment> segments_;
};

/// One pass over a draft that writes the next one.
class Edit {
 public:
  explicit Edit(const Draft& old);

  /// Takes over the old bytes [from, to).
  void copy(std::size_t from, std::size_t to);
  /// Puts `bytes` in the place of the old bytes [from, to); each of them comes from `width` bytes.
  void replace(std::size_t from, std::size_t to, std::string_view bytes, std::size_t width = 1);
  /// Counts one mend at the old offset `at`.
  void note(std::size_t at);

  /// Says that bytes which a signature covers may have been other ones, where the kind of mend
  /// alone does not.
  void note_signed_bytes() { touches_ = true; }

  [[nodiscard]] bool touches_signed_bytes() const { return touches_; }
  [[nodiscard]] std::size_t count() const { return count_; }
  /// Old offset of the first mend counted.
  [[nodiscard]] std::size_t first() const { return first_; }
  [[nodiscard]] Draft finish();

 private:
  void begin_segment(std::size_t source, std::size_t width, std::size_t end);
  const Draft& old_;
  Draft next_;
  std::size_t cursor_ = 0;  ///< segment of the old draft in which the last copy ended
  bool touches_ = false;
  bool apart_ = false;  ///< lines are counted anew behind a line end that was put in
  std::size_t count_ = 0;
  std::size_t first_ = 0;
};

}  // namespace emltrace::intake
