#include "message/mime.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "base/lexical.hpp"
#include "base/lines.hpp"
#include "base/quoted_printable.hpp"
#include "base/text.hpp"
#include "message/encoded_word.hpp"
#include "message/field_start.hpp"
#include "message/header_block.hpp"
#include "message/message.hpp"

namespace emltrace::mime {
namespace {

constexpr std::string_view kDefaultType = "text/plain";
constexpr std::string_view kDigestType = "message/rfc822";

// The body of the first field of that name, folded, or null.
std::optional<std::string_view> raw_value(std::string_view header, std::string_view name) {
  const std::string_view field = raw_field(header, name);
  if (field.empty()) return std::nullopt;
  return field.substr(field.find(':') + 1);
}

struct Parameter {
  std::string name;
  std::string value;
};

// One `attribute=value` that starts at `at`; `at` moves behind it and its ';'.
Parameter next_parameter(std::string_view body, std::size_t& at) {
  Parameter found;
  const std::size_t equals = body.find_first_of("=;", at);
  const bool has_value = equals != std::string_view::npos && body[equals] == '=';
  const std::size_t name_end = std::min(equals, body.size());
  found.name = text::lower(text::trim(body.substr(at, name_end - at)));
  if (!has_value) {
    at = equals == std::string_view::npos ? body.size() : equals + 1;
    return found;
  }
  at = equals + 1;
  while (at < body.size() && text::is_space(body[at])) {
    ++at;
  }
  if (at < body.size() && body[at] == '"') {
    for (++at; at < body.size() && body[at] != '"'; ++at) {
      at += body[at] == '\\' && at + 1 < body.size() ? 1 : 0;
      if (body[at] != '\r' && body[at] != '\n') {
        found.value.push_back(body[at]);
      }
    }
  } else {
    const std::size_t end = std::min(body.find_first_of("; \t\r\n(", at), body.size());
    found.value = body.substr(at, end - at);
    at = end;
  }
  const std::size_t semicolon = body.find(';', at);
  at = semicolon == std::string_view::npos ? body.size() : semicolon + 1;
  return found;
}

// ext-octet = "%" 2(DIGIT / "A" / "B" / "C" / "D" / "E" / "F")
// extended-value = [charset] "'" [language] "'" text (RFC 2231 4)
std::string extended_value(std::string_view value, bool first) {
  if (first) {
    const std::size_t charset = value.find('\'');
    const std::size_t language =
        charset == std::string_view::npos ? charset : value.find('\'', charset + 1);
    if (language != std::string_view::npos) {
      value.remove_prefix(language + 1);
    }
  }
  return text::decode_octets(value, '%');
}

struct Delimiter {
  std::size_t end;   ///< of what stands before it: offset of the line end that belongs to it
  std::size_t line;  ///< offset of its line
  std::size_t next;  ///< of the line after it
  bool closing;
};

// delimiter = CRLF "--" boundary; close-delimiter = delimiter "--" (RFC 2046 5.1.1)
std::optional<Delimiter> next_delimiter(std::string_view body, std::string_view dashed,
                                        std::size_t from) {
  for (std::size_t at = body.find(dashed, from); at != std::string_view::npos;
       at = body.find(dashed, at + 1)) {
    if (at > 0 && body[at - 1] != '\n') continue;
    const text::Line line = text::line_at(body, at);
    // A boundary by RFC 2231 may hold a line end, `boundary*=''b%0D`.
    if (!line.text.starts_with(dashed)) continue;
    std::string_view rest = line.text.substr(dashed.size());
    const bool closing = rest.starts_with("--");
    rest.remove_prefix(closing ? 2 : 0);
    if (!text::trim(rest).empty()) continue;
    std::size_t end = at > 0 ? at - 1 : 0;
    end -= end > 0 && body[end - 1] == '\r' ? 1 : 0;
    return Delimiter{end, at, line.next, closing};
  }
  return std::nullopt;
}

class Walk {
 public:
  Part read(std::string_view entity, std::string number, std::size_t depth,
            std::string_view default_type = kDefaultType) {
    Part part;
    part.number = std::move(number);
    const HeaderBlock block = scan_header_block(entity, 0);
    part.header = entity.substr(0, block.end);
    part.body = entity.substr(block.next);
    part.content_type = raw_value(part.header, "content-type").value_or(std::string_view{});
    part.type = part.content_type.empty() ? default_type : media_type(part.content_type);
    part.encoding =
        text::lower(header_value(part.header, "content-transfer-encoding").value_or(""));
    const auto disposition = raw_value(part.header, "content-disposition").value_or("");
    part.disposition = text::lower(text::trim(disposition.substr(0, disposition.find(';'))));
    const auto name = parameter(disposition, "filename");
    part.filename =
        decode_encoded_words(name ? *name : parameter(part.content_type, "name").value_or(""));
    if (part.type.starts_with("multipart/") && depth < kMaxDepth) {
      split(part, depth);
    }
    return part;
  }

