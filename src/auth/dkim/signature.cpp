#include "auth/dkim/signature.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "base/instant.hpp"
#include "base/quoted_printable.hpp"
#include "base/tag_list.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"

namespace emltrace::dkim {
namespace {

constexpr auto kLastSecond = static_cast<std::uint64_t>(kLastInstant.time_since_epoch().count());

// Tags that must stand in a field: RFC 6376 3.5, RFC 8617 4.1.2 and 4.1.3.
std::vector<std::string_view> required_tags(SignatureKind kind) {
  switch (kind) {
    case SignatureKind::dkim:
      return {"v", "a", "d", "h", "s", "bh", "b"};
    case SignatureKind::arc_message:
      return {"i", "a", "d", "h", "s", "bh", "b"};
    case SignatureKind::arc_seal:
      return {"i", "a", "cv", "d", "s", "b"};
  }
  return {};
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 80;
  std::string out = "'" + text::to_valid_utf8(text.substr(0, kShown));
  return out + (text.size() > kShown ? "…'" : "'");
}

// domain-name of RFC 5321 4.1.2 as RFC 6376 3.5 uses it, with the underscores that real selectors
// have and the U-labels of RFC 8616 4. All else can be no name and must not reach the DNS.
bool is_name_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return text::is_alnum(c) || c == '-' || c == '_' || c == '.' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

// hex-octet = "=" 2(DIGIT / "A" / "B" / "C" / "D" / "E" / "F"): capitals alone (2.11).
std::optional<char> hex_octet(std::string_view text, std::size_t at) {
  const std::string_view octet = text.substr(at, 3);
  const bool small = std::any_of(octet.begin(), octet.end(), [](char c) { return c >= 'a'; });
  return small ? std::nullopt : quoted_printable::escaped_byte(text, at);
}

class Reader {
 public:
  Reader(const Field& field, SignatureKind kind)
      : field_(field), kind_(kind), tags_(TagList::parse(field.body)) {}

  Signature read() {
    read_names();
    read_algorithm();
    find_value();
    check_tags();
    check_version();
    read_instance();
    if (kind_ != SignatureKind::arc_seal) {
      read_canonicalization();
      read_headers();
      read_length();
      check_query();
    }
    read_hashes();
    check_names();
    read_times();
    if (kind_ == SignatureKind::dkim) read_identity();
    if (kind_ != SignatureKind::arc_seal) check_from();
    read_copied();
    return std::move(out_);
  }

 private:
  // Of several faults the graver one is told: without a readable field the others mean nothing.
  void fault(Problem problem, std::string detail) {
    const bool grave = problem == Problem::syntax || problem == Problem::algorithm ||
                       problem == Problem::unavailable;
    if (out_.fault && !(grave && out_.computable())) return;
    out_.fault = {problem, std::move(detail)};
  }
  void syntax(std::string detail) { fault(Problem::syntax, std::move(detail)); }

  void read_names() {
    out_.domain_text = tags_.find("d");
    out_.selector_text = tags_.find("s");
    out_.canonicalization_text = tags_.find("c");
    out_.chain_status = tags_.find("cv");
  }

  void read_algorithm() {
    out_.algorithm_text = tags_.find("a");
    if (out_.algorithm_text) out_.algorithm = find_algorithm(*out_.algorithm_text);
  }

  // All from after the '=' of b= up to the ';', white space included (RFC 6376 3.7).
  void find_value() {
    for (const Tag& tag : tags_.tags) {
      if (tag.name != "b") continue;
      const auto body = static_cast<std::size_t>(field_.body.data() - field_.raw.data());
      const std::size_t start = field_.body.find('=', tag.offset) + 1;
      const std::size_t end = std::min(field_.body.find(';', start), field_.body.size());
      out_.value = {body + start, end - start};
      return;
    }
  }

  void check_tags() {
    if (!tags_.problem.empty() && !tags_.tags.empty()) {
      const std::string_view at = field_.body.substr(tags_.problem_offset);
      const std::string_view spec = text::trim(at.substr(0, at.find(';')));
      syntax(std::string(tags_.problem) + (spec.empty() ? "" : " at " + quoted(spec)));
    }
    std::string missing;
    for (const std::string_view name : required_tags(kind_)) {
      if (!tags_.find(name)) missing += ' ' + std::string(name);
    }
    if (missing.empty()) return;
    std::string detail = comma_advice();
    detail += detail.empty() ? "required tags are missing:" : "; required tags are missing:";
    syntax(detail + missing);
  }

