// What the fields of filters say, one field of real shape a row of the tables of Microsoft and of
// the open filters, and the bounds that hold for all of them.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/filter_text.hpp"

using namespace emltrace;
using test::filters_told;

namespace {

struct Case {
  const char* field;
  const char* told;
};
void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.field);
    CHECK(filters_told(c.field) == c.told);
  }
}

}  // namespace

TEST_CASE("Microsoft's report tells each key, and the worst of its values is its verdict") {
  check({
      {"X-Forefront-Antispam-Report: CIP:203.0.113.24;CTRY:NL;LANG:en;SCL:5;SRV:;IPV:NLI;SFV:SPM;\n"
       "\tH:mail.shop.example;PTR:mail.shop.example;CAT:SPOOF;SFS:(13230040);DIR:INB;",
       "microsoft spoof: CIP=203.0.113.24 (client address); CTRY=NL (country of the client's "
       "address); LANG=en (language, as guessed); SCL=5 (spam); IPV=NLI (the client's address is "
       "on no list); SFV=SPM (spam by the filter); H=mail.shop.example (HELO of the client); "
       "PTR=mail.shop.example (name of the client's address); CAT=SPOOF (spoofing); "
       "SFS=(13230040); DIR=INB (inbound)"},
      {"X-Forefront-Antispam-Report: CIP:255.255.255.255;SFV:NSPM;CAT:NONE;DIR:OUT;",
       "microsoft clean outbound: CIP=255.255.255.255 (no client address: submitted inside); "
       "SFV=NSPM (not spam); CAT=NONE (no category); DIR=OUT (outbound: the sending side's "
       "verdict, not the recipient's)"},
      {"X-Forefront-Antispam-Report-Untrusted: CIP:2001:db8::9;SCL:8;SFV:SPM;CAT:OSPM;",
       "microsoft spam outbound: CIP=2001:db8::9 (client address); SCL=8 (high confidence spam); "
       "SFV=SPM (spam by the filter); CAT=OSPM (outbound spam: judged when it left the sender's "
       "tenant)"},
      {"X-Forefront-Antispam-Report-Original: SFV:NSPM;",
       "microsoft clean outbound: SFV=NSPM (not spam)"},
      {"x-forefront-antispam-report: UIP:(null);(null);(null)SFV:SKI;NEW:7;",
       "microsoft clean: SFV=SKI (not judged: skipped, sent inside the organization); NEW=7"},
      {"X-Microsoft-Antispam: BCL:8;ARA:13230040|1444111002;",
       "microsoft bulk: BCL=8 (from a bulk sender with many complaints); ARA=13230040|1444111002"},
      {"X-Microsoft-Antispam-Untrusted: BCL:0;",
       "microsoft - outbound: BCL=0 (not from a bulk sender)"},
      {"X-Exchange-Antispam-Report-CFA-Test: BCL:0;PCL:0;SCL:1;RULEID:(1);",
       "microsoft clean: BCL=0 (not from a bulk sender); PCL=0; SCL=1 (not spam); RULEID=(1)"},
      {"X-MS-Exchange-Organization-Antispam-Report: DV:3.3.5705.600;SID:SenderIDStatus Fail;"
       "PCL:PhishingLevel SUSPICIOUS;",
       "microsoft phish: DV=3.3.5705.600; SID=SenderIDStatus Fail; PCL=PhishingLevel SUSPICIOUS "
       "(likely phishing)"},
  });
}

