#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"
#include "message/mime.hpp"

namespace emltrace::intake::rows {
namespace {

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::any_of(names, [&](auto known) { return text::iequals(name, known); });
}

bool is_bracketed(std::string_view name) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"Message-ID", "Return-Path", "From", "To", "Cc", "Sender", "Reply-To", "In-Reply-To",
       "References", "Resent-Message-ID", "Resent-From", "Content-ID"});
  return is_one_of(name, kNames);
}

bool is_dated(std::string_view name) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"Received", "X-Received", "Date", "Resent-Date"});
  return is_one_of(name, kNames);
}

// `+0000`, `(UTC)`, `GMT`: what a date ends with.
bool ends_date(std::string_view before) {
  if (before.ends_with(')')) return true;
  if (before.ends_with("GMT") || before.ends_with("UTC")) return true;
  const std::string_view zone =
      before.substr(before.size() - std::min<std::size_t>(before.size(), 5));
  return zone.size() == 5 && (zone[0] == '+' || zone[0] == '-') &&
         std::ranges::all_of(zone.substr(1), text::is_digit);
}

// Values that are whole: nothing of theirs may follow (RFC 2045 4, 6.1).
bool ends_mime_value(std::string_view name, std::string_view value) {
  static constexpr std::array<std::string_view, 5> kEncodings = {"7bit", "8bit", "binary", "base64",
                                                                 "quoted-printable"};
  const std::string_view whole = text::trim(value);
  if (text::iequals(name, "MIME-Version")) return whole == "1.0";
  return text::iequals(name, "Content-Transfer-Encoding") && is_one_of(whole, kEncodings);
}

// True where the value of a field of that name ends with `before`, so that a name may follow.
bool is_whole(std::string_view name, std::string_view before) {
  if (is_bracketed(name)) {
    // At the start of a line the mark is one of quotation: `>From:`.
    return before.ends_with('>') && before.size() > 1 && !text::is_space(before[before.size() - 2]);
  }
  if (is_dated(name)) {
    return ends_date(before) && has_time_of_day(before) &&
           (!is_received(name) || before.find(';') != std::string_view::npos);
  }
  return ends_mime_value(name, before);
}

// The offset in a field's body of a known name that stands right behind the end of its value.
std::optional<std::size_t> grown_name(std::string_view name, std::string_view body,
                                      std::size_t from) {
  if (!is_bracketed(name) && !is_dated(name) && !text::iequals(name, "MIME-Version") &&
      !text::iequals(name, "Content-Transfer-Encoding")) {
    return std::nullopt;
  }
  constexpr int kMostTried = 16;
  int tried = 0;
  for (std::size_t colon = body.find(':', from); colon != std::string_view::npos;
       colon = body.find(':', colon + 1)) {
    std::size_t start = colon;
    while (start > from && (text::is_alnum(body[start - 1]) || body[start - 1] == '-')) --start;
    // A zone, `1.0` or the word before may have run into the name: the name begins at a capital.
    for (; start < colon; ++start) {
      const bool capital = body[start] >= 'A' && body[start] <= 'Z';
      if (!capital || start == 0 || known_field_at(body, start).empty() ||
          text::is_space(body[start - 1])) {
        continue;
      }
      if (is_whole(name, body.substr(0, start))) return start;
      if (++tried == kMostTried) return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

// `<m1@a.example>MIME-Version: 1.0`: the line end between two fields is lost.
Changes fields_run_together(const Look& look) {
  Changes changes;
  const std::string_view end = line_end_of(look.text);
  any_loose_field(look, [&](const LooseField& field) {
    std::string_view name = field.name;
    std::size_t begin = 0;
    std::string_view body = field.body;
    while (const auto grown = grown_name(name, body, 0)) {
      const std::size_t at = field.offset + begin + *grown;
      changes.push_back({at, at, std::string(end)});
      name = known_field_at(body, *grown);
      begin += *grown + body.substr(*grown).find(':') + 1;
      body = field.body.substr(begin);
    }
    return false;
  });
  return changes;
}

std::optional<std::size_t> boundary_in_header(std::string_view text, const HeaderBlock& block) {
  const std::string_view header = text.substr(block.begin, block.end - block.begin);
  if (header.find("\n--") == std::string_view::npos) {
    return std::nullopt;
  }
  const auto type = mime::header_value(header, "content-type");
  const auto boundary = type ? mime::parameter(*type, "boundary") : std::nullopt;
  if (!boundary || boundary->empty()) {
    return std::nullopt;
  }
  const std::string delimiter = "--" + *boundary;
  for (const Line& line : Lines(text, block.begin, block.end)) {
    if (line.text.starts_with(delimiter) &&
        text::trim(line.text.substr(delimiter.size())).empty()) {
      return line.offset;
    }
  }
  return std::nullopt;
}

// A line of `--` and the declared boundary begins a part (RFC 2046 5.1.1).
Changes boundary_without_blank(const Look& look) {
  const auto at = boundary_in_header(look.text, look.block);
  return at ? Changes{{*at, *at, std::string(line_end_of(look.text))}} : Changes{};
}

// An exporter that escapes lines of the body as mbox wants it (RFC 4155) took the header with them.
Changes escaped_from_field(const Look& look) {
  if (look.block.has_from()) {
    return {};
  }
  Changes changes;
  for (const Line& line : Lines(look.text, look.block.begin, look.block.end)) {
    if (!line.text.starts_with(">From")) continue;
    const auto field = field_start(line.text.substr(1));
    if (field && text::iequals(field->name, "From")) {
      changes.push_back({line.offset, line.offset + 1, ""});
    }
  }
  return changes.size() == 1 ? changes : Changes{};
}

}  // namespace emltrace::intake::rows
