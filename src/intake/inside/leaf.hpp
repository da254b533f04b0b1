#pragma once

#include <cstddef>
#include <string_view>

/// What a part without parts holds: a message, a report about one, or something else.
namespace emltrace::leaf {

/// A part, as MIME and Outlook alike know it.
struct Leaf {
  std::string_view type;        ///< lower case; empty where nothing is said
  std::string_view name;        ///< file name, decoded
  bool attachment = false;      ///< said to be one, or named
  bool inline_picture = false;  ///< of a text
  bool reported = false;  ///< stands behind a feedback report, where the original is (RFC 5965 2)
};

enum class Holds {
  nothing,
  feedback,  ///< message/feedback-report
  message,   ///< by its type or name
  headers,   ///< by its type
  unknown,   ///< begins with a mail header: that alone, or a message
  outlook,   ///< a .msg
  tnef,      ///< winmail.dat (MS-OXTNEF)
  damaged,   ///< is said to be a .msg and is none
};

/// False where no content could make holds() answer anything but `nothing`.
[[nodiscard]] bool may_hold(const Leaf& leaf);
/// By type, name and the decoded content or its start, of kSampleBytes.
[[nodiscard]] Holds holds(const Leaf& leaf, std::string_view start);
/// True for what beside a message makes it one enclosure of several: documents, sound, programs.
/// Not for texts, pictures of a text, signatures, and what report buttons add (JSON, XML).
[[nodiscard]] bool is_document(const Leaf& leaf);

inline constexpr std::size_t kSampleBytes = std::size_t{64} << 10;

}  // namespace emltrace::leaf
