#include <optional>
#include <string>

#include "base/text.hpp"
#include "message/results/auth_results.hpp"
#include "trace/author/filter_rows.hpp"
#include "trace/author/filter_shapes.hpp"

namespace emltrace::trace {
namespace {

using enum FilterVerdict;

// Microsoft: "Anti-spam message headers in cloud organizations", "Spam confidence level (SCL)",
// "Bulk complaint level (BCL)", "Antispam stamps" of Exchange Server; what the mailbox wrote
// (`dest`, `OFR`, `D`) is measured.
constexpr CodeRow kSpam[] = {
    {"SCL", "-1", "not judged: filtering was skipped (safe sender, allowed address or a rule)",
     clean},
    {"SCL", "0..1", "not spam", clean},
    {"SCL", "2..4", "not spam; a level that is seldom given", clean},
    {"SCL", "5..6", "spam", spam},
    {"SCL", "7..9", "high confidence spam", spam},
    {"PCL", "1..3", "unlikely to be phishing"},
    {"PCL", "4..8", "likely phishing", phish},
    {"PCL", "*SUSPICIOUS*", "likely phishing", phish},
    {"PCL", "*NEUTRAL*", "unlikely to be phishing"},
    {"BCL", "0", "not from a bulk sender"},
    {"BCL", "1..3", "from a bulk sender with few complaints"},
    {"BCL", "4..6", "from a bulk sender with a mixed number of complaints"},
    {"BCL", "7", "from a bulk sender with a mixed number of complaints; bulk by the default", bulk},
    {"BCL", "8..9", "from a bulk sender with many complaints", bulk},
    {"SFV", "NSPM", "not spam", clean},
    {"SFV", "SPM", "spam by the filter", spam},
    {"SFV", "SKS", "marked as spam by a rule before filtering", spam},
    {"SFV", "SKB", "spam: the sender is in the policy's block list", spam},
    {"SFV", "SKN", "not judged: let pass before filtering, by a rule or SCL -1; skipped", clean},
    {"SFV", "SKA", "not judged: skipped, the sender is in the policy's allow list", clean},
    {"SFV", "SFE", "not judged: skipped, the sender is one of the user's safe senders", clean},
    {"SFV", "SKQ", "not judged: skipped, released from quarantine", clean},
    {"SFV", "SKI", "not judged: skipped, sent inside the organization", clean},
    {"SFV", "BLK", "spam: the sender is one of the user's blocked senders", spam},
    {"CAT", "NONE", "no category"},
    {"CAT", "SPM", "spam", spam},
    {"CAT", "HSPM", "high confidence spam", spam},
    {"CAT", "OSPM", "outbound spam: judged when it left the sender's tenant", spam},
    {"CAT", "BULK", "bulk", bulk},
    {"CAT", "PHSH", "phishing", phish},
    {"CAT", "HPHSH|HPHISH", "high confidence phishing", phish},
    {"CAT", "INTOS", "phishing inside the organization", phish},
    {"CAT", "SPOOF", "spoofing", spoof},
    {"CAT", "DIMP", "impersonation of a domain (spoofing)", spoof},
    {"CAT", "UIMP", "impersonation of a user (spoofing)", spoof},
    {"CAT", "GIMP", "impersonation, by mailbox intelligence (spoofing)", spoof},
    {"CAT", "BIMP", "impersonation of a brand (spoofing)", spoof},
    {"CAT", "MALW", "malware", malware},
    {"CAT", "AMP", "malware by the anti-malware policy", malware},
    {"CAT", "SAP", "malware by Safe Attachments", malware},
    {"CAT", "FTBP", "malware policy: a blocked type of file", malware},
    {"IPV", "NLI", "the client's address is on no list"},
    {"IPV", "CAL", "filtering was skipped: the client's address is in the tenant's allow list"},
    {"SRV", "BULK", "bulk by the threshold of complaints", bulk},
    {"SFTY", "9.1", "phishing", phish},
    {"SFTY", "9.11", "spoofing", spoof},
    {"SFTY", "9.19", "impersonation of a domain", spoof},
    {"SFTY", "9.20", "impersonation of a user", spoof},
    {"SFTY", "9.25", "a tip was shown: the first mail from this sender"},
    {"DIR", "INB", "inbound"},
    {"DIR", "OUT", "outbound: the sending side's verdict, not the recipient's", std::nullopt, true},
    {"DIR", "INT", "internal"},
    {"CIP", "255.255.255.255", "no client address: submitted inside"},
    {"CIP", "*", "client address"},
    {"PTR", "InfoDomainNonexistent", "the client's address has no name"},
    {"CTRY", "*", "country of the client's address"},
    {"LANG", "*", "language, as guessed"},
    {"H", "*", "HELO of the client"},
    {"PTR", "*", "name of the client's address"},
};

constexpr CodeRow kMailbox[] = {
    {"dest", "I", "put in the inbox"},
    {"dest", "J", "put in the junk folder", spam},
    {"dest", "C", "put in a folder by the user's own rule"},
    {"RF", "JunkEmail", "junk folder", spam},
    {"OFR", "SpamFilterAuthJ", "taken for spam by the filter", spam},
    {"OFR", "TrustedSenderList",
     "the user's own safe-sender list decided, whatever the filter thought"},
    {"OFR", "CustomRules", "the user's own rule decided"},
    {"OFR", "SenderInAddressBook", "the sender is in the user's address book"},
    {"OFR", "SpamFilterPass", "passed the spam filter", clean},
    {"ucf", "1", "a rule of the user moved it"},
    {"wl", "1", "on the user's safe-sender list"},
    {"pcwl", "1", "on the user's safe-sender list"},
    {"D", "1", "not put in the junk folder"},
    {"D", "2", "put in the junk folder", spam},
};

constexpr CodeRow kSenderId[] = {
    {"result", "PASS", "the author's domain was authenticated"},
    {"result", "FAIL", "the author's domain was not authenticated"},
    {"result", "NONE", "no policy for the author's domain"},
    {"ip", "*", "client address"},
    {"PRA", "*", "the address taken for the sender's"},
    {"AuthAs", "Anonymous", "came from outside, nobody logged in"},
    {"AuthAs", "Internal", "came from inside the organization"},
    {"AuthAs", "External", "came from an authenticated outside system"},
    {"AuthAs", "Partner", "came from a partner by a secured connection"},
    {"latency", "*", "time inside the service"},
};

// By the rules of the advanced spam filter: "Advanced Spam Filter (ASF) settings".
constexpr CodeRow kRules[] = {
    {"rule",
     "Image links to remote sites|Numeric IP in URL|URL redirect to other port|URL to .biz or "
     ".info websites|Empty Message|Embed tag in html|Form tag in html|IFRAME or FRAME in "
     "HTML|Javascript or VBscript tags in HTML|Object tag in html|Sensitive word|Web bug|SPF "
     "Record Fail|SPF From Record Fail|Backscatter NDR",
     "a rule of the advanced spam filter that the message met"},
};

constexpr CodeRow kComposite[] = {
    {"compauth", "pass", "authenticated by all signs taken together"},
    {"compauth", "softpass", "authenticated, with a low confidence"},
    {"compauth", "fail", "not authenticated by all signs taken together"},
    {"compauth", "none", "not checked, or bypassed"},
    {"reason", "000", "DMARC fails, with a policy of quarantine or reject"},
    {"reason", "001", "implicit failure: the domain publishes no records, or weak ones"},
    {"reason", "002", "the tenant's policy forbids this pair of sender and domain to spoof"},
    {"reason", "010", "DMARC fails for the tenant's own domain"},
    {"reason", "130", "ARC overrode a DMARC failure"},
    {"reason", "100..199|700..799", "passes"},
    {"reason", "200..299", "implicit soft pass"},
    {"reason", "300..399", "not checked"},
    {"reason", "400..499|900..999", "bypassed"},
    {"reason", "600..699", "implicit failure: the author's domain is one of the recipient's own"},
};

void composite(std::string_view text, FilterReading& out) {
  if (text::ifind(text, "compauth") == text.npos) return out.refuse();
  bool any = false;
  for (const RecordedMethod& method : parse_auth_results(text).methods) {
    if (method.method != "compauth") continue;
    any = true;
    out.add(method.method, method.result);
    if (method.reason) out.add("reason", *method.reason);
  }
  if (!any) out.refuse();
}

void results(std::string_view text, FilterReading& out) {
  for (const RecordedMethod& method : parse_auth_results(text).methods) {
    out.add(method.method, method.result);
    if (method.method == "compauth" && method.reason) out.add("reason", *method.reason);
  }
}

// `1:99`, of which nothing more is known.
void diagnostic(std::string_view text, FilterReading& out) {
  out.add("output", text);
}

using namespace shape;

constexpr FilterRow kRows[] = {
    {"x-forefront-antispam-report x-microsoft-antispam x-exchange-antispam-report-cfa-test "
     "x-exchange-antispam-report-test x-ms-exchange-organization-antispam-report",
     "microsoft",
     colon_pairs,
     {},
     kSpam},
    {"x-forefront-antispam-report-untrusted x-forefront-antispam-report-original "
     "x-microsoft-antispam-untrusted x-microsoft-antispam-original",
     "microsoft",
     colon_pairs,
     {},
     kSpam,
     true},
    {"x-ms-exchange-organization-scl", "microsoft", word, "SCL", kSpam},
    {"x-ms-exchange-organization-pcl", "microsoft", word, "PCL", kSpam},
    {"spamdiagnosticmetadata", "microsoft", word, "SFV", kSpam},
    {"spamdiagnosticoutput", "microsoft", diagnostic},
    {"x-microsoft-antispam-mailbox-delivery", "microsoft", colon_pairs, {}, kMailbox},
    {"x-message-delivery", "microsoft", coded_pairs, {}, kMailbox},
    {"x-sid-result", "microsoft", word, "result", kSenderId},
    {"x-sid-pra", "microsoft", word, "PRA", kSenderId},
    {"x-sender-ip", "microsoft", word, "ip", kSenderId},
    {"x-ms-exchange-organization-authas", "microsoft", word, "AuthAs", kSenderId},
    {"x-ms-exchange-organization-authsource", "microsoft", word, "AuthSource"},
    {"x-ms-exchange-organization-authmechanism", "microsoft", word, "AuthMechanism"},
    {"x-ms-exchange-transport-endtoendlatency", "microsoft", word, "latency", kSenderId},
    {"x-customspam", "microsoft", word, "rule", kRules},
    {"x-microsoft-antispam-message-info x-microsoft-antispam-message-info-original x-message-info "
     "x-ms-exchange-antispam-messagedata-*",
     "microsoft", word, "data"},
    {"authentication-results", "microsoft", composite, {}, kComposite},
    {"x-ms-exchange-authentication-results", "microsoft", results, {}, kComposite, true},
};

}  // namespace

std::span<const FilterRow> microsoft_filter_rows() {
  return kRows;
}

}  // namespace emltrace::trace
