#include <utility>

#include "report/json/value.hpp"

namespace emltrace::report::json {
namespace {

Json properties(const RecordedMethod& method) {
  Json out = Json::object();
  // The first of a name counts, as in RecordedMethod::property; an empty value is a null path.
  for (const auto& [name, text] : method.properties) {
    out.emplace(for_json(name), text.empty() ? Json("<>") : value(text));
  }
  return out;
}

Json arc_result(const RecordedMethod& method) {
  return {{"method", value(method.method)},
          {"result", value(method.result)},
          {"reason", value(method.reason)},
          {"properties", properties(method)}};
}

Json arc_set(const arc::Set& set) {
  Json results = Json::array();
  for (const auto& method : set.results) results.push_back(arc_result(method));
  return {{"instance", set.instance},
          {"line", set.line},
          {"domain", value(set.domain)},
          {"selector", value(set.selector)},
          {"cv", value(set.cv)},
          {"seal", auth::to_string(set.seal)},
          {"seal_problem", filled(set.seal_problem)},
          {"message_signature", auth::to_string(set.message_signature)},
          {"message_signature_problem", filled(set.message_signature_problem)},
          {"signed_at", value(set.signed_at)},
          {"authserv_id", value(set.authserv_id)},
          {"results", std::move(results)}};
}

}  // namespace

Json spf(const spf::Verdict& verdict) {
  Json trail = Json::array();
  for (const auto& step : verdict.trail) {
    trail.push_back({{"depth", step.depth},
                     {"domain", value(step.domain)},
                     {"term", value(step.term)},
                     {"outcome", value(step.outcome)}});
  }
  return {{"identity", spf::to_string(verdict.identity)},
          {"domain", filled(verdict.domain)},
          {"ip", value(verdict.ip)},
          {"result", auth::to_string(verdict.result)},
          {"mechanism", value(verdict.mechanism)},
          {"record", value(verdict.record)},
          {"problem", value(verdict.problem)},
          {"explanation", value(verdict.explanation)},
          {"lookups", verdict.lookups},
          {"void_lookups", verdict.void_lookups},
          {"authenticated_data", verdict.authenticated_data},
          {"trail", std::move(trail)}};
}

Json dkim(const dkim::Verdict& verdict, std::optional<auth::Alignment> alignment) {
  return {{"line", verdict.line},
          {"domain", value(verdict.domain)},
          {"selector", value(verdict.selector)},
          {"identity", value(verdict.identity)},
          {"algorithm", value(verdict.algorithm)},
          {"canonicalization", value(verdict.canonicalization)},
          {"result", auth::to_string(verdict.result)},
          {"problem", filled(dkim::to_string(verdict.problem))},
          {"detail", filled(verdict.detail)},
          {"body_hash", dkim::to_string(verdict.body_hash)},
          {"signature", dkim::to_string(verdict.signature)},
          {"key_bits", value(verdict.key_bits)},
          {"testing", verdict.testing},
          {"key_authenticated", verdict.key_authenticated},
          {"signed_headers", list(verdict.signed_headers)},
          {"unsigned_headers", list(verdict.unsigned_headers)},
          {"unsigned_bytes", verdict.unsigned_bytes},
          {"signed_at", value(verdict.signed_at)},
          {"expires_at", value(verdict.expires_at)},
          {"expired_since", verdict.expired_since},
          {"alignment", alignment ? Json(auth::to_string(*alignment)) : Json(nullptr)},
          {"mended", verdict.mended},
          {"verifies_after", list(verdict.verifies_after)}};
}

Json arc(const arc::Verdict& verdict) {
  Json sets = Json::array();
  for (const auto& set : verdict.sets) sets.push_back(arc_set(set));
  return {{"result", auth::to_string(verdict.result)},
          {"problem", value(verdict.problem)},
          {"oldest_pass", verdict.oldest_pass},
          {"sets", std::move(sets)}};
}

Json dmarc(const dmarc::Verdict& verdict) {
  Json walk = Json::array();
  for (const auto& step : verdict.walk) {
    walk.push_back({{"name", value(step.name)}, {"outcome", value(step.outcome)}});
  }
  return {{"result", auth::to_string(verdict.result)},
          {"mode", dmarc::to_string(verdict.mode)},
          {"author_domain", value(verdict.author_domain)},
          {"organizational_domain", value(verdict.organizational_domain)},
          {"record_domain", value(verdict.record_domain)},
          {"record", value(verdict.record)},
          {"policy", value(verdict.policy)},
          {"policy_tag", value(verdict.policy_tag)},
          {"testing", verdict.testing},
          {"disposition", value(verdict.disposition)},
          {"spf_aligned", value(verdict.spf_aligned)},
          {"dkim_aligned", value(verdict.dkim_aligned)},
          {"spf_alignment", auth::to_string(verdict.spf_alignment)},
          {"aggregate_reports", list(verdict.aggregate_reports)},
          {"failure_reports", list(verdict.failure_reports)},
          {"warnings", list(verdict.warnings)},
          {"problem", value(verdict.problem)},
          {"authenticated_data", verdict.authenticated_data},
          {"walk", std::move(walk)}};
}

Json recorded(const trace::RecordedComparison& comparison) {
  const RecordedMethod& method = comparison.recorded.method;
  return {{"line", comparison.recorded.line},
          {"header", value(comparison.recorded.header)},
          {"authserv_id", value(comparison.recorded.authserv_id)},
          {"trusted", comparison.trusted},
          {"method", value(method.method)},
          {"result", value(method.result)},
          {"recomputed", value(comparison.recomputed)},
          {"agrees", value(comparison.agrees)},
          {"difference", filled(comparison.reason)},
          {"reason", value(method.reason)},
          {"properties", properties(method)},
          {"comments", list(method.comments)}};
}

}  // namespace emltrace::report::json
