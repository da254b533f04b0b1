#include "auth/dkim2/instance.hpp"

#include <algorithm>

#include "auth/dkim2/tags.hpp"
#include "base/base64.hpp"

namespace emltrace::dkim2 {
namespace {

std::optional<crypto::Hash> known_hash(std::string_view name) {
  std::optional<crypto::Hash> hash;
  if (name == "sha256") hash = crypto::Hash::sha256;
  if (name == "sha512") hash = crypto::Hash::sha512;
  return hash && crypto::is_available(*hash) ? hash : std::nullopt;
}

class Reader {
 public:
  explicit Reader(const Field& field) : tags_(Tags::parse(field.body)) { out_.field = &field; }

  Instance read() {
    const auto m = tags_.find("m");
    if (m) out_.m = read_ordinal(*m);
    if (!tags_.well_formed || (m && !out_.m)) syntax();
    const auto h = tags_.find("h");
    if (!m) missing("m");
    if (!h) missing("h");
    if (h) read_hashes(*h);
    if (const auto r = tags_.find("r")) {
      out_.recipe = base64_decode(*r);
      if (!out_.recipe) syntax();
    }
    return std::move(out_);
  }

 private:
  void fault(Problem problem, std::string_view words) {
    if (!out_.fault) out_.fault = instance_fault(problem, out_.m, words);
  }
  void syntax() { fault(Problem::instance_syntax, "syntax error"); }
  void missing(std::string_view tag) {
    fault(Problem::tag_missing, "tag=" + std::string(tag) + " missing");
  }

  void read_hashes(std::string_view value) {
    for (const ListItem& item : read_groups(value)) {
      if (out_.hashes.size() == kMaxHashSets) return fault(Problem::limit, "has too many hashes");
      const auto parts = read_triple(item.text);
      const auto header = parts ? base64_decode(parts->second) : std::nullopt;
      const auto body = parts ? base64_decode(parts->third) : std::nullopt;
      if (!header || !body || header->empty() || body->empty()) {
        syntax();
        continue;
      }
      const bool twice = std::ranges::any_of(out_.hashes, [&](const HashSet& other) {
        return other.group == item.group && other.algorithm == parts->first;
      });
      if (twice) fault(Problem::duplicate_hash, "has a duplicate hash algorithm");
      out_.groups = item.group;
      out_.hashes.push_back(
          {item.group, std::string(parts->first), known_hash(parts->first), *header, *body});
    }
  }

  Tags tags_;
  Instance out_;
};

}  // namespace

Instance parse_instance(const Field& field) {
  return Reader(field).read();
}

}  // namespace emltrace::dkim2
