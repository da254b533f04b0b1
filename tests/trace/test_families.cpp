#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "support/catch.hpp"
#include "trace/route/families.hpp"
#include "trace/route/filter_service.hpp"
#include "trace/route/relation.hpp"

using namespace emltrace;
using trace::ResultsPlace;

namespace {

DomainName name(std::string_view text) {
  auto parsed = DomainName::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

std::string_view key_of(const trace::Family* family) {
  return family != nullptr ? family->key : "";
}

std::string_view family(std::string_view host) {
  return key_of(trace::family_of_host(name(host)));
}

const trace::Family& row(std::string_view key) {
  const auto rows = trace::families();
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.key == key; });
  REQUIRE(found != rows.end());
  return *found;
}

// A host that is the family's, one by which mail leaves it (empty where none is known), one of its
// names by which mail does not leave (empty where all may), and one that only looks like it.
struct FamilyCase {
  std::string_view key;
  std::string_view host;
  std::string_view outbound;
  std::string_view not_outbound;
  std::string_view look_alike;
};

constexpr FamilyCase kCases[] = {
    {"microsoft", "AS8PR07MB8000.eurprd07.prod.outlook.com",
     "EUR05-AM6-obe.outbound.protection.outlook.com", "DB5PEPF00014B8F.mail.protection.outlook.com",
     "notoutlook.com"},
    {"google", "aspmx.l.google.com", "mail-oi1-f186.google.com", "mx.google.com",
     "google.com.evil.example"},
    {"yahoo", "mta5.am0.yahoodns.net", "sonic301-21.consmr.mail.ne1.yahoo.com",
     "atlas-production.v2-mail-prod1-ir2.omega.yahoo.com", "yahoo.com.mx.example"},
    {"yahoo-japan", "mx1.mail.yahoo.co.jp", "nh505-vm10.bullet.mail.kks.yahoo.co.jp",
     "mta086.mail.bbt.yahoo.co.jp", "notyahoo.co.jp"},
    {"apple", "mx01.mail.icloud.com", "st43p00im-ztfb10063301.me.com", "ms10162.mac.com",
     "icloud.com.signin.example"},
    {"fastmail", "in1-smtp.messagingengine.com", "fhigh-a1-smtp.messagingengine.com",
     "phl-mx-03.messagingengine.com", "fastmail.com.example"},
    {"proton", "mailin.protonmail.ch", "mail-4316.protonmail.ch", "mailin.protonmail.ch",
     "proton.me.example"},
    {"zoho", "mx.zohomail.com", "sender4-op-o12.zoho.com", "mx.zohomail.com", "notzoho.com"},
    {"yandex", "mxback26j.mail.yandex.net", "forward105p.mail.yandex.net",
     "mxback26j.mail.yandex.net", "yandex.ru.example"},
    {"mailru", "mxs.mail.ru", "f123.i.mail.ru", "mxs.mail.ru", "gmail.ru"},
    {"netease", "mx.163.com", "m16.mail.163.com", "hmail.qiye.163.com", "x163.com"},
    {"qq", "newxmmxszb12-0.qq.com", "smtpbgjp3.qq.com", "newxmmxszb12-0.qq.com", "notqq.com"},
    {"aliyun", "mx1.mail.aliyun-inc.com", "out30-119.freemail.mail.aliyun.com",
     "smtp.aliyun-inc.com", "myaliyun.com"},
    {"sina", "mail78-36.sinamail.sina.com.cn", "mail78-36.sinamail.sina.com.cn",
     "freemx1.sinamail.sina.com.cn", "sina.com.example"},
    {"feishu", "mx1.feishu.cn", "s01.bc.feishu.cn", "mx1.feishu.cn", "larksuite.com.example"},
    {"china-mobile", "cmccmta1.chinamobile.com", "cmccmta3.chinamobile.com", "mx1.mail.139.com",
     "x139.com"},
    {"china-telecom", "189.cn", "ptr.189.cn", "189.cn", "b189.cn"},
    {"263", "smtp.263.net", "regular1.263xmail.com", "smtp.263.net", "1263.net"},
    {"naver", "crcvmail104.nm.naver.com", "cvsmtppost38.nm.naver.com", "crcvmail104.nm.naver.com",
     "naver.com.example"},
    {"kakao", "mail-smail-vm101.hanmail.net", "mail-smail-vm54.daum.net", "mx1.hanmail.net",
     "hanmail.net.example"},
    {"gmx", "mx00.emig.gmx.net", "mout.gmx.net", "web-mail.gmx.net", "notgmx.net"},
    {"ionos", "mx00.kundenserver.de", "mout.kundenserver.de", "mx00.kundenserver.de",
     "ionos.com.example"},
    {"t-online", "mx00.t-online.de", "mailout01.t-online.de", "mx00.t-online.de",
     "not-t-online.de"},
    {"orange", "smtp-in.orange.fr", "smtp-81.smtpout.orange.fr", "smtp-in.orange.fr", "aorange.fr"},
    {"free", "mx1.free.fr", "smtp5-g21.free.fr", "mx1.free.fr", "notfree.fr"},
    {"comcast", "mx1.comcast.net", "resqmta-po-01v.sys.comcast.net", "mx1.comcast.net",
     "c-73-1-2-3.hsd1.ca.comcast.net"},
    {"att", "al-ip4-mx-vip1.prodigy.net", "", "al-ip4-mx-vip1.prodigy.net",
     "adsl-1.dsl.prodigy.net"},
    {"ovh", "mx1.mail.ovh.net", "6.mo582.mail-out.ovh.net", "mx1.mail.ovh.net",
     "vps-1a2b3c.vps.ovh.net"},
    {"gandi", "spool.mail.gandi.net", "relay7-d.mail.gandi.net", "spool.mail.gandi.net",
     "xvm-1-2.dc0.ghst.gandi.net"},
    {"infomaniak", "mta-gw.mail.infomaniak.ch", "smtp-190a.mail.infomaniak.ch",
     "mta-gw.mail.infomaniak.ch", "h2web12.infomaniak.ch"},
    {"rackspace", "mx1.emailsrvr.com", "smtp74.iad3a.emailsrvr.com", "mx1.emailsrvr.com",
     "myemailsrvr.com"},
    {"godaddy", "smtp.secureserver.net", "p3plsmtpa08-03.prod.phx3.secureserver.net",
     "mailstore1.secureserver.net", "ip-1-2-3-4.ip.secureserver.net"},
    {"strato", "smtpin.rzone.de", "mo4-p01-ob.smtp.rzone.de", "smtpin.rzone.de", "notrzone.de"},
    {"hostinger", "mx1.hostinger.com", "", "mx1.hostinger.com", "srv123.hostinger.com"},
    {"titan", "mx1.titan.email", "mail12.out.titan.email", "mx1.titan.email",
     "titan.email.example"},
    {"namecheap", "mx1.privateemail.com", "MTA-05-3.privateemail.com", "mx1.privateemail.com",
     "myprivateemail.com"},
    {"cloudflare", "route1.mx.cloudflare.net", "bi-cg.cloudflare-email.com", "cloudflare-email.net",
     "cloudflare-email.org"},
    {"groups.io", "mx.groups.io", "mail02.groups.io", "mx.groups.io", "notgroups.io"},
    {"simplelogin", "mx1.simplelogin.co", "mail-200166.simplelogin.co", "app.simplelogin.io",
     "simplelogin.com.example"},
    {"improvmx", "mx1.improvmx.com", "", "mx1.improvmx.com", "improvmx.com.example"},
    {"mimecast", "relay.mimecast.com", "eu-smtp-inbound-delivery-1.mimecast.com", "",
     "notmimecast.com"},
    {"proofpoint", "m0012345.ppops.net", "mx0a-00123401.pphosted.com", "", "pphosted.com.example"},
    {"barracuda", "d123456a.ess.barracudanetworks.com", "outbound-ip7a.ess.barracuda.com", "",
     "barracuda.com.example"},
    {"cisco", "mx1.hc1234-56.eu.iphmx.com", "esa1.hc1234-56.eu.iphmx.com", "", "xiphmx.com"},
    {"messagelabs", "cluster1.eu.messagelabs.com", "mail1.bemta34.messagelabs.com", "",
     "messagelabs.org"},
    {"hornetsecurity", "mx01.hornetsecurity.com", "mx-relay40-hz2.antispameurope.com", "",
     "antispameurope.com.example"},
    {"forcepoint", "cust41036-1.in.mailcontrol.com", "cluster-g.mailcontrol.com", "",
     "mymailcontrol.com"},
    {"trendmicro", "firm.com.in.tmes.trendmicro.com", "repost01.tmes.trendmicro.eu", "",
     "www.trendmicro.com"},
    {"sophos", "mx-01-us-west-2.prod.hydra.sophos.com", "mx-01-us-west-2.prod.hydra.sophos.com", "",
     "www.sophos.com"},
    {"siteground", "mx10.mailspamprotection.com", "mx10.mailspamprotection.com", "",
     "nomailspamprotection.com"},
    {"n-able", "mx1.antispamcloud.com", "out15-47.antispamcloud.com", "",
     "antispamcloud.com.example"},
    {"mxlogic", "firm.com.inbound10.mxlogic.net", "p02c11o146.mxlogic.net", "", "mxlogic.org"},
    {"cloudfilter", "omta34.uswest2.a.cloudfilter.net", "omta34.uswest2.a.cloudfilter.net", "",
     "cloudfilter.com"},
    {"expurgate", "mx.expurgate.net", "mx.expurgate.net", "", "expurgate.net.example"},
    {"amazonses", "inbound-smtp.amazonses.com", "a4-12.smtp-out.eu-west-1.amazonses.com",
     "feedback-smtp.eu-west-1.amazonses.com", "ec2-52-209-14-120.compute.amazonaws.com"},
    {"sendgrid", "filter0135p3las1.sendgrid.net", "o1.ptr1234.sendgrid.net", "www.sendgrid.com",
     "mysendgrid.net"},
    {"mailgun", "mxa.mailgun.org", "m69-169.mailgun.net", "", "mailgun.example"},
    {"postmark", "mta81.mtasv.net", "mta81.mtasv.net", "www.postmarkapp.com", "mtasv.net.example"},
    {"sparkpost", "mta-216-115.sparkpostmail.com", "mta-216-115.sparkpostmail.com",
     "api.sparkpost.com", "sparkpostmail.org"},
    {"mailchimp", "mail177-8.suw61.mandrillapp.com", "mail132.atl81.mcsv.net", "", "mcsv.org"},
    {"mailchannels", "inbound.mailchannels.net", "black.elm.relay.mailchannels.net",
     "inbound.mailchannels.net", "mailchannels.com"},
    {"mailjet", "o1.p9.mailjet.com", "o1.p9.mailjet.com", "", "mailjet.com.example"},
    {"brevo", "smtp-relay.sendinblue.com", "hi.d.mailin.fr", "", "brevo.com.example"},
    {"constantcontact", "ccm27.constantcontact.com", "ccm27.constantcontact.com", "",
     "constantcontact.example"},
    {"salesforce", "mta4.s7.exacttarget.com", "mta4.s7.exacttarget.com", "", "salesforce.example"},
    {"zendesk", "outbyoip2.pod23.use1.zdsys.com", "mta-out5.pod20.usw2.zdsys.com",
     "firm.zendesk.com", "zendesk.com.example"},
    {"hubspot", "a.hubspotemail.net", "a.hubspotemail.net", "", "hubspot.com.example"},
    {"klaviyo", "a.klaviyomail.com", "a.klaviyomail.com", "", "klaviyo.com.example"},
};

}  // namespace

