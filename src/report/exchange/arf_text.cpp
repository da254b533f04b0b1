#include "report/exchange/arf_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "report/exchange/encoded_text.hpp"
#include "trace/route/abuse_contacts.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kWidth = 72;
constexpr std::size_t kMaxWord = 200;  // bytes of a value that are shown
constexpr std::size_t kMaxHandles = 5;

std::string shown(const ComplaintOptions& options, std::string_view value) {
  return ascii_text(text::head_of(options.told(value), kMaxWord));
}

std::string paragraph(const std::vector<std::string>& sentences) {
  std::string out;
  std::size_t column = 0;
  const std::string whole = text::join(sentences, " ");
  for (const std::string_view word : text::words(whole)) {
    if (column > 0 && column + 1 + word.size() > kWidth) {
      out += '\n';
      column = 0;
    }
    out += column > 0 ? " " : "";
    out += word;
    column += (column > 0 ? 1 : 0) + word.size();
  }
  return out + '\n';
}

std::string subject_of(FeedbackType type) {
  switch (type) {
    case FeedbackType::abuse:
      return "an abuse report for a message";
    case FeedbackType::fraud:
      return "a report of fraud for a message";
    case FeedbackType::virus:
      return "a report of malware for a message";
    case FeedbackType::other:
      return "a report for a message";
    case FeedbackType::not_spam:
      return "a report of a message that was wrongly taken for spam and";
    case FeedbackType::auth_failure:
      return "a report of failed authentication for a message";
  }
  return {};
}

std::vector<std::string> what(const Complaint& complaint, const ComplaintOptions& options) {
  std::string first = fmt::format("This is {} that {} sent to us", subject_of(complaint.type),
                                  complaint.source.text());
  first += complaint.arrival ? fmt::format(" on {}.", format_rfc5322(*complaint.arrival)) : ".";
  std::vector<std::string> out{first};
  switch (complaint.record) {
    case SourceRecord::own:
      out.push_back(complaint.reporting_mta
                        ? fmt::format("Our own server {} recorded that address.",
                                      shown(options, *complaint.reporting_mta))
                        : "Our own server recorded that address.");
      break;
    case SourceRecord::option:
      out.emplace_back("That address was taken from a log.");
      break;
    case SourceRecord::stated:
      out.emplace_back("That address is the statement of another host, not our own record.");
      break;
  }
  return out;
}

std::string origin_of(const trace::Contact& contact) {
  if (contact.source == "abusix")
    return "the contact that Abusix has for the network of the address";
  if (contact.source == "abuse.net") return "the contact that abuse.net has for the host's domain";
  if (contact.source == "rfc2142" || contact.source == "domain")
    return "the mailbox for abuse of a domain by RFC 2142; nobody confirmed it";
  if (contact.source == "dmarc-ruf") return "where the domain's DMARC record wants such reports";
  return "the operator of a system that handled the message";
}

std::vector<std::string> whom(const Complaint& complaint, const ComplaintOptions& options) {
  std::vector<std::string> out;
  if (complaint.to) {
    out.push_back(
        fmt::format("It is for {}: {}.", complaint.to->address, origin_of(*complaint.to)));
  } else {
    out.emplace_back(
        "No mailbox is known that takes reports about this address: To was left out and has to be "
        "filled in before this report is sent.");
  }
  std::size_t count = 0;
  for (const trace::Handle* handle : complaint.handles) {
    if (++count > kMaxHandles) break;
    const std::string name = handle->header.empty() ? "the envelope sender" : handle->header;
    out.push_back(fmt::format("To find the account: {} of {}, {}.", to_string(handle->kind),
                              shown(options, handle->operator_name.value_or("the operator")),
                              shown(options, name + " " + handle->value)));
    for (const trace::Contact& contact : handle->report_to) {
      if (!trace::is_report_address(contact.address))
        out.push_back(
            fmt::format("Its operator takes reports at {} .", shown(options, contact.address)));
    }
    if (text::iequals(handle->header, "CFBL-Address"))
      out.emplace_back(
          "That mailbox is for complaint feedback (RFC 9477): it takes a report that is signed by "
          "DKIM for the domain of From alone.");
  }
  return out;
}

std::vector<std::string> notes(const Complaint& complaint, const intake::Item& item,
                               const ComplaintOptions& options, bool header_only, bool cannot) {
  std::vector<std::string> out;
  if (cannot) {
    out.emplace_back(
        "The header of the message is attached, not its text: a NUL byte, a CR by itself or a line "
        "above 998 bytes stands in the message, which no mail can carry unchanged. Fields with "
        "such a thing are left out.");
  } else if (header_only) {
    out.emplace_back(complaint.type == FeedbackType::auth_failure
                         ? "The header of the message is attached."
                         : "The header of the message is attached; of its text nothing is known.");
  }
  if (item.made_of_properties()) {
    out.emplace_back("The header is what Outlook knows of the message, not one that came by mail.");
  } else if (!item.repairs.empty()) {
    out.emplace_back(
        "The message had been changed by the program that it was copied from, and was "
        "mended before it was read.");
  }
  if (options.hidden == nullptr) return out;
  out.emplace_back(
      "The recipients are replaced by tokens (RFC 6590), and what could not be replaced is cut "
      "out. Signatures were judged on the original; this copy does not verify.");
  out.emplace_back(options.key_of_run
                       ? "The key of the tokens was made for this report alone: tokens of other "
                         "reports cannot be compared with them."
                       : "The same recipient has the same token in all our reports.");
  return out;
}

}  // namespace

std::string arf_text(const Complaint& complaint, const intake::Item& item,
                     const ComplaintOptions& options, bool header_only, bool cannot_be_carried) {
  std::string out = paragraph(what(complaint, options));
  out += '\n' + paragraph(whom(complaint, options));
  const auto more = notes(complaint, item, options, header_only, cannot_be_carried);
  if (!more.empty()) out += '\n' + paragraph(more);
  return out;
}

}  // namespace emltrace::report
