#include "auth/spf/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace emltrace::spf {
namespace {

constexpr std::string_view kVersion = "v=spf1";

enum class Argument { none, required_domain, optional_domain, dual_cidr, network };

struct MechanismRow {
  std::string_view name;
  Mechanism mechanism;
  Argument argument;
  bool queries;
};

constexpr auto kMechanisms = std::to_array<MechanismRow>({
    {"all", Mechanism::all, Argument::none, false},
    {"include", Mechanism::include, Argument::required_domain, true},
    {"a", Mechanism::a, Argument::dual_cidr, true},
    {"mx", Mechanism::mx, Argument::dual_cidr, true},
    {"ptr", Mechanism::ptr, Argument::optional_domain, true},
    {"ip4", Mechanism::ip4, Argument::network, false},
    {"ip6", Mechanism::ip6, Argument::network, false},
    {"exists", Mechanism::exists, Argument::required_domain, true},
});

// Leaves the fault out of band so that each step of the grammar reads as one line; the first
// fault stands.
class TermReader {
 public:
  TermReader(std::string_view term, std::size_t place) : term_(term), place_(place) {}

  void read_into(Record& record);
  [[nodiscard]] const std::optional<SyntaxError>& error() const { return error_; }

 private:
  void read_modifier(Record& record, std::string_view name, std::string_view value);
  void read_directive(Record& record, char qualifier, std::string_view name,
                      std::string_view argument);
  void read_argument(Directive& directive, Argument kind, std::string_view argument);
  std::string_view strip_cidr(Directive& directive, std::string_view argument);
  void read_network(Directive& directive, std::string_view argument);
  [[nodiscard]] unsigned prefix_length(std::string_view digits, unsigned limit);
  [[nodiscard]] std::optional<MacroString> domain_spec(std::string_view text);

  /// `where` is a part of the term.
  void fail(std::string_view where, std::string what) {
    if (!error_) {
      error_ = SyntaxError{place_ + static_cast<std::size_t>(where.data() - term_.data()),
                           std::move(what)};
    }
  }