 private:
  void split(Part& part, std::size_t depth) {
    const auto boundary = parameter(part.content_type, "boundary");
    if (!boundary || boundary->empty()) {
      return;
    }
    for (const Pieces::Piece& piece : cut(part.body, *boundary, kMaxParts - count_).pieces) {
      if (count_ == kMaxParts) return;
      ++count_;
      std::string number = part.number.empty() ? "" : part.number + ".";
      number += std::to_string(part.parts.size() + 1);
      // RFC 2046 5.1.5
      const std::string_view type = part.type == "multipart/digest" ? kDigestType : kDefaultType;
      part.parts.push_back(read(piece.entity, std::move(number), depth + 1, type));
    }
  }

  std::size_t count_ = 0;
};

}  // namespace

Pieces cut(std::string_view body, std::string_view boundary, std::size_t most) {
  Pieces found;
  const std::string dashed = "--" + std::string(boundary);
  auto open = next_delimiter(body, dashed, 0);
  while (open && !open->closing && found.pieces.size() < most) {
    const auto close = next_delimiter(body, dashed, open->next);
    const std::size_t end = close ? std::max(close->end, open->next) : body.size();
    found.pieces.push_back({open->line, body.substr(open->next, end - open->next)});
    open = close;
  }
  if (open && open->closing) found.closing = open->line;
  return found;
}

// type "/" subtype (RFC 2045 5.1), up to the first ';', comments left out.
std::string media_type(std::string_view content_type) {
  const std::string plain =
      blank_quoted_and_comments(content_type.substr(0, content_type.find(';')));
  const std::string type = text::lower(text::without_space(plain));
  return type.find('/') == std::string::npos ? std::string(kDefaultType) : type;
}

std::string_view raw_field(std::string_view header, std::string_view name) {
  std::optional<std::size_t> begin;
  for (const text::Line& line : text::Lines(header)) {
    if (!line.text.empty() && text::is_wsp(line.text.front())) continue;
    if (begin) return header.substr(*begin, line.offset - *begin);
    const auto field = field_start(line.text);
    if (field && text::iequals(field->name, name)) begin = line.offset;
  }
  return begin ? header.substr(*begin) : std::string_view{};
}

std::optional<std::string> header_value(std::string_view header, std::string_view name) {
  const auto raw = raw_value(header, name);
  return raw ? std::optional(unfold(*raw)) : std::nullopt;
}

std::optional<std::string> parameter(std::string_view field_body, std::string_view name) {
  const std::string wanted = text::lower(name);
  std::optional<std::string> joined;
  std::size_t at = std::min(field_body.find(';'), field_body.size());
  at += at < field_body.size() ? 1 : 0;
  while (at < field_body.size()) {
    const Parameter found = next_parameter(field_body, at);
    if (found.name == wanted) {
      return found.value;
    }
    if (found.name.starts_with(wanted + "*")) {
      const bool extended = found.name.ends_with('*');
      const bool first = !joined.has_value();
      joined = joined.value_or("") + (extended ? extended_value(found.value, first) : found.value);
    }
  }
  return joined;
}

bool Part::is_encoded() const {
  return encoding == "base64" || encoding == "quoted-printable";
}

std::optional<std::string> Part::decoded() const {
  if (body.size() > kMaxDecodedBytes) {
    return std::nullopt;
  }
  if (encoding == "base64") {
    return base64_decode(body, true);
  }
  return encoding == "quoted-printable" ? quoted_printable::decode(body) : std::string(body);
}

std::string Part::decoded_start(std::size_t bytes) const {
  if (encoding == "quoted-printable") {
    return quoted_printable::decode(body.substr(0, 3 * bytes)).substr(0, bytes);
  }
  if (encoding != "base64") return std::string(body.substr(0, bytes));
  // Four characters for three bytes, and room for line ends, which real lines hold one in 60 of.
  std::string packed = text::without_space(body.substr(0, 2 * bytes));
  packed.resize(packed.size() / 4 * 4);
  return base64_decode(packed, true).value_or("").substr(0, bytes);
}

Part read(std::string_view entity) {
  return Walk().read(entity, "", 0);
}

}  // namespace emltrace::mime
