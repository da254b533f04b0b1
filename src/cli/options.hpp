#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/option_set.hpp"
#include "dns/resolv_conf.hpp"
#include "intake/reader.hpp"
#include "report/exchange/complaint.hpp"
#include "trace/analyse.hpp"
#include "trace/report.hpp"

namespace emltrace::cli {

enum class Format {
  text,
  json,
  ndjson,
  html,
  authres,
  iocs,
  annotated,
  arf,
  xarf,
  values,  ///< those at `Options::print`
};
enum class When { automatic, always, never };

inline constexpr std::uint64_t kMinWidth = 20;  ///< columns of a text report
inline constexpr std::uint64_t kMaxWidth = 1'000;

/// A command line that has been read: every value is checked.
struct Options {
  intake::Options input;
  trace::Options analysis;     ///< without its clock, and whether DNS can be asked
  std::optional<Instant> now;  ///< the clock of every check

  bool offline = false;
  std::vector<std::string> zones;
  std::optional<std::string> record;
  std::optional<std::string> replay;
  std::vector<dns::Server> resolvers;                ///< none: the system's
  std::optional<std::chrono::milliseconds> timeout;  ///< of one question; null: the system's
  bool trust_ad = false;                       ///< the path to the resolvers is as safe as loopback
  std::chrono::milliseconds deadline{10'000};  ///< of all DNS work of one message
  std::optional<std::string> psl;
  std::vector<trace::Wanted> enrich;  ///< one an `--enrich`
  std::vector<std::string> mmdb;

  std::optional<std::size_t> jobs;  ///< worker threads of a batch; null: as many as there are cores
  std::size_t in_flight = 256;      ///< messages under way at once for each of them
  bool unordered = false;           ///< reports are printed as they are ready
  When progress = When::automatic;
  bool summary = false;

  Format format = Format::text;
  std::vector<std::string> print;                     ///< JSON pointers
  std::optional<std::string> output;                  ///< null: standard output
  std::optional<std::string> authserv_id;             ///< null: this host's name
  std::optional<report::Reporter> reporter;           ///< null: by the recipient's domain
  std::optional<report::FeedbackType> feedback_type;  ///< null: by what was found
  bool redact = false;
  std::optional<std::string> redact_key;  ///< null: one made for the run
  When color = When::automatic;
  std::optional<std::size_t> width;  ///< null: the terminal's
  bool defang = false;
  bool verbose = false;
  bool brief = false;  ///< one line a message
  bool quiet = false;
  std::optional<trace::Level> fail_on;

  std::vector<std::string> explain;  ///< codes of the catalogue
  bool list_findings = false;
};

/// Adds the rows of all options that set something in `options`, which must outlive the set.
void add_options(OptionSet& set, Options& options);

}  // namespace emltrace::cli
