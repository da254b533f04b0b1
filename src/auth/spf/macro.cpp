#include "auth/spf/macro.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace emltrace::spf {
namespace {

constexpr std::string_view kLetters = "slodiphcrtv";
constexpr std::string_view kExplanationLetters = "crt";  // RFC 7208 7.2: only in the text of exp
constexpr std::string_view kDelimiters = ".-+,/_=";
constexpr std::size_t kMaxNameLength = 253;
constexpr unsigned kMostParts = 1'000'000;  // more parts than any text has

enum class Use { domain_spec, modifier, explanation };

class MacroReader {
 public:
  MacroReader(std::string_view text, Use use) : text_(text), use_(use) {}

  std::optional<SyntaxError> read();
  [[nodiscard]] MacroString take() { return std::move(result_); }
  /// The literal text after the last macro-expand.
  [[nodiscard]] std::string_view tail() const { return text_.substr(tail_); }
  [[nodiscard]] bool ends_in_macro() const { return tail_ != 0 && tail_ == text_.size(); }

 private:
  std::optional<SyntaxError> read_percent();
  std::optional<SyntaxError> read_braces();
  void read_transformers(MacroExpand& macro);
  [[nodiscard]] bool is_literal(char c) const;
  void add_literal(std::string_view s);
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::string_view text_;
  Use use_;
  std::size_t at_ = 0;
  std::size_t tail_ = 0;
  MacroString result_;
};

bool MacroReader::is_literal(char c) const {
  return (c > ' ' && c < '\x7F' && c != '%') || (c == ' ' && use_ == Use::explanation);
}

void MacroReader::add_literal(std::string_view s) {
  auto& parts = result_.parts;
  if (parts.empty() || !std::holds_alternative<std::string>(parts.back())) {
    parts.emplace_back(std::string());
  }
  std::get<std::string>(parts.back()) += s;
}

std::optional<SyntaxError> MacroReader::read() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '%') {
      if (auto error = read_percent()) return error;
      tail_ = at_;
    } else if (is_literal(c)) {
      add_literal(text_.substr(at_, 1));
      ++at_;
    } else {
      return SyntaxError{
          at_, fmt::format("octet 0x{:02X} is not allowed", static_cast<unsigned char>(c))};
    }
  }
  return std::nullopt;
}

