#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// HTML as a browser cuts it into tags and text (WHATWG HTML 13.2.5, tokenization). No tree is
/// built: a link is a link wherever its tag stands, and trees cost more than linear work on tags
/// that are never closed.
namespace emltrace::html {

struct Attribute {
  std::string name;   ///< lower case
  std::string value;  ///< character references decoded; empty where none is stated
};

/// A stretch of a page.
struct Piece {
  enum class Kind {
    text,   ///< what is read: character references decoded
    code,   ///< the inside of an element that is no text for readers: `script`, `style`
    start,  ///< a start tag
    end,    ///< an end tag
  };
  Kind kind = Kind::text;
  std::string name;                   ///< of the tag, lower case; of code its element
  std::string text;                   ///< of text and code
  std::vector<Attribute> attributes;  ///< of a start tag; of one name the first (13.2.5.33)

  /// The value of an attribute; null where it is absent.
  [[nodiscard]] const std::string* attribute(std::string_view wanted) const;
};

class Reader {
 public:
  /// `page` is UTF-8 and must outlive the reader.
  explicit Reader(std::string_view page) : page_(page) {}

  /// The next piece; null at the end. Comments are passed over, but for the inside of conditional
  /// ones (`<!--[if mso]>`), which Outlook shows. All calls together are linear.
  [[nodiscard]] std::optional<Piece> next();

  static constexpr std::size_t kMaxAttributes = 200;  ///< of a tag; more are not kept

 private:
  [[nodiscard]] Piece text_until(std::size_t end);
  [[nodiscard]] std::optional<Piece> tag();
  void read_attributes(Piece& piece);
  [[nodiscard]] Attribute read_attribute();
  [[nodiscard]] std::string read_value();
  void pass_comment();
  [[nodiscard]] std::size_t end_of_raw(std::string_view name) const;
  void skip_space();

  std::string_view page_;
  std::size_t at_ = 0;
  std::string raw_;  ///< the element whose inside is no markup; empty: none
};

}  // namespace emltrace::html
