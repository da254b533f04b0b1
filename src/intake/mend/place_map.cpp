#include "intake/mend/place_map.hpp"

#include <algorithm>

namespace emltrace::intake {

std::size_t PlaceMap::piece_at(std::size_t mended_offset) const {
  const auto after = std::ranges::upper_bound(pieces_, mended_offset, {}, &Piece::mended_offset);
  return after == pieces_.begin() ? 0 : static_cast<std::size_t>(after - pieces_.begin()) - 1;
}

void PlaceMap::shift_input(std::size_t start) {
  for (Piece& piece : pieces_) {
    piece.input_offset -= std::min(start, piece.input_offset);
    piece.input_end -= std::min(start, piece.input_end);
  }
}

std::size_t PlaceMap::input_offset(std::size_t mended_offset) const {
  if (pieces_.empty()) {
    return mended_offset;
  }
  const Piece& piece = pieces_[piece_at(mended_offset)];
  if (mended_offset < piece.mended_offset) {
    return piece.input_offset;
  }
  return std::min(piece.input_offset + (mended_offset - piece.mended_offset) * piece.width,
                  piece.input_end);
}

std::size_t PlaceMap::input_line(std::size_t mended_offset, std::size_t mended_line) const {
  if (pieces_.empty()) {
    return mended_line;
  }
  const Piece& piece = pieces_[piece_at(mended_offset)];
  if (piece.width == 0 || mended_line < piece.mended_line) return piece.input_line;
  return piece.input_line + (mended_line - piece.mended_line);
}

}  // namespace emltrace::intake
