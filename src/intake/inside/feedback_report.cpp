#include "intake/inside/feedback_report.hpp"

#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "message/address.hpp"
#include "message/message.hpp"

namespace emltrace::feedback_report {
namespace {

class Fields {
 public:
  explicit Fields(std::string_view report) : message_(Message::parse(report)) {}

  [[nodiscard]] std::optional<std::string> value(std::string_view name) const {
    const Field* field = message_.find(name);
    if (field == nullptr) return std::nullopt;
    std::string text = unfold(field->body);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  }

  [[nodiscard]] std::vector<std::string> values(std::string_view name) const {
    std::vector<std::string> all;
    for (const Field* field : message_.find_all(name)) {
      if (std::string text = unfold(field->body); !text.empty()) all.push_back(std::move(text));
    }
    return all;
  }

 private:
  Message message_;
};

// `192.0.2.1`, and the forms `[192.0.2.1]`, `IPv6:2001:db8::1` that are met.
std::optional<ip::Address> address_of(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  std::string_view text = text::trim(std::string_view(*value).substr(0, value->find(' ')));
  if (text.starts_with('[') && text.ends_with(']')) {
    text = text.substr(1, text.size() - 2);
  }
  if (text::istarts_with(text, "ipv6:")) {
    text.remove_prefix(5);
  }
  return ip::Address::parse(text);
}

// reporting-mta = "dns;" host (RFC 3464 2.2.2)
std::optional<std::string> host_of(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  const std::size_t semicolon = value->find(';');
  const std::string_view all = *value;
  return std::string(text::trim(semicolon == std::string::npos ? all : all.substr(semicolon + 1)));
}

}  // namespace

void read(std::string_view report, intake::WrapperFacts& facts) {
  const Fields fields(report);
  facts.source_ip = address_of(fields.value("source-ip"));
  if (const auto path = fields.value("original-mail-from")) facts.mail_from = parse_path(*path);
  for (const std::string& text : fields.values("original-rcpt-to")) {
    const auto path = parse_path(text);
    if (path && !path->empty()) facts.recipients.push_back(*path);
  }
  if (facts.recipients.size() == 1) facts.rcpt_to = facts.recipients.front();
  facts.arrival_date = fields.value("arrival-date");
  // The older name (RFC 5965 3.2).
  if (!facts.arrival_date) facts.arrival_date = fields.value("received-date");
  facts.reporting_mta = host_of(fields.value("reporting-mta"));
  facts.feedback_type = fields.value("feedback-type");
  facts.reported_domains = fields.values("reported-domain");
}

}  // namespace emltrace::feedback_report
