#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/item.hpp"
#include "message/mime.hpp"

/// Messages inside a message: what an abuse desk gets is a report with the original attached.
namespace emltrace::attached {

/// What a message is a wrapper of.
enum class Wrapper {
  none,
  feedback_report,  ///< multipart/report; report-type=feedback-report (RFC 5965)
  forward,          ///< a text of the forwarder's, if any, and attached messages, nothing else
  attachment,       ///< attached messages beside other things: no wrapper in the strict sense
};

/// A message that is attached: message/rfc822, message/global, text/rfc822-headers, an .eml of
/// whatever type, or an Outlook .msg.
struct Attached {
  mime::Part part;
  bool headers_only = false;
  bool outlook = false;  ///< decoded bytes are an OLE2 file
};

struct Content {
  Wrapper wrapper = Wrapper::none;
  std::vector<Attached> messages;  ///< in their order, not those inside them
  intake::WrapperFacts facts;
};

/// Looks into `message`, the whole of one; views in the result look into it.
[[nodiscard]] Content look_into(std::string_view message);

inline constexpr std::size_t kMaxDepth = 8;  ///< messages inside messages
inline constexpr std::size_t kMaxAttached = 100;
inline constexpr std::size_t kShortText = 400;  ///< bytes that a forwarder may add without `Fwd:`

}  // namespace emltrace::attached
