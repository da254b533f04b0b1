#include "message/body/text_links.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/char_set.hpp"
#include "base/domain.hpp"
#include "base/text.hpp"
#include "message/body/url.hpp"
#include "message/rewritten_sender.hpp"

namespace emltrace {
namespace {

constexpr std::size_t kMaxLocalPart = 64;  // RFC 5321 4.5.3.1.1
constexpr std::size_t kMaxDomain = 253;
constexpr text::CharSet kRewritten("._+-=/");  // beside letters and digits, in a rewritten address

// Longer ones first: each may stand behind letters that belong to no scheme (`Linkhttp://`).
constexpr auto kSchemes =
    std::to_array<std::string_view>({"https", "http", "ftps", "ftp", "wss", "ws", "file"});

std::string_view scheme_before(std::string_view text) {
  for (const std::string_view scheme : kSchemes) {
    if (text::iends_with(text, scheme)) return text.substr(text.size() - scheme.size());
  }
  return {};
}

// Blanks, brackets and marks of sentences beyond ASCII that end a URL.
bool ends_url(char32_t c) {
  return c == 0xA0 || c == 0xAB || c == 0xBB || (c >= 0x2000 && c <= 0x200A) ||
         (c >= 0x2018 && c <= 0x201F) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         (c >= 0x3000 && c <= 0x3002) || (c >= 0x3008 && c <= 0x3011) || c == 0xFF01 ||
         c == 0xFF08 || c == 0xFF09 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF1F;
}

char closer_of(char opener) {
  switch (opener) {
    case '(':
      return ')';
    case '[':
      return ']';
    case '{':
      return '}';
    case '\'':
    case '`':
      return opener;
    default:
      return '\0';
  }
}

constexpr std::string_view kEnds = "<>\"`\\";  // what no URL holds

// The end of what may belong to a URL that begins at `start`.
std::size_t url_end(std::string_view text, std::size_t start) {
  const char opener = start > 0 ? text[start - 1] : '\0';
  const char closer = closer_of(opener);
  std::size_t open = 0;  // brackets like the one in front, in the URL itself
  std::size_t at = start;
  while (at < text.size() && at - start < kMaxUrl) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80) {
      const auto point = text::decode_utf8(text, at);
      if (ends_url(point.value)) break;
      at += point.length;
      continue;
    }
    if (byte <= ' ' || byte == 0x7F || kEnds.find(text[at]) != std::string_view::npos) break;
    if (closer != '\0' && text[at] == closer && open-- == 0) break;
    if (closer != opener && text[at] == opener) ++open;
    ++at;
  }
  return at;
}

// Marks of the sentence around a URL; a bracket is one where nothing in the URL opened it.
std::size_t without_marks(std::string_view text, std::size_t start, std::size_t end) {
  std::array<long, 3> open{};
  constexpr std::string_view kOpeners = "([{";
  constexpr std::string_view kClosers = ")]}";
  for (const char c : text.substr(start, end - start)) {
    if (const auto i = kOpeners.find(c); i != std::string_view::npos) ++open.at(i);
    if (const auto i = kClosers.find(c); i != std::string_view::npos) --open.at(i);
  }
  for (; end > start; --end) {
    const char last = text[end - 1];
    if (std::string_view(".,;:!?'*").find(last) != std::string_view::npos) continue;
    const auto bracket = kClosers.find(last);
    if (bracket == std::string_view::npos || open.at(bracket) >= 0) break;
    ++open.at(bracket);
  }
  return end;
}

// `<http://… ⏎ …>`: the end of the whole where white space stands at line ends alone.
std::optional<std::size_t> broken_end(std::string_view text, std::size_t start) {
  if (start == 0 || (text[start - 1] != '<' && !text::iends_with(text.substr(0, start), "<URL:"))) {
    return std::nullopt;
  }
  bool blank = false;
  bool line_end = false;
  for (std::size_t at = start; at < text.size() && at - start < kMaxUrl; ++at) {
    const char c = text[at];
    if (c == '>') return at;
    if (c == '<' || c == '"') return std::nullopt;
    if (text::is_space(c)) {
      blank = true;
      line_end = line_end || c == '\n';
    } else {
      if (blank && !line_end) return std::nullopt;
      blank = line_end = false;
    }
  }
  return std::nullopt;
}

