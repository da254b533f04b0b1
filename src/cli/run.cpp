#include "cli/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

#include "auth/dmarc/org_domain.hpp"
#include "base/signal_guard.hpp"
#include "cli/dns_choice.hpp"
#include "cli/output.hpp"
#include "cli/places.hpp"
#include "cli/read_options.hpp"
#include "report/escape.hpp"
#include "report/exchange/authres.hpp"
#include "report/html/html.hpp"
#include "report/json/catalogue.hpp"
#include "report/json/json.hpp"
#include "report/library/settled.hpp"
#include "report/text/catalogue.hpp"
#include "report/text/text.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::cli {
namespace {

constexpr std::size_t kDefaultWidth = 100;

/// One line on standard error. Where that is closed there is nobody to tell.
void complain(std::string_view reason) {
  std::string line = "emltrace: " + report::for_terminal(reason) + '\n';
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
    if (written <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// The status that stands for both, by the order in which they are listed in Status.
Status worse(Status a, Status b) {
  constexpr std::array kOrder{Status::internal_error, Status::reader_gone, Status::not_written,
                              Status::wrong_usage,    Status::not_read,    Status::level_reached,
                              Status::undecided,      Status::traced};
  return *std::min(std::find(kOrder.begin(), kOrder.end(), a),
                   std::find(kOrder.begin(), kOrder.end(), b));
}

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

/// One run over all inputs.
class Run {
 public:
  Run(const Options& options, const trace::Wanted& wanted, const Outputs& outputs, DnsChoice& dns,
      Output& output)
      : options_(options),
        dns_(dns),
        output_(output),
        outputs_(outputs),
        analysis_(options.analysis),
        page_(options.verbose),
        authserv_id_(options.authserv_id.value_or(host_name())) {
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
    while (auto next = reader.next()) {
      if (const auto* fault = std::get_if<intake::Fault>(&*next)) {
        complain(fault->path + ": " + fault->message);
        if (fault->kind != intake::Fault::Kind::note) note(Status::not_read);
      } else if (const auto& item = std::get<intake::Item>(*next); !take(item) || !trace(item)) {
        broken_ = true;
        break;
      }
    }
    finish();
    return status_;
  }

 private:
  void note(Status status) { status_ = worse(status_, status); }

  bool refuse(const std::string& reason, Status status) {
    complain(reason);
    note(status);
    return false;
  }

  /// The output is made once there is something to read, and never in its place. False where it
  /// cannot be.
  bool take(const intake::Item& item) {
    if (item.file != last_file_) {
      last_file_ = item.file;
      if (const auto clash = outputs_.clash_with_input(item.file))
        return refuse(*clash, Status::wrong_usage);
    }
    if (options_.quiet || text_) return true;
    if (const auto opened = output_.open(); !opened)
      return refuse(opened.error(), Status::not_written);
    text_ = text_options(options_, output_);
    return true;
  }

  /// False where nothing more can be written.
  bool trace(const intake::Item& item) {
    trace::Analysis analysis(item, analysis_);
    if (analysis_.border && *analysis_.border > analysis.hop_count()) {
      complain(fmt::format("--border: {}: there is no hop {}, the message has {}", item.path,
                           *analysis_.border, analysis.hop_count()));
      note(Status::wrong_usage);
      return true;
    }
    trace::Report report = report::library::settled_report(analysis, dns_.source(), dns_.terms());
    dns_.complete(report.dns, report.sha256, traced_++);
    if (options_.record) {
      head_.inputs.push_back(report.sha256);
      head_.elapsed_ms.push_back(report.dns.elapsed_ms);
    }
    judge(report);
    return options_.quiet || print(report, item);
  }

  void judge(const trace::Report& report) {
    if (!options_.fail_on) return;
    if (report.verdict.level >= *options_.fail_on) {
      note(Status::level_reached);
    } else if (report.dns.failed > report.enrichment.failed && analysis_.dns_available) {
      note(Status::undecided);
    }
  }

  [[nodiscard]] std::string format(const trace::Report& report, const intake::Item& item) {
    switch (options_.format) {
      case Format::text:
        return (printed_ ? "\n" : "") + report::to_text(report, *text_);
      case Format::json:
        return report::to_json(report, report::JsonLayout::indented);
      case Format::ndjson:
        return report::to_json(report, report::JsonLayout::line);
      case Format::html:
        return page_.add(report, item);
      case Format::authres:
        return report::to_authres(report, authserv_id_);
    }
    return {};
  }

  bool print(const trace::Report& report, const intake::Item& item) {
    const std::string bytes = format(report, item);
    printed_ = true;
    return write(bytes);
  }

  bool write(const std::string& bytes) {
    const auto written = output_.write(bytes);
    if (written) return true;
    if (!output_.reader_gone()) return refuse(written.error(), Status::not_written);
    note(Status::reader_gone);
    return false;
  }

  void finish() {
    const auto check = [this](const Result<void>& done, std::string_view option) {
      if (!done) refuse(std::string(option) + done.error(), Status::not_written);
    };
    if (printed_ && options_.format == Format::html) broken_ = broken_ || !write(page_.end());
    if (printed_ && !broken_) check(output_.commit(), "");
    // Evidence that was gathered is kept whatever became of the report.
    head_.now = analysis_.now;
    head_.now_given = analysis_.now_given;
    if (traced_ > 0) check(dns_.save(head_), "--record: ");
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
  bool broken_ = false;  ///< the run ended early: what is written is not whole
  std::string last_file_;
  std::size_t traced_ = 0;
  dns::TapeHead head_;  ///< of the recording; without inputs where none is made
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
  } catch (const std::exception& error) {
    complain(std::string("internal error: ") + error.what());
    return static_cast<int>(Status::internal_error);
  }
}

}  // namespace emltrace::cli
