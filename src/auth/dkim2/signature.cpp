#include "auth/dkim2/signature.hpp"

#include <algorithm>

#include "auth/dkim2/tags.hpp"
#include "base/base64.hpp"
#include "base/text.hpp"

namespace emltrace::dkim2 {
namespace {

constexpr std::size_t kMaxOfOneAlgorithm = 2;  // values in one s=

// DKIM's list, but for its retired row.
const dkim::Algorithm* known_algorithm(std::string_view name) {
  const dkim::Algorithm* found = dkim::find_algorithm(name);
  return found == nullptr || found->retired ? nullptr : found;
}

struct Path {
  std::string address;
  bool well_formed = false;  // in brackets, without a control byte
};

// An RFC 5321 path in base64, its brackets included. Draft -03 left the brackets out.
std::optional<Path> read_path(std::string_view value) {
  const auto decoded = base64_decode(value);
  if (!decoded) return std::nullopt;
  Path out{*decoded, true};
  const bool bracketed =
      out.address.size() >= 2 && out.address.front() == '<' && out.address.back() == '>';
  if (bracketed) out.address = out.address.substr(1, out.address.size() - 2);
  out.well_formed = bracketed && std::ranges::none_of(out.address, [](char c) {
                      const auto byte = static_cast<unsigned char>(c);
                      return byte < 0x20 || byte == 0x7F || c == '<' || c == '>';
                    });
  return out;
}

class Reader {
 public:
  explicit Reader(const Field& field) : tags_(Tags::parse(field.body)) { out_.field = &field; }

  Signature read() {
    read_numbers();
    if (!tags_.well_formed) syntax();
    for (const std::string_view name : {"i", "m", "t", "d", "s"}) require(name);
    read_domain("d", out_.domain_text, out_.domain);
    read_domain("nd", out_.next_domain_text, out_.next_domain);
    read_envelope();
    read_nonce();
    read_flags();
    if (const auto s = tags_.find("s")) read_values(*s);
    return std::move(out_);
  }

 private:
  void fault(Problem problem, std::string_view words) {
    if (!out_.fault) out_.fault = signature_fault(problem, out_.i, words);
  }
  void syntax() { fault(Problem::signature_syntax, "syntax error"); }
  void require(std::string_view name) {
    if (!tags_.find(name)) fault(Problem::tag_missing, "tag=" + std::string(name) + " missing");
  }

  void read_numbers() {
    const auto i = tags_.find("i"), m = tags_.find("m"), t = tags_.find("t");
    if (i) out_.i = read_ordinal(*i);
    if (m) out_.m = read_ordinal(*m);
    if (t) {
      const Timestamp time = read_timestamp(*t);
      out_.time_readable = time.well_formed;
      out_.signed_at = time.signed_at;
    }
    if ((i && !out_.i) || (m && !out_.m) || (t && !out_.time_readable)) syntax();
  }

  void read_domain(std::string_view name, std::optional<std::string>& text,
                   std::optional<DomainName>& domain) {
    const auto value = tags_.find(name);
    if (!value) return;
    text = std::string(*value);
    if (is_name(*value)) domain = DomainName::parse(*value);
    if (domain && domain->label_count() < 2) domain.reset();
    if (!domain) syntax();
  }

  // nd= stands in place of both mf= and rt=.
  void read_envelope() {
    const bool next = tags_.find("nd").has_value();
    for (const std::string_view name : {"mf", "rt"}) {
      if (!next) require(name);
      if (next && tags_.find(name))
        fault(Problem::tag_unexpected, "tag=" + std::string(name) + " was unexpected");
    }
    if (const auto mf = tags_.find("mf")) {
      const auto path = read_path(*mf);
      const bool has_domain =
          path && (path->address.empty() || path->address.find('@') != std::string::npos);
      if (path) out_.mail_from = path->address;
      if (!has_domain || !path->well_formed) syntax();
    }
    if (const auto rt = tags_.find("rt")) read_recipients(*rt);
  }

  void read_recipients(std::string_view value) {
    for (const std::string_view part : text::split(value, ',')) {
      if (out_.rcpt_to.size() == kMaxRecipients)
        return fault(Problem::limit, "has too many recipients");
      const auto path = read_path(part);
      if (!path || !path->well_formed || path->address.empty()) syntax();
      if (path && !path->address.empty()) out_.rcpt_to.push_back(path->address);
    }
  }

  void read_nonce() {
    const auto n = tags_.find("n");
    if (!n) return;
    out_.nonce = unfold(*n);
    const bool printable =
        std::ranges::all_of(*out_.nonce, [](char c) { return c >= ' ' && c <= '~'; });
    if (!printable || out_.nonce->size() > kMaxNonce) syntax();
  }

  void read_flags() {
    const auto f = tags_.find("f");
    if (!f || f->empty()) return;
    for (const std::string_view part : text::split(*f, ',')) {
      const std::string_view flag = text::trim(part);
      if (!is_name(flag)) syntax();
      if (!flag.empty() && out_.flags.size() < kMaxValues) out_.flags.emplace_back(flag);
    }
  }

  void read_values(std::string_view list) {
    for (const ListItem& item : read_groups(list)) {
      if (out_.values.size() == kMaxValues) return fault(Problem::limit, "has too many values");
      const auto parts = read_triple(item.text);
      const auto bytes = parts ? base64_decode(parts->third) : std::nullopt;
      if (!bytes || bytes->empty() || !is_name(parts->second)) {
        syntax();
        continue;
      }
      SignatureValue value{item.group,
                           std::string(parts->first),
                           std::string(parts->second),
                           known_algorithm(parts->second),
                           *bytes,
                           std::nullopt};
      if (out_.domain) value.key_name = out_.domain->with_prefix(value.selector + "._domainkey");
      if (out_.domain && !value.key_name) syntax();
      check_repeated(value);
      out_.groups = item.group;
      out_.values.push_back(std::move(value));
    }
  }

  void check_repeated(const SignatureValue& value) {
    const auto same_selector = [&](const SignatureValue& other) {
      return text::iequals(other.selector, value.selector);
    };
    const auto same_algorithm = [&](const SignatureValue& other) {
      return other.algorithm_name == value.algorithm_name;
    };
    if (std::ranges::any_of(out_.values, same_selector))
      fault(Problem::duplicate_selector, "has a duplicate selector");
    if (std::ranges::count_if(out_.values, same_algorithm) >=
        static_cast<std::ptrdiff_t>(kMaxOfOneAlgorithm))
      fault(Problem::too_many_selectors, "has more selectors than allowed");
  }

  Tags tags_;
  Signature out_;
};

}  // namespace

bool Signature::has_flag(std::string_view flag) const {
  return std::ranges::find(flags, flag) != flags.end();
}

Signature parse_signature(const Field& field) {
  return Reader(field).read();
}

}  // namespace emltrace::dkim2
