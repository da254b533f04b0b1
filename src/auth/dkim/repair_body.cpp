#include <algorithm>
#include <array>
#include <optional>

#include "auth/dkim/repair_rows.hpp"
#include "base/base64.hpp"
#include "base/quoted_printable.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {

namespace {

using Variants = std::vector<BodyVariant>;

constexpr std::size_t kMaxCuts = 60;  // places tried at either end of the body

// The line that starts at `at`, with its line end.
std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t lf = text.find('\n', at);
  return text.substr(at, lf == std::string_view::npos ? lf : lf + 1 - at);
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Each line, its line end included, through `change`; null where no line was changed.
template <class Change>
std::optional<std::string> change_lines(std::string_view body, Change change) {
  std::string out;
  out.reserve(body.size());
  for (std::size_t at = 0; at < body.size();) {
    const std::string_view line = line_at(body, at);
    change(line, out);
    at += line.size();
  }
  if (out == body) return std::nullopt;
  return out;
}

template <class Change>
Variants changed_lines(const BodyVariant& from, Change change) {
  auto changed = change_lines(from.bytes, change);
  if (!changed) return {};
  return {BodyVariant::of(std::move(*changed), from.ends)};
}

Variants crlf_line_ends(const Damaged& damaged, const BodyVariant& from) {
  Variants out;
  if (!has_stray_line_ends(damaged.message)) return out;
  if (from.ends != LineEnds::any) out.push_back({from.bytes, LineEnds::any, from.owned});
  // CR CR LF: what a text-mode write makes of CRLF.
  std::string single;
  for (std::size_t i = 0; i < from.bytes.size(); ++i) {
    if (!from.bytes.substr(i).starts_with("\r\r\n")) single += from.bytes[i];
  }
  if (single != from.bytes) out.push_back(BodyVariant::of(std::move(single), from.ends));
  return out;
}

// A mailbox file quotes lines that look like its separator: mboxo only `From `, mboxrd also those
// that are quoted already.
Variants unescape_from_line(const Damaged&, const BodyVariant& from) {
  Variants out = changed_lines(from, [](std::string_view line, std::string& into) {
    if (line.starts_with(">From ")) line.remove_prefix(1);
    into += line;
  });
  const Variants all = changed_lines(from, [](std::string_view line, std::string& into) {
    const std::size_t quotes = std::min(line.find_first_not_of('>'), line.size());
    if (quotes > 0 && line.substr(quotes).starts_with("From ")) line.remove_prefix(1);
    into += line;
  });
  out.insert(out.end(), all.begin(), all.end());
  return out;
}

Variants unstuff_dots(const Damaged&, const BodyVariant& from) {
  return changed_lines(from, [](std::string_view line, std::string& into) {
    if (line.starts_with("..")) line.remove_prefix(1);
    into += line;
  });
}

Variants strip_added_space(const Damaged& damaged, const BodyVariant& from) {
  Variants out;
  const std::size_t first = from.bytes.find_first_not_of("\r\n");
  if (first != std::string_view::npos && first > 0) {
    out.push_back({from.bytes.substr(first), from.ends, from.owned});
  }
  if (damaged.signature.body == Canonicalization::relaxed) return out;
  const Variants trimmed = changed_lines(from, [](std::string_view line, std::string& into) {
    std::string_view text = without_line_end(line);
    const std::string_view end = line.substr(text.size());
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    into += text;
    into += end;
  });
  out.insert(out.end(), trimmed.begin(), trimmed.end());
  return out;
}

// An old way to keep lines below 1000 bytes: `!`, a line end, and a space.
Variants join_split_lines(const Damaged&, const BodyVariant& from) {
  constexpr std::size_t kShortestCut = 900;
  std::string out;
  for (std::size_t at = 0; at < from.bytes.size();) {
    const std::string_view line = line_at(from.bytes, at);
    const std::string_view text = without_line_end(line);
    at += line.size();
    const bool cut =
        text.size() > kShortestCut && text.ends_with('!') && from.bytes.substr(at).starts_with(' ');
    out += cut ? text.substr(0, text.size() - 1) : line;
    if (cut) ++at;
  }
  if (out == from.bytes) return {};
  return {BodyVariant::of(std::move(out), from.ends)};
}

// A relay may recode an 8bit body for a server that does not take it (RFC 6152 3).
Variants restore_8bit(const Damaged& damaged, const BodyVariant& from) {
  const Field* encoding = damaged.message.find("content-transfer-encoding");
  if (encoding == nullptr) return {};
  const std::string_view word = text::trim(encoding->body);
  if (text::iequals(word, "quoted-printable")) {
    return {BodyVariant::of(quoted_printable::decode(from.bytes), from.ends)};
  }
  if (!text::iequals(word, "base64")) return {};
  auto bytes = base64_decode(from.bytes, true);
  if (!bytes) return {};
  return {BodyVariant::of(std::move(*bytes), LineEnds::lf)};
}

// Either a part was appended to a multipart, or the whole was wrapped together with a new part.
Variants strip_last_part(const Damaged& damaged, const BodyVariant& from) {
  Variants out;
  const Parts parts = cut_parts(damaged, from.bytes);
  if (parts.parts.size() < 2) return out;
  if (parts.closed) {
    std::string shorter(from.bytes.substr(0, parts.parts.back().delimiter));
    shorter += from.bytes.substr(parts.closing);
    out.push_back(BodyVariant::of(std::move(shorter), from.ends));
  }
  out.push_back({parts.parts.front().content, from.ends, from.owned});
  return out;
}

Variants strip_banner(const Damaged&, const BodyVariant& from) {
  Variants out;
  std::size_t at = 0;
  for (std::size_t cuts = 0; cuts < kMaxCuts / 2; ++cuts) {
    at += line_at(from.bytes, at).size();
    if (at >= from.bytes.size()) break;
    out.push_back({from.bytes.substr(at), from.ends, from.owned});
  }
  return out;
}

// A list's or a scanner's footer has no fixed form: any of the last lines may be its first.
Variants strip_footer(const Damaged&, const BodyVariant& from) {
  Variants out;
  std::size_t at = from.bytes.size();
  for (std::size_t cuts = 0; cuts < kMaxCuts && at > 0; ++cuts) {
    const std::size_t lf = at < 2 ? std::string_view::npos : from.bytes.rfind('\n', at - 2);
    at = lf == std::string_view::npos ? 0 : lf + 1;
    out.push_back({from.bytes.substr(0, at), from.ends, from.owned});
  }
  return out;
}

constexpr auto kRows = std::to_array<BodyRepair>({
    {"crlf-line-ends", crlf_line_ends},
    {"unescape-from-line", unescape_from_line},
    {"unstuff-dots", unstuff_dots},
    {"strip-added-space", strip_added_space},
    {"join-split-lines", join_split_lines},
    {"restore-8bit", restore_8bit},
    {"strip-last-part", strip_last_part},
    {"strip-footer", strip_footer},
    {"strip-banner", strip_banner},
});

// boundary of RFC 2046 5.1.1, out of the Content-Type field.
std::string boundary_of(const Damaged& damaged) {
  const Field* type = damaged.message.find("content-type");
  if (type == nullptr || !text::istarts_with(text::trim(type->body), "multipart/")) return "";
  const std::size_t at = text::ifind(type->body, "boundary=");
  if (at == std::string_view::npos) return "";
  std::string_view value = type->body.substr(at + 9);
  if (value.starts_with('"')) {
    value.remove_prefix(1);
    return std::string(value.substr(0, value.find('"')));
  }
  return std::string(value.substr(0, value.find_first_of("; \t\r\n")));
}

Parts::Part read_part(std::string_view body, std::size_t delimiter, std::size_t start,
                      std::size_t end) {
  std::size_t at = start;
  while (at < end && !without_line_end(line_at(body, at)).empty()) at += line_at(body, at).size();
  const std::size_t header_end = std::min(at, end);
  const std::size_t content = at < end ? at + line_at(body, at).size() : end;
  std::string_view text = body.substr(std::min(content, end), end - std::min(content, end));
  return {delimiter, body.substr(start, header_end - start), without_line_end(text)};
}

}  // namespace

