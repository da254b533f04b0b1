// What a message holds by which an operator finds the account behind it: a field of real shape for
// each row of the tables, and the bounds.

#include <string>
#include <vector>

#include "base/base64.hpp"
#include "support/catch.hpp"
#include "support/handle_text.hpp"

using namespace emltrace;
using test::handles_told;

namespace {

struct Case {
  std::string header;
  const char* told;
};
void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.header);
    CHECK(handles_told(c.header) == c.told);
  }
}

std::string coded(const char* field, const char* text) {
  return std::string(field) + ": " + base64_encode(text);
}

}  // namespace

TEST_CASE("sending services: the fields by which they find an account") {
  check({
      {"X-SES-Outgoing: 2026.11.17-198.51.100.12",
       "client-address 198.51.100.12 amazonses.com -> email-abuse@amazon.com (provider)"},
      {"X-SG-EID: =?us-ascii?Q?u001=2EabC?=\n =?us-ascii?Q?deF?=",
       "message u001.abCdeF sendgrid.net -> https://sendgrid.com/report-spam (provider)"},
      {"X-Entity-ID: abc==",
       "message abc== sendgrid.net -> https://sendgrid.com/report-spam (provider)"},
      {coded("X-Mailgun-Sid", "[\"ab12c\",\"mia@receiver.example\",\"de34f5\"]"),
       "account de34f5 mailgun.org -> abuse@mailgun.com (provider) recipient=mia@receiver.example"},
      {"X-Mailgun-Sid: not base64!",
       "account not base64! mailgun.org -> abuse@mailgun.com (provider)"},
      {"X-Mailgun-Sending-Ip: 198.51.100.7",
       "client-address 198.51.100.7 mailgun.org -> abuse@mailgun.com (provider)"},
      {"X-Mailgun-Tag: spring", "campaign spring mailgun.org -> abuse@mailgun.com (provider)"},
      {"X-Mailgun-Variables: {}", "account {} mailgun.org -> abuse@mailgun.com (provider)"},
      {"X-MC-User: 0123456789abcdef012345678",
       "account 0123456789abcdef012345678 mailchimp.com -> abuse@mailchimp.com (provider)"},
      {"X-Campaign: mailchimp0123456789abcdef012345678.1a2b3c4d5e",
       "campaign 1a2b3c4d5e mailchimp.com -> abuse@mailchimp.com (provider)\n"
       "account 0123456789abcdef012345678 mailchimp.com -> abuse@mailchimp.com (provider)"},
      {"X-CampaignID: spring-7", "campaign spring-7 -"},
      {"X-Mandrill-User: md_30470000",
       "account md_30470000 mandrillapp.com -> abuse@mandrill.com (provider)"},
      {"X-MSFBL: Abc1/=|" + base64_encode("{\"subaccount_id\":\"1\",\"r\":\"mia@receiver.example\","
                                          "\"customer_id\":72600}"),
       "account 72600 sparkpost.com -> abuse@sparkpost.com (provider) "
       "recipient=mia@receiver.example"},
      {"X-PM-RCPT: |" + base64_encode("m0|30860|154459|mia@receiver.example") + "|",
       "account 30860 postmarkapp.com -> abuse@postmarkapp.com (provider) "
       "recipient=mia@receiver.example"},
      {"X-PM-Message-Id: 0a1b", "message 0a1b postmarkapp.com -> abuse@postmarkapp.com (provider)"},
      {"x-sfmc-stack: 7", "tenant 7 salesforce.com -> abuse@salesforce.com (provider)"},
      {"x-job: 510002043_1234567",
       "tenant 510002043 salesforce.com -> abuse@salesforce.com (provider)\n"
       "campaign 1234567 salesforce.com -> abuse@salesforce.com (provider)"},
      {"X-SFDC-User: 0055f00000AmmJI",
       "account 0055f00000AmmJI salesforce.com -> abuse@salesforce.com (provider)"},
      {"X-HS-Cid: 1b2c", "account 1b2c hubspot.com -> abuse@hubspot.com (provider)"},
      {"X-Kmail-Account: WSd8gX", "account WSd8gX klaviyo.com -> abuse@klaviyo.com (provider)"},
      {"X-Kmail-Message: 01HV", "message 01HV klaviyo.com -> abuse@klaviyo.com (provider)"},
      {"X-sib-id: abc", "account abc brevo.com -> abuse@brevo.com (provider)"},
      {coded("X-Mailin-EID", "529~mia@receiver.example~<m@x.example>~x.example"),
       "account 529 brevo.com -> abuse@brevo.com (provider) recipient=mia@receiver.example"},
      {"X-MJ-SMTPGUID: 0a1b2c3d", "message 0a1b2c3d mailjet.com -> abuse@mailjet.com (provider)"},
      {"X-Zendesk-From-Account-Id: 0a1b2c3", "account 0a1b2c3 zendesk.com"},
      {"X-Return-Path-Hint: AxZ_1101234567890_abc=@in.constantcontact.com",
       "account 1101234567890 constantcontact.com -> abuse@constantcontact.com (provider)"},
      {"X-Roving-CampaignId: 11",
       "campaign 11 constantcontact.com -> abuse@constantcontact.com "
       "(provider)"},
      {"X-250ok-CID: a-b", "campaign a-b -"},
      {"X-MailChannels-SenderId: hostfirm|x-authuser|shop@customer.example",
       "account shop@customer.example mailchannels.net -> abuse@mailchannels.com (provider)\n"
       "tenant hostfirm mailchannels.net -> abuse@mailchannels.com (provider)"},
      {coded("X-AliDM-RcptTo", "mia@receiver.example"),
       "message - aliyun.com recipient=mia@receiver.example"},
      {"X-EnvId: 60000123", "message 60000123 aliyun.com"},
  });
}

