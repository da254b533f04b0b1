#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/status.hpp"
#include "dns/question.hpp"
#include "intake/item.hpp"
#include "report/library/settled.hpp"
#include "report/summary/summary.hpp"
#include "trace/report.hpp"

namespace emltrace::cli {

/// One message under way.
struct Job {
  std::size_t index = 0;  ///< among the messages of the run, 0 is the first
  intake::Item item;
  std::unique_ptr<report::library::Tracing> tracing;  ///< null until it is begun
  std::string refusal;  ///< why there is nothing to trace; empty where there is
};

/// A message that was traced, as it counts for the progress of the run.
struct Done {
  trace::Level level = trace::Level::clean;
  std::size_t bytes = 0;  ///< of its input
  bool in_archive = false;
};

/// What became of a message, or of an input that gave none.
struct Outcome {
  std::string complaint;  ///< one line for standard error, unescaped; empty: there is none
  Status status = Status::traced;
  std::string bytes;                            ///< as they are printed
  std::optional<report::summary::Facts> facts;  ///< where a summary is wanted
  std::optional<Done> done;                     ///< null where nothing was traced
  std::optional<trace::Report> report;  ///< where it is made into bytes only when its turn comes
  std::shared_ptr<Job> job;             ///< with that report
};

/// What is done with messages. An exception from `step` or `finish` is told as that message's.
class Work {
 public:
  virtual ~Work() = default;
  /// Begins the message, or goes on with it. The questions that must be answered before the next
  /// step; none: it can be finished. In any thread, for several messages at once.
  [[nodiscard]] virtual std::vector<dns::Question> step(Job& job) = 0;
  /// In any thread too.
  [[nodiscard]] virtual Outcome finish(const std::shared_ptr<Job>& job) = 0;
  /// One after the other, in order. False: no more can be done with what follows.
  [[nodiscard]] virtual bool deliver(Outcome outcome) = 0;
  /// From time to time, never beside `deliver`.
  virtual void tick() {}
};

/// What is told where the program itself failed with that message.
[[nodiscard]] Outcome broken(const Job& job, const std::exception& error);

}  // namespace emltrace::cli
