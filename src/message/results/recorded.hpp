#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "message/message.hpp"
#include "message/results/auth_results.hpp"

namespace emltrace {

/// One recorded result of one field, as its writer stated it.
struct Recorded {
  std::size_t line = 0;
  std::size_t offset = 0;  ///< of the field in the message
  std::string header;      ///< `Authentication-Results`, `Authentication-Results-Original`,
                           ///< `ARC-Authentication-Results`, `Received-SPF`
  /// Another system found it at another place, maybe for another client, and this field passes it
  /// on: ARC's (RFC 8617 4.1.1), and the field that a gateway renamed.
  bool passed_on = false;
  std::optional<std::string> authserv_id;
  RecordedMethod method;
};

/// The name in which a field states results; null for other fields, and where it gives none.
[[nodiscard]] std::optional<std::string> authserv_id_of(const Field& field);

inline constexpr std::size_t kMaxRecorded = 2'000;  ///< results of one message

/// All recorded results, top to bottom, at most kMaxRecorded. A field that says `none` has none.
[[nodiscard]] std::vector<Recorded> collect_recorded(const Message& message);

}  // namespace emltrace
