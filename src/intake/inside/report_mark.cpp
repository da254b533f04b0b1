#include "intake/inside/report_mark.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace emltrace::report_mark {
namespace {

// What mail programs put before the subject of a forwarded message.
constexpr std::array kForwardMarks = std::to_array<std::string_view>(
    {"fwd:", "fw:", "[fwd:",   "wg:",   "tr:",    "rv:",   "enc:",   "i:",    "vs:",    "vb:",
     "vl:",  "pd:", "doorst:", "转发:", "转发：", "轉寄:", "轉寄：", "转寄:", "转寄：", "回傳:"});

// And before that of an answer.
constexpr std::array kReplyMarks = std::to_array<std::string_view>(
    {"re:", "aw:", "antw:", "antwort:", "sv:", "odp:", "回复:", "回复：", "答复:", "答复：",
     "回覆:", "回覆：", "re："});

// A phrase of a report button needs a word of both: filters tag what they take in with a topic
// alone (`[SPAM]`, `[Suspicious message]`).
constexpr std::array kTopics = std::to_array<std::string_view>(
    {"phish", "phishing", "spam", "junk", "suspicious", "suspect", "suspected", "malicious", "scam",
     "spoof", "spoofing", "abuse", "malware", "fraud"});
constexpr std::array kReporting =
    std::to_array<std::string_view>({"alert", "potential", "report", "reported", "reporting",
                                     "reports", "submission", "submitted"});
constexpr std::array kCompanions = std::to_array<std::string_view>(
    {"a", "an", "as", "e-mail", "email", "emails", "from", "fw", "fwd", "mail", "message",
     "messages", "new", "not", "of", "possible", "the", "this", "user"});

// The subjects of Outlook's report button (not junk, junk, phishing) and the Chinese word.
constexpr std::array kWholeMarks =
    std::to_array<std::string_view>({"1|", "2|", "3|", "举报", "舉報"});

constexpr std::array kRoles =
    std::to_array<std::string_view>({"abuse", "phish", "spam", "spoof", "scam", "fraud"});

constexpr std::string_view kBetween = "[(<{*\"'.,!? \t";
constexpr std::string_view kWordEnds = "[(<{*\"'.,!? \t:|])>}#";
constexpr std::string_view kEnders = ":|])>}#";
constexpr std::size_t kLongestPhrase = 120;
constexpr std::size_t kShortestSubject = 4;

template <class Table>
bool holds(const Table& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

template <class Table>
bool begins_with_one(const Table& table, std::string_view subject) {
  return std::ranges::any_of(table, [&](auto mark) { return text::istarts_with(subject, mark); });
}

}  // namespace

bool is_forward(std::string_view subject) {
  return begins_with_one(kForwardMarks, text::trim(subject));
}

bool is_report(std::string_view subject) {
  subject = text::trim(subject).substr(0, kLongestPhrase);
  if (begins_with_one(kWholeMarks, subject)) return true;
  bool topic = false;
  bool reporting = false;
  while (!subject.empty()) {
    if (kBetween.find(subject.front()) != std::string_view::npos) {
      subject.remove_prefix(1);
      continue;
    }
    const bool whole = topic && reporting;
    if (kEnders.find(subject.front()) != std::string_view::npos) {
      if (whole) return true;
      subject.remove_prefix(1);
      continue;
    }
    const std::size_t end = subject.find_first_of(kWordEnds);
    const std::string word = text::lower(subject.substr(0, end));
    subject.remove_prefix(std::min(end, subject.size()));
    if (word == "by" || word == "-") return whole;
    topic = topic || holds(kTopics, word);
    reporting = reporting || holds(kReporting, word);
    if (!holds(kTopics, word) && !holds(kReporting, word) && !holds(kCompanions, word)) {
      return false;
    }
  }
  return topic && reporting;
}

bool quotes_subject(std::string_view outer, std::string_view inner) {
  outer = text::trim(outer);
  inner = text::trim(inner);
  if (inner.size() < kShortestSubject || begins_with_one(kReplyMarks, outer)) return false;
  const std::size_t at = outer.find(inner);
  return at != std::string_view::npos && at > 0;
}

bool is_report_mailbox(std::string_view local_part) {
  const std::string name = text::lower(local_part);
  return std::ranges::any_of(kRoles,
                             [&](auto role) { return name.find(role) != std::string::npos; });
}

}  // namespace emltrace::report_mark