std::span<const BodyRepair> body_repairs() {
  return kRows;
}

Parts cut_parts(const Damaged& damaged, std::string_view body) {
  Parts out;
  const std::string boundary = "--" + boundary_of(damaged);
  if (boundary.size() == 2) return out;
  std::optional<std::size_t> open;
  std::size_t start = 0;
  for (std::size_t at = 0; at < body.size() && out.parts.size() < kMaxParts;) {
    const std::string_view line = line_at(body, at);
    if (line.starts_with(boundary)) {
      const std::string_view rest = text::trim(line.substr(boundary.size()));
      if (rest.empty() || rest == "--") {
        if (open) out.parts.push_back(read_part(body, *open, start, at));
        open = at;
        start = at + line.size();
        out.closing = at;
        out.closed = rest == "--";
        if (out.closed) break;
      }
    }
    at += line.size();
  }
  return out;
}

std::string_view part_field(const Parts::Part& part, std::string_view name) {
  for (std::size_t at = 0; at < part.header.size();) {
    std::size_t end = at + line_at(part.header, at).size();
    while (end < part.header.size() && (part.header[end] == ' ' || part.header[end] == '\t')) {
      end += line_at(part.header, end).size();
    }
    const std::string_view field = part.header.substr(at, end - at);
    if (text::iequals(text::trim(field.substr(0, field.find(':'))), name)) return field;
    at = end;
  }
  return {};
}

}  // namespace emltrace::dkim
