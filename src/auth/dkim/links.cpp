#include "auth/dkim/links.hpp"

#include <algorithm>
#include <utility>

#include "message/body/wrapped_link.hpp"

namespace emltrace::dkim {
namespace {

// Up to what no link holds.
std::string_view link_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_of(" \t\r\n\"'<>", at);
  return text.substr(at, end == std::string_view::npos ? end : end - at);
}

std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Attributes that stand behind the link they belong to: ` originalsrc="…"`, ` shash="…"`.
std::size_t added_attribute(std::string_view rest) {
  for (const std::string_view name : {" originalsrc=\"", " originalSrc=\"", " shash=\""}) {
    if (!rest.starts_with(name)) continue;
    const std::size_t end = rest.find('"', name.size());
    return end == std::string_view::npos ? 0 : end + 1;
  }
  return 0;
}

}  // namespace

std::optional<std::string> unwrapped_link(std::string_view link) {
  auto found = emltrace::unwrapped_link(link);
  if (!found || found->wrapper != Wrapper::filter || found->name_only) return std::nullopt;
  return std::move(found->target);
}

std::optional<std::string> with_unwrapped_links(std::string_view text, bool html, bool escape) {
  std::string out;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find("http", at), text.size());
    out += text.substr(at, next - at);
    at = next;
    if (at == text.size()) break;
    const std::string_view written = link_at(text, at);
    const std::string plain =
        html ? replaced_all(std::string(written), "&amp;", "&") : std::string(written);
    auto link = unwrapped_link(plain);
    if (!link) {
      out += text.substr(at, 4);
      at += 4;
      continue;
    }
    any = true;
    out += html && escape ? replaced_all(std::move(*link), "&", "&amp;") : *link;
    at += written.size();
    if (!html || at >= text.size() || text[at] != '"') continue;
    out += text[at++];
    while (const std::size_t length = added_attribute(text.substr(at))) at += length;
  }
  if (!any) return std::nullopt;
  return out;
}

}  // namespace emltrace::dkim
