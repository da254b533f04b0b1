#include "auth/dkim2/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "auth/dkim2/dkim2.hpp"

namespace emltrace::dkim2 {
namespace {

using auth::Result;

// How the drafts word what is wrong with a key.
constexpr std::string_view key_words(Problem problem) {
  switch (problem) {
    case Problem::dns:
      return "could not be fetched";
    case Problem::no_key:
      return "does not exist";
    case Problem::key_multiple:
      return "has multiple records";
    case Problem::key_revoked:
      return "has been revoked";
    case Problem::key_mismatch:
      return "algorithm mismatch";
    case Problem::key_too_short:
      return "is too short";
    default:
      return "has a syntax error";
  }
}

Problem problem_of(const dkim::Fault& fault) {
  switch (fault.problem) {
    case dkim::Problem::dns:
      return Problem::dns;
    case dkim::Problem::no_key:
      return Problem::no_key;
    case dkim::Problem::key_revoked:
      return Problem::key_revoked;
    default:
      return Problem::key_syntax;
  }
}

void refuse(ValueVerdict& out, Fault fault) {
  out.result = result_of(fault.problem);
  out.fault = std::move(fault);
}

Fault unavailable(const Signature& signature, const SignatureValue& value) {
  return signature_fault(Problem::unavailable, signature.i,
                         fmt::format("{} cannot be checked: OpenSSL does not compute {} here",
                                     value.selector, value.algorithm_name));
}

void refuse_key(ValueVerdict& out, const Signature& signature, Problem problem) {
  refuse(out, signature_fault(problem, signature.i,
                              fmt::format("public key {} {}", out.selector, key_words(problem))));
}

// What is wrong with a record before any arithmetic. h=, n=, s= and t=s of DKIM have no meaning.
Problem problem_of(const dkim::KeyAnswer& answer, const dkim::Algorithm& algorithm) {
  if (answer.fault) return problem_of(answer.fault);
  if (answer.records.size() > 1) return Problem::key_multiple;
  const dkim::KeyRecord& record = answer.records.front();
  if (record.fault) return problem_of(record.fault);
  return record.key_type == algorithm.key_name ? Problem::none : Problem::key_mismatch;
}

}  // namespace

std::vector<ValueVerdict> ValueJudge::judge(const Signature& signature,
                                            const std::optional<std::string>& digest,
                                            dns::Client& client) {
  std::vector<ValueVerdict> out;
  for (const SignatureValue& value : signature.values) {
    ValueVerdict& verdict = out.emplace_back();
    verdict.group = value.group;
    verdict.selector = value.selector;
    verdict.algorithm = value.algorithm_name;
    judge_one(signature, value, digest, client, verdict);
  }
  return out;
}

void ValueJudge::judge_one(const Signature& signature, const SignatureValue& value,
                           const std::optional<std::string>& digest, dns::Client& client,
                           ValueVerdict& out) {
  if (value.algorithm == nullptr)
    return refuse(out, signature_fault(Problem::algorithm, signature.i,
                                       fmt::format("{} is signed by the unknown algorithm {}",
                                                   value.selector, value.algorithm_name)));
  if (!dkim::is_available(*value.algorithm)) return refuse(out, unavailable(signature, value));
  if (!value.key_name)
    return refuse(out, signature_fault(Problem::signature_syntax, signature.i, "syntax error"));
  if (!digest)
    return refuse(out, signature_fault(Problem::signature_missing, signature.i,
                                       "cannot be computed: fields that it signs are missing"));
  if (!asked_.contains(*value.key_name) && asked_.size() == kMaxKeyNames)
    return refuse(out, signature_fault(Problem::limit, signature.i, "names too many keys"));
  asked_.insert(*value.key_name);
  const dkim::KeyAnswer answer = dkim::ask_key(client, *value.key_name);
  if (!answer.pending) compute(signature, value, *digest, answer, out);
}

void ValueJudge::compute(const Signature& signature, const SignatureValue& value,
                         const std::string& digest, const dkim::KeyAnswer& answer,
                         ValueVerdict& out) {
  const Problem problem = problem_of(answer, *value.algorithm);
  if (!answer.records.empty()) out.testing = answer.records.front().testing;
  if (problem != Problem::none) return refuse_key(out, signature, problem);
  const std::string& data = answer.records.front().data;
  const crypto::PublicKey* key = cache_.read(value.algorithm->key, data);
  if (key == nullptr) return refuse_key(out, signature, Problem::key_syntax);
  out.key_bits = key->bits();
  if (key->type() == crypto::KeyType::rsa) {
    if (key->bits() > dkim::kMaxKeyBits) return refuse_key(out, signature, Problem::key_syntax);
    if (key->bits() < dkim::kMinKeyBits) return refuse_key(out, signature, Problem::key_too_short);
  }
  out.result = Result::pass;
  const crypto::Match match = cache_.verify(*value.algorithm, data, digest, value.bytes);
  if (match == crypto::Match::unknown) return refuse(out, unavailable(signature, value));
  if (match == crypto::Match::no)
    refuse(out, signature_fault(Problem::signature_mismatch, signature.i,
                                fmt::format("{} incorrect signature", value.selector)));
}

ValuesVerdict join(const std::vector<ValueVerdict>& values) {
  ValuesVerdict out;
  std::set<std::size_t> failed;
  bool any_pass = false, open_group = false;
  const ValueVerdict* worst = nullptr;
  const auto rank = [](const ValueVerdict& value) {
    if (value.result == Result::fail) return value.testing ? 1 : 4;
    return value.result == Result::permerror ? 3 : 2;
  };
  for (const ValueVerdict& value : values) {
    out.pending = out.pending || value.result == Result::none;
    any_pass = any_pass || value.result == Result::pass;
    if (value.result == Result::pass) continue;
    failed.insert(value.group);
    if (worst == nullptr || rank(value) > rank(*worst)) worst = &value;
  }
  if (out.pending || worst == nullptr) return out;
  for (const ValueVerdict& value : values) {
    if (!failed.contains(value.group)) return out;  // this group holds
  }
  // A group that DNS alone keeps from holding may hold yet, whatever is wrong with another.
  for (const std::size_t group : failed) {
    const bool open = std::ranges::all_of(values, [group](const ValueVerdict& value) {
      return value.group != group || value.result == Result::pass ||
             value.result == Result::temperror;
    });
    open_group = open_group || open;
  }
  if (open_group) {
    worst = &*std::ranges::find(values, Result::temperror, &ValueVerdict::result);
  }
  out.fault = worst->fault;
  out.testing_alone = worst->testing && worst->fault.problem == Problem::signature_mismatch;
  out.beside_unknown =
      any_pass && std::ranges::all_of(values, [](const ValueVerdict& value) {
        return value.result == Result::pass || value.fault.problem == Problem::algorithm;
      });
  return out;
}

}  // namespace emltrace::dkim2
