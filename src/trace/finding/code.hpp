#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace emltrace::trace {

enum class Severity { info, low, medium, high };
[[nodiscard]] std::string_view to_string(Severity severity);

namespace code_rows {

struct Row {
  std::string_view text;
  Severity severity;  ///< usual severity
};

/// Every code that a finding can carry, ordered by text.
inline constexpr auto kRows = std::to_array<Row>({
    {"address-incomplete", Severity::low},
    {"arc-fail", Severity::low},
    {"author-not-on-path", Severity::info},
    {"bare-cr-lf", Severity::low},
    {"bidi-control", Severity::medium},
    {"brand-elsewhere", Severity::low},
    {"by-not-mx", Severity::info},
    {"by-unresolvable", Severity::low},
    {"client-hidden", Severity::info},
    {"client-is-date", Severity::medium},
    {"clock-skew", Severity::info},
    {"clock-token-mismatch", Severity::high},
    {"control-char", Severity::low},
    {"date-after-receipt", Severity::low},
    {"date-far", Severity::low},
    {"date-missing", Severity::low},
    {"date-syntax", Severity::info},
    {"dkim-algorithm", Severity::low},
    {"dkim-error", Severity::low},
    {"dkim-expired", Severity::low},
    {"dkim-fail", Severity::low},
    {"dkim-length-tag", Severity::low},
    {"dkim-no-key", Severity::info},
    {"dkim-replay-likely", Severity::low},
    {"dkim-weak-key", Severity::low},
    {"dkim2-body-hidden-text", Severity::low},
    {"dkim2-changed-after-last-signature", Severity::low},
    {"dkim2-content-withheld", Severity::info},
    {"dkim2-custody-broken", Severity::medium},
    {"dkim2-fail", Severity::medium},
    {"dkim2-from-rewritten", Severity::info},
    {"dkim2-modified", Severity::info},
    {"dkim2-old-rules", Severity::info},
    {"dkim2-pass", Severity::info},
    {"dkim2-present", Severity::info},
    {"dkim2-recipe-false", Severity::medium},
    {"dkim2-replay", Severity::high},
    {"dkim2-return-mismatch", Severity::low},
    {"dkim2-testing", Severity::info},
    {"dkim2-unknown-draft", Severity::info},
    {"dkim2-unsigned-forwarder", Severity::info},
    {"dkim2-unverifiable", Severity::low},
    {"dkim2-weak-key", Severity::info},
    {"dmarc-fail", Severity::high},
    {"dmarc-record-fault", Severity::low},
    {"dns-failed", Severity::info},
    {"duplicate-header", Severity::low},
    {"encoded-word-address", Severity::medium},
    {"envelope-author-differs", Severity::info},
    {"fcrdns-fail", Severity::low},
    {"for-not-recipient", Severity::info},
    {"forged-tail", Severity::high},
    {"from-default-tenant", Severity::low},
    {"from-display-address", Severity::medium},
    {"from-homograph", Severity::high},
    {"from-line-differs", Severity::info},
    {"from-missing", Severity::medium},
    {"from-multiple", Severity::medium},
    {"from-quoted-at", Severity::low},
    {"from-single-label", Severity::medium},
    {"from-without-ip", Severity::info},
    {"gateway-likely", Severity::info},
    {"group-or-route-address", Severity::low},
    {"header-bomb", Severity::medium},
    {"header-name-space", Severity::medium},
    {"helo-bare-ip", Severity::low},
    {"helo-bogus", Severity::low},
    {"helo-is-own-name", Severity::medium},
    {"helo-literal-mismatch", Severity::low},
    {"helo-rdns-mismatch", Severity::medium},
    {"helo-single-label", Severity::low},
    {"id-reused", Severity::medium},
    {"id-shape", Severity::medium},
    {"identity-injection", Severity::high},
    {"input-mended", Severity::info},
    {"ip-bogon", Severity::low},
    {"ip-invalid", Severity::medium},
    {"link-broken", Severity::low},
    {"message-attached", Severity::info},
    {"message-id-above-received", Severity::info},
    {"message-id-by-relay", Severity::info},
    {"message-id-domain", Severity::info},
    {"message-id-missing", Severity::low},
    {"mixed-scripts", Severity::medium},
    {"nul-byte", Severity::medium},
    {"open-relay", Severity::medium},
    {"overlong-line", Severity::info},
    {"own-domain-imitation", Severity::medium},
    {"own-host-imitation", Severity::high},
    {"part-unread", Severity::info},
    {"person-elsewhere", Severity::medium},
    {"provider-imitation", Severity::medium},
    {"provider-route-missing", Severity::medium},
    {"raw-8bit-header", Severity::info},
    {"rdns-missing", Severity::low},
    {"rdns-recorded-differs", Severity::info},
    {"received-below-author-headers", Severity::low},
    {"recorded-disagrees", Severity::low},
    {"recorded-fail", Severity::medium},
    {"recorded-untrusted", Severity::info},
    {"reply-to-free-mailer", Severity::low},
    {"return-path-misplaced", Severity::low},
    {"smuggling-trace", Severity::medium},
    {"spf-broken-by-forwarding", Severity::info},
    {"spf-error", Severity::low},
    {"spf-fail", Severity::medium},
    {"spf-none", Severity::info},
    {"spf-softfail", Severity::low},
    {"stamp-missing", Severity::low},
    {"stray-line", Severity::low},
    {"styled-letters", Severity::medium},
    {"time-gap", Severity::low},
    {"time-reversed", Severity::medium},
    {"trust-unused", Severity::info},
    {"unparsed-received", Severity::low},
    {"weekday-wrong", Severity::low},
    {"with-keyword", Severity::info},
    {"wrapper-differs", Severity::low},
    {"zone-impossible", Severity::low},
    {"zone-name-mismatch", Severity::low},
});
static_assert(std::ranges::is_sorted(kRows, {}, &Row::text));

/// The row of a code; kRows.size() where there is none.
[[nodiscard]] constexpr std::size_t find(std::string_view text) {
  const auto* row = std::ranges::lower_bound(kRows, text, {}, &Row::text);
  return row != kRows.end() && row->text == text ? static_cast<std::size_t>(row - kRows.begin())
                                                 : kRows.size();
}

}  // namespace code_rows

/// The stable name of a finding, `helo-rdns-mismatch`. Made from a literal when compiled: one that
/// is not in the table does not build.
class Code {
 public:
  consteval Code(const char* text) : row_(code_rows::find(text)) {
    if (row_ == code_rows::kRows.size()) throw "no such finding";
  }

  /// The same of a text that is known when compiled, but no literal.
  static consteval Code of(std::string_view text) { return Code(code_rows::find(text)); }

  [[nodiscard]] constexpr std::string_view text() const { return code_rows::kRows[row_].text; }
  /// Usual severity; a finding may carry another where the evidence is stronger or weaker.
  [[nodiscard]] constexpr Severity severity() const { return code_rows::kRows[row_].severity; }
  /// Place in the order of the codes.
  [[nodiscard]] constexpr std::size_t index() const { return row_; }
  constexpr operator std::string_view() const { return text(); }

  friend constexpr bool operator==(Code a, Code b) { return a.row_ == b.row_; }
  /// With a text known at run time alone; a literal is taken for a code, and checked.
  template <std::same_as<std::string_view> Text>
  friend constexpr bool operator==(Code code, Text text) {
    return code.text() == text;
  }

 private:
  consteval explicit Code(std::size_t row) : row_(row) {
    if (row_ == code_rows::kRows.size()) throw "no such finding";
  }

  std::size_t row_;
};

}  // namespace emltrace::trace
