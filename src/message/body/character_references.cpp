#include "message/body/character_references.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "message/body/entity_rows.hpp"

namespace emltrace::html {
namespace {

struct Entity {
  std::string_view name;
  std::string_view code_points;  ///< hexadecimal, joined by '+'
  bool bare = false;             ///< counts without a semicolon
};

// Made when the first name is met: most texts have none but a few.
const std::vector<Entity>& entities() {
  static const std::vector<Entity> rows = [] {
    std::vector<Entity> out;
    for (const std::string_view row : text::words(entity_rows())) {
      const std::size_t mark = row.find_first_of(":!");
      out.push_back({row.substr(0, mark), row.substr(mark + 1), row[mark] == '!'});
    }
    return out;
  }();
  return rows;
}

constexpr std::size_t kLongestName = 31;  // CounterClockwiseContourIntegral

const Entity* find(std::string_view name) {
  const auto& rows = entities();
  const auto at = std::ranges::lower_bound(rows, name, {}, &Entity::name);
  return at != rows.end() && at->name == name ? &*at : nullptr;
}

void append(std::string& out, const Entity& entity) {
  for (const std::string_view hex : text::split(entity.code_points, '+')) {
    std::uint32_t value = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
    text::append_utf8(out, value);
  }
}

// The characters that C1 numbers mean (13.2.5.80): those of windows-1252; 0 where none.
constexpr std::array<char16_t, 32> kC1 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t meant_by(char32_t number) {
  const bool surrogate = number >= 0xD800 && number < 0xE000;
  if (number == 0 || number > 0x10FFFF || surrogate) return 0xFFFD;
  if (number >= 0x80 && number < 0xA0 && kC1.at(number - 0x80) != 0) return kC1.at(number - 0x80);
  return number;
}

// `&#…` at the start of `rest`: its length, 0 where it has no digit.
std::size_t append_number(std::string& out, std::string_view rest) {
  const bool hexadecimal = rest.size() > 2 && text::lower(rest[2]) == 'x';
  std::size_t at = hexadecimal ? 3 : 2;
  const std::size_t start = at;
  char32_t value = 0;
  for (; at < rest.size(); ++at) {
    const auto digit = text::hex_digit(rest[at]);
    if (!digit || (!hexadecimal && *digit > 9)) break;
    // Beyond Unicode it stays there, however many digits follow.
    value = std::min<char32_t>(value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(*digit),
                               0x110000);
  }
  if (at == start) return 0;
  text::append_utf8(out, meant_by(value));
  return at < rest.size() && rest[at] == ';' ? at + 1 : at;
}

// `&name;` or the longest `&name` at the start of `rest`: its length, 0 where there is none.
std::size_t append_name(std::string& out, std::string_view rest, bool in_attribute) {
  std::size_t length = 1;
  while (length < rest.size() && length <= kLongestName && text::is_alnum(rest[length])) ++length;
  const bool closed = length < rest.size() && rest[length] == ';';
  for (std::size_t end = length; end > 1; --end) {
    const Entity* entity = find(rest.substr(1, end - 1));
    const bool whole = closed && end == length;
    if (entity == nullptr || (!whole && !entity->bare)) continue;
    const char next = end < rest.size() ? rest[end] : ' ';
    if (in_attribute && !whole && (next == '=' || text::is_alnum(next))) return 0;
    append(out, *entity);
    return whole ? end + 1 : end;
  }
  return 0;
}

}  // namespace

std::string decode_references(std::string_view text, bool in_attribute) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t sign = std::min(text.find('&', at), text.size());
    out += text.substr(at, sign - at);
    at = sign;
    if (at == text.size()) break;
    const std::string_view rest = text.substr(at);
    const std::size_t length =
        rest.starts_with("&#") ? append_number(out, rest) : append_name(out, rest, in_attribute);
    if (length == 0) out += '&';
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace emltrace::html