std::optional<SyntaxError> MacroReader::read_percent() {
  const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (next == '{') return read_braces();
  if (next == '%') {
    add_literal("%");
  } else if (next == '_') {
    add_literal(" ");
  } else if (next == '-') {
    add_literal("%20");
  } else {
    return SyntaxError{at_, R"("%" without "{", "%", "_" or "-" after it)"};
  }
  at_ += 2;
  return std::nullopt;
}

void MacroReader::read_transformers(MacroExpand& macro) {
  for (; text::is_digit(peek()); ++at_) {
    macro.keep = std::min(macro.keep * 10 + static_cast<unsigned>(peek() - '0'), kMostParts);
  }
  if (text::lower(peek()) == 'r') {
    macro.reverse = true;
    ++at_;
  }
  while (at_ < text_.size() && kDelimiters.find(peek()) != std::string_view::npos) {
    macro.delimiters += text_[at_++];
  }
}

std::optional<SyntaxError> MacroReader::read_braces() {
  const std::size_t start = at_;
  at_ += 2;
  const char written = peek();
  MacroExpand macro;
  macro.letter = text::lower(written);
  macro.url_escape = macro.letter != written;
  if (at_ == text_.size() || kLetters.find(macro.letter) == std::string_view::npos) {
    return SyntaxError{start, "unknown macro"};
  }
  if (use_ == Use::domain_spec &&
      kExplanationLetters.find(macro.letter) != std::string_view::npos) {
    return SyntaxError{
        start, fmt::format("macro letter \"{}\" is for explanation texts only", macro.letter)};
  }
  const std::size_t digits = ++at_;
  read_transformers(macro);
  if (text::is_digit(text_[std::min(digits, text_.size() - 1)]) && macro.keep == 0) {
    return SyntaxError{digits, "a macro that keeps 0 parts"};
  }
  if (peek() != '}') return SyntaxError{start, "macro without its closing \"}\""};
  ++at_;
  result_.parts.emplace_back(std::move(macro));
  return std::nullopt;
}

bool is_toplabel(std::string_view s) {
  if (s.empty() || !text::is_alnum(s.front()) || !text::is_alnum(s.back())) return false;
  return std::all_of(s.begin(), s.end(), [](char c) { return text::is_alnum(c) || c == '-'; }) &&
         !std::all_of(s.begin(), s.end(), text::is_digit);
}

Parsed<MacroString> parse(std::string_view text, Use use) {
  MacroReader reader(text, use);
  if (auto error = reader.read()) return *error;
  return reader.take();
}

bool is_unreserved(char c) {  // RFC 3986 2.3
  return text::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_escaped(std::string& out, std::string_view s) {
  for (const char c : s) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
}

// RFC 7208 7.3: split, reversed, cut to the right-hand parts and joined by full stops.
std::string transform(std::string_view value, const MacroExpand& macro) {
  std::string_view delimiters = ".";
  if (!macro.delimiters.empty()) delimiters = macro.delimiters;
  std::vector<std::string_view> parts;
  for (std::size_t from = 0;;) {
    const std::size_t to = value.find_first_of(delimiters, from);
    parts.push_back(value.substr(from, to == std::string_view::npos ? to : to - from));
    if (to == std::string_view::npos) break;
    from = to + 1;
  }
  if (macro.reverse) std::reverse(parts.begin(), parts.end());
  const std::size_t keep = macro.keep == 0 ? parts.size() : std::size_t{macro.keep};
  std::string out;
  for (std::size_t i = parts.size() - std::min(keep, parts.size()); i < parts.size(); ++i) {
    out += parts[i];
    if (i + 1 < parts.size()) out += '.';
  }
  return out;
}

bool has_transformation(const MacroExpand& macro) {
  return macro.keep != 0 || macro.reverse || !macro.delimiters.empty();
}

void append_macro(std::string& out, const MacroExpand& macro, std::string_view value) {
  std::string transformed;
  if (has_transformation(macro)) {
    transformed = transform(value, macro);
    value = transformed;
  }
  if (macro.url_escape) {
    append_escaped(out, value);
  } else {
    out += value;
  }
}

}  // namespace

bool MacroString::uses(char letter) const {
  return std::any_of(parts.begin(), parts.end(), [letter](const auto& part) {
    const auto* macro = std::get_if<MacroExpand>(&part);
    return macro != nullptr && macro->letter == letter;
  });
}

bool MacroString::tells_of_message() const {
  return std::any_of(parts.begin(), parts.end(), [](const auto& part) {
    const auto* macro = std::get_if<MacroExpand>(&part);
    return macro != nullptr && macro->letter != 'd';
  });
}

Parsed<MacroString> parse_domain_spec(std::string_view text) {
  if (text.empty()) return SyntaxError{0, "a domain name is missing"};
  MacroReader reader(text, Use::domain_spec);
  if (auto error = reader.read()) return *error;
  if (reader.ends_in_macro()) return reader.take();
  std::string_view tail = reader.tail();
  const std::size_t tail_at = text.size() - tail.size();
  if (tail.ends_with('.')) tail.remove_suffix(1);
  const std::size_t dot = tail.rfind('.');
  if (dot == std::string_view::npos) {
    return SyntaxError{tail_at,
                       fmt::format("\"{}\" does not end in a top-level domain or a macro", text)};
  }
  if (!is_toplabel(tail.substr(dot + 1))) {
    return SyntaxError{tail_at + dot + 1,
                       fmt::format("\"{}\" is no top-level domain", tail.substr(dot + 1))};
  }
  return reader.take();
}

Parsed<MacroString> parse_macro_string(std::string_view text) {
  return parse(text, Use::modifier);
}

Parsed<MacroString> parse_explain_string(std::string_view text) {
  return parse(text, Use::explanation);
}

void MacroValues::set_client(const ip::Address& client) {
  ip = client.text();
  family = client.is_v4() ? "in-addr" : "ip6";
  if (client.is_v4()) {
    dotted_ip = ip;
    return;
  }
  dotted_ip.clear();
  for (const std::uint8_t byte : client.bytes()) {
    fmt::format_to(std::back_inserter(dotted_ip), "{}{:X}.{:X}", dotted_ip.empty() ? "" : ".",
                   byte >> 4U, byte & 0x0FU);
  }
}

void MacroValues::set_time(Instant now) {
  time = std::to_string(now.time_since_epoch().count());
}

std::string_view MacroValues::of(char letter) const {
  switch (letter) {
    case 's':
      return sender;
    case 'l':
      return local_part;
    case 'o':
      return sender_domain;
    case 'd':
      return domain;
    case 'i':
      return dotted_ip;
    case 'p':
      return validated;
    case 'v':
      return family;
    case 'h':
      return helo;
    case 'c':
      return ip;
    case 'r':
      return receiver;
    case 't':
      return time;
    default:
      return {};
  }
}

std::optional<std::string> expand(const MacroString& text, const MacroValues& values) {
  std::string out;
  for (const auto& part : text.parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      out += *literal;
    } else {
      const auto& macro = std::get<MacroExpand>(part);
      append_macro(out, macro, values.of(macro.letter));
    }
    if (out.size() > kMaxExpansion) return std::nullopt;
  }
  return out;
}

std::optional<DomainName> target_name(std::string_view expanded) {
  if (expanded.ends_with('.')) expanded.remove_suffix(1);
  while (expanded.size() > kMaxNameLength) {
    const std::size_t dot = expanded.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    expanded.remove_prefix(dot + 1);
  }
  return DomainName::parse_octets(expanded);
}

}  // namespace emltrace::spf
