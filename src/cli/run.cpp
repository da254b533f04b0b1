#include "cli/run.hpp"

#include <unistd.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <utility>
#include <variant>

#include "auth/dmarc/org_domain.hpp"
#include "base/crypto.hpp"
#include "base/descriptor.hpp"
#include "base/signal_guard.hpp"
#include "cli/annotate.hpp"
#include "cli/complaint.hpp"
#include "cli/dns_choice.hpp"
#include "cli/message_run.hpp"
#include "cli/output.hpp"
#include "cli/places.hpp"
#include "cli/printer.hpp"
#include "cli/read_options.hpp"
#include "report/json/catalogue.hpp"
#include "report/text/catalogue.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::cli {
namespace {

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
  const bool text = options.format != Format::json && options.format != Format::ndjson;
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
  if (options.format == Format::annotated) return annotate(options, outputs, *dns, output);
  return MessageRun(options, *wanted, outputs, *dns, output).all();
}

int command(int argc, const char* const* argv) {
  // A reader that goes away, or a limit on the size of files, is an error of the write that meets
  // it, not a reason to vanish.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
  unlink_guarded_on_signals();
  crypto::start_for_this_alone();
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
    complain_of_memory();
    return static_cast<int>(Status::internal_error);
  } catch (const std::exception& error) {
    complain(reason_of(error));
    return static_cast<int>(Status::internal_error);
  }
}

}  // namespace emltrace::cli
