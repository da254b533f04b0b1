#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/container/json_fields.hpp"
#include "intake/mend/place_map.hpp"
#include "intake/mend/repair.hpp"

namespace emltrace::intake::container {

/// One message of an export.
struct Exported {
  /// The text is that of the message as the export holds it; false where it was put together from
  /// fields, whose folds and white space were not kept.
  bool verbatim = false;
  std::string text;
  Repair repair;           ///< `json-headers`, `json-message` or `csv-cell`
  PlaceMap places;         ///< of fields, in the part of the input; empty where verbatim
  std::size_t offset = 0;  ///< of that part of the input; the whole of it for a single message
  std::size_t length = 0;
};

struct Export {
  std::vector<Exported> messages;
  bool complete = true;  ///< false: what stands behind the messages cannot be read
};

/// A place in the input.
struct Place {
  std::size_t offset = 0;
  std::size_t line = 1;
};
/// The place at which a name stands, asked for in the order of the input.
using Locate = std::function<Place(std::string_view name)>;

/// The repair of a message that was taken as it stood.
struct Taken {
  std::string_view code;
  std::string_view detail;
};

/// What was found as a message: its text, or a header made of its fields (`json-headers`).
[[nodiscard]] Exported put_together(FoundMessage message, const Taken& taken, const Locate& locate);

/// Gives each message the bytes up to the next one, the first one all that stands before it: a
/// single one is the whole input.
void share_out(std::vector<Exported>& messages, std::size_t size);

}  // namespace emltrace::intake::container
