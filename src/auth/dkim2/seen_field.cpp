#include "auth/dkim2/seen_field.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/base64.hpp"
#include "base/tag_list.hpp"
#include "base/text.hpp"

namespace emltrace::dkim2 {
namespace {

constexpr std::array<std::string_view, 2> kHeaders{"DKIM2-Signature", "Message-Instance"};
// Long and of no use to a reader: signatures, hashes, recipes.
constexpr std::array<std::string_view, 5> kOpaque{"b", "bh", "h", "r", "s"};

// mf= and rt= carry RFC 5321 paths in base64; an earlier version of the draft wrote them plainly.
std::optional<std::string> read_path(std::string_view written) {
  std::string path(written);
  if (written.find('@') == std::string_view::npos && written != "<>") {
    const auto decoded = base64_decode(written, true);
    if (!decoded) return std::nullopt;
    path = text::to_valid_utf8(*decoded);
  }
  if (path.size() < 2 || path.front() != '<' || path.back() != '>') {
    return path.find('@') != std::string::npos ? std::optional(path) : std::nullopt;
  }
  return path.substr(1, path.size() - 2);
}

void read_tag(SeenField& field, std::string_view name, std::string_view written) {
  const std::string value = text::without_space(written).substr(0, kMaxSeenValue);
  if (value.empty()) return;
  if (name == "d") {
    field.domain = value;
  } else if (name == "i" && field.header == kHeaders[0]) {
    field.hop = value;
  } else if (name == "m") {
    field.revision = value;
  } else if (name == "t") {
    field.signed_at = parse_epoch_seconds(value);
  } else if (name == "mf") {
    field.mail_from = read_path(value);
  } else if (name == "rt") {
    for (const std::string_view part : text::split(written, ',')) {
      if (field.rcpt_to.size() == kMaxSeenTags) break;
      if (auto path = read_path(text::without_space(part).substr(0, kMaxSeenValue)))
        field.rcpt_to.push_back(*std::move(path));
    }
  }
  const bool opaque = std::find(kOpaque.begin(), kOpaque.end(), name) != kOpaque.end();
  if (!opaque && field.tags.size() < kMaxSeenTags) field.tags.emplace_back(name, value);
}

}  // namespace

std::vector<SeenField> collect_seen(const Message& message) {
  std::vector<SeenField> all;
  for (const Field& source : message.fields()) {
    const auto header = std::find_if(kHeaders.begin(), kHeaders.end(), [&](std::string_view name) {
      return text::iequals(name, source.name);
    });
    if (header == kHeaders.end()) continue;
    if (all.size() == kMaxSeenFields) break;
    SeenField& field = all.emplace_back();
    field.line = source.line;
    field.header = std::string(*header);
    for (const Tag& tag : TagList::parse(source.body).tags) {
      read_tag(field, text::lower(tag.name), tag.value);
    }
  }
  return all;
}

}  // namespace emltrace::dkim2
