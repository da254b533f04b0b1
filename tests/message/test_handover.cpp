#include "message/received/handover.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

enum class Is { none, local, web, pull };

struct Case {
  const char* field;
  Is is;
};

void check(const Case& row) {
  CAPTURE(row.field);
  const Received received = parse_received(row.field);
  CHECK(is_local_handover(received) == (row.is == Is::local));
  CHECK(is_web_submission(received) == (row.is == Is::web));
  CHECK(is_pull(received) == (row.is == Is::pull));
}

}  // namespace

TEST_CASE("LMTP in every spelling is a hand-over inside, with a public client and logged in too") {
  for (const Case& row : {
           Case{"from mx.example.org by mx.example.org with LMTP id Fc1bB6jrr2nhEAAAeFY0Eg",
                Is::local},
           Case{"from mp2.example.net ([62.4.90.214]) by ms9.example.net with LMTPS id A",
                Is::local},
           Case{
               "from imap-02.internal (imap-02.internal [10.2.2.81]) by store1 (Cyrus 3.13.0) with "
               "LMTPA",
               Is::local},
           Case{"from a.example ([10.0.0.1]) by b.example with UTF8LMTPSA id A", Is::local},
           Case{"from mx-03.example.com ([10.202.2.202]) by compute-04.internal (LMTPProxy)",
                Is::local},
           Case{"from a.example ([192.0.2.1]) by b.example with ESMTPA id A", Is::none},
           Case{"from a.example ([192.0.2.1]) by lmtp.example with ESMTP id A", Is::none},
       }) {
    check(row);
  }
}

TEST_CASE("pipes, user numbers and invocations are hand-overs inside one host") {
  for (const Case& row : {
           Case{"from joe by mx.example.org with local (Exim 4.96) id 1vztsm-000W7M-2K", Is::local},
           Case{"from root (helo=localhost) by mx.example.org with local-bsmtp (Exim 4.30) id "
                "1GN22d-0000xp-2K",
                Is::local},
           Case{"from list by mx.example.org with archive (Exim 4.71) id 1qhDR2-00G5R8-2T",
                Is::local},
           Case{"by web.example.org (Postfix, from userid 33) id 1A2B3C4D5E", Is::local},
           Case{"(from joe@localhost) by mx.example.org (8.14.4/8.14.4/Submit) id u3AKDnAC012346",
                Is::local},
           Case{"from localhost (localhost [127.0.0.1]) (uid 500) by mx.example.org with local",
                Is::local},
           Case{"(qmail 123 invoked by uid 89); 10 Mar 2026 10:00:08 -0000", Is::local},
           Case{"(qmail 123 invoked from network); 10 Mar 2026 10:00:08 -0000", Is::local},
           Case{"(qmail 123 messnum 7 invoked from network[192.0.2.48/pc48.isp.example]); 10 Mar "
                "2026 "
                "10:00:08 -0000",
                Is::local},
           Case{"from mail pickup service by mx.example.org with Microsoft SMTPSVC", Is::local},
           Case{"from locally.example ([192.0.2.1]) by mx.example.org with SMTP", Is::none},
           Case{
               "from pc48.isp.example (HELO pc48) (192.0.2.48) by mx.example.org (qmail-ldap-1.03) "
               "with SMTP; 10 Mar 2026 10:00:08 -0000",
               Is::none},
       }) {
    check(row);
  }
}

TEST_CASE(
    "lines of scanners are hand-overs inside, a filter's line about a client outside is not") {
  for (const Case& row : {
           Case{"from spamd by mx.example.org with spam-scanned (Exim 4.94.2) id 1vztsm-000W7M-2K",
                Is::local},
           Case{"from amavis by mx.example.org with scanned-ok (Exim 3.35) id 1FiWc9-0007Du-00",
                Is::local},
           Case{"from localhost by mx.example.org with SpamAssassin (version 3.0.2)", Is::local},
           Case{"from 192.0.2.9 by mx.example.org (envelope-from <a@example.net>, uid 1011) with "
                "qmail-scanner-2.11st",
                Is::local},
           Case{"by simscan 1.4.0 ppid: 12340, pid: 12341, t: 0.1234s scanners: clamav: 0.98.7",
                Is::local},
           Case{"from ([192.0.2.9]) for <joe@example.org> with MailEnable Catch-All Filter",
                Is::local},
           Case{"from mx.example.org ([127.0.0.1]) by localhost (mx.example.org [127.0.0.1]) "
                "(amavisd-new, port 10024) with ESMTP id mN3kFZs0abcd",
                Is::local},
           Case{
               "from mx.example.org by localhost (mx.example.org [127.0.0.1]) (amavis, port 10024) "
               "with ESMTP id mN3kFZs0abcd",
               Is::local},
           Case{"from mail.example.net ([81.187.42.20]) by scan.example.org (amavisd-new, port "
                "10024) "
                "with ESMTP id mN3kFZs0abcd",
                Is::none},
           Case{"from mail.example.net ([192.0.2.9]) by mx.example.org with MailEnable ESMTP",
                Is::none},
       }) {
    check(row);
  }
}

