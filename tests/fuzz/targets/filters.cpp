#include "trace/author/filters.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "fuzz/seeds.hpp"
#include "trace/author/handles.hpp"
#include "trace/author/vade_cause.hpp"

namespace emltrace::fuzz {
namespace {

constexpr std::size_t kCutMark = 3;  // bytes of "…"

void check_filters(const Message& message, std::string_view input) {
  const auto filters = trace::read_filters(message);
  expect(filters.size() <= trace::kMaxFilterReports, "the number of filters is bounded");
  for (const trace::ReadFilter& filter : filters) {
    const trace::FilterReport& report = filter.report;
    expect(report.offset < input.size() && report.line > 0,
           "a filter's field stands in the message");
    expect(filter.field < message.fields().size() &&
               message.fields()[filter.field].offset == report.offset,
           "a filter knows its field");
    expect(!report.trusted, "whose word it is stands open");
    expect(report.values.size() <= trace::kMaxFilterValues, "the number of values is bounded");
    for (const trace::FilterValue& value : report.values) {
      expect(!value.value.empty(), "no value is empty");
      expect(value.value.size() <= trace::kMaxFilterValue + kCutMark, "a value is bounded");
      expect(!value.meaning || !value.meaning->empty(), "a meaning says something");
    }
  }
}

void check_handles(const std::vector<trace::ClaimedHandle>& handles) {
  expect(handles.size() <= trace::kMaxHandles, "the number of handles is bounded");
  for (const trace::ClaimedHandle& claimed : handles) {
    const trace::Handle& handle = claimed.handle;
    expect(!handle.trusted, "a handle is a claim as it is read");
    expect(handle.value.size() <= trace::kMaxHandleValue, "a handle is bounded");
    expect(claimed.field.has_value() == (handle.line > 0), "a handle knows its field");
    for (const auto& contact : handle.report_to)
      expect(!contact.address.empty() && !contact.source.empty(), "a contact says who and whence");
    if (handle.recipient)
      expect(handle.recipient->find('@') != std::string::npos, "a recipient is an address");
    if (handle.original_sender)
      expect(handle.original_sender->find('@') != std::string::npos, "a sender is an address");
  }
}

void run(std::string_view input) {
  const Message message = Message::parse(input);
  check_filters(message, input);
  check_handles(trace::read_handles(message));
  check_handles(trace::read_envelope_handles(message, std::string(input)));
  if (const auto cause = trace::decode_vade_cause(input)) {
    expect(text::is_utf8(*cause), "a cause is UTF-8");
    expect(cause->size() <= input.size(), "a cause is no longer than its letters");
  }
}

// Fields of each shape, since the samples have few of them.
Inputs seeds() {
  Inputs out = messages();
  const char* const kFields[] = {
      "X-Forefront-Antispam-Report: CIP:203.0.113.24;SCL:5;SFV:SPM;CAT:SPOOF;SFTY:9.20;DIR:INB;\n",
      "X-Message-Delivery: Vj0xLjE7dXM9MDtsPTA7YT0wO0Q9MjtHRD0xO1NDTD02\n",
      "Authentication-Results: spf=fail smtp.mailfrom=a.example; compauth=fail reason=001\n",
      "X-Spam-Status: Yes, score=5.1 required=5.0 tests=[A=1, B=2] autolearn=no\n",
      "X-Spam-Report: Action: no action\n Symbol: R_SPF_ALLOW(-0.20)\n",
      "X-Spamd-Result: default: False [13.81 / 25.00];\n SYMBOL(5.50)[a.example:url]\n",
      "X-Corp-MailScanner-SpamCheck: not spam, SpamAssassin (score=-0.2, required 5)\n",
      "X-VR-SPAMCAUSE: gggruggvucftvghtrhho\n",
      "X-TM-AS-Result: No--8.069-5.0-31-10\nX-TMASE-Result: 10--5.287600-5.000000\n",
      "X-PerlMx-Spam: Gauge=XIII, Probability=13%, Report='A 0.1, B 0'\n",
      "X-CMAE-Analysis: v=2.4 cv=A c=1 ts=69170000 a=A==:117\n",
      "X-Brand-Evidence: Combined (0.77)\n",
      "X-Alimail-AntiSpam: AC=PASS;TI=SMTPD_---.0Ab_1763370851;\n",
      "Return-Path: <SRS1=AAAA=first.example==Xk2P=GQ=shop.example=anna@second.example>\n",
      "Return-Path: <msprvs1=20774Ab=bounces-259380@email.coin.example>\n",
      "Feedback-ID: 1.eu-west-1.Q2h4m0fY=:AmazonSES\nX-Campaign: mailchimp01.1a\n",
      "X-Mailgun-Sid: WyJhYjEyYyIsIm1pYUByZWNlaXZlci5leGFtcGxlIiwiZGUzNGY1Il0=\n",
      "X-PM-RCPT: |bTB8MzA4NjB8MTU0NDU5fG1pYUByZWNlaXZlci5leGFtcGxl|\n",
      "X-AntiAbuse: Primary Hostname - host4.example\nX-Source-Args: /home/acct/x.php\n",
      "X-PHP-Script: www.example.com/x.php for 198.51.100.4, 203.0.113.8\n",
      "List-Unsubscribe: <https://u.example.com/u?r=a>, <mailto:u@example.com>\n",
      "CFBL-Address: fbl@mailer.example; report=arf\nCFBL-Feedback-ID: 1:2\n",
  };
  for (const char* field : kFields) out.push_back(std::string(field) + "\n");
  return out;
}

const Registration registration({"filters", run, seeds});

}  // namespace
}  // namespace emltrace::fuzz
