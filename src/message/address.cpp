#include "message/address.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "message/address_lexer.hpp"
#include "message/encoded_word.hpp"
#include "message/message.hpp"

namespace emltrace {
namespace {

using address_lexer::Kind;
using address_lexer::Lexer;
using address_lexer::Token;
using Tokens = std::vector<Token>;

constexpr std::size_t kMaxTokens = 4'096;  // of one mailbox
constexpr std::size_t kMaxUnread = 1'000;  // bytes kept of what fits no rule
constexpr std::size_t kMaxNotes = 1'000;   // groups, and comments, kept

bool is_text(const Token& token) {
  return token.kind == Kind::word || token.kind == Kind::quoted || token.kind == Kind::literal;
}

// Dots bind the words of a local part or domain, with white space and comments or without
// (obs-local-part, obs-domain).
bool binds(const Token& left, const Token& right) {
  if (!is_text(left) || !is_text(right)) return false;
  const bool touch = left.raw.data() + left.raw.size() == right.raw.data();
  return touch || left.raw.ends_with('.') || right.raw.starts_with('.');
}

// The words as one text; white space between them is one space.
std::string join_words(const Token* begin, const Token* end) {
  std::string out;
  for (const Token* token = begin; token != end; ++token) {
    if (token->kind == Kind::comment) continue;
    if (token->space_before && !out.empty()) out.push_back(' ');
    out += token->text();
  }
  return out;
}

std::string join_bound(const Token* begin, const Token* end) {
  std::string out;
  const Token* last = nullptr;
  for (const Token* token = begin; token != end; ++token) {
    if (token->kind == Kind::comment) continue;
    if (last != nullptr && is_text(*last) && is_text(*token) && !binds(*last, *token))
      out.push_back(' ');
    out += token->text();
    last = token;
  }
  return out;
}

std::string raw_of(const Token* begin, const Token* end) {
  if (begin == end) return {};
  const char* first = begin->raw.data();
  const Token* last = end - 1;
  return unfold({first, static_cast<std::size_t>(last->raw.data() + last->raw.size() - first)});
}

// address-list = (address *("," address)) / obs-addr-list
// address      = mailbox / group
// mailbox      = name-addr / addr-spec
// name-addr    = [display-name] [CFWS] "<" [obs-route] addr-spec ">" [CFWS]
// group        = display-name ":" [group-list] ";" [CFWS]
// (RFC 5322 3.4, 4.4.) Elements are collected up to the mark that ends them, then read.
class AddressReader {
 public:
  explicit AddressReader(std::string_view text) : lexer_(text) {}

  AddressList read() {
    while (auto token = lexer_.next()) {
      if (list_.mailboxes.size() >= AddressList::kMaxMailboxes) {
        list_.truncated = true;
        return std::move(list_);
      }
      take(*token);
    }
    finish_element();
    return std::move(list_);
  }

 private:
  void take(const Token& token) {
    if (token.is('<')) return open_angle(token);
    if (token.is('>') && in_angle()) return close_angle(token);
    if (token.is(',') && !in_route_) return finish_element();
    if (token.is(';')) return finish_element();
    if (token.is(':') && !in_angle()) return take_colon(token);
    if (token.is(':')) in_route_ = false;
    if (token.is('@') && in_angle() && open_at_ + 1 == tokens_.size()) in_route_ = true;
    keep(token);
  }

  [[nodiscard]] bool in_angle() const { return open_ && !closed_; }

  void keep(const Token& token) {
    if (tokens_.size() >= kMaxTokens) return note_unread(token.raw);
    has_text_ = has_text_ || is_text(token);
    has_at_ = has_at_ || token.is('@');
    tokens_.push_back(token);
  }

  void open_angle(const Token& token) {
    if (closed_) split_after_angle();
    if (open_ && open_at_ + 1 == tokens_.size()) return;  // `<<`
    open_ = true;
    in_route_ = false;
    open_at_ = tokens_.size();
    tokens_.push_back(token);
  }

  void close_angle(const Token& token) {
    closed_ = true;
    in_route_ = false;
    close_at_ = tokens_.size();
    tokens_.push_back(token);
  }

  // `<a@b> Name <c@d>`: a comma is missing.
  void split_after_angle() {
    Tokens rest(tokens_.begin() + static_cast<std::ptrdiff_t>(close_at_ + 1), tokens_.end());
    tokens_.resize(close_at_ + 1);
    finish_element();
    tokens_ = std::move(rest);
    has_text_ = std::any_of(tokens_.begin(), tokens_.end(), is_text);
  }