  // `d=example.org,b=…` looks like two tags to its writer, but ';' alone parts tags
  // (RFC 6376 3.2).
  [[nodiscard]] std::string comma_advice() const {
    for (const Tag& tag : tags_.tags) {
      const std::size_t comma = tag.value.find(',');
      if (comma == std::string_view::npos) continue;
      const std::string_view rest = tag.value.substr(comma + 1);
      const std::string_view name = text::trim(rest.substr(0, rest.find('=')));
      if (rest.find('=') == std::string_view::npos || tags_.find(name)) continue;
      const auto required = required_tags(kind_);
      if (std::find(required.begin(), required.end(), name) == required.end()) continue;
      return "tags are parted by ';': the comma makes " + quoted(tag.value) + " the value of one " +
             std::string(tag.name) + "= tag";
    }
    return "";
  }

  // ARC defines no version tag; one that is seen is ignored (RFC 8617 4.1.2).
  void check_version() {
    const auto version = tags_.find("v");
    if (kind_ == SignatureKind::dkim) {
      if (version && *version != "1") syntax("incompatible version v=" + quoted(*version));
    }
    if (out_.algorithm_text && out_.algorithm == nullptr) {
      fault(Problem::algorithm, "unknown algorithm a=" + quoted(*out_.algorithm_text));
    }
    if (out_.algorithm != nullptr && !is_available(*out_.algorithm)) {
      fault(Problem::unavailable,
            "OpenSSL does not compute " + std::string(out_.algorithm->name) + " on this system");
    }
  }

  void read_instance() {
    if (kind_ == SignatureKind::dkim) return;
    const auto text = tags_.find("i");
    if (!text) return;
    const auto number = text::parse_unsigned(*text);
    if (!number || *number == 0 || *number > 1'000) {
      syntax("i=" + quoted(*text) + " is no instance");
      return;
    }
    out_.instance = static_cast<int>(*number);
  }

  // sig-c-tag-alg = "simple" / "relaxed"; the body's is simple where only one is named.
  void read_canonicalization() {
    const auto text = tags_.find("c");
    if (!text) return;
    const std::size_t slash = text->find('/');
    const auto read_one = [&](std::string_view word, Canonicalization& into) {
      if (word == "relaxed") {
        into = Canonicalization::relaxed;
      } else if (word != "simple") {
        syntax("unknown canonicalization c=" + quoted(*text));
      }
    };
    read_one(text->substr(0, slash), out_.header);
    if (slash != std::string_view::npos) read_one(text->substr(slash + 1), out_.body);
  }

  // sig-h-tag = "h" [FWS] "=" [FWS] hdr-name *( [FWS] ":" [FWS] hdr-name )
  void read_headers() {
    const auto text = tags_.find("h");
    if (!text) return;
    const auto names = text::split(*text, ':');
    if (names.size() > kMaxSignedNames) {
      syntax("h= names more than " + std::to_string(kMaxSignedNames) + " fields");
      return;
    }
    for (const std::string_view part : names) {
      const std::string_view name = text::trim(part);
      const bool good = !name.empty() && std::all_of(name.begin(), name.end(),
                                                     [](char c) { return c > ' ' && c < '\x7F'; });
      if (!good) syntax(name.empty() ? "h= has an empty name" : "h= has " + quoted(name));
      if (!name.empty()) out_.headers.push_back(text::lower(name));
    }
  }

  // sig-l-tag-data = 1*76(DIGIT)
  void read_length() {
    const auto text = tags_.find("l");
    if (!text) return;
    out_.length = text::parse_unsigned(*text);
    if (!out_.length) syntax("l=" + quoted(*text) + " is no length");
  }

  // Unknown query methods are ignored as long as dns/txt is there (RFC 6376 3.5).
  void check_query() {
    const auto text = tags_.find("q");
    if (!text) return;
    for (const std::string_view method : text::split(*text, ':')) {
      if (text::iequals(text::trim(method), "dns/txt")) return;
    }
    syntax("unknown query method q=" + quoted(*text));
  }

  void read_hashes() {
    read_base64("b", out_.signature);
    if (kind_ == SignatureKind::arc_seal) return;
    read_base64("bh", out_.body_hash);
    const std::size_t size = out_.algorithm == nullptr ? 0 : out_.algorithm->hash_size;
    if (size != 0 && !out_.body_hash.empty() && out_.body_hash.size() != size) {
      syntax("bh= holds " + std::to_string(out_.body_hash.size()) + " bytes, a " +
             std::string(out_.algorithm->hash_name) + " hash has " + std::to_string(size));
    }
  }

