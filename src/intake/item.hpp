#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/inside/untraced.hpp"
#include "intake/inside/wrapper_facts.hpp"
#include "intake/mend/place_map.hpp"
#include "intake/mend/repair.hpp"

namespace emltrace::intake {

enum class Kind { message, headers };
[[nodiscard]] std::string_view to_string(Kind kind);

/// One message to trace. `original` is what was given, `text` what is parsed: the same bytes, or a
/// mended copy. Both look into `storage` and are valid as long as it, or a copy of the item, lives.
struct Item {
  std::string path;       ///< `-` for standard input; `a.zip!b.eml` in an archive
  std::string file;       ///< that was opened for it: `a.zip`
  std::size_t index = 1;  ///< 1 is the first message of that path
  std::optional<std::string>
      part;  ///< MIME part number (`2`, `2.1`) of an attached message; null for the outer one
  Kind kind = Kind::message;
  std::string_view original;
  std::string_view text;
  std::size_t base_offset = 0;  ///< of `original` in the input file
  std::vector<Repair> repairs;
  PlaceMap places;
  WrapperFacts wrapper;
  std::vector<Untraced> untraced;
  std::shared_ptr<const void> storage;

  /// True where `text` is no header that came by mail, but what Outlook knows of the message.
  [[nodiscard]] bool made_of_properties() const;
};

/// The code of the repair that says so.
inline constexpr std::string_view kOutlookProperties = "outlook-properties";

}  // namespace emltrace::intake
