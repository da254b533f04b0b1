// What the fields of commercial gateways and of mailbox providers say: one field of real shape a
// row of their tables.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/filter_text.hpp"
#include "trace/author/vade_cause.hpp"

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

TEST_CASE("Proofpoint judges by its rule, and what is outbound is the sending side's") {
  check({
      {"X-Proofpoint-Spam-Details: rule=gmspam_spam policy=gmspam score=99 malwarescore=0\n "
       "clxscore=-631 classifier=clx:Junk",
       "proofpoint spam: rule=gmspam_spam (spam); policy=gmspam; score=99; malwarescore=0; "
       "clxscore=-631; classifier=clx:Junk"},
      {"X-Proofpoint-Spam-Details: rule=outbound_notspam policy=outbound score=5",
       "proofpoint clean outbound: rule=outbound_notspam (not spam); policy=outbound (outbound: "
       "the sending side's filter, not the recipient's); score=5"},
      {"X-Proofpoint-Spam-Details: rule=notspam", "proofpoint clean: rule=notspam (not spam)"},
      {"X-Proofpoint-Spam-Details: rule=inbound_phish",
       "proofpoint phish: rule=inbound_phish "
       "(phishing)"},
      {"X-Proofpoint-Spam-Details: rule=virus", "proofpoint malware: rule=virus (malware)"},
      {"X-Proofpoint-Spam-Details: rule=bulk", "proofpoint bulk: rule=bulk (bulk)"},
      {"X-Proofpoint-Spam-Details: rule=definite", "proofpoint spam: rule=definite (spam)"},
      {"X-Proofpoint-Spam-Details: rule=ours score=90", "proofpoint -: rule=ours; score=90"},
      {"X-Proofpoint-Spam-Details-Enc: AW1haW4", "proofpoint -: data=AW1haW4"},
      {"X-Proofpoint-Spam-Reason: orgsafe",
       "proofpoint clean: reason=orgsafe (not judged: the sender is on a safe list)"},
      {"X-Proofpoint-Virus-Version: vendor=baseguard engine=ICAP:2.0.293",
       "proofpoint -: vendor=baseguard; engine=ICAP:2.0.293"},
  });
}

TEST_CASE("Mimecast and Barracuda") {
  check({
      {"X-Mimecast-Spam-Score: 1", "mimecast -: score=1 (no sign of spam)"},
      {"X-Mimecast-Spam-Score: 9", "mimecast -: score=9 (a strong sign of spam)"},
      {"X-Mimecast-Bulk-Signature: yes", "mimecast bulk: bulk=yes (bulk)"},
      {"X-Mimecast-Spam-Signature: NAME1",
       "mimecast spam: signature=NAME1 (spam: a known "
       "pattern)"},
      {"X-Mimecast-Impersonation-Protect: Policy=Default;Similar Internal Domain=false;Reply "
       "Address Mismatch=true;",
       "mimecast spoof: Policy=Default (the policy that was applied); Similar Internal "
       "Domain=false; Reply Address Mismatch=true (a sign of impersonation (spoofing))"},
      {"X-Mimecast-Impersonation-Protect: Policy=true;Reply Address Mismatch=false",
       "mimecast -: Policy=true (the policy that was applied); Reply Address Mismatch=false"},
      {"X-Barracuda-Spam-Status: Yes, SCORE=3.60 using per-user scores of TAG_LEVEL=3.5\n "
       "QUARANTINE_LEVEL=9.0 KILL_LEVEL=1000.0 tests=BSF_SC0_MISMATCH_TO, HTML_MESSAGE",
       "barracuda spam: verdict=Yes (spam: at least tagged); SCORE=3.60; TAG_LEVEL=3.5 (the score "
       "from which mail is tagged); QUARANTINE_LEVEL=9.0 (the score from which mail is put in "
       "quarantine); KILL_LEVEL=1000.0 (off); tests=BSF_SC0_MISMATCH_TO, HTML_MESSAGE; text=using "
       "per-user scores of"},
      {"X-BESS-Spam-Status: No, SCORE=0.00",
       "barracuda clean: verdict=No (not spam: below the score from which mail is tagged); "
       "SCORE=0.00"},
      {"X-Barracuda-Spam-Score: 0.10", "barracuda -: score=0.10"},
      {"X-Barracuda-Spam-Flag: YES", "barracuda spam: flag=YES (spam)"},
      {"X-Barracuda-Bayes: INNOCENT GLOBAL 0.0000 1.0000 -2.0210",
       "barracuda -: result=INNOCENT GLOBAL 0.0000 1.0000 -2.0210 (not spam by its words)"},
      {"X-Barracuda-Connect: mail.shop.example[203.0.113.9]",
       "barracuda -: host=mail.shop.example; ip=203.0.113.9 (client address)"},
      {"X-Barracuda-BRTS-Status: 1", "barracuda -: brts=1"},
      {"X-Barracuda-Start-Time: 1763370851",
       "barracuda -: start=1763370851 (2025-11-17T09:14:11Z)"},
      {"X-BESS-Apparent-Source-IP: 203.0.113.9", "barracuda -: ip=203.0.113.9 (client address)"},
  });
}

