#include "cli/dns_choice.hpp"

#include <utility>

#include "dns/offline.hpp"
#include "dns/zone.hpp"
#include "report/library/settled.hpp"
#include "report/version.hpp"

namespace emltrace::cli {
namespace {

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
  if (options.replay) {
    auto replay = dns::Replay::open(*options.replay);
    if (!replay) return Error{"--replay: " + replay.error()};
    choice.recorded_now_ = replay->head().now;
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

Result<void> DnsChoice::save(std::vector<std::string> inputs, Instant now) const {
  if (!record_) return {};
  return recording_->write(
      *record_, {std::string(report::version()), std::move(inputs), source_->servers(), now});
}

}  // namespace emltrace::cli