  void take_colon(const Token& token) {
    if (open_ || !has_text_ || has_at_) return keep(token);
    const std::string name = join_words(tokens_.data(), tokens_.data() + tokens_.size());
    reset_element();
    if (text::iequals(name, "mailto")) return;
    if (list_.groups.size() < kMaxNotes) list_.groups.push_back(decode_encoded_words(name));
  }

  void finish_element() {
    const bool words = std::any_of(tokens_.begin(), tokens_.end(),
                                   [](const Token& token) { return token.kind != Kind::comment; });
    if (words) {
      read_element();
    } else {
      for (const Token& token : tokens_) {
        if (list_.comments.size() < kMaxNotes)
          list_.comments.push_back(decode_encoded_words(token.text()));
      }
    }
    reset_element();
  }

  void reset_element() {
    tokens_.clear();
    open_ = closed_ = in_route_ = has_text_ = has_at_ = false;
    open_at_ = close_at_ = 0;
  }

  void read_element() {
    const Token* begin = tokens_.data();
    const Token* end = begin + tokens_.size();
    if (open_ && open_at_ < tokens_.size()) {
      read_name_addr(begin, end);
    } else if (!read_bracketed_mailto(begin, end)) {
      read_bare(begin, end);
    }
  }

  void read_name_addr(const Token* begin, const Token* end) {
    const Token* open = begin + open_at_;
    const Token* close = closed_ ? begin + close_at_ : end;
    Mailbox mailbox;
    set_display(mailbox, begin, open);
    read_addr_spec(mailbox, open + 1, close);
    const Token* after = closed_ ? close + 1 : end;
    for (const Token* token = after; token != end; ++token) {
      if (token->kind != Kind::comment) note_unread(token->raw);
    }
    if (mailbox.display.empty()) set_display_from_comment(mailbox, after, end);
    if (mailbox.display.empty()) set_display_from_comment(mailbox, begin, open);
    if (!closed_) note_unread("<");
    if (mailbox.local_part.empty() && mailbox.domain.empty() && mailbox.display.empty()) {
      note_unread("<>");
      return;
    }
    list_.mailboxes.push_back(std::move(mailbox));
  }

  // Outlook's `Name [mailto:a@b]`
  bool read_bracketed_mailto(const Token* begin, const Token* end) {
    const Token* literal = std::find_if(begin, end, [](const Token& token) {
      return token.kind == Kind::literal && text::istarts_with(token.raw, "[mailto:");
    });
    if (literal == end) return false;
    const std::string_view inside = literal->raw.substr(8, literal->raw.size() - 9);
    AddressList list = AddressReader(inside.substr(0, inside.find('['))).read();
    if (list.mailboxes.size() != 1) return false;
    set_display(list.mailboxes[0], begin, literal);
    list_.mailboxes.push_back(std::move(list.mailboxes[0]));
    return true;
  }

  // An addr-spec without brackets, maybe with words around it and further ones behind it.
  void read_bare(const Token* begin, const Token* end) {
    while (true) {
      const Token* at = std::find_if(begin, end, [](const Token& token) { return token.is('@'); });
      if (at == end) break;
      const Token* local = local_start(begin, at);
      const Token* stop = domain_stop(at, end);
      Mailbox mailbox;
      set_display(mailbox, begin, local);
      read_addr_spec(mailbox, local, stop);
      const Token* comments = after_comments(stop, end);
      if (mailbox.display.empty()) set_display_from_comment(mailbox, stop, comments);
      if (mailbox.display.empty()) set_display_from_comment(mailbox, begin, local);
      if (mailbox.local_part.empty() && mailbox.domain.empty()) {
        note_unread(raw_of(begin, stop));
      } else {
        list_.mailboxes.push_back(std::move(mailbox));
      }
      if (list_.mailboxes.size() >= AddressList::kMaxMailboxes) {
        list_.truncated = comments != end;
        return;
      }
      begin = comments;
    }
    read_words_alone(begin, end);
  }

  void read_words_alone(const Token* begin, const Token* end) {
    const auto words = std::count_if(begin, end, is_text);
    const auto others = std::count_if(begin, end, [](const Token& token) {
      return !is_text(token) && token.kind != Kind::comment;
    });
    if (words == 1 && others == 0 && begin == tokens_.data()) {
      Mailbox mailbox;
      read_addr_spec(mailbox, begin, end);
      set_display_from_comment(mailbox, begin, end);
      list_.mailboxes.push_back(std::move(mailbox));
    } else if (words + others > 0) {
      note_unread(raw_of(begin, end));
    }
  }

  static const Token* before_comments(const Token* begin, const Token* at) {
    while (at != begin && (at - 1)->kind == Kind::comment) --at;
    return at;
  }

  static const Token* after_comments(const Token* at, const Token* end) {
    while (at != end && at->kind == Kind::comment) ++at;
    return at;
  }