TEST_CASE("Cisco says that a message was scanned, which is no verdict") {
  check({
      {"X-IronPort-Anti-Spam-Filtered: true",
       "cisco -: filtered=true (scanned, which does not say that it is spam)"},
      {"X-IronPort-Anti-Spam-Result: A0BXAgD", "cisco -: data=A0BXAgD"},
      {"X-IPAS-Result: A0BXAgD", "cisco -: data=A0BXAgD"},
      {"X-IronPort-AV: E=Sophos;i=\"6.08,327,1712\";d=\"scan'208\";a=\"12\"",
       "cisco -: E=Sophos; i=\"6.08,327,1712\"; d=\"scan'208\"; a=\"12\""},
      {"X-IronPort-AV: E=Sophos;i=\"6;08\";v=EICAR-AV-Test",
       "cisco malware: E=Sophos; i=\"6;08\"; v=EICAR-AV-Test (malware found)"},
      {"X-Amp-Result: MALICIOUS", "cisco malware: result=MALICIOUS (malware)"},
      {"X-Amp-Result: CLEAN", "cisco clean: result=CLEAN (no malware)"},
      {"X-Amp-Result: UNKNOWN", "cisco -: result=UNKNOWN (not known)"},
      {"X-Amp-Result: SKIPPED(no attachment in message)",
       "cisco -: result=SKIPPED(no attachment in message) (not judged)"},
      {"X-SBRS: -1.4", "cisco -: score=-1.4"},
      {"X-IronPort-Reputation: None", "cisco -: score=None"},
      {"X-IronPort-SenderGroup: UNKNOWNLIST", "cisco -: sender-group=UNKNOWNLIST"},
      {"X-IronPort-MailFlowPolicy: $ACCEPTED", "cisco -: policy=$ACCEPTED"},
      {"X-IronPort-RemoteIP: 203.0.113.9", "cisco -: ip=203.0.113.9 (client address)"},
      {"X-IronPort-MID: 123", "cisco -: mid=123"},
      {"IronPort-SDR: abc", "cisco -: data=abc"},
      {"IronPort-HdrOrdr: A9a23:Zm9v", "cisco -: data=A9a23:Zm9v"},
  });
}

TEST_CASE("Trend Micro in both forms: a type is a whole number, a score may be negative") {
  check({
      {"X-TM-AS-Result: No--8.069-5.0-31-10",
       "trendmicro clean: verdict=No (not spam); score=-8.069; threshold=5.0; category=31; "
       "type=10"},
      {"X-TM-AS-Result: Yes-11-27.237300-8.000000",
       "trendmicro spam: verdict=Yes (spam); type=11; score=27.237300; threshold=8.000000"},
      {"X-TM-AS-Result: Yes-2-27.2-8.0",
       "trendmicro phish: verdict=Yes (spam); type=2 (phishing); score=27.2; threshold=8.0"},
      {"X-TM-AS-Result: No-2--7.2-8.0",
       "trendmicro clean: verdict=No (not spam); type=2 (phishing); score=-7.2; threshold=8.0"},
      {"X-TM-AS-Result: unheard", "trendmicro -: verdict=unheard"},
      {"X-TMASE-Result: 10--5.287600-5.000000",
       "trendmicro clean: type=10; score=-5.287600 (not spam: below the threshold); "
       "threshold=5.000000"},
      {"X-TMASE-Result: 1-5.0-5.0",
       "trendmicro spam: type=1 (spam); score=5.0 (spam: not below the threshold); threshold=5.0"},
      {"X-TM-AS-User-Approved-Sender: Yes",
       "trendmicro clean: approved=Yes (not judged: the sender is on the user's list of approved "
       "ones)"},
      {"X-TM-AS-User-Approved-Sender: No", "trendmicro -: approved=No"},
      {"X-TM-AS-User-Blocked-Sender: Yes",
       "trendmicro spam: blocked=Yes (spam: the sender is on the user's list of blocked ones)"},
      {"X-imss-scan-details: No--8.0-5.0-31-10", "trendmicro -: details=No--8.0-5.0-31-10"},
  });
}

