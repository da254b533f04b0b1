#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "message/message.hpp"

namespace emltrace::auth {

/// The draft that defines the two fields. Its tags still change from one version to the next: what
/// stands there is shown, nothing is verified.
inline constexpr const char* kDkim2Draft = "draft-ietf-dkim-dkim2-spec";

/// A `DKIM2-Signature` or `Message-Instance` field. Shown, never weighed. Null: not there, or not
/// readable.
struct Dkim2Field {
  std::size_t line = 0;
  std::string header;
  std::optional<std::string> domain;     ///< d=
  std::optional<std::string> hop;        ///< i= as written; of a Message-Instance its m=
  std::optional<Instant> signed_at;      ///< t=
  std::optional<std::string> mail_from;  ///< mf= decoded, without its brackets; empty: null path
  std::vector<std::string> rcpt_to;      ///< rt= decoded, without brackets
  std::vector<std::pair<std::string, std::string>>
      tags;  ///< all tags but those of hashes, recipes and signatures, as written without white
             ///< space, values cut at kMaxDkim2Value
};

inline constexpr std::size_t kMaxDkim2Fields = 100;  ///< of one message
inline constexpr std::size_t kMaxDkim2Tags = 32;     ///< of one field; recipients of one field
inline constexpr std::size_t kMaxDkim2Value = 256;   ///< bytes

/// Top to bottom, at most kMaxDkim2Fields.
[[nodiscard]] std::vector<Dkim2Field> collect_dkim2(const Message& message);

}  // namespace emltrace::auth
