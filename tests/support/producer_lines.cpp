#include <fmt/format.h>

#include <algorithm>

#include "base/ip.hpp"
#include "support/producer.hpp"
#include "support/producer_ids.hpp"

namespace emltrace::test {
namespace {

std::string date(const Line& l, DateForm form = DateForm::plain) {
  return date_text(l.at, l.region, form);
}

std::string tagged(const std::string& ip) {
  return ip.find(':') == std::string::npos ? ip : "IPv6:" + ip;
}

std::string known(const std::string& rdns) {
  return rdns.empty() ? "unknown" : rdns;
}

std::string for_part(const Line& l, std::string_view before, bool brackets = true) {
  if (l.rcpt.empty()) return {};
  return brackets ? fmt::format("{}for <{}>", before, l.rcpt)
                  : fmt::format("{}for {}", before, l.rcpt);
}

bool is_inner(const Line& l) {
  const auto address = ip::Address::parse(l.ip);
  return !address || !address->is_global();
}

// Half of the hosts tell what TLS they spoke; the same host always does the same.
bool tells_tls(const Line& l) {
  return l.by.size() % 2 == 0 && !is_inner(l);
}

std::string write_postfix(const Line& l) {
  if (l.ip.empty())  // a bounce, an alias: made by the host itself
    return fmt::format("by {} (Postfix)\n\tid {}; {}", l.by, l.id, date(l, DateForm::padded));
  const std::string tls =
      tells_tls(l)
          ? "\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\n\t key-exchange "
            "X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)\n\t(No client "
            "certificate requested)"
          : "";
  const std::string login =
      l.login.empty() ? "" : fmt::format("\n\t(Authenticated sender: {})", l.login);
  return fmt::format("from {} ({} [{}]){}{}\n\tby {} (Postfix) with {} id {}{}; {}", l.helo,
                     known(l.rdns), tagged(l.ip), tls, login, l.by,
                     !l.login.empty() ? "ESMTPSA"
                     : is_inner(l)    ? "ESMTP"
                                      : "ESMTPS",
                     l.id, for_part(l, "\n\t"), date(l, DateForm::padded));
}

std::string write_pickup(const Line& l) {
  return fmt::format("by {} (Postfix, from userid {})\n\tid {}; {}", l.by,
                     l.login.empty() ? "0" : l.login, l.id, date(l, DateForm::padded));
}

std::string write_sendmail(const Line& l) {
  const std::string client = l.rdns.empty() ? fmt::format("[{}]", tagged(l.ip))
                                            : fmt::format("{} [{}]", l.rdns, tagged(l.ip));
  const bool tls = !is_inner(l);
  return fmt::format(
      "from {} ({}){}\n\tby {} (8.17.1/8.17.1) with {} id {}{}{};\n\t{}", l.helo, client,
      l.login.empty() ? "" : "\n\t(authenticated bits=0)", l.by,
      !tls              ? "ESMTP"
      : l.login.empty() ? "ESMTPS"
                        : "ESMTPSA",
      l.id, tls ? "\n\t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT)" : "",
      for_part(l, "\n\t"), date(l));
}

// The name stands where it is proved; the HELO where it is another one.
std::string write_exim(const Line& l, std::string_view version) {
  const std::string helo = l.helo == l.rdns ? "" : fmt::format(" helo={}", l.helo);
  const std::string client = l.rdns.empty() ? fmt::format("[{}] (helo={})", l.ip, l.helo)
                                            : fmt::format("{} ([{}]{})", l.rdns, l.ip, helo);
  return fmt::format(
      "from {}\n\tby {} with {} (TLS1.3) tls TLS_AES_256_GCM_SHA384\n\t(Exim {})\n\t"
      "(envelope-from <{}>)\n\tid {}{};\n\t{}",
      client, l.by, l.login.empty() ? "esmtps" : "esmtpsa", version, l.mail_from, l.id,
      for_part(l, "\n\t", false), date(l, DateForm::two_digit));
}
std::string write_new_exim(const Line& l) {
  return write_exim(l, "4.98.2");
}
std::string write_old_exim(const Line& l) {
  return write_exim(l, "4.94.2");
}

std::string write_qmail(const Line& l) {
  if (l.ip.empty())
    return fmt::format("(qmail {} invoked by uid {}); {}",
                       900 + l.at.time_since_epoch().count() % 30'000,
                       l.login.empty() ? "89" : l.login, date(l, DateForm::qmail));
  const std::string helo = l.helo == l.rdns ? "" : fmt::format(" (HELO {})", l.helo);
  return fmt::format("from {}{} ({})\n  by {} with SMTP; {}", known(l.rdns), helo, l.ip, l.by,
                     date(l, DateForm::qmail));
}

std::string write_exchange(const Line& l) {
  return fmt::format(
      "from {} ({}) by\n {} ({}) with Microsoft SMTP Server\n (version=TLS1_2, "
      "cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\n {}{}; {}",
      l.helo, l.ip, l.by, l.by_ip, l.id, l.login, date(l));
}
std::string write_mapi(const Line& l) {
  return fmt::format("from {0}\n ([{1}]) by {2}\n ([{3}%{4}]) with mapi id {5}; {6}", l.helo, l.ip,
                     l.by, l.by_ip, 4 + l.by.size() % 9, l.id,
                     date_text(l.at, Region::utc, DateForm::two_digit));
}
std::string write_https(const Line& l) {
  return fmt::format("from {} ({})\n by {} with HTTPS; {}", l.helo, l.ip, l.by, date(l));
}

constexpr std::string_view kGoogleTls =
    "\n        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256)";

std::string write_gmail(const Line& l) {
  const std::string client =
      l.rdns.empty() ? fmt::format("[{}]", l.ip) : fmt::format("{}. [{}]", l.rdns, l.ip);
  return fmt::format(
      "from {} ({})\n        by {} with {} id {}{}{};\n        {}", l.helo, client, l.by,
      l.login.empty() ? "ESMTPS" : "ESMTPSA", l.id, for_part(l, "\n        "), kGoogleTls,
      date(l, DateForm::two_digit) + " (" + std::string(zone_of(l.region, l.at).name) + ")");
}
std::string write_gmail_inner(const Line& l) {
  return fmt::format("by {} with SMTP id {}{};\n        {} ({})", l.by, l.id,
                     for_part(l, "\n        "), date(l, DateForm::two_digit),
                     zone_of(l.region, l.at).name);
}

std::string write_coremail(const Line& l) {
  return fmt::format("from {} ({} [{}])\n\tby {} (Coremail) with SMTP id {};\n\t{}", l.helo,
                     known(l.rdns), l.ip, l.by, l.id, date(l, DateForm::two_digit) + " (CST)");
}
std::string write_coremail_webmail(const Line& l) {
  return fmt::format("from {} ( [{}] ) by\n {} (Coremail) ; {} (CST)", l.helo, l.ip, l.by,
                     date(l, DateForm::plain));
}

std::string write_yahoo(const Line& l) {
  return fmt::format(
      "from {} (EHLO {})\n by {} with SMTPs\n (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256);\n {}",
      l.ip, l.helo, l.by, date(l, DateForm::two_digit));
}
std::string write_yahoo_web(const Line& l) {
  return fmt::format("from {} by {} with HTTP; {}", l.helo, l.by, date(l));
}

std::string write_qq(const Line& l) {
  return fmt::format("from {} ({} [{}])\n\tby {} (NewMX) with SMTP id {}\n\tfor <{}>; {}", l.helo,
                     known(l.rdns), l.ip, l.by, l.id, l.rcpt, date(l, DateForm::two_digit));
}
std::string write_qq_submission(const Line& l) {
  return fmt::format("from {} ([{}])\n\tby {} (NewEsmtp) with SMTP\n\tid {}; {}", l.helo, l.ip,
                     l.by, l.id, date(l, DateForm::two_digit));
}

std::string write_aliyun(const Line& l) {
  return fmt::format(
      "from {}(mailfrom:{} fp:{} cluster:ay{})\n          by smtp.aliyun-inc.com;\n          {}",
      l.ip, l.mail_from, l.id, 20 + l.id.size(), date(l, DateForm::two_digit));
}

// The day of the week is that of UTC.
std::string write_sina(const Line& l) {
  const std::string local = date(l, DateForm::plain);
  const std::string utc = date_text(l.at, Region::utc, DateForm::plain);
  return fmt::format(
      "from unknown (HELO {})([{}])\n\tby sina.com ({}) with ESMTP\n\tid {}; {}{} (CST)", l.helo,
      l.ip, l.by_ip, l.id, utc.substr(0, 3), local.substr(3));
}

std::string write_richmail(const Line& l) {
  return fmt::format("from {} (unknown[{}])\n\tby {} (RichMail) with SMTP id {};\n\t{} (CST)",
                     l.helo, l.ip, l.by, l.id, date(l, DateForm::two_digit));
}

std::string write_263(const Line& l) {
  return fmt::format(
      "from {} (unknown [{}])\n\tby smtp.263.net (postfix) whith ESMTP id\n\t{};\n\t{} (CST)",
      l.helo, l.ip, l.id, date(l, DateForm::two_digit));
}

std::string write_lmtp(const Line& l) {
  return fmt::format("from {}\n\tby {} with LMTP\n\tid {}\n\t(envelope-from <{}>){}; {}", l.helo,
                     l.by, l.id, l.mail_from, for_part(l, "\n\t"), date(l, DateForm::two_digit));
}
std::string write_lmtps(const Line& l) {
  return fmt::format("from {} ([{}])\n\tby {} with LMTPS\n\tid {}\n\t(envelope-from <{}>){}; {}",
                     l.helo, l.ip, l.by, l.id, l.mail_from, for_part(l, "\n\t"),
                     date(l, DateForm::two_digit));
}

std::string write_amavis(const Line& l) {
  return fmt::format(
      "from {0} ([127.0.0.1])\n by localhost ({0} [127.0.0.1]) (amavis, port 10024) with ESMTP\n "
      "id "
      "{1}{2}; {3}",
      l.helo, l.id, for_part(l, " "), date(l, DateForm::padded));
}
std::string write_spam_scanned(const Line& l) {
  return fmt::format(
      "from spamd by {} with spam-scanned (Exim 4.94.2)\n\t(envelope-from <{}>)\n\tid {}{}; {}",
      l.by, l.mail_from, l.id, for_part(l, "\n\t", false), date(l, DateForm::two_digit));
}
std::string write_qmail_scanner(const Line& l) {
  return fmt::format(
      "from {0} by {1} (envelope-from <{2}>, uid 1011) with qmail-scanner-2.11st \n (clamdscan: "
      "0.103.8/26800. spamassassin: 3.4.6. perlscan: 2.11st.  \n Clear:RC:0({0}):. \n Processed in "
      "0.0{3} secs); {4}",
      l.ip, l.by, l.mail_from, 10 + l.by.size(), date(l, DateForm::qmail));
}
std::string write_http(const Line& l) {
  return fmt::format("from {} ([{}])\n\tby {} with HTTP (HTTP/1.1 POST); {}", known(l.rdns), l.ip,
                     l.by, date(l, DateForm::two_digit));
}

std::string write_filterd(const Line& l) {
  return fmt::format(
      "from pps.filterd ({} [127.0.0.1])\n\tby {} (8.18.1.2/8.18.1.2) with ESMTP id {}{}; {}",
      l.helo, l.by, l.id, for_part(l, "\n\t"), date(l, DateForm::two_digit));
}
std::string write_proofpoint(const Line& l) {
  return fmt::format(
      "from {} ({} [{}])\n\tby {} (PPS) with ESMTPS id 4{}-1\n\t(version=TLSv1.2 "
      "cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT){}; {}",
      l.helo, known(l.rdns), l.ip, l.by, l.id, for_part(l, "\n\t"), date(l, DateForm::two_digit));
}
std::string proofpoint_id(Instant /*at*/, std::uint32_t serial) {
  std::string id = "b";
  for (std::uint64_t any = mixed(serial); id.size() < 9; any /= 26)
    id += static_cast<char>('a' + any % 26);
  return id;
}
std::string write_mimecast(const Line& l) {
  return fmt::format(
      "from {} ({} [{}])\n by relay.mimecast.com with ESMTP with STARTTLS (version=TLSv1.3,\n "
      "cipher=TLS_AES_256_GCM_SHA384) id {}; {}",
      l.helo, known(l.rdns), l.ip, l.id, date(l, DateForm::two_digit));
}
std::string mimecast_id(Instant at, std::uint32_t serial) {
  return fmt::format("uk-mta-{}-{}{}Q-1", 1 + serial % 300, letters_id(at, serial),
                     letters_id(at, ~serial));
}
std::string write_barracuda(const Line& l) {
  return fmt::format(
      "from {} ({} [{}])\n\tby {}\n\t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 "
      "verify=NO);\n\t{}",
      l.helo, known(l.rdns), l.ip, l.by, date(l, DateForm::two_digit));
}
std::string write_ironport(const Line& l) {
  return fmt::format("from {} ([{}])\n  by {} with ESMTP/TLS/TLS_AES_256_GCM_SHA384; {}",
                     l.rdns.empty() ? "unknown (HELO " + l.helo + ")" : l.rdns, l.ip, l.by,
                     date(l, DateForm::two_digit).substr(5));
}
std::string write_hornet(const Line& l) {
  return fmt::format("from {} ([{}]) by {};\n {}", l.helo, l.ip, l.by,
                     date(l, DateForm::two_digit));
}
std::string write_cloudflare(const Line& l) {
  return fmt::format("from {} ({})\n        by {} (cloudflare) id {}{}; {}", l.helo, l.ip, l.by,
                     l.id, for_part(l, "\n        "), date(l, DateForm::two_digit));
}

std::string write_sendgrid(const Line& l) {
  const auto any = l.at.time_since_epoch().count();
  return fmt::format("by {} with SMTP id {}\n\t{} {}.{:09} +0000 UTC m=+{}.{:09}", l.by, l.id,
                     iso_day(l.at), date_text(l.at, Region::utc, DateForm::two_digit).substr(17, 8),
                     any % 999 * 1'000'003, 100'000 + any % 3'571, any % 1'000'000'000);
}
std::string write_geopod(const Line& l) {
  return fmt::format(
      "from {} (unknown)\n\tby {} (SG)\n\twith ESMTP id {};\n\t{} (UTC)", l.helo, l.by, l.id,
      date_text(l.at, Region::utc, DateForm::two_digit).substr(0, 25) + ".412 +0000");
}
std::string write_mailgun(const Line& l) {
  if (l.ip.empty())
    return fmt::format("by {} with HTTP id {};\n {} GMT", l.by, l.id,
                       date_text(l.at, Region::utc, DateForm::two_digit).substr(0, 25));
  return fmt::format(
      "from {} (<{}> [{}])\n by {} with SMTP id {} (version=TLS1.3,\n "
      "cipher=TLS_AES_128_GCM_SHA256); {} GMT",
      l.helo, known(l.rdns), l.ip, l.by, l.id,
      date_text(l.at, Region::utc, DateForm::two_digit).substr(0, 25));
}
std::string mailgun_id(Instant at, std::uint32_t serial) {
  return hex(static_cast<std::uint64_t>(at.time_since_epoch().count()), 8) + hex(mixed(serial), 16);
}
std::string write_sparkpost(const Line& l) {
  return fmt::format(
      "from [{0}] ([{0}])\n\tby {1} (envelope-from <{2}>)\n\t(ecelerity 4.4.0.19839 "
      "r(msys-ecelerity:tags/4.4.0.0^0)) with REST\n\tid {3}; {4}",
      l.ip, l.by, l.mail_from, l.id, date_text(l.at, Region::utc, DateForm::two_digit));
}
std::string sparkpost_id(Instant at, std::uint32_t serial) {
  const std::uint64_t any = mixed(serial);
  // The seconds, last digit first.
  std::string seconds = fmt::format("{:08X}", at.time_since_epoch().count());
  std::reverse(seconds.begin(), seconds.end());
  return fmt::format("{}/{}-{}-{}", hex(any, 2), hex(any >> 8, 2), 10'000 + any % 50'000, seconds);
}

std::string write_cyrus_lmtpa(const Line& l) {
  return fmt::format(
      "from phl-imap-02.internal (phl-imap-02.phl.internal [{}])\n\tby {} (Cyrus "
      "3.13.0-alpha0-136-g1a2b3c4-fm-20260309.001-g1a2b3c4d) with LMTPA;\n\t{}",
      l.ip, l.by, date(l, DateForm::two_digit));
}
std::string write_lmtp_proxy(const Line& l) {
  return fmt::format("from {} ([{}])\n  by {} (LMTPProxy); {}", l.helo, l.ip, l.by,
                     date(l, DateForm::two_digit));
}
std::string write_auth_milter(const Line& l) {
  return fmt::format(
      "from {0} (localhost [127.0.0.1])\n    by {0} (Authentication Milter) with ESMTP\n    "
      "id {1}.{2};\n    {3}",
      l.by, l.id, hex_id({}, static_cast<std::uint32_t>(l.at.time_since_epoch().count())) + "00F",
      date(l, DateForm::two_digit));
}
std::string write_mail_gateway(const Line& l) {
  return fmt::format("from {} ([{}])\n\tby {} (mailgateway 2612B12)\n\twith SMTP id {}{}; {}",
                     l.helo, l.ip, l.by, l.id, for_part(l, "\n\t"), date(l, DateForm::two_digit));
}
std::string uuid_id(Instant /*at*/, std::uint32_t serial) {
  const std::uint64_t any = mixed(serial), other = mixed(~serial);
  return fmt::format("{}-{}-4{}-8{}-{}", hex(any, 8), hex(any >> 32, 4), hex(other, 3),
                     hex(other >> 12, 3), hex(other >> 16, 12));
}

std::string write_fetchmail(const Line& l) {
  return fmt::format(
      "from {} [{}]\n\tby {} with {} (fetchmail-6.4.39)\n\tfor <{}> (single-drop); {}", l.helo,
      l.ip, l.by, l.login, l.rcpt,
      date(l, DateForm::two_digit) + " (" + std::string(zone_of(l.region, l.at).name) + ")");
}
std::string write_getmail(const Line& l) {
  return fmt::format("from {} ({}) by {}\n  with {}; {}", l.helo, l.ip, l.by, l.login,
                     date(l, DateForm::qmail));
}
std::string write_api_insert(const Line& l) {
  return fmt::format("from {} named unknown by gmailapi.google.com with HTTPREST; {}", l.helo,
                     date(l, DateForm::two_digit));
}

}  // namespace

const Producer kPostfix{"postfix", write_postfix, postfix_short_id};
const Producer kPostfixLong{"postfix, long ids", write_postfix, postfix_long_id};
const Producer kPostfixPickup{"postfix pickup", write_pickup, postfix_long_id};
const Producer kSendmail{"sendmail", write_sendmail, sendmail_id};
const Producer kExim{"exim", write_new_exim, exim_id};
const Producer kOldExim{"exim 4.94", write_old_exim, old_exim_id};
const Producer kQmail{"qmail", write_qmail, nullptr};
const Producer kExchange{"exchange", write_exchange, exchange_id};
const Producer kOutlook{"microsoft 365", write_exchange, outlook_id};
const Producer kOutlookMapi{"microsoft 365 mapi", write_mapi, mapi_id};
const Producer kOutlookHttps{"microsoft 365 store", write_https, nullptr};
const Producer kGmail{"gmail", write_gmail, gmail_id};
const Producer kGmailSubmission{"gmail submission", write_gmail, gmail_submission_id};
const Producer kGmailOut{"gmail out", write_gmail_inner, gmail_out_id};
const Producer kGmailInner{"gmail inner", write_gmail_inner, gmail_inner_id};
const Producer kCoremail{"coremail", write_coremail, coremail_id};
const Producer kCoremailWebmail{"coremail webmail", write_coremail_webmail, nullptr};
const Producer kYahoo{"yahoo", write_yahoo, nullptr};
const Producer kYahooWeb{"yahoo web", write_yahoo_web, nullptr};
const Producer kQq{"qq", write_qq, hex_id};
const Producer kQqSubmission{"qq submission", write_qq_submission, hex_id};
const Producer kAliyun{"aliyun", write_aliyun, aliyun_id};
const Producer kSina{"sina", write_sina, sina_id};
const Producer kRichMail{"richmail", write_richmail, richmail_id};
const Producer k263{"263", write_263, id_of_263};
const Producer kDovecotLmtp{"dovecot lmtp", write_lmtp, dovecot_id};
const Producer kLmtps{"lmtps", write_lmtps, dovecot_id};
const Producer kAmavis{"amavis", write_amavis, letters_id};
const Producer kSpamScanned{"exim spam scan", write_spam_scanned, old_exim_id};
const Producer kQmailScanner{"qmail-scanner", write_qmail_scanner, nullptr};
const Producer kHttp{"web mail", write_http, nullptr};
const Producer kFilterd{"proofpoint filter", write_filterd, sendmail_id};
const Producer kProofpoint{"proofpoint", write_proofpoint, proofpoint_id};
const Producer kMimecast{"mimecast", write_mimecast, mimecast_id};
const Producer kBarracuda{"barracuda", write_barracuda, nullptr};
const Producer kIronPort{"ironport", write_ironport, nullptr};
const Producer kHornet{"hornetsecurity", write_hornet, nullptr};
const Producer kCloudflare{"cloudflare", write_cloudflare, letters_id};
const Producer kSendGrid{"sendgrid", write_sendgrid, nullptr};
const Producer kGeopod{"sendgrid geopod", write_geopod, letters_id};
const Producer kMailgun{"mailgun", write_mailgun, mailgun_id};
const Producer kSparkPost{"sparkpost", write_sparkpost, sparkpost_id};
const Producer kCyrusLmtpa{"cyrus lmtpa", write_cyrus_lmtpa, nullptr};
const Producer kLmtpProxy{"lmtp proxy", write_lmtp_proxy, nullptr};
const Producer kAuthMilter{"authentication milter", write_auth_milter, postfix_short_id};
const Producer kMailGateway{"icloud gateway", write_mail_gateway, uuid_id};
const Producer kFetchmail{"fetchmail", write_fetchmail, nullptr};
const Producer kGetmail{"getmail", write_getmail, nullptr};
const Producer kApiInsert{"gmail api", write_api_insert, nullptr};

}  // namespace emltrace::test
