#include "cli/abuse_report.hpp"

#include <cstddef>
#include <utility>

#include "base/crypto.hpp"
#include "report/exchange/arf.hpp"
#include "report/exchange/xarf.hpp"

namespace emltrace::cli {
namespace {

constexpr std::size_t kRandomKey = 32;  // bytes

}  // namespace

AbuseReports::AbuseReports(const Options& options, Instant now, std::string authserv_id)
    : options_(options), now_(now), authserv_id_(std::move(authserv_id)) {
  if (options.redact)
    key_ = options.redact_key ? *options.redact_key : crypto::random_bytes(kRandomKey);
}

std::optional<report::Redaction> AbuseReports::hidden_in(const trace::Report& report,
                                                         const intake::Item& item) const {
  if (key_.empty()) return std::nullopt;
  return report::Redaction(report, item.text, options_.analysis.ours.domains, key_);
}

Result<std::string> AbuseReports::write(const trace::Report& report,
                                        const intake::Item& item) const {
  const auto hidden = hidden_in(report, item);
  report::ComplaintOptions options;
  options.now = now_;
  options.authserv_id = authserv_id_;
  options.reporter = options_.reporter;
  options.type = options_.feedback_type;
  options.own = options_.analysis.ours.domains;
  options.hidden = hidden ? &*hidden : nullptr;
  options.key_of_run = !options_.redact_key;
  auto made = options_.format == Format::arf ? report::to_arf(report, item, options)
                                             : report::to_xarf(report, item, options);
  if (!made) return Error{item.path + ": " + made.error()};
  return made;
}

}  // namespace emltrace::cli
