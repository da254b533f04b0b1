#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

/// Outlook's .msg: an OLE2 file of MAPI properties (MS-OXMSG). It holds no RFC 5322 message, only
/// the header as it came in by SMTP.
namespace emltrace::outlook_msg {

/// True for the first bytes of an OLE2 file.
[[nodiscard]] bool looks_like_msg(std::string_view bytes);

struct Headers {
  std::string own;  ///< PR_TRANSPORT_MESSAGE_HEADERS (0x007D) in UTF-8; empty where there is none
  std::vector<std::string> attached;  ///< the same of messages attached to it, outermost first
};
/// An error where the bytes are no OLE2 file or no header is in any of its messages.
[[nodiscard]] Result<Headers> read_headers(std::string_view bytes);

inline constexpr std::size_t kMaxHeaderBytes = std::size_t{16} << 20;
inline constexpr int kMaxDepth = 8;          ///< messages inside messages
inline constexpr int kMaxStorages = 10'000;  ///< looked at in one file

}  // namespace emltrace::outlook_msg