TEST_CASE("each code of Microsoft has the meaning that its document gives, and no other has one") {
  const auto code = [](const std::string& key, const std::string& value) {
    return filters_told("X-Forefront-Antispam-Report: " + key + ":" + value + ";");
  };
  const auto verdict = [&](const std::string& key, const std::string& value) {
    const std::string told = code(key, value);
    return told.substr(10, told.find(':') - 10);
  };
  for (const char* skipped : {"SKN", "SKA", "SFE", "SKQ", "SKI"}) {
    CAPTURE(skipped);
    CHECK(code("SFV", skipped).find("not judged") != std::string::npos);
    CHECK(verdict("SFV", skipped) == "clean");
  }
  CHECK(code("SCL", "-1").find("not judged: filtering was skipped") != std::string::npos);
  for (const char* value : {"-1", "0", "1", "2", "4"}) CHECK(verdict("SCL", value) == "clean");
  for (const char* value : {"5", "6", "7", "9"}) CHECK(verdict("SCL", value) == "spam");
  for (const char* value : {"10", "-2", "x", "5x"}) {
    CHECK(code("SCL", value) == std::string("microsoft -: SCL=") + value);
  }
  CHECK(verdict("PCL", "3") == "-");
  CHECK(verdict("PCL", "4") == "phish");
  CHECK(verdict("PCL", "8") == "phish");
  CHECK(verdict("BCL", "6") == "-");
  CHECK(verdict("BCL", "7") == "bulk");
  for (const char* value : {"SPM", "SKS", "SKB", "BLK"}) CHECK(verdict("SFV", value) == "spam");
  for (const char* value : {"SPM", "HSPM", "OSPM"}) CHECK(verdict("CAT", value) == "spam");
  CHECK(verdict("CAT", "BULK") == "bulk");
  for (const char* value : {"PHSH", "HPHSH", "HPHISH", "INTOS"})
    CHECK(verdict("CAT", value) == "phish");
  for (const char* value : {"SPOOF", "DIMP", "UIMP", "GIMP", "BIMP"})
    CHECK(verdict("CAT", value) == "spoof");
  for (const char* value : {"MALW", "AMP", "SAP", "FTBP"})
    CHECK(verdict("CAT", value) == "malware");
  CHECK(verdict("CAT", "NONE") == "-");
  CHECK(code("CAT", "NEWCODE") == "microsoft -: CAT=NEWCODE");
  CHECK(code("IPV", "CAL").find("allow list") != std::string::npos);
  CHECK(verdict("SRV", "BULK") == "bulk");
  CHECK(verdict("SFTY", "9.1") == "phish");
  for (const char* value : {"9.11", "9.19", "9.20"}) CHECK(verdict("SFTY", value) == "spoof");
  CHECK(verdict("SFTY", "9.25") == "-");
  CHECK(code("SFTY", "9.22") == "microsoft -: SFTY=9.22");
  CHECK(code("DIR", "INT") == "microsoft -: DIR=INT (internal)");
  CHECK(code("PTR", "InfoDomainNonexistent").find("has no name") != std::string::npos);
}

TEST_CASE("the other fields of Microsoft") {
  check({
      {"X-MS-Exchange-Organization-SCL: 9", "microsoft spam: SCL=9 (high confidence spam)"},
      {"X-MS-Exchange-Organization-PCL: 4", "microsoft phish: PCL=4 (likely phishing)"},
      {"SpamDiagnosticMetadata: NSPM", "microsoft clean: SFV=NSPM (not spam)"},
      {"SpamDiagnosticOutput: 1:99", "microsoft -: output=1:99"},
      {"X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;auth:0;dest:J;OFR:SpamFilterAuthJ;"
       "RF:JunkEmail;",
       "microsoft spam: ucf=0; jmr=0; auth=0; dest=J (put in the junk folder); OFR=SpamFilterAuthJ "
       "(taken for spam by the filter); RF=JunkEmail (junk folder)"},
      {"X-Microsoft-Antispam-Mailbox-Delivery: wl:1;dest:I;OFR:TrustedSenderList;",
       "microsoft -: wl=1 (on the user's safe-sender list); dest=I (put in the inbox); "
       "OFR=TrustedSenderList (the user's own safe-sender list decided, whatever the filter "
       "thought)"},
      {"X-Microsoft-Antispam-Mailbox-Delivery: ucf:1;dest:C;OFR:CustomRules;",
       "microsoft -: ucf=1 (a rule of the user moved it); dest=C (put in a folder by the user's "
       "own rule); OFR=CustomRules (the user's own rule decided)"},
      {"X-Message-Delivery: Vj0xLjE7dXM9MDtsPTA7YT0wO0Q9MjtHRD0xO1NDTD02",
       "microsoft spam: V=1.1; us=0; l=0; a=0; D=2 (put in the junk folder); GD=1; SCL=6"},
      {"X-Message-Delivery: no base64 at all!", "microsoft -: data=no base64 at all!"},
      {"X-SID-Result: PASS", "microsoft -: result=PASS (the author's domain was authenticated)"},
      {"X-SID-PRA: ANNA@SHOP.EXAMPLE",
       "microsoft -: PRA=ANNA@SHOP.EXAMPLE (the address taken for the sender's)"},
      {"X-Sender-IP: 203.0.113.9", "microsoft -: ip=203.0.113.9 (client address)"},
      {"X-MS-Exchange-Organization-AuthAs: Anonymous",
       "microsoft -: AuthAs=Anonymous (came from outside, nobody logged in)"},
      {"X-MS-Exchange-Transport-EndToEndLatency: 00:00:02.3190000",
       "microsoft -: latency=00:00:02.3190000 (time inside the service)"},
      {"X-CustomSpam: Form tag in html",
       "microsoft -: rule=Form tag in html (a rule of the advanced spam filter that the message "
       "met)"},
      {"X-Microsoft-Antispam-Message-Info: Zm9v", "microsoft -: data=Zm9v"},
      {"X-MS-Exchange-AntiSpam-MessageData-0: Zm9v", "microsoft -: data=Zm9v"},
  });
}

