#include <algorithm>
#include <array>

#include "base/char_set.hpp"
#include "base/domain.hpp"
#include "base/ip.hpp"
#include "base/text.hpp"
#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

struct Form {
  std::string_view written;
  std::string_view meant;
};
// How analysts write a dot, an at sign or a colon so that nothing becomes a link.
constexpr std::array kForms = std::to_array<Form>({
    {"[.]", "."},
    {"(.)", "."},
    {"{.}", "."},
    {"[dot]", "."},
    {"(dot)", "."},
    {"{dot}", "."},
    {"[@]", "@"},
    {"(@)", "@"},
    {"{@}", "@"},
    {"[at]", "@"},
    {"(at)", "@"},
    {"{at}", "@"},
    {"[:]", ":"},
    {"[://]", "://"},
});

constexpr text::CharSet kOpening("[({");
// No form holds another letter, digit or sign behind its bracket.
constexpr text::CharSet kInside(".da@:");
static_assert(std::ranges::all_of(kForms, [](const Form& form) {
  return kOpening.has(form.written[0]) && kInside.has(form.written[1]);
}));

const Form* form_at(std::string_view text, std::size_t at) {
  const char inside = at + 1 < text.size() ? text::lower(text[at + 1]) : ' ';
  if (!kOpening.has(text[at]) || !kInside.has(inside)) return nullptr;
  for (const Form& form : kForms) {
    if (text::istarts_with(text.substr(at), form.written)) {
      return &form;
    }
  }
  return nullptr;
}

bool is_token_char(char c) {
  return text::is_alnum(c) || std::string_view("-_.+:@/").find(c) != std::string_view::npos;
}

// A run of an address or a name with what it would be without the marks.
struct Token {
  std::size_t begin;
  std::size_t end;
  std::string plain;
  Changes changes;  ///< offsets in the text the token was read from
};

// Reads the token around the first mark at or behind `from`.
std::optional<Token> next_token(std::string_view text, std::size_t from) {
  std::size_t mark = kOpening.find_in(text, from);
  while (mark < text.size() && form_at(text, mark) == nullptr) {
    mark = kOpening.find_in(text, mark + 1);
  }
  if (mark >= text.size()) return std::nullopt;
  Token token{mark, mark, "", {}};
  while (token.begin > from && is_token_char(text[token.begin - 1])) --token.begin;
  token.plain = text.substr(token.begin, mark - token.begin);
  for (token.end = mark; token.end < text.size();) {
    if (const Form* form = form_at(text, token.end)) {
      const std::size_t behind = token.end + form->written.size();
      token.changes.push_back({token.end, behind, std::string(form->meant)});
      token.plain += form->meant;
      token.end = behind;
    } else if (is_token_char(text[token.end])) {
      token.plain.push_back(text[token.end++]);
    } else {
      break;
    }
  }
  return token;
}

bool is_host(std::string_view text) {
  return DomainName::parse_host(text).has_value() || ip::Address::parse(text).has_value();
}

// True where the token without its marks is an address, or an address or name of a host: nothing
// else is touched.
bool is_meant(const Token& token, bool hosts) {
  const std::string_view plain = token.plain;
  const std::size_t scheme = plain.find("://");
  if (scheme != std::string_view::npos) {
    const std::string_view host = plain.substr(scheme + 3);
    return is_host(host.substr(0, host.find_first_of("/:")));
  }
  const std::size_t at = plain.rfind('@');
  if (at == std::string_view::npos) return hosts && is_host(plain);
  return is_host(plain.substr(at + 1));
}

// Fields in which a name of a host may stand alone, outside an address.
bool holds_hosts(std::string_view name) {
  return is_received(name) || text::iends_with(name, "-signature") ||
         text::iends_with(name, "authentication-results") || text::iequals(name, "arc-seal") ||
         text::iequals(name, "received-spf") || text::istarts_with(name, "list-") ||
         text::istarts_with(name, "x-originating-") || text::istarts_with(name, "x-sender-ip") ||
         text::iequals(name, "message-id");
}

bool holds_addresses(std::string_view name) {
  return is_structured(name) || text::iequals(name, "x-original-to") ||
         text::iends_with(name, "-to") || text::iends_with(name, "-from") ||
         text::iends_with(name, "sender");
}

bool makes_sign(const Token& token) {
  return std::ranges::any_of(token.changes, [](const Change& c) { return c.bytes == "@"; });
}

