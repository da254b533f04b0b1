#include "trace/route/filter_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "trace/route/families.hpp"

namespace emltrace::trace {
namespace {

// How a service writes its customer into what stands before the suffix.
enum class Label {
  behind_hyphen,    ///< mx0a-00123401
  before_hyphen,    ///< cust41036-1
  but_last_letter,  ///< d123456a
  whole,            ///< domain-com
  but_first,        ///< esa1.hc1234-56.eu
  but_last,         ///< domain.com.inbound10
};

struct LabelRow {
  std::string_view suffix;
  Label label;
};

// The longer suffix first.
constexpr LabelRow kLabels[] = {
    {".gslb.pphosted.com", Label::behind_hyphen},
    {".pphosted.com", Label::behind_hyphen},
    {".iphmx.com", Label::but_first},
    {".ess.barracudanetworks.com", Label::but_last_letter},
    {".mail.protection.outlook.com", Label::whole},
    {".mx.microsoft", Label::whole},
    {".in.mailcontrol.com", Label::before_hyphen},
    {".in.tmes.trendmicro.com", Label::whole},
    {".in.tmes.trendmicro.eu", Label::whole},
    {".mxlogic.net", Label::but_last},
};

constexpr GatewayHint kHints[] = {
    {"x-proofpoint-", "proofpoint"},
    {"x-mimecast-", "mimecast"},
    {"x-bess-", "barracuda"},
    {"x-barracuda-", "barracuda"},
    {"x-ironport-", "cisco"},
    {"x-cloud-security-", "hornetsecurity"},
    {"x-spamexperts-", "n-able"},
    {"x-tm-as-", "trendmicro"},
    {"x-tmase-", "trendmicro"},
    {"x-sophos-", "sophos"},
    {"x-purgate-", "expurgate"},
    {"x-purgate", "expurgate"},
    {"x-ms-exchange-skiplistedinternetsender", ""},
    {"x-ms-exchange-externaloriginalinternetsender", ""},
    {"authentication-results-original", ""},
};

bool is_made_of(std::string_view text, std::string_view alphabet) {
  return !text.empty() && text.find_first_not_of(alphabet) == std::string_view::npos;
}

// The part of `before` that names the customer; empty where none does.
std::string_view customer_part(std::string_view before, Label label) {
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t dot = before.find('.');
  const std::size_t last_dot = before.rfind('.');
  const std::size_t hyphen = before.find('-');
  const bool one_label = dot == std::string_view::npos;
  switch (label) {
    case Label::behind_hyphen: {
      const std::string_view id = hyphen == before.npos ? "" : before.substr(hyphen + 1);
      return id.size() == 8 && is_made_of(id, "0123456789abcdef") ? id : std::string_view();
    }
    case Label::before_hyphen: {
      const std::string_view id = before.substr(0, std::min(before.rfind('-'), before.size()));
      return one_label && id.starts_with("cust") && is_made_of(id.substr(4), kDigits)
                 ? id
                 : std::string_view();
    }
    case Label::but_last_letter: {
      const std::string_view id = before.substr(0, before.size() - 1);
      return one_label && id.starts_with("d") && is_made_of(id.substr(1), kDigits) &&
                     text::is_alpha(before.back())
                 ? id
                 : std::string_view();
    }
    case Label::whole:
      // The customer's domain, its dots often as hyphens; the service's own hosts have neither.
      return hyphen != before.npos || !one_label ? before : std::string_view();
    case Label::but_first:
      return one_label ? std::string_view() : before.substr(dot + 1);
    case Label::but_last:
      return !one_label && before.find('.') != last_dot ? before.substr(0, last_dot)
                                                        : std::string_view();
  }
  return {};
}

}  // namespace

bool is_filter_host(const DomainName& host) {
  const Family* family = family_of_host(host);
  if (family == nullptr) return false;
  return family->filter_service || host.text().ends_with(".mail.protection.outlook.com") ||
         host.text().ends_with(".mx.microsoft");
}

std::optional<std::string> customer_label(const DomainName& host) {
  const std::string_view name = host.text();
  for (const LabelRow& row : kLabels) {
    if (!name.ends_with(row.suffix)) continue;
    const std::string_view before = name.substr(0, name.size() - row.suffix.size());
    const std::string_view part = before.empty() ? before : customer_part(before, row.label);
    if (part.empty()) return std::nullopt;
    // The two names of one service are one place.
    const bool two_names = row.suffix == ".gslb.pphosted.com";
    return std::string(part) + std::string(two_names ? ".pphosted.com" : row.suffix);
  }
  return std::nullopt;
}

std::span<const GatewayHint> gateway_hints() {
  return kHints;
}

const GatewayHint* gateway_hint(std::string_view field_name) {
  const auto* row =
      std::find_if(std::begin(kHints), std::end(kHints), [&](const GatewayHint& hint) {
        return hint.field.back() == '-' ? text::istarts_with(field_name, hint.field)
                                        : text::iequals(field_name, hint.field);
      });
  return row == std::end(kHints) ? nullptr : row;
}

}  // namespace emltrace::trace
