#include "cli/annotate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "cli/analysis.hpp"
#include "cli/complaint.hpp"
#include "intake/reader.hpp"
#include "intake/sources.hpp"
#include "intake/storage.hpp"
#include "report/exchange/annotated.hpp"
#include "report/library/settled.hpp"

namespace emltrace::cli {
namespace {

constexpr std::string_view kUnchanged = "; it is passed on unchanged";

Status wrong(std::string_view reason) {
  complain(reason);
  return Status::wrong_usage;
}

/// What stands between the messages of an mbox or an MMDF file.
bool is_between_messages(std::string_view bytes) {
  return bytes.find_first_not_of("\r\n\x01") == std::string_view::npos;
}

class Annotator {
 public:
  Annotator(const Options& options, DnsChoice& dns)
      : options_(options),
        dns_(dns),
        analysis_(analysis_options(options, dns)),
        authserv_id_(authserv_id(options)) {}

  /// The input with each of its messages annotated that can be.
  std::string all(const std::string& path, std::string_view bytes) {
    intake::Options input = options_.input;
    input.attached = intake::AttachedMode::never;
    intake::Reader reader(path, std::string(bytes), input);
    std::string out;
    std::size_t at = 0;
    while (const auto next = reader.next()) {
      if (const auto* fault = std::get_if<intake::Fault>(&*next)) {
        complain(fmt::format("{}: {}{}", fault->path, fault->message, kUnchanged));
        continue;
      }
      const auto& item = std::get<intake::Item>(*next);
      const auto place = place_of(item, bytes, at);
      auto made = place ? annotated(item) : std::nullopt;
      if (!place) complain(item.path + ": is no plain message or mbox" + std::string(kUnchanged));
      if (!made) continue;
      out += bytes.substr(at, *place - at);
      out += *made;
      at = *place + item.original.size();
    }
    out += bytes.substr(at);
    return out;
  }

  /// `--fail-on` was reached by one of the messages.
  [[nodiscard]] bool level_reached() const { return level_reached_; }
  [[nodiscard]] Result<void> save() { return dns_.save(analysis_.now, analysis_.now_given); }

 private:
  /// Where the message stands in the input, `at` or behind it; null for what was unpacked or
  /// converted, and for what stands in a file of another kind.
  static std::optional<std::size_t> place_of(const intake::Item& item, std::string_view bytes,
                                             std::size_t at) {
    const std::size_t place = item.base_offset;
    const bool fits = place >= at && place <= bytes.size() &&
                      bytes.substr(place, item.original.size()) == item.original;
    // What was left as it is stands in between too, behind the first message.
    const bool first = item.index == 1;
    if (!fits || (first && !is_between_messages(bytes.substr(0, place)))) return std::nullopt;
    return place;
  }

  /// Null, and told, where there is a reason to leave the message as it is.
  std::optional<std::string> annotated(const intake::Item& item) {
    std::string reason;
    try {
      trace::Analysis analysis(item, analysis_);
      if (analysis_.border && *analysis_.border > analysis.hop_count()) {
        reason = fmt::format("there is no hop {} for --border", *analysis_.border);
      } else {
        auto made = traced(item, std::move(analysis));
        if (made) return *std::move(made);
        reason = made.error();
      }
    } catch (const std::exception& error) {
      reason = reason_of(error);
    }
    complain(fmt::format("{}: {}{}", item.path, reason, kUnchanged));
    return std::nullopt;
  }

  Result<std::string> traced(const intake::Item& item, trace::Analysis analysis) {
    report::library::Tracing tracing(std::move(analysis), dns_.terms());
    const std::size_t index = traced_++;
    dns_.settle(tracing, index);
    trace::Report report = tracing.take(dns_.source());
    dns_.complete(report.dns, report.sha256, index);
    if (dns_.records()) dns_.record(tracing.known(), report.sha256, report.dns);
    const bool asked = analysis_.dns_available && report.dns.questions > 0;
    if (asked && report.dns.failed == report.dns.questions) return Error{"DNS gave no answer"};
    if (options_.fail_on && report.verdict.level >= *options_.fail_on) level_reached_ = true;
    auto made = report::to_annotated(report, item.original, authserv_id_);
    if (!made) return Error{"no header field stands at its start"};
    return *std::move(made);
  }

  const Options& options_;
  DnsChoice& dns_;
  trace::Options analysis_;
  std::string authserv_id_;
  std::size_t traced_ = 0;
  bool level_reached_ = false;
};

/// Writes what is too large to be read whole, a piece at a time.
Result<void> pass_on(intake::Input& input, Output& output) {
  for (;;) {
    if (const auto written = output.write(input.view()); !written) return written;
    input.advance(input.view().size());
    if (!input.grow()) return input.status();
  }
}

Status report_failure(const Output& output, const std::string& reason) {
  if (output.reader_gone()) return Status::reader_gone;
  complain(reason);
  return Status::not_written;
}

std::string annotated_or_same(Annotator& annotator, const std::string& path,
                              std::string_view bytes) {
  try {
    return annotator.all(path, bytes);
  } catch (const std::exception& error) {
    complain(fmt::format("{}: {}{}", path, reason_of(error), kUnchanged));
    return std::string(bytes);
  }
}

Status annotate_input(const Options& options, const std::string& path, intake::Input& input,
                      DnsChoice& dns, Output& output) {
  input.grow_to(intake::Input::kMaxMessageBytes + 1);
  if (!input.status()) {
    complain(path + ": " + input.status().error());
    return Status::not_read;
  }
  if (const auto opened = output.open(); !opened) return report_failure(output, opened.error());
  Annotator annotator(options, dns);
  Result<void> done;
  if (!input.complete()) {
    complain(path + ": is too large" + std::string(kUnchanged));
    done = pass_on(input, output);
  } else {
    done = output.write(annotated_or_same(annotator, path, input.view()));
  }
  if (done) done = output.commit();
  if (!done) return report_failure(output, done.error());
  if (const auto saved = annotator.save(); !saved) {
    complain("--record: " + saved.error());
    return Status::not_written;
  }
  return annotator.level_reached() ? Status::level_reached : Status::traced;
}

}  // namespace

Status annotate(const Options& options, const Outputs& outputs, DnsChoice& dns, Output& output) {
  if (options.quiet) return wrong("--quiet: -f annotated would lose the message");
  if (options.input.files_from || options.input.paths.size() > 1) {
    return wrong("-f annotated: takes one message or mbox");
  }
  intake::SourceOptions sources_options = options.input;
  sources_options.terminal_ready = [] { greet_terminal(false); };
  intake::Sources sources(sources_options);
  auto next = sources.next();
  if (!next) return Status::not_read;
  if (const auto* fault = std::get_if<intake::Fault>(&*next)) {
    complain(fault->path + ": " + fault->message);
    return Status::not_read;
  }
  auto& source = std::get<intake::Source>(*next);
  if (!source.folder.empty()) return wrong("-f annotated: takes one message or mbox, no folder");
  if (const auto clash = outputs.clash_with_input(source.path)) return wrong(*clash);
  intake::Input input(std::move(source.descriptor), sources_options.terminal_ready);
  return annotate_input(options, source.path, input, dns, output);
}

}  // namespace emltrace::cli
