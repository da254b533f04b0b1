#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "dns/client.hpp"

/// Inside of Analysis: what is done again in a round of DNS answers, and what is not.
namespace emltrace::trace {

using FailedQuestions = std::map<dns::Question, std::string>;  ///< with the reason

/// Hands questions on, and remembers which got no answer yet and which failed.
class Watch final : public dns::Client {
 public:
  explicit Watch(dns::Client& client) : client_(client) {}
  const dns::Answer& ask(const dns::Question& question) override {
    const dns::Answer& answer = client_.ask(question);
    pending_ = pending_ || answer.pending();
    if (answer.error()) failed_.emplace(question, answer.reason);
    return answer;
  }
  /// Some question since the beginning is still open.
  [[nodiscard]] bool pending() const { return pending_; }
  [[nodiscard]] FailedQuestions take_failed() { return std::move(failed_); }

 private:
  dns::Client& client_;
  bool pending_ = false;
  FailedQuestions failed_;
};

/// A part of the analysis that asks. Its result is final once all its answers are in, unless what
/// it rests on changes.
class Part {
 public:
  /// Does the work unless it is final; `anew` is true where what it rests on was done in this
  /// round. Tells whether it was done.
  template <class Work>
  bool run(dns::Client& client, bool anew, const Work& work) {
    if (final_ && !anew) return false;
    Watch watch(client);
    work(watch);
    final_ = !watch.pending();
    failed_ = watch.take_failed();
    return true;
  }
  [[nodiscard]] bool is_final() const { return final_; }
  /// The questions of the last time that failed.
  [[nodiscard]] const FailedQuestions& failed() const { return failed_; }

 private:
  bool final_ = false;
  FailedQuestions failed_;
};

struct Parts {
  Part route, dkim, arc, dkim2, spf, dmarc, vouched;

  /// Something is not known yet: what was found may still change.
  [[nodiscard]] bool open() const {
    return !std::ranges::all_of(all(), [](const Part* part) { return part->is_final(); });
  }
  [[nodiscard]] FailedQuestions failed() const {
    FailedQuestions failed;
    for (const Part* part : all()) failed.insert(part->failed().begin(), part->failed().end());
    return failed;
  }

 private:
  [[nodiscard]] std::array<const Part*, 7> all() const {
    return {&route, &dkim, &arc, &dkim2, &spf, &dmarc, &vouched};
  }
};

}  // namespace emltrace::trace
