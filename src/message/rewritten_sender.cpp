#include "message/rewritten_sender.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/char_set.hpp"
#include "base/domain.hpp"
#include "base/text.hpp"

namespace emltrace {
namespace {

constexpr int kMaxRewritings = 4;  // of one sender, each by another host

constexpr text::CharSet kSigns("=+-");
constexpr text::CharSet kBase32([](char c) { return text::is_alpha(c) || (c >= '2' && c <= '7'); });
constexpr text::CharSet kBase64([](char c) {
  return text::is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
});
constexpr text::CharSet kDigits([](char c) { return text::is_digit(c); });
constexpr text::CharSet kHex([](char c) { return text::hex_digit(c).has_value(); });

struct Path {
  std::string_view local, domain;
};

bool is_made_of(std::string_view text, const text::CharSet& set) {
  return !text.empty() && set.find_other(text) == text.npos;
}

// What stands before the next '=', taken off together with it; null where there is none.
std::optional<std::string_view> take_part(std::string_view& text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos) return std::nullopt;
  const std::string_view part = text.substr(0, equals);
  text.remove_prefix(equals + 1);
  return part;
}

bool is_stamp(std::string_view text) {
  constexpr std::size_t kLength = 2;
  return text.size() == kLength && is_made_of(text, kBase32);
}

std::string address_of(std::string_view local, std::string_view domain) {
  return std::string(local) + '@' + std::string(domain);
}

// HHHH=TT=domain=local
struct Srs0 {
  std::size_t mark = 0;  // length of HHHH=TT
  std::string sender;
};

std::optional<Srs0> read_srs0(std::string_view text) {
  std::string_view rest = text;
  const auto hash = take_part(rest);
  const auto stamp = take_part(rest);
  const auto domain = take_part(rest);
  if (!domain || !is_made_of(*hash, kBase64) || !is_stamp(*stamp) || rest.empty())
    return std::nullopt;
  const auto name = DomainName::parse_host(*domain);
  if (!name) return std::nullopt;
  return Srs0{hash->size() + 1 + stamp->size(), address_of(rest, name->text())};
}

// SRS0 or SRS1, and the sign behind it.
bool has_srs_tag(std::string_view local, std::string_view tag) {
  return text::istarts_with(local, tag) && local.size() > tag.size() &&
         kSigns.has(local[tag.size()]);
}

std::optional<RewrittenSender> srs(const Path& path) {
  constexpr std::size_t kTag = 5;
  const bool again = has_srs_tag(path.local, "SRS1");
  if (!again && !has_srs_tag(path.local, "SRS0")) return std::nullopt;
  std::string_view rest = path.local.substr(kTag);
  std::size_t mark = kTag;
  if (again) {
    // The first forwarder's form follows without its SRS0, but with the sign behind that.
    const auto hash = take_part(rest);
    const auto first = take_part(rest);
    if (!first || !is_made_of(*hash, kBase64) || !DomainName::parse_host(*first) || rest.empty() ||
        !kSigns.has(rest.front()))
      return std::nullopt;
    mark += hash->size() + 1 + first->size();
    rest.remove_prefix(1);
  }
  auto inner = read_srs0(rest);
  if (!inner) return std::nullopt;
  if (!again) mark += inner->mark;
  return RewrittenSender{
      SenderRewriting::srs, path.local.substr(0, mark), std::move(inner->sender), {}};
}

std::optional<RewrittenSender> exchange_srs(const Path& path) {
  constexpr std::string_view kBegin = "bounces+SRS=";
  if (!text::istarts_with(path.local, kBegin)) return std::nullopt;
  std::string_view rest = path.local.substr(kBegin.size());
  const auto hash = take_part(rest);
  if (!hash || !is_made_of(*hash, kBase64) || !is_stamp(rest)) return std::nullopt;
  return RewrittenSender{SenderRewriting::srs, path.local, {}, {}};
}

// KDDDSSSSSS
bool is_batv_tag(std::string_view text) {
  constexpr std::size_t kLength = 10, kNumbers = 4;
  return text.size() == kLength && is_made_of(text.substr(0, kNumbers), kDigits) &&
         is_made_of(text.substr(kNumbers), kHex);
}

std::optional<RewrittenSender> batv(const Path& path) {
  constexpr std::string_view kBegin = "prvs=";
  if (!text::istarts_with(path.local, kBegin)) return std::nullopt;
  const std::string_view whole = path.local.substr(kBegin.size());
  std::string_view rest = whole;
  const auto tag = take_part(rest);
  if (tag && is_batv_tag(*tag) && !rest.empty()) {
    return RewrittenSender{SenderRewriting::batv,
                           path.local.substr(0, kBegin.size() + tag->size()),
                           address_of(rest, path.domain),
                           {}};
  }
  const std::size_t slash = whole.rfind('/');
  if (slash == whole.npos || slash == 0 || !is_batv_tag(whole.substr(slash + 1)))
    return std::nullopt;
  return RewrittenSender{
      SenderRewriting::batv, path.local, address_of(whole.substr(0, slash), path.domain), {}};
}

std::optional<RewrittenSender> barracuda_batv(const Path& path) {
  constexpr std::string_view kBegin = "btv1==", kEnd = "==";
  constexpr std::size_t kTag = 11, kNumbers = 3;
  constexpr std::size_t kMark = kBegin.size() + kTag;
  if (!text::istarts_with(path.local, kBegin) || path.local.size() <= kMark + kEnd.size() ||
      path.local.substr(kMark, kEnd.size()) != kEnd)
    return std::nullopt;
  const std::string_view tag = path.local.substr(kBegin.size(), kTag);
  if (!is_made_of(tag.substr(0, kNumbers), kDigits) || !is_made_of(tag, kHex)) return std::nullopt;
  return RewrittenSender{SenderRewriting::batv,
                         path.local.substr(0, kMark),
                         address_of(path.local.substr(kMark + kEnd.size()), path.domain),
                         {}};
}

std::optional<RewrittenSender> forwarding(const Path& path) {
  constexpr std::string_view kMark = "+caf_=";
  const std::size_t at = path.local.find(kMark);
  if (at == path.local.npos || at == 0) return std::nullopt;
  return RewrittenSender{SenderRewriting::forwarding,
                         path.local.substr(0, at),
                         {},
                         unrolled_address(path.local.substr(at + kMark.size()))};
}

// Between two '-': the number of a message, of an account.
bool is_id(std::string_view group) {
  if (group.empty()) return false;
  return text::is_digit(group.front()) ||
         (is_made_of(group, kHex) && kDigits.find_in(group) != group.npos);
}

bool is_bounce_word(std::string_view group) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"bounce", "bounces", "owner", "return", "returns", "verp"});
  return std::ranges::any_of(kWords,
                             [&](std::string_view word) { return text::iequals(word, group); });
}

