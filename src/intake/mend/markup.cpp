#include <algorithm>
#include <array>

#include "base/ahead.hpp"
#include "base/lexical.hpp"
#include "base/quoted_printable.hpp"
#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "intake/mend/tags.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kLongestEntity = 10;

struct Entity {
  std::string_view name;
  std::string_view text;
};
constexpr std::array kEntities = std::to_array<Entity>({
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&amp;", "&"},
    {"&quot;", "\""},
    {"&apos;", "'"},
    {"&nbsp;", " "},
});

struct Decoded {
  std::string text;
  std::size_t length = 0;  ///< of the entity; 0 where there is none
};

Decoded decode_number(std::string_view rest) {
  const std::size_t end = rest.substr(0, kLongestEntity).find(';');
  if (!rest.starts_with("&#") || end == std::string_view::npos || end < 3) {
    return {};
  }
  const bool hexadecimal = text::lower(rest[2]) == 'x';
  char32_t value = 0;
  for (const char c : rest.substr(hexadecimal ? 3 : 2, end - (hexadecimal ? 3 : 2))) {
    const auto digit = text::hex_digit(c);
    if (!digit || (!hexadecimal && !text::is_digit(c))) return {};
    value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(*digit);
  }
  Decoded decoded;
  if (value == 0xA0) {
    decoded.text.push_back(' ');
  } else if (value > 0 && value < 0x110000) {
    text::append_utf8(decoded.text, value);
  }
  decoded.length = decoded.text.empty() ? 0 : end + 1;
  return decoded;
}

Decoded decode_entity(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  for (const Entity& entity : kEntities) {
    if (rest.starts_with(entity.name)) {
      return {std::string(entity.text), entity.name.size()};
    }
  }
  return decode_number(rest);
}

}  // namespace

void copy_decoding_entities(std::string_view text, Edit& edit, std::size_t from, std::size_t to) {
  text::Ahead sign(text.substr(0, to), "&");
  for (std::size_t at = sign.from(from); at < to; at = sign.from(at)) {
    const Decoded decoded = decode_entity(text, at);
    if (decoded.length == 0 || at + decoded.length > to) {
      ++at;
      continue;
    }
    edit.copy(from, at);
    edit.note(at);
    edit.replace(at, at + decoded.length, decoded.text);
    at = from = at + decoded.length;
  }
  edit.copy(from, to);
}

namespace {

constexpr std::array kPageStarts = std::to_array<std::string_view>(
    {"<!doctype html", "<html", "<head", "<body", "<pre", "<div", "<meta", "<?xml", "<table"});

constexpr std::size_t kPageStartLines = 16;

struct Range {
  std::size_t begin;
  std::size_t end;
};

// The <pre> that holds most lines of a header; the whole page where there is none.
Range best_pre(std::string_view page) {
  Range best{0, page.size()};
  long best_score = 0;
  Tags tags(page);
  for (std::size_t at = text::ifind(page, "<pre"); at != std::string_view::npos;) {
    const std::size_t begin = std::max(tags.end_of(at), at + 1);
    const std::size_t close = text::ifind(page, "</pre", begin);
    const std::size_t end = close == std::string_view::npos ? page.size() : close;
    const long score = scan_header_block(page.substr(begin, end - begin), 0).score();
    if (score > best_score) {
      best_score = score;
      best = {begin, end};
    }
    at = close == std::string_view::npos ? close : text::ifind(page, "<pre", end);
  }
  return best;
}

bool ends_a_line(std::string_view tag) {
  return text::istarts_with(tag, "<br") || text::istarts_with(tag, "</p") ||
         text::istarts_with(tag, "</div") || text::istarts_with(tag, "</tr") ||
         text::istarts_with(tag, "</li");
}

// Values that no signature and no MIME field can have unless '=' was escaped.
constexpr std::array kEscapedTags = std::to_array<std::string_view>(
    {"v=3D1;", "a=3Drsa-", "a=3Ded25519", "c=3Drelaxed", "c=3Dsimple", "q=3Ddns", "boundary=3D\"",
     "charset=3D\"", "cv=3Dnone", "cv=3Dpass"});

constexpr std::size_t kSoftBreakColumn = 60;
constexpr std::size_t kEscapedRun = 12;  // bytes that decoding must save: two characters

bool has_soft_break_before_stray(const Look& look) {
  bool soft = false;
  for (const Line& line : Lines(look.text, look.block.begin, look.block.end)) {
    const auto field = field_start(line.text);
    const bool known = field && name_rank(field->name) >= NameRank::common;
    if (soft && !known) {
      return true;
    }
    const std::size_t size = line.text.size();
    soft = size >= kSoftBreakColumn && size <= 77 && line.text.ends_with('=') &&
           line.text[size - 2] != '=';
  }
  return false;
}

// Escapes of UTF-8 characters in a row, outside encoded words, where there are no raw ones; or an
// escaped indent. Not conclusive: looked for where RFC 5322 is broken anyway.
bool has_escaped_text(const Look& look) {
  const bool subject = any_loose_field(look, [](const LooseField& field) {
    const std::string_view value = field.body;
    const std::size_t at = value.find('=');
    if (!text::iequals(field.name, "subject") || at == std::string_view::npos ||
        value.find("=?") != std::string_view::npos) {
      return false;
    }
    const std::string decoded = quoted_printable::decode(value);
    return decoded.size() + kEscapedRun <= value.size() && text::is_utf8(decoded) &&
           std::ranges::any_of(decoded, [](char c) { return (c & 0x80) != 0; });
  });
  static constexpr std::array<std::string_view, 3> kIndents = {"=C2=A0", "=20", "=09"};
  if (subject) return true;
  for (const Line& line : Lines(look.text, look.block.begin, look.block.end)) {
    if (std::ranges::any_of(kIndents, [&](auto mark) { return line.text.starts_with(mark); })) {
      return true;
    }
  }
  return false;
}

}  // namespace

