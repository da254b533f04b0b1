#include "intake/inside/attached.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/tag_list.hpp"
#include "base/text.hpp"
#include "intake/inside/feedback_report.hpp"
#include "intake/inside/journal.hpp"
#include "intake/inside/report_mark.hpp"
#include "message/address.hpp"
#include "message/encoded_word.hpp"
#include "message/message.hpp"
#include "message/mime.hpp"

namespace emltrace::attached {
namespace {

using intake::WrapperFacts;
using survey::Attached;
using survey::Survey;

// KnowBe4's button names the message so, whatever its administrator makes of the subject.
constexpr std::string_view kButtonFile = "phish_alert";
constexpr std::size_t kMaxNoticeNames = 50;  // signers, and recipients, of one notification

std::string subject_of(std::string_view header) {
  return decode_encoded_words(mime::header_value(header, "subject").value_or(""));
}

// A message identifier, with or without its brackets.
std::string_view bare(std::string_view id) {
  id = text::trim(id);
  if (id.starts_with('<')) id.remove_prefix(1);
  if (id.ends_with('>')) id.remove_suffix(1);
  return id;
}

// A journal states the envelope of the message that it names.
bool is_about(const journal::Record& record, const Attached& attached) {
  const auto id = mime::header_value(attached.header(), "message-id");
  return id && bare(*id) == bare(record.message_id);
}

// All that is decided from.
struct Evidence {
  const Survey& survey;
  std::string subject;
  std::optional<journal::Record> journal;
};

// The field, or a text of that form about a message that is attached.
bool is_journal(const Evidence& evidence) {
  if (mime::header_value(evidence.survey.header, journal::kField)) return true;
  return evidence.journal &&
         std::ranges::any_of(evidence.survey.messages, [&](const Attached& attached) {
           return is_about(*evidence.journal, attached);
         });
}

bool goes_to_report_mailbox(std::string_view header) {
  for (const std::string_view name : {"to", "cc"}) {
    const auto value = mime::header_value(header, name);
    if (!value) continue;
    for (const Mailbox& mailbox : parse_addresses(*value).mailboxes) {
      if (report_mark::is_report_mailbox(mailbox.local_part)) return true;
    }
  }
  return false;
}

bool is_user_report(const Evidence& evidence) {
  if (report_mark::is_report(evidence.subject) || goes_to_report_mailbox(evidence.survey.header)) {
    return true;
  }
  return std::ranges::any_of(evidence.survey.messages, [&](const Attached& attached) {
    if (attached.in_text) return false;
    if (attached.original_of_filter || text::istarts_with(attached.name, kButtonFile)) return true;
    return !evidence.survey.other_parts &&
           report_mark::quotes_subject(evidence.subject, subject_of(attached.header()));
  });
}

bool is_report_of(const Survey& survey, std::string_view report_type) {
  const auto type = mime::raw_field(survey.header, "content-type");
  return survey.type == "multipart/report" &&
         text::iequals(mime::parameter(type, "report-type").value_or(""), report_type);
}

bool is_feedback(const Survey& survey) {
  return survey.feedback || is_report_of(survey, "feedback-report");
}

Wrapper judge(const Evidence& evidence) {
  const Survey& survey = evidence.survey;
  const bool any_attached =
      std::ranges::any_of(survey.messages, [](const Attached& one) { return !one.in_text; });
  if (!any_attached) {
    return survey.messages.empty() ? Wrapper::none : Wrapper::attachment;
  }
  if (is_feedback(survey)) return Wrapper::feedback_report;
  if (is_journal(evidence)) return Wrapper::journal_report;
  if (survey.type == "multipart/report" || survey.bounce || survey.digest) {
    return Wrapper::attachment;
  }
  const bool alone = !survey.other_parts;
  if (alone && report_mark::is_forward(evidence.subject)) return Wrapper::forward;
  if (is_user_report(evidence)) return Wrapper::user_report;
  return alone && survey.text_bytes <= kShortText ? Wrapper::forward : Wrapper::attachment;
}

std::string_view wrapper_name(Wrapper wrapper) {
  switch (wrapper) {
    case Wrapper::none:
      return "";
    case Wrapper::feedback_report:
      return "feedback-report";
    case Wrapper::journal_report:
      return "journal-report";
    case Wrapper::user_report:
      return "user-report";
    case Wrapper::forward:
      return "forward";
    case Wrapper::attachment:
      return "attachment";
  }
  return "";
}

// Who signed a notification, and whom it was sent to.
void read_notice(std::string_view header, WrapperFacts& facts) {
  const Message notice = Message::parse(header);
  for (const Field* field : notice.find_all("DKIM2-Signature")) {
    if (facts.notice_signers.size() == kMaxNoticeNames) break;
    const std::string body = unfold(field->body);
    const TagList tags = TagList::parse(body);
    const auto domain = tags.find("d");
    if (!domain) continue;
    const bool first = tags.find("i") == "1";
    facts.notice_signers.emplace(first ? facts.notice_signers.begin() : facts.notice_signers.end(),
                                 *domain);
  }
  const auto to = mime::header_value(header, "to");
  if (!to) return;
  for (const Mailbox& mailbox : parse_addresses(*to).mailboxes) {
    if (facts.notice_recipients.size() == kMaxNoticeNames) break;
    facts.notice_recipients.push_back(mailbox.address());
  }
}

WrapperFacts facts_of(const Evidence& evidence, Wrapper wrapper, const Attached& attached) {
  WrapperFacts facts;
  facts.wrapper = wrapper_name(wrapper);
  facts.wrapper_from = mime::header_value(evidence.survey.header, "from").value_or("");
  facts.wrapper_subject = evidence.subject;
  facts.returned = evidence.survey.bounce || is_report_of(evidence.survey, "delivery-status");
  if (facts.returned) read_notice(evidence.survey.header, facts);
  if (attached.in_text) return facts;
  if (wrapper == Wrapper::feedback_report && evidence.survey.feedback) {
    feedback_report::read(*evidence.survey.feedback, facts);
  } else if (wrapper == Wrapper::journal_report && evidence.journal &&
             is_about(*evidence.journal, attached)) {
    journal::put(*evidence.journal, facts);
  }
  return facts;
}

// In a wrapper that carries the original nobody asks for the text.
void drop_pastes(std::vector<Attached>& messages) {
  std::erase_if(messages, [](const Attached& one) { return one.in_text; });
}

Content judged(Survey survey) {
  Content content;
  content.unread = std::move(survey.unread);
  if (survey.messages.empty()) return content;
  const Evidence evidence{survey, subject_of(survey.header), journal::read(survey.first_text)};
  content.wrapper = judge(evidence);
  if (stands_for_its_messages(content.wrapper)) drop_pastes(survey.messages);
  for (const Attached& attached : survey.messages) {
    content.facts.push_back(facts_of(evidence, content.wrapper, attached));
  }
  content.messages = std::move(survey.messages);
  return content;
}

}  // namespace

bool stands_for_its_messages(Wrapper wrapper) {
  return wrapper != Wrapper::none && wrapper != Wrapper::attachment;
}

Content look_into(std::string_view message) {
  return judged(survey::of(mime::read(message)));
}

Content look_into(const outlook_msg::Message& message) {
  return judged(survey::of(message));
}

}  // namespace emltrace::attached
