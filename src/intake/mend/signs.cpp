#include <algorithm>
#include <array>

#include "base/domain.hpp"
#include "base/text.hpp"
#include "base/word_table.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

using text::CodePoint;
using text::decode_utf8;

// What takes no room on a page: it comes along with text copied from one.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool is_dash(char32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
}

// U+FF01 … U+FF5E are the signs of ASCII in the width of an ideograph.
bool is_full_width(char32_t c) {
  return c >= 0xFF01 && c <= 0xFF5E;
}
char narrow(char32_t c) {
  return static_cast<char>(c - 0xFEE0);
}

// Fields that servers and programs write, in ASCII but for a word or two in comments.
bool is_written_by_machines(std::string_view name) {
  static constexpr text::WordTable kNames(std::to_array<std::string_view>(
      {"Received", "X-Received", "Date", "Resent-Date", "Return-Path", "Message-ID",
       "Resent-Message-ID", "In-Reply-To", "References", "Delivered-To", "X-Original-To",
       "DKIM-Signature", "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results",
       "Authentication-Results", "Received-SPF", "MIME-Version"}));
  return kNames.holds(name);
}

// A line whose start becomes a known name with signs taken for others: `From：`, `Message‑ID:`.
struct NameLine {
  std::string name;       ///< mended
  Changes changes;        ///< to the name, its colon, and what stands before and behind them
  std::size_t value = 0;  ///< offset in the line of what follows
};

// How one character beyond ASCII is read there; null where it ends the reading.
using Reading = std::optional<std::string> (*)(char32_t);

std::optional<NameLine> read_name(std::string_view line, std::size_t offset, Reading reading) {
  NameLine out;
  if (!line.empty() && text::is_wsp(line.front())) return std::nullopt;
  bool named = false;
  for (std::size_t at = 0; at < line.size() && at < kMaxPrefix;) {
    const CodePoint point = decode_utf8(line, at);
    std::string plain(line.substr(at, point.length));
    if (point.length > 1) {
      const auto read = reading(point.value);
      if (!read) break;
      plain = *read;
      out.changes.push_back({offset + at, offset + at + point.length, plain});
    }
    at += point.length;
    if (plain == ":" && !named) {
      named = true;
      out.value = at;
    } else if (named) {
      if (point.length == 1) break;
      out.value = at;
    } else if (!plain.empty() && !text::is_wsp(plain[0])) {
      out.name += plain;
    }
  }
  const auto is_mark = [](char c) {
    return std::string_view("*_`~").find(c) != std::string_view::npos;
  };
  while (!out.name.empty() && is_mark(out.name.back())) out.name.pop_back();
  out.name.erase(out.name.begin(), std::ranges::find_if_not(out.name, is_mark));
  if (!named || out.changes.empty() || name_rank(out.name) < NameRank::common) return std::nullopt;
  return out;
}

// Calls `visit` for each field in the header's reach: those of `look.block`, or of the text's first
// lines where it is broken. Fields whose names have to be mended are fields.
template <class Visit>
void each_line(const Look& look, Visit visit) {
  const std::size_t end = look.valid ? look.block.end : look.text.size();
  std::size_t lines = 0;
  for (const Line& line : Lines(look.text, look.block.begin, end)) {
    if (++lines > kMaxLooseLines) break;
    visit(line);
  }
}

// Collects changes of names and, where there are any or `alone` is set, of values.
template <class Value>
Changes mend_signs(const Look& look, Reading reading, bool alone, Value value) {
  Changes changes;
  bool named = false;
  std::string name;
  each_line(look, [&](const Line& line) {
    std::size_t from = 0;
    if (const auto read = read_name(line.text, line.offset, reading)) {
      named = true;
      name = read->name;
      changes.insert(changes.end(), read->changes.begin(), read->changes.end());
      from = read->value;
    } else if (const auto field = field_start(line.text);
               field && !text::is_wsp(line.text.empty() ? 'x' : line.text.front())) {
      name = field->name;
      from = field->colon + 1;
    }
    if (!text::is_ascii(line.text.substr(from))) value(changes, name, line, from);
  });
  return named || alone ? changes : Changes{};
}

bool ends_host(char c) {
  return text::is_space(c) || std::string_view("()[]<>;=@,:\"").find(c) != std::string_view::npos;
}

