#include "message/received/producers.hpp"

#include <array>

#include "base/text.hpp"
#include "message/received/quirks.hpp"

namespace emltrace::received {
namespace {

constexpr Producer software(std::string_view key, std::string_view text,
                            void (*read)(Draft&) = nullptr) {
  return {key, Sign::software, text, nullptr, read};
}
constexpr Producer by_domain(std::string_view key, std::string_view text,
                             void (*read)(Draft&) = nullptr) {
  return {key, Sign::by_domain, text, nullptr, read};
}
constexpr Producer by_prefix(std::string_view key, std::string_view text,
                             void (*read)(Draft&) = nullptr) {
  return {key, Sign::by_prefix, text, nullptr, read};
}
constexpr Producer with(std::string_view key, std::string_view text,
                        void (*read)(Draft&) = nullptr) {
  return {key, Sign::with, text, nullptr, read};
}
constexpr Producer lead(std::string_view key, std::string_view text, void (*read)(Draft&)) {
  return {key, Sign::lead, text, nullptr, read};
}
constexpr Producer shape(std::string_view key, bool (*test)(const Draft&),
                         void (*read)(Draft&) = nullptr) {
  return {key, Sign::shape, {}, test, read};
}

constexpr Producer kProducers[] = {
    // Services, by their own hosts whatever software runs there.
    by_domain("gmail", "google.com", read_google),
    by_domain("gmail", "googlemail.com", read_google),
    shape("gmail", is_google_relay, read_google),
    by_domain("microsoft", "outlook.com", read_smtpsvc),
    by_domain("microsoft", "hotmail.com", read_smtpsvc),
    by_domain("microsoft", "exchangelabs.com", read_smtpsvc),
    by_domain("microsoft", "partner.outlook.cn", read_smtpsvc),
    by_domain("yahoo", "yahoo.com", read_yahoo),
    by_domain("yahoo", "aol.com", read_yahoo),
    software("yahoo", "Yahoo Inc", read_yahoo),
    shape("yahoo", is_yahoo_edge),
    by_domain("apple", "icloud.com"),
    by_domain("apple", "me.com"),
    by_domain("apple", "mac.com"),
    by_prefix("apple", "p00-icloudmta"),
    by_domain("fastmail", "nyi.internal"),
    by_domain("fastmail", "phl.internal"),
    by_domain("fastmail", "messagingengine.com"),
    by_domain("proton", "protonmail.ch"),
    by_domain("proton", "proton.ch"),
    by_domain("zoho", "zoho.com", read_address_name),
    by_domain("zoho", "zohomail.com", read_address_name),
    by_domain("yandex", "yandex.net", read_address_name),
    by_domain("yandex", "yandex.ru", read_address_name),
    software("yandex", "nwsmtp/Yandex"),
    by_domain("mail.ru", "mail.ru", read_exim),
    by_domain("qq", "qq.com", read_helo_name),
    by_domain("netease", "163.com", read_helo_name),
    by_domain("netease", "126.com", read_helo_name),
    software("coremail", "Coremail", read_coremail),
    shape("263", is_263, read_helo_name),
    by_domain("aliyun", "aliyun-inc.com", read_aliyun),
    by_domain("aliyun", "aliyun.com", read_aliyun),
    by_domain("gmx", "gmx.net", read_gmx),
    by_domain("gmx", "gmx.com", read_gmx),
    by_domain("mailchannels", "mailchannels.net"),
    software("mailchannels", "trex/"),
    by_domain("mimecast", "mimecast.com", read_mimecast),
    by_domain("mimecast", "mimecast.co.za", read_mimecast),
    shape("proofpoint", is_proofpoint),
    by_domain("sendgrid", "sendgrid.net", read_address_name),
    shape("sendgrid", is_sendgrid, read_address_name),
    by_domain("amazon-ses", "amazonses.com"),
    by_domain("amazon-ses", "amazonaws.com"),
    by_domain("mailgun", "mailgun.net", read_mailgun),
    by_domain("mailgun", "mailgun.org", read_mailgun),
    by_domain("postmark", "mtasv.net"),
    by_domain("postmark", "postmarkapp.com"),
    by_domain("sparkpost", "sparkpostmail.com", read_address_name),
    software("sparkpost", "ecelerity", read_address_name),
    // Filters and appliances.
    software("amavis", "amavis"),
    software("barracuda", "Spam Firewall"),
    software("barracuda", "Spam & Virus Firewall"),
    by_domain("barracuda", "barracudanetworks.com"),
    shape("ironport", is_ironport, read_ironport),
    shape("forcepoint", is_forcepoint, read_forcepoint),
    software("mxlogic", "mxl_mta", read_looked_up_name),
    software("navgw", "NAVGW"),
    software("interscan", "InterScan", read_interscan),
    with("interscan", "InterScan", read_interscan),
    by_prefix("simscan", "simscan", read_simscan),
    with("qmail-scanner", "qmail-scanner", read_qmail_scanner),
    // Servers that name themselves.
    software("postfix", "Postfix"),
    shape("mailman", is_mailman, read_exim),
    software("exim", "Exim", read_exim),
    software("haraka", "Haraka"),
    software("opensmtpd", "OpenSMTPD", read_opensmtpd),
    software("cyrus", "Cyrus"),
    software("dovecot", "Dovecot"),
    software("domino", "Lotus Domino", read_helo_name),
    software("domino", "IBM Domino", read_helo_name),
    software("domino", "HCL Domino", read_helo_name),
    software("lotus", "Lotus SMTP MTA", read_helo_name),
    with("groupwise", "Novell_GroupWise"),
    software("groupwise", "GroupWise"),
    software("communigate", "CommuniGate", read_address_name),
    with("xmail", "[XMail", read_xmail),
    software("xmail", "[XMail", read_xmail),
    with("mailenable", "MailEnable", read_mailenable),
    software("imail", "SMTPD32", read_helo_name),
    software("smtpl", "SMTPL", read_address_name),
    software("beehive", "Oracle Beehive", read_helo_name),
    software("farcaster", "Farcaster"),
    software("mdaemon", "MDaemon", read_helo_name),
    shape("mdaemon", is_mdaemon, read_own_address),
    software("sun", "Sun Internet Mail Server"),
    software("oracle", "Oracle Communications Messaging"),
    software("oracle", "Sun Java System Messaging"),
    software("oracle", "Sun Java(tm) System Messaging"),
    software("oracle", "iPlanet Messaging"),
    software("pmdf", "PMDF"),
    software("smail", "Smail"),
    software("mmdf", "MMDF"),
    software("intermail", "InterMail"),
    software("powermta", "PowerMTA"),
    shape("vms", is_vms),
    software("fetchmail", "fetchmail", read_fetchmail),
    shape("getmail", is_getmail, read_getmail),
    with("microsoft", "Microsoft SMTP", read_smtpsvc),
    with("microsoft", "Internet Mail Service", read_smtpsvc),
    with("microsoft", "mapi", read_smtpsvc),
    shape("microsoft", is_resubmission, read_resubmission),
    with("microsoft", "ShadowRedundancy", read_smtpsvc),
    with("microsoft", "MailboxResubmission", read_smtpsvc),
    software("microsoft", "Microsoft Exchange", read_smtpsvc),
    shape("microsoft", is_frontend_transport, read_smtpsvc),
    lead("qmail", "qmail ", read_qmail),
    software("qmail", "qmail", read_qmail),
    lead("nullmailer", "nullmailer", read_nullmailer),
    // Servers that only the shape of what they write tells.
    shape("obtuse", is_obtuse, read_obtuse),
    shape("smap", is_smap, read_smap),
    shape("uucp", is_uucp, read_sendmail),
    shape("sendmail", is_sendmail, read_sendmail),
    shape("zmailer", is_zmailer, read_zmailer),
    shape("zimbra", is_zimbra),
    shape("dovecot", is_dovecot),
    shape("exim", is_exim, read_exim),
    shape("courier", is_courier, read_helo_name),
    shape("qmail", is_qmail, read_qmail),
    shape("mmdf", is_mmdf),
    shape("webmail", is_webmail, read_address_name),
};

bool under(const std::optional<std::string>& host, std::string_view domain) {
  if (!host || !text::iends_with(*host, domain)) {
    return false;
  }
  return host->size() == domain.size() || (*host)[host->size() - domain.size() - 1] == '.';
}

bool fits(const Producer& row, const Draft& draft) {
  const Received& out = draft.out;
  switch (row.sign) {
    case Sign::software:
      return out.by.software && text::istarts_with(*out.by.software, row.text);
    case Sign::by_domain:
      return under(out.by.host, row.text);
    case Sign::by_prefix:
      return out.by.host && text::istarts_with(*out.by.host, row.text);
    case Sign::with:
      return out.with && text::istarts_with(*out.with, row.text);
    case Sign::lead:
      return !draft.region(Clause::lead).empty() &&
             text::istarts_with(draft.tokens[0].inner, row.text);
    case Sign::shape:
      return row.test(draft);
  }
  return false;
}

}  // namespace

std::span<const Producer> producers() {
  return kProducers;
}

void apply_producer(Draft& draft) {
  // Many services run it under their own names.
  if (draft.out.by.software && text::istarts_with(*draft.out.by.software, "Postfix")) {
    read_postfix(draft);
  }
  for (const Producer& row : kProducers) {
    if (fits(row, draft)) {
      draft.out.producer = std::string(row.key);
      if (row.read != nullptr) {
        row.read(draft);
      }
      return;
    }
  }
  // The only writers known that record nothing but an address record the client's.
  if (!draft.out.from.ip) {
    read_address_name(draft);
  }
}

}  // namespace emltrace::received