TEST_CASE("every family knows its hosts, those that send outside, and no look-alike") {
  CHECK(std::size(kCases) == trace::families().size());
  for (const FamilyCase& c : kCases) {
    CAPTURE(c.key);
    CHECK(family(c.host) == c.key);
    CHECK(family(c.look_alike) != c.key);
    const trace::Family& own = row(c.key);
    if (!c.outbound.empty()) {
      CHECK(family(c.outbound) == c.key);
      CHECK(trace::is_outbound_host(own, name(c.outbound)));
    } else {
      CHECK(own.outbound.empty());
    }
    if (!c.not_outbound.empty()) {
      CHECK(family(c.not_outbound) == c.key);
      CHECK_FALSE(trace::is_outbound_host(own, name(c.not_outbound)));
    } else {
      CHECK(own.outbound.find('*') != std::string_view::npos);
    }
    CHECK_FALSE(trace::is_outbound_host(own, name(c.look_alike)));
  }
}

TEST_CASE("a name is a family's only below a whole label of its domain") {
  CHECK(family("google.com") == "google");
  CHECK(family("MX.GOOGLE.COM.") == "google");
  CHECK(family("notgoogle.com").empty());
  CHECK(family("google.com.evil.example").empty());
  CHECK(family("google").empty());
  CHECK(family("com").empty());
  CHECK(family("co.jp").empty());
}

