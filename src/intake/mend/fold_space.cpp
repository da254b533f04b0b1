#include <algorithm>
#include <array>

#include "base/lexical.hpp"
#include "base/text.hpp"
#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::array kProtocols = std::to_array<std::string_view>(
    {"SMTP", "ESMTP", "ESMTPA", "ESMTPS", "ESMTPSA", "LMTP", "LMTPA", "LMTPS", "LMTPSA", "UTF8SMTP",
     "UTF8SMTPA", "UTF8SMTPS", "UTF8SMTPSA", "HTTP", "HTTPS", "MAPI", "LOCAL"});

bool is_protocol(std::string_view word) {
  return std::ranges::any_of(kProtocols, [&](auto known) { return text::iequals(word, known); });
}

struct Clause {
  std::string_view keyword;
  bool (*next_fits)(std::string_view next);
  bool (*stem_fits)(std::string_view stem);
  bool grows_forward;  ///< also onto the word behind it: `bymx.example`
};

bool is_host_like(std::string_view word) {
  return word.find('.') != std::string_view::npos && word.find('@') == std::string_view::npos;
}

constexpr std::array kClauses = std::to_array<Clause>({
    {"for", [](std::string_view next) { return next.find('@') != std::string_view::npos; },
     [](std::string_view) { return true; }, false},
    {"by", is_host_like, is_host_like, true},
    {"with",
     [](std::string_view next) { return is_protocol(next) || text::iequals(next, "microsoft"); },
     is_host_like, true},
    {"id", [](std::string_view next) { return !next.empty(); }, is_protocol, false},
});

// The offset at which a keyword grew onto the word before it; null where none did.
std::optional<std::size_t> grown_keyword(std::string_view plain) {
  const std::string_view clauses = plain.substr(0, plain.find(';'));
  const auto words = text::words(clauses);
  for (const Clause& clause : kClauses) {
    if (std::ranges::any_of(words, [&](auto w) { return text::iequals(w, clause.keyword); })) {
      continue;
    }
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      const std::string_view word = words[i];
      const std::size_t length = clause.keyword.size();
      if (clause.grows_forward && word.size() > length && i > 0 &&
          !text::iequals(words[i - 1], "from") && word.starts_with(clause.keyword) &&
          clause.next_fits(word.substr(length))) {
        return static_cast<std::size_t>(word.data() + length - plain.data());
      }
      if (word.size() <= length || !text::iends_with(word, clause.keyword)) {
        continue;
      }
      const std::string_view stem = word.substr(0, word.size() - clause.keyword.size());
      if (clause.next_fits(words[i + 1]) && clause.stem_fits(stem)) {
        return static_cast<std::size_t>(stem.data() + stem.size() - plain.data());
      }
    }
  }
  return std::nullopt;
}

// Encoded words that touch each other: RFC 2047 2 wants white space between them.
std::optional<std::size_t> touching_encoded_words(std::string_view body) {
  const std::size_t at = body.find("?==?");
  return at == std::string_view::npos ? std::nullopt : std::optional(at + 2);
}

bool are_digits(std::string_view s) {
  return !s.empty() && std::ranges::all_of(s, text::is_digit);
}

// `Mar2024`, `202409:15:32`: a year that grew onto the month before it or the time behind it.
std::optional<std::size_t> grown_year(std::string_view date) {
  for (const std::string_view word : text::words(date)) {
    const auto at = static_cast<std::size_t>(word.data() - date.data());
    const bool month = word.size() >= 7 && text::is_alpha(word[0]) && text::is_alpha(word[2]);
    if (month && are_digits(word.substr(3, 4))) {
      return at + 3;
    }
    if (word.find(':') == 6 && are_digits(word.substr(0, 6))) {
      return at + 4;
    }
  }
  return std::nullopt;
}

// `…-1F2023-07-14 07:20:10`: a date behind an identifier, where no ';' stands between them.
std::optional<std::size_t> grown_iso_date(std::string_view plain) {
  constexpr std::size_t kDate = 10;  // 2023-07-14
  const auto words = text::words(plain);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word.size() <= kDate || !has_time_of_day(words[i + 1])) {
      continue;
    }
    const std::string_view date = word.substr(word.size() - kDate);
    if (are_digits(date.substr(0, 4)) && date[4] == '-' && are_digits(date.substr(5, 2)) &&
        date[7] == '-' && are_digits(date.substr(8))) {
      return static_cast<std::size_t>(date.data() - plain.data());
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> lost_space(const LooseField& field, std::string_view body) {
  if (is_received(field.name)) {
    if (const auto keyword = grown_keyword(body)) {
      return keyword;
    }
    const std::size_t semicolon = body.rfind(';');
    if (semicolon == std::string_view::npos) {
      return grown_iso_date(body);
    }
    const auto year = grown_year(body.substr(semicolon + 1));
    return year ? std::optional(semicolon + 1 + *year) : std::nullopt;
  }
  if (text::iequals(field.name, "date")) {
    return grown_year(body);
  }
  const bool encoded = text::iequals(field.name, "subject") || text::iequals(field.name, "from") ||
                       text::iequals(field.name, "to");
  return encoded ? touching_encoded_words(body) : std::nullopt;
}

}  // namespace

bool has_lost_fold_spaces(const Look& look) {
  return any_loose_field(look, [](const LooseField& field) {
    return lost_space(field, is_received(field.name) ? blank_quoted_and_comments(field.body)
                                                     : std::string(field.body))
        .has_value();
  });
}

void restore_fold_spaces(const Look& look, Edit& edit) {
  constexpr int kMostInOneField = 16;
  std::size_t from = 0;
  any_loose_field(look, [&](const LooseField& field) {
    std::string body =
        is_received(field.name) ? blank_quoted_and_comments(field.body) : std::string(field.body);
    std::vector<std::size_t> places;
    for (int i = 0; i < kMostInOneField; ++i) {
      const auto place = lost_space(field, body);
      if (!place) {
        break;
      }
      body.insert(*place, 1, ' ');
      std::size_t old = *place;
      for (const std::size_t earlier : places) {
        old -= earlier < old ? 1 : 0;
      }
      places.insert(std::ranges::upper_bound(places, old), old);
    }
    for (const std::size_t place : places) {
      edit.note(field.offset + place);
      edit.copy(from, field.offset + place);
      edit.replace(field.offset + place, field.offset + place, " ");
      from = field.offset + place;
    }
    return false;
  });
  edit.copy(from, look.text.size());
}

}  // namespace emltrace::intake::rows
