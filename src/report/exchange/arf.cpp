#include "report/exchange/arf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/lines.hpp"
#include "base/text.hpp"
#include "message/field_start.hpp"
#include "report/exchange/arf_text.hpp"
#include "report/exchange/encoded_text.hpp"
#include "report/exchange/feedback_fields.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kMaxLine = 998;  // RFC 5322 2.1.1

// Lines ended by LF; where no LF stands anywhere CR ends them.
std::string with_lf(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  const bool cr_alone = bytes.find('\n') == std::string_view::npos;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] == '\r' && at + 1 < bytes.size() && bytes[at + 1] == '\n') continue;
    out += cr_alone && bytes[at] == '\r' ? '\n' : bytes[at];
  }
  return out;
}

bool can_be_sent(std::string_view text) {
  if (text.find('\0') != std::string_view::npos || text.find('\r') != std::string_view::npos)
    return false;
  return std::ranges::all_of(text::split(text, '\n'),
                             [](std::string_view line) { return line.size() <= kMaxLine; });
}

std::string_view header_of(std::string_view text) {
  if (text.starts_with('\n')) return {};
  const auto end = text.find("\n\n");
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

// Fields that no message can carry are left out.
std::string sendable_fields(std::string_view header) {
  std::string out;
  for (std::size_t at = 0; at < header.size();) {
    std::size_t end = text::line_at(header, at).next;
    while (end < header.size() && text::is_wsp(header[end])) end = text::line_at(header, end).next;
    const auto field = header.substr(at, end - at);
    if (can_be_sent(field)) out += field;
    at = end;
  }
  return out;
}

struct Attached {
  std::string text;
  bool header_only = false;
  bool cut = false;  ///< because it cannot be carried
};

Attached attached_of(const Complaint& complaint) {
  Attached out{with_lf(complaint.original), complaint.header_only, false};
  if (!can_be_sent(out.text)) {
    out.cut = true;
    out.header_only = true;
  }
  if (out.header_only) out.text = sendable_fields(header_of(out.text));
  if (!out.text.ends_with('\n')) out.text += '\n';
  return out;
}

std::string boundary_for(const Complaint& complaint, std::string_view attached) {
  std::string boundary = "arf-" + complaint.id;
  while (attached.find("--" + boundary) != std::string_view::npos) boundary += 'x';
  return boundary;
}

std::string outer_header(const Complaint& complaint, Instant now, std::string_view boundary,
                         bool eight_bit) {
  const Reporter& reporter = complaint.reporter;
  // A domain says itself behind the '@'.
  const bool named = reporter.organization != reporter.domain();
  std::string out =
      "From: " + mailbox_text(named ? reporter.organization : "", reporter.address) + '\n';
  if (complaint.to) out += "To: " + complaint.to->address + '\n';
  out += text_field("Subject", "FW:", complaint.subject);
  out += "Date: " + format_rfc5322(now) + '\n';
  out += fmt::format("Message-ID: <arf-{}@{}>\n", complaint.id, complaint.reporter.domain());
  out += "MIME-Version: 1.0\n";
  out += fmt::format(
      "Content-Type: multipart/report; report-type=feedback-report;\n\tboundary=\"{}\"\n",
      boundary);
  if (eight_bit) out += "Content-Transfer-Encoding: 8bit\n";
  return out + '\n';
}

}  // namespace

Result<std::string> to_arf(const trace::Report& report, const intake::Item& item,
                           const ComplaintOptions& options) {
  const auto complaint = make_complaint(report, item, options);
  if (!complaint) return Error{complaint.error()};
  const Attached attached = attached_of(*complaint);
  const bool eight_bit = !text::is_ascii(attached.text);
  const std::string boundary = boundary_for(*complaint, attached.text);
  std::string out = outer_header(*complaint, options.now, boundary, eight_bit);
  out += fmt::format(
      "--{}\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\n",
      boundary);
  out += arf_text(*complaint, item, options, attached.header_only, attached.cut);
  out += fmt::format("\n--{}\nContent-Type: message/feedback-report\n\n", boundary);
  out += feedback_fields(*complaint, report, options);
  out += fmt::format("\n--{}\nContent-Type: {}\n", boundary,
                     attached.header_only ? "text/rfc822-headers" : "message/rfc822");
  if (eight_bit) out += "Content-Transfer-Encoding: 8bit\n";
  out += '\n';
  out += attached.text;
  out += fmt::format("\n--{}--\n", boundary);
  return out;
}

}  // namespace emltrace::report