TEST_CASE("Feedback-ID: the last part names the mailer, and one of the others the account") {
  check({
      {"Feedback-ID: 1.eu-west-1.Q2h4m0fY=:AmazonSES",
       "account Q2h4m0fY= amazonses.com -> email-abuse@amazon.com (provider)"},
      {"X-Feedback-ID: 16190000:SG",
       "account 16190000 sendgrid.net -> https://sendgrid.com/report-spam (provider)"},
      {"Feedback-ID: 42785297:42785297.10036829:us10:mc",
       "account 42785297 mailchimp.com -> abuse@mailchimp.com (provider)"},
      {"Feedback-ID: 30470000:30470000.20261117:md",
       "account 30470000 mandrillapp.com -> abuse@mandrill.com (provider)"},
      {"Feedback-ID: s154459-_:s154459:a30860:postmark",
       "account 30860 postmarkapp.com -> abuse@postmarkapp.com (provider)"},
      {"Feedback-ID: 77.32.148.21:5290000_-1:5290000:Sendinblue",
       "account 5290000 brevo.com -> abuse@brevo.com (provider)"},
      {"Feedback-ID: 51:1:9:sfmktgcld",
       "tenant 51:1:9 salesforce.com -> abuse@salesforce.com (provider)"},
      {"Feedback-ID: a.b.c:MJ", "message a.b.c mailjet.com -> abuse@mailjet.com (provider)"},
      {"Feedback-ID: x:HubSpot", "account x hubspot.com -> abuse@hubspot.com (provider)"},
      {"X-Feedback-ID: 11:CTCT",
       "account 11 constantcontact.com -> abuse@constantcontact.com (provider)"},
      {"Feedback-ID: c7:l9:s1:activecampaign", "campaign c7:l9:s1 activecampaign"},
      {"Feedback-ID: without a colon", "campaign without a colon -"},
  });
}

