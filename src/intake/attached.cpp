#include "intake/attached.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/address.hpp"
#include "message/encoded_word.hpp"

namespace emltrace::attached {
namespace {

using mime::Part;

constexpr std::array kMessageTypes = std::to_array<std::string_view>(
    {"message/rfc822", "message/global", "message/rfc-822", "message/news"});
constexpr std::array kHeaderTypes = std::to_array<std::string_view>(
    {"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"});
constexpr std::array kOutlookTypes =
    std::to_array<std::string_view>({"application/vnd.ms-outlook", "application/msoutlook"});

// What mail programs put before the subject of a forwarded message.
constexpr std::array kForwardMarks = std::to_array<std::string_view>(
    {"fwd:", "fw:", "[fwd:",   "wg:",   "tr:",    "rv:",   "enc:",   "i:",    "vs:",    "vb:",
     "vl:",  "pd:", "doorst:", "转发:", "转发：", "轉寄:", "轉寄：", "转寄:", "转寄：", "回傳:"});

template <class Table>
bool holds(const Table& table, std::string_view type) {
  return std::ranges::find(table, type) != table.end();
}

bool is_message_file(const Part& part) {
  return text::iends_with(part.filename, ".eml") && !part.type.starts_with("multipart/");
}

bool is_outlook(const Part& part) {
  return holds(kOutlookTypes, part.type) || text::iends_with(part.filename, ".msg");
}

// Everything in one message that a wrapper is judged by.
struct Survey {
  std::vector<Attached> messages;
  std::vector<const Part*> feedback;
  std::size_t text_bytes = 0;
  bool other_parts = false;  ///< pictures, documents …
};

void survey(const Part& part, Survey& found) {
  if (!part.parts.empty()) {
    for (const Part& child : part.parts) {
      survey(child, found);
    }
    return;
  }
  const bool headers = holds(kHeaderTypes, part.type);
  const bool message = headers || holds(kMessageTypes, part.type) || is_message_file(part);
  if (message || is_outlook(part)) {
    if (found.messages.size() < kMaxAttached) {
      Attached attached{part, headers, !message};
      if (attached.part.number.empty()) {
        attached.part.number = "1";
      }
      found.messages.push_back(std::move(attached));
    }
  } else if (part.type == "message/feedback-report") {
    found.feedback.push_back(&part);
  } else if (part.type == "text/plain") {
    found.text_bytes += text::trim(part.body).size();
  } else if (!part.type.starts_with("text/") && !part.type.starts_with("multipart/")) {
    // A signature's picture inside an HTML text is part of the text.
    const bool inline_picture =
        part.type.starts_with("image/") && mime::header_value(part.header, "content-id");
    found.other_parts = found.other_parts || !inline_picture;
  }
}

bool has_forward_mark(std::string_view subject) {
  return std::ranges::any_of(kForwardMarks,
                             [&](auto mark) { return text::istarts_with(subject, mark); });
}

std::optional<std::string> optional_value(std::string_view header, std::string_view name) {
  auto value = mime::header_value(header, name);
  return value && !value->empty() ? value : std::nullopt;
}

std::optional<std::string> path_value(std::string_view header, std::string_view name) {
  const auto value = optional_value(header, name);
  return value ? parse_path(*value) : std::nullopt;
}

// `192.0.2.1`, and the forms `[192.0.2.1]`, `IPv6:2001:db8::1` that are met.
std::optional<ip::Address> address_value(std::string_view header, std::string_view name) {
  auto value = optional_value(header, name);
  if (!value) {
    return std::nullopt;
  }
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
std::optional<std::string> host_value(std::string_view header, std::string_view name) {
  const auto value = optional_value(header, name);
  if (!value) {
    return std::nullopt;
  }
  const std::size_t semicolon = value->find(';');
  const std::string_view host = semicolon == std::string::npos
                                    ? std::string_view(*value)
                                    : std::string_view(*value).substr(semicolon + 1);
  return std::string(text::trim(host));
}

// The fields of RFC 5965 3; Received-Date is the older name of Arrival-Date.
void read_report(const Part& part, intake::WrapperFacts& facts) {
  const std::string report = part.decoded().value_or(std::string(part.body));
  facts.source_ip = address_value(report, "source-ip");
  facts.mail_from = path_value(report, "original-mail-from");
  facts.rcpt_to = path_value(report, "original-rcpt-to");
  facts.arrival_date = optional_value(report, "arrival-date");
  if (!facts.arrival_date) {
    facts.arrival_date = optional_value(report, "received-date");
  }
  facts.reporting_mta = host_value(report, "reporting-mta");
  facts.feedback_type = optional_value(report, "feedback-type");
}

bool may_hold_messages(const Part& message) {
  return message.type.starts_with("multipart/") || message.type.starts_with("message/") ||
         holds(kHeaderTypes, message.type) || is_message_file(message) || is_outlook(message);
}

Wrapper judge(const Part& message, const Survey& found, std::string_view subject) {
  if (found.messages.empty()) {
    return Wrapper::none;
  }
  const auto report_type = mime::parameter(message.content_type, "report-type");
  const bool feedback = report_type && text::iequals(*report_type, "feedback-report");
  if (message.type == "multipart/report") {
    return feedback || !found.feedback.empty() ? Wrapper::feedback_report : Wrapper::attachment;
  }
  if (!found.feedback.empty()) {
    return Wrapper::feedback_report;
  }
  const bool digest = message.type == "multipart/digest";
  const bool meant = has_forward_mark(subject) || found.text_bytes <= kShortText;
  return !digest && !found.other_parts && meant ? Wrapper::forward : Wrapper::attachment;
}

std::string_view wrapper_name(Wrapper wrapper) {
  switch (wrapper) {
    case Wrapper::none:
      return "";
    case Wrapper::feedback_report:
      return "feedback-report";
    case Wrapper::forward:
      return "forward";
    case Wrapper::attachment:
      return "attachment";
  }
  return "";
}

}  // namespace

Content look_into(std::string_view message) {
  Content content;
  const Part root = mime::read(message);
  if (!may_hold_messages(root)) {
    return content;
  }
  Survey found;
  survey(root, found);
  const std::string subject =
      decode_encoded_words(mime::header_value(root.header, "subject").value_or(""));
  content.wrapper = judge(root, found, subject);
  content.facts.wrapper = wrapper_name(content.wrapper);
  content.facts.wrapper_from = mime::header_value(root.header, "from").value_or("");
  content.facts.wrapper_subject = subject;
  if (content.wrapper == Wrapper::feedback_report && !found.feedback.empty()) {
    read_report(*found.feedback.front(), content.facts);
  }
  content.messages = std::move(found.messages);
  return content;
}

}  // namespace emltrace::attached
