#include "cli/dns_choice.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "dns/offline.hpp"
#include "dns/zone.hpp"
#include "report/version.hpp"

namespace emltrace::cli {
namespace {

constexpr std::string_view kOffline = "offline";

using SourceResult = Result<std::unique_ptr<dns::Source>>;

SourceResult open_zones(const std::vector<std::string>& paths) {
  auto zone = std::make_unique<dns::Zone>();
  for (const std::string& path : paths) {
    if (auto added = zone->add_file(path); !added) return Error{"--zone: " + added.error()};
  }
  return SourceResult(std::move(zone));
}

/// Sockets that a batch can use, and what is asked of the system for it.
constexpr std::size_t kSockets = 4096;
constexpr rlim_t kFiles = 2 * kSockets;

/// A batch has thousands of questions under way: what the system allows for the asking is taken.
void raise_limit_of_files() {
  struct rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= kFiles) return;
  files.rlim_cur = std::min(files.rlim_max, kFiles);
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &files));
}

}  // namespace

Result<DnsChoice> DnsChoice::open(const Options& options) {
  DnsChoice choice;
  choice.terms_ = {options.deadline, options.trust_ad};
  if (options.replay) {
    auto replay = dns::Replay::open(*options.replay);
    if (!replay) return Error{"--replay: " + replay.error()};
    choice.terms_.trust_ad = options.trust_ad || replay->head().trust_ad;
    auto owned = std::make_unique<dns::Replay>(std::move(*replay));
    choice.replay_ = owned.get();
    choice.source_ = std::move(owned);
  } else if (!options.zones.empty()) {
    auto zones = open_zones(options.zones);
    if (!zones) return Error{zones.error()};
    choice.source_ = std::move(*zones);
  } else if (options.offline) {
    choice.source_ = std::make_unique<dns::Offline>();
  } else {
    auto settings = report::library::resolver_options(options.resolvers, options.timeout);
    settings.keep = options.record.has_value();
    settings.max_sockets = kSockets;
    raise_limit_of_files();
    auto owned = std::make_unique<dns::Resolver>(std::move(settings));
    choice.resolver_ = owned.get();
    choice.source_ = std::move(owned);
  }
  choice.record_ = options.record;
  return choice;
}

bool DnsChoice::available() const {
  return (replay_ != nullptr ? std::string_view(replay_->head().mode) : source_->mode()) !=
         kOffline;
}

std::size_t DnsChoice::input_of(const std::string& sha256, std::size_t index) const {
  return replay_->find_input(sha256, index).value_or(index);
}

void DnsChoice::settle(report::library::Tracing& tracing, std::size_t index) {
  if (replay_ == nullptr) return tracing.settle(*source_);
  dns::Replay own = replay_->of_input(input_of(tracing.analysis().sha256(), index));
  tracing.settle(own);
}

void DnsChoice::complete(trace::DnsSummary& summary, const std::string& sha256,
                         std::size_t index) const {
  if (replay_ == nullptr) return;
  const dns::TapeHead& head = replay_->head();
  summary.recorded = head.mode;
  const auto input = replay_->find_input(sha256, index);
  if (input && *input < head.elapsed_ms.size()) summary.elapsed_ms = head.elapsed_ms[*input];
}

void DnsChoice::record(const dns::Known& known, const std::string& sha256,
                       trace::DnsSummary& summary) {
  const std::size_t input = head_.inputs.size();
  summary.cached = 0;
  for (const auto& [question, answer] : known.answers()) {
    if (!recording_.add(input, question, answer)) ++summary.cached;
  }
  head_.inputs.push_back(sha256);
  head_.elapsed_ms.push_back(summary.elapsed_ms);
}

Result<void> DnsChoice::save(Instant now, bool now_given) {
  if (!record_ || head_.inputs.empty()) return {};
  head_.now = now;
  head_.now_given = now_given;
  head_.version = report::version();
  head_.servers = source_->servers();
  head_.trust_ad = terms_.trust_ad;
  head_.zone_skipped = source_->skipped();
  head_.mode =
      replay_ != nullptr && !replay_->head().mode.empty() ? replay_->head().mode : source_->mode();
  return recording_.write(*record_, head_);
}

}  // namespace emltrace::cli
