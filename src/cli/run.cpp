#include "cli/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "auth/dmarc/org_domain.hpp"
#include "base/descriptor.hpp"
#include "base/signal_guard.hpp"
#include "cli/batch.hpp"
#include "cli/complaint.hpp"
#include "cli/dns_choice.hpp"
#include "cli/job.hpp"
#include "cli/output.hpp"
#include "cli/places.hpp"
#include "cli/progress.hpp"
#include "cli/read_options.hpp"
#include "report/exchange/authres.hpp"
#include "report/html/html.hpp"
#include "report/json/catalogue.hpp"
#include "report/json/json.hpp"
#include "report/library/settled.hpp"
#include "report/summary/summary.hpp"
#include "report/text/catalogue.hpp"
#include "report/text/text.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::cli {
namespace {

constexpr std::size_t kDefaultWidth = 100;
/// What a batch holds at once: messages read ahead, under way, and reports that wait for their
/// turn.
constexpr std::size_t kBatchBytes = std::size_t{24} << 20;
/// Reports that wait for their turn beside as many messages as may be under way.
constexpr std::size_t kWaiting = 4096;

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
  return name.data();
}

report::TextOptions text_options(const Options& options, const Output& output) {
  // https://no-color.org: set and not empty.
  const char* no_color = std::getenv("NO_COLOR");
  const bool wanted =
      options.color == When::always || (options.color == When::automatic && output.is_terminal() &&
                                        (no_color == nullptr || *no_color == '\0'));
  return {wanted, options.width.value_or(output.terminal_width().value_or(kDefaultWidth)),
          options.verbose};
}

/// People who start the command without an argument wonder why nothing happens.
void greet_terminal(const intake::Options& input) {
  complain(input.files_from == "-"
               ? "reading from the terminal: paste names of files and end them with Ctrl-D"
               : "reading from the terminal: paste a message and end it with Ctrl-D");
}

/// What is written may share a terminal with what is told on standard error.
bool reports_on_terminal(const Options& options) {
  return !options.quiet && !options.output && ::isatty(STDOUT_FILENO) == 1;
}

/// One run over all inputs. A message that is alone is traced where it is read; for more there is a
/// Batch.
class Run final : public Work {
 public:
  Run(const Options& options, const trace::Wanted& wanted, const Outputs& outputs, DnsChoice& dns,
      Output& output)
      : options_(options),
        dns_(dns),
        output_(output),
        outputs_(outputs),
        analysis_(options.analysis),
        page_(options.verbose),
        authserv_id_(options.authserv_id.value_or(host_name())),
        progress_(options.progress, options.input, reports_on_terminal(options)) {
    const dns::TapeHead* replayed = dns.replayed();
    const bool told = !options.now && replayed != nullptr && replayed->now;
    analysis_.now = options.now.value_or(told ? *replayed->now : report::library::present());
    analysis_.now_given = options.now || (told && replayed->now_given);
    analysis_.dns_available = dns.available();
    analysis_.enrich = wanted;
  }

  Status all() {
    intake::Options input = options_.input;
    input.terminal_ready = [&input] { greet_terminal(input); };
    intake::Reader reader(input);
    // A list of files is read as it is written: its first message waits for no second one.
    if (input.files_from) begin_batch();
    while (auto next = reader.next()) {
      if (!enter(std::move(*next))) break;
    }
    if (!broken_) static_cast<void>(trace_first());
    end_batch();
    finish();
    return status_;
  }

 private:
  void note(Status status) { status_ = worse(status_, status); }

  bool refuse(const std::string& reason, Status status) {
    tell(reason);
    note(status);
    return false;
  }

  // ---- what is read

