#include "cli/dns_choice.hpp"

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

}  // namespace

Result<DnsChoice> DnsChoice::open(const Options& options) {
  DnsChoice choice;
  choice.terms_ = {options.deadline, options.trust_ad};
  if (options.replay) {
    auto replay = dns::Replay::open(*options.replay);
    if (!replay) return Error{"--replay: " + replay.error()};
    choice.replayed_ = replay->head();
    choice.terms_.trust_ad = options.trust_ad || replay->head().trust_ad;
    choice.source_ = std::make_unique<dns::Replay>(std::move(*replay));
  } else if (!options.zones.empty()) {
    auto zones = open_zones(options.zones);
    if (!zones) return Error{zones.error()};
    choice.source_ = std::move(*zones);
  } else if (options.offline) {
    choice.source_ = std::make_unique<dns::Offline>();
  } else {
    choice.source_ = report::library::live_source(options.resolvers, options.timeout);
  }
  if (options.record) {
    choice.record_ = options.record;
    choice.recording_ = std::make_unique<dns::Recording>();
    choice.recorder_ = std::make_unique<dns::Recorder>(*choice.source_, *choice.recording_);
  }
  return choice;
}

bool DnsChoice::available() const {
  return (replayed_ ? std::string_view(replayed_->mode) : source_->mode()) != kOffline;
}

void DnsChoice::complete(trace::DnsSummary& summary, const std::string& input,
                         std::size_t index) const {
  if (!replayed_) return;
  summary.recorded = replayed_->mode;
  const bool same = index < replayed_->inputs.size() && replayed_->inputs[index] == input;
  if (same && index < replayed_->elapsed_ms.size())
    summary.elapsed_ms = replayed_->elapsed_ms[index];
}

Result<void> DnsChoice::save(dns::TapeHead head) const {
  if (!record_) return {};
  head.version = report::version();
  head.servers = source_->servers();
  head.trust_ad = terms_.trust_ad;
  head.zone_skipped = source_->skipped();
  head.mode = replayed_ && !replayed_->mode.empty() ? replayed_->mode : source_->mode();
  return recording_->write(*record_, head);
}

}  // namespace emltrace::cli
