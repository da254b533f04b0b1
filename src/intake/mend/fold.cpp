#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

bool is_received(std::string_view name) {
  return text::iequals(name, "received") || text::iequals(name, "x-received");
}

bool is_signature(std::string_view name) {
  return text::iends_with(name, "-signature") || text::iequals(name, "arc-seal");
}

bool is_dated(std::string_view name) {
  return is_received(name) || text::iequals(name, "date") || text::iequals(name, "resent-date");
}

// `16:12:36 +0000`, `16:12`
bool is_time_line(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && text::is_digit(line[at])) {
    ++at;
  }
  return at >= 1 && at <= 2 && at + 2 < line.size() && line[at] == ':' &&
         text::is_digit(line[at + 1]) && text::is_digit(line[at + 2]);
}

// --- Everything on one line ---------------------------------------------------------------------

bool is_name_char(char c) {
  return text::is_alnum(c) || c == '-' || c == '_';
}

// Names that begin a field even where the white space before them was lost.
bool is_unmistakable(std::string_view name) {
  return name_rank(name) == NameRank::trace || name == "Message-ID" || name == "MIME-Version";
}

struct Inner {
  std::size_t gap;    ///< offset of the white space before the name
  std::size_t start;  ///< offset of the name
};

// The next field inside a line: a known name with a capital, a colon and white space behind it.
std::optional<Inner> next_inner_field(std::string_view line, std::size_t from, bool spaced) {
  for (std::size_t colon = line.find(':', from); colon != std::string_view::npos;
       colon = line.find(':', colon + 1)) {
    std::size_t end = colon;
    while (end > from && line[end - 1] == ' ') {
      --end;
    }
    std::size_t start = end;
    while (start > from && is_name_char(line[start - 1])) {
      --start;
    }
    const std::string_view name = line.substr(start, end - start);
    const bool gap_after = colon + 1 < line.size() && text::is_space(line[colon + 1]);
    if (name.empty() || !gap_after || name.front() < 'A' || name.front() > 'Z') {
      continue;
    }
    const bool gap_before = start > 0 && text::is_space(line[start - 1]);
    const bool known = name_rank(name) >= NameRank::common;
    if ((gap_before && known && (end == colon || spaced)) ||
        (start > 0 && is_unmistakable(name) && (gap_before || end == colon)) ||
        (gap_before && is_received(name))) {
      std::size_t gap = start;
      while (gap > from && text::is_space(line[gap - 1])) {
        --gap;
      }
      return Inner{gap, start};
    }
  }
  return std::nullopt;
}

// `Name : ` is how this header writes its fields.
bool is_spaced(std::string_view header) {
  const auto field = field_start(line_at(header, 0).text);
  return field && field->space_before;
}

struct InnerCount {
  std::size_t fields = 0;
  std::size_t received = 0;
};

InnerCount count_inner(std::string_view header, bool spaced) {
  InnerCount count;
  std::size_t at = 1;
  while (const auto inner = next_inner_field(header, at, spaced)) {
    const std::size_t colon = header.find(':', inner->start);
    if (header[inner->start - 1] != '\n') {
      ++count.fields;
      count.received +=
          is_received(text::trim(header.substr(inner->start, colon - inner->start))) ? 1 : 0;
    }
    at = colon + 1;
  }
  return count;
}

// --- Folding white space lost -------------------------------------------------------------------

// The list of names of `h=` in a signature is open: no ';' came after it.
bool is_inside_h_list(std::string_view body) {
  const std::string lowered = text::lower(body);
  std::size_t at = lowered.rfind("h=");
  while (at != std::string::npos && at > 0 && lowered[at - 1] != ';' &&
         !text::is_space(lowered[at - 1])) {
    at = lowered.rfind("h=", at - 1);
  }
  return at != std::string::npos && lowered.find(';', at) == std::string::npos;
}

// `from:to:subject:`, up to a ';' or the end.
bool is_name_list(std::string_view line) {
  const std::string_view list = line.substr(0, line.find(';'));
  std::size_t names = 0;
  for (const std::string_view part : text::split(list, ':')) {
    const std::string_view name = text::trim(part);
    if (!std::ranges::all_of(name, is_name_char)) {
      return false;
    }
    names += name.empty() ? 0 : 1;
  }
  return names > 0;
}

// What is known while the lines of a damaged header are read one after another.
struct Context {
  std::string_view name;     ///< of the field that is open
  std::string_view body;     ///< of it, so far
  std::size_t previous = 0;  ///< length of the line before
};

constexpr std::size_t kWrapColumn = 60;
constexpr std::size_t kMostLines = 20'000;
constexpr std::size_t kContextBytes = 4'096;

bool is_complete(const Context& context) {
  return is_dated(context.name) && has_time_of_day(context.body) &&
         (!is_received(context.name) || context.body.find(';') != std::string_view::npos);
}