TEST_CASE("an envelope sender tells the account, the recipient, and what a forwarder rewrote") {
  const auto path = [](const char* address) {
    return "Return-Path: <" + std::string(address) + ">";
  };
  check({
      {path("0107019a0f3c6000-1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d-000000@mail.shop.example"),
       "message 0107019a0f3c6000-1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d-000000 amazonses.com -> "
       "email-abuse@amazon.com (provider)"},
      {path("bounces+13160000-ab87-mia=receiver.example@em.shop.example"),
       "account 13160000 sendgrid.net -> https://sendgrid.com/report-spam (provider) "
       "recipient=mia@receiver.example"},
      {path("bounce+ab12c0.de34f5-mia=receiver.example@mg.shop.example"),
       "account de34f5 mailgun.org -> abuse@mailgun.com (provider) recipient=mia@receiver.example"},
      {path("bounce-mc.us10_42785297.10036829-50c31ab6e9@mail42.atl271.mcdlv.net"),
       "account 42785297 mailchimp.com -> abuse@mailchimp.com (provider)"},
      {path("bounce-md_30470000.691700f0.v1-0a1b@mandrillapp.com"),
       "account 30470000 mandrillapp.com -> abuse@mandrill.com (provider)"},
      {path("msprvs1=20774Ab1Cd2Ef=bounces-259380-7@email.coin.example"),
       "account 259380 sparkpost.com -> abuse@sparkpost.com (provider) expires=2026-11-17"},
      {path("bounce-12_HTML-456-1234567-510002043-0@bounce.s7.exacttarget.com"),
       "tenant 510002043 salesforce.com -> abuse@salesforce.com (provider)"},
      {path("SRS0=Xk2P=GQ=shop.example=anna@forwarder.example"),
       "message SRS0=Xk2P=GQ forwarder.example original=anna@shop.example"},
      {path("SRS0+Xk2P=GQ=shop.example=anna=b@forwarder.example"),
       "message SRS0+Xk2P=GQ forwarder.example original=anna=b@shop.example"},
      {path("SRS1=AAAA=first.example==Xk2P=GQ=shop.example=anna@second.example"),
       "message SRS1=AAAA=first.example second.example original=anna@shop.example"},
      {path("SRS1+AAAA=first.example=-Xk2P=GQ=shop.example=anna@second.example"),
       "message SRS1+AAAA=first.example second.example original=anna@shop.example"},
      {path("prvs=anna/7104a1b2c3@shop.example"),
       "message prvs=anna/7104a1b2c3 shop.example original=anna@shop.example"},
      {path("bounces+SRS=Ab1Cd=GQ@tenant.example"), "message bounces+SRS=Ab1Cd=GQ tenant.example"},
      {path("prvs=7104a1b2c3=anna@shop.example"),
       "message prvs=7104a1b2c3 shop.example original=anna@shop.example"},
      {path("mia+caf_=inbox=other.example@gmail.com"),
       "account mia@gmail.com gmail.com recipient=inbox@other.example note=the forwarding mailbox, "
       "not the sender's"},
      {path("talk-bounces+mia=receiver.example@list.example"),
       "message talk-bounces list.example recipient=mia@receiver.example"},
  });
  for (const char* plain :
       {"anna@shop.example", "", "anna+news@shop.example", "a=b@shop.example",
        "SRS0=x@shop.example", "SRS0=Xk2P=GQ=shop.example=@forwarder.example",
        "prvs=short=a@shop.example", "prvs=7104a1b2zz=anna@shop.example",
        "bounces+12x-ab-mia=receiver.example@x.example", "bounce-md_x.1@mandrillapp.com",
        "bounce-1_HTML-2-3@x.example", "a+b=no_host@x.example"}) {
    CAPTURE(plain);
    const std::string told = handles_told(path(plain));
    CHECK((told.empty() || told.find("message bounces") == 0));
  }
}

