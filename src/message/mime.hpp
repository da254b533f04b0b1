#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The parts of a message (RFC 2045, RFC 2046), each with its place in the bytes: what is needed to
/// find messages inside messages. Nothing is decoded or copied until asked for.
namespace emltrace::mime {

struct Part {
  std::string number;  ///< `1`, `2.1`; empty for the message itself
  std::string type;    ///< `multipart/mixed`, lower case; where nothing is said `text/plain`, in a
                       ///< multipart/digest `message/rfc822` (RFC 2046 5.1.5)
  std::string_view content_type;  ///< the body of that field, folded; empty where absent
  std::string encoding;           ///< transfer encoding, lower case; empty where absent
  std::string disposition;  ///< `attachment`, `inline`, lower case (RFC 2183); empty where absent
  std::string filename;     ///< RFC 2231 or, against RFC 2047 5, encoded words decoded; empty where
                            ///< absent
  std::string_view header;
  std::string_view body;  ///< still encoded; without the line end before the next boundary
  std::vector<Part> parts;

  /// The body with its transfer encoding undone; null where it is stated and cannot be.
  [[nodiscard]] std::optional<std::string> decoded() const;
  /// At most that many bytes from the start of the decoded body, or as many as can be decoded.
  [[nodiscard]] std::string decoded_start(std::size_t bytes) const;
  /// True for base64 and quoted-printable.
  [[nodiscard]] bool is_encoded() const;
};

/// Reads an entity: header, empty line, body. Multiparts are entered to kMaxDepth and kMaxParts
/// altogether; messages inside are not. Never fails; time is linear in the size for each level.
[[nodiscard]] Part read(std::string_view entity);

/// A multipart body cut at its delimiters (RFC 2046 5.1.1).
struct Pieces {
  struct Piece {
    std::size_t delimiter = 0;  ///< offset of the line of the delimiter in front of it
    std::string_view entity;    ///< without the line end before the next delimiter
  };
  std::vector<Piece> pieces;           ///< the last one reaches to the end where none closes it
  std::optional<std::size_t> closing;  ///< offset of the line of the close-delimiter; null if none
};
/// At most `most` pieces; a delimiter is a whole line, white space behind it apart.
[[nodiscard]] Pieces cut(std::string_view body, std::string_view boundary, std::size_t most);

/// type "/" subtype of a Content-Type body in lower case; `text/plain` where it names none.
[[nodiscard]] std::string media_type(std::string_view content_type);
/// The first field of that name in a header as it stands there, its line end included; empty if
/// none.
[[nodiscard]] std::string_view raw_field(std::string_view header, std::string_view name);
/// The first field of that name in a header, unfolded, or null.
[[nodiscard]] std::optional<std::string> header_value(std::string_view header,
                                                      std::string_view name);
/// A parameter of a Content-Type or Content-Disposition body, without its quotes; the continued and
/// extended forms of RFC 2231 are joined and percent-decoded. Null where absent.
[[nodiscard]] std::optional<std::string> parameter(std::string_view field_body,
                                                   std::string_view name);

inline constexpr std::size_t kMaxDepth = 32;
inline constexpr std::size_t kMaxParts = 1'000;
inline constexpr std::size_t kMaxDecodedBytes = std::size_t{128} << 20;

}  // namespace emltrace::mime
