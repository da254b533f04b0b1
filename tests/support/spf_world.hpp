#pragma once

#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/spf/spf.hpp"
#include "dns/known.hpp"
#include "dns/zone.hpp"

namespace emltrace::test {

/// A zone text with names that fail: at and below `timeout.*`, `servfail.*` and `refused.*`.
/// Remembers what was asked in which round.
class SpfWorld {
 public:
  explicit SpfWorld(const std::string& zone_text) {
    if (auto added = zone_.add_text(zone_text, "test.zone"); !added) {
      throw std::runtime_error(added.error());
    }
  }

  spf::Verdict check(const spf::Request& request) {
    dns::Known known;
    rounds_.clear();
    auto verdict = spf::check_host(known, request);
    for (auto missing = known.take_missing(); !missing.empty(); missing = known.take_missing()) {
      if (rounds_.size() > 64) throw std::runtime_error("it does not settle");
      auto& round = rounds_.emplace_back();
      for (const auto& question : missing) {
        round.push_back(dns::to_string(question));
        known.add(question, answer(question));
      }
      verdict = spf::check_host(known, request);
    }
    return verdict;
  }

  [[nodiscard]] const std::vector<std::vector<std::string>>& rounds() const { return rounds_; }
  void vouch() { vouched_ = true; }

 private:
  [[nodiscard]] dns::Answer answer(const dns::Question& question) const {
    const std::string& name = question.name.text();
    dns::Answer failed;
    if (name.starts_with("timeout.")) {
      failed.status = dns::Status::timed_out;
    } else if (name.starts_with("servfail.") || name.starts_with("8.2.0.192.")) {
      failed.status = dns::Status::failed;
      failed.reason = "SERVFAIL";
    } else if (name.starts_with("refused.")) {
      failed.status = dns::Status::refused;
    } else {
      auto found = zone_.lookup(question);
      found.authenticated = vouched_;
      return found;
    }
    return failed;
  }

  dns::Zone zone_;
  bool vouched_ = false;
  std::vector<std::vector<std::string>> rounds_;
};

}  // namespace emltrace::test