// A dash between two letters of what becomes the name of a host, or an identifier's left side.
bool is_in_host(std::string_view line, std::size_t at) {
  constexpr std::size_t kLongestHost = 256;
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongestHost && !ends_host(line[begin - 1])) --begin;
  std::size_t end = at;
  while (end < line.size() && end - at < kLongestHost && !ends_host(line[end])) ++end;
  std::string host;
  for (std::size_t i = begin; i < end;) {
    const CodePoint point = decode_utf8(line, i);
    host += is_dash(point.value) ? "-" : std::string(line.substr(i, point.length));
    i += point.length;
  }
  return DomainName::parse_host(host).has_value();
}

// `02:00:05 –0800`: the sign of a zone, behind the time.
bool is_zone(std::string_view line, std::size_t at, std::size_t behind) {
  std::size_t before = at;
  if (before > 0 && line[before - 1] == ' ') --before;
  const std::string_view digits = line.substr(behind, 4);
  return before > 0 && text::is_digit(line[before - 1]) && digits.size() == 4 &&
         std::ranges::all_of(digits, text::is_digit) &&
         (behind + 4 >= line.size() || !text::is_alnum(line[behind + 4]));
}

bool is_dated(std::string_view name) {
  return is_received(name) || text::iequals(name, "Date") || text::iequals(name, "Resent-Date");
}

template <class Wanted>
void replace_signs(Changes& changes, const Line& line, std::size_t from, Wanted wanted) {
  for (std::size_t at = from; at < line.text.size();) {
    const CodePoint point = decode_utf8(line.text, at);
    if (point.length > 1) {
      if (const auto plain = wanted(point.value, at, at + point.length)) {
        changes.push_back({line.offset + at, line.offset + at + point.length, *plain});
      }
    }
    at += point.length;
  }
}

}  // namespace

Changes invisible_characters(const Look& look) {
  if (look.ascii) return {};
  const auto reading = [](char32_t c) -> std::optional<std::string> {
    return is_invisible(c) ? std::optional(std::string()) : std::nullopt;
  };
  // In names that people wrote they may be a trick, and are a finding.
  return mend_signs(
      look, reading, false,
      [](Changes& changes, const std::string& name, const Line& line, std::size_t from) {
        const bool machine = is_written_by_machines(name);
        bool start = from == 0;
        for (std::size_t at = from; at < line.text.size();) {
          const CodePoint point = decode_utf8(line.text, at);
          if (is_invisible(point.value) && (machine || start)) {
            changes.push_back({line.offset + at, line.offset + at + point.length, ""});
          } else {
            start = start && text::is_wsp(line.text[at]);
          }
          at += point.length;
        }
      });
}

Changes full_width_signs(const Look& look) {
  if (look.ascii ||
      look.text.substr(0, look.block.end).find("\xEF\xBC") == std::string_view::npos) {
    return {};
  }
  const auto reading = [](char32_t c) -> std::optional<std::string> {
    if (c == 0x3000) return " ";
    return is_full_width(c) ? std::optional(std::string(1, narrow(c))) : std::nullopt;
  };
  bool alone = false;
  Changes changes =
      mend_signs(look, reading, true,
                 [&](Changes& out, const std::string& name, const Line& line, std::size_t from) {
                   const bool machine = is_written_by_machines(name);
                   if (!machine && !is_structured(name)) return;
                   replace_signs(out, line, from, [&](char32_t c, std::size_t, std::size_t) {
                     // In display names Chinese brackets and colons are text.
                     const bool address = c == 0xFF1C || c == 0xFF1E || c == 0xFF20 || c == 0xFF0E;
                     const bool wanted = is_full_width(c) && (machine || address);
                     alone = alone || (wanted && machine);
                     return wanted ? std::optional(std::string(1, narrow(c))) : std::nullopt;
                   });
                 });
  const bool names = std::ranges::any_of(changes, [](const Change& c) { return c.bytes == ":"; });
  return names || alone ? changes : Changes{};
}

Changes typographic_dashes(const Look& look) {
  if (look.ascii) return {};
  const auto reading = [](char32_t c) -> std::optional<std::string> {
    return is_dash(c) ? std::optional(std::string("-")) : std::nullopt;
  };
  return mend_signs(
      look, reading, true,
      [](Changes& changes, const std::string& name, const Line& line, std::size_t from) {
        if (!is_written_by_machines(name)) return;
        replace_signs(changes, line, from, [&](char32_t c, std::size_t at, std::size_t behind) {
          if (!is_dash(c)) return std::optional<std::string>();
          const bool zone = is_dated(name) && is_zone(line.text, at, behind);
          return zone || is_in_host(line.text, at) ? std::optional(std::string("-")) : std::nullopt;
        });
      });
}

}  // namespace emltrace::intake::rows
