#include <string>

#include "auth/dkim/signature.hpp"
#include "base/text.hpp"
#include "fuzz/seeds.hpp"
#include "message/message.hpp"

namespace emltrace::fuzz {
namespace {

void check_value(const dkim::Signature& signature, const Field& field) {
  expect(signature.value.end() <= field.raw.size(), "the value of b= lies in the field");
  const dkim::FieldText text = dkim::field_text(field);
  for (const auto form : {dkim::Canonicalization::simple, dkim::Canonicalization::relaxed}) {
    const std::string signed_text =
        dkim::canonical_signature_field(text, signature.value, form, dkim::LineEnds::lf);
    expect(!signed_text.ends_with('\n'), "the signature field is signed without its line end");
  }
}

void check(const Field& field, dkim::SignatureKind kind) {
  const dkim::Signature signature = dkim::parse_signature(field, kind);
  expect(signature.headers.size() <= dkim::kMaxSignedNames, "the number of names is bounded");
  for (const auto view : {signature.domain_text, signature.selector_text, signature.algorithm_text,
                          signature.canonicalization_text, signature.chain_status}) {
    if (view) expect_inside(*view, field.raw, "a tag's value lies in the field");
  }
  for (const std::string& name : signature.headers) {
    expect(name == text::lower(name), "h= is in lower case");
  }
  if (signature.key_name) {
    expect(signature.domain && signature.key_name->is_within(*signature.domain),
           "a key is asked for below d=");
  }
  if (!signature.fault) {
    expect(signature.domain && signature.key_name && signature.algorithm != nullptr,
           "what has no fault can be verified");
  }
  check_value(signature, field);
}

void run(std::string_view input) {
  const std::string bytes = "DKIM-Signature:" + std::string(input);
  const Message message = Message::parse(bytes);
  for (const Field& field : message.fields()) {
    check(field, dkim::SignatureKind::dkim);
    check(field, dkim::SignatureKind::arc_message);
    check(field, dkim::SignatureKind::arc_seal);
  }
  expect(dkim::decode_dkim_quoted_printable(input).size() <= input.size(), "decoding adds nothing");
}

const Registration registration({"dkim_signature", run, [] {
                                   return field_bodies(
                                       {"DKIM-Signature", "ARC-Seal", "ARC-Message-Signature"});
                                 }});

}  // namespace
}  // namespace emltrace::fuzz
