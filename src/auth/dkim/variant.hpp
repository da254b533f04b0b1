#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/canonical.hpp"
#include "base/span.hpp"

/// What trial repair changes: a header and a body as they may have been.
namespace emltrace::dkim {

/// The signature field stands there without its b= value. Views look into the message or into
/// `owned`.
struct HeaderVariant {
  std::vector<FieldText> fields;
  std::size_t own = 0;  ///< index of the signature field
  LineEnds ends = LineEnds::crlf;
  std::vector<std::shared_ptr<const std::string>> owned;

  /// Gives field `index` another text; the name is what stands before its colon.
  void replace(std::size_t index, std::string raw);
  /// Appends a field below all others.
  void append(std::string raw);
  void erase(std::size_t index);
  /// The index of the first field of that name, or fields.size().
  [[nodiscard]] std::size_t find(std::string_view name) const;
  [[nodiscard]] bool has(std::size_t index) const { return index < fields.size(); }
  [[nodiscard]] std::size_t count(std::string_view name) const;
  /// The value of field `index`: all after its colon, without the last line end.
  [[nodiscard]] std::string_view value(std::size_t index) const;
  /// A copy in which field `index` has that value.
  [[nodiscard]] HeaderVariant with_value(std::size_t index, std::string_view value) const;
};

/// `bytes` looks into the message or into `owned`.
struct BodyVariant {
  std::string_view bytes;
  LineEnds ends = LineEnds::crlf;
  std::shared_ptr<const std::string> owned;

  static BodyVariant of(std::string text, LineEnds ends);
};

/// A place in a body and what is to stand there.
struct BodyEdit {
  Span place;
  std::string text;
};
/// The body with the edits made, which are in ascending order and do not overlap.
[[nodiscard]] BodyVariant edited(const BodyVariant& from, const std::vector<BodyEdit>& edits);

}  // namespace emltrace::dkim
