#include "auth/dkim2/original.hpp"

#include <utility>

#include "base/text.hpp"
#include "message/charset.hpp"
#include "message/encoded_word.hpp"
#include "message/mime.hpp"

namespace emltrace::dkim2 {
namespace {

std::optional<std::string> topmost(const State& state, const std::string& name) {
  const auto& fields = state.fields(name);
  if (fields.empty()) return std::nullopt;
  return fields.back().value;
}

// The fields that tell how the body is to be read, and the body.
std::string entity_of(State& state) {
  std::string out;
  for (const char* name : {"content-type", "content-transfer-encoding"}) {
    if (const auto value = topmost(state, name)) out += std::string(name) + ": " + *value + "\r\n";
  }
  out += "\r\n";
  for (const std::string_view line : state.lines()) {
    out += line;
    out += "\r\n";
  }
  return out;
}

const mime::Part* first_text(const mime::Part& part) {
  if (part.parts.empty()) return part.type.starts_with("text/") ? &part : nullptr;
  for (const mime::Part& inner : part.parts) {
    if (const mime::Part* found = first_text(inner)) return found;
  }
  return nullptr;
}

void read_text(State& state, Original& out) {
  const std::string entity = entity_of(state);
  const mime::Part whole = mime::read(entity);
  const mime::Part* part = first_text(whole);
  if (part == nullptr) return;
  std::string text = part->decoded().value_or(std::string(part->body));
  const auto charset = mime::parameter(part->content_type, "charset");
  out.text_cut = text.size() > kMaxOriginalText;
  if (out.text_cut) text.resize(kMaxOriginalText);
  out.text = to_utf8(text, charset.value_or("utf-8")).value_or(std::move(text));
}

}  // namespace

Original read_original(State& state, const InstanceCheck& check) {
  Original out;
  if (check.header_matches) {
    out.from = topmost(state, "from");
    if (const auto subject = topmost(state, "subject"))
      out.subject = decode_encoded_words(*subject);
  }
  if (check.body_matches) {
    if (crypto::is_available(crypto::Hash::sha256))
      out.body_sha256 = crypto::hex(state.body_hash(crypto::Hash::sha256));
    out.body_lines = state.lines().size();
    read_text(state, out);
  }
  return out;
}

}  // namespace emltrace::dkim2