TEST_CASE("outbound patterns hold for that family's own hosts only") {
  // `mout.*` of GMX and `*` of a filter service match any text.
  CHECK_FALSE(trace::is_outbound_host(row("gmx"), name("mout.kundenserver.de")));
  CHECK_FALSE(trace::is_outbound_host(row("gmx"), name("mout.evil.example")));
  CHECK_FALSE(trace::is_outbound_host(row("mimecast"), name("mx0a-00123401.pphosted.com")));
  CHECK_FALSE(
      trace::is_outbound_host(row("google"), name("mail-oi1-f186.google.com.evil.example")));
  CHECK_FALSE(trace::is_outbound_host(row("yahoo"), name("x.bullet.mail.yahoo.com")));
  CHECK(trace::is_outbound_host(row("yahoo"), name("x.bullet.mail.ne1.yahoo.com")));
  CHECK(trace::is_outbound_host(row("ionos"), name("mout.kundenserver.de")));
}

TEST_CASE("names of one firm are one family, tenants' own domains are none") {
  struct Pair {
    std::string_view a;
    std::string_view b;
    bool same;
  };
  constexpr Pair kPairs[] = {
      {"PUZPR01MB5212.apcprd01.prod.exchangelabs.com", "x.outbound.protection.outlook.com", true},
      {"DB8PR06CA0010.outlook.office365.com", "AS8PR07MB8000.eurprd07.prod.outlook.com", true},
      {"bay0-omc1-s1.bay0.hotmail.com", "outlook.com", true},
      {"firm-com.x-v1.mx.microsoft", "firm-com.mail.protection.outlook.com", true},
      {"m16.mail.163.com", "m15.mail.126.com", true},
      {"mail-smail-vm54.daum.net", "mail-smail-vm54.hanmail.net", true},
      {"mx0a-00123401.pphosted.com", "m0012345.ppops.net", true},
      {"mx-relay40-hz2.antispameurope.com", "mx01.hornetsecurity.com", true},
      {"outbound-ip7a.ess.barracuda.com", "mx-inbound12-34.eu-west-1a.ess.aws.cudaops.com", true},
      {"mail78-36.sinamail.sina.com.cn", "sina.com", true},
      {"lucky1.263xmail.com", "smtp.263.net", true},
      {"mta5.am0.yahoodns.net", "mx1.mail.yahoo.co.jp", false},
      {"google.com", "outlook.com", false},
      {"mout.gmx.net", "mout.kundenserver.de", false},
      {"firm.onmicrosoft.example", "outlook.com", false},
      {"mail.firm.example", "mail.firm.example", false},
  };
  for (const Pair& pair : kPairs) {
    CAPTURE(pair.a, pair.b);
    CHECK(trace::same_family(name(pair.a), name(pair.b)) == pair.same);
    CHECK(trace::same_family(name(pair.b), name(pair.a)) == pair.same);
  }
}

