#include "report/exchange/feedback_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "report/exchange/auth_failure.hpp"
#include "report/exchange/authres.hpp"
#include "report/version.hpp"

namespace emltrace::report {
namespace {

constexpr std::string_view kRecordField = "SPF-DNS";  // stands last
constexpr std::size_t kMaxValue = 900;                // a line may not pass 998 octets

class Fields {
 public:
  void add(std::string_view name, std::string_view value) {
    const bool plain = std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~'; });
    if (!value.empty() && plain && value.size() <= kMaxValue)
      out_ += fmt::format("{}: {}\n", name, value);
  }
  /// Whole lines of a field that has been written.
  void add_field(std::string_view field) {
    if (std::ranges::all_of(field, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }))
      out_ += field;
  }
  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  std::string out_;
};

std::string bracketed(std::string_view path) {
  return fmt::format("<{}>", path);
}

// What the recipient's own hosts recorded is evidence of the day; else what this run found.
void add_results(Fields& fields, const trace::Report& report, const ComplaintOptions& options,
                 const std::optional<std::string>& border) {
  auto results = trusted_authres(report, border.value_or(options.authserv_id));
  if (results.empty() && has_results(report))
    results.push_back(to_authres(report, options.authserv_id));
  for (const std::string& field : results) fields.add_field(options.told(field));
}

}  // namespace

std::string feedback_fields(const Complaint& complaint, const trace::Report& report,
                            const ComplaintOptions& options) {
  Fields fields;
  fields.add("Feedback-Type", to_string(complaint.type));
  fields.add("User-Agent", fmt::format("emltrace/{}", version()));
  fields.add("Version", "1");
  const auto failure =
      complaint.type == FeedbackType::auth_failure ? find_auth_failure(report) : std::nullopt;
  std::vector<std::pair<std::string_view, std::string>> of_failure;
  if (failure) of_failure = failure_fields(report, *failure);
  for (const auto& [name, value] : of_failure) {
    if (name != kRecordField) fields.add(name, value);
  }
  if (complaint.mail_from) fields.add("Original-Mail-From", bracketed(*complaint.mail_from));
  if (complaint.rcpt_to && !complaint.rcpt_to->empty())
    fields.add("Original-Rcpt-To", bracketed(*complaint.rcpt_to));
  if (complaint.arrival) fields.add("Arrival-Date", format_rfc5322(*complaint.arrival));
  if (complaint.reporting_mta)
    fields.add("Reporting-MTA", fmt::format("dns; {}", *complaint.reporting_mta));
  fields.add("Source-IP", complaint.source.text());
  if (complaint.port) fields.add("Source-Port", fmt::format("{}", *complaint.port));
  add_results(fields, report, options, complaint.reporting_mta);
  for (const std::string& domain : complaint.domains) fields.add("Reported-Domain", domain);
  for (const std::string& link : complaint.links) fields.add("Reported-URI", link);
  for (const auto& [name, value] : of_failure) {
    if (name == kRecordField) fields.add(name, value);
  }
  return std::move(fields).take();
}

}  // namespace emltrace::report
