#include "cli/message_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <string_view>
#include <thread>
#include <utility>

#include "base/signal_guard.hpp"
#include "cli/analysis.hpp"
#include "cli/complaint.hpp"
#include "report/library/settled.hpp"

namespace emltrace::cli {
namespace {

/// What a batch holds at once: messages read ahead, under way, and reports that wait for their
/// turn.
constexpr std::size_t kBatchBytes = std::size_t{48} << 20;
/// Reports that wait for their turn beside as many messages as may be under way.
constexpr std::size_t kWaiting = 4096;

/// What is written may share a terminal with what is told on standard error.
bool reports_on_terminal(const Options& options) {
  return !options.quiet && !options.output && ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace

MessageRun::MessageRun(const Options& options, const trace::Wanted& wanted, const Outputs& outputs,
                       DnsChoice& dns, Output& output)
    : options_(options),
      outputs_(outputs),
      dns_(dns),
      output_(output),
      analysis_(analysis_options(options, dns)),
      printer_(options),
      progress_(options.progress, options.input, reports_on_terminal(options)) {
  analysis_.enrich = wanted;
}

Status MessageRun::all() {
  intake::Options input = options_.input;
  input.terminal_ready = [&input] { greet_terminal(input.files_from == "-"); };
  intake::Reader reader(input);
  // A list of files is read as it is written: its first message waits for no second one.
  if (input.files_from) begin_batch();
  while (auto next = reader.next()) {
    if (!enter(std::move(*next))) break;
  }
  if (!broken_) static_cast<void>(trace_first());
  end_batch();
  finish_output();
  return status_;
}

bool MessageRun::refuse(const std::string& reason, Status status) {
  tell(reason);
  note(status);
  return false;
}

void MessageRun::tell(const std::string& complaint) {
  progress_.hide();
  complain(complaint);
}

bool MessageRun::enter(std::variant<intake::Item, intake::Fault> entry) {
  if (interrupted()) return false;
  if (const auto* fault = std::get_if<intake::Fault>(&entry)) {
    Outcome outcome;
    outcome.complaint = fault->path + ": " + fault->message;
    if (fault->kind != intake::Fault::Kind::note) outcome.status = Status::not_read;
    return trace_first() &&
           (batch_ ? batch_->add(std::move(outcome)) : deliver(std::move(outcome)));
  }
  auto& item = std::get<intake::Item>(entry);
  if (!take(item)) return false;
  if (first_) begin_batch();
  Job job{messages_++, std::move(item), nullptr, {}};
  if (batch_) return batch_->add(std::move(job));
  first_ = std::make_shared<Job>(std::move(job));
  return true;
}

// The output is made once there is something to read, and never in its place.
bool MessageRun::take(const intake::Item& item) {
  if (item.file != last_file_) {
    last_file_ = item.file;
    if (const auto clash = outputs_.clash_with_input(item.file))
      return end(*clash, Status::wrong_usage);
  }
  const auto opened = open_output();
  return opened || end(opened.error(), Status::not_written);
}

// What was read before is told before the reason for which the run ends.
bool MessageRun::end(const std::string& reason, Status status) {
  if (trace_first()) end_batch();
  broken_ = true;
  return refuse(reason, status);
}

// The message that no other has followed is traced here: it pays for no thread.
bool MessageRun::trace_first() {
  const std::shared_ptr<Job> job = std::exchange(first_, nullptr);
  if (!job) return true;
  try {
    if (begin(*job)) dns_.settle(*job->tracing, job->index);
    return deliver(finish(job));
  } catch (const std::exception& error) {
    return deliver(broken(*job, error));
  }
}

void MessageRun::begin_batch() {
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t jobs = options_.jobs.value_or(cores);
  const std::size_t in_flight = jobs * options_.in_flight;
  ask_before_ending();
  batch_.emplace(
      Batch::Limits{jobs, in_flight, kBatchBytes, in_flight + kWaiting, !options_.unordered}, *this,
      dns_.resolver());
  if (first_) static_cast<void>(batch_->add(std::move(*std::exchange(first_, nullptr))));
}

void MessageRun::end_batch() {
  if (!batch_) return;
  batch_->finish();
  batch_.reset();
  if (!interrupted()) return;
  cut_short_ = true;
  summary_.cut_short();
  refuse(fmt::format("interrupted; messages traced: {}", traced_), Status::interrupted);
}

bool MessageRun::begin(Job& job) const {
  trace::Analysis analysis(job.item, analysis_);
  if (analysis_.border && *analysis_.border > analysis.hop_count()) {
    job.refusal = fmt::format("--border: {}: there is no hop {}, the message has {}", job.item.path,
                              *analysis_.border, analysis.hop_count());
    return false;
  }
  job.tracing = std::make_unique<report::library::Tracing>(std::move(analysis), dns_.terms());
  return true;
}

std::vector<dns::Question> MessageRun::step(Job& job) {
  if (!job.tracing && !begin(job)) return {};
  if (dns_.resolver() != nullptr) return job.tracing->step();
  dns_.settle(*job.tracing, job.index);
  return {};
}

Outcome MessageRun::finish(const std::shared_ptr<Job>& job) {
  Outcome outcome;
  if (!job->tracing) {
    outcome.complaint = job->refusal;
    outcome.status = Status::wrong_usage;
    return outcome;
  }
  trace::Report report = job->tracing->take(dns_.source());
  dns_.complete(report.dns, report.sha256, job->index);
  outcome.status = judge(report);
  outcome.done = {report.verdict.level, job->item.part ? 0 : job->item.original.size(),
                  job->item.path != job->item.file};
  if (options_.summary) {
    // Answers that are at hand take no time worth telling.
    auto waits =
        dns_.resolver() != nullptr ? job->tracing->rounds().slowest() : std::vector<dns::Wait>();
    outcome.facts = report::summary::facts_of(report, std::move(waits));
  }
  if (dns_.records() || printer_.is_document()) {
    outcome.report = std::move(report);
    outcome.job = job;
  } else if (!options_.quiet) {
    make_bytes(report, job->item, outcome);
  }
  return outcome;
}

void MessageRun::make_bytes(const trace::Report& report, const intake::Item& item,
                            Outcome& outcome) const {
  auto made = printer_.format(report, item, outcome.complaint);
  if (made) {
    outcome.bytes = *std::move(made);
  } else {
    outcome.complaint = made.error();
    outcome.status = worse(outcome.status, Status::not_read);
  }
}

Status MessageRun::judge(const trace::Report& report) const {
  if (!options_.fail_on) return Status::traced;
  if (report.verdict.level >= *options_.fail_on) return Status::level_reached;
  const bool open = report.dns.failed > report.enrichment.failed && analysis_.dns_available;
  return open ? Status::undecided : Status::traced;
}

bool MessageRun::deliver(Outcome outcome) {
  try {
    if (outcome.report) finish_in_turn(outcome);
    if (printed_ && printer_.is_single()) refuse_second(outcome);
    note(outcome.status);
    count(outcome);
    if (!outcome.complaint.empty()) tell(outcome.complaint);
    const bool goes_on = outcome.bytes.empty() || print(outcome.bytes);
    progress_.tick();
    return goes_on;
  } catch (const std::exception& error) {
    refuse(reason_of(error), Status::internal_error);
    return true;
  }
}

void MessageRun::count(const Outcome& outcome) {
  if (outcome.done) {
    ++traced_;
    progress_.count(*outcome.done);
  }
  if (outcome.facts) summary_.add(*outcome.facts);
  if (outcome.status == Status::internal_error) summary_.add_failed();
  if (outcome.status == Status::not_read && !outcome.done) summary_.add_unread();
}

// What depends on the messages before.
void MessageRun::finish_in_turn(Outcome& outcome) {
  trace::Report& report = *outcome.report;
  const Job& job = *outcome.job;
  if (dns_.records()) dns_.record(job.tracing->known(), report.sha256, report.dns);
  if (options_.quiet) return;
  if (printer_.is_document()) {
    outcome.bytes = printer_.add(report, job.item);
  } else {
    make_bytes(report, job.item, outcome);
  }
}

void MessageRun::refuse_second(Outcome& outcome) {
  if (outcome.bytes.empty()) return;
  outcome.bytes.clear();
  outcome.status = worse(outcome.status, Status::not_read);
  if (!std::exchange(second_refused_, true))
    outcome.complaint = "one output holds one report of -f arf: trace one message at a time";
}

Result<void> MessageRun::open_output() {
  const bool wanted = !options_.quiet || options_.summary;
  if (!wanted || printer_.has_begun()) return {};
  if (auto opened = output_.open(); !opened) return opened;
  printer_.begin(output_, analysis_.now);
  return {};
}

bool MessageRun::print(const std::string& bytes) {
  const bool follows = std::exchange(printed_, true);
  return write(follows ? std::string(printer_.separator()) + bytes : bytes);
}

bool MessageRun::write(const std::string& bytes) {
  if (reports_on_terminal(options_)) progress_.hide();
  const auto written = output_.write(bytes);
  if (written) return true;
  broken_ = true;
  if (!output_.reader_gone()) return refuse(written.error(), Status::not_written);
  note(Status::reader_gone);
  return false;
}

// Over no message too.
void MessageRun::print_summary() {
  if (const auto opened = open_output(); opened) {
    print(printer_.format(summary_));
  } else {
    broken_ = true;
    refuse(opened.error(), Status::not_written);
  }
}

void MessageRun::finish_output() {
  const auto check = [this](const Result<void>& done, std::string_view option) {
    if (!done) refuse(std::string(option) + done.error(), Status::not_written);
  };
  progress_.hide();
  if (printed_ && !broken_ && printer_.is_document()) write(printer_.end());
  if (options_.summary && !broken_) print_summary();
  if (printed_ && !broken_ && !cut_short_) check(output_.commit(), "");
  // Evidence that was gathered is kept whatever became of the report.
  check(dns_.save(analysis_.now, analysis_.now_given), "--record: ");
}

}  // namespace emltrace::cli