  void read_base64(std::string_view name, std::string& into) {
    const auto text = tags_.find(name);
    if (!text) return;
    const auto bytes = base64_decode(*text, true);
    if (!bytes) {
      syntax(std::string(name) + "= is no base64");
    } else if (bytes->empty()) {
      syntax(std::string(name) + "= is empty");
    } else {
      into = *bytes;
    }
  }

  void check_names() {
    if (out_.domain_text) {
      if (is_name_text(*out_.domain_text)) out_.domain = DomainName::parse(*out_.domain_text);
      if (out_.domain && out_.domain->label_count() < 2) out_.domain.reset();
      if (!out_.domain) {
        syntax("d=" + quoted(*out_.domain_text) + " is no domain name");
      }
    }
    if (!out_.selector_text) return;
    std::optional<DomainName> selector;
    if (is_name_text(*out_.selector_text)) selector = DomainName::parse(*out_.selector_text);
    if (!selector) syntax("s=" + quoted(*out_.selector_text) + " is no selector");
    if (!selector || !out_.domain) return;
    out_.key_name = out_.domain->with_prefix(selector->text() + "._domainkey");
    if (!out_.key_name) syntax("the key's name is too long for the DNS");
  }

  void read_times() {
    const auto read_time = [this](std::string_view name) -> std::optional<std::uint64_t> {
      const auto text = tags_.find(name);
      if (!text) return std::nullopt;
      const bool digits = !text->empty() && std::all_of(text->begin(), text->end(), text::is_digit);
      if (!digits) syntax(std::string(name) + "=" + quoted(*text) + " is no time");
      if (!digits) return std::nullopt;
      return text::parse_unsigned(*text).value_or(kLastSecond + 1);
    };
    const auto made = read_time("t");
    const auto expires = read_time("x");
    const auto instant = [](std::uint64_t seconds) {
      return Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
    };
    if (made && *made <= kLastSecond) out_.signed_at = instant(*made);
    if (made && *made > kLastSecond) fault(Problem::future, "t= is beyond the year 9999");
    if (expires && *expires <= kLastSecond) out_.expires_at = instant(*expires);
    if (made && expires && *expires <= *made) syntax("x= is not later than t=");
  }

  // sig-i-tag = "i" [FWS] "=" [FWS] [ Local-part ] "@" domain-name
  void read_identity() {
    const auto text = tags_.find("i");
    if (!text) return;
    out_.identity = decode_dkim_quoted_printable(*text);
    const std::string_view domain = domain_part(*out_.identity);
    std::optional<DomainName> name;
    if (is_name_text(domain)) name = DomainName::parse(domain);
    if (!name) {
      syntax("i=" + quoted(*text) + " has no domain");
    } else if (out_.domain && !name->is_within(*out_.domain)) {
      fault(Problem::domain_mismatch, "the domain of i= is neither d= nor below it");
    }
  }

  void check_from() {
    if (out_.headers.empty()) return;
    if (std::find(out_.headers.begin(), out_.headers.end(), "from") != out_.headers.end()) return;
    fault(Problem::from_not_signed, "h= does not name From");
  }

  // sig-z-tag-copy = hdr-name [FWS] ":" qp-hdr-value, parted by "|"
  void read_copied() {
    const auto text = tags_.find("z");
    if (!text || text->empty()) return;
    for (const std::string_view copy : text::split(*text, '|')) {
      const std::size_t colon = copy.find(':');
      if (colon == std::string_view::npos || out_.copied.size() == kMaxSignedNames) continue;
      out_.copied.push_back({std::string(text::trim(copy.substr(0, colon))),
                             decode_dkim_quoted_printable(copy.substr(colon + 1))});
    }
  }

  const Field& field_;
  SignatureKind kind_;
  TagList tags_;
  Signature out_;
};

}  // namespace

Signature parse_signature(const Field& field, SignatureKind kind) {
  return Reader(field, kind).read();
}

// dkim-quoted-printable = *(FWS / hex-octet / dkim-safe-char)
std::string decode_dkim_quoted_printable(std::string_view text) {
  const std::string packed = text::without_space(text);
  std::string out;
  for (std::size_t at = 0; at < packed.size(); ++at) {
    const auto byte = hex_octet(packed, at);
    out += byte.value_or(packed[at]);
    at += byte ? 2 : 0;
  }
  return out;
}

}  // namespace emltrace::dkim
