#include "report/json/auth.hpp"

#include <set>
#include <string>

#include "base/text.hpp"
#include "report/json/values.hpp"

namespace emltrace::report::json {
namespace {

/// The first of a name counts, as in RecordedMethod::property; an empty value is a null path.
void write_properties(Writer& out, const RecordedMethod& method) {
  const auto object = out.object("properties");
  std::set<std::string> told;
  for (const auto& [name, text] : method.properties) {
    if (!told.insert(text::to_valid_utf8(name)).second) continue;
    out.member(name, text.empty() ? std::string_view("<>") : std::string_view(text));
  }
}

void write_arc_result(Writer& out, const RecordedMethod& method) {
  const auto object = out.object();
  out.member("method", method.method);
  out.member("result", method.result);
  out.member("reason", method.reason);
  write_properties(out, method);
}

}  // namespace

void write(Writer& out, const arc::Set& set) {
  const auto object = out.object();
  out.member("instance", set.instance);
  out.member("line", set.line);
  out.member("domain", set.domain);
  out.member("selector", set.selector);
  out.member("cv", set.cv);
  out.member("seal", auth::to_string(set.seal));
  out.member("seal_problem", filled(set.seal_problem));
  out.member("message_signature", auth::to_string(set.message_signature));
  out.member("message_signature_problem", filled(set.message_signature_problem));
  out.member("signed_at", set.signed_at);
  out.member("authserv_id", set.authserv_id);
  const auto results = out.array("results");
  for (const auto& method : set.results) write_arc_result(out, method);
}

void write(Writer& out, const arc::Verdict& verdict) {
  const auto object = out.object();
  out.member("result", auth::to_string(verdict.result));
  out.member("problem", verdict.problem);
  out.member("oldest_pass", verdict.oldest_pass);
  out.member("sets", verdict.sets);
}

void write(Writer& out, const spf::Step& step) {
  const auto object = out.object();
  out.member("depth", step.depth);
  out.member("domain", step.domain);
  out.member("term", step.term);
  out.member("outcome", step.outcome);
}

void write(Writer& out, const spf::Verdict& verdict) {
  const auto object = out.object();
  out.member("identity", spf::to_string(verdict.identity));
  out.member("domain", filled(verdict.domain));
  out.member("ip", verdict.ip);
  out.member("result", auth::to_string(verdict.result));
  out.member("mechanism", verdict.mechanism);
  out.member("record", verdict.record);
  out.member("problem", verdict.problem);
  out.member("explanation", verdict.explanation);
  out.member("lookups", verdict.lookups);
  out.member("void_lookups", verdict.void_lookups);
  out.member("authenticated_data", verdict.authenticated_data);
  out.member("trail", verdict.trail);
}

void write(Writer& out, const dkim::RemovedLine& removed) {
  const auto object = out.object();
  out.member("line", removed.line);
  raw_member(out, "text", removed.text);
}

void write(Writer& out, const dkim::Repair& repair) {
  const auto object = out.object();
  {
    const auto changes = out.array("changes");
    for (const dkim::Change change : repair.changes) out.value(dkim::to_string(change));
  }
  out.member("signed_from", repair.signed_from);
  out.member("signed_subject", repair.signed_subject);
  out.member("removed", repair.removed);
  out.member("removed_more", repair.removed_more);
}

void write_dkim(Writer& out, const dkim::Verdict& verdict,
                std::optional<auth::Alignment> alignment) {
  const auto object = out.object();
  out.member("line", verdict.line);
  out.member("domain", verdict.domain);
  out.member("selector", verdict.selector);
  out.member("identity", verdict.identity);
  out.member("algorithm", verdict.algorithm);
  out.member("canonicalization", verdict.canonicalization);
  out.member("result", auth::to_string(verdict.result));
  out.member("problem", filled(dkim::to_string(verdict.problem)));
  out.member("detail", filled(verdict.detail));
  out.member("body_hash", dkim::to_string(verdict.body_hash));
  out.member("signature", dkim::to_string(verdict.signature));
  out.member("key_bits", verdict.key_bits);
  out.member("testing", verdict.testing);
  out.member("key_authenticated", verdict.key_authenticated);
  out.member("signed_headers", verdict.signed_headers);
  out.member("unsigned_headers", verdict.unsigned_headers);
  out.member("unsigned_bytes", verdict.unsigned_bytes);
  out.member("signed_at", verdict.signed_at);
  out.member("expires_at", verdict.expires_at);
  out.member("expired_since", verdict.expired_since);
  out.member("alignment", alignment ? std::optional(auth::to_string(*alignment)) : std::nullopt);
  out.member("mended", verdict.mended);
  out.member("verifies_after", verdict.verifies_after);
  out.member("repair", verdict.repair);
  const auto open = out.object("unsigned");
  out.member("fields", verdict.unsigned_fields);
  out.member("body_bytes", verdict.unsigned_bytes);
}

void write(Writer& out, const dmarc::WalkStep& step) {
  const auto object = out.object();
  out.member("name", step.name);
  out.member("outcome", step.outcome);
}

void write(Writer& out, const dmarc::Verdict& verdict) {
  const auto object = out.object();
  out.member("result", auth::to_string(verdict.result));
  out.member("mode", dmarc::to_string(verdict.mode));
  out.member("author_domain", verdict.author_domain);
  out.member("organizational_domain", verdict.organizational_domain);
  out.member("record_domain", verdict.record_domain);
  out.member("record", verdict.record);
  out.member("policy", verdict.policy);
  out.member("policy_tag", verdict.policy_tag);
  out.member("testing", verdict.testing);
  out.member("disposition", verdict.disposition);
  out.member("spf_aligned", verdict.spf_aligned);
  out.member("dkim_aligned", verdict.dkim_aligned);
  out.member("spf_alignment", auth::to_string(verdict.spf_alignment));
  out.member("aggregate_reports", verdict.aggregate_reports);
  out.member("failure_reports", verdict.failure_reports);
  out.member("warnings", verdict.warnings);
  out.member("problem", verdict.problem);
  out.member("authenticated_data", verdict.authenticated_data);
  out.member("walk", verdict.walk);
  out.member("passes_under", verdict.passes_under
                                 ? std::optional(dmarc::to_string(*verdict.passes_under))
                                 : std::nullopt);
}

void write(Writer& out, const trace::RecordedComparison& comparison) {
  const RecordedMethod& method = comparison.recorded.method;
  const auto object = out.object();
  out.member("line", comparison.recorded.line);
  out.member("header", comparison.recorded.header);
  out.member("authserv_id", comparison.recorded.authserv_id);
  out.member("trusted", comparison.trusted);
  out.member("method", method.method);
  out.member("result", method.result);
  out.member("recomputed", comparison.recomputed);
  out.member("agrees", comparison.agrees);
  out.member("difference", filled(comparison.reason));
  out.member("reason", method.reason);
  write_properties(out, method);
  out.member("comments", method.comments);
}

}  // namespace emltrace::report::json