TEST_CASE("compauth is told with its reason, and other results are no filter's") {
  const auto told = [](const std::string& results) {
    return filters_told(
        "Authentication-Results: spf=fail (sender IP is 203.0.113.9)\n"
        " smtp.mailfrom=shop.example; dkim=none; dmarc=fail action=none "
        "header.from=shop.example;" +
        results);
  };
  CHECK(told("compauth=fail reason=001") ==
        "microsoft -: compauth=fail (not authenticated by all signs taken together); reason=001 "
        "(implicit failure: the domain publishes no records, or weak ones)");
  const auto reason = [&](const std::string& number) {
    const std::string text = told("compauth=pass reason=" + number);
    const std::size_t open = text.rfind('(');
    return text.find("reason=" + number + " (") == text.npos
               ? std::string()
               : text.substr(open + 1, text.size() - open - 2);
  };
  CHECK(reason("000") == "DMARC fails, with a policy of quarantine or reject");
  CHECK(reason("010") == "DMARC fails for the tenant's own domain");
  CHECK(reason("109") == "passes");
  CHECK(reason("130") == "ARC overrode a DMARC failure");
  CHECK(reason("201") == "implicit soft pass");
  CHECK(reason("601").find("recipient's own") != std::string::npos);
  CHECK(reason("703") == "passes");
  CHECK(reason("451") == "bypassed");
  CHECK(reason("501").empty());
  CHECK(told("").empty());
  CHECK(
      filters_told("X-MS-Exchange-Authentication-Results: spf=pass (sender IP is 203.0.113.9)\n"
                   " smtp.mailfrom=shop.example; dkim=none; compauth=pass reason=100") ==
      "microsoft - outbound: spf=pass; dkim=none; compauth=pass (authenticated by all signs taken "
      "together); reason=100 (passes)");
}