TEST_CASE("an inner address is a provider's, but not that of its outbound host") {
  struct Case {
    std::string_view address;
    std::string_view helo;
    std::string_view key;
  };
  constexpr Case kAddresses[] = {
      {"2603:10a6:20b:44e::10", "AS8PR07MB8000.eurprd07.prod.outlook.com", "microsoft"},
      {"2603:10d6:103:15d::9", "", "microsoft"},
      {"2603:1096:301:f9::5", "", "microsoft"},
      {"2603:10ff::1", "", "microsoft"},
      {"2603:1100::1", "", ""},
      {"2603:fff::1", "", ""},
      {"2a01:111:f400:7e0d::201", "DB5EUR04FT056.eop-eur04.prod.protection.outlook.com",
       "microsoft"},
      {"2a01:111:f403:2614::62e", "EUR05-AM6-obe.outbound.protection.outlook.com", ""},
      {"2a01:111:f403:2614::62e", "APC01-PSA-obe.olc.protection.outlook.com", ""},
      {"2a01:111:f403:2614::62e", "x.outbound.protection.outlook.com.evil.example", "microsoft"},
      {"2a01:111:f403:2614::62e", "not a name", "microsoft"},
      {"2a01:111:f403:2614::62e", "", "microsoft"},
      {"2a01:112::1", "", ""},
      {"2002:a05:6808:b28:b0:3f4:1111:2222", "", "google"},
      {"2002:b05::1", "", ""},
      {"2a02:6b8:c08:793:0:640:9d43:635d", "sas1-9d43635d01d6.qloud-c.yandex.net", "yandex"},
      {"2a02:6b8:c03:500:1:45:d181:df01", "forwardcorp1c.mail.yandex.net", ""},
      {"2a02:6b8:0:1619::119", "", ""},
      {"17.142.0.10", "ih1-mailstore.mac.com", "apple"},
      {"17.58.63.179", "st43p00im-ztfb10063301.me.com", ""},
      {"17.58.63.179", "rn-mailsvcp-relay.apple.com", ""},
      {"17.142.0.10", "smtpclient.apple", ""},
      {"17.142.0.10", "", ""},
      {"18.142.0.10", "ih1-mailstore.mac.com", ""},
      {"10.1.2.3", "", ""},
      {"209.85.220.41", "", ""},
  };
  for (const Case& c : kAddresses) {
    CAPTURE(c.address, c.helo);
    const auto address = ip::Address::parse(c.address);
    REQUIRE(address);
    CHECK(key_of(trace::family_of_inner_address(*address, c.helo)) == c.key);
  }
}