TEST_CASE("Kaspersky and Sophos") {
  check({
      {"X-KSMG-AntiSpam-Status: probable_spam",
       "kaspersky spam: status=probable_spam (probably "
       "spam)"},
      {"X-KLMS-AntiSpam-Status: not_detected", "kaspersky clean: status=not_detected (not spam)"},
      {"X-KSE-AntiSpam-Status: massmail", "kaspersky bulk: status=massmail (bulk)"},
      {"X-KSMG-AntiSpam-Status: trusted",
       "kaspersky clean: status=trusted (not judged: trusted, or a message of a program)"},
      {"X-KSMG-AntiSpam-Status: not scanned, disabled by settings",
       "kaspersky -: status=not scanned, disabled by settings (not judged: not scanned)"},
      {"X-KSMG-AntiSpam-Rate: 40", "kaspersky -: rate=40"},
      {"X-KSMG-AntiSpam-Method: none", "kaspersky -: method=none"},
      {"X-KSMG-AntiSpam-Interceptor-Info: scan successful",
       "kaspersky -: interceptor=scan successful"},
      {"X-KSMG-AntiPhishing: Detected, url", "kaspersky phish: phishing=Detected, url (phishing)"},
      {"X-KSMG-AntiPhishing: NotDetected", "kaspersky clean: phishing=NotDetected (no phishing)"},
      {"X-KSMG-AntiVirus-Status: Clean, bases: 1",
       "kaspersky clean: virus=Clean, bases: 1 (no "
       "malware)"},
      {"X-KSMG-AntiVirus-Status: Detected EICAR",
       "kaspersky malware: virus=Detected EICAR "
       "(malware)"},
      {"X-KSMG-LinksScanning: Detected", "kaspersky phish: links=Detected (phishing: a bad link)"},
      {"X-PerlMx-Spam: Gauge=XXXXXXXIIIIIIII, Probability=78%, Report='HTML_50_70 0.1, SIZE 0'",
       "sophos spam: Gauge=XXXXXXXIIIIIIII; Probability=78% (spam by the usual threshold); "
       "Report=HTML_50_70 0.1, SIZE 0"},
      {"X-PMX-Spam: Gauge=IIIIIIII, Probability=49%",
       "sophos clean: Gauge=IIIIIIII; Probability=49% (not spam by the usual threshold)"},
      {"X-SASI-SpamProbability: 50%", "sophos spam: Probability=50% (spam by the usual threshold)"},
      {"X-LASED-SpamProbability: high", "sophos -: Probability=high"},
      {"X-Sophos-OBS: success", "sophos -: status=success"},
  });
}

TEST_CASE("Vade's states, and its cause in plain text") {
  check({
      {"X-Vade-Spamstate: spam:medium", "vade spam: state=spam:medium (spam)"},
      {"X-VR-SPAMSTATE: OK", "vade clean: state=OK (not spam)"},
      {"X-Vade-Verdict: clean", "vade clean: state=clean (not spam)"},
      {"X-Vade-Spamstate: phishing", "vade phish: state=phishing (phishing)"},
      {"X-Vade-Spamstate: scam", "vade phish: state=scam (phishing: a scam)"},
      {"X-Vade-Spamstate: virus", "vade malware: state=virus (malware)"},
      {"X-Vade-Spamstate: commercial:mce", "vade bulk: state=commercial:mce (bulk)"},
      {"X-VR-SPAMSTATE: MAILING", "vade bulk: state=MAILING (bulk)"},
      {"X-OUT-VDRT-SpamState: 0\\LEGIT", "vade - outbound: state=0\\LEGIT"},
      {"X-VR-SPAMSCORE: 49", "vade -: score=49"},
      {"X-VR-SPAMCAUSE: gggruggvucftvghtrhho", "vade -: decoded=Vade Retro"},
      {"X-VR-SPAMCAUSE: dmFkZTEabc", "vade -: data=dmFkZTEabc"},
      {"X-Vade-Analysis-1: gggruggvuc\nX-Vade-Analysis-2: ftvghtrhho",
       "vade -: decoded=Vade Retro"},
      {"X-Ovh-Spam-Reason: vr: OK", "vade -: reason=vr: OK"},
  });
  CHECK(trace::decode_vade_cause("\"gggruggvucft\r\n\tvghtrhho\"") == "Vade Retro");
  CHECK(trace::decode_vade_cause("gggruggvucftvghtrhhou") == "Vade Retro");
  CHECK_FALSE(trace::decode_vade_cause("gggruggvucftvghtrhhozz"));
  CHECK_FALSE(trace::decode_vade_cause(""));
}