TEST_CASE("hosts of web sites: users, scripts and the callers of scripts") {
  check({
      {"X-Authenticated-Sender: host4.hosting.example: shop@customer.example",
       "account shop@customer.example host4.hosting.example -> abuse@hosting.example (domain)"},
      {"X-Get-Message-Sender-Via: host4.hosting.example: authenticated_id: shop@customer.example",
       "account shop@customer.example host4.hosting.example -> abuse@hosting.example (domain)"},
      {"X-Get-Message-Sender-Via: host4.hosting.example: acl_c_authenticated_local_user: acct/x",
       "account acct host4.hosting.example -> abuse@hosting.example (domain)"},
      {"X-Get-Message-Sender-Via: host4.hosting.example: authenticated_id: none", ""},
      {"X-Get-Message-Sender-Via: host4.hosting.example: mailgid no entry from "
       "get_relayhosts_entry",
       ""},
      {"X-AntiAbuse: This header was added to track abuse, please include it with any abuse "
       "report\nX-AntiAbuse: Primary Hostname - host4.hosting.example\nX-AntiAbuse: Original "
       "Domain "
       "- receiver.example\nX-AntiAbuse: Originator/Caller UID/GID - [47 12] / [47 12]\n"
       "X-Source: \nX-Source-Args: /usr/bin/php /home/acct/public_html/x.php\nX-Source-Dir: "
       "customer.example:/public_html/wp",
       "account host4.hosting.example host4.hosting.example -> abuse@hosting.example (domain)\n"
       "account uid 47 host4.hosting.example -> abuse@hosting.example (domain)\n"
       "script /usr/bin/php /home/acct/public_html/x.php host4.hosting.example -> "
       "abuse@hosting.example (domain)\n"
       "account acct host4.hosting.example -> abuse@hosting.example (domain)\n"
       "script customer.example:/public_html/wp host4.hosting.example -> abuse@hosting.example "
       "(domain)"},
      {"X-Source-Dir: customer.example:/public_html/wp",
       "script customer.example:/public_html/wp -"},
      {coded("X-Source-Cap", "acct71;acct71;br274.hosting.example") +
           "\nX-Source-Auth: acct71\nX-Source-Sender: (laptop) [198.51.100.4]:4711\nX-Source-IP: "
           "198.51.100.4",
       "account acct71 br274.hosting.example -> abuse@hosting.example (domain)\n"
       "account acct71 br274.hosting.example -> abuse@hosting.example (domain)\n"
       "client-address 198.51.100.4 br274.hosting.example -> abuse@hosting.example (domain)\n"
       "client-address 198.51.100.4 br274.hosting.example -> abuse@hosting.example (domain)"},
      {"X-PHP-Originating-Script: 10146:mailer.php", "script mailer.php (uid 10146) -"},
      {"X-PHP-Originating-Script: mailer.php", "script mailer.php -"},
      {"X-PHP-Script: www.customer.example/wp-admin/x9.php for 198.51.100.4, 203.0.113.8",
       "script www.customer.example/wp-admin/x9.php www.customer.example\n"
       "client-address 198.51.100.4 www.customer.example\n"
       "client-address 203.0.113.8 www.customer.example"},
      {"X-AuthUser: shop@customer.example", "account shop@customer.example -"},
      {"X-Migadu-Auth-User: a@b.example", "account a@b.example -"},
      {coded("X-ME-Auth", "anna@orange.example"), "account anna@orange.example -"},
      {"X-Originating-IP: [198.51.100.4]", "client-address 198.51.100.4 -"},
      {"X-SourceIP: 10.0.0.7", "client-address 10.0.0.7 -"},
      {"X-ClientIP: unreadable", "client-address unreadable -"},
      {"X-OVH-Tracer-Id: 123", "message 123 ovh.net"},
      {"X-Provags-ID: V03:K1:a", "message V03:K1:a ionos.com"},
      {"X-RZG-AUTH: :abc", "message :abc strato.de -> abuse@strato.de (provider)"},
  });
}

