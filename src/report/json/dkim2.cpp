#include "auth/dkim2/dkim2.hpp"

#include "base/text.hpp"
#include "report/json/auth.hpp"
#include "report/json/values.hpp"

namespace emltrace::report::json {

void write(Writer& out, const dkim2::SeenField& field) {
  const auto object = out.object();
  out.member("line", field.line);
  out.member("header", field.header);
  out.member("domain", field.domain);
  out.member("hop", field.hop);
  out.member("revision", field.revision);
  out.member("signed_at", field.signed_at);
  out.member("mail_from", path(field.mail_from));
  out.member("rcpt_to", field.rcpt_to);
  const auto tags = out.array("tags");
  for (const auto& [name, text] : field.tags) {
    const auto tag = out.object();
    out.member("name", name);
    out.member("value", text);
  }
}

void write(Writer& out, const dkim2::Place& place) {
  const auto object = out.object();
  out.member("i", place.i);
  out.member("m", place.m);
}

void write(Writer& out, const dkim2::ValueVerdict& value) {
  const auto object = out.object();
  out.member("group", value.group);
  out.member("selector", value.selector);
  out.member("algorithm", value.algorithm);
  out.member("result", auth::to_string(value.result));
  out.member("problem", filled(dkim2::to_string(value.fault.problem)));
  out.member("key_bits", value.key_bits);
  out.member("testing", value.testing);
}

void write(Writer& out, const dkim2::SignatureVerdict& signature) {
  const auto object = out.object();
  out.member("line", signature.line);
  out.member("i", signature.i);
  out.member("m", signature.m);
  out.member("domain", signature.domain);
  out.member("signed_at", signature.signed_at);
  out.member("expired_since", signature.expired_since);
  out.member("mail_from", path(signature.mail_from));
  out.member("rcpt_to", signature.rcpt_to);
  out.member("next_domain", signature.next_domain);
  out.member("nonce", signature.nonce);
  out.member("flags", signature.flags);
  out.member("result", auth::to_string(signature.result));
  out.member("problem", filled(dkim2::to_string(signature.fault.problem)));
  out.member("custody", dkim2::to_string(signature.custody));
  out.member("hop", signature.hop);
  out.member("values", signature.values);
}

void write(Writer& out, const dkim2::CheckedHashes& hashes) {
  const auto object = out.object();
  out.member("group", hashes.group);
  out.member("algorithm", hashes.algorithm);
  out.member("header", dkim2::to_string(hashes.header));
  out.member("body", dkim2::to_string(hashes.body));
}

void write(Writer& out, const dkim2::InstanceVerdict& instance) {
  const auto object = out.object();
  out.member("line", instance.line);
  out.member("m", instance.m);
  out.member("signed_by", instance.signed_by);
  out.member("hashes", instance.hashes);
  out.member("recipe", dkim2::to_string(instance.recipe));
}

void write(Writer& out, const dkim2::Modification& change) {
  const auto object = out.object();
  out.member("m", change.m);
  out.member("i", change.i);
  out.member("domain", change.domain);
  out.member("what", dkim2::to_string(change.change.what));
  out.member("name", filled(change.change.name));
  out.member("before", change.change.before);
  out.member("after", change.change.after);
  out.member("lines_added", change.change.lines_added);
  out.member("lines_removed", change.change.lines_removed);
  out.member("proved", change.proved);
}

void write(Writer& out, const dkim2::Original& original) {
  const auto object = out.object();
  out.member("subject", original.subject);
  out.member("from", original.from);
  out.member("body_sha256", original.body_sha256);
  out.member("body_lines", original.body_lines);
  out.member("text", original.text);
  out.member("text_cut", original.text_cut);
}

void write(Writer& out, const dkim2::Verdict& verdict) {
  const auto object = out.object();
  const bool present = verdict.is_present();
  const bool faulty = verdict.problem != dkim2::Problem::none;
  out.member("result", auth::to_string(verdict.result));
  out.member("problem", filled(dkim2::to_string(verdict.problem)));
  out.member("detail", filled(verdict.detail));
  out.member("at", faulty ? std::optional(verdict.at) : std::nullopt);
  out.member("passes_under", verdict.passes_under);
  out.member("rules", present ? std::optional(dkim2::to_string(verdict.rules)) : std::nullopt);
  {
    const auto envelope = out.object("envelope");
    out.member("mail_from", dkim2::to_string(verdict.mail_from));
    out.member("rcpt_to", dkim2::to_string(verdict.rcpt_to));
  }
  out.member("custody", dkim2::to_string(verdict.custody));
  out.member("from_authentic", verdict.from_authentic);
  out.member("mended", verdict.mended);
  out.member("fields", verdict.fields);
  out.member("signatures", verdict.signatures);
  out.member("instances", verdict.instances);
  out.member("modifications", verdict.modifications);
  out.member("original", verdict.original);
  const auto replay = out.object("replay");
  out.member("key", filled(verdict.replay_key));
  out.member("copy_key", filled(verdict.copy_key));
  out.member("exploded", verdict.exploded);
}

}  // namespace emltrace::report::json
