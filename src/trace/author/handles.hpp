#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "message/message.hpp"
#include "trace/author/authentication.hpp"
#include "trace/author/field_writers.hpp"
#include "trace/author/handle_rows.hpp"
#include "trace/author/signed_fields.hpp"
#include "trace/clock/reading.hpp"
#include "trace/route/route.hpp"

namespace emltrace::trace {

inline constexpr std::size_t kMaxHandles = 200;          ///< of one message
inline constexpr std::size_t kMaxHandleValue = 1'000;    ///< bytes told of one value
inline constexpr std::size_t kMaxHandleText = 16'000;    ///< bytes of one field that are read
inline constexpr std::size_t kMaxHandleDecoded = 8'000;  ///< bytes of base64 that are decoded

/// The handles of a message as it states them, top to bottom; at most kMaxHandles.
[[nodiscard]] std::vector<ClaimedHandle> read_handles(const Message& message);
/// Those of an envelope sender that no Return-Path of the message names.
[[nodiscard]] std::vector<ClaimedHandle> read_envelope_handles(const Message& message,
                                                               const std::string& mail_from);

/// What shows whose handles are genuine. The route is judged.
struct HandleEvidence {
  const Message& message;
  const Route& route;
  const Authentication& auth;
  const SignedFields& signatures;
  const FieldWriters& writers;
  std::span<const MessageClock> clocks;  ///< of the message's fields
};
/// The handles with their standing. A report goes to an operator only where the route or a check
/// shows that it had a part in the message.
[[nodiscard]] std::vector<Handle> judge_handles(std::span<const ClaimedHandle> claimed,
                                                const HandleEvidence& evidence);

}  // namespace emltrace::trace
