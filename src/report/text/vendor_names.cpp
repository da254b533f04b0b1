#include "report/text/vendor_names.hpp"

#include <algorithm>
#include <array>

namespace emltrace::report {
namespace {

struct Row {
  std::string_view vendor, name;
};

constexpr auto kRows = std::to_array<Row>({
    {"alibaba", "Alibaba"},
    {"amavis", "amavis"},
    {"apple", "Apple"},
    {"barracuda", "Barracuda"},
    {"bogofilter", "bogofilter"},
    {"cisco", "Cisco"},
    {"clamav", "ClamAV"},
    {"cloudmark", "Cloudmark"},
    {"coremail", "Coremail"},
    {"crm114", "CRM114"},
    {"cyren", "Cyren"},
    {"dspam", "DSPAM"},
    {"expurgate", "eXpurgate"},
    {"fortinet", "Fortinet"},
    {"gandi", "Gandi"},
    {"google", "Google"},
    {"hornetsecurity", "Hornetsecurity"},
    {"kaspersky", "Kaspersky"},
    {"mailchannels", "MailChannels"},
    {"mailru", "Mail.ru"},
    {"mailscanner", "MailScanner"},
    {"microsoft", "Microsoft"},
    {"mimecast", "Mimecast"},
    {"n-able", "N-able"},
    {"proofpoint", "Proofpoint"},
    {"proton", "Proton"},
    {"rspamd", "Rspamd"},
    {"site", "a filter of the site"},
    {"sophos", "Sophos"},
    {"spamassassin", "SpamAssassin"},
    {"spambayes", "SpamBayes"},
    {"symantec", "Symantec"},
    {"tencent", "Tencent"},
    {"trendmicro", "Trend Micro"},
    {"united-internet", "United Internet"},
    {"vade", "Vade"},
    {"virus-scanner", "a virus scanner"},
    {"wp", "WP"},
    {"yahoo", "Yahoo"},
    {"yandex", "Yandex"},
});

}  // namespace

std::string_view vendor_name(std::string_view vendor) {
  const auto row = std::ranges::find(kRows, vendor, &Row::vendor);
  return row == kRows.end() ? vendor : row->name;
}

}  // namespace emltrace::report
