#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "trace/author/filter_rows.hpp"
#include "trace/author/filter_shapes.hpp"

namespace emltrace::trace {
namespace {

using enum FilterVerdict;

// Of one line of a report; a rule and its points stand at the begin.
constexpr std::size_t kMaxRuleLine = 400;

constexpr CodeRow kSpamAssassin[] = {
    {"verdict", "Yes", "spam", spam},
    {"verdict", "No", "not spam", clean},
    {"flag", "YES", "spam", spam},
    {"flag", "NO", "not marked as spam"},
};

// Mail::SpamAssassin::Conf: `Yes|No, score=N required=N tests=A,B autolearn=…`. Amavis puts the
// tests and their points in brackets, and names the scores from which it tags.
void spam_status(std::string_view text, FilterReading& out) {
  const bool amavis = text.find("tests=[") != text.npos ||
                      text.find("tagged_above=") != text.npos ||
                      (text.find(" tag=") != text.npos && text.find(" kill=") != text.npos);
  if (amavis) out.set_vendor("amavis");
  shape::verdict_pairs(text, out);
}

// Rspamd writes `Action: … Symbol: NAME(score)`, SpamAssassin ` * 1.0 RULE text`.
void spam_report(std::string_view text, FilterReading& out) {
  constexpr std::string_view kAction = "Action: ", kSymbol = "Symbol: ";
  if (text.starts_with(kAction)) {
    out.set_vendor("rspamd");
    std::size_t next = text.find(kSymbol);
    out.add("action", text::trim(text.substr(kAction.size(), next - kAction.size())));
    while (next != text.npos) {
      const std::size_t begin = next + kSymbol.size();
      next = text.find(kSymbol, begin);
      const auto symbol = text::trim(text.substr(begin, next - begin));
      const std::size_t open = std::min(symbol.find('('), symbol.size());
      out.add(symbol.substr(0, open), symbol.substr(open));
    }
    return;
  }
  bool any = false;
  for (const auto line : text::split(text, '*')) {
    const auto words = text::words(line.substr(0, kMaxRuleLine));
    if (words.size() < 2 || !shape::decimal(words[0])) continue;
    any = true;
    out.add(words[1], words[0]);
  }
  if (!any) out.add("report", text);
}

// `3.4 (+++)`; Exim's X-Spam-Score-Int is ten times the score.
void spam_score(std::string_view text, FilterReading& out) {
  const std::size_t open = text.find('(');
  out.add("score", text::trim(text.substr(0, open)));
  if (open != text.npos) out.add("level", text.substr(open));
}

void tenfold_score(std::string_view text, FilterReading& out) {
  const auto tenfold = shape::decimal(text);
  out.add("score", text,
          tenfold ? std::optional(fmt::format("{:.1f} points", *tenfold / 10)) : std::nullopt);
}

// `SOFTWARE on HOST`, `SOFTWARE at HOST`.
void software_on_host(std::string_view text, FilterReading& out) {
  std::size_t at = text.rfind(" on ");
  if (at == text.npos) at = text.rfind(" at ");
  out.add(out.row().name, text.substr(0, at));
  if (at != text.npos) out.add("host", text::trim(text.substr(at + 4)));
}

void virus_scanned(std::string_view text, FilterReading& out) {
  if (text::ifind(text, "amavis") != text.npos) out.set_vendor("amavis");
  if (text::ifind(text, "clam") != text.npos) out.set_vendor("clamav");
  software_on_host(text, out);
}

constexpr CodeRow kRspamd[] = {
    {"verdict", "True", "spam: at or above the score at which mail is refused", spam},
    {"verdict", "False",
     "below the score at which mail is refused, which says nothing of lesser actions"},
    {"action", "no action", "not spam", clean},
    {"action", "greylist", "made to wait (greylisting)"},
    {"action", "add header", "spam: to be marked by a header field", spam},
    {"action", "rewrite subject", "spam: to be marked in the subject", spam},
    {"action", "soft reject", "spam: refused for the time being", spam},
    {"action", "reject", "spam: to be refused", spam},
    {"action", "quarantine", "spam: to be put in quarantine", spam},
    {"action", "discard", "to be thrown away"},
    {"spam", "Yes", "spam", spam},
};

// `metric: False [score / threshold]; SYMBOL(weight)[options]; …`
void spamd_result(std::string_view text, FilterReading& out) {
  const auto parts = text::split(text, ';');
  const std::string_view head = text::trim(parts.front());
  const std::size_t colon = std::min(head.find(':'), head.size());
  const std::size_t open = std::min(head.find('['), head.size());
  const std::size_t slash = head.find('/', open);
  const std::size_t close = head.find(']', open);
  if (colon > open || slash == head.npos || close == head.npos || slash > close)
    return out.add("result", text);
  out.add("metric", head.substr(0, colon));
  out.add("verdict", text::trim(head.substr(colon + 1, open - colon - 1)));
  out.add("score", text::trim(head.substr(open + 1, slash - open - 1)));
  out.add("threshold", text::trim(head.substr(slash + 1, close - slash - 1)));
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string_view symbol = text::trim(parts[i]);
    const std::size_t weight = std::min(symbol.find('('), symbol.size());
    if (weight > 0) out.add(symbol.substr(0, weight), symbol.substr(weight));
  }
}

void plain_spam(std::string_view text, FilterReading& out) {
  if (text == "undefined") out.set_vendor("mailru");
  shape::word(text, out);
}

constexpr CodeRow kMailScanner[] = {
    {"result", "Found to be clean*", "clean", clean},
    {"result", "Found to be infected*", "malware", malware},
    {"result", "Not scanned*", "not judged: not scanned"},
    {"verdict", "not spam*", "not spam", clean},
    {"verdict", "spam*", "spam", spam},
};

// `not spam, SpamAssassin (score=-0.2, required 5, BAYES_00 -1.90)`
void spam_check(std::string_view text, FilterReading& out) {
  const std::size_t comma = std::min(text.find(','), text.size());
  out.add("verdict", text::trim(text.substr(0, comma)));
  const std::size_t open = std::min(text.find('(', comma), text.size());
  for (auto part : text::split(text.substr(open), ',')) {
    part = text::trim(part);
    while (!part.empty() && (part.front() == '(' || part.back() == ')'))
      part = part.front() == '(' ? part.substr(1) : part.substr(0, part.size() - 1);
    const std::size_t end = std::min(part.find_first_of("= "), part.size());
    const auto value = text::trim(part.substr(std::min(end + 1, part.size())));
    if (shape::decimal(value)) out.add(part.substr(0, end), value);
  }
}

constexpr CodeRow kLearning[] = {
    {"verdict", "Spam|Yes", "spam", spam},
    {"verdict", "Ham|No|Good|Innocent", "not spam", clean},
    {"verdict", "Whitelisted", "not judged: the sender is on a list of good ones", clean},
    {"verdict", "Unsure", "neither one nor the other"},
    {"status", "Clean*", "clean", clean},
    {"status", "Infected*", "malware", malware},
    {"alert", "INFECTED*", "malware", malware},
    {"alert", "BANNED*", "a kind of file that the site does not let in"},
    {"alert", "BAD HEADER*", "a header that breaks the rules"},
};

// `SPAM ( pR: -9.2 )`
void crm114(std::string_view text, FilterReading& out) {
  const std::size_t open = std::min(text.find('('), text.size());
  out.add("verdict", text::trim(text.substr(0, open)));
  const std::size_t colon = text.find("pR:", open);
  if (colon == text.npos) return;
  const std::string_view rest = text.substr(colon + 3);
  out.add("pR", text::trim(rest.substr(0, rest.find(')'))));
}

// `spam; 0.99`
void spambayes(std::string_view text, FilterReading& out) {
  const std::size_t sign = text.find(';');
  out.add("verdict", text::trim(text.substr(0, sign)));
  if (sign != text.npos) out.add("score", text::trim(text.substr(sign + 1)));
}

using namespace shape;

constexpr FilterRow kRows[] = {
    {"x-spam-status x-spam-filter-4", "spamassassin", spam_status, {}, kSpamAssassin},
    {"x-spam-flag", "spamassassin", word, "flag", kSpamAssassin},
    {"x-spam-level x-spam-bar", "spamassassin", bar, "level"},
    {"x-spam-score", "spamassassin", spam_score},
    {"x-spam-score-int", "spamassassin", tenfold_score},
    {"x-spam-report x-ham-report", "spamassassin", spam_report, {}, kRspamd},
    {"x-spam-checker-version", "spamassassin", software_on_host, "version"},
    {"x-virus-scanned", "virus-scanner", virus_scanned, "software"},
    {"x-virus-status", "clamav", word, "status", kLearning},
    {"x-amavis-alert", "amavis", word, "alert", kLearning},
    {"x-spamd-result", "rspamd", spamd_result, {}, kRspamd},
    {"x-rspamd-action x-spam-action x-*-spam-action", "rspamd", word, "action", kRspamd},
    {"x-rspamd-pre-result", "rspamd", equals_pairs, {}, kRspamd},
    {"x-spam", "rspamd", plain_spam, "spam", kRspamd},
    {"x-spamd-bar", "rspamd", bar, "bar"},
    {"x-rspamd-server", "rspamd", word, "server"},
    {"x-rspamd-queue-id", "rspamd", word, "queue-id"},
    {"x-mailscanner x-*-mailscanner", "mailscanner", word, "result", kMailScanner},
    {"x-*mailscanner-spamcheck", "mailscanner", spam_check, {}, kMailScanner},
    {"x-*mailscanner-spamscore", "mailscanner", bar, "score"},
    {"x-*mailscanner-id", "mailscanner", word, "id"},
    {"x-bogosity", "bogofilter", verdict_pairs, {}, kLearning},
    {"x-dspam-result", "dspam", word, "verdict", kLearning},
    {"x-dspam-confidence", "dspam", word, "confidence"},
    {"x-dspam-probability", "dspam", word, "probability"},
    {"x-crm114-status", "crm114", crm114, {}, kLearning},
    {"x-spambayes-classification", "spambayes", spambayes, {}, kLearning},
};

}  // namespace

std::span<const FilterRow> open_filter_rows() {
  return kRows;
}

}  // namespace emltrace::trace