TEST_CASE(
    "Exchange's shadow copies and resubmissions are inside, its SMTP and MAPI lines are not") {
  for (const Case& row : {
           Case{"from ex01.corp.example (10.20.0.11) by ex01.corp.example (10.20.0.11) with "
                "ShadowRedundancy id 15.2.792.3",
                Is::local},
           Case{"from MailboxResubmission by AntispamTT; Tue, 10 Mar 2026 10:00:08 +0000",
                Is::local},
           Case{"from ex01.corp.example (10.20.0.11) by ex02.corp.example (10.20.0.12) with "
                "Microsoft "
                "SMTP Server id 15.2.792.3",
                Is::none},
           Case{
               "from ex01.corp.example ([fe80::1]) by ex01.corp.example ([fe80::1%4]) with mapi id "
               "15.2.792.3",
               Is::none},
       }) {
    check(row);
  }
}

TEST_CASE(
    "a line that tells of no client is a hand-over inside, a client that cannot be read is one") {
  for (const Case& row : {
           Case{"by 2002:a05:6402:1e8b:b0:5c9:1234:abcd with SMTP id abcdmr0a12", Is::local},
           Case{"from unknown by mx.example.org with ESMTP id A", Is::none},
           Case{"from no.name.available by mx.example.org with ESMTP id A", Is::local},
           Case{"from (unknown [x.x.x.x]) by mx.example.org with ESMTP id A", Is::none},
           Case{"from (unknown [999.1.2.3]) by mx.example.org with ESMTP id A", Is::none},
           Case{"from (AUTH: e40a9cea) by mx.example.org with esmtp (courier-0.40)", Is::none},
           Case{"lorem ipsum dolor sit amet", Is::none},
       }) {
    check(row);
  }
}

TEST_CASE("HTTP from a browser or a program of the user is a web submission") {
  for (const Case& row : {
           Case{"from dsl-9.isp.example ([192.0.2.9]) by webmail.example.org with HTTP (HTTP/1.1 "
                "POST)",
                Is::web},
           Case{"from 192.0.2.9 (SquirrelMail authenticated user joe) by webmail.example.org with "
                "HTTP",
                Is::web},
           Case{"from [192.0.2.9] by web40310.mail.yahoo.com via HTTP", Is::web},
           Case{"from [192.0.2.9] ([192.0.2.9]) by web-mail.gmx.net (bap07.server.lan "
                "[172.19.172.77]) "
                "(via HTTP)",
                Is::web},
           Case{"from 192.0.2.9 by webmail.example.org with HTTPS; Tue, 10 Mar 2026 10:00:08 +0000",
                Is::web},
           Case{"from ann$163.com ( [192.0.2.9] ) by ajax-webmail-wmsvr55 (Coremail)", Is::web},
           Case{"by ajax-webmail-mail-app4 (Coremail) ; Tue, 10 Mar 2026 18:00:08 +0800 (CST)",
                Is::web},
           Case{"by 10.114.126.18 with HTTP; Tue, 10 Mar 2026 03:00:08 -0700 (PDT)", Is::web},
           Case{"from 421484249706 named unknown by gmailapi.google.com with HTTPREST", Is::web},
           Case{"from [192.0.2.9] (account joe@example.org) by mail.example.org (CommuniGate Pro "
                "WebUser 6.1) with HTTPU id 109780632",
                Is::web},
       }) {
    check(row);
  }
}

TEST_CASE("HTTPS between the parts of Exchange Online or Yahoo is no web submission") {
  for (
      const Case& row : {
          Case{
              "from AM0EUR02HT012.eop-EUR02.prod.protection.outlook.com (2603:10a6:20b:46a::22) by "
              "AM9PR07MB7777.eurprd07.prod.outlook.com with HTTPS; Tue, 24 Nov 2026 10:00:07 +0000",
              Is::none},
          Case{"from 10.222.135.66 by atlas-production.v2-mail-prod1-ir2.omega.yahoo.com pod-id "
               "NONE "
               "with HTTPS",
               Is::none},
          Case{
              "from [10.90.1.23] ([10.90.1.23]) by i-0a1b2c3d (ecelerity 4.4.0.19839) with REST id "
              "A1/B2-12345-5ABEFA96",
              Is::none},
      }) {
    check(row);
  }
}

TEST_CASE("POP and IMAP are pulls, hosts of such names are not") {
  for (const Case& row : {
           Case{"from pop.example.net [192.0.2.26] by localhost with POP3 (fetchmail-6.3.4) for "
                "<joe@localhost> (single-drop)",
                Is::pull},
           Case{"from imap.example.net by localhost with IMAP (fetchmail-5.1.0)", Is::pull},
           Case{"from imap.example.net (192.0.2.27) by home.example.org with IMAP4-SSL getmail6",
                Is::pull},
           Case{"from pop.example.net ([192.0.2.26]) by imap.example.org with ESMTP id A",
                Is::none},
       }) {
    check(row);
  }
}
