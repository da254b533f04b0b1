#include "auth/dkim2/signature_input.hpp"

#include <map>

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace emltrace::dkim2 {
namespace {

// Each item up to its second colon, and what joins the items.
std::string items_without_values(std::string_view list) {
  std::string out;
  int colons = 0;
  for (const char c : list) {
    if (c == ',' || c == '|') colons = 0;
    if (colons < 2) out += c;
    if (c == ':') ++colons;
  }
  return out;
}

// After each instance from the first on, as long as none is missing, the digest of all up to it.
std::vector<crypto::Digest> instance_prefixes(const Chain& chain, dkim::LineEnds ends) {
  std::vector<crypto::Digest> out{crypto::Digest(crypto::Hash::sha256)};
  while (const Instance* next = chain.instance(out.size())) {
    out.push_back(out.back());
    out.back().update(signed_text(*next->field, ends));
  }
  return out;
}

}  // namespace

std::string signed_text(const Field& field, dkim::LineEnds ends) {
  std::string out =
      dkim::canonical_field(dkim::field_text(field), dkim::Canonicalization::relaxed, ends);
  std::erase_if(out, text::is_wsp);
  return out;
}

std::string without_values(std::string_view signed_text) {
  constexpr std::string_view kEnd = "\r\n";
  const std::size_t colon = signed_text.find(':');
  std::string out(signed_text.substr(0, colon + 1));
  std::string_view rest = signed_text.substr(colon + 1);
  rest.remove_suffix(kEnd.size());
  bool first = true;
  for (const std::string_view tag : text::split(rest, ';')) {
    if (!first) out += ';';
    first = false;
    const std::size_t equals = tag.find('=');
    const bool values = text::iequals(tag.substr(0, equals), "s") && equals != tag.npos;
    out += values ? tag.substr(0, equals + 1) : tag;
    if (values) out += items_without_values(tag.substr(equals + 1));
  }
  out += kEnd;
  return out;
}

std::vector<std::optional<std::string>> signature_digests(const Chain& chain, dkim::LineEnds ends) {
  std::vector<std::optional<std::string>> out(chain.signatures.size());
  if (!crypto::is_available(crypto::Hash::sha256)) return out;
  const auto prefixes = instance_prefixes(chain, ends);
  std::vector<std::string> earlier;
  for (std::size_t at = 0; at < chain.signatures.size(); ++at) {
    const Signature& signature = chain.signatures[at];
    const bool next = signature.i == at + 1 && chain.signature(at + 1) != nullptr;
    if (!next || signature.field->raw.size() > kMaxSignatureBytes) break;
    std::string own = signed_text(*signature.field, ends);
    if (signature.m && *signature.m < prefixes.size()) {
      crypto::Digest digest = prefixes[*signature.m];
      for (const std::string& text : earlier) digest.update(text);
      digest.update(without_values(own));
      out[at] = digest.finish();
    }
    earlier.push_back(std::move(own));
  }
  return out;
}

}  // namespace emltrace::dkim2
