#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "message/body/url.hpp"

namespace emltrace::body {

/// How a link stands in a body.
enum class Use {
  link,      ///< a reader follows it: href, action, refresh, a URL in a text
  shown,     ///< the text of a link that leads to another host: nobody gets there
  resource,  ///< loaded without being asked for: src, background, style
  pixel,     ///< a picture of one point or none, which tells that the message was opened
};

struct Link {
  Use use = Use::link;
  Url url;
};

struct Attachment {
  std::string part;      ///< MIME part number; `1` of a message without parts
  std::string type;      ///< as stated, lower case
  std::string name;      ///< decoded; empty where none is stated
  std::size_t size = 0;  ///< bytes, decoded
  std::string sha256;    ///< of the decoded bytes, lower-case hexadecimal
};

struct Content {
  std::vector<Link> links;             ///< in the order of the body, each URL and use once
  std::vector<std::string> addresses;  ///< of `mailto:` and of texts, each once
  std::vector<Attachment> attachments;
  std::vector<std::string> left_out;  ///< what was not read, one phrase each for people
};

/// Reads the body of a message: texts and pages of HTML through their transfer encoding and
/// charset, HTML and SVG attachments and `data:` pages too. Nobody is asked. Messages inside are
/// attachments and not entered. Linear in the size.
[[nodiscard]] Content read_content(std::string_view message);

inline constexpr std::size_t kMaxLinks = 10'000;                    ///< of a message, each once
inline constexpr std::size_t kMaxTextBytes = std::size_t{8} << 20;  ///< of one part
inline constexpr std::size_t kMaxDataDepth = 3;                     ///< `data:` pages inside pages

}  // namespace emltrace::body