TEST_CASE("inner names that no DNS holds hint at their provider") {
  struct Case {
    std::string_view name;
    std::string_view key;
  };
  constexpr Case kNames[] = {
      {"p00-icloudmta-smtpin-us-west-2a-100-percent-3", "apple"},
      {"p125-mailgateway-smtp-5d8c7f9b6-xyz12", "apple"},
      {"p00-iscream-7f7d9c6b5-abcde", "apple"},
      {"p00-icloudmta-smtpin.evil.example", ""},
      {"phl-compute-04.internal", "fastmail"},
      {"mailmx.phl.internal", "fastmail"},
      {"sloti32d1t05", "fastmail"},
      {"sloti.evil.example", ""},
      {"ip-172-31-8-21.eu-west-1.compute.internal", ""},
      {"i-0a1b2c3d4e5f60718.mta1vrest.sd.prd.sparkpost", "sparkpost"},
      {"mta1.prd.sparkpost.evil.example", ""},
      {"3c-app-gmx-bap07.server.lan", "gmx"},
      {"app.server.lan", ""},
      {"gzga-mx-mtada-g0-8", "netease"},
      {"zwqz-smtp-mta-g1-1", "netease"},
      {"gzsmtp5", "netease"},
      {"ajax-webmail-wmsvr55", "netease"},
      {"mx19", ""},
  };
  for (const Case& c : kNames) {
    CAPTURE(c.name);
    CHECK(key_of(trace::family_of_inner_name(name(c.name))) == c.key);
  }
}

TEST_CASE("a producer tells its family where it is that family's alone") {
  CHECK(key_of(trace::family_of_producer("apple")) == "apple");
  CHECK(key_of(trace::family_of_producer("qq")) == "qq");
  CHECK(key_of(trace::family_of_producer("aliyun")) == "aliyun");
  CHECK(key_of(trace::family_of_producer("netease")) == "netease");
  // Universities run Coremail too.
  CHECK(trace::family_of_producer("coremail") == nullptr);
  CHECK(trace::family_of_producer("postfix") == nullptr);
  CHECK(trace::family_of_producer("") == nullptr);
  CHECK(trace::writes_as(row("netease"), "coremail"));
  CHECK(trace::writes_as(row("netease"), "netease"));
  CHECK_FALSE(trace::writes_as(row("netease"), "qq"));
  CHECK_FALSE(trace::writes_as(row("qq"), "coremail"));
  CHECK_FALSE(trace::writes_as(row("google"), ""));
}

TEST_CASE("the family that wrote a line is told by name, producer, inner name or inner address") {
  const auto writer = [](std::string_view field) {
    return key_of(trace::family_of_writer(parse_received(field)));
  };
  CHECK(
      writer("from a (a. [192.0.2.1]) by mx.google.com with ESMTPS id x; Tue, 10 Mar 2026 03:00:07 "
             "-0700") == "google");
  CHECK(writer("by 2002:a05:6402:1e8b:b0:5c9:1234:abcd with SMTP id abcdmr0a12; Wed, 16 Oct 2024 "
               "20:23:57 -0700 (PDT)") == "google");
  CHECK(writer(
            "from 62.4.17.9 (EHLO mail.sender.example) by 10.222.135.66 with SMTPs (version=TLS1_3 "
            "cipher=TLS_AES_128_GCM_SHA256); Tue, 10 Mar 2026 10:00:07 +0000") == "yahoo");
  CHECK(writer(
            "from a (unknown [192.0.2.1]) by gzga-mx-mtada-g0-8 (Coremail) with SMTP id x; Sat, 01 "
            "Feb 2020 11:05:57 +0800") == "netease");
  CHECK(
      writer("from a (unknown [192.0.2.1]) by gzga-mx-mtada-g0-8 (Postfix) with SMTP id x; Sat, 01 "
             "Feb 2020 11:05:57 +0800") == "");
  CHECK(writer("from a (unknown [192.0.2.1]) by app1 (Coremail) with SMTP id x; Sat, 01 Feb 2020 "
               "11:05:57 +0800") == "");
  CHECK(
      writer(
          "from p00-iscream-7f7d9c6b5-abcde ([10.114.10.7]) by "
          "p125-mailgateway-smtp-5d8c7f9b6-xyz12 (mailgateway 2612B12) with SMTP id 0a1b2c3d; Tue, "
          "10 Mar 2026 10:00:09 +0000") == "apple");
  CHECK(writer("from phl-mx-03.messagingengine.com (localhost [127.0.0.1]) by mailmx.phl.internal "
               "(Postfix) with ESMTP id 7C1D22A00F1; Tue, 10 Mar 2026 03:00:08 -0700") ==
        "fastmail");
  CHECK(
      writer("from a (a [192.0.2.1]) by mx.firm.example (Postfix) with ESMTP id 7C1D22A00F1; Tue, "
             "10 Mar 2026 03:00:08 -0700") == "");
}

