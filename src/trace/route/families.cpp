#include "trace/route/families.hpp"

#include <array>

#include "base/text.hpp"

namespace emltrace::trace {
namespace {

constexpr std::array kFamilies{
    Family{"microsoft", "Microsoft 365",
           "outlook.com office365.com hotmail.com outlook.cn exchangelabs.com",
           "*.outbound.protection.outlook.com *.olc.protection.outlook.com",
           "2603:10a6::/32 2603:10b6::/32 2603:1096::/32",
           "outlook.com hotmail.com live.com msn.com hotmail.co.uk hotmail.fr live.co.uk", "",
           false},
    Family{"google", "Google", "google.com googlemail.com gmail.com",
           "mail-*.google.com rate-limited-proxy-*.google.com *.mail-relay.google.com",
           "2002:a00::/24", "gmail.com googlemail.com", "", false, true},
    Family{"yahoo", "Yahoo", "yahoo.com yahoodns.net yahoo.co.jp aol.com",
           "sonic*.yahoo.com *.bullet.mail.*.yahoo.com nm*.yahoo.com", "",
           "yahoo.com ymail.com rocketmail.com aol.com yahoo.co.uk yahoo.fr yahoo.de", "yahoo",
           false},
    Family{"apple", "Apple iCloud", "apple.com icloud.com me.com mac.com",
           "*.me.com outbound.*.icloud.com", "", "icloud.com me.com mac.com", "apple", false},
    Family{"fastmail", "Fastmail", "messagingengine.com fastmail.com fastmail.fm",
           "out*.messagingengine.com *out*-smtp.messagingengine.com wout*.messagingengine.com", "",
           "fastmail.com fastmail.fm", "", false},
    Family{"proton", "Proton Mail", "protonmail.ch proton.me protonmail.com",
           "mail-*.protonmail.ch mail-*.proton.me", "",
           "proton.me protonmail.com pm.me protonmail.ch", "", false},
    Family{"zoho", "Zoho Mail", "zoho.com zohomail.com zoho.eu zoho.in zohocloud.ca",
           "sender*.zoho.com sender*.zohomail.com sender*.zoho.eu", "", "zohomail.com zoho.com", "",
           false},
    Family{"yandex", "Yandex", "yandex.ru yandex.net yandex.com",
           "forward*.yandex.net forward*.yandex.com forward*.yandex.ru", "2a02:6b8:c00::/40",
           "yandex.ru yandex.com ya.ru", "", false},
    Family{"mailru", "Mail.ru", "mail.ru", "f*.i.mail.ru fallback*.i.mail.ru send*.i.mail.ru", "",
           "mail.ru bk.ru list.ru inbox.ru internet.ru", "", false},
    Family{"netease", "NetEase (163, 126)", "163.com 126.com yeah.net netease.com 188.com",
           "m*.mail.163.com m*.mail.126.com m*.yeah.net mail-m*.163.com mail-m*.126.com m*.163.com "
           "m*.126.com",
           "", "163.com 126.com yeah.net 188.com", "coremail", false},
    Family{"qq", "Tencent QQ", "qq.com foxmail.com",
           "out*.mail.qq.com smtpbg*.qq.com out*.qq.com bg*.qq.com", "",
           "qq.com foxmail.com vip.qq.com", "qq", false},
    Family{"aliyun", "Alibaba Cloud Mail",
           "aliyun.com aliyun-inc.com mxhichina.com alibaba-inc.com",
           "out*.mail.aliyun.com out*.aliyun.com", "", "aliyun.com", "aliyun", false},
    Family{"gmx", "GMX / WEB.DE", "gmx.net gmx.com gmx.de web.de", "mout.*", "",
           "gmx.net gmx.de gmx.com web.de gmx.at gmx.ch", "", false},
    Family{"amazonses", "Amazon SES", "amazonses.com",
           "*.smtp-out.*amazonses.com *.smtp-out.amazonses.com", "", "", "", true},
    Family{"sendgrid", "SendGrid", "sendgrid.net sendgrid.com",
           "*.outbound-mail.sendgrid.net *.sendgrid.net", "", "", "", true},
    Family{"mailgun", "Mailgun", "mailgun.net mailgun.org mailgun.co",
           "*.mailgun.net *.mailgun.org *.mailgun.co", "", "", "", true},
    Family{"postmark", "Postmark", "mtasv.net postmarkapp.com", "*.mtasv.net", "", "", "", true},
    Family{"sparkpost", "SparkPost", "sparkpostmail.com sparkpost.com e.sparkpost.com",
           "*.sparkpostmail.com", "", "", "", true},
    Family{"mailchimp", "Mailchimp / Mandrill",
           "mailchimp.com mcsv.net mcdlv.net rsgsv.net mandrillapp.com", "*", "", "", "", true},
    Family{"mailchannels", "MailChannels", "mailchannels.net", "*.relay.mailchannels.net", "", "",
           "", true},
    Family{"mailjet", "Mailjet", "mailjet.com", "*", "", "", "", true},
    Family{"brevo", "Brevo", "sendinblue.com brevo.com mailin.fr", "*", "", "", "", true},
    Family{"constantcontact", "Constant Contact", "constantcontact.com confirmedcc.com", "*", "",
           "", "", true},
    Family{"salesforce", "Salesforce Marketing Cloud", "exacttarget.com salesforce.com", "*", "",
           "", "", true},
    Family{"mimecast", "Mimecast", "mimecast.com mimecast.co.za mimecast-offshore.com", "*", "", "",
           "", true},
    Family{"proofpoint", "Proofpoint", "pphosted.com ppe-hosted.com proofpoint.com", "*", "", "",
           "", true},
    Family{"barracuda", "Barracuda", "barracudanetworks.com ess.barracudanetworks.com cudaops.com",
           "*", "", "", "", true},
    Family{"messagelabs", "Symantec Email Security", "messagelabs.com messagelabs.net", "*", "", "",
           "", true},
};

bool within_any(std::string_view list, const DomainName& name) {
  for (const auto word : text::words(list)) {
    const std::string_view text = name.text();
    if (text == word) return true;
    if (text.size() > word.size() && text.ends_with(word) &&
        text[text.size() - word.size() - 1] == '.') {
      return true;
    }
  }
  return false;
}

// One pass with the last '*' as the place to resume: linear for the short patterns of the table.
bool glob_match(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, mark = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace

std::span<const Family> families() {
  return kFamilies;
}

const Family* family_of_host(const DomainName& host) {
  for (const Family& family : kFamilies) {
    if (within_any(family.hosts, host)) return &family;
  }
  return nullptr;
}

const Family* family_of_inner_address(const ip::Address& address) {
  for (const Family& family : kFamilies) {
    for (const auto word : text::words(family.inner_networks)) {
      if (const auto network = ip::Network::parse(word); network && network->contains(address))
        return &family;
    }
  }
  return nullptr;
}

const Family* family_of_producer(std::string_view producer) {
  for (const Family& family : kFamilies) {
    for (const auto word : text::words(family.producers)) {
      if (producer == word) return &family;
    }
  }
  return nullptr;
}

const Family* family_of_author(const DomainName& domain) {
  for (const Family& family : kFamilies) {
    for (const auto word : text::words(family.author_domains)) {
      if (domain.text() == word) return &family;
    }
  }
  return nullptr;
}

bool is_outbound_host(const Family& family, const DomainName& host) {
  for (const auto pattern : text::words(family.outbound)) {
    if (glob_match(pattern, host.text())) return true;
  }
  return false;
}

}  // namespace emltrace::trace