TEST_CASE("services that providers buy") {
  check({
      {"X-CMAE-Analysis: v=2.4 cv=AbCd c=1 sm=1 tr=0 ts=69170000 a=AbCd==:117",
       "cloudmark -: v=2.4; cv=AbCd; c=1; sm=1; tr=0; ts=69170000 (2025-11-14T10:10:08Z); "
       "a=AbCd==:117"},
      {"X-Authority-Analysis: v=2.4 ts=xyz", "cloudmark -: v=2.4; ts=xyz"},
      {"X-CMAE-Score: 100", "cloudmark -: score=100"},
      {"X-CMAE-Envelope: MS4wfA", "cloudmark -: data=MS4wfA"},
      {"X-SpamExperts-Class: ham", "n-able clean: class=ham (not spam)"},
      {"X-Brand-Class: spam", "n-able spam: class=spam (spam)"},
      {"X-Brand-Class: unsure", "n-able -: class=unsure (neither one nor the other)"},
      {"X-Brand-Class: whitelisted",
       "n-able clean: class=whitelisted (not judged: the sender is on a list of good ones)"},
      {"X-School-Class: 7b", ""},
      {"X-Brand-Outgoing-Class: spam", "n-able spam outbound: class=spam (spam)"},
      {"X-Brand-Evidence: Combined (0.77)",
       "n-able -: evidence=Combined; score=0.77 (neither one nor the other)"},
      {"X-SpamExperts-Evidence: SB/cluster (0.03)",
       "n-able clean: evidence=SB/cluster; score=0.03 (not spam)"},
      {"X-Brand-Evidence: Combined (0.95)",
       "n-able spam: evidence=Combined; score=0.95 (spam: put in quarantine)"},
      {"X-Police-Evidence: item (12)", ""},
      {"X-Recommended-Action: drop", "n-able spam: action=drop (spam: to be dropped)"},
      {"X-Recommended-Action: accept", "n-able clean: action=accept (to be accepted)"},
      {"X-CTCH-Spam: Confirmed", "cyren spam: class=Confirmed (spam)"},
      {"X-CTCH-Spam: Bulk", "cyren bulk: class=Bulk (bulk)"},
      {"X-CTCH-Spam: NonSpam", "cyren clean: class=NonSpam (not spam)"},
      {"X-CTCH-RefID: str=0001.0A,ss=1", "cyren -: ref-id=str=0001.0A,ss=1"},
      {"X-Brightmail-Tracker: AAAA", "symantec -: data=AAAA"},
      {"X-VirusChecked: Checked", "symantec -: checked=Checked (scanned for viruses)"},
      {"X-SYMC-ESS-Client-Auth: outbound-route-from=pass",
       "symantec - outbound: client-auth=outbound-route-from=pass"},
      {"X-FEAS-Client-IP: 203.0.113.9", "fortinet -: ip=203.0.113.9 (client address)"},
      {"X-FE-Policy-ID: 1:8:1:SYSTEM", "fortinet -: policy=1:8:1:SYSTEM"},
      {"X-FEAS-SPAM-outbreak: 7", "fortinet -: spam-filter=7 (the filter that found something)"},
      {"X-FEAS-Hash: 7", "fortinet -: value=7"},
      {"X-cloud-security-Virusscan: CLEAN", "hornetsecurity clean: virus=CLEAN (no malware)"},
      {"X-cloud-security-sender: a@b.example", "hornetsecurity -: sender=a@b.example"},
      {"X-cloud-security-recipient: a@b.example", "hornetsecurity -: recipient=a@b.example"},
      {"X-purgate: suspect", "expurgate -: purgate=suspect (may be spam)"},
      {"X-purgate-type: clean.empty", "expurgate clean: type=clean.empty (not spam)"},
      {"X-purgate-type: bulk.advertising", "expurgate bulk: type=bulk.advertising (bulk)"},
      {"X-purgate-type: dangerous.virus",
       "expurgate malware: type=dangerous.virus (malware, or a file that may be)"},
      {"X-MC-Relay: Junk",
       "mailchannels - outbound: relay=Junk (the sending side's own class of its customer's mail)"},
  });
}

