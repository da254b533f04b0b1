#include "message/mailbox.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace {
namespace {

// atext, dots, and 8-bit bytes (RFC 5322 3.2.3, RFC 6532 3.2)
bool is_dot_atom(std::string_view text) {
  static constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~.";
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return text::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
           kMarks.find(c) != std::string_view::npos;
  });
}

// Local parts that are no dot-atom are quoted again, so that the '@' that counts can be told.
std::string quote_local_part(std::string_view local) {
  std::string out = "\"";
  for (const char c : local) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

// domain = dot-atom / domain-literal / obs-domain (RFC 5322 3.4.1): no special stands in a name.
// `a@"b@c.example"` is told apart from `…@c.example`.
std::optional<DomainName> read_domain(std::string_view domain) {
  if (domain.find_first_of("()<>[]:;@\\,\"") != std::string_view::npos) return std::nullopt;
  return DomainName::parse(domain);
}

}  // namespace

std::string Mailbox::address() const {
  const std::string local =
      quoted_local_part && !is_dot_atom(local_part) ? quote_local_part(local_part) : local_part;
  return domain.empty() ? local : local + "@" + domain;
}

std::optional<DomainName> Mailbox::domain_name() const {
  return read_domain(domain);
}

std::string_view domain_part(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

std::string_view identity_domain(std::string_view identity) {
  return identity.substr(identity.rfind('@') + 1);
}

std::optional<DomainName> domain_of_address(std::string_view address) {
  return read_domain(domain_part(address));
}

}  // namespace emltrace
