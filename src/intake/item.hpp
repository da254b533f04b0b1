#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.hpp"
#include "intake/mend/place_map.hpp"
#include "intake/mend/repair.hpp"

namespace emltrace::intake {

enum class Kind { message, headers };
[[nodiscard]] std::string_view to_string(Kind kind);

/// Envelope facts that a wrapper states (RFC 5965 Source-IP, Original-Mail-From, Arrival-Date …).
/// Null: not stated.
struct WrapperFacts {
  std::string wrapper;  ///< what it was found in: `feedback-report`, `forward`; empty if no wrapper
  std::string wrapper_from;     ///< From of the wrapper, for people
  std::string wrapper_subject;  ///< decoded
  std::optional<ip::Address> source_ip;
  std::optional<std::string> mail_from;
  std::optional<std::string> rcpt_to;
  std::optional<std::string> helo;
  std::optional<std::string> arrival_date;
  std::optional<std::string> reporting_mta;  ///< the host that took the original, without `dns;`
  std::optional<std::string> feedback_type;  ///< `abuse`, `fraud`, `auth-failure` …
};

/// One message to trace. `original` is what was given, `text` what is parsed: the same bytes, or a
/// mended copy. Both look into `storage` and are valid as long as it, or a copy of the item, lives.
struct Item {
  std::string path;       ///< `-` for standard input
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
  std::shared_ptr<const void> storage;
};

}  // namespace emltrace::intake
