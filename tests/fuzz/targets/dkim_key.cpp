#include "auth/dkim/key.hpp"
#include "base/base64.hpp"
#include "base/tag_list.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

void check_tags(std::string_view input) {
  const TagList tags = TagList::parse(input);
  expect(tags.problem_offset <= input.size(), "a problem lies in the text");
  for (const Tag& tag : tags.tags) {
    expect_inside(tag.name, input, "a name lies in the text");
    expect_inside(tag.value, input, "a value lies in the text");
    expect(tag.offset <= input.size(), "a tag has its place in the text");
  }
}

void check_key(const std::string& data) {
  dkim::KeyCache cache;
  for (const auto type : {crypto::KeyType::rsa, crypto::KeyType::ed25519}) {
    const crypto::PublicKey* key = cache.read(type, data);
    if (key == nullptr) continue;
    expect(key->type() == type && key->bits() > 0, "a key has its type and a size");
    // Larger ones are never computed with.
    if (key->bits() > dkim::kMaxKeyBits) continue;
    const std::string hashed = crypto::digest(crypto::Hash::sha256, data);
    expect(key->verify(crypto::Hash::sha256, hashed, data) == crypto::Match::no,
           "a key is no signature of itself");
  }
}

void run(std::string_view input) {
  check_tags(input);
  const dkim::KeyRecord record = dkim::parse_key_record(input);
  expect(!record.data.empty() || record.fault, "a record without a key has a fault");
  check_key(record.data);
  check_key(std::string(input));
  expect(base64_decode(base64_encode(input)) == input, "base64 is read back");
}

Inputs seeds() {
  Inputs out = text_records("v=DKIM1");
  for (const char* begin : {"k=", "p=", "t=", "h=", "n="}) {
    for (std::string& text : text_records(begin)) out.push_back(std::move(text));
  }
  for (const std::string& text : Inputs(out)) {
    const auto key = dkim::parse_key_record(text).data;
    if (!key.empty()) out.push_back(key);
  }
  return out;
}

const Registration registration({"dkim_key", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
