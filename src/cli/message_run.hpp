#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "cli/batch.hpp"
#include "cli/dns_choice.hpp"
#include "cli/job.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/places.hpp"
#include "cli/printer.hpp"
#include "cli/progress.hpp"
#include "intake/reader.hpp"
#include "report/summary/summary.hpp"
#include "trace/analyse.hpp"

namespace emltrace::cli {

/// One run over the messages of all inputs. A message that is alone is traced where it is read; for
/// more there is a Batch.
class MessageRun final : public Work {
 public:
  /// All of them must outlive it.
  MessageRun(const Options& options, const trace::Wanted& wanted, const Outputs& outputs,
             DnsChoice& dns, Output& output);

  /// Called once.
  [[nodiscard]] Status all();

 private:
  void note(Status status) { status_ = worse(status_, status); }
  /// Always false.
  bool refuse(const std::string& reason, Status status);
  void tell(const std::string& complaint);

  // What is read. Each is false where nothing that follows can be done.

  bool enter(std::variant<intake::Item, intake::Fault> entry);
  bool take(const intake::Item& item);
  bool end(const std::string& reason, Status status);
  bool trace_first();
  void begin_batch();
  void end_batch();

  // What is done with a message, in any thread.

  bool begin(Job& job) const;
  std::vector<dns::Question> step(Job& job) override;
  Outcome finish(const std::shared_ptr<Job>& job) override;
  [[nodiscard]] Status judge(const trace::Report& report) const;
  void make_bytes(const trace::Report& report, const intake::Item& item, Outcome& outcome) const;

  // What is written, in order.

  bool deliver(Outcome outcome) override;
  void tick() override { progress_.tick(); }
  void count(const Outcome& outcome);
  void finish_in_turn(Outcome& outcome);
  void refuse_second(Outcome& outcome);
  [[nodiscard]] Result<void> open_output();
  bool print(const std::string& bytes);
  bool write(const std::string& bytes);
  void print_summary();
  void finish_output();

  const Options& options_;
  const Outputs& outputs_;
  DnsChoice& dns_;
  Output& output_;
  trace::Options analysis_;
  Printer printer_;
  Progress progress_;
  report::summary::Summary summary_;

  Status status_ = Status::traced;
  bool printed_ = false;
  bool second_refused_ = false;
  bool broken_ = false;     ///< what is written is not whole, and nothing more can be
  bool cut_short_ = false;  ///< by a signal: what is written is not all
  std::string last_file_;
  std::shared_ptr<Job> first_;  ///< which no other has followed yet
  std::size_t messages_ = 0;
  std::size_t traced_ = 0;
  std::optional<Batch> batch_;  ///< last: it uses the others
};

}  // namespace emltrace::cli