  /// False where nothing that follows can be done.
  bool enter(std::variant<intake::Item, intake::Fault> entry) {
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

  /// The output is made once there is something to read, and never in its place. False where it
  /// cannot be.
  bool take(const intake::Item& item) {
    if (item.file != last_file_) {
      last_file_ = item.file;
      if (const auto clash = outputs_.clash_with_input(item.file))
        return end(*clash, Status::wrong_usage);
    }
    const auto opened = open_output();
    return opened || end(opened.error(), Status::not_written);
  }

  /// Once; where something is to be written.
  Result<void> open_output() {
    if (!prints_ || text_) return {};
    if (auto opened = output_.open(); !opened) return opened;
    text_ = text_options(options_, output_);
    return {};
  }

  /// What was read before is told before the reason for which the run ends.
  bool end(const std::string& reason, Status status) {
    if (trace_first()) end_batch();
    broken_ = true;
    return refuse(reason, status);
  }

  /// The message that no other has followed is traced here: it pays for no thread.
  bool trace_first() {
    const std::shared_ptr<Job> job = std::exchange(first_, nullptr);
    if (!job) return true;
    try {
      if (begin(*job)) dns_.settle(*job->tracing, job->index);
      return deliver(finish(job));
    } catch (const std::exception& error) {
      return deliver(broken(*job, error.what()));
    }
  }

  void begin_batch() {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t jobs = options_.jobs.value_or(cores);
    const std::size_t in_flight = jobs * options_.in_flight;
    ask_before_ending();
    batch_.emplace(
        Batch::Limits{jobs, in_flight, kBatchBytes, in_flight + kWaiting, !options_.unordered},
        *this, dns_.resolver());
    if (first_) static_cast<void>(batch_->add(std::move(*std::exchange(first_, nullptr))));
  }

  void end_batch() {
    if (!batch_) return;
    batch_->finish();
    batch_.reset();
    if (!interrupted()) return;
    cut_short_ = true;
    summary_.cut_short();
    refuse(fmt::format("interrupted: {} messages were traced", traced_), Status::interrupted);
  }

  // ---- what is done with a message, in any thread

  /// False where there is nothing to trace.
  bool begin(Job& job) const {
    trace::Analysis analysis(job.item, analysis_);
    if (analysis_.border && *analysis_.border > analysis.hop_count()) {
      job.refusal = fmt::format("--border: {}: there is no hop {}, the message has {}",
                                job.item.path, *analysis_.border, analysis.hop_count());
      return false;
    }
    job.tracing = std::make_unique<report::library::Tracing>(std::move(analysis), dns_.terms());
    return true;
  }

  std::vector<dns::Question> step(Job& job) override {
    if (!job.tracing && !begin(job)) return {};
    if (dns_.resolver() != nullptr) return job.tracing->step();
    dns_.settle(*job.tracing, job.index);
    return {};
  }

  Outcome finish(const std::shared_ptr<Job>& job) override {
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
    if (options_.summary)
      outcome.facts = report::summary::facts_of(report, job->tracing->rounds().slowest());
    const bool in_turn = dns_.records() || options_.format == Format::html;
    if (!in_turn && !options_.quiet) outcome.bytes = format(report, job->item);
    if (in_turn) {
      outcome.report = std::move(report);
      outcome.job = job;
    }
    return outcome;
  }

  [[nodiscard]] Status judge(const trace::Report& report) const {
    if (!options_.fail_on) return Status::traced;
    if (report.verdict.level >= *options_.fail_on) return Status::level_reached;
    const bool open = report.dns.failed > report.enrichment.failed && analysis_.dns_available;
    return open ? Status::undecided : Status::traced;
  }

  /// Of every format that is made message by message.
  [[nodiscard]] std::string format(const trace::Report& report,
                                   const intake::Item& /*item*/) const {
    switch (options_.format) {
      case Format::text:
        return report::to_text(report, *text_);
      case Format::json:
        return report::to_json(report, report::JsonLayout::indented);
      case Format::ndjson:
        return report::to_json(report, report::JsonLayout::line);
      case Format::authres:
        return report::to_authres(report, authserv_id_);
      case Format::html:
        break;  // a document of all messages
    }
    return {};
  }

  // ---- what is written, in order

  bool deliver(Outcome outcome) override {
    try {
      note(outcome.status);
      if (outcome.done) {
        ++traced_;
        progress_.count(*outcome.done);
      } else {
        count_untraced(outcome.status);
      }
      if (outcome.facts) summary_.add(*outcome.facts);
      if (outcome.report) finish_in_turn(outcome);
      if (!outcome.complaint.empty()) tell(outcome.complaint);
      const bool goes_on = outcome.bytes.empty() || print(outcome.bytes);
      progress_.tick();
      return goes_on;
    } catch (const std::exception& error) {
      tell(std::string("internal error: ") + error.what());
      note(Status::internal_error);
      return true;
    }
  }

  void tick() override { progress_.tick(); }

  void count_untraced(Status status) {
    if (status == Status::internal_error) summary_.add_failed();
    if (status == Status::not_read) summary_.add_unread();
  }

  void tell(const std::string& complaint) {
    progress_.hide();
    complain(complaint);
  }

  /// What depends on the messages before.
  void finish_in_turn(Outcome& outcome) {
    trace::Report& report = *outcome.report;
    const Job& job = *outcome.job;
    if (dns_.records()) dns_.record(job.tracing->known(), report.sha256, report.dns);
    if (options_.quiet) return;
    outcome.bytes =
        options_.format == Format::html ? page_.add(report, job.item) : format(report, job.item);
  }

  bool print(const std::string& bytes) {
    const bool parted = options_.format == Format::text && std::exchange(printed_, true);
    printed_ = true;
    return write(parted ? '\n' + bytes : bytes);
  }

  bool write(const std::string& bytes) {
    if (beside_) progress_.hide();
    const auto written = output_.write(bytes);
    if (written) return true;
    broken_ = true;
    if (!output_.reader_gone()) return refuse(written.error(), Status::not_written);
    note(Status::reader_gone);
    return false;
  }

  /// Over no message too.
  void print_summary() {
    if (const auto opened = open_output(); !opened) {
      broken_ = !refuse(opened.error(), Status::not_written);
      return;
    }
    const bool indented = options_.format == Format::json;
    print(options_.format == Format::text ? summary_.to_text(*text_)
                                          : summary_.to_json(indented ? report::JsonLayout::indented
                                                                      : report::JsonLayout::line));
  }

  void finish() {
    const auto check = [this](const Result<void>& done, std::string_view option) {
      if (!done) refuse(std::string(option) + done.error(), Status::not_written);
    };
    if (printed_ && !broken_ && options_.format == Format::html) write(page_.end());
    progress_.hide();
    if (options_.summary && !broken_) print_summary();
    if (printed_ && !broken_ && !cut_short_) check(output_.commit(), "");
    // Evidence that was gathered is kept whatever became of the report.
    check(dns_.save(analysis_.now, analysis_.now_given), "--record: ");
  }

  const Options& options_;
  DnsChoice& dns_;
  Output& output_;
  const Outputs& outputs_;
  trace::Options analysis_;
  std::optional<report::TextOptions> text_;  ///< null until the output is open
  report::HtmlDocument page_;
  std::string authserv_id_;
  Status status_ = Status::traced;
  bool printed_ = false;
  bool broken_ = false;     ///< what is written is not whole, and nothing more can be
  bool cut_short_ = false;  ///< by a signal: what is written is not all
  std::string last_file_;
  std::shared_ptr<Job> first_;  ///< which no other has followed yet
  std::size_t messages_ = 0;
  std::size_t traced_ = 0;
  const bool prints_ = !options_.quiet || options_.summary;
  const bool beside_ = reports_on_terminal(options_);
  Progress progress_;
  report::summary::Summary summary_;
  std::optional<Batch> batch_;  ///< last: it uses the others
};

Status print_whole(Output& output, const std::string& text) {
  auto done = output.write(text);
  if (done) done = output.commit();
  if (done) return Status::traced;
  if (output.reader_gone()) return Status::reader_gone;
  complain(done.error());
  return Status::not_written;
}

report::JsonLayout layout_of(Format format) {
  return format == Format::ndjson ? report::JsonLayout::line : report::JsonLayout::indented;
}

std::string catalogue(const Options& options, const Output& output) {
  const bool text = options.format == Format::text;
  if (options.list_findings) {
    return text ? report::catalogue_text(text_options(options, output)) : report::catalogue_json();
  }
  std::string explained;
  for (const std::string& code : options.explain) {
    const trace::FindingKind& kind = *trace::find_kind(code);
    if (!text) {
      explained += report::kind_json(kind, layout_of(options.format));
      continue;
    }
    if (!explained.empty()) explained += '\n';
    explained += report::explain(kind, text_options(options, output));
  }
  return explained;
}

/// All that was wanted, in one. The error names the file that cannot be read.
Result<trace::Wanted> wanted_of(const Options& options) {
  trace::Wanted all;
  for (const trace::Wanted& wanted : options.enrich) {
    all.asn = all.asn || wanted.asn;
    all.abuse = all.abuse || wanted.abuse;
    all.dnsbl.insert(all.dnsbl.end(), wanted.dnsbl.begin(), wanted.dnsbl.end());
  }
  for (const std::string& path : options.mmdb) {
    auto file = trace::NetworkFile::open(path);
    if (!file) return Error{file.error()};
    all.files.push_back(*std::move(file));
  }
  return all;
}

Status wrong(const std::string& reason) {
  complain(reason);
  return Status::wrong_usage;
}

}  // namespace

