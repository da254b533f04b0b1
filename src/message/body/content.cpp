#include "message/body/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "message/body/page_links.hpp"
#include "message/charset.hpp"
#include "message/mime.hpp"

namespace emltrace::body {
namespace {

constexpr std::size_t kMetaBytes = 1'024;  // where browsers look for a charset (13.2.3.2)

// File names that a browser opens as a page whatever type is stated.
constexpr auto kPageNames = std::to_array<std::string_view>(
    {".html", ".htm", ".shtml", ".xhtml", ".xht", ".svg", ".mht", ".mhtml"});

bool is_page(const mime::Part& part) {
  return part.type == "text/html" || part.type == "application/xhtml+xml" ||
         part.type == "image/svg+xml" || part.type == "text/x-amp-html" ||
         std::ranges::any_of(kPageNames,
                             [&](auto end) { return text::iends_with(part.filename, end); });
}

bool is_attachment(const mime::Part& part) {
  return part.disposition == "attachment" || !part.filename.empty() ||
         !part.type.starts_with("text/");
}

// `<meta charset=x>`, `content="text/html; charset=x"`
std::string meta_charset(std::string_view page) {
  const std::string_view head = page.substr(0, kMetaBytes);
  const std::size_t at = text::ifind(head, "charset=");
  if (at == std::string_view::npos) return {};
  std::string_view rest = head.substr(at + 8);
  if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
  return std::string(rest.substr(0, rest.find_first_of("\"' ;/>")));
}

std::string as_utf8(const mime::Part& part, std::string bytes) {
  std::string charset = mime::parameter(part.content_type, "charset").value_or("");
  if (charset.empty() && is_page(part)) charset = meta_charset(bytes);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) charset = "utf-16";
  if (charset.empty()) charset = text::is_utf8(bytes) ? "utf-8" : "windows-1252";
  auto text = to_utf8(bytes, charset);
  return text ? *std::move(text) : text::to_valid_utf8(bytes);
}

// A line end and one white space are nothing (RFC 5545 3.1).
std::string without_folds(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = at + (text[at] == '\r' ? 1 : 0);
    const bool fold = end + 1 < text.size() && text[end] == '\n' && text::is_wsp(text[end + 1]);
    if (fold) {
      at = end + 1;
    } else {
      out += text[at];
    }
  }
  return out;
}

class Walk : public Collector {
 public:
  Content all(std::string_view message) {
    const mime::Part whole = mime::read(message);
    visit(whole);
    if (more_) {
      out_.left_out.push_back(fmt::format("links beyond the first {} in the body", kMaxLinks));
    }
    return std::move(out_);
  }

  void link(Use use, Url url) override {
    std::string key = url.text;
    key += static_cast<char>('0' + static_cast<int>(use));
    if (known_.contains(key)) return;
    if (known_.size() >= kMaxLinks) {
      more_ = true;
      return;
    }
    known_.insert(std::move(key));
    out_.links.push_back({use, std::move(url)});
  }

  void address(std::string_view address) override {
    std::string key(address);
    if (known_.contains(key)) return;
    if (known_.size() >= kMaxLinks) {
      more_ = true;
      return;
    }
    known_.insert(key);
    out_.addresses.push_back(std::move(key));
  }

 private:
  void visit(const mime::Part& part) {
    for (const mime::Part& child : part.parts) visit(child);
    if (!part.parts.empty() || part.body.empty()) return;
    const bool attached = is_attachment(part) && !part.type.starts_with("multipart/");
    const bool page = is_page(part);
    const bool text =
        page || (part.type.starts_with("text/") && part.type != "text/rfc822-headers");
    if (!attached && !text) return;
    auto bytes = part.decoded();
    if (!bytes) {
      out_.left_out.push_back(fmt::format("part {}, whose {} cannot be undone", number(part),
                                          part.encoding.empty() ? "size" : part.encoding));
      return;
    }
    if (attached) attach(part, *bytes);
    if (text) read(part, *std::move(bytes), page);
  }

  static std::string number(const mime::Part& part) {
    return part.number.empty() ? "1" : part.number;
  }

  void attach(const mime::Part& part, std::string_view bytes) {
    out_.attachments.push_back({number(part), part.type, part.filename, bytes.size(),
                                crypto::hex(crypto::digest(crypto::Hash::sha256, bytes))});
  }

  void read(const mime::Part& part, std::string bytes, bool page) {
    if (bytes.size() > kMaxTextBytes) {
      out_.left_out.push_back(fmt::format("the text of part {} behind its first {} bytes",
                                          number(part), kMaxTextBytes));
      bytes.resize(kMaxTextBytes);
    }
    const std::string text = as_utf8(part, std::move(bytes));
    if (page) return read_page(text, 0, *this);
    const bool folded = part.type == "text/calendar" || part.type.ends_with("vcard");
    read_text(folded ? without_folds(text) : text, Use::link, *this);
  }

  Content out_;
  std::unordered_set<std::string> known_;
  bool more_ = false;
};

}  // namespace

Content read_content(std::string_view message) {
  return Walk().all(message);
}

}  // namespace emltrace::body
