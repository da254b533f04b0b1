#include "message/body/html_reader.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/body/character_references.hpp"

namespace emltrace::html {
namespace {

// Elements whose inside is text alone up to their end tag (13.2.5.1 to 5).
struct RawElement {
  std::string_view name;
  bool code;        ///< no text for readers
  bool references;  ///< character references count
};
constexpr auto kRawElements = std::to_array<RawElement>({{"script", true, false},
                                                         {"style", true, false},
                                                         {"textarea", false, true},
                                                         {"title", false, true},
                                                         {"xmp", false, false}});

const RawElement* raw_element(std::string_view name) {
  const auto* row = std::ranges::find(kRawElements, name, &RawElement::name);
  return row != kRawElements.end() ? row : nullptr;
}

bool is_html_space(char c) {
  return text::is_space(c) || c == '\f';
}

}  // namespace

const std::string* Piece::attribute(std::string_view wanted) const {
  const auto found = std::ranges::find(attributes, wanted, &Attribute::name);
  return found != attributes.end() ? &found->value : nullptr;
}

void Reader::skip_space() {
  while (at_ < page_.size() && is_html_space(page_[at_])) ++at_;
}

Piece Reader::text_until(std::size_t end) {
  Piece piece;
  const RawElement* element = raw_element(raw_);
  const std::string_view inside = page_.substr(at_, end - at_);
  if (element != nullptr) piece.name = raw_;
  if (element != nullptr && element->code) piece.kind = Piece::Kind::code;
  piece.text = element == nullptr || element->references ? decode_references(inside, false)
                                                         : std::string(inside);
  at_ = end;
  return piece;
}

// `</name` that ends the element; what nothing ends reaches to the end of the page.
std::size_t Reader::end_of_raw(std::string_view name) const {
  for (std::size_t at = page_.find("</", at_); at != std::string_view::npos;
       at = page_.find("</", at + 2)) {
    const std::string_view rest = page_.substr(at + 2);
    if (!text::istarts_with(rest, name)) continue;
    const char next = rest.size() > name.size() ? rest[name.size()] : '>';
    if (is_html_space(next) || next == '/' || next == '>') return at;
  }
  return page_.size();
}

// `<!-- … -->`, `<! … >`, `<? … >`, `</3 … >`
void Reader::pass_comment() {
  const std::string_view rest = page_.substr(at_);
  const auto behind = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = page_.find(mark, at_ + from);
    at_ = found == std::string_view::npos ? page_.size() : found + mark.size();
  };
  if (!rest.starts_with("<!--")) return behind(">", 1);
  if (text::istarts_with(rest.substr(4), "[if")) return behind(">", 4);
  if (rest.starts_with("<!-->") || rest.starts_with("<!--->")) return behind(">", 4);
  const std::size_t plain = page_.find("-->", at_ + 4);
  const std::size_t odd = page_.substr(0, plain).find("--!>", at_ + 4);
  if (odd != std::string_view::npos) return behind("--!>", odd - at_);
  behind("-->", 4);
}

std::string Reader::read_value() {
  const char quote = at_ < page_.size() ? page_[at_] : '>';
  const bool quoted = quote == '"' || quote == '\'';
  std::size_t end = at_ += quoted ? 1 : 0;
  if (quoted) {
    end = std::min(page_.find(quote, at_), page_.size());
  } else {
    while (end < page_.size() && !is_html_space(page_[end]) && page_[end] != '>') ++end;
  }
  std::string value = decode_references(page_.substr(at_, end - at_), true);
  at_ = std::min(end + (quoted ? 1 : 0), page_.size());
  return value;
}

Attribute Reader::read_attribute() {
  Attribute attribute;
  const std::size_t start = at_;
  // A '=' in front belongs to the name (13.2.5.32).
  at_ += page_[at_] == '=' ? 1 : 0;
  while (at_ < page_.size() && !is_html_space(page_[at_]) &&
         std::string_view("/>=").find(page_[at_]) == std::string_view::npos) {
    ++at_;
  }
  attribute.name = text::lower(page_.substr(start, at_ - start));
  skip_space();
  if (at_ < page_.size() && page_[at_] == '=') {
    ++at_;
    skip_space();
    attribute.value = read_value();
  }
  return attribute;
}

void Reader::read_attributes(Piece& piece) {
  while (at_ < page_.size() && page_[at_] != '>') {
    if (is_html_space(page_[at_]) || page_[at_] == '/') {
      ++at_;
      continue;
    }
    Attribute attribute = read_attribute();
    const bool known = piece.attribute(attribute.name) != nullptr;
    if (!known && piece.attributes.size() < kMaxAttributes) {
      piece.attributes.push_back(std::move(attribute));
    }
  }
  at_ = std::min(at_ + 1, page_.size());
}

// At a '<'. Null for what is no tag: at_ is behind it, or still at a '<' that is text.
std::optional<Piece> Reader::tag() {
  const char next = at_ + 1 < page_.size() ? page_[at_ + 1] : ' ';
  const bool end = next == '/' && at_ + 2 < page_.size();
  if (!text::is_alpha(end ? page_[at_ + 2] : next)) {
    if (next == '!' || next == '?' || end) pass_comment();
    return std::nullopt;
  }
  Piece piece;
  piece.kind = end ? Piece::Kind::end : Piece::Kind::start;
  const std::size_t start = at_ + (end ? 2 : 1);
  for (at_ = start; at_ < page_.size() && !is_html_space(page_[at_]) && page_[at_] != '/' &&
                    page_[at_] != '>';) {
    ++at_;
  }
  piece.name = text::lower(page_.substr(start, at_ - start));
  read_attributes(piece);
  if (!end && raw_element(piece.name) != nullptr) raw_ = piece.name;
  return piece;
}

std::optional<Piece> Reader::next() {
  while (at_ < page_.size()) {
    if (!raw_.empty()) {
      Piece piece = text_until(end_of_raw(raw_));
      raw_.clear();
      if (piece.text.empty()) continue;
      return piece;
    }
    std::size_t text_end = at_;
    if (page_[at_] == '<') {
      const std::size_t before = at_;
      if (auto piece = tag()) return piece;
      if (at_ != before) continue;
      text_end = at_ + 1;
    }
    return text_until(std::min(page_.find('<', text_end), page_.size()));
  }
  return std::nullopt;
}

}  // namespace emltrace::html