Status run(const Options& options) {
  Output output(options.output);
  if (!options.explain.empty() || options.list_findings) {
    if (const auto opened = output.open(); !opened) {
      complain(opened.error());
      return Status::not_written;
    }
    return print_whole(output, catalogue(options, output));
  }
  const Outputs outputs(options);
  if (const auto clash = outputs.clash(options)) return wrong(*clash);
  if (options.psl) {
    if (auto used = auth::use_public_suffix_list(*options.psl); !used) {
      return wrong("--psl: " + used.error());
    }
  }
  const auto wanted = wanted_of(options);
  if (!wanted) return wrong("--mmdb: " + wanted.error());
  auto dns = DnsChoice::open(options);
  if (!dns) return wrong(dns.error());
  return Run(options, *wanted, outputs, *dns, output).all();
}

int command(int argc, const char* const* argv) {
  // A reader that goes away, or a limit on the size of files, is an error of the write that meets
  // it, not a reason to vanish.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  unlink_guarded_on_signals();
  try {
    auto options = read_options(argc, argv);
    if (const auto* chosen = std::get_if<Options>(&options)) return static_cast<int>(run(*chosen));
    const Stop& stop = std::get<Stop>(options);
    if (!stop.error) {
      Output output(std::nullopt);
      return static_cast<int>(print_whole(output, stop.text));
    }
    return static_cast<int>(wrong(stop.text));
  } catch (const std::bad_alloc&) {
    // What is said of it may need no memory.
    static_cast<void>(write_all(STDERR_FILENO, "emltrace: there is not enough memory\n"));
    return static_cast<int>(Status::internal_error);
  } catch (const std::exception& error) {
    complain(std::string("internal error: ") + error.what());
    return static_cast<int>(Status::internal_error);
  }
}

}  // namespace emltrace::cli