TEST_CASE("tenants and mailbox providers") {
  check({
      {"X-MS-Exchange-CrossTenant-OriginalAttributedTenantConnectingIp: "
       "TenantId=1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9;Ip=[198.51.100.61];Helo=[mail.t.example]",
       "tenant 1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9 microsoft.com -> "
       "https://msrc.microsoft.com/report/abuse (provider)\n"
       "client-address 198.51.100.61 microsoft.com -> https://msrc.microsoft.com/report/abuse "
       "(provider)"},
      {"X-OriginatorOrg: tenant.example",
       "tenant tenant.example microsoft.com -> https://msrc.microsoft.com/report/abuse (provider)"},
      {"X-OriginatorOrg: outlook.com",
       "tenant outlook.com outlook.com -> abuse@outlook.com (provider)"},
      {"X-LD-Processed: 1a2b,ExtAddr",
       "tenant 1a2b microsoft.com -> https://msrc.microsoft.com/report/abuse (provider)"},
      {"DKIM-Signature: v=1; a=rsa-sha256; d=contoso.onmicrosoft.com; s=selector1; h=from; bh=x; "
       "b=y",
       "tenant contoso microsoft.com -> https://msrc.microsoft.com/report/abuse (provider)"},
      {"DKIM-Signature: v=1; d=shop.example; s=selector1-contoso-onmicrosoft-com; h=from; b=y",
       "tenant contoso microsoft.com -> https://msrc.microsoft.com/report/abuse (provider)"},
      {"DKIM-Signature: v=1; d=shop.example; s=selector1; h=from; b=y", ""},
      {"X-MS-Office365-Filtering-Correlation-Id: 1a2b-08db", "message 1a2b-08db microsoft.com"},
      {"X-GoogleForms-FormId: abc", "account abc google.com"},
      {"X-Google-Group-Id: 123", "account 123 google.com"},
      {"X-GitHub-Sender: octo", "account octo github.com"},
      {"X-Proofpoint-GUID: a1", "message a1 proofpoint.com"},
      {"X-Mimecast-Originator: shop.example", "tenant shop.example mimecast.com"},
      {"X-MC-Unique: a1", "message a1 mimecast.com"},
      {"X-Sonic-MF: <anna@yahoo.example>", "account anna@yahoo.example yahoo.com"},
      {"X-CM-SenderInfo: 5pxh4v/1tbi", "account 5pxh4v -"},
      {"X-QQ-mid: bizesmtp1t1763370851t", "message bizesmtp1t1763370851t -"},
  });
}

TEST_CASE("where to complain: the first address or URL, and nobody for a mark that kits copy") {
  check({
      {"X-Report-Abuse: Please report abuse here: https://mailer.example/abuse?id=7.",
       "campaign https://mailer.example/abuse?id=7 mailer.example -> "
       "https://mailer.example/abuse?id=7 (field)"},
      {"X-Report-Abuse: =?utf-8?Q?Write_to_=3Cabuse=40mailer=2Eexample=3E?=",
       "campaign abuse@mailer.example mailer.example -> abuse@mailer.example (field)"},
      {"X-Complaints-To: mailto:abuse@mailer.example?subject=x",
       "campaign abuse@mailer.example mailer.example -> abuse@mailer.example (field)"},
      {"X-Report-Abuse-To: the postmaster", "campaign the postmaster -"},
      {"X-CSA-Complaints: csa-complaints@eco.de", "campaign csa-complaints@eco.de eco.de"},
      {"List-Unsubscribe: <https://u.mailer.example/u?r=mia>,\n <mailto:u@in.mailer.example>",
       "campaign u.mailer.example u.mailer.example\n"
       "campaign in.mailer.example in.mailer.example"},
      {"CFBL-Address: fbl@mailer.example; report=arf",
       "account - mailer.example -> fbl@mailer.example (field)"},
      {"CFBL-Address: <fbl@mailer.example>\nCFBL-Feedback-ID: 111:222",
       "account 111:222 mailer.example -> fbl@mailer.example (field)"},
      {"CFBL-Address: nobody", "account nobody -"},
  });
}

TEST_CASE("what is read of handles is bounded") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "X-MC-User: " + std::string(5'000, 'a') + "\n";
  text += "\n";
  const auto handles = trace::read_handles(Message::parse(text));
  REQUIRE(handles.size() == trace::kMaxHandles);
  CHECK(handles[0].handle.value.size() == trace::kMaxHandleValue);
}
