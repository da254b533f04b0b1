#pragma once

#include "received_draft.hpp"

/// Inside of the Received parser: the tests and readings that the producer table names.
namespace emltrace::received {

[[nodiscard]] bool is_sendmail(const Draft& draft);
[[nodiscard]] bool is_exim(const Draft& draft);
[[nodiscard]] bool is_qmail(const Draft& draft);
[[nodiscard]] bool is_google_relay(const Draft& draft);
[[nodiscard]] bool is_microsoft_mapi(const Draft& draft);
[[nodiscard]] bool is_courier(const Draft& draft);
[[nodiscard]] bool is_zmailer(const Draft& draft);
[[nodiscard]] bool is_fetchmail(const Draft& draft);
[[nodiscard]] bool is_getmail(const Draft& draft);
[[nodiscard]] bool is_mailman(const Draft& draft);
[[nodiscard]] bool is_webmail(const Draft& draft);
[[nodiscard]] bool is_proofpoint(const Draft& draft);
[[nodiscard]] bool is_sendgrid(const Draft& draft);
[[nodiscard]] bool is_mdaemon(const Draft& draft);
[[nodiscard]] bool is_ironport(const Draft& draft);
[[nodiscard]] bool is_barracuda(const Draft& draft);
[[nodiscard]] bool is_uucp(const Draft& draft);

void read_sendmail(Draft& draft);
void read_postfix(Draft& draft);
void read_exim(Draft& draft);
void read_qmail(Draft& draft);
void read_microsoft(Draft& draft);
void read_smtpsvc(Draft& draft);
void read_google(Draft& draft);
void read_aliyun(Draft& draft);
void read_zmailer(Draft& draft);
void read_fetchmail(Draft& draft);
void read_getmail(Draft& draft);
void read_address_name(Draft& draft);
void read_mailgun(Draft& draft);
void read_sendgrid(Draft& draft);
void read_opensmtpd(Draft& draft);
void read_simscan(Draft& draft);
void read_nullmailer(Draft& draft);
void read_communigate(Draft& draft);
void read_webmail(Draft& draft);
void read_coremail(Draft& draft);
void read_yahoo(Draft& draft);
void read_domino(Draft& draft);

}  // namespace emltrace::received
