#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intake/mend/draft.hpp"
#include "intake/mend/place_map.hpp"
#include "intake/mend/repair.hpp"
#include "message/header_block.hpp"

/// Mends of what happens to a header on its way through clipboards, mail programs and web pages.
///
/// A valid message (RFC 5322 3.6) is never touched. Everything else is judged as a whole: mends
/// are tried on a copy, and the copy is taken only where more of a header is recovered from it than
/// from the bytes as they are.
namespace emltrace::intake {

/// Where a field begins, as far as can be told from a damaged text: its lines, strays included, go
/// on up to the next one. Offsets in the text.
struct LooseStart {
  std::uint32_t line;
  std::uint32_t body;  ///< behind the colon
  std::uint32_t name_size;
};
/// The fields of the header: of the block where the text is valid, else of its first kMaxLooseLines
/// lines, whatever stands between them.
struct LooseFields {
  std::vector<LooseStart> starts;
  std::size_t end = 0;  ///< of the last one
};

/// What a detector and a mender look at.
struct Look {
  std::string_view text;
  HeaderBlock block;      ///< the header as it would be read now
  bool valid = false;     ///< RFC 5322 is kept: only mends `in_place` may be thought of
  bool original = false;  ///< nothing was mended yet
  bool ascii = false;     ///< no byte of the header, up to `block.end`, is above 0x7F
  LooseFields fields;
};

/// One kind of damage.
struct MendRow {
  std::string_view code;
  bool touches_signed_bytes;  ///< signed header text or the body may differ from what was sent; a
                              ///< mender may say so by itself (Edit::note_signed_bytes)
  bool in_place;              ///< also looked for where every line is a field
  std::string_view detail;    ///< one sentence for people
  bool (*detect)(const Look& look);
  void (*mend)(const Look& look, Edit& edit);
};
/// All rows, in the order in which they are tried.
[[nodiscard]] std::span<const MendRow> mend_rows();

struct Mended {
  std::string text;             ///< empty where there are no repairs
  std::vector<Repair> repairs;  ///< empty: the bytes are to be read as they are
  PlaceMap places;
};
/// Never fails; linear in the size of `bytes` for a bounded number of mends. Inputs above
/// kMaxMendBytes are left as they are.
[[nodiscard]] Mended mend(std::string_view bytes);

inline constexpr std::size_t kMaxMendBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMaxMends = 32;  ///< applications of rows to one input

}  // namespace emltrace::intake
