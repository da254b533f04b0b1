#include "report/summary/summary.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "report/summary/subject_shape.hpp"

namespace emltrace::report::summary {
namespace {

/// Of a value that is counted; a host's name is no longer.
constexpr std::size_t kMaxValue = 255;
constexpr unsigned kV4Network = 24;
constexpr unsigned kV6Network = 48;

void add_once(std::vector<std::string>& to, std::string_view value) {
  std::string lower = text::lower(text::head_of(value, kMaxValue));
  if (!lower.empty() && std::ranges::find(to, lower) == to.end()) to.push_back(std::move(lower));
}

/// The network of `length` bits, its host bits zero.
std::string network_of(const ip::Address& address) {
  const auto bytes = address.bytes();
  if (address.is_v4()) {
    return ip::Network(ip::Address::v4({bytes[0], bytes[1], bytes[2], 0}), kV4Network).text();
  }
  std::array<std::uint8_t, 16> prefix{};
  std::copy_n(bytes.begin(), kV6Network / 8, prefix.begin());
  return ip::Network(ip::Address::v6(prefix), kV6Network).text();
}

/// Null where only a country is known.
std::optional<std::string> system_of(const trace::Network& network) {
  if (!network.number) return std::nullopt;
  std::string text = "AS" + std::to_string(*network.number);
  if (network.name) text += " " + *network.name;
  return std::string(text::head_of(text, kMaxValue));
}

std::vector<std::string> recipients_of(const trace::Report& report) {
  std::vector<std::string> out;
  for (const auto* list : {&report.headers.to, &report.headers.cc}) {
    for (const Mailbox& mailbox : *list) {
      out.push_back(mailbox.address());
      if (!mailbox.display.empty()) out.push_back(mailbox.display);
    }
  }
  if (report.envelope.rcpt_to) out.push_back(*report.envelope.rcpt_to);
  return out;
}

void add_finding(Facts& facts, const trace::Finding& finding) {
  const std::string code(finding.code.text());
  const auto found =
      std::ranges::find(facts.findings, code, &std::pair<std::string, trace::Severity>::first);
  if (found == facts.findings.end()) {
    facts.findings.emplace_back(code, finding.severity);
  } else {
    found->second = std::max(found->second, finding.severity);
  }
}

/// What another text bears, or what is proved to be no signature, makes no copy of the message.
std::optional<SignedCopy> copy_of(const dkim2::Verdict& verdict) {
  const dkim2::SignatureVerdict* newest = verdict.newest();
  if (newest == nullptr || verdict.copy_key.empty() || !verdict.newest_matches() ||
      (newest->is_decided() && !newest->is_verified()))
    return std::nullopt;
  return SignedCopy{
      verdict.copy_key, std::string(text::head_of(newest->domain.value_or(""), kMaxValue)),
      newest->rcpt_to.size(), verdict.exploded, verdict.rcpt_to == dkim2::Match::mismatch};
}

}  // namespace

Facts facts_of(const trace::Report& report, std::vector<dns::Wait> waits) {
  Facts facts;
  facts.path = report.path;
  facts.index = report.index;
  facts.sha256 = report.sha256;
  facts.copy = copy_of(report.dkim2);
  facts.level = report.verdict.level;
  if (report.origin.ip) {
    facts.origin = report.origin.ip->text();
    facts.network = network_of(*report.origin.ip);
    if (report.enrichment.asn) facts.system = system_of(*report.enrichment.asn);
  }
  for (const Mailbox& mailbox : report.headers.from) add_once(facts.author_domains, mailbox.domain);
  for (const auto& verdict : report.dkim) {
    if (verdict.result == auth::Result::pass) add_once(facts.signers, verdict.domain.value_or(""));
  }
  if (report.headers.subject) {
    facts.subject = std::string(text::head_of(*report.headers.subject, kMaxValue));
    facts.shape = subject_shape(*report.headers.subject, recipients_of(report));
  }
  for (const trace::Finding& finding : report.findings) add_finding(facts, finding);
  facts.waits = std::move(waits);
  return facts;
}

Summary::Summary()
    : origins_(kCapacity),
      networks_(kCapacity),
      systems_(kCapacity),
      author_domains_(kCapacity),
      signers_(kCapacity),
      campaigns_(kCapacity) {}

void Summary::add(const Facts& facts) {
  ++messages_;
  ++levels_[static_cast<std::size_t>(facts.level)];
  if (facts.origin) origins_.add(*facts.origin, {});
  if (facts.network) networks_.add(*facts.network, {});
  if (facts.system) systems_.add(*facts.system, {});
  for (const auto& domain : facts.author_domains) author_domains_.add(domain, {});
  for (const auto& domain : facts.signers) signers_.add(domain, {});
  for (const auto& [code, severity] : facts.findings) {
    Told& told = findings_.try_emplace(code, Told{severity}).first->second;
    told.severity = std::max(told.severity, severity);
    ++told.messages;
  }
  add_campaign(facts);
  add_waits(facts.waits);
  add_hash(facts);
  add_copy(facts);
}

/// Without a network nothing says that two messages have one source.
void Summary::add_campaign(const Facts& facts) {
  if (!facts.network || facts.author_domains.empty()) return;
  const std::string& domain = facts.author_domains.front();
  campaigns_.add(*facts.network + '\n' + domain + '\n' + facts.shape,
                 {*facts.network, domain, facts.shape, facts.subject, {facts.path, facts.index}});
}

void Summary::add_waits(const std::vector<dns::Wait>& waits) {
  for (const auto& [question, time] : waits) {
    auto& longest = waits_.try_emplace(question, time).first->second;
    longest = std::max(longest, time);
    if (waits_.size() <= kSlowest) continue;
    waits_.erase(
        std::ranges::min_element(waits_, {}, [](const auto& entry) { return entry.second; }));
  }
}

void Summary::add_hash(const Facts& facts) {
  const auto found = hashes_.find(facts.sha256);
  if (found != hashes_.end()) {
    ++found->second.copies;
  } else if (hashes_.size() < kMaxHashes) {
    hashes_.emplace(facts.sha256, Seen{{facts.path, facts.index}, 1, hashes_.size()});
  } else {
    all_hashes_ = false;
  }
}

void Summary::add_copy(const Facts& facts) {
  if (!facts.copy) return;
  auto found = copies_.find(facts.copy->key);
  if (found == copies_.end()) {
    if (copies_.size() == kMaxHashes) {
      all_copies_ = false;
      return;
    }
    const RepeatedSigned row{*facts.copy, {facts.path, facts.index}, 0, 0, true};
    found = copies_.emplace(facts.copy->key, SeenCopy{row, facts.sha256, copies_.size()}).first;
  }
  auto& [row, first_sha256, order] = found->second;
  ++row.copies;
  row.elsewhere += facts.copy->elsewhere ? 1 : 0;
  row.identical = row.identical && facts.sha256 == first_sha256;
}

std::vector<RepeatedSigned> Summary::repeated_signed(std::size_t count) const {
  std::vector<const SeenCopy*> all;
  for (const auto& [key, seen] : copies_) {
    if (seen.row.copies > 1) all.push_back(&seen);
  }
  std::ranges::sort(all, [](const SeenCopy* a, const SeenCopy* b) {
    if (a->row.copies != b->row.copies) return a->row.copies > b->row.copies;
    return a->order < b->order;
  });
  std::vector<RepeatedSigned> out;
  for (const SeenCopy* seen : all) {
    if (out.size() == count) break;
    out.push_back(seen->row);
  }
  return out;
}

std::vector<HeavyHitters<Campaign>::Row> Summary::campaigns(std::size_t count) const {
  auto rows = campaigns_.top(count);
  std::erase_if(rows, [](const auto& row) { return row.least < 2; });
  return rows;
}

std::vector<Repeated> Summary::repeated(std::size_t count) const {
  std::vector<const std::pair<const std::string, Seen>*> all;
  for (const auto& entry : hashes_) {
    if (entry.second.copies > 1) all.push_back(&entry);
  }
  std::ranges::sort(all, [](const auto* a, const auto* b) {
    if (a->second.copies != b->second.copies) return a->second.copies > b->second.copies;
    return a->second.order < b->second.order;
  });
  std::vector<Repeated> out;
  for (const auto* entry : all) {
    if (out.size() == count) break;
    out.push_back({entry->first, entry->second.first, entry->second.copies});
  }
  return out;
}

std::vector<std::pair<std::string, Summary::Told>> Summary::findings() const {
  std::vector<std::pair<std::string, Told>> out(findings_.begin(), findings_.end());
  std::ranges::stable_sort(out, std::ranges::greater(),
                           [](const auto& row) { return row.second.messages; });
  return out;
}

std::vector<dns::Wait> Summary::slowest() const {
  std::vector<dns::Wait> out;
  for (const auto& [question, time] : waits_) out.push_back({question, time});
  std::ranges::stable_sort(out, std::ranges::greater(), &dns::Wait::time);
  return out;
}

}  // namespace emltrace::report::summary