// Where the recipient begins: behind the first '+' and the ids that follow it; without a '+' behind
// the last id or word for bounces, else behind the last '-'. The recipient may have such signs too.
std::size_t recipient_begin(std::string_view text) {
  const std::size_t plus = text.find('+');
  std::size_t begin = plus == text.npos ? text.rfind('-') + 1 : plus + 1;
  for (std::size_t group = plus == text.npos ? 0 : begin;;) {
    const std::size_t end = text.find('-', group);
    if (end == text.npos) return begin;
    const std::string_view word = text.substr(group, end - group);
    const bool own = is_id(word) || (plus == text.npos && is_bounce_word(word));
    if (own) begin = end + 1;
    if (!own && plus != text.npos) return begin;
    group = end + 1;
  }
}

std::optional<RewrittenSender> verp(const Path& path) {
  const std::size_t sign = path.local.rfind('=');
  if (sign == path.local.npos) return std::nullopt;
  const std::size_t begin = recipient_begin(path.local.substr(0, sign));
  if (begin < 2 || begin >= sign) return std::nullopt;
  auto recipient = unrolled_address(path.local.substr(begin));
  if (!recipient) return std::nullopt;
  return RewrittenSender{
      SenderRewriting::verp, path.local.substr(0, begin - 1), {}, std::move(recipient)};
}

std::optional<RewrittenSender> read_once(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == address.npos || at + 1 == address.size()) return std::nullopt;
  const Path path{address.substr(0, at), address.substr(at + 1)};
  for (const auto read : {srs, exchange_srs, batv, barracuda_batv, forwarding}) {
    if (auto found = read(path)) return found;
  }
  // What names another scheme, and is not well-formed, says nothing of a recipient either.
  for (const std::string_view scheme : {"SRS0", "SRS1"}) {
    if (has_srs_tag(path.local, scheme)) return std::nullopt;
  }
  return verp(path);
}

}  // namespace

std::optional<std::string> unrolled_address(std::string_view text) {
  const std::size_t sign = text.rfind('=');
  if (sign == text.npos || sign == 0 || !DomainName::parse_host(text.substr(sign + 1)))
    return std::nullopt;
  return address_of(text.substr(0, sign), text.substr(sign + 1));
}

std::optional<RewrittenSender> read_rewritten_sender(std::string_view address) {
  auto read = read_once(address);
  for (int layer = 1; read && read->sender && layer < kMaxRewritings; ++layer) {
    auto inner = read_once(*read->sender);
    if (!inner || !inner->sender) break;
    read->sender = std::move(inner->sender);
  }
  return read;
}

}  // namespace emltrace
