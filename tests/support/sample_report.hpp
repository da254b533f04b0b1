#pragma once

#include <chrono>
#include <string>

#include "trace/report.hpp"

namespace emltrace::test {

inline Instant at(const char* rfc3339) {
  return parse_instant(rfc3339).value();
}

/// Hop 1 of the sample: what the sender wrote below the border, discarded.
inline trace::TracedHop invented_hop() {
  trace::TracedHop hop;
  hop.number = 1;
  hop.line = 12;
  hop.raw = "from nowhere by fictitious-site; \xff";
  hop.received.from.helo = "nowhere";
  hop.received.by.host = "fictitious-site";
  hop.received.stamp_raw = "\xff";
  hop.standing = trace::Standing::discarded;
  hop.standing_reason = "below a contradicted hop";
  hop.findings = {"forged-tail"};
  return hop;
}

/// Hop 2: written by the recipient's server about the outside.
inline trace::TracedHop border_hop() {
  trace::TracedHop hop;
  hop.number = 2;
  hop.line = 8;
  hop.raw = "from galangal.org (linuxaid.com.cn [202.99.11.120]) by mail.alpha.com.cn";
  Received& received = hop.received;
  received.from.helo = "galangal.org";
  received.from.helo_stated = true;
  received.from.rdns = "linuxaid.com.cn";
  received.from.ip = ip::Address::parse("202.99.11.120");
  received.by.host = "mail.alpha.com.cn";
  received.by.software = "8.8.5";
  received.with = "ESMTPS";
  received.tls = Received::Tls{"TLSv1.3", "TLS_AES_256_GCM_SHA384", 256};
  received.id = "LAA20869";
  received.for_ = "tmh@zky.ac.cn";
  received.producer = "sendmail";
  received.stamp = parse_date("Tue, 18 Mar 1997 14:39:24 -0800 (PST)");
  received.stamp_raw = "Tue, 18 Mar 1997 14:39:24 -0800 (PST)";
  hop.delay_s = -7500;
  hop.standing = trace::Standing::border;
  hop.standing_reason = "the recipient's own server took the message from outside";
  hop.dns.ptr = {*DomainName::parse("linuxaid.com.cn")};
  hop.dns.forward_confirmed = true;
  hop.dns.helo_confirmed = false;
  hop.clock = trace::HopClock{"sendmail-8.8", at("1997-03-18T19:00:00Z"), 3600, 13164};
  hop.findings = {"helo-rdns-mismatch", "clock-token-mismatch"};
  return hop;
}

inline dkim::Verdict broken_signature() {
  dkim::Verdict verdict;
  verdict.line = 20;
  verdict.domain = "lemongrass.org";
  verdict.selector = "s1";
  verdict.identity = "@lemongrass.org";
  verdict.algorithm = "rsa-sha256";
  verdict.canonicalization = "relaxed/simple";
  verdict.result = auth::Result::fail;
  verdict.problem = dkim::Problem::body_hash_mismatch;
  verdict.detail = "the body was changed";
  verdict.signature_text = "dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSb/av+yuU4zGeeruD00lszZVoG4ZHRNiYzR";
  verdict.body_hash = dkim::Check::mismatch;
  verdict.signature = dkim::Check::match;
  verdict.key_bits = 2048;
  verdict.signed_headers = {"from", "subject"};
  verdict.unsigned_bytes = 12;
  verdict.verifies_after = {"strip-footer"};
  dkim::Repair repair;
  repair.changes = {dkim::Change::footer};
  repair.signed_from = "Lemon <lemon@lemongrass.org>";
  repair.signed_subject = "\xe4\xbd\xa0\xe5\xa5\xbd";
  repair.removed = {
      {44, 3'000, "To leave the list"}, {std::nullopt, 0, "b"}, {46, 0, "c"}, {47, 0, "d\xff"}};
  repair.removed_more = 2;
  verdict.repair = repair;
  verdict.unsigned_fields = {"subject", "content-type"};
  return verdict;
}

inline arc::Verdict one_set() {
  arc::Set set;
  set.instance = 1;
  set.domain = "list.example";
  set.selector = "arc";
  set.cv = "none";
  set.seal = auth::Result::pass;
  set.message_signature = auth::Result::pass;
  set.authserv_id = "mx.list.example";
  set.results = {{"spf", "pass", {}, {{"smtp.mailfrom", ""}}, {}}};
  return {auth::Result::pass, {}, false, {set}, 0};
}

inline dmarc::Verdict failing_policy() {
  dmarc::Verdict verdict;
  verdict.result = auth::Result::fail;
  verdict.author_domain = "mail.lemongrass.org";
  verdict.organizational_domain = "lemongrass.org";
  verdict.record_domain = "lemongrass.org";
  verdict.record = "v=DMARC1; p=reject; rua=mailto:d@lemongrass.org";
  verdict.policy = "reject";
  verdict.policy_tag = "p";
  verdict.disposition = "reject";
  verdict.spf_aligned = false;
  verdict.dkim_aligned = false;
  verdict.dkim_alignment = {auth::Alignment::relaxed};
  verdict.aggregate_reports = {"mailto:d@lemongrass.org"};
  verdict.walk = {{"_dmarc.mail.lemongrass.org", "no-such-name"},
                  {"_dmarc.lemongrass.org", "record"}};
  return verdict;
}

inline trace::RecordedComparison disagreeing_result() {
  trace::RecordedComparison out;
  out.recorded.line = 3;
  out.recorded.header = "Authentication-Results";
  out.recorded.authserv_id = "mx.example";
  out.recorded.method = {"spf", "pass", {}, {{"smtp.mailfrom", "forged-address@galangal.org"}}, {}};
  out.recomputed = "softfail";
  out.agrees = false;
  out.reason = "records change";
  return out;
}

inline trace::Finding mismatch_finding() {
  trace::Finding finding = trace::make_finding({"helo-rdns-mismatch", {}});
  finding.hop = 2;
  finding.line = 8;
  finding.offset = 301;
  finding.message = "The client said galangal.org\x1b[2J, its address is linuxaid.com.cn.";
  finding.evidence = {{"helo", "galangal.org"}, {"ptr", "a.example"}, {"ptr", "\xfe"}};
  return finding;
}

inline spf::Verdict softfail() {
  spf::Verdict verdict{.identity = spf::Identity::mail_from,
                       .domain = "galangal.org",
                       .ip = *ip::Address::parse("202.99.11.120"),
                       .result = auth::Result::softfail,
                       .mechanism = "~all",
                       .record = "v=spf1 include:x.example ~all",
                       .problem = {},
                       .explanation = {},
                       .lookups = 1,
                       .void_lookups = 0,
                       .authenticated_data = false,
                       .trail = {}};
  verdict.trail = {{0, "galangal.org", "include:x.example", "no-match"},
                   {1, "x.example", "-all", "match"},
                   {0, "galangal.org", "~all", "match"}};
  return verdict;
}

// A list changed Subject and the end of the text; the first instance's text is known.
inline dkim2::Verdict listed() {
  dkim2::Verdict verdict;
  verdict.result = auth::Result::fail;
  verdict.problem = dkim2::Problem::rcpt_to_mismatch;
  verdict.detail = "DKIM2-Signature i=2 RCPT TO <(v)@v.example> did not match";
  verdict.at = {2, std::nullopt};
  verdict.mail_from = dkim2::Match::match;
  verdict.rcpt_to = dkim2::Match::mismatch;
  verdict.custody = dkim2::Custody::holds;
  verdict.fields = {
      {30, "DKIM2-Signature", "l2.example", "2", "2", at("2026-05-01T12:00:00Z"), "", {}, {}}};
  for (const std::size_t i : {1U, 2U}) {
    dkim2::SignatureVerdict signature;
    signature.line = 30 + i;
    signature.i = signature.m = i;
    signature.domain = i == 1 ? "d2.example" : "l2.example";
    signature.signed_at = at("2026-05-01T12:00:00Z");
    signature.mail_from = i == 1 ? "ann@d2.example" : "";
    signature.rcpt_to = {i == 1 ? "list@l2.example" : "bob@b.example"};
    signature.result = auth::Result::pass;
    signature.custody = dkim2::Custody::holds;
    signature.values = {{1, "s1", "ed25519-sha256", auth::Result::pass, {}, 256, false}};
    verdict.signatures.push_back(signature);
    verdict.instances.push_back({32 + i,
                                 i,
                                 i,
                                 {{1, "sha256", dkim2::HashCheck::match, dkim2::HashCheck::match}},
                                 i == 1 ? dkim2::RecipeKind::none : dkim2::RecipeKind::both});
  }
  using What = dkim2::Change::What;
  verdict.modifications = {
      {2, 2, "l2.example", {What::header_changed, "subject", {"Hello"}, {"[l] Hello"}, 0, 0}, true},
      {2, 2, "l2.example", {What::body, "", {}, {"\x1b[2J"}, 1, 0}, true}};
  verdict.original =
      dkim2::Original{"Hello", "Ann <ann@d2.example>", "00ff", 2, "one\ntwo\x1b\n", false};
  verdict.replay_key = "sha256:AA==:AA==";
  return verdict;
}

inline trace::FilterReport spam_filter() {
  return {9,
          410,
          "X-Forefront-Antispam-Report",
          "microsoft",
          true,
          {{"SCL", "5", "spam"}, {"SRV", "\xff", std::nullopt}},
          trace::FilterVerdict::spam};
}

inline trace::Handle account() {
  return {12,
          500,
          "X-Authenticated-Sender",
          trace::HandleKind::account,
          "u1",
          "host.example",
          false,
          {{"abuse@host.example", "field"}}};
}

inline trace::Enrichment networks() {
  trace::Enrichment found;
  found.asn_outcome = found.abuse_outcome = trace::LookedUp::found;
  found.asn = trace::Network{4808, {4837}, "CNNIC Beijing", "202.99.0.0/18", "CN"};
  found.abuse = {{"abuse@linuxaid.com.cn", "rfc2142"}};
  found.dnsbl = {
      {"zen.example", "202.99.11.120", true, {"127.0.0.2"}, "SBL", "see x", std::nullopt},
      {"dead.example", "202.99.11.120", std::nullopt, {}, std::nullopt, std::nullopt, "timed out"}};
  return found;
}

/// A report with something in every field, filled in by hand: a forged tail under a border hop,
/// with bytes in it that no terminal should see.
inline trace::Report sample_report() {
  trace::Report report;
  report.path = "samples/galangal.eml";
  report.bytes = 3120;
  report.sha256 = std::string(64, 'a');
  report.line_ending = LineEnding::lf;
  report.repairs = {
      {"leading-text", 1, 9, false, "nine lines in front of the header were left out"}};
  report.headers.from =
      parse_addresses("Lemon\xe2\x80\xaegrass <another@mail.lemongrass.org>").mailboxes;
  report.headers.to = parse_addresses("tmh@zky.ac.cn").mailboxes;
  report.headers.subject = "\xe4\xbd\xa0\xe5\xa5\xbd";
  report.headers.date = parse_date("Tue, Mar 18 1997 14:36:14 PST");
  report.headers.date_raw = "Tue, Mar 18 1997 14:36:14 PST";
  report.headers.message_id = "<1@lemongrass.org>";
  report.headers.return_path = "";
  report.envelope.client_ip = ip::Address::parse("202.99.11.120");
  report.envelope.helo = "galangal.org";
  report.envelope.mail_from = "forged-address@galangal.org";
  report.envelope.received_at = at("1997-03-18T22:39:24Z");
  report.envelope.from_hop = 2;
  report.envelope.overridden = {"helo"};
  report.envelope.sources.helo = trace::Recorder::option;
  report.clock = {at("1997-03-18T22:39:24Z"), "border"};
  report.hops = {invented_hop(), border_hop()};
  report.beside = {{5, "Delivered-To", "tmh@zky.ac.cn"}};
  report.origin.ip = ip::Address::parse("202.99.11.120");
  report.origin.rdns = "linuxaid.com.cn";
  report.origin.hop = 2;
  report.origin.recorded_by = "mail.alpha.com.cn";
  report.origin.confidence = "high";
  report.origin.reason = "the recipient's own server saw it";
  report.origin.claimed_ip = ip::Address::parse("203.0.113.7");
  report.origin.claimed_hop = 1;
  report.enrichment = networks();
  report.filters = {spam_filter()};
  report.handles = {account()};
  report.spf = {softfail()};
  report.dkim = {broken_signature()};
  report.arc = one_set();
  report.dmarc = failing_policy();
  report.recorded = {disagreeing_result()};
  report.dkim2 = listed();
  report.clocks = {{21,
                    "boundary",
                    "--=_x.1647931078",
                    {"rainloop-boundary", at("2022-03-22T06:37:58Z"), 1, 0},
                    true,
                    false}};
  report.findings = {mismatch_finding()};
  report.verdict = {trace::Level::forged,
                    trace::RouteState::contradicted,
                    trace::AuthorState::contradicted,
                    trace::Basis::now,
                    {"dkim2"},
                    "Hop 1 is the sender's invention."};
  report.dns = {"zone", {}, 23, 4, 1, {"s1._domainkey.lemongrass.org TXT: no answer"}, 84};
  return report;
}

}  // namespace emltrace::test
