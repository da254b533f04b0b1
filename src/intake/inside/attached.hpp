#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/inside/outlook_msg.hpp"
#include "intake/inside/survey.hpp"
#include "intake/inside/untraced.hpp"
#include "intake/inside/wrapper_facts.hpp"

/// Messages inside a message: what an abuse desk gets is a report with the original attached.
namespace emltrace::attached {

/// What a message is a wrapper of.
enum class Wrapper {
  none,
  feedback_report,  ///< multipart/report; report-type=feedback-report (RFC 5965)
  journal_report,   ///< of Exchange (MS-XJRNL)
  user_report,      ///< sent by a report button, to a mailbox for reports, or by a spam filter that
                    ///< encloses what it found; whatever stands beside the message
  forward,          ///< a text of the forwarder's, if any, and attached messages, nothing else
  attachment,       ///< attached messages beside other things: no wrapper in the strict sense
};

/// Whether the messages in it are what a wrapper is sent for, so that they are traced in its place.
[[nodiscard]] bool stands_for_its_messages(Wrapper wrapper);

struct Content {
  Wrapper wrapper = Wrapper::none;
  std::vector<survey::Attached> messages;   ///< in their order, not those inside them
  std::vector<intake::WrapperFacts> facts;  ///< one for each of `messages`
  std::vector<intake::Untraced> unread;
};

/// Looks into `message`, the whole of one; views in the result look into it.
[[nodiscard]] Content look_into(std::string_view message);
[[nodiscard]] Content look_into(const outlook_msg::Message& message);

inline constexpr std::size_t kMaxDepth = 8;     ///< messages inside messages
inline constexpr std::size_t kShortText = 400;  ///< bytes that a forwarder may add without `Fwd:`

}  // namespace emltrace::attached
