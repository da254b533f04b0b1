#include "report/defang.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ip.hpp"
#include "base/text.hpp"

namespace emltrace::report {
namespace {

struct Scheme {
  std::string_view scheme;
  std::string_view harmless;
};
constexpr auto kSchemes = std::to_array<Scheme>({{"https", "hxxps"},
                                                 {"http", "hxxp"},
                                                 {"ftps", "fxps"},
                                                 {"ftp", "fxp"},
                                                 {"wss", "wxx"},
                                                 {"ws", "wx"}});

// Of `ptype "." property` (RFC 8601 2.3), which look like names.
constexpr auto kPropertyTypes =
    std::to_array<std::string_view>({"smtp", "header", "body", "policy", "polrec", "dns"});

bool is_letter(char c) {
  return text::is_alpha(c) || (c & 0x80) != 0;
}
bool is_word(char c) {
  return is_letter(c) || text::is_digit(c) || c == '-' || c == '_';
}
bool is_run(char c) {
  return is_word(c) || c == '.' || c == ':';
}

// A name ends in a label that is no number; `header.from` is none.
bool is_name(std::string_view dotted) {
  const auto labels = text::split(dotted, '.');
  const std::string_view last = labels.back();
  if (labels.size() < 2 || last.size() < 2 || !is_letter(last.front())) return false;
  return labels.size() > 2 ||
         std::ranges::find(kPropertyTypes, labels.front()) == kPropertyTypes.end();
}

void append_marked(std::string& out, std::string_view text, char mark) {
  for (const char c : text) {
    if (c == mark) {
      out += '[';
      out += c;
      out += ']';
    } else {
      out += c;
    }
  }
}

// A stretch of letters, digits, `-`, `_` and dots.
void append_dotted(std::string& out, std::string_view dotted) {
  std::size_t end = dotted.size();
  while (end > 0 && dotted[end - 1] == '.') --end;
  const std::string_view inside = dotted.substr(0, end);
  const bool named = is_name(inside);
  bool first = true;
  // `2026.11.17-203.0.113.9`: what is no name as a whole may hold an address.
  for (const std::string_view part : text::split(inside, '-')) {
    if (!first) out += '-';
    first = false;
    append_marked(out, part, named || ip::Address::parse(part) ? '.' : '\0');
  }
  out += dotted.substr(end);
}

// The same with colons, which stand in addresses and behind schemes and names.
void append_run(std::string& out, std::string_view run) {
  std::size_t end = run.size();
  while (end > 0 && run[end - 1] == '.') --end;
  const auto address = ip::Address::parse(run.substr(0, end));
  if (run.find(':') != std::string_view::npos && address) {
    std::string dots;
    append_marked(dots, run.substr(0, end), '.');
    append_marked(out, dots, ':');
    out += run.substr(end);
    return;
  }
  // `0.0.7.209:db8::`: where dots are written otherwise, what stands between them is an address.
  const auto between = text::split(run, '.');
  std::size_t at = 0;
  for (const std::string_view part : text::split(run, ':')) {
    if (part.data() != run.data()) {
      while (between[at].data() + between[at].size() < part.data()) ++at;
      out += ip::Address::parse(between[at]) ? "[:]" : ":";
    }
    append_dotted(out, part);
  }
}

// `http:` and its like at the end of a run with `//` behind it.
bool append_scheme(std::string& out, std::string_view run, std::string_view behind) {
  if (!run.ends_with(':') || !behind.starts_with("//")) return false;
  run.remove_suffix(1);
  for (const auto& [scheme, harmless] : kSchemes) {
    if (!text::iends_with(run, scheme)) continue;
    // What stands before it is judged with it, as it would be when the text is read again.
    append_run(out, std::string(run.substr(0, run.size() - scheme.size())) + std::string(harmless));
    out += ':';
    return true;
  }
  return false;
}

// The '@' of an address.
bool is_sign(std::string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && text[at] == '@' && !text::is_space(text[at - 1]) &&
         is_word(text[at + 1]);
}

// The length of an order that colours what follows, `ESC [ 1;31 m`; 0 where none stands there.
std::size_t colour_length(std::string_view text) {
  constexpr std::string_view kBegin = "\x1b[";
  if (!text.starts_with(kBegin)) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", kBegin.size());
  return end != text.npos && text[end] == 'm' ? end + 1 : 0;
}

}  // namespace

std::string defanged(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t colour = colour_length(text.substr(at)); colour > 0) {
      out += text.substr(at, colour);
      at += colour;
    } else if (is_run(text[at])) {
      const auto* end = std::find_if_not(text.begin() + at, text.end(), is_run);
      const std::string_view run(text.begin() + at, end);
      at += run.size();
      if (is_sign(text, at)) {
        append_marked(out, run, '.');
      } else if (!append_scheme(out, run, text.substr(at))) {
        append_run(out, run);
      }
    } else if (is_sign(text, at)) {
      out += "[@]";
      ++at;
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace emltrace::report
