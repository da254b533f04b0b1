#include "auth/dkim/leaf.hpp"

#include <algorithm>

#include "auth/dkim/encoders.hpp"
#include "auth/dkim/repair_part.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {

Leaves::Leaves(const Damaged& damaged, std::string_view body) {
  for (const std::string_view name : {"content-type", "content-transfer-encoding"}) {
    if (const Field* field = damaged.message.find(name)) {
      entity_ += std::string(field->name) + ":" + std::string(field->body) + "\r\n";
    }
  }
  entity_ += "\r\n";
  const std::size_t body_at = entity_.size();
  entity_ += body;
  collect(mime::read(entity_), body_at);
}

void Leaves::collect(const mime::Part& part, std::size_t body_at) {
  for (const mime::Part& inner : part.parts) collect(inner, body_at);
  if (!part.parts.empty() || leaves_.size() == kMaxLeaves) return;
  const auto place = [&](std::string_view text) {
    return Span{static_cast<std::size_t>(text.data() - entity_.data()) - body_at, text.size()};
  };
  Leaf leaf;
  leaf.type = part.type;
  leaf.encoding = part.encoding;
  if (!part.number.empty() && part.header.data() >= entity_.data() + body_at) {
    leaf.header = place(part.header);
  }
  if (part.body.data() == nullptr) return;
  leaf.content = place(part.body);
  auto decoded = part.decoded();
  if (!decoded) return;
  leaf.decoded = std::move(*decoded);
  leaves_.push_back(std::move(leaf));
}

std::string written_as(const Leaf& leaf, std::string_view content, const std::string& bytes,
                       std::size_t form) {
  if (leaf.encoding == "quoted-printable") return quoted_printable(bytes, form);
  if (leaf.encoding != "base64") return bytes;
  const std::size_t lf = content.find('\n');
  const bool crlf = lf != std::string_view::npos && lf > 0 && content[lf - 1] == '\r';
  const std::string_view end = crlf || lf == std::string_view::npos ? "\r\n" : "\n";
  const std::size_t width = lf == std::string_view::npos ? 76 : crlf ? lf - 1 : lf;
  std::string lines = base64_lines(bytes, width, end);
  if (content.ends_with('\n')) lines += end;
  return lines;
}

}  // namespace emltrace::dkim
