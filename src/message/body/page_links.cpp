#include "message/body/page_links.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "message/body/html_reader.hpp"
#include "message/body/text_links.hpp"

namespace emltrace::body {
namespace {

// How the value of an attribute holds links.
enum class Form { one, comma_list, space_list, code };
struct LinkAttribute {
  std::string_view name;
  Use use;
  Form form = Form::one;
};
constexpr auto kLinkAttributes = std::to_array<LinkAttribute>({
    {"href", Use::link},
    {"xlink:href", Use::link},
    {"action", Use::link},
    {"formaction", Use::link},
    {"cite", Use::link},
    {"longdesc", Use::link},
    {"originalsrc", Use::link},
    {"ping", Use::link, Form::space_list},
    {"src", Use::resource},
    {"srcset", Use::resource, Form::comma_list},
    {"background", Use::resource},
    {"poster", Use::resource},
    {"data", Use::resource},
    {"dynsrc", Use::resource},
    {"lowsrc", Use::resource},
    {"style", Use::resource, Form::code},
});

// Two more kinds of attributes hold code or links by their prefix.
std::optional<LinkAttribute> link_attribute(std::string_view name) {
  const auto* row = std::ranges::find(kLinkAttributes, name, &LinkAttribute::name);
  if (row != kLinkAttributes.end()) return *row;
  if (name.starts_with("on") || name.starts_with("data-")) {
    return LinkAttribute{name, Use::link, Form::code};
  }
  return std::nullopt;
}

bool is_point(const std::string* length) {
  if (length == nullptr) return false;
  const std::string_view text = text::trim(*length);
  return text == "0" || text == "1" || text == "0px" || text == "1px";
}

// A picture that nobody is to see.
bool is_pixel(const html::Piece& tag) {
  if (tag.name != "img") return false;
  if (is_point(tag.attribute("width")) && is_point(tag.attribute("height"))) return true;
  const std::string* style = tag.attribute("style");
  if (style == nullptr) return false;
  const std::string plain = text::lower(text::without_space(*style)) + ';';
  const auto has = [&](std::string_view what) { return plain.find(what) != std::string::npos; };
  return has("display:none") || has("visibility:hidden") ||
         ((has("width:1px;") || has("width:0")) && (has("height:1px;") || has("height:0")));
}

// `0; url='http://…'` of a refresh.
std::string_view refresh_target(std::string_view content) {
  const std::size_t at = text::ifind(content, "url");
  if (at == std::string_view::npos) return {};
  std::string_view rest = text::trim(content.substr(at + 3));
  if (!rest.starts_with('=')) return {};
  rest = text::trim(rest.substr(1));
  if (rest.starts_with('"') || rest.starts_with('\'')) {
    const char quote = rest.front();
    rest.remove_prefix(1);
    rest = rest.substr(0, rest.find(quote));
  }
  return rest;
}

class Page {
 public:
  Page(std::size_t depth, Collector& into) : depth_(depth), into_(into) {}

  void read(std::string_view page) {
    html::Reader reader(page);
    while (const auto piece = reader.next()) take(*piece);
  }

 private:
  void take(const html::Piece& piece) {
    using Kind = html::Piece::Kind;
    switch (piece.kind) {
      case Kind::start:
        return start(piece);
      case Kind::end:
        if (piece.name == "a") anchor_.reset();
        return;
      case Kind::code:
        return code(piece.text, piece.name == "style" ? Use::resource : Use::link);
      case Kind::text:
        return text(piece.text);
    }
  }

  void start(const html::Piece& tag) {
    if (tag.name == "base") {
      const std::string* href = tag.attribute("href");
      if (href != nullptr && !base_) base_ = read_url(*href);
    }
    if (tag.name == "a") anchor_.reset();
    const std::string* rule = tag.attribute("http-equiv");
    const std::string* content = tag.attribute("content");
    if (rule != nullptr && content != nullptr && text::iequals(text::trim(*rule), "refresh")) {
      value(refresh_target(*content), Use::link);
    }
    const bool pixel = is_pixel(tag);
    for (const auto& [name, written] : tag.attributes) {
      const auto row = link_attribute(name);
      if (!row) continue;
      const bool loaded = row->use == Use::resource || tag.name == "link";
      attribute(*row, written, pixel && loaded ? Use::pixel : loaded ? Use::resource : Use::link);
      if (tag.name == "a" && name == "href") anchor_ = read_url(written, base());
    }
  }