TEST_CASE("mailboxes of the public belong to their provider, domains below do not") {
  const auto author = [](std::string_view domain) {
    return key_of(trace::family_of_author(name(domain)));
  };
  CHECK(author("gmail.com") == "google");
  CHECK(author("Hotmail.com") == "microsoft");
  CHECK(author("yahoo.co.jp") == "yahoo-japan");
  CHECK(author("yahoo.fr") == "yahoo");
  CHECK(author("126.com") == "netease");
  CHECK(author("foxmail.com") == "qq");
  CHECK(author("hanmail.net") == "kakao");
  // Their owners send by any relay.
  CHECK(author("sina.com").empty());
  CHECK(author("wanadoo.fr").empty());
  CHECK(author("sbcglobal.net").empty());
  CHECK(author("mail.gmail.com").empty());
  CHECK(author("google.com").empty());
  CHECK(author("gmail.com.example").empty());
}

TEST_CASE("ARC seals count of forwarders that are known, by their own name alone") {
  for (const char* domain :
       {"google.com", "microsoft.com", "groups.io", "simplelogin.co", "improvmx.com",
        "cloudflare-email.net", "fastmail.com", "messagingengine.com", "icloud.com",
        "privaterelay.appleid.com", "GOOGLE.com"}) {
    CAPTURE(domain);
    CHECK(trace::is_trusted_sealer(name(domain)));
  }
  for (const char* domain : {"evil.example", "mail.google.com", "google.com.example", "gmail.com",
                             "outlook.com", "mimecast.com", "sendgrid.net", "groups.io.example"}) {
    CAPTURE(domain);
    CHECK_FALSE(trace::is_trusted_sealer(name(domain)));
  }
}

TEST_CASE("results stand above the line, right below it or at the end, as the provider has it") {
  const auto place = [](std::string_view field) {
    return trace::results_place(parse_received(field));
  };
  CHECK(
      place("from a (a. [192.0.2.1]) by mx.google.com with ESMTPS id x; Tue, 10 Mar 2026 03:00:07 "
            "-0700") == ResultsPlace::right_below);
  CHECK(place("from a (a [192.0.2.1]) by newxmmxszb12-0.qq.com (NewMX) with SMTP id 1; Tue, 10 Mar "
              "2026 03:00:07 +0800") == ResultsPlace::right_below);
  CHECK(
      place("from a (a [192.0.2.1]) by mail-nwsmtp-mxfront-1.mail.yandex.net (mxfront) with ESMTPS "
            "id 1; Tue, 10 Mar 2026 03:00:07 +0300") == ResultsPlace::right_below);
  CHECK(place("from a (unknown [192.0.2.1]) by m16.mail.163.com with SMTP id 1; Sat, 01 Feb 2020 "
              "11:05:57 +0800") == ResultsPlace::at_end);
  CHECK(
      place("from a (unknown [192.0.2.1]) by gzga-mx-mtada-g0-8 (Coremail) with SMTP id 1; Sat, 01 "
            "Feb 2020 11:05:57 +0800") == ResultsPlace::at_end);
  CHECK(place("from a (unknown [192.0.2.1]) by mx19 (Coremail) with SMTP id "
              "y8mowAAX4tcS6zReRf_REg--.37410S3; Sat, 01 Feb 2020 11:05:57 +0800") ==
        ResultsPlace::at_end);
  CHECK(place("from a (unknown [192.0.2.1]) by app1.univ-example.edu.cn (Coremail) with SMTP id "
              "y8mowAAX4tcS6zReRf_REg--.37410S3; Sat, 01 Feb 2020 11:05:57 +0800") ==
        ResultsPlace::at_end);
  CHECK(place("from a ([192.0.2.1]) by DB5PEPF00014B8F.mail.protection.outlook.com with Microsoft "
              "SMTP Server id 15.20.9700.12; Tue, 10 Mar 2026 10:00:06 +0000") ==
        ResultsPlace::above);
  CHECK(
      place("from a (a [192.0.2.1]) by mx.firm.example (Postfix) with ESMTPS id 5C1D22A00F1; Tue, "
            "10 Mar 2026 10:00:06 +0000") == ResultsPlace::above);
  CHECK(
      place("from a (a [192.0.2.1]) by google.com.evil.example with ESMTPS id x; Tue, 10 Mar 2026 "
            "03:00:07 -0700") == ResultsPlace::above);
}

