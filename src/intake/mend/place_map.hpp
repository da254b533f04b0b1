#pragma once

#include <cstddef>
#include <vector>

namespace emltrace::intake {

/// From places in a mended copy to places in the input. Empty: both are the same.
class PlaceMap {
 public:
  struct Piece {
    std::size_t mended_offset = 0;
    std::size_t input_offset = 0;
    std::size_t mended_line = 1;  ///< 1 is the first line of the mended copy
    std::size_t input_line = 1;   ///< 1 is the first line of the input
    std::size_t width = 1;  ///< bytes of the input for one mended byte (2 where it was UTF-16);
                            ///< 0: all of the piece stands at one place, in one line
    std::size_t input_end = static_cast<std::size_t>(-1);  ///< no byte of it stands behind this
  };
  /// Pieces in ascending order of `mended_offset`; inside a piece offsets run in step.
  void add(Piece piece) { pieces_.push_back(piece); }
  /// All input offsets are counted from `start` on, where the input itself was counted from.
  void shift_input(std::size_t start);
  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  /// The input's offset for an offset in the mended copy. A byte that a mend put in stands where
  /// the text before it ends.
  [[nodiscard]] std::size_t input_offset(std::size_t mended_offset) const;
  /// The input's line for a place in the mended copy, which holds `mended_line` by its own count.
  [[nodiscard]] std::size_t input_line(std::size_t mended_offset, std::size_t mended_line) const;

 private:
  [[nodiscard]] std::size_t piece_at(std::size_t mended_offset) const;
  std::vector<Piece> pieces_;
};

}  // namespace emltrace::intake
