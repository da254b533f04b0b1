#include "auth/dkim2/problem.hpp"

#include <fmt/format.h>

#include <array>

namespace emltrace::dkim2 {
namespace {

using auth::Result;

struct Row {
  Problem problem;
  std::string_view word;
  Result result;
};
constexpr auto kRows = std::to_array<Row>({
    {Problem::none, "", Result::pass},
    {Problem::instance_missing, "instance-missing", Result::permerror},
    {Problem::instance_syntax, "instance-syntax", Result::permerror},
    {Problem::instance_unsigned, "instance-unsigned", Result::permerror},
    {Problem::duplicate_hash, "duplicate-hash", Result::permerror},
    {Problem::recipe_syntax, "recipe-syntax", Result::permerror},
    {Problem::signature_missing, "signature-missing", Result::permerror},
    {Problem::signature_syntax, "signature-syntax", Result::permerror},
    {Problem::tag_missing, "tag-missing", Result::permerror},
    {Problem::tag_unexpected, "tag-unexpected", Result::permerror},
    {Problem::duplicate_selector, "duplicate-selector", Result::permerror},
    {Problem::too_many_selectors, "too-many-selectors", Result::permerror},
    {Problem::expired, "expired", Result::fail},
    {Problem::future, "future", Result::fail},
    {Problem::mail_from_mismatch, "mail-from-mismatch", Result::fail},
    {Problem::rcpt_to_mismatch, "rcpt-to-mismatch", Result::fail},
    {Problem::domain_mismatch, "domain-mismatch", Result::fail},
    {Problem::custody, "custody", Result::fail},
    {Problem::next_domain, "next-domain", Result::fail},
    {Problem::dangling_next_domain, "dangling-next-domain", Result::fail},
    {Problem::dns, "dns", Result::temperror},
    {Problem::no_key, "no-key", Result::permerror},
    {Problem::key_multiple, "key-multiple", Result::permerror},
    {Problem::key_syntax, "key-syntax", Result::permerror},
    {Problem::key_mismatch, "key-mismatch", Result::permerror},
    {Problem::key_revoked, "key-revoked", Result::permerror},
    {Problem::key_too_short, "key-too-short", Result::permerror},
    {Problem::algorithm, "algorithm", Result::permerror},
    {Problem::signature_mismatch, "signature-mismatch", Result::fail},
    {Problem::header_hash_mismatch, "header-hash-mismatch", Result::fail},
    {Problem::body_hash_mismatch, "body-hash-mismatch", Result::fail},
    {Problem::from_not_authentic, "from-not-authentic", Result::fail},
    {Problem::body_absent, "body-absent", Result::neutral},
    {Problem::limit, "limit", Result::permerror},
    {Problem::unavailable, "unavailable", Result::temperror},
});

constexpr bool is_in_step() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].problem) != i) return false;
  }
  return true;
}
static_assert(is_in_step());

const Row& row_of(Problem problem) {
  return kRows[static_cast<std::size_t>(problem)];
}

std::string number(std::optional<std::size_t> value) {
  return value ? std::to_string(*value) : "?";
}

}  // namespace

std::string_view to_string(Problem problem) {
  return row_of(problem).word;
}

auth::Result result_of(Problem problem) {
  return row_of(problem).result;
}

Fault signature_fault(Problem problem, std::optional<std::size_t> i, std::string_view words) {
  return {problem, fmt::format("DKIM2-Signature i={} {}", number(i), words), {i, std::nullopt}};
}

Fault instance_fault(Problem problem, std::optional<std::size_t> m, std::string_view words) {
  return {problem, fmt::format("Message-Instance m={} {}", number(m), words), {std::nullopt, m}};
}

}  // namespace emltrace::dkim2