  static const Token* local_start(const Token* begin, const Token* at) {
    const Token* start = before_comments(begin, at);
    if (start == begin || !is_text(*(start - 1))) return at;
    --start;
    while (true) {
      const Token* next = before_comments(begin, start);
      if (next == begin || !binds(*(next - 1), *start)) return start;
      start = next - 1;
    }
  }

  // `a@b@c` has no right reading; taking the last part as the domain is what mailers do.
  static const Token* domain_stop(const Token* at, const Token* end) {
    const Token* last = after_comments(at + 1, end);
    if (last == end || !is_text(*last)) return at + 1;
    while (true) {
      const Token* next = after_comments(last + 1, end);
      if (next == end) return last + 1;
      if (binds(*last, *next)) {
        last = next;
      } else if (next->is('@') && next == last + 1 && next + 1 != end && is_text(*(next + 1)) &&
                 !next->space_before) {
        last = next + 1;
      } else {
        return last + 1;
      }
    }
  }

  // addr-spec = local-part "@" domain; obs-route = *(CFWS / ",") "@" domain *("," ["@" domain]) ":"
  void read_addr_spec(Mailbox& mailbox, const Token* begin, const Token* end) {
    begin = after_comments(begin, end);
    const Token* colon = std::find_if(begin, end, [](const Token& t) { return t.is(':'); });
    if (colon != end && begin->is('@')) {
      mailbox.has_route = true;
      begin = colon + 1;
    } else if (colon != end && text::iequals(begin->raw, "mailto")) {
      begin = colon + 1;
    }
    const Token* at = end;
    while (at != begin && !(at - 1)->is('@')) --at;
    const Token* local_end = at == begin ? end : at - 1;
    mailbox.local_part = join_bound(begin, local_end);
    mailbox.domain = at == begin ? std::string() : join_bound(at, end);
    mailbox.quoted_local_part = std::any_of(
        begin, local_end, [](const Token& token) { return token.kind == Kind::quoted; });
    list_.encoded_word_in_address = list_.encoded_word_in_address ||
                                    has_encoded_word(mailbox.local_part) ||
                                    has_encoded_word(mailbox.domain);
    if (std::any_of(begin, local_end, [](const Token& token) { return token.is('@'); }))
      note_unread(raw_of(begin, end));
  }

  static void set_display(Mailbox& mailbox, const Token* begin, const Token* end) {
    mailbox.display = decode_encoded_words(join_words(begin, end));
    mailbox.display_raw = raw_of(begin, end);
  }

  static void set_display_from_comment(Mailbox& mailbox, const Token* begin, const Token* end) {
    for (const Token* token = end; token != begin; --token) {
      const Token& one = *(token - 1);
      if (one.kind != Kind::comment) continue;
      mailbox.display = decode_encoded_words(one.text());
      mailbox.display_raw = unfold(one.raw);
      return;
    }
  }

  void note_unread(std::string_view text) {
    if (list_.unread.size() >= kMaxUnread) return;
    if (!list_.unread.empty()) list_.unread += "; ";
    list_.unread += text.substr(0, kMaxUnread);
  }

  Lexer lexer_;
  AddressList list_;
  Tokens tokens_;
  bool open_ = false;
  bool closed_ = false;
  bool in_route_ = false;  // after `<@`, up to the colon
  bool has_text_ = false;
  bool has_at_ = false;
  std::size_t open_at_ = 0;
  std::size_t close_at_ = 0;
};

bool is_null_path(std::string_view text) {
  Lexer lexer(text);
  std::string shape;
  while (const auto token = lexer.next()) {
    if (token->kind == Kind::comment) continue;
    shape += token->raw;
    if (shape.size() > 2) break;
  }
  return shape == "<>";
}

}  // namespace

AddressList parse_addresses(std::string_view text) {
  return AddressReader(text).read();
}

std::optional<std::string> parse_path(std::string_view text) {
  if (is_null_path(text)) return std::string();
  // Path = "<" [ A-d-l ":" ] Mailbox ">" (RFC 5321 4.1.2): inside the brackets nothing is a list.
  const std::string whole(text::trim(text));
  const bool bare = whole.find_first_of("\"(\\:") == std::string::npos;
  if (bare && whole.starts_with('<') && whole.ends_with('>')) {
    std::string inside(text::trim(std::string_view(whole).substr(1, whole.size() - 2)));
    const bool one = inside.find_first_of("<> \t") == std::string::npos;
    if (one && inside.find('@') != std::string::npos) return inside;
  }
  const AddressList list = parse_addresses(text);
  if (list.mailboxes.empty()) return std::nullopt;
  std::string address = list.mailboxes.front().address();
  if (address.empty()) return std::nullopt;
  return address;
}

}  // namespace emltrace
