#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/domain.hpp"
#include "message/message.hpp"
#include "trace/author/handle.hpp"

/// Inside of the handles: the tables, and what their readers fill.
namespace emltrace::trace {

/// Who runs a system whose handles are known. Lists hold blank-separated words.
struct Operator {
  std::string_view name;          ///< as the report names it
  std::string_view domains;       ///< its hosts and signing domains, each with all below it
  std::string_view contact = {};  ///< an address or a URL for reports; empty where none is known
};

/// A handle as the message has it, with what would show that it is genuine.
struct ClaimedHandle {
  Handle handle;                      ///< not trusted; `report_to` is who takes reports where it is
  std::vector<DomainName> operators;  ///< domains of the operator, each with all below it
  std::optional<std::size_t> field;   ///< index in the message; null for an address of the envelope
  bool by_client = false;             ///< the client's word, whoever wrote it down: a MAIL FROM
  bool of_recipient = false;   ///< where an own host wrote it, it is the recipient's, and no handle
  bool feedback_loop = false;  ///< CFBL-Address, which has a rule of its own (RFC 9477)
  bool signature = false;      ///< a DKIM-Signature, which vouches for itself
};

struct HandleRow;

/// What the field before the reader is, and what it gives.
class HandleReading {
 public:
  explicit HandleReading(const Message& message);

  void begin(std::size_t field);
  /// The address of an envelope whose Return-Path is not there.
  void begin_envelope();

  /// Adds a handle of that operator; of none where `by` is null. Null, and nothing is added, where
  /// the value is empty or kMaxHandles is reached.
  ClaimedHandle* add(HandleKind kind, std::string_view value, const Operator* by);
  /// Adds one whose operator is a host, reports to abuse@ its organizational domain (RFC 2142).
  ClaimedHandle* add_of_host(HandleKind kind, std::string_view value, std::string_view host);
  /// The same without a contact.
  ClaimedHandle* add_of_domain(HandleKind kind, std::string_view value, std::string_view domain);
  /// Adds one without a value of its own.
  ClaimedHandle* add_empty(HandleKind kind);

  /// The host that an Exim of cPanel calls itself in the message: where one field names one, and
  /// its sister fields do not.
  [[nodiscard]] const std::string& hosting() const { return hosting_; }
  [[nodiscard]] const Message& message() const { return message_; }
  [[nodiscard]] std::vector<ClaimedHandle>& handles() { return handles_; }