bool starts_field(std::string_view line, const Context& context) {
  const auto field = field_start(line);
  if (!field || is_time_line(line)) {
    return false;
  }
  const NameRank rank = name_rank(field->name);
  if (rank == NameRank::odd) {
    return false;
  }
  if (is_signature(context.name) && is_inside_h_list(context.body) && is_name_list(line)) {
    return false;
  }
  if (rank >= NameRank::common) {
    return field->gap_after || (rank >= NameRank::author && !is_signature(context.name));
  }
  const bool capital = line.front() >= 'A' && line.front() <= 'Z';
  return field->gap_after && capital && (is_complete(context) || context.previous < kWrapColumn);
}

// Calls `visit` for the lines of the header that go on from the line before though no white space
// says so. Each field's text is looked at a bounded number of times.
template <class Visit>
void each_lost_fold(const Look& look, Visit visit) {
  Context context;
  std::size_t body_at = 0;
  std::size_t lines = 0;
  for (std::size_t at = look.block.begin; at < look.block.end && lines < kMostLines; ++lines) {
    const Line line = line_at(look.text, at);
    at = line.next;
    const bool folded = line.text.front() == ' ' || line.text.front() == '\t';
    const bool envelope = line.offset == look.block.begin && is_from_line(line.text);
    const std::size_t window =
        std::max(body_at, line.offset - std::min(line.offset, kContextBytes));
    context.body = look.text.substr(window, line.offset - window);
    if (!folded && !envelope && starts_field(line.text, context)) {
      const auto field = field_start(line.text);
      context.name = field->name;
      body_at = line.offset + field->colon + 1;
    } else if (!folded && !envelope && !context.name.empty()) {
      visit(line, context);
    }
    context.previous = line.text.size();
  }
}

// --- Spaces lost with the folds -----------------------------------------------------------------

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

// Encoded words that touch each other: RFC 2047 §2 wants white space between them.
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

bool is_one_line(const Look& look) {
  const std::string_view header = look.text.substr(0, look.block.end);
  if (header.empty()) {
    return false;
  }
  const InnerCount inner = count_inner(header, is_spaced(header));
  const bool few_lines = look.block.lines <= 4;
  return few_lines ? inner.fields >= 2 || inner.received > 0
                   : inner.received > 0 && inner.fields > look.block.fields;
}

void split_one_line(const Look& look, Edit& edit) {
  const std::string_view header = look.text.substr(0, look.block.end);
  const bool spaced = is_spaced(header);
  std::size_t from = 0;
  std::size_t at = 1;
  while (const auto inner = next_inner_field(header, at, spaced)) {
    if (header[inner->start - 1] != '\n') {
      edit.note(inner->start);
      edit.copy(from, inner->gap);
      edit.replace(inner->gap, inner->start, "\n");
      from = inner->start;
    }
    at = header.find(':', inner->start) + 1;
  }
  edit.copy(from, look.text.size());
}

bool has_time_alone(const Look& look) {
  bool found = false;
  each_lost_fold(look, [&](const Line& line, const Context& context) {
    const std::size_t stamp = context.body.rfind(';');
    const std::string_view date =
        stamp == std::string_view::npos ? context.body : context.body.substr(stamp);
    found = found || (is_time_line(line.text) && is_dated(context.name) && !has_time_of_day(date));
  });
  return found;
}

void fold_time_alone(const Look& look, Edit& edit) {
  std::size_t from = 0;
  each_lost_fold(look, [&](const Line& line, const Context& context) {
    if (is_time_line(line.text) && is_dated(context.name)) {
      edit.note(line.offset);
      edit.copy(from, line.offset);
      edit.replace(line.offset, line.offset, " ");
      from = line.offset;
    }
  });
  edit.copy(from, look.text.size());
}

bool has_lost_folds(const Look& look) {
  bool found = false;
  if (look.block.strays > 0) {
    each_lost_fold(look, [&](const Line&, const Context&) { found = true; });
  }
  return found;
}

void restore_folds(const Look& look, Edit& edit) {
  std::size_t from = 0;
  each_lost_fold(look, [&](const Line& line, const Context&) {
    edit.note(line.offset);
    edit.copy(from, line.offset);
    edit.replace(line.offset, line.offset, " ");
    from = line.offset;
  });
  edit.copy(from, look.text.size());
}

bool has_lost_fold_spaces(const Look& look) {
  return any_loose_field(look, [](const LooseField& field) {
    return lost_space(field, is_received(field.name) ? bare(field.body) : std::string(field.body))
        .has_value();
  });
}

void restore_fold_spaces(const Look& look, Edit& edit) {
  constexpr int kMostInOneField = 16;
  std::size_t from = 0;
  any_loose_field(look, [&](const LooseField& field) {
    std::string body = is_received(field.name) ? bare(field.body) : std::string(field.body);
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
