#include "message/header_block.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/lines.hpp"
#include "base/text.hpp"
#include "base/word_table.hpp"
#include "message/field_start.hpp"

namespace emltrace {
namespace {

enum AuthorBit : unsigned {
  kNone = 0,
  kFrom = 1,
  kDate = 2,
  kTo = 4,
  kSubject = 8,
  kMessageId = 16,
  kSender = 32,
  kReplyTo = 64,
};

struct Name {
  std::string_view name;
  NameRank rank;
  unsigned author = kNone;
};

constexpr std::array kNames = std::to_array<Name>({
    {"accept-language", NameRank::common},
    {"apparently-to", NameRank::common},
    {"arc-authentication-results", NameRank::trace},
    {"arc-message-signature", NameRank::trace},
    {"arc-seal", NameRank::trace},
    {"archived-at", NameRank::common},
    {"authentication-results", NameRank::trace},
    {"authentication-results-original", NameRank::trace},
    {"author", NameRank::common},
    {"auto-submitted", NameRank::common},
    {"autocrypt", NameRank::common},
    {"bcc", NameRank::common},
    {"bimi-indicator", NameRank::common},
    {"bimi-location", NameRank::common},
    {"bimi-selector", NameRank::common},
    {"cc", NameRank::common},
    {"cfbl-address", NameRank::common},
    {"cfbl-feedback-id", NameRank::common},
    {"comments", NameRank::common},
    {"content-base", NameRank::common},
    {"content-class", NameRank::common},
    {"content-description", NameRank::common},
    {"content-disposition", NameRank::common},
    {"content-id", NameRank::common},
    {"content-language", NameRank::common},
    {"content-length", NameRank::common},
    {"content-location", NameRank::common},
    {"content-transfer-encoding", NameRank::common},
    {"content-type", NameRank::common},
    {"date", NameRank::author, kDate},
    {"deferred-delivery", NameRank::common},
    {"delivered-to", NameRank::trace},
    {"delivery-date", NameRank::common},
    {"disposition-notification-to", NameRank::common},
    {"dkim-filter", NameRank::common},
    {"dkim-signature", NameRank::trace},
    {"dkim2-signature", NameRank::trace},
    {"domainkey-signature", NameRank::trace},
    {"encoding", NameRank::common},
    {"encrypted", NameRank::common},
    {"envelope-to", NameRank::trace},
    {"errors-to", NameRank::common},
    {"expires", NameRank::common},
    {"feedback-id", NameRank::common},
    {"from", NameRank::author, kFrom},
    {"importance", NameRank::common},
    {"in-reply-to", NameRank::common},
    {"keywords", NameRank::common},
    {"lines", NameRank::common},
    {"list-archive", NameRank::common},
    {"list-help", NameRank::common},
    {"list-id", NameRank::common},
    {"list-owner", NameRank::common},
    {"list-post", NameRank::common},
    {"list-subscribe", NameRank::common},
    {"list-unsubscribe", NameRank::common},
    {"list-unsubscribe-post", NameRank::common},
    {"mail-followup-to", NameRank::common},
    {"mailing-list", NameRank::common},
    {"message-id", NameRank::author, kMessageId},
    {"message-instance", NameRank::trace},
    {"mime-version", NameRank::common},
    {"mt-priority", NameRank::common},
    {"newsgroups", NameRank::common},
    {"old-return-path", NameRank::common},
    {"organisation", NameRank::common},
    {"organization", NameRank::common},
    {"original-message-id", NameRank::common},
    {"original-recipient", NameRank::common},
    {"path", NameRank::common},
    {"precedence", NameRank::common},
    {"priority", NameRank::common},
    {"received", NameRank::trace},
    {"received-spf", NameRank::trace},
    {"references", NameRank::common},
    {"reply-to", NameRank::author, kReplyTo},
    {"require-recipient-valid-since", NameRank::common},
    {"resent-bcc", NameRank::common},
    {"resent-cc", NameRank::common},
    {"resent-date", NameRank::common},
    {"resent-from", NameRank::common},
    {"resent-message-id", NameRank::common},
    {"resent-sender", NameRank::common},
    {"resent-to", NameRank::common},
    {"return-path", NameRank::trace},
    {"return-receipt-to", NameRank::common},
    {"sender", NameRank::author, kSender},
    {"sensitivity", NameRank::common},
    {"status", NameRank::common},
    {"subject", NameRank::author, kSubject},
    {"thread-index", NameRank::common},
    {"thread-topic", NameRank::common},
    {"tls-report-domain", NameRank::common},
    {"tls-required", NameRank::common},
    {"to", NameRank::author, kTo},
    {"user-agent", NameRank::common},
    {"x-google-dkim-signature", NameRank::trace},
    {"x-original-to", NameRank::trace},
    {"x-received", NameRank::trace},
});
static_assert(std::ranges::is_sorted(kNames, {}, &Name::name));

constexpr text::WordTable kTable([] {
  std::array<std::string_view, kNames.size()> words{};
  std::ranges::transform(kNames, words.begin(), &Name::name);
  return words;
}());

const Name* find_name(std::string_view name) {
  const auto place = kTable.find(name);
  return place ? &kNames[*place] : nullptr;
}

bool is_plain_word(std::string_view name) {
  return text::is_alpha(name.front()) && std::ranges::all_of(name, [](char c) {
           return text::is_alnum(c) || c == '-' || c == '_';
         });
}

constexpr std::size_t kLongestName = 77;

// `known` is the name's row in the table; null where it has none.
NameRank rank_of(std::string_view name, const Name* known) {
  if (known != nullptr) return known->rank;
  if (name.empty() || name.size() > kLongestName || !is_plain_word(name)) return NameRank::odd;
  const bool extension = text::istarts_with(name, "x-") && name.size() > 2;
  const bool hyphenated = name.find('-') != std::string_view::npos && name.front() >= 'A' &&
                          name.front() <= 'Z' && !name.ends_with('-');
  return extension || hyphenated ? NameRank::common : NameRank::unknown;
}

// An author or trace name, `X-Something`, or a registered name that other texts do not write too.
// `Status: done` is a note of somebody.
bool tells_of_mail(std::string_view name, const Name* known, NameRank rank) {
  if (rank != NameRank::common) return rank > NameRank::common;
  if (text::istarts_with(name, "x-")) return true;
  // One word stands in notes and documents too, User-agent in robots.txt.
  return known != nullptr && name.find('-') != name.npos && known->name != "user-agent";
}

void count_field(std::string_view name, HeaderBlock& block) {
  const Name* known = find_name(name);
  const NameRank rank = rank_of(name, known);
  ++block.fields;
  block.known += rank >= NameRank::common ? 1 : 0;
  block.mail += tells_of_mail(name, known, rank) ? 1 : 0;
  block.odd += rank == NameRank::odd ? 1 : 0;
  if (rank >= NameRank::author) {
    block.authors |= known->author;
    block.received += known->name == "received" ? 1 : 0;
  }
}

}  // namespace

NameRank name_rank(std::string_view name) {
  return rank_of(name, find_name(name));
}

bool is_registered_name(std::string_view name) {
  return find_name(name) != nullptr;
}

bool HeaderBlock::has_from() const {
  return (authors & kFrom) != 0;
}

bool HeaderBlock::has_date() const {
  return (authors & kDate) != 0;
}

bool HeaderBlock::is_valid() const {
  return starts_well && strays == 0 && has_from() && has_date();
}

long HeaderBlock::score() const {
  const auto n = [](std::size_t count) { return static_cast<long>(count); };
  return 6 * n(received) + 3L * std::popcount(authors) + n(known) - 2 * n(strays) - 2 * n(odd);
}

HeaderBlock scan_header_block(std::string_view text, std::size_t begin) {
  HeaderBlock block;
  block.begin = begin;
  const std::size_t limit = begin + std::min(text.size() - begin, HeaderBlock::kMaxBytes);
  for (const text::Line& line : text::Lines(text, begin, limit)) {
    if (line.text.empty()) {
      block.closed = true;
      block.end = line.offset;
      block.next = line.next;
      return block;
    }
    const bool continues = text::is_wsp(line.text.front());
    const auto field = continues ? std::nullopt : field_start(line.text);
    const bool envelope = block.lines == 0 && is_from_line(line.text);
    if (block.lines == 0) block.starts_well = field.has_value() || envelope;
    ++block.lines;
    if (field) {
      count_field(field->name, block);
    } else if (!envelope && !(continues && block.fields > 0)) {
      ++block.strays;
    }
  }
  block.end = block.next = text.size();
  return block;
}

}  // namespace emltrace
