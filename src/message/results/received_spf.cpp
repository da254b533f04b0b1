#include "message/results/received_spf.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/domain.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "message/message.hpp"
#include "message/results/cursor.hpp"

namespace emltrace {
namespace {

// Words of the explanatory comments, which are alike everywhere since the first SPF libraries. The
// address stands behind these …
constexpr std::array<std::string_view, 5> kBeforeAddress{"designates", "designate", "use of",
                                                         "IP is", "remote IP"};
// … or, where the policy is neutral or by policyd-spf-perl, in front of these.
constexpr std::array<std::string_view, 2> kAfterAddress{"is neither permitted", "is authorized"};
// The sender stands behind these.
constexpr std::array<std::string_view, 4> kBeforeSender{"domain of transitioning", "domain of",
                                                        "lookup of", "authorized to use"};
constexpr std::array<std::string_view, 2> kAfterSender{"does not designate permitted sender",
                                                       "no SPF record"};

// Names of keys for one thing: of RFC 7208, and of Courier.
constexpr std::array<std::string_view, 5> kAddressKeys{"client-ip", "remoteip", "smtp.remote-ip",
                                                       "smtp.client-ip", "policy.iprev"};
constexpr std::array<std::string_view, 2> kSenderKeys{"envelope-from", "sender"};

std::string_view trim_punctuation(std::string_view word) {
  constexpr std::string_view kAround = "<>[]'\",;:()";
  while (!word.empty() && kAround.find(word.front()) != std::string_view::npos) {
    // "::1" begins with colons of its own.
    if (word.starts_with("::")) break;
    word.remove_prefix(1);
  }
  while (!word.empty() && kAround.find(word.back()) != std::string_view::npos) {
    if (word.ends_with("::")) break;
    word.remove_suffix(1);
  }
  return word;
}

std::string_view first_word(std::string_view s) {
  s = text::trim(s);
  return s.substr(0, s.find_first_of(" \t\r\n"));
}

std::string_view last_word(std::string_view s) {
  s = text::trim(s);
  const std::size_t space = s.find_last_of(" \t\r\n");
  return space == std::string_view::npos ? s : s.substr(space + 1);
}

// The last place: a sender may have written the phrase into a quoted local part in front of it.
std::size_t last_place(std::string_view s, std::string_view phrase) {
  std::size_t found = std::string_view::npos;
  for (std::size_t at = text::ifind(s, phrase); at != std::string_view::npos;
       at = text::ifind(s, phrase, at + phrase.size())) {
    found = at;
  }
  return found;
}

std::optional<ip::Address> address_in(std::string_view comment) {
  for (const std::string_view phrase : kBeforeAddress) {
    const std::size_t at = last_place(comment, phrase);
    if (at == std::string_view::npos) continue;
    const std::string_view word = first_word(comment.substr(at + phrase.size()));
    if (const auto address = ip::Address::parse(trim_punctuation(word))) return address;
  }
  for (const std::string_view phrase : kAfterAddress) {
    const std::size_t at = text::ifind(comment, phrase);
    if (at == std::string_view::npos) continue;
    const std::string_view word = last_word(comment.substr(0, at));
    if (const auto address = ip::Address::parse(trim_punctuation(word))) return address;
  }
  return std::nullopt;
}

// A domain or an address: anything else behind the phrase is prose.
bool is_sender(std::string_view word) {
  const bool address = word.find('@') != std::string_view::npos;
  const std::string_view domain = address ? domain_part(word) : word;
  return DomainName::parse(domain).has_value() && domain.find('.') != std::string_view::npos &&
         !ip::Address::parse(domain);
}

std::optional<std::string> sender_in(std::string_view comment) {
  for (const std::string_view phrase : kBeforeSender) {
    const std::size_t at = text::ifind(comment, phrase);
    if (at == std::string_view::npos) continue;
    const std::string_view word = trim_punctuation(first_word(comment.substr(at + phrase.size())));
    if (is_sender(word)) return std::string(word);
  }
  for (const std::string_view phrase : kAfterSender) {
    const std::size_t at = text::ifind(comment, phrase);
    if (at == std::string_view::npos) continue;
    const std::string_view word = trim_punctuation(last_word(comment.substr(0, at)));
    if (is_sender(word)) return std::string(word);
  }
  return std::nullopt;
}

// `mx.a.example: domain of …`: who wrote the comment.
std::optional<std::string> writer_in(std::string_view comment) {
  const std::string_view word = first_word(comment);
  if (!word.ends_with(':')) return std::nullopt;
  const std::string_view host = word.substr(0, word.size() - 1);
  return DomainName::parse_host(host) ? std::optional(std::string(host)) : std::nullopt;
}

bool has_any(const RecordedMethod& method, const auto& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return method.property(name).has_value(); });
}