TEST_CASE("mailbox providers") {
  check({
      {"X-Pm-Spamscore: 40", "proton -: score=40"},
      {"X-Pm-Spam-Action: phishing", "proton phish: action=phishing (phishing)"},
      {"X-Pm-Spam-Action: inbox", "proton clean: action=inbox (not spam: put in the inbox)"},
      {"X-Pm-Spam-Action: spam", "proton spam: action=spam (spam)"},
      {"X-Pm-Spam-Action: dunno", "proton -: action=dunno (undecided)"},
      {"X-Pm-Spam: 0yezJI6c", "proton -: data=0yezJI6c"},
      {"X-Pm-Origin: external", "proton -: origin=external (came from outside)"},
      {"X-Gm-Message-State: AOJu0Yw", "google - outbound: data=AOJu0Yw"},
      {"X-YMailISG: xyz", "yahoo -: data=xyz"},
      {"X-YMail-OSG: xyz", "yahoo - outbound: data=xyz"},
      {"X-YahooFilteredBulk: 203.0.113.9",
       "yahoo bulk: bulk-client=203.0.113.9 (bulk: the client that sent it)"},
      {"X-Apple-MoveToFolder: Junk", "apple spam: folder=Junk (spam: put in the junk folder)"},
      {"X-Apple-MoveToFolder: INBOX", "apple clean: folder=INBOX (not spam: put in the inbox)"},
      {"X-Apple-Action: JUNK/JUNK", "apple -: action=JUNK/JUNK"},
      {"X-ICL-SCORE: 3.3", "apple -: data=3.3"},
      {"X-UI-Filterresults: junk:10;V03:K0:Ab3d=:mN",
       "united-internet spam: result=junk:10 (spam); data=V03:K0:Ab3d=:mN"},
      {"X-UI-Filterresults: notjunk:1;V03",
       "united-internet clean: result=notjunk:1 (not spam); data=V03"},
      {"X-UI-Out-Filterresults: notjunk:1;V03",
       "united-internet clean outbound: result=notjunk:1 (not spam); data=V03"},
      {"UI-OutboundReport: notjunk:1;M01",
       "united-internet clean outbound: result=notjunk:1 (not spam); data=M01"},
      {"UI-InboundReport: junk:10;M01", "united-internet spam: result=junk:10 (spam); data=M01"},
      {"X-GMX-Antispam: 0 (Mail was not recognized as spam)",
       "united-internet clean: result=0 (Mail was not recognized as spam) (not spam)"},
      {"X-GMX-Antispam: 5 (rule)", "united-internet spam: result=5 (rule) (spam)"},
      {"X-GMX-Antispam: -2 (not scanned)", "united-internet -: result=-2 (not scanned)"},
      {"X-Yandex-Spam: 4", "yandex spam: yandex=4 (spam)"},
      {"X-Yandex-Spam: 1", "yandex clean: yandex=1 (not spam)"},
      {"X-Yandex-Spam: 2", "yandex -: yandex=2"},
      {"X-Yandex-Front: mxfront1j", "yandex -: host=mxfront1j"},
      {"X-Yandex-TimeMark: 1763370851", "yandex -: time=1763370851 (2025-11-17T09:14:11Z)"},
      {"X-Mras: Ok", "mailru -: status=Ok"},
      {"X-7564579A: EEAE", "mailru -: data=EEAE"},
      {"X-Coremail-Antispam: 1Uf129KBjDUn", "coremail - outbound: data=1Uf129KBjDUn"},
      {"X-QQ-SSF: 0040000", "tencent - outbound: data=0040000"},
      {"X-QQ-GoodBg: 1", "tencent - outbound: good-background=1"},
      {"X-QQ-RECHKSPAM: 0", "tencent - outbound: rechecked=0"},
      {"X-Alimail-AntiSpam: AC=PASS;CH=green;MF=li@sender.example;TI=SMTPD_---.0Ab_1763370851;",
       "alibaba clean outbound: AC=PASS (let pass); CH=green; MF=li@sender.example (the envelope "
       "sender); TI=SMTPD_---.0Ab_1763370851 (2025-11-17T09:14:11Z)"},
      {"X-Alimail-AntiSpam: AC=CONTINUE", "alibaba - outbound: AC=CONTINUE"},
      {"X-WP-SPAM: NO 0000002 [..]", "wp -: result=NO 0000002 [..]"},
      {"X-GND-Score: 0", "gandi -: score=0"},
      {"X-CAA-SPAM: 00000", "site -: result=00000"},
  });
}