void refang_tokens(Changes& changes, const LooseField& field) {
  const bool hosts = holds_hosts(field.name);
  if (!hosts && !holds_addresses(field.name)) return;
  std::size_t from = 0;
  const bool has_sign = field.body.find('@') != std::string_view::npos;
  while (auto token = next_token(field.body, from)) {
    // A name for people may be written so: `Jo (at) work <jo@a.example>`.
    const bool name = !hosts && has_sign && makes_sign(*token) &&
                      (token->begin == 0 || field.body[token->begin - 1] != '<');
    if (!name && is_meant(*token, hosts)) {
      for (Change& change : token->changes) {
        changes.push_back(
            {field.offset + change.from, field.offset + change.to, std::move(change.bytes)});
      }
    }
    from = std::max(token->end, from + 1);
  }
}

// `hxxp://`, `hXXps://`, `h**p://` in fields that hold links.
void refang_schemes(Changes& changes, const LooseField& field) {
  if (!holds_hosts(field.name)) return;
  const std::string_view body = field.body;
  for (std::size_t at = text::ifind(body, "h"); at != std::string_view::npos;
       at = text::ifind(body, "h", at + 1)) {
    const std::string_view rest = body.substr(at);
    const bool defanged = text::istarts_with(rest, "hxxp") || rest.starts_with("h**p");
    const std::string_view behind = defanged ? rest.substr(4) : std::string_view{};
    const std::string_view sign = text::istarts_with(behind, "s") ? behind.substr(1) : behind;
    if (sign.starts_with("://") || sign.starts_with("[:]//") || sign.starts_with("[://]")) {
      changes.push_back({field.offset + at + 1, field.offset + at + 3, "tt"});
    }
  }
}

bool holds_marks(std::string_view header) {
  static constexpr std::array<std::string_view, 3> kSchemes = {"xxp", "XXp", "**p"};
  for (std::size_t at = kOpening.find_in(header); at != std::string_view::npos;
       at = kOpening.find_in(header, at + 1)) {
    if (form_at(header, at) != nullptr) return true;
  }
  return std::ranges::any_of(
      kSchemes, [&](auto part) { return header.find(part) != std::string_view::npos; });
}

// ` at ` of Mailman's archive, `()` and `!` of MARC.
std::optional<std::string> plain_address(std::string_view written) {
  static constexpr std::array kSigns = std::to_array<std::string_view>(
      {" at ", " AT ", " (at) ", " [at] ", " (AT) ", " [AT] ", " @ ", " () "});
  for (const std::string_view sign : kSigns) {
    const std::size_t at = written.find(sign);
    if (at == std::string_view::npos) continue;
    const std::string_view local = text::trim(written.substr(0, at));
    std::string domain(text::trim(written.substr(at + sign.size())));
    for (const std::string_view dot : {" ! ", " dot ", " (dot) ", " [dot] "}) {
      for (std::size_t i = domain.find(dot); i != std::string::npos; i = domain.find(dot)) {
        domain.replace(i, dot.size(), ".");
      }
    }
    const bool one_word = !local.empty() && std::ranges::all_of(local, [](char c) {
      return text::is_alnum(c) ||
             std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
    });
    if (one_word && DomainName::parse_host(domain)) return std::string(local) + "@" + domain;
  }
  return std::nullopt;
}

bool names_people(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kNames = {"From",     "To",     "Cc",
                                                             "Reply-To", "Sender", "Return-Path"};
  return std::ranges::any_of(kNames, [&](auto known) { return text::iequals(name, known); });
}

}  // namespace

Changes defanged(const Look& look) {
  Changes changes;
  const std::string_view header = look.text.substr(0, look.block.end);
  if (!holds_marks(header)) {
    return changes;
  }
  any_loose_field(look, [&](const LooseField& field) {
    refang_tokens(changes, field);
    refang_schemes(changes, field);
    return false;
  });
  std::ranges::sort(changes, {}, &Change::from);
  return changes;
}

// Only a field that names no other address: `jo at other.example.net (Jo)`.
Changes obscured_addresses(const Look& look) {
  Changes changes;
  any_loose_field(look, [&](const LooseField& field) {
    if (!names_people(field.name) || field.body.find('@') != std::string_view::npos) return false;
    const std::size_t open = field.body.find('<');
    const std::size_t begin = open == std::string_view::npos ? 0 : open + 1;
    const std::size_t end = std::min(
        field.body.find(open == std::string_view::npos ? " (" : ">", begin), field.body.size());
    std::string_view inside = field.body.substr(begin, end - begin);
    auto address = plain_address(inside);
    if (!address && open == std::string_view::npos) {
      inside = field.body.substr(begin);
      address = plain_address(inside);
    }
    const std::string_view trimmed = text::trim(inside);
    if (address && !trimmed.empty()) {
      const auto from = field.offset + static_cast<std::size_t>(trimmed.data() - field.body.data());
      changes.push_back({from, from + trimmed.size(), std::move(*address)});
    }
    return false;
  });
  return changes;
}

}  // namespace emltrace::intake::rows