// Its first tag may stand below some words of the sender's.
bool is_html_page(const Look& look) {
  const auto first = first_line(look.text);
  const auto field = first ? field_start(first->text) : std::nullopt;
  if (!first || (field && name_rank(field->name) != NameRank::odd)) {
    return false;
  }
  std::size_t lines = 0;
  for (const Line& line : Lines(look.text, first->offset)) {
    if (++lines > kPageStartLines) break;
    const std::string_view start = text::trim(line.text);
    if (std::ranges::any_of(kPageStarts,
                            [&](auto tag) { return text::istarts_with(start, tag); })) {
      return true;
    }
    const auto next = field_start(start);
    if (next && name_rank(next->name) > NameRank::common) {
      return false;
    }
  }
  return false;
}

void text_of_html(const Look& look, Edit& edit) {
  const std::string_view page = look.text;
  const Range range = best_pre(page);
  edit.note(range.begin);
  std::size_t from = range.begin;
  Tags tags(page);
  for (std::size_t at = page.find('<', from); at < range.end; at = page.find('<', at)) {
    const std::size_t end = tags.end_of(at);
    if (end == at) {
      ++at;
      continue;
    }
    copy_decoding_entities(page, edit, from, at);
    if (ends_a_line(page.substr(at))) {
      edit.replace(at, end, "\n");
    }
    at = from = end;
  }
  copy_decoding_entities(page, edit, from, range.end);
}

bool is_quoted_printable(const Look& look) {
  const bool escaped = any_loose_field(look, [](const LooseField& field) {
    const bool tagged = text::iends_with(field.name, "-signature") ||
                        text::iequals(field.name, "arc-seal") ||
                        text::iequals(field.name, "content-type");
    return tagged && field.body.find("=3") != std::string_view::npos &&
           std::ranges::any_of(kEscapedTags, [&](auto tag) {
             return text::ifind(field.body, tag) != std::string_view::npos;
           });
  });
  return escaped || (look.block.strays > 0 && has_soft_break_before_stray(look)) ||
         (!look.valid && has_escaped_text(look));
}

void from_quoted_printable(const Look& look, Edit& edit) {
  std::size_t from = 0;
  for (std::size_t at = look.text.find('='); at != std::string_view::npos;
       at = look.text.find('=', at)) {
    const auto byte = quoted_printable::escaped_byte(look.text, at);
    const std::size_t length = byte ? 3 : quoted_printable::soft_break(look.text, at);
    if (length == 0) {
      ++at;
      continue;
    }
    edit.note(at);
    edit.copy(from, at);
    if (byte) edit.replace(at, at + length, {&*byte, 1});
    at = from = at + length;
  }
  edit.copy(from, look.text.size());
}

bool has_entities(const Look& look) {
  const auto first = look.valid ? std::nullopt : first_line(look.text);
  bool escaped = first && (first->text.starts_with("&gt;") || first->text.starts_with("&nbsp;"));
  if (!escaped && look.text.substr(0, look.fields.end).find('&') == std::string_view::npos) {
    return false;
  }
  const bool raw = any_loose_field(look, [&](const LooseField& field) {
    if (!is_structured(field.name)) {
      return false;
    }
    const std::string plain =
        look.valid ? blank_quoted_and_comments(field.body) : std::string(field.body);
    const std::size_t open = plain.find("&lt;");
    escaped = escaped || plain.find("&nbsp;") != std::string::npos ||
              (open != std::string::npos && plain.find("&gt;", open) != std::string::npos);
    return plain.find('<') != std::string::npos;
  });
  return escaped && !raw;
}

// A page that escaped the header escaped the body too, unless raw brackets stand there.
void from_entities(const Look& look, Edit& edit) {
  const bool body_is_raw = look.text.find('<', look.block.end) != std::string_view::npos;
  const std::size_t end = body_is_raw ? look.block.end : look.text.size();
  copy_decoding_entities(look.text, edit, 0, end);
  edit.copy(end, look.text.size());
}

}  // namespace emltrace::intake::rows