  std::string_view term_;
  std::size_t place_;
  std::optional<SyntaxError> error_;
};

bool is_name_char(char c) {
  return text::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

std::string_view read_name(std::string_view s) {
  if (s.empty() || !text::is_alpha(s.front())) return s.substr(0, 0);
  const auto end = std::find_if_not(s.begin(), s.end(), is_name_char);
  return s.substr(0, static_cast<std::size_t>(end - s.begin()));
}

void TermReader::read_into(Record& record) {
  for (std::size_t i = 0; i < term_.size(); ++i) {
    const auto octet = static_cast<unsigned char>(term_[i]);
    if (octet <= 0x20 || octet >= 0x7F) {
      return fail(term_.substr(i), fmt::format("octet 0x{:02X} is not allowed", octet));
    }
  }
  std::string_view rest = term_;
  char qualifier = '\0';
  if (std::string_view("+-?~").find(rest.front()) != std::string_view::npos) {
    qualifier = rest.front();
    rest.remove_prefix(1);
  }
  const std::string_view name = read_name(rest);
  if (name.empty()) {
    return fail(rest, fmt::format("\"{}\" is neither a mechanism nor a modifier", term_));
  }
  rest.remove_prefix(name.size());
  if (!rest.starts_with('=')) return read_directive(record, qualifier, name, rest);
  if (qualifier != '\0') {
    return fail(term_, fmt::format("modifier \"{}\" with a qualifier", name));
  }
  read_modifier(record, name, rest.substr(1));
}

void TermReader::read_modifier(Record& record, std::string_view name, std::string_view value) {
  const bool is_redirect = text::iequals(name, "redirect");
  if (!is_redirect && !text::iequals(name, "exp")) {
    const auto parsed = parse_macro_string(value);
    if (const auto* error = std::get_if<SyntaxError>(&parsed)) {
      fail(value.substr(error->at), error->what);
    }
    return;
  }
  auto& slot = is_redirect ? record.redirect : record.explanation;
  if (slot) return fail(term_, fmt::format("a second \"{}\"", text::lower(name)));
  if (auto target = domain_spec(value)) slot = Modifier{std::string(term_), std::move(*target)};
}

auth::Result meaning(char qualifier) {
  switch (qualifier) {
    case '-':
      return auth::Result::fail;
    case '~':
      return auth::Result::softfail;
    case '?':
      return auth::Result::neutral;
    default:
      return auth::Result::pass;
  }
}

void TermReader::read_directive(Record& record, char qualifier, std::string_view name,
                                std::string_view argument) {
  const auto row =
      std::find_if(kMechanisms.begin(), kMechanisms.end(),
                   [name](const MechanismRow& r) { return text::iequals(r.name, name); });
  if (row == kMechanisms.end()) {
    return fail(name, fmt::format("unknown mechanism \"{}\"", name));
  }
  Directive directive;
  directive.term = term_;
  directive.qualifier = meaning(qualifier);
  directive.mechanism = row->mechanism;
  read_argument(directive, row->argument, argument);
  if (!error_) record.directives.push_back(std::move(directive));
}

void TermReader::read_argument(Directive& directive, Argument kind, std::string_view argument) {
  if (kind == Argument::network) return read_network(directive, argument);
  if (kind == Argument::none) {
    if (!argument.empty()) fail(argument, "\"all\" takes no argument");
    return;
  }
  if (kind == Argument::dual_cidr) argument = strip_cidr(directive, argument);
  if (argument.empty()) {
    if (kind == Argument::required_domain) {
      fail(argument, fmt::format("\"{}\" without a domain name", term_));
    }
    return;
  }
  if (argument.front() != ':') {
    return fail(argument, fmt::format("\"{}\" cannot stand here", argument));
  }
  argument.remove_prefix(1);
  if (ip::Address::parse(argument)) {
    return fail(argument, fmt::format("\"{}\" is an address, not a domain name", argument));
  }
  directive.target = domain_spec(argument);
}

// A domain-spec may hold slashes itself, so the lengths are looked for from the end.
std::string_view TermReader::strip_cidr(Directive& directive, std::string_view argument) {
  const auto digits_at = [](std::string_view s) {
    return s.find_last_not_of("0123456789") + 1;  // 0 where all are digits
  };
  std::size_t at = digits_at(argument);
  if (at == argument.size() || at == 0 || argument[at - 1] != '/') return argument;
  if (at >= 2 && argument[at - 2] == '/') {
    directive.prefix6 = prefix_length(argument.substr(at), 128);
    argument = argument.substr(0, at - 2);
    at = digits_at(argument);
    if (at == argument.size() || at == 0 || argument[at - 1] != '/') return argument;
  }
  directive.prefix4 = prefix_length(argument.substr(at), 32);
  return argument.substr(0, at - 1);
}

unsigned TermReader::prefix_length(std::string_view digits, unsigned limit) {
  const auto value = text::parse_unsigned(digits);
  if (!value || (digits.size() > 1 && digits.front() == '0')) {
    fail(digits, fmt::format("\"{}\" is no prefix length", digits));
    return limit;
  }
  if (*value > limit) {
    fail(digits, fmt::format("prefix length {} is above {}", digits, limit));
    return limit;
  }
  return static_cast<unsigned>(*value);
}

// An ip6 network inside ::ffff:0:0/96 must stay IPv6 where its prefix reaches beyond: masked, it
// is no mapped address any more unless it can only match mapped ones. Those are IPv4, whose prefix
// does not count the 96 bits in front.
ip::Network masked_v6(const ip::Address& address, unsigned length) {
  std::array<std::uint8_t, 16> bytes{};
  if (address.is_v4()) {
    bytes[10] = bytes[11] = 0xFF;
    std::copy(address.bytes().begin(), address.bytes().end(), bytes.begin() + 12);
  } else {
    std::copy(address.bytes().begin(), address.bytes().end(), bytes.begin());
  }
  for (unsigned bit = length; bit < 128; ++bit) {
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] & ~(0x80U >> (bit % 8)));
  }
  const ip::Address masked = ip::Address::v6(bytes);
  return {masked, masked.is_v4() ? length - 96 : length};
}

void TermReader::read_network(Directive& directive, std::string_view argument) {
  const bool v4 = directive.mechanism == Mechanism::ip4;
  if (!argument.starts_with(':') || argument.size() == 1) {
    return fail(argument, fmt::format("\"{}\" without a network", term_));
  }
  argument.remove_prefix(1);
  const std::size_t slash = argument.find('/');
  const std::string_view text = argument.substr(0, slash);
  const auto address = ip::Address::parse(text);
  if (!address || (text.find(':') == std::string_view::npos) != v4) {
    return fail(text, fmt::format("\"{}\" is no IPv{} address", text, v4 ? 4 : 6));
  }
  unsigned length = v4 ? 32 : 128;
  if (slash != std::string_view::npos) {
    length = prefix_length(argument.substr(slash + 1), length);
  }
  directive.network = v4 ? ip::Network(*address, length) : masked_v6(*address, length);
}

std::optional<MacroString> TermReader::domain_spec(std::string_view text) {
  auto parsed = parse_domain_spec(text);
  if (const auto* error = std::get_if<SyntaxError>(&parsed)) {
    fail(text.substr(error->at), error->what);
    return std::nullopt;
  }
  return std::get<MacroString>(std::move(parsed));
}

}  // namespace

bool queries_dns(Mechanism mechanism) {
  return std::any_of(kMechanisms.begin(), kMechanisms.end(), [mechanism](const MechanismRow& r) {
    return r.mechanism == mechanism && r.queries;
  });
}

bool is_record(std::string_view text) {
  return text::istarts_with(text, kVersion) &&
         (text.size() == kVersion.size() || text[kVersion.size()] == ' ');
}

Parsed<Record> parse_record(std::string_view text) {
  Record record;
  for (std::size_t at = kVersion.size(); at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find(' ', at), text.size());
    TermReader reader(text.substr(at, end - at), at);
    reader.read_into(record);
    if (reader.error()) return *reader.error();
    at = end;
  }
  return record;
}

}  // namespace emltrace::spf
