#include "base/domain.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "base/text.hpp"

namespace emltrace {
namespace {

constexpr std::size_t kMaxLabel = 63;  // RFC 1035 2.3.4
constexpr std::size_t kMaxName = 253;  // 255 octets on the wire, without the root label
// Above any U-label form of a valid name; keeps hostile text away from the IDNA tables.
constexpr std::size_t kMaxInput = 1024;

// Of address literals, comments and names written so that nothing links: no name holds them, and
// none may reach a DNS question.
constexpr std::string_view kBrackets = "[](){}<>";

struct IdnFree {
  void operator()(void* text) const { idn2_free(text); }
};

bool is_ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

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

// Lower case without the trailing dot, or null where an octet is below `lowest`.
std::optional<std::string> canonical_ascii(std::string_view name, unsigned char lowest = '!') {
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  if (name.empty() || name.size() > kMaxName) return std::nullopt;
  std::string out(name);
  std::size_t label = 0;
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '.') {
      if (label == 0) return std::nullopt;
      label = 0;
      continue;
    }
    if (byte < lowest || byte >= 0x7F || ++label > kMaxLabel) return std::nullopt;
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
  if (text.find_first_of(kBrackets) != std::string_view::npos) return std::nullopt;
  std::optional<std::string> canonical;
  if (is_ascii(text)) {
    canonical = canonical_ascii(text);
  } else if (const auto ascii = to_a_labels(text)) {
    canonical = canonical_ascii(*ascii);
  }
  if (!canonical) return std::nullopt;
  return DomainName(std::move(*canonical));
}

std::optional<DomainName> DomainName::parse_octets(std::string_view text) {
  auto canonical = canonical_ascii(text, ' ');
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
  const auto labels = text::split(text_, '.');
  if (labels.size() < 2) return false;
  for (const std::string_view label : labels) {
    if (label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](char c) { return text::is_alnum(c) || c == '-'; })) {
      return false;
    }
  }
  return !std::all_of(labels.back().begin(), labels.back().end(), text::is_digit);
}

}  // namespace emltrace
