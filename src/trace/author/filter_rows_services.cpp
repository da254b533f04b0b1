#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "trace/author/filter_rows.hpp"
#include "trace/author/filter_shapes.hpp"
#include "trace/author/filters.hpp"
#include "trace/author/vade_cause.hpp"
#include "trace/clock/codec.hpp"

namespace emltrace::trace {
namespace {

using enum FilterVerdict;
using namespace shape;

constexpr CodeRow kVade[] = {
    {"state", "clean*|OK", "not spam", clean},
    {"state", "spam*", "spam", spam},
    {"state", "phishing*", "phishing", phish},
    {"state", "scam*", "phishing: a scam", phish},
    {"state", "virus*", "malware", malware},
    {"state", "commercial*|social*|MAILING", "bulk", bulk},
};

void vade_cause(std::string_view text, FilterReading& out) {
  const auto decoded = decode_vade_cause(text.substr(0, kMaxFilterDecoded));
  if (!decoded) return out.add("data", text);
  out.add("decoded", *decoded);
}

// `v=2.4 cv=… c=1 sm=1 tr=0 ts=HEX a=…`: ts is the clock of the filter, all else its own business.
void cloudmark(std::string_view text, FilterReading& out) {
  for (const auto part : text::words(text)) {
    const std::size_t sign = part.find('=');
    const std::string_view key = part.substr(0, sign);
    const std::string_view value = sign == part.npos ? "" : part.substr(sign + 1);
    if (key == "ts") {
      out.add(key, value, time_of(codec::hexadecimal(value)));
    } else if (sign != part.npos) {
      out.add(key, value);
    } else {
      out.add("text", part);
    }
  }
}

constexpr CodeRow kSpamExperts[] = {
    {"class", "ham", "not spam", clean},
    {"class", "unsure", "neither one nor the other"},
    {"class", "spam", "spam", spam},
    {"class", "whitelisted", "not judged: the sender is on a list of good ones", clean},
    {"action", "accept", "to be accepted", clean},
    {"action", "drop", "spam: to be dropped", spam},
};

// `Combined (0.77)`, `SB/cluster (0.03)`: from 0.9 on mail is put in quarantine. The name of the
// field holds the reseller's brand, so that the form must tell it.
void evidence(std::string_view text, FilterReading& out) {
  constexpr double kClean = 0.5, kQuarantine = 0.9;
  const std::size_t open = text.rfind('(');
  const auto score = open != text.npos && text.ends_with(')')
                         ? decimal(text.substr(open + 1, text.size() - open - 2))
                         : std::nullopt;
  if (!score || *score < 0 || *score > 1) return out.refuse();
  out.add("evidence", text::trim(text.substr(0, open)));
  const std::string_view number = text.substr(open + 1, text.size() - open - 2);
  if (*score < kClean) return out.add("score", number, "not spam", clean);
  if (*score >= kQuarantine) return out.add("score", number, "spam: put in quarantine", spam);
  out.add("score", number, "neither one nor the other");
}

constexpr CodeRow kOthers[] = {
    // Cyren
    {"class", "Confirmed", "spam", spam},
    {"class", "Bulk", "bulk", bulk},
    {"class", "Suspect", "may be spam"},
    {"class", "NonSpam", "not spam", clean},
    // Symantec
    {"checked", "Checked", "scanned for viruses"},
    // Fortinet
    {"ip", "*", "client address"},
    {"spam-*", "*", "the filter that found something"},
    // Hornetsecurity
    {"virus", "CLEAN", "no malware", clean},
    // eXpurgate
    {"purgate", "clean", "not spam", clean},
    {"purgate", "spam", "spam", spam},
    {"purgate", "suspect", "may be spam"},
    {"type", "clean*", "not spam", clean},
    {"type", "spam", "spam", spam},
    {"type", "bulk*", "bulk", bulk},
    {"type", "dangerous*", "malware, or a file that may be", malware},
    // MailChannels
    {"relay", "Good|Neutral|Bad|Junk|Forwarding",
     "the sending side's own class of its customer's mail"},
};

constexpr FilterRow kRows[] = {
    {"x-vade-spamstate x-vr-spamstate x-vade-verdict", "vade", word, "state", kVade},
    {"x-out-vdrt-spamstate", "vade", word, "state", kVade, true},
    {"x-vade-spamscore x-vr-spamscore", "vade", word, "score"},
    {"x-out-vdrt-spamscore", "vade", word, "score", {}, true},
    {"x-vade-spamcause x-vr-spamcause x-vade-analysis-*", "vade", vade_cause},
    {"x-out-vdrt-spamcause x-me-proxy-cause", "vade", vade_cause, {}, {}, true},
    {"x-ovh-spam-reason", "vade", word, "reason"},
    {"x-cmae-analysis x-cm-analysis x-authority-analysis x-cnfs-analysis", "cloudmark", cloudmark},
    {"x-cmae-score x-cm-score", "cloudmark", word, "score"},
    {"x-cmae-envelope x-cm-envelope", "cloudmark", word, "data"},
    {"x-*outgoing-class", "n-able", known_word, "class", kSpamExperts, true},
    {"x-*outgoing-evidence", "n-able", evidence, {}, {}, true},
    {"x-spamexperts-class x-*-class", "n-able", known_word, "class", kSpamExperts},
    {"x-spamexperts-evidence x-*-evidence", "n-able", evidence},
    {"x-recommended-action", "n-able", word, "action", kSpamExperts},
    {"x-ctch-spam", "cyren", word, "class", kOthers},
    {"x-ctch-refid", "cyren", word, "ref-id"},
    {"x-brightmail-tracker", "symantec", word, "data"},
    {"x-viruschecked", "symantec", word, "checked", kOthers},
    {"x-symc-ess-client-auth", "symantec", word, "client-auth", {}, true},
    {"x-feas-client-ip", "fortinet", word, "ip", kOthers},
    {"x-fe-policy-id", "fortinet", word, "policy"},
    {"x-feas-spam-*", "fortinet", word, "spam-filter", kOthers},
    {"x-feas-*", "fortinet", word, "value"},
    {"x-cloud-security-virusscan", "hornetsecurity", word, "virus", kOthers},
    {"x-cloud-security-sender", "hornetsecurity", word, "sender"},
    {"x-cloud-security-recipient", "hornetsecurity", word, "recipient"},
    {"x-purgate", "expurgate", word, "purgate", kOthers},
    {"x-purgate-type", "expurgate", word, "type", kOthers},
    {"x-mc-relay", "mailchannels", word, "relay", kOthers, true},
};

}  // namespace

std::span<const FilterRow> service_filter_rows() {
  return kRows;
}

}  // namespace emltrace::trace
