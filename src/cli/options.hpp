#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dns/resolv_conf.hpp"
#include "intake/reader.hpp"
#include "trace/analyse.hpp"
#include "trace/report.hpp"

namespace emltrace::cli {

enum class Format { text, json, ndjson, html, authres };
enum class When { automatic, always, never };

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

  Format format = Format::text;
  std::optional<std::string> output;       ///< null: standard output
  std::optional<std::string> authserv_id;  ///< null: this host's name
  When color = When::automatic;
  std::optional<std::size_t> width;  ///< null: the terminal's
  bool verbose = false;
  bool quiet = false;
  std::optional<trace::Level> fail_on;

  std::optional<std::string> explain;  ///< a code of the catalogue
  bool list_findings = false;
};

/// The command ends before it begins: help, version, or what is wrong with the command line.
struct Stop {
  std::string text;    ///< whole lines; of an error the reason alone, unescaped
  bool error = false;  ///< for standard error, with exit status 2
};

/// Reads the command line, and the configuration file that it or the environment names.
[[nodiscard]] std::variant<Options, Stop> read_options(int argc, const char* const* argv);

}  // namespace emltrace::cli
