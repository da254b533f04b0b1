#include "message/received/lexer.hpp"

#include <cstdint>

#include "base/text.hpp"

// RFC 5322 3.2.2: comment  = "(" *([FWS] ccontent) [FWS] ")", ccontent = ctext / quoted-pair /
//                            comment
// RFC 5322 3.2.4: quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE
// RFC 5321 4.1.3: address-literal = "[" ... "]"
// RFC 5321 4.1.2: Path = "<" [ A-d-l ":" ] Mailbox ">"

namespace emltrace::received {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text), close_(text.size(), kUnmatched) {
    match_parentheses();
  }

  std::vector<Token> run() {
    std::vector<Token> tokens;
    tokens.reserve(text_.size() / kUsualToken);
    while (true) {
      const std::size_t before = at_;
      while (at_ < text_.size() && text::is_space(text_[at_])) {
        ++at_;
      }
      if (at_ >= text_.size()) {
        return tokens;
      }
      Token token = next();
      token.glued = before == at_ && !tokens.empty();
      at_ += token.text.size();
      tokens.push_back(token);
    }
  }

 private:
  static constexpr std::uint32_t kUnmatched = UINT32_MAX;
  static constexpr std::size_t kUsualToken = 8;  // bytes

  void match_parentheses() {
    std::vector<std::uint32_t> open;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (open.empty() && text_[i] == '"') {
        const std::size_t end = quoted_end(i);
        i = end == kNone ? i : end - 1;
      } else if (!open.empty() && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '(') {
        open.push_back(static_cast<std::uint32_t>(i));
      } else if (text_[i] == ')' && !open.empty()) {
        close_[open.back()] = static_cast<std::uint32_t>(i);
        open.pop_back();
      }
    }
  }

  // A quote opens a string only where a token starts and only where its partner ends a token:
  // quotes inside a host name are the client's noise.
  std::size_t quoted_end(std::size_t at) const {
    if (at > 0 && !text::is_space(text_[at - 1]) && text_[at - 1] != '(' && text_[at - 1] != '<') {
      return kNone;
    }
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '"') {
        const char after = i + 1 < text_.size() ? text_[i + 1] : ' ';
        const bool ends = text::is_space(after) || after == '@' || after == ';' || after == ')' ||
                          after == ',' || after == '>' || after == '.';
        return ends ? i + 1 : kNone;
      }
    }
    return kNone;
  }

  std::size_t bracket_end(std::size_t at, char open, char close) const {
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
      if (text_[i] == close) {
        return i + 1;
      }
      if (text_[i] == open) {
        return kNone;
      }
    }
    return kNone;
  }

  // Each search ends at the next delimiter of its kind, so all of them together are linear.
  // The end of the delimited token that starts here, or npos where none does.
  std::size_t delimited_end(std::size_t at, Kind& kind) const {
    switch (text_[at]) {
      case '(':
        kind = Kind::comment;
        return close_[at] == kUnmatched ? kNone : close_[at] + std::size_t{1};
      case '<':
        kind = Kind::angle;
        return bracket_end(at, '<', '>');
      case '[':
        kind = Kind::literal;
        return bracket_end(at, '[', ']');
      case '"':
        kind = Kind::quoted;
        return quoted_end(at);
      default:
        return kNone;
    }
  }

  Token next() const {
    if (text_[at_] == ';') {
      return {Kind::semicolon, text_.substr(at_, 1), {}, false};
    }
    Kind kind = Kind::word;
    if (const std::size_t end = delimited_end(at_, kind); end != kNone) {
      const std::string_view whole = text_.substr(at_, end - at_);
      return {kind, whole, text::trim(whole.substr(1, whole.size() - 2)), false};
    }
    std::size_t end = at_ + 1;
    while (end < text_.size() && !text::is_space(text_[end]) && text_[end] != ';' &&
           !(text_[end] != '"' && delimited_end(end, kind) != kNone)) {
      ++end;
    }
    const std::string_view word = text_.substr(at_, end - at_);
    return {Kind::word, word, word, false};
  }

  std::string_view text_;
  std::vector<std::uint32_t> close_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> lex(std::string_view text) {
  return Lexer(text).run();
}

bool is_word(const Token& token, std::string_view word) {
  return token.kind == Kind::word && text::iequals(token.text, word);
}

}  // namespace emltrace::received
