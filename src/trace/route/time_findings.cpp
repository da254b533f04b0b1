#include "trace/route/time_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "trace/clock/date_shape.hpp"
#include "trace/clock/skew_model.hpp"
#include "trace/clock/stamps.hpp"
#include "trace/clock/token.hpp"
#include "trace/clock/zone_gloss.hpp"
#include "trace/finding/sentence.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

std::int64_t seconds_of(Instant instant) {
  return instant.time_since_epoch().count();
}

std::string host_of(const Hop& hop) {
  if (hop.received.by.host) return text::lower(*hop.received.by.host);
  if (hop.received.by.ip) return hop.received.by.ip->text();
  return fmt::format("#{}", hop.number);  // an unknown host shares its clock with nobody
}

std::string name_of(const Hop& hop) {
  return hop.received.by.host.value_or(words<"host-of-hop">(with<"hop">(hop.number)));
}

class TimeExaminer {
 public:
  TimeExaminer(std::span<const Hop> hops, std::span<const Judgement> judgements,
               const Headers& headers, Instant now)
      : hops_(hops), judgements_(judgements), headers_(headers), now_(now) {
    for (const Hop& hop : hops_) {
      if (hop.received.stamp) stamped_.push_back(&hop);
    }
  }

  std::vector<Finding> run() {
    for (const Hop& hop : hops_) examine_stamp(hop);
    examine_order();
    examine_gaps();
    examine_date();
    examine_future();
    return std::move(findings_);
  }

 private:
  Finding& add(const Hop& hop, Sentence sentence, Evidence evidence) {
    findings_.push_back(make_finding(hop, std::move(sentence), std::move(evidence)));
    return findings_.back();
  }

  [[nodiscard]] Standing standing(const Hop& hop) const {
    return judgements_[static_cast<std::size_t>(hop.number - 1)].standing;
  }

  void examine_stamp(const Hop& hop) {
    if (!hop.received.stamp) {
      if (hop.received.is_trace)
        add(hop, say<"stamp-missing">(), {{"written", hop.received.stamp_raw}});
      return;
    }
    for (Finding& finding : date_shape_findings(*hop.received.stamp, hop.received.stamp_raw,
                                                words<"subject-stamp">())) {
      finding.hop = hop.number;
      finding.line = hop.line;
      finding.offset = hop.offset;
      // A server takes the weekday and the zone from its clock; only a hand gets them wrong. But
      // for a clock that prints the day of another zone.
      const bool computed = finding.code == "weekday-wrong" || finding.code == "zone-impossible";
      const bool clumsy = weekday_fits_another_zone(*hop.received.stamp, hop.received.stamp_raw);
      if (finding.code == "weekday-wrong" && clumsy) {
        finding.severity = Severity::info;
      } else if (computed && !is_recipients(standing(hop))) {
        finding.severity = Severity::medium;
      }
      findings_.push_back(std::move(finding));
    }
  }

  void examine_order() {
    std::vector<Stamp> stamps;
    stamps.reserve(stamped_.size());
    for (const Hop* hop : stamped_)
      stamps.push_back({host_of(*hop), seconds_of(hop->received.stamp->instant)});
    const std::vector<Fit> fits = fit_clocks(stamps);
    for (std::size_t i = 0; i < fits.size(); ++i) {
      if (fits[i] != Fit::ordered) tell_order(*stamped_[i], *stamped_[i + 1], fits[i]);
    }
  }

  void tell_order(const Hop& older, const Hop& newer, Fit fit) {
    const std::int64_t delay =
        seconds_of(newer.received.stamp->instant) - seconds_of(older.received.stamp->instant);
    Evidence evidence{{"delay_s", std::to_string(delay)},
                      {"stamp", newer.received.stamp_raw},
                      {"older_hop", std::to_string(older.number)},
                      {"older_stamp", older.received.stamp_raw}};
    const std::string early = duration_text(delay);
    switch (fit) {
      case Fit::ordered:
        return;
      case Fit::skewed:
        add(newer,
            say<"clock-skew/clocks">(with<"newer">(name_of(newer)), with<"span">(early),
                                     with<"older">(name_of(older))),
            std::move(evidence));
        return;
      case Fit::zone:
        add(newer,
            say<"clock-skew/zone">(with<"newer">(name_of(newer)), with<"span">(early),
                                   with<"older">(name_of(older))),
            std::move(evidence))
            .severity = Severity::low;
        return;
      case Fit::reversed:
        add(newer, say<"time-reversed">(with<"span">(early), with<"hop">(older.number)),
            std::move(evidence));
        return;
    }
  }

