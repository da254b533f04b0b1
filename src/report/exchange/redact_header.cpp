#include "report/exchange/redact_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/lines.hpp"
#include "base/text.hpp"
#include "message/encoded_word.hpp"
#include "message/field_start.hpp"
#include "message/message.hpp"
#include "report/exchange/encoded_text.hpp"
#include "report/exchange/lenient_text.hpp"

namespace emltrace::report {
namespace {

using Forms = PrivateStrings::Forms;

// Fields that hold the recipient in a coding of their maker's own (Vade's cause), by the begin of
// the name.
constexpr auto kOpaque =
    std::to_array<std::string_view>({"x-vade-spamcause", "x-vr-spamcause", "x-out-vdrt-spamcause",
                                     "x-vade-analysis", "x-me-proxy-cause", "x-me-vscause"});
// Fields of address lists in which a recipient stands with his name.
constexpr auto kRecipientLists = std::to_array<std::string_view>(
    {"to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc", "apparently-to", "x-original-to"});
// Fields that a reader reads as sentences.
constexpr auto kSentences =
    std::to_array<std::string_view>({"subject", "thread-topic", "comments", "keywords"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::any_of(names,
                             [&](std::string_view known) { return text::iequals(known, name); });
}

bool is_opaque(std::string_view name) {
  return std::ranges::any_of(
      kOpaque, [&](std::string_view begin) { return text::istarts_with(name, begin); });
}

// Words and the white space between them, up to the last one.
std::size_t end_of_words(std::string_view value, std::size_t at) {
  std::size_t end = at;
  while (const auto word = encoded_word::match(value, at)) {
    end = at + word->length;
    at = end;
    while (at < value.size() && text::is_space(value[at])) ++at;
  }
  return end;
}

std::string with_words_redacted(std::string_view value, const PrivateStrings& hidden, Forms forms) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = value[at] == '=' ? end_of_words(value, at) : at;
    if (end == at) {
      out += value[at++];
      continue;
    }
    const auto written = value.substr(at, end - at);
    const std::string decoded = decode_encoded_words(unfold(written));
    const std::string redacted = hidden.replaced(decoded, forms);
    out += redacted == decoded ? std::string(written) : encoded_words(redacted);
    at = end;
  }
  return out;
}

// `"Mia Example" <mia@d>` and `mia@d (Mia Example)` without the name.
std::string without_name(std::string_view segment, const PrivateStrings& hidden) {
  const auto open = segment.find('<');
  const auto close = open == std::string_view::npos ? open : segment.find('>', open);
  const auto comment = segment.find('(');
  std::string_view address = segment;
  if (close != std::string_view::npos) {
    address = segment.substr(open + 1, close - open - 1);
  } else if (comment != std::string_view::npos) {
    address = segment.substr(0, comment);
  } else {
    return hidden.replaced(segment, Forms::address);
  }
  const std::string replaced = hidden.replaced(address, Forms::address);
  if (replaced == address) return std::string(segment);
  const std::size_t begin = std::min(segment.find_first_not_of(" \t\r\n"), segment.size());
  const std::size_t end = segment.find_last_not_of(" \t\r\n") + 1;
  return fmt::format("{}<{}>{}", segment.substr(0, begin), text::trim(replaced),
                     segment.substr(end));
}

// Where the mailboxes of a list end: at commas and semicolons outside of quotes and comments, and
// behind the name of a group.
std::string list_without_names(std::string_view value, const PrivateStrings& hidden) {
  std::string out;
  std::size_t begin = 0;
  int depth = 0;
  bool quoted = false;
  bool bracket = false;
  const auto take = [&](std::size_t end) {
    out += without_name(value.substr(begin, end - begin), hidden);
    if (end < value.size()) out += value[end];
    begin = end + 1;
  };
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '\\') {
      ++at;
    } else if (quoted) {
      quoted = c != '"';
    } else if (c == '(' || c == ')') {
      depth = std::max(0, depth + (c == '(' ? 1 : -1));
    } else if (depth > 0) {
      continue;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '<' || c == '>') {
      bracket = c == '<';
    } else if (!bracket && (c == ',' || c == ';' || c == ':')) {
      take(at);
    }
  }
  if (begin < value.size()) take(value.size());
  return out;
}

std::string cut_value(std::string_view value, CutLines lines) {
  const std::string_view end = value.find("\r\n") != value.npos ? "\r\n" : "\n";
  auto ends = static_cast<std::size_t>(std::ranges::count(value, '\n'));
  std::string out = fmt::format(" {}", kRedacted);
  if (ends == 0) return out;
  if (lines == CutLines::drop) return value.ends_with('\n') ? out += end : out;
  while (--ends > 0) out += fmt::format("{}\t{}", end, kRedacted);
  out += end;
  // The last line of a header may have no end.
  return value.ends_with('\n') ? out : out += fmt::format("\t{}", kRedacted);
}

// As many lines as there were, where they are to be kept.
bool has_lines_of(std::string_view redacted, std::string_view raw, CutLines lines) {
  return lines == CutLines::drop ||
         std::ranges::count(redacted, '\n') == std::ranges::count(raw, '\n');
}

// The value of a field, from behind the colon to the end of its last line.
std::string redacted_value(std::string_view name, std::string_view value,
                           const PrivateStrings& hidden, CutLines lines) {
  if (is_opaque(name)) return cut_value(value, lines);
  const Forms forms = is_one_of(kSentences, name) ? Forms::words : Forms::address;
  std::string out(value);
  if (is_one_of(kRecipientLists, name)) out = list_without_names(out, hidden);
  out = with_words_redacted(hidden.replaced_plain(out, forms), hidden, forms);
  // Folds may part a coding, and whoever writes a field may part an address.
  const std::string joined = text::without_space(out);
  const bool left = hidden.found_in(joined) || hidden.found_in(unfold(out)) ||
                    hidden.found_in(decode_encoded_words(unfold(out)));
  return left || !has_lines_of(out, value, lines) ? cut_value(value, lines) : out;
}

}  // namespace

std::string redacted_header(std::string_view header, const PrivateStrings& hidden, CutLines lines) {
  std::string out;
  for (std::size_t at = 0; at < header.size();) {
    const text::Line line = text::line_at(header, at);
    std::size_t end = line.next;
    while (end < header.size() && text::is_wsp(header[end])) end = text::line_at(header, end).next;
    const auto field = field_start(line.text);
    const std::string_view raw = header.substr(at, end - at);
    if (field) {
      const std::size_t colon = line.text.find(':') + 1;
      out += raw.substr(0, colon);
      out += redacted_value(field->name, raw.substr(colon), hidden, lines);
    } else {
      const std::string replaced = hidden.replaced(raw, Forms::address);
      out += has_lines_of(replaced, raw, lines) ? replaced : cut_value(raw, lines);
    }
    at = end;
  }
  return out;
}

}  // namespace emltrace::report