class Search {
 public:
  Search(std::string_view text, const std::function<void(const TextLink&)>& take)
      : text_(text), take_(take) {}

  void all() {
    for (std::size_t at = text_.find_first_of(":.@"); at != std::string_view::npos;
         at = text_.find_first_of(":.@", std::max(at + 1, free_from_))) {
      if (text_[at] == '@') {
        take_address(at);
      } else if (text_[at] == ':') {
        take_scheme(at);
      } else {
        take_www(at);
      }
    }
  }

 private:
  void take_url(std::size_t start, std::string_view prefix) {
    const auto broken = broken_end(text_, start);
    const std::size_t end = broken ? *broken : without_marks(text_, start, url_end(text_, start));
    std::string url(prefix);
    url += broken ? text::without_space(text_.substr(start, end - start))
                  : std::string(text_.substr(start, end - start));
    free_from_ = std::max(end, start + 1);
    take_({std::move(url), false});
  }

  void take_scheme(std::size_t colon) {
    const std::string_view before = text_.substr(free_from_, colon - free_from_);
    if (text_.substr(colon).starts_with("://")) {
      const std::string_view scheme = scheme_before(before);
      if (!scheme.empty()) take_url(colon - scheme.size(), "");
    }
  }

  // `www.` at the start of a word.
  void take_www(std::size_t dot) {
    if (dot < free_from_ + 3 || !text::iequals(text_.substr(dot - 3, 3), "www")) return;
    const char before = dot > 3 ? text_[dot - 4] : ' ';
    if (text::is_alnum(before) || before == '.' || before == '-' || before == '@') return;
    const char next = dot + 1 < text_.size() ? text_[dot + 1] : ' ';
    if (text::is_alnum(next) || (next & 0x80) != 0) take_url(dot - 3, "http://");
  }

  void take_address(std::size_t sign) {
    const auto is_local = [](char c) {
      return text::is_alnum(c) || std::string_view("._%+-").find(c) != std::string_view::npos;
    };
    const auto is_name = [](char c) { return text::is_alnum(c) || c == '.' || c == '-'; };
    std::size_t start = sign;
    while (start > free_from_ && sign - start < kMaxLocalPart && is_local(text_[start - 1]))
      --start;
    while (start < sign && text_[start] == '.') ++start;
    std::size_t end = sign + 1;
    while (end < text_.size() && end - sign <= kMaxDomain && is_name(text_[end])) ++end;
    while (end > sign + 1 && !text::is_alnum(text_[end - 1])) --end;
    start = rewritten_start(start, end);
    const auto name = DomainName::parse_host(text_.substr(sign + 1, end - sign - 1));
    if (start == sign || !name) return;
    take_({std::string(text_.substr(start, sign + 1 - start)) + name->text(), true});
    free_from_ = end;
  }

  // A `=` parts a name from its value, but for one in an address that was rewritten: what stands
  // behind it is no address then.
  [[nodiscard]] std::size_t rewritten_start(std::size_t start, std::size_t end) const {
    if (start <= free_from_ || text_[start - 1] != '=') return start;
    std::size_t first = start;
    while (first > free_from_ && end - first < kMaxLocalPart + kMaxDomain &&
           (text::is_alnum(text_[first - 1]) || kRewritten.has(text_[first - 1])))
      --first;
    std::size_t found = start;
    while (first < start) {
      const auto rewritten = read_rewritten_sender(text_.substr(first, end - first));
      if (rewritten) found = first;
      // A bounce address may have the name of a parameter in front, the others tell their begin.
      if (rewritten && rewritten->by != SenderRewriting::verp) break;
      first = text_.find('=', first) + 1;
    }
    return found;
  }

  std::string_view text_;
  const std::function<void(const TextLink&)>& take_;
  std::size_t free_from_ = 0;  ///< behind what was taken last
};

}  // namespace

void find_links(std::string_view text, const std::function<void(const TextLink&)>& take) {
  Search(text, take).all();
}

void find_links_in_code(std::string_view code, const std::function<void(const TextLink&)>& take) {
  std::string plain;
  plain.reserve(code.size());
  for (std::size_t at = 0; at < code.size(); ++at) {
    const bool escape = code[at] == '\\' && at + 1 < code.size() && code[at + 1] == '/';
    if (!escape) plain += code[at];
  }
  find_links(plain, take);
}

}  // namespace emltrace
