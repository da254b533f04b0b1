#include "report/exchange/xarf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/base64.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "message/message.hpp"
#include "report/json/observed.hpp"
#include "report/json/values.hpp"
#include "report/json/writer.hpp"

namespace emltrace::report {
namespace {

constexpr std::string_view kVersion = "4.2.0";
constexpr std::uint16_t kSmtpPort = 25;
constexpr std::size_t kMaxDescription = 1'000;
constexpr std::size_t kMaxSubject = 500;
constexpr std::size_t kMaxName = 200;
constexpr std::size_t kMaxEvidence = std::size_t{5} << 20;  // decoded bytes of one item

/// Unicode characters are what JSON Schema counts; a byte is never less than one.
std::string cut(std::string_view text, std::size_t most) {
  const std::string valid = text::to_valid_utf8(text);
  return std::string(text::head_of(valid, most));
}

// UUID of version 4 (RFC 9562 5.4) in form; its bits are those of the report, not of chance.
std::string uuid_of(std::string_view digits) {
  std::string id(digits);
  id[12] = '4';
  id[16] = "89ab"[static_cast<std::size_t>(text::hex_digit(id[16]).value_or(0)) & 3U];
  for (const std::size_t at : {8U, 13U, 18U, 23U}) id.insert(at, 1, '-');
  return id;
}

void write_party(json::Writer& out, std::string_view name, const Reporter& reporter) {
  const auto object = out.object(name);
  out.member("org", cut(reporter.organization, kMaxName));
  out.member("contact", reporter.address);
  out.member("domain", reporter.domain());
}

double confidence_of(const trace::Report& report, SourceRecord record) {
  if (record == SourceRecord::own) return report.origin.confidence == "high" ? 0.9 : 0.8;
  return record == SourceRecord::option ? 0.7 : 0.4;
}

bool is_address(std::string_view text) {
  const auto at = text.rfind('@');
  return at != std::string_view::npos && at > 0 &&
         DomainName::parse_host(text.substr(at + 1)).has_value() &&
         std::ranges::all_of(text,
                             [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '<'; });
}

/// What stands in smtp_from, and the sentence that says so where it is not MAIL FROM.
struct Sender {
  std::string address;
  std::string note;
};

std::optional<Sender> sender_of(const Complaint& complaint, const trace::Report& report,
                                const ComplaintOptions& options) {
  const auto& path = complaint.mail_from;
  if (path && is_address(*path)) return Sender{*path, ""};
  if (path && path->empty() && report.envelope.helo) {
    const std::string postmaster = "postmaster@" + *report.envelope.helo;
    if (is_address(postmaster))
      return Sender{postmaster,
                    "The envelope sender was the null path: smtp_from is the HELO "
                    "name's postmaster."};
  }
  for (const Mailbox& author : report.headers.from) {
    const std::string address = options.told(author.address());
    if (is_address(address))
      return Sender{
          address, path
                       ? "The envelope sender has no form as an address: smtp_from is the address "
                         "in From."
                       : "The envelope sender was not recorded: smtp_from is the address in From."};
  }
  return std::nullopt;
}

// namespace ":" word, both of [a-z0-9][a-z0-9_+-]*
std::vector<std::string> tags_of(const Complaint& complaint, const trace::Report& report) {
  std::vector<std::string> tags{complaint.record == SourceRecord::stated ? "origin:stated"
                                                                         : "origin:confirmed"};
  if (complaint.type == FeedbackType::fraud) tags.emplace_back("mail:phishing");
  if (complaint.type == FeedbackType::virus) tags.emplace_back("mail:malware");
  tags.push_back(fmt::format("author:{}", trace::to_string(report.verdict.author)));
  if (!has_results(report)) return tags;
  for (const spf::Verdict& verdict : report.spf) {
    if (verdict.identity == spf::Identity::mail_from)
      tags.push_back(fmt::format("spf:{}", auth::to_string(verdict.result)));
  }
  if (!report.dkim.empty()) {
    const bool passes = std::ranges::any_of(report.dkim, [](const dkim::Verdict& verdict) {
      return verdict.result == auth::Result::pass;
    });
    tags.push_back(fmt::format(
        "dkim:{}", auth::to_string(passes ? auth::Result::pass : report.dkim.front().result)));
  }
  tags.push_back(fmt::format("dmarc:{}", auth::to_string(report.dmarc.result)));
  return tags;
}

std::string description_of(const Complaint& complaint, const Sender& sender,
                           const ComplaintOptions& options) {
  std::vector<std::string> out;
  out.emplace_back(complaint.type == FeedbackType::fraud   ? "Fraudulent message."
                   : complaint.type == FeedbackType::virus ? "Message with malware."
                                                           : "Unsolicited message.");
  if (complaint.record == SourceRecord::own) {
    out.push_back(
        complaint.reporting_mta
            ? fmt::format("The source address was recorded by the recipient's own server {}.",
                          text::head_of(*complaint.reporting_mta, kMaxName))
            : "The source address was recorded by the recipient's own server.");
  } else {
    out.emplace_back(complaint.record == SourceRecord::option
                         ? "The source address was taken from a log."
                         : "The source address is the statement of another host.");
  }
  if (!complaint.port) out.emplace_back("The source port was not recorded.");
  if (!sender.note.empty()) out.push_back(sender.note);
  if (!complaint.arrival)
    out.emplace_back("The time of receipt was not recorded: timestamp is the time of this report.");
  if (options.hidden != nullptr)
    out.emplace_back(
        "Recipients are replaced by tokens (RFC 6590). Signatures were judged on the original; "
        "this "
        "copy does not verify.");
  return cut(text::join(out, " "), kMaxDescription);
}

void write_links(json::Writer& out, const Complaint& complaint) {
  if (complaint.links.empty()) return;
  const auto object = out.object("spam_indicators");
  out.member("suspicious_links", complaint.links);
}

void write_evidence(json::Writer& out, const Complaint& complaint) {
  std::string_view bytes = complaint.original;
  bool header_only = complaint.header_only;
  if (bytes.size() > kMaxEvidence) {
    const Message message = Message::parse(bytes);
    if (message.has_body()) bytes = bytes.substr(0, message.span_of(message.body()).offset);
    bytes = bytes.substr(0, kMaxEvidence);
    header_only = true;
  }
  const auto array = out.array("evidence");
  const auto object = out.object();
  out.member("content_type", header_only ? "text/rfc822-headers" : "message/rfc822");
  out.member("description", header_only ? "The header of the message as received"
                                        : "The message as received, with all header fields");
  out.member("payload", base64_encode(bytes));
  out.member("hash", "sha256:" + crypto::hex(crypto::digest(crypto::Hash::sha256, bytes)));
  out.member("size", bytes.size());
}

// Without its brackets.
std::string message_id_of(const trace::Report& report) {
  const std::string id = report.headers.message_id.value_or("");
  std::string_view bare = text::trim(id);
  if (bare.starts_with('<') && bare.ends_with('>')) bare = bare.substr(1, bare.size() - 2);
  return std::string(bare);
}

class Object {
 public:
  Object(json::Writer& out, const ComplaintOptions& options) : out_(out), options_(options) {}

