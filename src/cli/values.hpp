#pragma once

#include <chrono>
#include <string>

#include "base/date.hpp"
#include "base/result.hpp"
#include "dns/resolv_conf.hpp"
#include "report/exchange/complaint.hpp"
#include "trace/route/enrichment.hpp"

/// Values of options from the texts that were typed. An error says what is wrong with the text; the
/// option is named by the caller.
namespace emltrace::cli {

/// `2`, `0.5`: a time in seconds, from a millisecond to a day.
[[nodiscard]] Result<std::chrono::milliseconds> read_seconds(const std::string& text);
/// RFC 3339, or whole seconds since 1970.
[[nodiscard]] Result<Instant> read_time(const std::string& text);
/// As dns::parse_server.
[[nodiscard]] Result<dns::Server> read_server(const std::string& text);
/// A code of the catalogue of findings; letter case, `-` and `_` do not count.
[[nodiscard]] Result<std::string> read_finding_code(const std::string& text);
/// What `--enrich` names, words with commas between them: `asn`, `abuse`, `dnsbl=ZONE`.
[[nodiscard]] Result<trace::Wanted> read_enrichment(const std::string& text);
/// A pointer into the JSON report (RFC 6901).
[[nodiscard]] Result<std::string> read_json_pointer(const std::string& text);
/// A mailbox that somebody reads, `Organization <a@b.example>` or the address alone.
[[nodiscard]] Result<report::Reporter> read_reporter(const std::string& text);
/// Any text but an empty one.
[[nodiscard]] Result<std::string> read_filled(const std::string& text);

}  // namespace emltrace::cli