 private:
  const Message& message_;
  std::optional<std::size_t> field_;
  std::string hosting_;
  std::vector<ClaimedHandle> handles_;
};

/// Reads the unfolded body of a field, encoded words decoded.
using HandleShape = void (*)(std::string_view text, const HandleRow& row, HandleReading& out);

struct HandleRow {
  /// Names in lower case, parted by blanks; `*` stands for any text.
  std::string_view fields;
  HandleShape read;
  HandleKind kind = HandleKind::message;
  const Operator* by = nullptr;  ///< null where the field does not tell, or the reader knows
};

/// Sending services.
[[nodiscard]] std::span<const HandleRow> service_handle_rows();
/// Hosts of web sites and their users, tenants, mailbox providers.
[[nodiscard]] std::span<const HandleRow> hosting_handle_rows();
[[nodiscard]] std::span<const HandleRow> tenant_handle_rows();
/// Fields that say where to complain, and feedback loops.
[[nodiscard]] std::span<const HandleRow> contact_handle_rows();

/// The whole text is the value.
void whole_handle(std::string_view text, const HandleRow& row, HandleReading& out);
/// What an envelope sender says of the account that sent, by the forms of sending services, and of
/// the address that a forwarder rewrote (SRS, BATV, VERP).
void read_sender_address(std::string_view address, HandleReading& out);

/// Adds the domains of the operator that has this host or takes reports there; none where none
/// does.
void add_domains_of_operator(const DomainName& host, std::vector<DomainName>& to);

/// The operators of the tables.
namespace operators {
inline constexpr Operator kSes{"amazonses.com", "amazonses.com", "email-abuse@amazon.com"};
inline constexpr Operator kSendGrid{"sendgrid.net", "sendgrid.net sendgrid.com sendgrid.info",
                                    "https://sendgrid.com/report-spam"};
inline constexpr Operator kMailgun{"mailgun.org", "mailgun.org mailgun.net mailgun.co mailgun.com",
                                   "abuse@mailgun.com"};
inline constexpr Operator kMailchimp{"mailchimp.com",
                                     "mailchimp.com mcsv.net mcdlv.net rsgsv.net mailchimpapp.net",
                                     "abuse@mailchimp.com"};
inline constexpr Operator kMandrill{"mandrillapp.com", "mandrillapp.com mandrill.com",
                                    "abuse@mandrill.com"};
inline constexpr Operator kSparkPost{"sparkpost.com", "sparkpost.com sparkpostmail.com",
                                     "abuse@sparkpost.com"};
inline constexpr Operator kPostmark{"postmarkapp.com", "postmarkapp.com mtasv.net",
                                    "abuse@postmarkapp.com"};
inline constexpr Operator kSalesforce{"salesforce.com", "salesforce.com exacttarget.com",
                                      "abuse@salesforce.com"};
inline constexpr Operator kHubSpot{"hubspot.com", "hubspot.com hubspotemail.net",
                                   "abuse@hubspot.com"};
inline constexpr Operator kKlaviyo{"klaviyo.com", "klaviyo.com klaviyomail.com",
                                   "abuse@klaviyo.com"};
inline constexpr Operator kBrevo{"brevo.com", "brevo.com sendinblue.com mailin.fr brevosend.com",
                                 "abuse@brevo.com"};
inline constexpr Operator kMailjet{"mailjet.com", "mailjet.com", "abuse@mailjet.com"};
inline constexpr Operator kZendesk{"zendesk.com", "zendesk.com zdsys.com"};
inline constexpr Operator kConstantContact{"constantcontact.com",
                                           "constantcontact.com confirmedcc.com ccsend.com",
                                           "abuse@constantcontact.com"};
inline constexpr Operator kMailChannels{"mailchannels.net", "mailchannels.net mailchannels.com",
                                        "abuse@mailchannels.com"};
inline constexpr Operator kAliDirectMail{"aliyun.com", "aliyun.com"};
inline constexpr Operator kMicrosoft{"microsoft.com", "outlook.com onmicrosoft.com microsoft.com",
                                     "https://msrc.microsoft.com/report/abuse"};
/// The same firm where an id helps the administrator of the recipient, and nobody takes a report.
inline constexpr Operator kMicrosoftService{"microsoft.com",
                                            "outlook.com onmicrosoft.com microsoft.com"};
/// Mailboxes that Microsoft gives to the public.
inline constexpr Operator kOutlook{"outlook.com", "outlook.com hotmail.com", "abuse@outlook.com"};
inline constexpr Operator kGoogle{"google.com", "google.com gmail.com googlemail.com"};
inline constexpr Operator kGitHub{"github.com", "github.com"};
inline constexpr Operator kOvh{"ovh.net", "mail-out.ovh.net mail.ovh.net"};
inline constexpr Operator kIonos{"ionos.com",
                                 "kundenserver.de perfora.net ionos.com gmx.net web.de"};
inline constexpr Operator kStrato{"strato.de", "rzone.de strato.de", "abuse@strato.de"};
inline constexpr Operator kProofpoint{"proofpoint.com", "proofpoint.com pphosted.com"};
inline constexpr Operator kMimecast{"mimecast.com", "mimecast.com"};
inline constexpr Operator kYahoo{"yahoo.com", "yahoo.com aol.com"};
inline constexpr Operator kEco{"eco.de", ""};
inline constexpr const Operator* kAll[] = {
    &kSes,      &kSendGrid,        &kMailgun,      &kMailchimp,     &kMandrill,  &kSparkPost,
    &kPostmark, &kSalesforce,      &kHubSpot,      &kKlaviyo,       &kBrevo,     &kMailjet,
    &kZendesk,  &kConstantContact, &kMailChannels, &kAliDirectMail, &kMicrosoft, &kOutlook,
    &kGoogle,   &kGitHub,          &kOvh,          &kIonos,         &kStrato,    &kProofpoint,
    &kMimecast, &kYahoo,           &kEco};
}  // namespace operators

}  // namespace emltrace::trace
