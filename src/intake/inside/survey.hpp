#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/inside/outlook_msg.hpp"
#include "intake/inside/untraced.hpp"
#include "message/mime.hpp"

/// What the parts of a message are, for a MIME message and for one of Outlook alike: every decision
/// about messages inside messages is made by it.
namespace emltrace::survey {

/// How much of a message a part holds.
enum class Extent {
  whole,    ///< by its type or name
  headers,  ///< by its type, or because it stands in a text
  unknown,  ///< told by its content alone: a header, and maybe a body
};

/// A message that is attached: message/rfc822 and its kin, text/rfc822-headers, an .eml of whatever
/// type, an Outlook .msg; a part of no telling type or name whose content begins with a mail
/// header.
struct Attached {
  std::string number;  ///< of the part; of an Outlook attachment its place among them
  Extent extent = Extent::whole;
  bool in_text = false;                ///< a header that somebody pasted into the text of that part
  std::string_view bytes;              ///< looks into the outer message; empty where decoded
  std::optional<std::string> decoded;  ///< bytes of its own
  const outlook_msg::Message* embedded = nullptr;  ///< a message object in a .msg
  bool original_of_filter = false;                 ///< SpamAssassin's x-spam-type=original
  std::string name;                                ///< file name

  /// The bytes, wherever they are; empty where `embedded`.
  [[nodiscard]] std::string_view text() const { return decoded ? *decoded : bytes; }
  /// The header, as far as one can be told before anything is mended.
  [[nodiscard]] std::string_view header() const;
};

struct Survey {
  static constexpr std::size_t kTextUnknown = static_cast<std::size_t>(-1);

  std::string_view header;  ///< of the outer message
  std::string type;         ///< media type of the outer message, lower case
  std::vector<Attached> messages;
  std::vector<intake::Untraced> unread;
  std::optional<std::string> feedback;  ///< the first message/feedback-report, decoded
  std::string first_text;               ///< start of the first text/plain, decoded
  /// That a reader sees, of plain text or of HTML; or kTextUnknown. Not told, 0, of a MIME
  /// message without attached ones: nobody asks then.
  std::size_t text_bytes = 0;
  bool other_parts = false;  ///< documents, sound … but no pictures of a text, signatures, JSON
  bool digest = false;       ///< multipart/digest
  bool bounce = false;       ///< by its author or class
};

/// `message` and what `root` looks into must outlive the survey.
[[nodiscard]] Survey of(const mime::Part& root);
[[nodiscard]] Survey of(const outlook_msg::Message& message);

inline constexpr std::size_t kMaxAttached = 100;

}  // namespace emltrace::survey
