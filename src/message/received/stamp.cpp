#include "message/received/stamp.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/received/comment.hpp"

// RFC 5321 4.4:  Stamp = From-domain By-domain Opt-info [CFWS] ";" FWS date-time

namespace emltrace::received {
namespace {

// Semicolons behind the date, and words looked at for a date without one: enough for all that
// servers write, and a bound for what attackers write.
constexpr std::size_t kMaxSemicolons = 8;
constexpr std::size_t kMaxDateWords = 16;
constexpr std::size_t kMaxDateBytes = 400;

constexpr std::array<std::string_view, 7> kWeekdays = {"Mon", "Tue", "Wed", "Thu",
                                                       "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

template <std::size_t N>
bool starts_with_one_of(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return text::istarts_with(text, name); });
}

std::optional<Date> date_of(const Draft& draft, std::size_t first, std::size_t last) {
  const std::string_view text = draft.slice(first, last);
  return text.empty() || text.size() > kMaxDateBytes ? std::nullopt : parse_date(text);
}

void keep_stamp(Draft& draft, std::size_t first, std::size_t last, std::optional<Date> stamp) {
  draft.out.stamp = std::move(stamp);
  draft.out.stamp_raw = std::string(draft.slice(first, last));
  draft.take(first, last);
}

// Sendmail as FreeBSD sets it up and Postmark write the envelope sender behind the date.
std::size_t take_trailing_comments(Draft& draft, std::size_t first, std::size_t last) {
  while (last > first && draft.tokens[last - 1].kind == Kind::comment) {
    const std::string_view inner = draft.tokens[last - 1].inner;
    if (text::istarts_with(inner, "Smail")) {
      draft.out.by.software = std::string(inner);
    } else if (!read_common_comment(draft.out, inner)) {
      break;
    }
    draft.taken[--last] = true;
  }
  return last;
}

// Courier writes its id behind the date, others the recipient.
std::size_t cut_trailing_clause(Draft& draft, std::size_t first, std::size_t last) {
  if (last < first + 2) {
    return last;
  }
  const Token& keyword = draft.tokens[last - 2];
  const Kind value = draft.tokens[last - 1].kind;
  const bool id = is_word(keyword, "id") && value == Kind::word;
  const bool recipient = is_word(keyword, "for") && value == Kind::angle;
  if (!id && !recipient) {
    return last;
  }
  draft.taken[last - 2] = true;
  draft.region(id ? Clause::id : Clause::for_) = {last - 1, last};
  return last - 2;
}

bool may_start_date(const Draft& draft, std::size_t at) {
  const Token& token = draft.tokens[at];
  if (token.kind != Kind::word) {
    return false;
  }
  const std::string_view word = token.text;
  if (starts_with_one_of(word, kWeekdays) && (word.size() == 3 || word[3] == ',')) {
    return true;
  }
  if (word.size() >= 10 && word[4] == '-' && word[7] == '-' && text::is_digit(word[0])) {
    return true;
  }
  return word.size() <= 2 && text::is_digit(word[0]) && at + 1 < draft.tokens.size() &&
         starts_with_one_of(draft.tokens[at + 1].text, kMonths);
}

void read_without_semicolon(Draft& draft) {
  const std::size_t end = draft.tokens.size();
  draft.body_end = end;
  // A semicolon that was written as a comma leaves it at the end of the word before the date.
  for (std::size_t at = end - std::min(end, kMaxDateWords); at < end; ++at) {
    if (!may_start_date(draft, at)) {
      continue;
    }
    const std::size_t last = take_trailing_comments(draft, at, end);
    if (auto stamp = date_of(draft, at, last)) {
      draft.body_end = at;
      keep_stamp(draft, at, last, std::move(stamp));
      return;
    }
  }
}

}  // namespace

void read_stamp(Draft& draft) {
  std::size_t end = draft.tokens.size();
  std::size_t last_semicolon = end;
  std::size_t seen = 0;
  for (std::size_t at = draft.tokens.size(); at-- > 0 && seen < kMaxSemicolons;) {
    if (draft.tokens[at].kind != Kind::semicolon) {
      continue;
    }
    draft.taken[at] = true;
    last_semicolon = seen++ == 0 ? at : last_semicolon;
    std::size_t last = take_trailing_comments(draft, at + 1, end);
    if (seen == 1) {
      last = cut_trailing_clause(draft, at + 1, last);
    }
    if (auto stamp = date_of(draft, at + 1, last)) {
      draft.body_end = at;
      keep_stamp(draft, at + 1, last, std::move(stamp));
      return;
    }
    end = at;
  }
  if (seen == 0) {
    read_without_semicolon(draft);
    return;
  }
  // No date could be read: what stands in its place is still told.
  draft.body_end = last_semicolon;
  const std::size_t last = take_trailing_comments(draft, last_semicolon + 1, draft.tokens.size());
  const std::string_view text = draft.slice(last_semicolon + 1, last);
  if (text.find_first_not_of(". ") != std::string_view::npos && text.size() <= kMaxDateBytes) {
    keep_stamp(draft, last_semicolon + 1, last, std::nullopt);
  }
}

}  // namespace emltrace::received