  void examine_gaps() {
    for (std::size_t i = 1; i < stamped_.size(); ++i) {
      const Hop& newer = *stamped_[i];
      const Hop& older = *stamped_[i - 1];
      const std::int64_t delay =
          seconds_of(newer.received.stamp->instant) - seconds_of(older.received.stamp->instant);
      if (delay <= kLongDelay) continue;
      Finding& finding =
          add(newer,
              say<"time-gap">(with<"span">(duration_text(delay)), with<"older">(name_of(older)),
                              with<"newer">(name_of(newer))),
              {{"delay_s", std::to_string(delay)}, {"older_hop", std::to_string(older.number)}});
      finding.severity = severity_of_gap(newer, older, delay);
    }
  }

  // Retries last for days (RFC 5321 4.5.4.1), moderators let a message wait at one host, and lists
  // archive; a line copied from an older message lies weeks below its new neighbours.
  Severity severity_of_gap(const Hop& newer, const Hop& older, std::int64_t delay) const {
    const bool one_system =
        related(host_name(newer.received.by.host), host_name(older.received.by.host));
    if (one_system || delay <= kRetrySpan) return Severity::info;
    return is_recipients(standing(older)) || delay <= kLongestQueue ? Severity::low
                                                                    : Severity::medium;
  }

  // The first receipt that can be believed: the oldest stamp of the recipient's side, else the
  // oldest one not disproved.
  [[nodiscard]] const Hop* first_receipt() const {
    const auto trusted = std::find_if(stamped_.begin(), stamped_.end(), [this](const Hop* hop) {
      return is_recipients(standing(*hop));
    });
    if (trusted != stamped_.end()) return *trusted;
    return first_undisproved();
  }

  [[nodiscard]] const Hop* first_undisproved() const {
    const auto found = std::find_if(stamped_.begin(), stamped_.end(), [this](const Hop* hop) {
      return !is_disproved(standing(*hop));
    });
    return found == stamped_.end() ? nullptr : *found;
  }

  void examine_date() {
    if (!headers_.date) return;
    const std::int64_t written = seconds_of(headers_.date->instant);
    if (const Hop* hop = first_receipt()) {
      const std::int64_t ahead = written - seconds_of(hop->received.stamp->instant);
      if (ahead > kDateAhead)
        findings_.push_back(
            make_finding(say<"date-after-receipt">(with<"span">(duration_text(ahead)),
                                                   with<"host">(name_of(*hop))),
                         {{"date", headers_.date_raw},
                          {"stamp", hop->received.stamp_raw},
                          {"hop", std::to_string(hop->number)}}));
    }
    if (const Hop* hop = first_undisproved()) {
      const std::int64_t age = seconds_of(hop->received.stamp->instant) - written;
      if (age > kDateBehind)
        findings_.push_back(make_finding(
            say<"date-far/past">(with<"span">(duration_text(age)), with<"host">(name_of(*hop))),
            {{"date", headers_.date_raw},
             {"stamp", hop->received.stamp_raw},
             {"hop", std::to_string(hop->number)}}));
    } else if (written - seconds_of(now_) > kDateInFuture) {
      findings_.push_back(make_finding(
          say<"date-far/future">(with<"span">(duration_text(written - seconds_of(now_)))),
          {{"date", headers_.date_raw}}));
    }
  }

  void examine_future() {
    const auto ahead = [this](const Hop& hop) {
      return seconds_of(hop.received.stamp->instant) - seconds_of(now_);
    };
    const auto found = std::find_if(stamped_.rbegin(), stamped_.rend(), [&ahead](const Hop* hop) {
      return ahead(*hop) > kMaxClockError;
    });
    if (found == stamped_.rend()) return;
    const Hop& hop = **found;
    add(hop, say<"clock-skew/future">(with<"span">(duration_text(ahead(hop)))),
        {{"stamp", hop.received.stamp_raw}, {"now", format_rfc3339(now_)}})
        .severity = Severity::low;
  }

  std::span<const Hop> hops_;
  std::span<const Judgement> judgements_;
  const Headers& headers_;
  Instant now_;
  std::vector<const Hop*> stamped_;  // oldest first
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> time_findings(std::span<const Hop> hops, std::span<const Judgement> judgements,
                                   const Headers& headers, Instant now) {
  return TimeExaminer(hops, judgements, headers, now).run();
}

}  // namespace emltrace::trace
