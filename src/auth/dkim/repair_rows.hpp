#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/repair.hpp"

/// The rows of trial repair: each tries to undo one kind of damage. To add one is one row.
namespace emltrace::dkim {

/// A header as it may have been. The signature field stands there without its b= value. Views look
/// into the message or into `owned`.
struct HeaderVariant {
  std::vector<FieldText> fields;
  std::size_t own = 0;
  LineEnds ends = LineEnds::crlf;
  std::vector<std::shared_ptr<const std::string>> owned;

  /// Gives field `index` another text; the name is what stands before its colon.
  void replace(std::size_t index, std::string raw);
  /// Appends a field below all others.
  void append(std::string raw);
  void erase(std::size_t index);
  /// The index of the first field of that name, or fields.size().
  [[nodiscard]] std::size_t find(std::string_view name) const;
};

/// A body as it may have been: `bytes` looks into the message or into `owned`.
struct BodyVariant {
  std::string_view bytes;
  LineEnds ends = LineEnds::crlf;
  std::shared_ptr<const std::string> owned;

  static BodyVariant of(std::string text, LineEnds ends);
};

struct HeaderRepair {
  std::string_view code;
  std::vector<HeaderVariant> (*variants)(const Damaged& damaged, const HeaderVariant& from);
};
struct BodyRepair {
  std::string_view code;
  std::vector<BodyVariant> (*variants)(const Damaged& damaged, const BodyVariant& from);
};

/// Cheapest and most usual first.
[[nodiscard]] std::span<const HeaderRepair> header_repairs();
[[nodiscard]] std::span<const BodyRepair> body_repairs();

/// True where bare CR or LF stand beside the line ends of the message.
[[nodiscard]] bool has_stray_line_ends(const Message& message);

/// The value of a field's text: all after its colon, without the last line end.
[[nodiscard]] std::string_view value_of(std::string_view raw);

/// A multipart body taken apart by its outermost boundary. Views look into the body.
struct Parts {
  struct Part {
    std::size_t delimiter;     ///< offset of the line of its delimiter
    std::string_view header;   ///< its fields, with their line ends
    std::string_view content;  ///< without the line end that belongs to the next delimiter
  };
  std::vector<Part> parts;
  std::size_t closing = 0;  ///< offset of the line of the closing delimiter
  bool closed = false;
};
inline constexpr std::size_t kMaxParts = 100;
/// No parts where the message is no multipart or its boundary is never met.
[[nodiscard]] Parts cut_parts(const Damaged& damaged, std::string_view body);
/// The field `name` in a part's header, with its line ends; empty if none.
[[nodiscard]] std::string_view part_field(const Parts::Part& part, std::string_view name);

}  // namespace emltrace::dkim