TEST_CASE("SpamAssassin and amavis") {
  check({
      {"X-Spam-Status: Yes, score=23.7 required=4.0 tests=BAYES_50,RDNS_NONE,\n SPF_SOFTFAIL "
       "autolearn=no version=3.4.2",
       "spamassassin spam: verdict=Yes (spam); score=23.7; required=4.0; "
       "tests=BAYES_50,RDNS_NONE, SPF_SOFTFAIL; autolearn=no; version=3.4.2"},
      {"X-Spam-Status: No, hits=-0.5 required=5.0",
       "spamassassin clean: verdict=No (not spam); "
       "hits=-0.5; required=5.0"},
      {"X-Spam-Status: No", "spamassassin clean: verdict=No (not spam)"},
      {"X-Spam-Status: scanned by a site", "spamassassin -: verdict=scanned; text=by a site"},
      {"X-Spam-Status: No, score=-0.309 tagged_above=-9999 required=7 tests=[ALL_TRUSTED=-1,\n "
       "BAYES_00=-1.9] autolearn=no",
       "amavis clean: verdict=No (not spam); score=-0.309; tagged_above=-9999; required=7; "
       "tests=[ALL_TRUSTED=-1, BAYES_00=-1.9]; autolearn=no"},
      {"X-Spam-Status: Yes, hits=9.1 tag=-999 tag2=5 kill=6.3 tests=A=1",
       "amavis spam: verdict=Yes (spam); hits=9.1; tag=-999; tag2=5; kill=6.3; tests=A=1"},
      {"X-Spam-Flag: YES", "spamassassin spam: flag=YES (spam)"},
      {"X-Spam-Flag: NO", "spamassassin -: flag=NO (not marked as spam)"},
      {"X-Spam-Level: *****", "spamassassin -: level=***** (5 points)"},
      {"X-Spam-Level: ", "spamassassin -:"},
      {"X-Spam-Bar: --", "spamassassin -: level=-- (-2 points)"},
      {"X-Spam-Bar: /", "spamassassin -: level=/ (no points)"},
      {"X-Spam-Score: 3.4 (+++)", "spamassassin -: score=3.4; level=(+++)"},
      {"X-Spam-Score-Int: 34", "spamassassin -: score=34 (3.4 points)"},
      {"X-Spam-Report: *  1.0 DATE_IN_PAST Date is past\n\t* -0.1 DKIM_VALID Signed",
       "spamassassin -: DATE_IN_PAST=1.0; DKIM_VALID=-0.1"},
      {"X-Ham-Report: nothing of that shape", "spamassassin -: report=nothing of that shape"},
      {"X-Spam-Checker-Version: SpamAssassin 4.0.0 (2022-12-14) on mx.corp.example",
       "spamassassin -: version=SpamAssassin 4.0.0 (2022-12-14); host=mx.corp.example"},
      {"X-Virus-Scanned: Debian amavisd-new at mx.corp.example",
       "amavis -: software=Debian amavisd-new; host=mx.corp.example"},
      {"X-Virus-Scanned: clamav-milter 0.103.8 on mx",
       "clamav -: software=clamav-milter 0.103.8; "
       "host=mx"},
      {"X-Virus-Scanned: by a gateway", "virus-scanner -: software=by a gateway"},
      {"X-Virus-Status: Clean", "clamav clean: status=Clean (clean)"},
      {"X-Virus-Status: Infected with Eicar-Test-Signature",
       "clamav malware: status=Infected with Eicar-Test-Signature (malware)"},
      {"X-Amavis-Alert: INFECTED, message contains virus: Eicar",
       "amavis malware: alert=INFECTED, message contains virus: Eicar (malware)"},
      {"X-Amavis-Alert: BANNED, message contains .exe",
       "amavis -: alert=BANNED, message contains .exe (a kind of file that the site does not let "
       "in)"},
      {"X-Spam-Filter-4: No, score=1.0", "spamassassin clean: verdict=No (not spam); score=1.0"},
  });
}

TEST_CASE("rspamd: its threshold is that of refusal, so that False is not clean") {
  check({
      {"X-Spamd-Result: default: False [13.81 / 25.00];\n PH_SURBL_MULTI(5.50)[fee.example:url];\n "
       "BAYES_SPAM(2.51)[91.49%]",
       "rspamd -: metric=default; verdict=False (below the score at which mail is refused, which "
       "says nothing of lesser actions); score=13.81; threshold=25.00; "
       "PH_SURBL_MULTI=(5.50)[fee.example:url]; BAYES_SPAM=(2.51)[91.49%]"},
      {"X-Spamd-Result: default: True [26.00 / 25.00]",
       "rspamd spam: metric=default; verdict=True (spam: at or above the score at which mail is "
       "refused); score=26.00; threshold=25.00"},
      {"X-Spamd-Result: no such form", "rspamd -: result=no such form"},
      {"X-Rspamd-Action: add header",
       "rspamd spam: action=add header (spam: to be marked by a header field)"},
      {"X-Spam-Action: no action", "rspamd clean: action=no action (not spam)"},
      {"X-Site-Spam-Action: greylist", "rspamd -: action=greylist (made to wait (greylisting))"},
      {"X-Rspamd-Action: discard", "rspamd -: action=discard (to be thrown away)"},
      {"X-Rspamd-Action: rewrite subject",
       "rspamd spam: action=rewrite subject (spam: to be marked in the subject)"},
      {"X-Rspamd-Action: soft reject",
       "rspamd spam: action=soft reject (spam: refused for the time being)"},
      {"X-Rspamd-Action: reject", "rspamd spam: action=reject (spam: to be refused)"},
      {"X-Rspamd-Action: quarantine",
       "rspamd spam: action=quarantine (spam: to be put in "
       "quarantine)"},
      {"X-Rspamd-Pre-Result: action=add header; module=dmarc; Action set by DMARC",
       "rspamd spam: action=add header (spam: to be marked by a header field); module=dmarc; "
       "text=Action set by DMARC"},
      {"X-Spam-Report: Action: no action\n Symbol: R_SPF_ALLOW(-0.20)\n Symbol: MIME_GOOD(-0.10)",
       "rspamd clean: action=no action (not spam); R_SPF_ALLOW=(-0.20); MIME_GOOD=(-0.10)"},
      {"X-Spam: Yes", "rspamd spam: spam=Yes (spam)"},
      {"X-Spam: undefined", "mailru -: spam=undefined"},
      {"X-Spamd-Bar: ++++", "rspamd -: bar=++++ (4 points)"},
      {"X-Rspamd-Server: mx", "rspamd -: server=mx"},
      {"X-Rspamd-Queue-Id: 4Zk1Ty0Qz7z3Xw", "rspamd -: queue-id=4Zk1Ty0Qz7z3Xw"},
  });
}