TEST_CASE("one customer is outside of another where many share the hosts") {
  constexpr std::string_view kOneFirm =
      " yahoo yahoo-japan apple proton sina china-mobile china-telecom naver kakao gmx t-online "
      "orange free comcast att ";
  for (const trace::Family& own : trace::families()) {
    CAPTURE(own.key);
    const std::string word = " " + std::string(own.key) + " ";
    CHECK(own.many_customers == (kOneFirm.find(word) == std::string_view::npos));
  }
  for (const trace::Family& own : trace::families()) {
    CAPTURE(own.key);
    if (own.sending_service || own.filter_service || own.forwarder) CHECK(own.many_customers);
    CHECK((own.forwarder == (own.key == "cloudflare" || own.key == "groups.io" ||
                             own.key == "simplelogin" || own.key == "improvmx")));
  }
}

TEST_CASE("filter services and sending services are known as such, mailbox providers as neither") {
  constexpr std::string_view kFilters =
      " mimecast proofpoint barracuda cisco messagelabs hornetsecurity forcepoint trendmicro "
      "sophos "
      "siteground n-able mxlogic cloudfilter expurgate ";
  constexpr std::string_view kSenders =
      " amazonses sendgrid mailgun postmark sparkpost mailchimp mailchannels mailjet brevo "
      "constantcontact salesforce zendesk hubspot klaviyo ";
  for (const trace::Family& own : trace::families()) {
    CAPTURE(own.key);
    const std::string word = " " + std::string(own.key) + " ";
    const bool filter = kFilters.find(word) != std::string_view::npos;
    const bool sender = kSenders.find(word) != std::string_view::npos;
    CHECK(own.filter_service == filter);
    CHECK(own.sending_service == (filter || sender));
  }
}

TEST_CASE("an MX of a filter service is told from an MX of a mailbox provider") {
  for (const char* host :
       {"mx0a-00123401.pphosted.com", "mx1-us1.ppe-hosted.com", "eu-smtp-inbound-1.mimecast.com",
        "d123456a.ess.barracudanetworks.com", "mx1.hc1234-56.eu.iphmx.com",
        "cluster1.us.messagelabs.com", "mx01.hornetsecurity.com", "cust41036-1.in.mailcontrol.com",
        "firm.com.in.tmes.trendmicro.com", "mx-01-us-west-2.prod.hydra.sophos.com",
        "mx10.mailspamprotection.com", "mx1.antispamcloud.com", "mx.spamexperts.com",
        "firm.com.inbound10.mxlogic.net", "omta34.uswest2.a.cloudfilter.net", "mx.expurgate.net",
        "firm-com.mail.protection.outlook.com", "firm-com.x-v1.mx.microsoft"}) {
    CAPTURE(host);
    CHECK(trace::is_filter_host(name(host)));
  }
  for (const char* host : {"aspmx.l.google.com", "mx.firm.example", "mx1.qq.com",
                           "outlook-com.olc.protection.outlook.com", "a.sendgrid.net",
                           "mx0a-00123401.pphosted.com.evil.example", "microsoft.com"}) {
    CAPTURE(host);
    CHECK_FALSE(trace::is_filter_host(name(host)));
  }
}

