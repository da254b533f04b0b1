#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.hpp"

/// What DKIM2-Signature and Message-Instance have in common (draft-ietf-dkim-dkim2-spec): a list of
/// `tag=value`, each with `;` behind it, in any order.
namespace emltrace::dkim2 {

/// The tags of a field. Names in lower case, since case does not count; values are views into the
/// field, white space at their ends taken off.
struct Tags {
  std::vector<std::pair<std::string, std::string_view>> all;
  /// False where the text is no such list: a tag twice, no `=`, an empty tag, a byte that may not
  /// stand there, or a fold of more than one line end (obs-FWS). What can be read is read.
  bool well_formed = true;

  [[nodiscard]] static Tags parse(std::string_view field_body);
  /// The value of the first tag of that name; null where it is absent.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
};

/// Decimal digits and nothing else, from 1 on; null for all else.
[[nodiscard]] std::optional<std::size_t> read_ordinal(std::string_view value);

/// t=. Beyond the year 9999 `signed_at` stays null, and it is well formed.
struct Timestamp {
  bool well_formed = false;
  std::optional<Instant> signed_at;
};
[[nodiscard]] Timestamp read_timestamp(std::string_view value);

/// One item of a list in h= or s=: items are joined by `,`, and `|` begins the next group.
struct ListItem {
  std::size_t group = 1;  ///< from 1
  std::string_view text;
};
[[nodiscard]] std::vector<ListItem> read_groups(std::string_view value);

/// The parts of `name:a:b`, the name without white space at its ends; null where it has not three
/// parts or no name of letters, digits, `.`, `_` and `-`.
struct Triple {
  std::string_view first, second, third;
};
[[nodiscard]] std::optional<Triple> read_triple(std::string_view item);

/// True for letters, digits, `.`, `_` and `-`, at least one of them.
[[nodiscard]] bool is_name(std::string_view text);

}  // namespace emltrace::dkim2
