#include <algorithm>
#include <cstddef>
#include <string>

#include "base/text.hpp"
#include "trace/author/filter_rows.hpp"
#include "trace/author/filter_shapes.hpp"

namespace emltrace::trace {
namespace {

using enum FilterVerdict;
using namespace shape;

// A site names its own rules behind the policy: `gmspam_spam`, `outbound_notspam`.
constexpr CodeRow kProofpoint[] = {
    {"policy", "outbound*", "outbound: the sending side's filter, not the recipient's",
     std::nullopt, true},
    {"rule", "notspam|*_notspam", "not spam", clean},
    {"rule", "*phish*", "phishing", phish},
    {"rule", "*malware*|*virus*", "malware", malware},
    {"rule", "*bulk*", "bulk", bulk},
    {"rule", "*spam*|*definite*", "spam", spam},
    {"reason", "safe|orgsafe", "not judged: the sender is on a safe list", clean},
};

constexpr CodeRow kMimecast[] = {
    {"score", "0..2", "no sign of spam"}, {"score", "3..4", "a weak sign of spam"},
    {"score", "5..7", "a sign of spam"},  {"score", "8..100", "a strong sign of spam"},
    {"bulk", "yes", "bulk", bulk},        {"signature", "*", "spam: a known pattern", spam},
};
constexpr CodeRow kImpersonation[] = {
    {"Policy", "*", "the policy that was applied"},
    {"*", "true", "a sign of impersonation (spoofing)", spoof},
};

constexpr CodeRow kBarracuda[] = {
    {"verdict", "Yes", "spam: at least tagged", spam},
    {"verdict", "No", "not spam: below the score from which mail is tagged", clean},
    {"flag", "YES", "spam", spam},
    {"*_LEVEL", "1000.0", "off"},
    {"TAG_LEVEL", "*", "the score from which mail is tagged"},
    {"QUARANTINE_LEVEL", "*", "the score from which mail is put in quarantine"},
    {"KILL_LEVEL", "*", "the score from which mail is refused"},
    {"result", "INNOCENT*", "not spam by its words"},
    {"result", "SPAM*", "spam by its words"},
    {"ip", "*", "client address"},
};

// Cisco: AsyncOS user guide. The field says that the scan took place, not what it found.
constexpr CodeRow kCisco[] = {
    {"filtered", "true", "scanned, which does not say that it is spam"},
    {"filtered", "false", "not scanned"},
    {"v", "*", "malware found", malware},
    {"result", "CLEAN", "no malware", clean},
    {"result", "UNKNOWN", "not known"},
    {"result", "SKIPPED*|UNSCANNABLE*", "not judged"},
    {"result", "MALICIOUS", "malware", malware},
    {"ip", "*", "client address"},
};

constexpr CodeRow kTrendMicro[] = {
    {"verdict", "Yes", "spam", spam},
    {"verdict", "No", "not spam", clean},
    {"approved", "Yes", "not judged: the sender is on the user's list of approved ones", clean},
    {"blocked", "Yes", "spam: the sender is on the user's list of blocked ones", spam},
};

void add_type(std::string_view type, bool positive, FilterReading& out) {
  if (type == "1") return out.add("type", type, "spam");
  if (type == "2")
    return out.add("type", type, "phishing",
                   positive ? std::optional(FilterVerdict::phish) : std::nullopt);
  out.add("type", type);
}

// The next number of `A-B--C`, whose sign is the second of two hyphens.
std::string_view next_number(std::string_view& text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t end = std::min(text.find('-', 1), text.size());
  const std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  return number;
}

// `No--8.069-5.0-31-10` (score, threshold, category, type), newer `Yes-11-27.237300-8.000000`
// (type, score, threshold): a type is a whole number.
void trend_result(std::string_view text, FilterReading& out) {
  const std::size_t end = std::min(text.find('-'), text.size());
  const std::string_view word = text.substr(0, end);
  out.add("verdict", word);
  const bool positive = text::iequals(word, "Yes");
  std::string_view rest = text.substr(end);
  const std::string_view first = next_number(rest);
  if (text::parse_unsigned(first)) {
    add_type(first, positive, out);
    out.add("score", next_number(rest));
    out.add("threshold", next_number(rest));
    return;
  }
  out.add("score", first);
  out.add("threshold", next_number(rest));
  out.add("category", next_number(rest));
  add_type(next_number(rest), positive, out);
}

// `10--5.287600-5.000000`: type, score, threshold. A field may hold several, parted by commas.
void trend_engine_result(std::string_view text, FilterReading& out) {
  std::string_view rest = text.substr(0, text.find(','));
  const std::string_view type = next_number(rest);
  const std::string_view score = next_number(rest);
  const std::string_view threshold = next_number(rest);
  const auto points = decimal(score), least = decimal(threshold);
  const bool positive = points && least && *points >= *least;
  add_type(type, positive, out);
  if (!points || !least) return out.add("score", score);
  out.add("score", score,
          positive ? "spam: not below the threshold" : "not spam: below the threshold",
          positive ? spam : clean);
  out.add("threshold", threshold);
}

constexpr CodeRow kKaspersky[] = {
    {"status", "not_detected", "not spam", clean},
    {"status", "spam", "spam", spam},
    {"status", "probable_spam", "probably spam", spam},
    {"status", "blacklisted", "spam: the sender is on a list of bad ones", spam},
    {"status", "massmail", "bulk", bulk},
    {"status", "trusted|formal", "not judged: trusted, or a message of a program", clean},
    {"status", "not scanned*|not_scanned*", "not judged: not scanned"},
    {"phishing", "NotDetected*|Clean*", "no phishing", clean},
    {"phishing", "Detected*", "phishing", phish},
    {"virus", "NotDetected*|Clean*", "no malware", clean},
    {"virus", "Detected*", "malware", malware},
    {"links", "NotDetected*|Clean*", "no bad links", clean},
    {"links", "Detected*", "phishing: a bad link", phish},
};

// Sites tag from half on.
void sophos(std::string_view text, FilterReading& out) {
  constexpr double kHalf = 50;
  const auto add = [&](std::string_view name, std::string_view value) {
    const auto percent =
        value.ends_with('%') ? decimal(value.substr(0, value.size() - 1)) : std::nullopt;
    if (!percent || !text::iequals(name, "Probability")) return out.add(name, value);
    const bool positive = *percent >= kHalf;
    out.add(name, value,
            positive ? "spam by the usual threshold" : "not spam by the usual threshold",
            positive ? spam : clean);
  };
  if (text.find('=') == text.npos) return add("Probability", text);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t sign = text.find('=', begin);
    if (sign == text.npos) break;
    const bool quoted = text.substr(sign + 1).starts_with('\'');
    const std::size_t from = quoted ? sign + 2 : sign + 1;
    const std::size_t to = std::min(text.find(quoted ? '\'' : ',', from), text.size());
    add(text::trim(text.substr(begin, sign - begin)), text::trim(text.substr(from, to - from)));
    begin = text.find_first_not_of("', ", to);
  }
}

constexpr FilterRow kRows[] = {
    {"x-proofpoint-spam-details", "proofpoint", blank_pairs, {}, kProofpoint},
    {"x-proofpoint-spam-details-enc", "proofpoint", word, "data"},
    {"x-proofpoint-spam-reason", "proofpoint", word, "reason", kProofpoint},
    {"x-proofpoint-virus-version", "proofpoint", blank_pairs},
    {"x-mimecast-spam-score", "mimecast", word, "score", kMimecast},
    {"x-mimecast-bulk-signature", "mimecast", word, "bulk", kMimecast},
    {"x-mimecast-spam-signature", "mimecast", word, "signature", kMimecast},
    {"x-mimecast-impersonation-protect", "mimecast", equals_pairs, {}, kImpersonation},
    {"x-barracuda-spam-status x-bess-spam-status", "barracuda", verdict_pairs, {}, kBarracuda},
    {"x-barracuda-spam-score x-bess-spam-score", "barracuda", word, "score"},
    {"x-barracuda-spam-flag x-bess-spam-flag", "barracuda", word, "flag", kBarracuda},
    {"x-barracuda-bayes", "barracuda", word, "result", kBarracuda},
    {"x-barracuda-connect", "barracuda", address, "ip", kBarracuda},
    {"x-barracuda-apparent-source-ip x-bess-apparent-source-ip", "barracuda", word, "ip",
     kBarracuda},
    {"x-barracuda-brts-status x-bess-brts-status", "barracuda", word, "brts"},
    {"x-barracuda-start-time", "barracuda", epoch, "start"},
    {"x-ironport-anti-spam-filtered", "cisco", word, "filtered", kCisco},
    {"x-ironport-anti-spam-result x-ipas-result", "cisco", word, "data"},
    {"x-ironport-av", "cisco", equals_pairs, {}, kCisco},
    {"x-amp-result", "cisco", word, "result", kCisco},
    {"x-sbrs x-ironport-reputation", "cisco", word, "score"},
    {"x-ironport-sendergroup", "cisco", word, "sender-group"},
    {"x-ironport-mailflowpolicy", "cisco", word, "policy"},
    {"x-ironport-remoteip", "cisco", word, "ip", kCisco},
    {"x-ironport-mid", "cisco", word, "mid"},
    {"ironport-sdr ironport-data ironport-hdrordr ironport-phdr", "cisco", word, "data"},
    {"x-tm-as-result", "trendmicro", trend_result, {}, kTrendMicro},
    {"x-tmase-result", "trendmicro", trend_engine_result},
    {"x-tm-as-user-approved-sender", "trendmicro", word, "approved", kTrendMicro},
    {"x-tm-as-user-blocked-sender", "trendmicro", word, "blocked", kTrendMicro},
    {"x-imss-scan-details", "trendmicro", word, "details"},
    {"x-ksmg-antispam-status x-klms-antispam-status x-kse-antispam-status", "kaspersky", word,
     "status", kKaspersky},
    {"x-ksmg-antispam-rate x-klms-antispam-rate x-kse-antispam-rate", "kaspersky", word, "rate"},
    {"x-ksmg-antispam-method x-klms-antispam-method x-kse-antispam-method", "kaspersky", word,
     "method"},
    {"x-ksmg-antispam-interceptor-info x-klms-antispam-interceptor-info "
     "x-kse-antispam-interceptor-info",
     "kaspersky", word, "interceptor"},
    {"x-ksmg-antiphishing x-klms-antiphishing x-kse-antiphishing", "kaspersky", word, "phishing",
     kKaspersky},
    {"x-ksmg-antivirus-status x-klms-antivirus-status x-kse-antivirus-status", "kaspersky", word,
     "virus", kKaspersky},
    {"x-ksmg-linksscanning x-klms-linksscanning x-kse-linksscanning", "kaspersky", word, "links",
     kKaspersky},
    {"x-pmx-spam x-perlmx-spam x-sasi-spamprobability x-lased-spamprobability", "sophos", sophos},
    {"x-sophos-obs", "sophos", word, "status"},
};

}  // namespace

std::span<const FilterRow> gateway_filter_rows() {
  return kRows;
}

}  // namespace emltrace::trace