TEST_CASE("hosts of one customer of a filter service share a label, others have another or none") {
  struct Case {
    std::string_view host;
    std::string_view label;  // empty for none
  };
  constexpr Case kHosts[] = {
      {"mx0a-00123401.pphosted.com", "00123401.pphosted.com"},
      {"mx0b-00123401.pphosted.com", "00123401.pphosted.com"},
      {"mxa-00123401.gslb.pphosted.com", "00123401.pphosted.com"},
      {"mx0b-00999901.pphosted.com", "00999901.pphosted.com"},
      {"mx0a-0012340.pphosted.com", ""},
      {"mx0a-0012340g.pphosted.com", ""},
      {"mail.pphosted.com", ""},
      {"pphosted.com", ""},
      {"mx1-us1.ppe-hosted.com", ""},
      {"mx0a-00123401.pphosted.com.evil.example", ""},
      {"esa1.hc1234-56.eu.iphmx.com", "hc1234-56.eu.iphmx.com"},
      {"mx2.hc1234-56.eu.iphmx.com", "hc1234-56.eu.iphmx.com"},
      {"esa1.firm.iphmx.com", "firm.iphmx.com"},
      {"esa1.iphmx.com", ""},
      {"d123456a.ess.barracudanetworks.com", "d123456.ess.barracudanetworks.com"},
      {"d123456b.ess.barracudanetworks.com", "d123456.ess.barracudanetworks.com"},
      {"d123457a.ess.barracudanetworks.com", "d123457.ess.barracudanetworks.com"},
      {"d123456.ess.barracudanetworks.com", ""},
      {"www.ess.barracudanetworks.com", ""},
      {"rcpt-example.mail.protection.outlook.com", "rcpt-example.mail.protection.outlook.com"},
      {"other-example.mail.protection.outlook.com", "other-example.mail.protection.outlook.com"},
      {"DB5PEPF00014B8F.mail.protection.outlook.com", ""},
      {"EUR05-AM6-obe.outbound.protection.outlook.com", ""},
      {"rcpt-example.x-v1.mx.microsoft", "rcpt-example.x-v1.mx.microsoft"},
      {"cust41036-1.in.mailcontrol.com", "cust41036.in.mailcontrol.com"},
      {"cust41036-2.in.mailcontrol.com", "cust41036.in.mailcontrol.com"},
      {"cluster-g.mailcontrol.com", ""},
      {"cluster-1.in.mailcontrol.com", ""},
      {"firm.com.in.tmes.trendmicro.com", "firm.com.in.tmes.trendmicro.com"},
      {"repost01.tmes.trendmicro.eu", ""},
      {"firm.com.inbound10.mxlogic.net", "firm.com.mxlogic.net"},
      {"firm.com.inbound11.mxlogic.net", "firm.com.mxlogic.net"},
      {"p02c11o146.mxlogic.net", ""},
      {"eu-smtp-inbound-1.mimecast.com", ""},
      {"mx01.hornetsecurity.com", ""},
      {"cluster1.us.messagelabs.com", ""},
      {"aspmx.l.google.com", ""},
      {"mx.firm.example", ""},
  };
  for (const Case& c : kHosts) {
    CAPTURE(c.host);
    CHECK(trace::customer_label(name(c.host)).value_or("") == c.label);
  }
}

TEST_CASE("fields of filter services hint at them, whatever their case") {
  const auto hint = [](std::string_view field) -> std::string_view {
    const trace::GatewayHint* row = trace::gateway_hint(field);
    return row == nullptr ? "none" : row->family.empty() ? "any" : row->family;
  };
  CHECK(hint("X-Proofpoint-GUID") == "proofpoint");
  CHECK(hint("x-proofpoint-spam-details") == "proofpoint");
  CHECK(hint("X-Mimecast-Spam-Score") == "mimecast");
  CHECK(hint("X-BESS-Apparent-Source-IP") == "barracuda");
  CHECK(hint("X-Barracuda-Connect") == "barracuda");
  CHECK(hint("X-IronPort-AV") == "cisco");
  CHECK(hint("X-cloud-security-sender") == "hornetsecurity");
  CHECK(hint("X-SpamExperts-Class") == "n-able");
  CHECK(hint("X-TM-AS-Result") == "trendmicro");
  CHECK(hint("X-TMASE-Result") == "trendmicro");
  CHECK(hint("X-Sophos-OBS") == "sophos");
  CHECK(hint("X-purgate") == "expurgate");
  CHECK(hint("X-purgate-type") == "expurgate");
  CHECK(hint("X-MS-Exchange-SkipListedInternetSender") == "any");
  CHECK(hint("X-MS-Exchange-ExternalOriginalInternetSender") == "any");
  CHECK(hint("Authentication-Results-Original") == "any");
  CHECK(hint("Authentication-Results") == "none");
  CHECK(hint("X-MS-Exchange-SkipListedInternetSender2") == "none");
  CHECK(hint("X-Proofpoint") == "none");
  CHECK(hint("X-Purgatory") == "none");
  CHECK(hint("Received") == "none");
  for (const trace::GatewayHint& row : trace::gateway_hints()) {
    CAPTURE(row.field);
    CHECK(row.field == text::lower(row.field));
    const auto rows = trace::families();
    CHECK((row.family.empty() || std::any_of(rows.begin(), rows.end(), [&](const auto& f) {
             return f.key == row.family && f.filter_service;
           })));
  }
}
