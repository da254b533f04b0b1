#include "message/address_lexer.hpp"

#include "base/lexical.hpp"
#include "base/text.hpp"
#include "message/encoded_word.hpp"

namespace emltrace::address_lexer {
namespace {

constexpr std::string_view kSpecials = "<>,;:@";
constexpr std::size_t kNone = std::string_view::npos;

}  // namespace

std::string Token::text() const {
  if (kind != Kind::quoted && kind != Kind::comment) return std::string(raw);
  std::string out = without_quoted_pairs(raw.substr(1, raw.size() - 2));
  std::erase_if(out, [](char c) { return c == '\r' || c == '\n'; });
  return kind == Kind::comment ? std::string(text::trim(out)) : out;
}

std::optional<Token> Lexer::next() {
  bool space = false;
  while (at_ < text_.size() && text::is_space(text_[at_])) {
    ++at_;
    space = true;
  }
  if (at_ >= text_.size()) return std::nullopt;
  const char c = text_[at_];
  if (kSpecials.find(c) != kNone) return take(Kind::special, at_ + 1, space);
  if (c == '"' && quotes_) {
    if (const std::size_t end = quoted_string_end(text_, at_); end != kNone)
      return take(Kind::quoted, end, space);
    quotes_ = false;
  }
  if (c == '(' && comments_) {
    if (const std::size_t end = comment_end(text_, at_); end != kNone)
      return take(Kind::comment, end, space);
    comments_ = false;
  }
  if (c == '[') {
    if (const std::size_t end = literal_end(); end != kNone) return take(Kind::literal, end, space);
  }
  return take(Kind::word, word_end(), space);
}

// domain-literal = "[" *([FWS] dtext) [FWS] "]"
std::size_t Lexer::literal_end() const {
  if (last_bracket_ == kNone || last_bracket_ < at_) return kNone;
  return text_.find(']', at_) + 1;
}

std::size_t Lexer::word_end() const {
  if (const auto encoded = encoded_word::match(text_, at_)) return at_ + encoded->length;
  std::size_t end = at_ + 1;
  for (; end < text_.size(); ++end) {
    const char c = text_[end];
    if (text::is_space(c) || kSpecials.find(c) != kNone) break;
    if ((c == '"' && quotes_) || (c == '(' && comments_) || c == '[') break;
  }
  return end;
}

Token Lexer::take(Kind kind, std::size_t end, bool space) {
  const Token token{kind, text_.substr(at_, end - at_), space};
  at_ = end;
  return token;
}

}  // namespace emltrace::address_lexer
