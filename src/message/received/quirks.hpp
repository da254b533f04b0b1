#pragma once

#include "message/received/draft.hpp"

/// Inside of the Received parser: the tests and readings that the producer table names.
namespace emltrace::received {

// ---- Which name is which ------------------------------------------------------------------------

/// Where the one name is what the client said.
void read_helo_name(Draft& draft);
/// Where the one name was looked up and found to be what the client said.
void read_looked_up_name(Draft& draft);
/// Where the name's place holds the client's address: a browser says no HELO.
void read_address_name(Draft& draft);
/// Where an address behind the `by` host is that host's own.
void read_own_address(Draft& draft);

// ---- qmail and what runs around it --------------------------------------------------------------

[[nodiscard]] bool is_qmail(const Draft& draft);
void read_qmail(Draft& draft);
void read_qmail_scanner(Draft& draft);
void read_simscan(Draft& draft);
void read_nullmailer(Draft& draft);

// ---- Exim ---------------------------------------------------------------------------------------

[[nodiscard]] bool is_exim(const Draft& draft);
void read_exim(Draft& draft);
[[nodiscard]] bool is_mailman(const Draft& draft);

// ---- Other servers of Unix and VMS --------------------------------------------------------------

[[nodiscard]] bool is_sendmail(const Draft& draft);
void read_sendmail(Draft& draft);
void read_postfix(Draft& draft);
[[nodiscard]] bool is_courier(const Draft& draft);
[[nodiscard]] bool is_dovecot(const Draft& draft);
[[nodiscard]] bool is_zimbra(const Draft& draft);
[[nodiscard]] bool is_zmailer(const Draft& draft);
void read_zmailer(Draft& draft);
[[nodiscard]] bool is_mmdf(const Draft& draft);
[[nodiscard]] bool is_vms(const Draft& draft);
[[nodiscard]] bool is_uucp(const Draft& draft);
void read_opensmtpd(Draft& draft);
[[nodiscard]] bool is_obtuse(const Draft& draft);
void read_obtuse(Draft& draft);
[[nodiscard]] bool is_smap(const Draft& draft);
void read_smap(Draft& draft);

// ---- Servers of Windows, gateways and filters ---------------------------------------------------

[[nodiscard]] bool is_frontend_transport(const Draft& draft);
void read_smtpsvc(Draft& draft);
[[nodiscard]] bool is_resubmission(const Draft& draft);
void read_resubmission(Draft& draft);
[[nodiscard]] bool is_mdaemon(const Draft& draft);
void read_xmail(Draft& draft);
void read_mailenable(Draft& draft);
[[nodiscard]] bool is_forcepoint(const Draft& draft);
void read_forcepoint(Draft& draft);
void read_interscan(Draft& draft);
[[nodiscard]] bool is_ironport(const Draft& draft);
void read_ironport(Draft& draft);
[[nodiscard]] bool is_proofpoint(const Draft& draft);
void read_mimecast(Draft& draft);

// ---- Services -----------------------------------------------------------------------------------

[[nodiscard]] bool is_google_relay(const Draft& draft);
void read_google(Draft& draft);
void read_aliyun(Draft& draft);
void read_coremail(Draft& draft);
[[nodiscard]] bool is_263(const Draft& draft);
[[nodiscard]] bool is_yahoo_edge(const Draft& draft);
void read_yahoo(Draft& draft);
void read_gmx(Draft& draft);
[[nodiscard]] bool is_sendgrid(const Draft& draft);
void read_mailgun(Draft& draft);
[[nodiscard]] bool is_webmail(const Draft& draft);

// ---- Programs that fetch mail -------------------------------------------------------------------

void read_fetchmail(Draft& draft);
[[nodiscard]] bool is_getmail(const Draft& draft);
void read_getmail(Draft& draft);

}  // namespace emltrace::received