// header-field   = "Received-SPF:" [CFWS] result FWS [comment FWS] [ key-value-list ] CRLF
// key-value-list = key-value-pair *( ";" [CFWS] key-value-pair ) [";"]
// key-value-pair = key [CFWS] "=" ( dot-atom / quoted-string )
// In the wild a value may hold blanks (`x-software=spfmilter 2.001 …`) and ';' may lack.
class SpfReader {
 public:
  explicit SpfReader(std::string_view unfolded) : cursor_(unfolded) {}

  AuthResults read() {
    cursor_.skip_cfws(method_.comments);
    method_.method = "spf";
    method_.result = text::lower(cursor_.keyword());
    if (method_.result.empty()) append_unread(unread_, cursor_.value());
    for (;;) {
      cursor_.skip_cfws(method_.comments);
      if (cursor_.done()) break;
      if (cursor_.take(';')) {
        open_ = false;
        continue;
      }
      read_word();
    }
    return finish();
  }

 private:
  [[nodiscard]] bool has_room() const { return method_.properties.size() < kMaxRecordedProperties; }

  std::string take_key() {
    const std::size_t start = cursor_.position();
    std::string key = text::lower(cursor_.keyword());
    if (!key.empty()) {
      cursor_.skip_cfws();
      if (cursor_.take('=')) return key;
    }
    cursor_.rewind(start);
    return {};
  }

  void read_word() {
    std::string key = take_key();
    if (!key.empty()) {
      // The space behind '=' is no value: `helo= ; receiver=…`.
      std::string value = text::is_space(cursor_.peek()) ? std::string() : cursor_.value();
      if (value.ends_with(',')) value.pop_back();
      open_ = has_room();
      if (open_) {
        method_.properties.emplace_back(std::move(key), std::move(value));
      } else {
        append_unread(unread_, key + "=" + value);
      }
      return;
    }
    const std::string word = cursor_.value();
    std::string* value = open_ ? &method_.properties.back().second : nullptr;
    if (value != nullptr && value->size() < kMaxUnreadBytes) {
      if (!value->empty()) *value += ' ';
      *value += word;
    } else {
      append_unread(unread_, word);
    }
  }

  AuthResults finish() {
    AuthResults results;
    if (const auto receiver = method_.property("receiver")) {
      if (!receiver->empty() && !text::iequals(*receiver, "unknown")) {
        results.authserv_id = std::string(*receiver);
      }
    }
    for (const std::string& comment : method_.comments) {
      if (!results.authserv_id && !method_.property("receiver")) {
        results.authserv_id = writer_in(comment);
      }
      if (has_room() && !has_any(method_, kAddressKeys)) {
        if (const auto address = address_in(comment)) {
          method_.properties.emplace_back("client-ip", address->text());
        }
      }
      if (has_room() && !has_any(method_, kSenderKeys)) {
        if (auto sender = sender_in(comment)) {
          method_.properties.emplace_back("envelope-from", *std::move(sender));
        }
      }
    }
    if (!method_.result.empty()) results.methods.push_back(std::move(method_));
    if (!unread_.empty()) results.unread = std::move(unread_);
    return results;
  }

  ResultsCursor cursor_;
  RecordedMethod method_;
  std::string unread_;
  bool open_ = false;  // the last key's value may go on
};

}  // namespace

AuthResults parse_received_spf(std::string_view body) {
  const std::string text = unfold(body);
  return SpfReader(text).read();
}

std::optional<ip::Address> recorded_client_ip(const RecordedMethod& method) {
  for (const std::string_view key : kAddressKeys) {
    if (const auto value = method.property(key)) {
      if (const auto address = ip::Address::parse(trim_punctuation(*value))) return address;
    }
  }
  for (const std::string& comment : method.comments) {
    if (const auto address = address_in(comment)) return address;
  }
  return std::nullopt;
}

}  // namespace emltrace