TEST_CASE("MailScanner by whatever name the site gives it, and the filters that learn") {
  check({
      {"X-MailScanner: Found to be clean", "mailscanner clean: result=Found to be clean (clean)"},
      {"X-Example-MailScanner: Found to be infected",
       "mailscanner malware: result=Found to be infected (malware)"},
      {"X-Example-MailScanner: Not scanned: please ask",
       "mailscanner -: result=Not scanned: please ask (not judged: not scanned)"},
      {"X-Example-MailScanner-SpamCheck: not spam, SpamAssassin (score=-0.2, required 5,\n "
       "BAYES_00 -1.90)",
       "mailscanner clean: verdict=not spam (not spam); score=-0.2; required=5; BAYES_00=-1.90"},
      {"X-MailScanner-SpamCheck: spam, SpamAssassin (cached, score=9.3, required 5)",
       "mailscanner spam: verdict=spam (spam); score=9.3; required=5"},
      {"X-Example-MailScanner-SpamScore: sss", "mailscanner -: score=sss (3 points)"},
      {"X-Example-MailScanner-ID: 9C2D11A0F3.A8D21", "mailscanner -: id=9C2D11A0F3.A8D21"},
      {"X-Bogosity: Spam, tests=bogofilter, spamicity=0.999900, version=1.2.5",
       "bogofilter spam: verdict=Spam (spam); tests=bogofilter; spamicity=0.999900; version=1.2.5"},
      {"X-Bogosity: Unsure", "bogofilter -: verdict=Unsure (neither one nor the other)"},
      {"X-DSPAM-Result: Innocent", "dspam clean: verdict=Innocent (not spam)"},
      {"X-DSPAM-Result: Whitelisted",
       "dspam clean: verdict=Whitelisted (not judged: the sender is on a list of good ones)"},
      {"X-DSPAM-Confidence: 0.9899", "dspam -: confidence=0.9899"},
      {"X-DSPAM-Probability: 0.0000", "dspam -: probability=0.0000"},
      {"X-CRM114-Status: SPAM  ( pR: -9.2 )", "crm114 spam: verdict=SPAM (spam); pR=-9.2"},
      {"X-CRM114-Status: Good  ( pR: 12.0 )", "crm114 clean: verdict=Good (not spam); pR=12.0"},
      {"X-Spambayes-Classification: spam; 0.99", "spambayes spam: verdict=spam (spam); score=0.99"},
  });
}

TEST_CASE("a field that no vendor is known for is no filter's") {
  CHECK(filters_told("X-Mailer: X-Spam-Flag: YES\nSubject: X-Spam: Yes\nX-Spammy: Yes").empty());
}

TEST_CASE("what is read of filters is bounded, and the worst value counts beyond the bound") {
  std::string text = "X-Forefront-Antispam-Report: ";
  for (int i = 0; i < 500; ++i) text += "K" + std::to_string(i) + ":1;";
  text += "CAT:MALW;\n";
  for (int i = 0; i < 300; ++i) text += "X-Spam-Flag: " + std::string(5'000, 'Y') + "\n";
  text += "\n";
  const auto filters = trace::read_filters(Message::parse(text));
  REQUIRE(filters.size() == trace::kMaxFilterReports);
  CHECK(filters[0].report.values.size() == trace::kMaxFilterValues);
  CHECK(filters[0].report.verdict == trace::FilterVerdict::malware);
  REQUIRE(filters[1].report.values.size() == 1);
  CHECK(filters[1].report.values[0].value ==
        std::string(trace::kMaxFilterValue, 'Y') + "\xE2\x80\xA6");
}
