#include "base/domain.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "base/char_set.hpp"
#include "base/text.hpp"

namespace emltrace {
namespace {

constexpr std::size_t kMaxLabel = 63;  // RFC 1035 2.3.4
constexpr std::size_t kMaxName = 253;  // 255 octets on the wire, without the root label
// Above any U-label form of a valid name; keeps hostile text away from the IDNA tables.
constexpr std::size_t kMaxInput = 1024;

// Brackets are those of address literals, comments and names written so that nothing links: no name
// holds them, and none may reach a DNS question.
constexpr text::CharSet kInName([](char c) {
  return c > ' ' && c < '\x7F' && std::string_view("[](){}<>").find(c) == std::string_view::npos;
});
constexpr text::CharSet kInOctets([](char c) { return c >= ' ' && c < '\x7F'; });

struct IdnFree {
  void operator()(void* text) const { idn2_free(text); }
};

std::optional<std::string> to_a_labels(std::string_view text) {
  if (!text::is_utf8(text) || text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string input(text);
  std::uint8_t* raw = nullptr;
  const int rc = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(input.c_str()), &raw,
                                IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<std::uint8_t, IdnFree> owned(raw);
  if (rc != IDN2_OK || !owned) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(owned.get()));
}

// Lower case without the trailing dot, or null where an octet is none of those allowed.
std::optional<std::string> canonical_ascii(std::string_view name, const text::CharSet& allowed) {
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  if (name.empty() || name.size() > kMaxName) return std::nullopt;
  std::string out(name);
  std::size_t label = 0;
  for (char& c : out) {
    if (c == '.') {
      if (label == 0) return std::nullopt;
      label = 0;
      continue;
    }
    if (!allowed.has(c) || ++label > kMaxLabel) return std::nullopt;
    c = text::lower(c);
  }
  if (label == 0) return std::nullopt;
  return out;
}

std::string label_to_unicode(std::string_view label) {
  std::string input(label);
  if (!label.starts_with("xn--")) return input;
  char* raw = nullptr;
  const int rc = idn2_to_unicode_8z8z(input.c_str(), &raw, 0);
  const std::unique_ptr<char, IdnFree> owned(raw);
  if (rc != IDN2_OK || !owned) return input;
  return owned.get();
}

}  // namespace

std::optional<DomainName> DomainName::parse(std::string_view text) {
  if (text.empty() || text.size() > kMaxInput) return std::nullopt;
  std::optional<std::string> canonical;
  if (text::is_ascii(text)) {
    canonical = canonical_ascii(text, kInName);
  } else if (const auto ascii = to_a_labels(text)) {
    canonical = canonical_ascii(*ascii, kInName);
  }
  if (!canonical) return std::nullopt;
  return DomainName(std::move(*canonical));
}

std::optional<DomainName> DomainName::parse_octets(std::string_view text) {
  auto canonical = canonical_ascii(text, kInOctets);
  if (!canonical) return std::nullopt;
  return DomainName(std::move(*canonical));
}

std::optional<DomainName> DomainName::parse_host(std::string_view text) {
  auto name = parse(text);
  return name && name->is_host_name() ? name : std::nullopt;
}

std::string DomainName::unicode() const {
  std::string out;
  for (const std::string_view label : text::split(text_, '.')) {
    if (!out.empty()) out += '.';
    out += label_to_unicode(label);
  }
  return out;
}

std::size_t DomainName::label_count() const {
  return static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '.')) + 1;
}

std::optional<DomainName> DomainName::parent() const {
  const std::size_t dot = text_.find('.');
  if (dot == std::string::npos) return std::nullopt;
  return DomainName(text_.substr(dot + 1));
}

DomainName DomainName::last_labels(std::size_t count) const {
  std::size_t at = text_.size();
  for (; count > 0; --count) {
    const std::size_t dot = at == 0 ? std::string::npos : text_.rfind('.', at - 1);
    if (dot == std::string::npos) return *this;
    at = dot;
  }
  if (at == text_.size()) return *this;
  return DomainName(text_.substr(at + 1));
}

bool DomainName::is_within(const DomainName& ancestor) const {
  const std::string& above = ancestor.text_;
  if (!text_.ends_with(above)) return false;
  return text_.size() == above.size() || text_[text_.size() - above.size() - 1] == '.';
}

std::optional<DomainName> DomainName::with_prefix(std::string_view prefix) const {
  std::string name(prefix);
  name += '.';
  name += text_;
  return parse(name);
}

bool DomainName::is_host_name() const {
  const auto in_label = [](char c) { return text::is_alnum(c) || c == '-'; };
  const std::string_view all = text_;
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(all.find('.', begin), all.size());
    const std::string_view label = all.substr(begin, end - begin);
    if (label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(), in_label)) return false;
    if (end == all.size()) {
      return begin > 0 && !std::all_of(label.begin(), label.end(), text::is_digit);
    }
    begin = end + 1;
  }
}

}  // namespace emltrace
