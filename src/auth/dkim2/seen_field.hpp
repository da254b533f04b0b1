#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "message/message.hpp"

namespace emltrace::dkim2 {

/// A `DKIM2-Signature` or `Message-Instance` field. Shown as it stands, whether it is well formed
/// or not. Null: not there, or not readable.
struct SeenField {
  std::size_t line = 0;
  std::string header;
  std::optional<std::string> domain;     ///< d=
  std::optional<std::string> hop;        ///< i= of a DKIM2-Signature, as written
  std::optional<std::string> revision;   ///< m=, as written: an instance is no hop
  std::optional<Instant> signed_at;      ///< t=
  std::optional<std::string> mail_from;  ///< mf= decoded, without its brackets; empty: null path
  std::vector<std::string> rcpt_to;      ///< rt= decoded, without brackets
  std::vector<std::pair<std::string, std::string>>
      tags;  ///< all tags but those of hashes, recipes and signatures, as written without white
             ///< space, values cut at kMaxSeenValue
};

inline constexpr std::size_t kMaxSeenFields = 100;  ///< of one message
inline constexpr std::size_t kMaxSeenTags = 32;     ///< of one field; recipients of one field
inline constexpr std::size_t kMaxSeenValue = 256;   ///< bytes

/// Top to bottom, at most kMaxSeenFields.
[[nodiscard]] std::vector<SeenField> collect_seen(const Message& message);

}  // namespace emltrace::dkim2
