#include "auth/dmarc/walk.hpp"

#include <algorithm>

namespace emltrace::dmarc {
namespace {

// More records at one name than this are not read: two already void each other.
constexpr std::size_t kMaxTexts = 32;

void read_texts(WalkNode& node, const std::vector<std::string>& texts, Mode mode) {
  bool resembling = false;
  std::size_t valid = 0;
  for (std::size_t i = 0; i < std::min(texts.size(), kMaxTexts); ++i) {
    if (auto record = parse_record(texts[i], mode)) {
      if (++valid == 1) node.record = std::move(record);
    } else if (resembles_record(texts[i])) {
      resembling = true;
    }
  }
  node.several = valid > 1;
  if (node.several) node.record.reset();
  node.step.outcome = node.several  ? "several-records"
                      : node.record ? "record"
                      : resembling  ? "invalid-record"
                                    : "no-record";
}

// If the name has eight labels or more, seven are kept; from there on one less each time.
std::vector<DomainName> targets(const DomainName& start) {
  std::vector<DomainName> names{start};
  const std::size_t labels = start.label_count();
  for (std::size_t count = std::min(labels - 1, kMaxWalkQueries - 1); count > 0; --count) {
    names.push_back(start.last_labels(count));
  }
  return names;
}

}  // namespace

WalkNode query_record(dns::Client& client, const DomainName& domain, Mode mode) {
  WalkNode node{domain, {"_dmarc." + domain.text(), "no-such-name"}, {}, {}, {}, {}, {}, {}};
  const auto name = domain.with_prefix("_dmarc");
  if (!name) return node;  // too long to exist
  const dns::Answer& answer = client.ask({*name, dns::Type::txt});
  node.authenticated = answer.authenticated;
  switch (answer.status) {
    case dns::Status::ok:
      read_texts(node, answer.texts(), mode);
      break;
    case dns::Status::no_data:
      node.step.outcome = "no-record";
      break;
    case dns::Status::no_such_name:
      break;
    case dns::Status::pending:
      node.pending = true;
      node.step.outcome = "pending";
      break;
    case dns::Status::failed:
    case dns::Status::timed_out:
    case dns::Status::refused:
      node.error = true;
      node.step.outcome = "error";
      node.reason =
          answer.reason.empty() ? std::string(dns::to_string(answer.status)) : answer.reason;
      break;
  }
  return node;
}

bool Walk::pending() const {
  return std::any_of(nodes.begin(), nodes.end(), [](const WalkNode& n) { return n.pending; });
}

const WalkNode* Walk::error() const {
  const auto found =
      std::find_if(nodes.begin(), nodes.end(), [](const WalkNode& n) { return n.error; });
  return found == nodes.end() ? nullptr : &*found;
}

std::optional<std::size_t> Walk::find(const DomainName& domain) const {
  const auto found = std::find_if(nodes.begin(), nodes.end(),
                                  [&](const WalkNode& n) { return n.domain == domain; });
  if (found == nodes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - nodes.begin());
}

Walk walk_tree(dns::Client& client, const DomainName& start) {
  Walk walk;
  bool stopped = false;
  for (const DomainName& target : targets(start)) {
    WalkNode node = query_record(client, target, Mode::rfc9989);
    if (stopped) continue;
    stopped = node.record && node.record->psd != PublicSuffix::unknown;
    walk.nodes.push_back(std::move(node));
  }
  return walk;
}

std::optional<DomainName> organizational_domain(const Walk& walk) {
  if (walk.pending() || walk.error() != nullptr) return std::nullopt;
  const DomainName& start = walk.nodes.front().domain;
  const DomainName* fewest = nullptr;
  for (const WalkNode& node : walk.nodes) {
    if (!node.record) continue;
    if (node.record->psd == PublicSuffix::no) return node.domain;
    if (node.record->psd == PublicSuffix::yes && node.domain != start) {
      return start.last_labels(node.domain.label_count() + 1);
    }
    fewest = &node.domain;
  }
  return fewest != nullptr ? *fewest : start;
}

}  // namespace emltrace::dmarc
