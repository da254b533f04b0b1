#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/options.hpp"

namespace emltrace::cli {

/// The options as they were typed, before their values are looked at. Null or empty: not given.
struct WrittenOptions {
  std::vector<std::string> paths;
  std::optional<std::string> input, files_from, attached;
  bool null_separated = false;
  std::vector<std::string> trust;
  std::optional<std::string> border, client_ip, helo, mail_from, rcpt_to;
  std::vector<std::string> resolvers, zones;
  std::optional<std::string> timeout, deadline, record, replay;
  bool offline = false;
  std::optional<std::string> now, dmarc, psl;
  bool no_repair = false;
  std::optional<std::string> format, output, authserv_id, color, width;
  bool verbose = false;
  bool quiet = false;
  std::optional<std::string> fail_on, explain;
  bool list_findings = false;
};

/// The checked values. The error names the option: `--border: …`.
[[nodiscard]] Result<Options> check(const WrittenOptions& written);

}  // namespace emltrace::cli
