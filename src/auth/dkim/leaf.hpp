#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/damaged.hpp"
#include "auth/dkim/variant.hpp"
#include "base/span.hpp"
#include "message/mime.hpp"

namespace emltrace::dkim {

/// A part of a body that holds no other parts. Places are those in the body.
struct Leaf {
  std::string type;            ///< `text/html`
  std::string encoding;        ///< lower case; empty where absent
  std::optional<Span> header;  ///< null where the part is the whole body
  Span content;                ///< still encoded
  std::string decoded;         ///< the bytes; the content itself where nothing is encoded

  [[nodiscard]] bool is_text() const { return type.starts_with("text/"); }
  [[nodiscard]] bool is_html() const { return type == "text/html"; }
  [[nodiscard]] bool is_encoded() const {
    return encoding == "base64" || encoding == "quoted-printable";
  }
};
inline constexpr std::size_t kMaxLeaves = 40;

/// The body as the message's own Content-Type and Content-Transfer-Encoding have it.
class Leaves {
 public:
  Leaves(const Damaged& damaged, std::string_view body);
  [[nodiscard]] const std::vector<Leaf>& all() const { return leaves_; }

 private:
  void collect(const mime::Part& part, std::size_t body_at);

  std::string entity_;
  std::vector<Leaf> leaves_;
};

/// `bytes` in place of a leaf's content, in its own encoding and layout; quoted-printable in that
/// form (encoders.hpp).
[[nodiscard]] std::string written_as(const Leaf& leaf, std::string_view content,
                                     const std::string& bytes, std::size_t form);

}  // namespace emltrace::dkim
