#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

/// Outlook's .msg: a compound file of MAPI properties (MS-OXMSG). It holds no RFC 5322 message: of
/// one that came by SMTP the header as it came in, of any other what Outlook knows.
namespace emltrace::outlook_msg {

struct Message;

/// An attachment object (MS-OXCMSG 2.2.2).
struct Attachment {
  std::string name;  ///< long file name, else the short one, else the display name; UTF-8
  std::string type;  ///< PidTagAttachMimeTag, lower case; empty where absent
  bool inline_picture = false;       ///< hidden, or with a Content-ID: part of the text
  std::string bytes;                 ///< attached by value
  std::unique_ptr<Message> message;  ///< attached as a message (method 5)
};

/// A message object.
struct Message {
  std::string header;  ///< PidTagTransportMessageHeaders in UTF-8, or as bytes where it was stored
                       ///< so; else made of properties; empty where neither is there
  bool made_of_properties = false;      ///< `header` is Outlook's statement, by outlook_header
  std::optional<Instant> delivered_at;  ///< PidTagMessageDeliveryTime
  std::string message_class;            ///< `IPM.Note`, `REPORT.IPM.Note.NDR` …
  std::string text;                     ///< plain text of the body, UTF-8, at most kMaxTextBytes
  std::string html;                     ///< the body as HTML, as bytes, at most kMaxTextBytes
  bool text_unread = false;             ///< the body is there as compressed RTF alone
  std::vector<Attachment> attachments;
};

/// True for a compound file that holds a stream of a MAPI property: a .msg under whatever name, and
/// no document of Office.
[[nodiscard]] bool is_msg(std::string_view bytes);

/// Reads the message and those attached to it, kMaxDepth deep. An error where the bytes are no
/// compound file, or neither header nor attached message is in it. The bytes of all attachments
/// together are no more than those of the file.
[[nodiscard]] Result<Message> read(std::string_view bytes);

inline constexpr std::size_t kMaxHeaderBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxTextBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxDepth = 8;         ///< messages inside messages
inline constexpr std::size_t kMaxObjects = 10'000;  ///< attachments and recipients of one file

}  // namespace emltrace::outlook_msg