  void attribute(const LinkAttribute& row, std::string_view written, Use use) {
    switch (row.form) {
      case Form::one:
        return value(written, use);
      case Form::code:
        return code(written, use);
      case Form::comma_list:
        for (const std::string_view part : text::split(written, ',')) {
          const auto words = text::words(part);
          if (!words.empty()) value(words.front(), use);
        }
        return;
      case Form::space_list:
        for (const std::string_view word : text::words(written)) value(word, use);
        return;
    }
  }

  void value(std::string_view written, Use use) {
    // Without a page around it `//host/x` has no scheme, and `\\host\share` is a file's.
    const std::string_view plain = text::trim(written);
    if (!base_ && (plain.starts_with("//") || plain.starts_with("\\\\"))) {
      const bool share = plain.starts_with('\\');
      auto url = read_url((share ? "file:" : "http:") + std::string(plain));
      if (url && !share) {
        url->text.erase(0, 5);
        url->path_at -= 5;
        url->scheme.clear();
        url->written = plain;
      }
      if (url) into_.link(use, *std::move(url));
      return;
    }
    auto url = read_url(written, base());
    if (!url || url->scheme == "cid" || url->scheme == "mid" || url->scheme == "about") return;
    if (url->scheme == "mailto") {
      read_text(text::decode_octets(url->path(), '%'), use, into_);
    } else if (url->scheme == "javascript" || url->scheme == "vbscript") {
      code(text::decode_octets(url->path(), '%'), use);
    } else if (url->scheme == "data") {
      data(url->path());
    } else {
      into_.link(use, *std::move(url));
    }
  }

  // dataurl = "data:" [ mediatype ] [ ";base64" ] "," data                               (RFC 2397)
  void data(std::string_view rest) {
    const std::size_t comma = rest.find(',');
    if (comma == std::string_view::npos || depth_ >= kMaxDataDepth) return;
    const std::string type = text::lower(rest.substr(0, comma));
    if (!type.starts_with("text/") && type.find("xml") == std::string::npos) return;
    std::string bytes = text::decode_octets(rest.substr(comma + 1), '%');
    if (type.ends_with(";base64")) bytes = base64_decode(bytes, true).value_or("");
    read_page(bytes, depth_ + 1, into_);
  }

  void code(std::string_view code, Use use) {
    find_links_in_code(code, [&](const TextLink& found) {
      auto url = found.address ? std::nullopt : read_url(found.text);
      if (url) into_.link(use, *std::move(url));
    });
  }

  // A URL as the text of a link is what a reader is shown, not where he gets.
  void text(std::string_view text) {
    if (!anchor_) return read_text(text, Use::link, into_);
    find_links(text, [&](const TextLink& found) {
      if (found.address) {
        into_.address(found.text);
      } else if (auto url = read_url(found.text); url && url->host != anchor_->host) {
        into_.link(Use::shown, *std::move(url));
      }
    });
  }

  [[nodiscard]] const Url* base() const { return base_ ? &*base_ : nullptr; }

  std::size_t depth_;
  Collector& into_;
  std::optional<Url> base_;
  std::optional<Url> anchor_;  ///< where the `<a>` around leads
};

}  // namespace

void read_text(std::string_view text, Use use, Collector& into) {
  find_links(text, [&](const TextLink& found) {
    if (found.address) {
      into.address(found.text);
    } else if (auto url = read_url(found.text)) {
      into.link(use, *std::move(url));
    }
  });
}

void read_page(std::string_view page, std::size_t depth, Collector& into) {
  Page(depth, into).read(page);
}

}  // namespace emltrace::body
