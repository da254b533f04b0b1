#include "auth/dkim/repair_subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "auth/dkim/encoders.hpp"
#include "base/text.hpp"
#include "message/address.hpp"
#include "message/encoded_word.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::size_t kLongestTag = 80;
constexpr std::size_t kMaxTags = 3;  // one behind the other
constexpr std::string_view kOpen = "[{(<";
constexpr std::string_view kClose = "]})>";

// Length of a tag that a list or filter put in front: "[list]", "{Spam?}", "(External)",
// "***SPAM***", "EXTERNAL:"; 0 where none stands there.
std::size_t tag_length(std::string_view text) {
  if (text.empty()) return 0;
  const std::string_view window = text.substr(0, kLongestTag);
  if (const std::size_t kind = kOpen.find(text[0]); kind != std::string_view::npos) {
    const std::size_t end = window.find(kClose[kind]);
    return end == std::string_view::npos ? 0 : end + 1;
  }
  if (text.starts_with("**")) {
    const std::size_t inside = window.find_first_not_of('*');
    const std::size_t end = inside == std::string_view::npos ? inside : window.find('*', inside);
    if (end == std::string_view::npos) return 0;
    return std::min(text.find_first_not_of('*', end), text.size());
  }
  // A word of filters, with the colon, dash or bar that parts it from the subject.
  const std::size_t end = window.find_first_of(":|-");
  if (end != std::string_view::npos && is_known_tag(window.substr(0, end))) return end + 1;
  return 0;
}

// Length of a tag at the end, with the blank before it.
std::size_t tail_tag_length(std::string_view text) {
  if (text.empty()) return 0;
  const std::size_t kind = kClose.find(text.back());
  if (kind == std::string_view::npos) return 0;
  const std::size_t start = text.rfind(kOpen[kind]);
  if (start == std::string_view::npos || start == 0 || text.size() - start > kLongestTag) return 0;
  const std::size_t last = text.find_last_not_of(" \t\r\n", start - 1);
  return last == std::string_view::npos ? 0 : text.size() - last - 1;
}

std::size_t reply_length(std::string_view text) {
  for (const std::string_view prefix :
       {"re:", "fwd:", "fw:", "aw:", "sv:", "antw:", "wg:", "tr:"}) {
    if (text::istarts_with(text, prefix)) return prefix.size();
  }
  return 0;
}

std::size_t space_length(std::string_view text) {
  return std::min(text.find_first_not_of(" \t\r\n"), text.size());
}

// Letters and digits alone, in lower case.
std::string letters(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (text::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80) out += text::lower(c);
  }
  return out;
}

// True for a filter's word, and for the name of a list that the header names.
Change kind_of(const HeaderVariant& header, std::string_view tag) {
  if (is_known_tag(tag)) return Change::tag;
  const std::string word = letters(tag);
  if (word.size() < 2) return Change::text_added;
  for (const std::string_view name : {"list-id", "list-post", "mailing-list", "x-mailing-list"}) {
    const std::size_t index = header.find(name);
    if (!header.has(index)) continue;
    if (letters(header.value(index)).find(word) != std::string::npos) return Change::tag;
  }
  return Change::text_added;
}

struct Stripped {
  std::string value;
  std::string tag;
};

// The values without tags at the start, in the ways in which a tag may have been put there.
void strip_front(std::string_view value, std::vector<Stripped>& out) {
  std::size_t at = space_length(value);
  const std::string_view lead = value.substr(0, at);
  const std::size_t reply = reply_length(value.substr(at));
  at += reply;
  at += space_length(value.substr(at));
  const std::string_view front = value.substr(0, at);
  std::string_view rest = value.substr(at);
  for (std::size_t tags = 0; tags < kMaxTags; ++tags) {
    const std::size_t length = tag_length(rest);
    if (length == 0) return;
    const std::size_t gap = space_length(rest.substr(length));
    const std::string tag(value.substr(at, length + value.size() - at - rest.size()));
    const std::string_view bare = rest.substr(length);
    rest = bare.substr(gap);
    out.push_back({std::string(front) + std::string(rest), tag});
    // The list may have moved or added the "Re:" in front of its tag.
    if (reply > 0) out.push_back({std::string(lead) + std::string(rest), tag});
    if (gap > 0) out.push_back({std::string(front) + std::string(bare), tag});
  }
}

void strip_tail(std::string_view value, std::vector<Stripped>& out) {
  for (std::size_t tags = 0; tags < kMaxTags; ++tags) {
    const std::size_t length = tail_tag_length(value);
    if (length == 0) return;
    const std::string_view rest = value.substr(0, value.size() - length);
    out.push_back({std::string(rest), std::string(text::trim(value.substr(rest.size())))});
    value = rest;
  }
}

// A tag in an encoded word of its own, in front or at the end.
void strip_word(std::string_view value, std::vector<Stripped>& out) {
  const std::size_t at = space_length(value);
  const auto first = encoded_word::match(value, at);
  if (!first) return;
  const std::string tag = decode_encoded_words(value.substr(at, first->length));
  const std::size_t length = tag_length(tag);
  if (length == 0 || space_length(std::string_view(tag).substr(length)) + length < tag.size())
    return;
  const std::string_view rest = value.substr(at + first->length);
  out.push_back({" " + std::string(rest.substr(space_length(rest))), tag});
}

}  // namespace

bool strip_subject_tag(const Damaged& damaged, const HeaderVariant& from,
                       const HeaderAttempt& attempt) {
  const std::size_t index = from.find("subject");
  if (!from.has(index) || !is_signed(damaged, "subject")) return false;
  const std::string_view value = from.value(index);
  const auto try_value = [&](const std::string& text, const std::string& tag) {
    return attempt({from.with_value(index, text), {{tag, tag}}, kind_of(from, tag)});
  };
  std::vector<Stripped> plain;
  strip_front(value, plain);
  strip_tail(value, plain);
  strip_word(value, plain);
  for (const Stripped& stripped : plain) {
    if (try_value(stripped.value, stripped.tag)) return true;
  }
  if (!has_encoded_word(value)) return false;
  // The whole was decoded, tagged, and encoded again by another program's habits.
  std::vector<Stripped> decoded;
  const std::string text = decode_encoded_words(unfold(value));
  strip_front(text, decoded);
  strip_tail(text, decoded);
  for (const Stripped& stripped : decoded) {
    for (const std::string& form : encoded_word_forms(stripped.value, "Subject")) {
      if (try_value(" " + form, stripped.tag)) return true;
    }
  }
  return false;
}

bool restore_encoded_words(const Damaged& damaged, const HeaderVariant& from,
                           const HeaderAttempt& attempt) {
  for (const std::string_view name : {"subject", "from", "to"}) {
    const std::size_t index = from.find(name);
    if (!from.has(index) || !is_signed(damaged, name)) continue;
    const std::string value = unfold(from.value(index));
    const bool has_words = has_encoded_word(value);
    const bool has_octets = std::any_of(
        value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (!has_words && !has_octets) continue;
    std::string text = value;
    std::string tail;
    if (name != "subject") {
      const std::size_t bracket = value.rfind('<');
      if (bracket == std::string::npos) continue;
      text = std::string(text::trim(std::string_view(value).substr(0, bracket)));
      if (text.size() > 1 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
      tail = " " + value.substr(bracket);
    }
    for (const std::string& form : encoded_word_forms(decode_encoded_words(text), name)) {
      if (attempt({from.with_value(index, fmt::format(" {}{}", form, tail)), {}, {}})) return true;
    }
  }
  return false;
}

}  // namespace emltrace::dkim