  /// Text from the message; left out where there is none.
  void text(std::string_view name, std::string_view value, std::size_t most) {
    const std::string shown = cut(options_.told_words(value), most);
    if (!shown.empty()) out_.member(name, shown);
  }

 private:
  json::Writer& out_;
  const ComplaintOptions& options_;
};

void write_report(json::Writer& out, const Complaint& complaint, const trace::Report& report,
                  const Sender& sender, const ComplaintOptions& options) {
  const auto object = out.object();
  Object from_message(out, options);
  out.member("xarf_version", kVersion);
  out.member("report_id", uuid_of(complaint.id));
  out.member("timestamp", complaint.arrival.value_or(options.now));
  write_party(out, "reporter", complaint.reporter);
  write_party(out, "sender", complaint.reporter);
  if (complaint.to) out.member("report_to", *complaint.to);
  out.member("source_identifier", complaint.source.text());
  out.member("source_port", complaint.port.value_or(kSmtpPort));
  out.member("category", "messaging");
  out.member("type", "spam");
  out.member("evidence_source", "user_complaint");
  out.member("protocol", "smtp");
  out.member("smtp_from", sender.address);
  if (complaint.rcpt_to && is_address(*complaint.rcpt_to))
    out.member("smtp_to", *complaint.rcpt_to);
  from_message.text("subject", complaint.subject, kMaxSubject);
  if (!report.headers.from.empty())
    from_message.text("sender_name", report.headers.from.front().display, kMaxName);
  from_message.text("message_id", message_id_of(report), kMaxName);
  write_links(out, complaint);
  out.member("tags", tags_of(complaint, report));
  out.member("confidence", confidence_of(report, complaint.record));
  out.member("description", description_of(complaint, sender, options));
  write_evidence(out, complaint);
}

}  // namespace

Result<std::string> to_xarf(const trace::Report& report, const intake::Item& item,
                            const ComplaintOptions& options) {
  const auto complaint = make_complaint(report, item, options);
  if (!complaint) return Error{complaint.error()};
  if (complaint->type == FeedbackType::not_spam || complaint->type == FeedbackType::auth_failure)
    return Error{fmt::format("XARF has no report of the type {}", to_string(complaint->type))};
  const auto sender = sender_of(*complaint, report, options);
  if (!sender)
    return Error{"XARF wants the address of a sender, and none is known: give --mail-from"};
  json::Writer out(JsonLayout::indented);
  write_report(out, *complaint, report, *sender, options);
  return std::move(out).take();
}

}  // namespace emltrace::report
