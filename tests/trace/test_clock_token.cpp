#include <string>
#include <string_view>
#include <vector>

#include "message/message.hpp"
#include "message/received/received.hpp"
#include "support/catch.hpp"
#include "trace/clock/token.hpp"

using namespace emltrace;
using trace::ClockVerdict;

namespace {

// Ids as real servers wrote them, with the instant worked out by hand from their layout.
struct HopCase {
  std::string_view key;
  std::string_view field;
  std::string_view time;
};

constexpr HopCase kHopCases[] = {
    {"sendmail-hour",
     "from a.example ([192.0.2.1]) by mx.example.org (8.8.8/8.8.8) with SMTP id KAA19065; "
     "Tue, 16 Jun 1998 10:53:24 +0200",
     "1998-06-16T08:00:00Z"},
    {"sendmail",
     "from a.example ([192.0.2.1]) by mx.example.org (8.14.4/8.14.4) with ESMTP id oBFJdTn2064972; "
     "Wed, 15 Dec 2010 19:39:29 +0000",
     "2010-12-15T19:39:29Z"},
    {"sendmail",
     "from a.example ([192.0.2.1]) by mx.example.org (8.11.6/8.11.6) with ESMTP id g7OGqLY07389; "
     "Sat, 24 Aug 2002 17:52:21 +0100",
     "2002-08-24T16:52:21Z"},
    {"proofpoint",
     "from pps.filterd (m1.ppops.net [127.0.0.1]) by mx.example.org (8.17.1.5/8.17.1.5) with ESMTP "
     "id 25RAaTPY005669; Mon, 27 Jun 2022 10:47:11 GMT",
     "2022-06-27T10:36:29Z"},
    {"postfix-long",
     "from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id "
     "4RW4cc6FFzz2ytp; Wed, 23 Aug 2023 12:03:44 +0000",
     "2023-08-23T12:03:44Z"},
    {"postfix-long",
     "from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id "
     "4bbRKZ5KWZzKHMhd; Mon, 7 Jul 2025 22:22:58 +0800 (CST)",
     "2025-07-07T14:22:58Z"},
    {"exim",
     "from [192.0.2.1] (helo=a.example) by mx.example.org with esmtp (Exim 4.84) id "
     "1fD6hh-0004LO-0Q; Mon, 30 Apr 2018 13:10:45 +0200",
     "2018-04-30T11:10:45Z"},
    {"exim",
     "from [192.0.2.1] (helo=a.example) by mx.example.org with esmtp (Exim 4.97) id "
     "1sN4wO-0000000DKRj-3U8Q; Fri, 28 Jun 2024 09:18:37 +0300",
     "2024-06-28T06:18:36Z"},
    {"dovecot",
     "from mx.example.org by store.example.org (Dovecot) with LMTP id GElDC7b55lreVwAA33j24w for "
     "<b@example.org>; Mon, 30 Apr 2018 11:10:46 +0000",
     "2018-04-30T11:10:46Z"},
    {"courier",
     "from a.example (a.example [192.0.2.1]) by mx.example.org with esmtp; id "
     "000000000000000B.570AB3FD.00004739; Sun, 10 Apr 2016 20:13:49 +0000",
     "2016-04-10T20:13:49Z"},
    {"courier",
     "from a.example (a.example [192.0.2.1]) by mx.example.org with esmtp id "
     "000000000000000B.570AB3FD.00004739; Sun, 10 Apr 2016 20:13:49 +0000",
     "2016-04-10T20:13:49Z"},
    {"gmail",
     "from a.example (a.example. [192.0.2.1]) by mx.google.com with ESMTPS id "
     "l10si24947537wjx.231.2016.04.10.13.13.49 for <b@example.org>; Sun, 10 Apr 2016 13:13:50 "
     "-0700 (PDT)",
     "2016-04-10T20:13:49Z"},
    {"gmail",
     "from a.example (a.example. [192.0.2.1]) by mx.google.com with ESMTPS id "
     "vz6si12332148pab.0.2014.11.27.08.01.31 for <b@example.org>; Thu, 27 Nov 2014 08:01:32 -0800 "
     "(PST)",
     "2014-11-27T16:01:31Z"},
    {"gmail-ms",
     "by 2002:aa7:90c5:: with SMTP id k5mr13791296pfk.143.1580526709246; Fri, 31 Jan 2020 19:11:49 "
     "-0800 (PST)",
     "2020-02-01T03:11:49Z"},
    {"coremail",
     "from a.example (unknown [192.0.2.1]) by mx1 (Coremail) with SMTP id "
     "cC_KCgDnyjQAIKplWz1JAA--.63700S2; Fri, 19 Jan 2024 15:08:50 +0800 (CST)",
     "2024-01-19T07:08:48Z"},
    {"coremail",
     "from a.example (unknown [192.0.2.1]) by gateway (Coremail) with SMTP id "
     "_____8CxnOmb4z1q_jAYAA--.59898S3; Fri, 26 Jun 2026 10:27:39 +0800 (CST)",
     "2026-06-26T02:27:39Z"},
    {"smail", "by uucp.example (Smail3.1.29.1 #2) id m0ymnOa-000aOnC; Thu, 18 Jun 98 23:43 BST",
     "1998-06-18T22:43:04Z"},
    {"zmailer",
     "from a.example ([192.0.2.1]:44096 \"EHLO a.example\" rhost-flags-OK-OK-OK-OK) by "
     "vger.example.org with ESMTP id S232921AbiGOKJi (ORCPT <rfc822;list@vger.example.org>); Fri, "
     "15 Jul 2022 06:09:38 -0400",
     "2022-07-15T10:09:38Z"},
    {"momentum",
     "from [192.0.2.1] ([192.0.2.1:49522] helo=a.example) by smtp.example.org (envelope-from "
     "<a@example.org>) (ecelerity 3.6.25.56547 r(Core:3.6.25.0)) with ESMTP id "
     "6C/B4-50009-02796FF5; Thu, 07 Jan 2021 00:07:45 -0500",
     "2021-01-07T05:07:44Z"},
    {"sendgrid",
     "by filter0135p3las1.sendgrid.net with SMTP id filter0135p3las1-26609-5ECFD806-B5 2020-05-28 "
     "15:25:58.572244465 +0000 UTC m=+1101791.271200318",
     "2020-05-28T15:25:58Z"},
    {"mailgun",
     "from [192.0.2.69] (Unknown [192.0.2.1]) by mxa.mailgun.org with ESMTP id "
     "517acc75.4b341f0-worker2; Fri, 26 Apr 2013 18:50:29 -0000 (UTC)",
     "2013-04-26T18:50:29Z"},
    {"zoho",
     "by mx.zohomail.com with SMTPS id 1773132184269896.811332013007; Tue, 10 Mar 2026 01:43:04 "
     "-0700 (PDT)",
     "2026-03-10T08:43:04Z"},
    {"aliyun",
     "from localhost(mailfrom:a@example.org fp:SMTPD_---0Wio9yUM_1752458672 cluster:ay36) by "
     "smtp.aliyun-inc.com; Mon, 14 Jul 2025 10:04:33 +0800",
     "2025-07-14T02:04:32Z"},
    {"domino",
     "from a.example ([192.0.2.1]) by mx.example.org (Lotus Domino Release 8.5.3FP6) with ESMTP id "
     "2019110110005294-235130 ; Fri, 1 Nov 2019 10:00:52 +0800",
     "2019-11-01T02:00:52Z"},
    {"intermail",
     "from a.example ([192.0.2.1]) by mx.example.org (InterMail vM.6.01.04.00 "
     "201-2131-118-20041027) with ESMTP id <20050524053747.IQRM26972.mx.example.org@a.example>; "
     "Tue, 24 May 2005 01:37:47 -0400",
     "2005-05-24T05:37:47Z"},
    {"postfix-pickup",
     "by mail.example.org (Postfix, from userid 600) id 4FjLsC6Sgyz3Xkbc; Sat, 15 May 2021 "
     "23:01:52 "
     "+0000 (UTC)",
     "2021-05-15T23:17:35Z"},
    {"sina",
     "from unknown (HELO localhost.localdomain)([192.0.2.1]) by sina.com (172.16.235.25) with "
     "ESMTP "
     "id 6610831C000068F0; Fri, 6 Apr 2024 07:02:54 +0800 (CST)",
     "2024-04-05T23:02:52Z"},
    {"richmail",
     "from localhost.localdomain (unknown[192.0.2.1]) by rmsmtp-lg-appmail-40-12054 (RichMail) "
     "with "
     "SMTP id 2f1662e741abbf1-45039; Mon, 01 Aug 2022 10:59:57 +0800 (CST)",
     "2022-08-01T02:59:55Z"},
    {"263",
     "from localhost.localdomain (unknown [192.0.2.1]) by smtp.263.net (postfix) with ESMTP id "
     "P14943T139926167336704S1570524849971582_; Tue, 08 Oct 2019 16:54:11 +0800 (CST)",
     "2019-10-08T08:54:09Z"},
    {"aliyun",
     "from mail.example.org(mailfrom:a@example.org ip:192.0.2.1 fp:SMTPD_---0X2kd7m_1729135441) by "
     "mx1.mail.aliyun-inc.com(10.147.1.2); Thu, 17 Oct 2024 11:24:01 +0800",
     "2024-10-17T03:24:01Z"},
};

// What the rows claim of their tokens: whether age can prove a copy, and by how much the token may
// be younger than the stamp.
struct HopProof {
  std::string_view key;
  trace::MadeAt made_at;
  std::int64_t max_lead_s;
  bool per_message;
  bool documented;
};
using trace::MadeAt;
constexpr HopProof kProofs[] = {
    {"sendmail", MadeAt::process, 10, false, true},
    {"proofpoint", MadeAt::session, 10, false, true},
    {"postfix-long", MadeAt::queue_entry, 610, true, true},
    {"exim", MadeAt::message, 10, true, true},
    {"dovecot", MadeAt::session, 10, false, true},
    {"courier", MadeAt::session, 10, false, true},
    {"gmail", MadeAt::message, 10, true, true},
    {"gmail-ms", MadeAt::message, 60, true, false},
    {"coremail", MadeAt::message, 10, true, false},
    {"smail", MadeAt::message, 10, true, true},
    {"zmailer", MadeAt::queue_entry, 10, true, true},
    {"momentum", MadeAt::message, 60, false, false},
    {"sendgrid", MadeAt::process, 60, false, false},
    {"mailgun", MadeAt::message, 60, false, false},
    {"zoho", MadeAt::message, 60, false, false},
    {"aliyun", MadeAt::session, 10, false, false},
    {"domino", MadeAt::message, 10, false, true},
    {"intermail", MadeAt::message, 10, true, true},
    {"sina", MadeAt::message, 10, true, false},
    {"richmail", MadeAt::message, 10, true, false},
    {"263", MadeAt::message, 10, true, false},
    {"postfix-pickup", MadeAt::pickup, 86410, true, true},
};

const HopProof* proof_of(std::string_view key) {
  for (const HopProof& proof : kProofs) {
    if (proof.key == key) return &proof;
  }
  return nullptr;
}

ClockVerdict at(const trace::ClockToken& token, std::int64_t stamp_after_token) {
  Date stamp;
  stamp.instant = token.time + std::chrono::seconds{stamp_after_token};
  stamp.offset_minutes = 0;
  return trace::compare(token, stamp).verdict;
}

}  // namespace

TEST_CASE("an id of every producer tells its hidden time and agrees with the honest stamp") {
  for (const HopCase& row : kHopCases) {
    CAPTURE(row.key, row.field);
    const Received received = parse_received(row.field);
    const auto token = trace::decode_hop_token(received);
    REQUIRE(token);
    CHECK(token->producer == (row.key == "postfix-pickup" ? "postfix-long" : row.key));
    CHECK(format_rfc3339(token->time) == row.time);
    CHECK(trace::compare(*token, received.stamp).verdict == ClockVerdict::match);
  }
}

TEST_CASE(
    "a token beyond its tolerance younger than the stamp contradicts, an older one does not") {
  for (const HopCase& row : kHopCases) {
    CAPTURE(row.key, row.field);
    const auto token = trace::decode_hop_token(parse_received(row.field));
    REQUIRE(token);
    const HopProof* proof = proof_of(row.key);
    if (token->hour_only) continue;
    REQUIRE(proof);
    CHECK(token->made_at == proof->made_at);
    CHECK(token->documented == proof->documented);
    CHECK(at(*token, -proof->max_lead_s) == ClockVerdict::match);
    CHECK(at(*token, -proof->max_lead_s - 1) == ClockVerdict::younger);
    CHECK(at(*token, -3 * 365 * 86'400) == ClockVerdict::younger);
    CHECK(at(*token, 0) == ClockVerdict::match);
    CHECK(at(*token, 13 * 86'400) == ClockVerdict::older);
    CHECK(at(*token, 14 * 86'400) == ClockVerdict::older);
    const ClockVerdict aged = proof->per_message ? ClockVerdict::copied : ClockVerdict::older;
    CHECK(at(*token, 14 * 86'400 + 1) == aged);
    CHECK(at(*token, 3 * 365 * 86'400) == aged);
  }
}

TEST_CASE("only sendmail's old letter and Domino's wall clock are told without proving anything") {
  for (const HopCase& row : kHopCases) {
    CAPTURE(row.key);
    const auto token = trace::decode_hop_token(parse_received(row.field));
    REQUIRE(token);
    CHECK(token->weak == (row.key == "sendmail-hour" || row.key == "domino"));
  }
}

TEST_CASE("the first hour of an id's age is the transaction's, later the age is told") {
  const auto token = trace::decode_hop_token(parse_received(
      "from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id "
      "4RW4cc6FFzz2ytp; Wed, 23 Aug 2023 12:03:44 +0000"));
  REQUIRE(token);
  CHECK(at(*token, 3'600) == ClockVerdict::match);
  CHECK(at(*token, 3'601) == ClockVerdict::older);
}

TEST_CASE("a filter's session is hours older than the stamp and no contradiction") {
  const Received received = parse_received(
      "from pps.filterd (m0012345.ppops.net [127.0.0.1]) by mx0a-00112233.pphosted.com "
      "(8.17.1.19/8.17.1.19) with ESMTP id 2A981qS5001234; Wed, 9 Nov 2022 09:26:55 GMT");
  const auto token = trace::decode_hop_token(received);
  REQUIRE(token);
  CHECK(token->producer == "proofpoint");
  CHECK(format_rfc3339(token->time) == "2022-11-09T08:01:52Z");
  const auto comparison = trace::compare(*token, received.stamp);
  CHECK(comparison.verdict == ClockVerdict::older);
  CHECK(comparison.skew_s == 5'103);
}

TEST_CASE("a queue id is seconds younger than the stamp of a slow session, an hour is no session") {
  const auto judge = [](const char* stamp) {
    const Received received = parse_received(
        std::string("from a.example (a.example [192.0.2.1]) by lists.example.org (Postfix) with "
                    "UTF8SMTPS id 4Wb6xb3kRKz2hQm for <b@example.org>; ") +
        stamp);
    const auto token = trace::decode_hop_token(received);
    REQUIRE(token);
    return trace::compare(*token, received.stamp);
  };
  CHECK(judge("Sat, 3 Aug 2024 00:03:19 +1000 (AEST)").verdict == ClockVerdict::match);
  CHECK(judge("Sat, 3 Aug 2024 00:03:19 +1000 (AEST)").skew_s == -12);
  CHECK(judge("Fri, 2 Aug 2024 23:03:19 +1000 (AEST)").verdict == ClockVerdict::younger);
  CHECK(judge("Fri, 2 Aug 2024 23:03:19 +1000 (AEST)").skew_s == -3'612);
}

TEST_CASE("the verdicts and what a token is the time of have names") {
  CHECK(trace::to_string(ClockVerdict::match) == "match");
  CHECK(trace::to_string(ClockVerdict::older) == "older");
  CHECK(trace::to_string(ClockVerdict::younger) == "younger");
  CHECK(trace::to_string(ClockVerdict::copied) == "copied");
  CHECK(trace::to_string(ClockVerdict::undecidable) == "undecidable");
  CHECK(trace::to_string(MadeAt::message) == "message");
  CHECK(trace::to_string(MadeAt::session) == "session");
  CHECK(trace::to_string(MadeAt::process) == "process");
  CHECK(trace::to_string(MadeAt::queue_entry) == "queue entry");
  CHECK(trace::to_string(MadeAt::pickup) == "pickup");
  CHECK(trace::to_string(MadeAt::body) == "body");
}

TEST_CASE("the letter of an old sendmail id is an hour of the writer's day, told but no proof") {
  const Received received = parse_received(
      "from mail.alpha.com.cn (mail.alpha.com.cn [124.211.3.78]) by mail.263.net (8.8.5/8.7.2) "
      "with "
      "ESMTP id LAA20869 for <demo@hotmail>; Tue, 18 Mar 1997 14:39:24 -0800 (PST)");
  const auto token = trace::decode_hop_token(received);
  REQUIRE(token);
  CHECK(token->hour_only);
  CHECK(token->local);
  CHECK(token->weak);
  CHECK(token->precision_s == 3600);
  CHECK(token->made_at == trace::MadeAt::process);
  CHECK(format_rfc3339(token->time) == "1997-03-18T19:00:00Z");
  const auto comparison = trace::compare(*token, received.stamp);
  CHECK(comparison.verdict == ClockVerdict::older);
  CHECK(comparison.skew_s == 14 * 3600 + 39 * 60 + 24 - (11 * 3600 + 3599));
}

TEST_CASE("a sendmail hour letter is the last such hour that had begun, never one to come") {
  const auto skew = [](const char* field) {
    const Received received = parse_received(field);
    const auto token = trace::decode_hop_token(received);
    REQUIRE(token);
    return trace::compare(*token, received.stamp);
  };
  const auto late =
      skew("from a ([192.0.2.1]) by b (8.9.3/8.9.3) id XAA00001; Tue, 18 Mar 1997 00:10:00 +0800");
  CHECK(late.verdict == ClockVerdict::match);
  CHECK(late.skew_s == 601);
  const auto inside =
      skew("from a ([192.0.2.1]) by b (8.9.3/8.9.3) id XAA00001; Tue, 18 Mar 1997 23:59:59 +0800");
  CHECK(inside.skew_s == 0);
  // 15 h is still to come on that day: it was yesterday's.
  const auto yesterday =
      skew("from a ([192.0.2.1]) by b (8.9.3/8.9.3) id PAA00001; Tue, 18 Mar 1997 14:39:24 +0800");
  CHECK(yesterday.verdict == ClockVerdict::older);
  CHECK(yesterday.skew_s == 22 * 3600 + 39 * 60 + 24 + 1);
  const auto rounding =
      skew("from a ([192.0.2.1]) by b (8.9.3/8.9.3) id PAA00001; Tue, 18 Mar 1997 14:59:50 +0800");
  CHECK(rounding.verdict == ClockVerdict::match);
  CHECK(rounding.skew_s == -10);
  const auto beyond =
      skew("from a ([192.0.2.1]) by b (8.9.3/8.9.3) id PAA00001; Tue, 18 Mar 1997 14:59:49 +0800");
  CHECK(beyond.verdict == ClockVerdict::older);
}

TEST_CASE("a stamp moved before its id is told, one without a zone only beyond any zone") {
  const Received honest = parse_received(
      "from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id "
      "4RW4cc6FFzz2ytp; Wed, 23 Aug 2023 12:03:44 +0000");
  const auto token = trace::decode_hop_token(honest);
  REQUIRE(token);
  const auto judge = [&](const char* stamp) { return trace::compare(*token, parse_date(stamp)); };
  CHECK(judge("Wed, 23 Aug 2023 12:03:44 +0000").skew_s == 0);
  CHECK(judge("Wed, 23 Aug 2023 12:33:44 +0000").verdict == ClockVerdict::match);
  CHECK(judge("Wed, 23 Aug 2023 12:33:44 +0000").skew_s == 1800);
  CHECK(judge("Wed, 23 Aug 2023 11:53:34 +0000").verdict == ClockVerdict::match);
  CHECK(judge("Wed, 23 Aug 2023 11:53:33 +0000").verdict == ClockVerdict::younger);
  CHECK(judge("Wed, 23 Aug 2023 11:53:33 +0000").skew_s == -611);
  CHECK(judge("Wed, 23 Aug 2023 14:03:44 +0000").verdict == ClockVerdict::older);
  CHECK(judge("Sun, 20 Aug 2023 12:03:44 +0000").verdict == ClockVerdict::younger);
  CHECK(judge("Wed, 23 Aug 2023 20:03:44").verdict == ClockVerdict::undecidable);
  CHECK(judge("Wed, 23 Aug 2023 00:03:44").verdict == ClockVerdict::undecidable);
  CHECK(judge("Tue, 22 Aug 2023 21:53:34").verdict == ClockVerdict::undecidable);
  CHECK(judge("Tue, 22 Aug 2023 21:53:33").verdict == ClockVerdict::younger);
  CHECK(judge("Fri, 25 Aug 2023 12:03:44").verdict == ClockVerdict::older);
  // Fourteen days and fourteen hours after the id.
  CHECK(judge("Thu, 7 Sep 2023 02:03:44").verdict == ClockVerdict::older);
  CHECK(judge("Thu, 7 Sep 2023 02:03:45").verdict == ClockVerdict::copied);
  CHECK(judge("Wed, 6 Sep 2023 12:03:45 +0000").verdict == ClockVerdict::copied);
  CHECK(trace::compare(*token, std::nullopt).verdict == ClockVerdict::undecidable);
  CHECK_FALSE(trace::compare(*token, std::nullopt).skew_s);
}

TEST_CASE("a Gmail id in the hour that autumn repeats takes the reading that the stamp supports") {
  const auto time_of = [](const char* stamp) {
    const Received received = parse_received(
        std::string("from a.example (a.example. [192.0.2.1]) by mx.google.com with ESMTPS id "
                    "a1si1b.1.2023.11.05.01.30.00 for <b@example.org>; ") +
        stamp);
    const auto token = trace::decode_hop_token(received);
    REQUIRE(token);
    return format_rfc3339(token->time);
  };
  CHECK(time_of("Sun, 5 Nov 2023 01:30:00 -0700 (PDT)") == "2023-11-05T08:30:00Z");
  CHECK(time_of("Sun, 5 Nov 2023 01:30:00 -0800 (PST)") == "2023-11-05T09:30:00Z");
}

TEST_CASE("California's summer time follows the law of its year") {
  struct Case {
    const char* id;
    const char* time;
  };
  // 2006: first Sunday of April to last of October; 2007: second of March to first of November.
  const Case cases[] = {
      {"a1si1b.1.2006.04.02.01.59.59", "2006-04-02T09:59:59Z"},
      {"a1si1b.1.2006.04.02.03.00.00", "2006-04-02T10:00:00Z"},
      {"a1si1b.1.2006.10.29.03.00.00", "2006-10-29T11:00:00Z"},
      {"a1si1b.1.2007.03.11.01.59.59", "2007-03-11T09:59:59Z"},
      {"a1si1b.1.2007.03.11.03.00.00", "2007-03-11T10:00:00Z"},
      {"a1si1b.1.2007.11.04.00.59.59", "2007-11-04T07:59:59Z"},
      {"a1si1b.1.2007.11.04.02.00.00", "2007-11-04T10:00:00Z"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.id);
    const auto token = trace::decode_hop_token(parse_received(
        std::string("by mx.google.com with SMTP id ") + row.id + "; Thu, 1 Jan 2004 00:00:00 GMT"));
    REQUIRE(token);
    CHECK(format_rfc3339(token->time) == row.time);
  }
}

TEST_CASE("an id is decoded only where the software is told or the shape is its own") {
  const char* fields[] = {
      // A build number is no clock.
      "from a (192.0.2.1) by b (192.0.2.2) with Microsoft SMTP Server id 15.20.8251.21; Mon, 1 Jan "
      "2024 00:00:00 +0000",
      // No software named.
      "from a (a [192.0.2.1]) by b with ESMTP id 4RW4cc6FFzz2ytp; Wed, 23 Aug 2023 12:03:44 +0000",
      "from a (a [192.0.2.1]) by b with ESMTP id LAA20869; Wed, 23 Aug 2023 12:03:44 +0000",
      "from a (a [192.0.2.1]) by b with ESMTP id oBFJdTn2064972; Wed, 23 Aug 2023 12:03:44 +0000",
      "from a (a [192.0.2.1]) by b with LMTP id GElDC7b55lreVwAA33j24w; Wed, 23 Aug 2023 12:03:44 "
      "+0000",
      // A short Postfix id holds microseconds alone.
      "from a (a [192.0.2.1]) by b (Postfix) with ESMTP id 88BFF24001F0; Wed, 23 Aug 2023 12:03:44 "
      "+0000",
      // Outside 1980..2100: 1970-01-12 and 2106.
      "from a (a [192.0.2.1]) by b with esmtp (Exim 4.96) id 004C92-0004LO-0Q; Mon, 1 Jan 2024 "
      "00:00:00 +0000",
      "from a (a [192.0.2.1]) by b with esmtp id 000000000000000B.FFFFFFFF.00004739; Mon, 1 Jan "
      "2024 00:00:00 +0000",
      // Month 13, hour 24.
      "from a (a [192.0.2.1]) by b (8.14.4/8.14.4) with ESMTP id oCFJdTn2064972; Mon, 1 Jan 2024 "
      "00:00:00 +0000",
      "from a (a [192.0.2.1]) by b (8.14.4/8.14.4) with ESMTP id oBFOdTn2064972; Mon, 1 Jan 2024 "
      "00:00:00 +0000",
      // The hour alone says nothing without a day and an offset.
      "from a (a [192.0.2.1]) by b (8.8.5/8.8.5) with ESMTP id LAA20869...",
      // More than a million microseconds.
      "from a (a [192.0.2.1]) by b (Postfix) with ESMTP id 4RW4cczzzzz2ytp; Wed, 23 Aug 2023 "
      "12:03:44 +0000",
      // Another producer's id, or a host that only ends like the service's.
      "from a (HELO b)([192.0.2.1]) by sina.com (10.0.0.1) with ESMTP id 88BFF24001F0; Wed, 23 Aug "
      "2023 12:03:44 +0000",
      "from a (HELO b)([192.0.2.1]) by notsina.com (10.0.0.1) with ESMTP id 6610831C000068F0; Fri, "
      "6 "
      "Apr 2024 07:02:54 +0800",
      "from a (unknown[192.0.2.1]) by rmsmtp (RichMail) with SMTP id 2f1662e741abbf1; Mon, 01 Aug "
      "2022 10:59:57 +0800",
      "from a (unknown[192.0.2.1]) by rmsmtp (RichMail) with SMTP id 2f1662e741abbfg-45039; Mon, "
      "01 "
      "Aug 2022 10:59:57 +0800",
      "from a (unknown[192.0.2.1]) by rmsmtp (RichMail) with SMTP id 2f1662e741abbf1-4503g; Mon, "
      "01 "
      "Aug 2022 10:59:57 +0800",
      "from a (unknown[192.0.2.1]) by rmsmtp (RichMail) with SMTP id 2f1662e741abbf1-450390; Mon, "
      "01 "
      "Aug 2022 10:59:57 +0800",
      "from a (HELO b)([192.0.2.1]) by sina.com (10.0.0.1) with ESMTP id 6610831C000068FZ; Fri, 6 "
      "Apr "
      "2024 07:02:54 +0800",
      "from a (a [192.0.2.1]) by b (ecelerity 3.6) with ESMTP id 6C/B4-50009-02796FG5; Thu, 07 Jan "
      "2021 00:07:45 -0500",
      "from a (a [192.0.2.1]) by b (ecelerity 3.6) with ESMTP id 6C.B4-50009-02796FF5; Thu, 07 Jan "
      "2021 00:07:45 -0500",
      "from a (unknown[192.0.2.1]) by rmsmtp (PoorMail) with SMTP id 2f1662e741abbf1-45039; Mon, "
      "01 "
      "Aug 2022 10:59:57 +0800",
      "from a (unknown [192.0.2.1]) by smtp.263.net (postfix) with ESMTP id F28E6432; Thu, 6 Aug "
      "2015 "
      "14:47:52 +0800",
      "from a (unknown [192.0.2.1]) by smtp.263.net (postfix) with ESMTP id "
      "P14943T139926167336704S157052484997158_; Tue, 08 Oct 2019 16:54:11 +0800",
      "from a (unknown [192.0.2.1]) by smtp.not263.net (postfix) with ESMTP id "
      "P14943T139926167336704S1570524849971582_; Tue, 08 Oct 2019 16:54:11 +0800",
      "from a (a [192.0.2.1]) by mx1 (Coremail) with SMTP id 4RW4cc6FFzz2ytp; Wed, 23 Aug 2023 "
      "12:03:44 +0000",
      "from a (a [192.0.2.1]) by mx.google.com with ESMTPS id 4RW4cc6FFzz2ytp; Wed, 23 Aug 2023 "
      "12:03:44 +0000",
      "from a (a [192.0.2.1]) by mx.zohomail.com with SMTPS id 88BFF24001F0; Wed, 23 Aug 2023 "
      "12:03:44 +0000",
      // No id at all.
      "from a (a [192.0.2.1]) by b (Postfix) with ESMTP; Wed, 23 Aug 2023 12:03:44 +0000",
  };
  for (const char* field : fields) {
    CAPTURE(field);
    CHECK_FALSE(trace::decode_hop_token(parse_received(field)));
  }
}

TEST_CASE("tokens in other fields are read with their place and line") {
  struct Case {
    std::string_view field;
    std::string_view key;
    std::string_view place;
    std::string_view time;
    std::int64_t precision;
  };
  const Case cases[] = {
      {"Message-ID: <20101215192051.88BFF24001F0@mx.example.org>", "postfix-message-id",
       "Message-ID", "2010-12-15T19:20:51Z", 1},
      {"Message-ID: <20230823120344.4RW4cc6FFzz2ytp@mx.example.org>", "postfix-message-id",
       "Message-ID", "2023-08-23T12:03:44Z", 1},
      {"Message-ID: <20010101120000.12345.qmail@mx.example.org>", "qmail-message-id", "Message-ID",
       "2001-01-01T12:00:00Z", 1},
      {"Message-ID: <20200612023654.GA37114@host.example>", "mutt-message-id", "Message-ID",
       "2020-06-12T02:36:54Z", 1},
      // 0x01C0A5B4 * 429.4967296 s = 12628298207.9 s after 1601.
      {"Message-ID: <000001c0a5b4$12345678$0201a8c0@host>", "outlook-message-id", "Message-ID",
       "2001-03-05T20:36:47Z", 430},
      {"Message-ID: <295527366.33957517.1609996064638.JavaMail.root@example.org>",
       "javamail-message-id", "Message-ID", "2021-01-07T05:07:44Z", 1},
      // On the wall of the Date above it: PST.
      {"Message-Id: <lisi031897143614-00000298@mail.alpha.com.cn>", "dated-message-id",
       "Message-ID", "1997-03-18T22:36:14Z", 1},
      {"Message-Id: <lisi031830143614-00000298@mail.alpha.com.cn>", "dated-message-id",
       "Message-ID", "2030-03-18T22:36:14Z", 1},
      {"X-Received: by 10.28.88.16 with SMTP id m16mr1234567wmb.3.1460319230220; Sun, 10 Apr 2016 "
       "13:13:50 -0700 (PDT)",
       "gmail-ms", "X-Received", "2016-04-10T20:13:50Z", 1},
      {"X-QQ-mid: xmsmtpt1699081644tmoguzs89", "qq", "X-QQ-mid", "2023-11-04T07:07:24Z", 1},
      {"X-QQ-mid: bizesmtp79t1657879739tk8lr0p1", "qq", "X-QQ-mid", "2022-07-15T10:08:59Z", 1},
      {"X-QQ-mid: esmtpgz14t1760509018t31c70c8a", "qq", "X-QQ-mid", "2025-10-15T06:16:58Z", 1},
      // 01881fea4560 = 1684162626912 ms; 019a0f3c6000 = 1761192206336 ms.
      {"Message-ID: <010101881fea4560-7affd3d6-31b2-47ad-ace2-c9d873ba6126-000000@us-west-2"
       ".amazonses.com>",
       "amazon-ses", "Message-ID", "2023-05-15T14:57:06Z", 1},
      {"Return-Path: <0107019a0f3c6000-1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d-000000@bounce.example>",
       "amazon-ses", "Return-Path", "2025-10-23T04:03:26Z", 1},
      {"Return-Path: <bounce-md_30504962.669fdf8f.v1-3735091ab57244a69d6a9754f20f9e49@b.example>",
       "mandrill", "Return-Path", "2024-07-23T16:51:27Z", 1},
      // 01M3Q58ZAN = 1790704909653 ms in base 32.
      {"X-Zendesk-Email-Id: 01M3Q58ZANF2HQSGH9BZZ4ZS8S", "zendesk", "X-Zendesk-Email-Id",
       "2026-09-29T18:01:49Z", 1},
      {"X-Alimail-AntiSpam: AC=PASS;CH=green;MF=a@example.org;TI=SMTPD_---0X2kd7.m_1775835675 "
       "cluster:ay36",
       "aliyun", "X-Alimail-AntiSpam", "2026-04-10T15:41:15Z", 1},
      {"X-Barracuda-Start-Time: 1460319230", "barracuda-start", "X-Barracuda-Start-Time",
       "2016-04-10T20:13:50Z", 1},
      // 90 9d 92 68
      {"X-ME-Sender: <xms:kp2SaC3BqECAlvdzvihEOwcVdywbPvMCZbJr65QywvgXlDCrYYvAJQ>", "fastmail",
       "X-ME-Sender", "2025-08-06T00:10:58Z", 1},
      {"X-ME-Sender: <xms:-j8BYDeGOOZtrOVYAvZ_HlQg5Kt54UQ_Uv-5IeZ7gQKeI-mVViOgXQ>", "fastmail",
       "X-ME-Sender", "2021-01-15T07:10:50Z", 1},
      {"Content-Type: multipart/mixed; boundary=\"----=_Part_1_2.1460319230220\"",
       "javamail-boundary", "MIME boundary", "2016-04-10T20:13:50Z", 1},
      {"Content-Type: multipart/alternative;\r\n "
       "boundary=\"--=_RainLoop_587_997816661.1647931078\"",
       "rainloop-boundary", "MIME boundary", "2022-03-22T06:37:58Z", 1},
  };
  for (const Case& row : cases) {
    CAPTURE(row.field);
    const std::string bytes =
        "Date: Tue, Mar 18 1997 14:36:14 PST\r\n" + std::string(row.field) + "\r\n\r\nbody\r\n";
    const auto tokens = trace::decode_message_tokens(Message::parse(bytes));
    REQUIRE(tokens.size() == 1);
    CHECK(tokens[0].producer == row.key);
    CHECK(tokens[0].place == row.place);
    CHECK(tokens[0].line == 2);
    CHECK(format_rfc3339(tokens[0].time) == row.time);
    CHECK(tokens[0].precision_s == row.precision);
  }
}

TEST_CASE("a Message-ID's clock of the Date's own second matches the Date") {
  const std::string bytes =
      "Date: Tue, Mar 18 1997 14:36:14 PST\n"
      "Message-Id: <lisi031897143614-00000298@mail.alpha.com.cn>\n\n";
  const auto tokens = trace::decode_message_tokens(Message::parse(bytes));
  REQUIRE(tokens.size() == 1);
  const auto comparison = trace::compare(tokens[0], parse_date("Tue, Mar 18 1997 14:36:14 PST"));
  CHECK(comparison.verdict == ClockVerdict::match);
  CHECK(comparison.skew_s == 0);
}

TEST_CASE(
    "each field's token knows what it is the time of, whose stamp it is held against, and what "
    "that can prove") {
  struct Case {
    std::string_view field;
    MadeAt made_at;
    trace::StampOf stamp_of;
    std::string_view relay;
    std::int64_t max_lead_s;
    bool per_message;
    bool documented;
    bool weak;
  };
  using trace::StampOf;
  constexpr std::int64_t kDay = 86'400;
  const Case cases[] = {
      {"Message-ID: <20101215192051.88BFF24001F0@mx.example.org>", MadeAt::queue_entry,
       StampOf::author, "", kDay, false, true, false},
      {"Message-ID: <20010101120000.12345.qmail@mx.example.org>", MadeAt::message, StampOf::author,
       "", kDay, false, true, false},
      {"Message-ID: <20200612023654.GA37114@host.example>", MadeAt::message, StampOf::author, "",
       kDay, false, true, false},
      {"Message-ID: <000001c0a5b4$12345678$0201a8c0@host>", MadeAt::message, StampOf::author, "",
       kDay, false, true, false},
      {"Message-ID: <295527366.33957517.1609996064638.JavaMail.root@example.org>", MadeAt::message,
       StampOf::author, "", kDay, false, true, false},
      {"Message-Id: <lisi031897143614-00000298@mail.alpha.com.cn>", MadeAt::message,
       StampOf::author, "", kDay, false, false, false},
      {"Message-ID: <010101881fea4560-7affd3d6-31b2-47ad-ace2-c9d873ba6126-000000@amazonses.com>",
       MadeAt::message, StampOf::author, "", kDay, false, false, true},
      {"Return-Path: <0107019a0f3c6000-1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d-000000@b.example>",
       MadeAt::message, StampOf::author, "", kDay, false, false, true},
      {"Return-Path: <bounce-md_30504962.669fdf8f.v1-3735091ab57244a69d6a9754f20f9e49@b.example>",
       MadeAt::message, StampOf::author, "", kDay, false, false, true},
      {"X-Zendesk-Email-Id: 01M3Q58ZANF2HQSGH9BZZ4ZS8S", MadeAt::message, StampOf::author, "", kDay,
       false, false, true},
      {"X-ME-Sender: <xms:kp2SaC3BqECAlvdzvihEOwcVdywbPvMCZbJr65QywvgXlDCrYYvAJQ>", MadeAt::message,
       StampOf::author, "", kDay, false, false, false},
      {"Content-Type: multipart/mixed; boundary=\"----=_Part_1_2.1460319230220\"", MadeAt::body,
       StampOf::author, "", kDay, false, true, false},
      {"Content-Type: multipart/mixed; boundary=\"--=_RainLoop_587_997816661.1647931078\"",
       MadeAt::body, StampOf::author, "", kDay, false, true, false},
      {"X-Received: by 10.28.88.16 with SMTP id m16mr1234567wmb.3.1460319230220; Sun, 10 Apr 2016 "
       "13:13:50 -0700 (PDT)",
       MadeAt::message, StampOf::field, "", 60, true, false, false},
      {"X-QQ-mid: xmsmtpt1699081644tmoguzs89", MadeAt::message, StampOf::relay, "qq", 600, true,
       false, false},
      {"X-Alimail-AntiSpam: AC=PASS;TI=SMTPD_---0X2kd7.m_1775835675", MadeAt::session,
       StampOf::relay, "aliyun", 60, false, false, false},
      {"X-Barracuda-Start-Time: 1460319230", MadeAt::session, StampOf::relay, "barracuda", 60,
       false, false, false},
  };
  for (const Case& row : cases) {
    CAPTURE(row.field);
    const auto tokens = trace::decode_message_tokens(Message::parse(
        "Date: Tue, 18 Mar 1997 14:36:14 -0800\n" + std::string(row.field) + "\n\n"));
    REQUIRE(tokens.size() == 1);
    CHECK(tokens[0].made_at == row.made_at);
    CHECK(tokens[0].stamp_of == row.stamp_of);
    CHECK(tokens[0].relay == row.relay);
    CHECK(tokens[0].documented == row.documented);
    CHECK(tokens[0].weak == row.weak);
    CHECK(at(tokens[0], -row.max_lead_s) == ClockVerdict::match);
    CHECK(at(tokens[0], -row.max_lead_s - 1) == ClockVerdict::younger);
    const std::int64_t last = tokens[0].precision_s - 1;
    CHECK(at(tokens[0], last + kDay) == ClockVerdict::match);
    CHECK(at(tokens[0], last + kDay + 1) == ClockVerdict::older);
    CHECK(at(tokens[0], 15 * kDay) ==
          (row.per_message ? ClockVerdict::copied : ClockVerdict::older));
  }
}

TEST_CASE("QQ's id is bound to the hop whose host it names, else to the nearest of QQ's") {
  const Received first = parse_received(
      "from mail.firm.example (mail.firm.example [192.0.2.1]) by newxmmxszb12-0.qq.com (NewMX) "
      "with "
      "SMTP id 240F6BB1; Sat, 15 Aug 2026 01:00:36 +0800");
  const Received other = parse_received(
      "from a.example (a.example [192.0.2.2]) by mail.firm.example (Postfix) with ESMTPS id "
      "6A1B1240163; Sat, 15 Aug 2026 01:00:34 +0800");
  const Received second = parse_received(
      "from pc ([192.0.2.3]) by newxmesmtplogicsvrszb9-1.qq.com (NewEsmtp) with SMTP id 51770314; "
      "Fri, 14 Aug 2026 17:00:31 +0800");
  const auto bound = [&](std::string_view field, std::size_t before,
                         const std::vector<trace::TokenHop>& hops) {
    const auto tokens = trace::decode_message_tokens(
        Message::parse(std::string(before, 'x') + ": y\n" + std::string(field) + "\n\n"));
    REQUIRE(tokens.size() == 1);
    trace::ClockToken token = tokens[0];
    token.line = before;
    return trace::hop_of_token(token, hops);
  };
  const std::vector<trace::TokenHop> hops = {{&second, 9}, {&other, 7}, {&first, 2}};
  CHECK(bound("X-QQ-mid: xmmxszb12-0t1786726836tabcdefgh", 8, hops) == 2);
  CHECK(bound("X-QQ-mid: xmsmtpt1786698031tabcdefgh", 8, hops) == 0);
  CHECK(bound("X-QQ-mid: xmsmtpt1786698031tabcdefgh", 3, hops) == 2);
  // The field above its line.
  CHECK(bound("X-QQ-mid: xmsmtpt1786698031tabcdefgh", 6, {{&second, 9}, {&first, 3}}) == 0);
  CHECK_FALSE(bound("X-QQ-mid: xmsmtpt1786698031tabcdefgh", 6, {{&other, 7}}));
  CHECK_FALSE(bound("X-QQ-mid: xmsmtpt1786698031tabcdefgh", 6, {}));
  CHECK_FALSE(bound("Message-ID: <20101215192051.88BFF24001F0@mx.example.org>", 6, hops));
}

TEST_CASE("ids of no known layout in other fields give no time") {
  const char* fields[] = {
      "Message-ID: <w45qxz23-34ls5@unwilling.intermedia.com>",
      "Message-ID: <a67d96a38592cdad46cca89e98dda26d@techfm.club>",
      "Message-ID: <20231323120344.4RW4cc6FFzz2ytp@mx.example.org>",
      "Message-ID: <ffffffffffff$12345678$0201a8c0@host>",
      "Message-ID: <",
      "Message-ID:",
      "Message-ID: <0101016ffeb63b00-000000@us-west-2.amazonses.com>",
      "Message-ID: <010101881fea4560-7affd3d6-31b2-47ad-ace2-c9d873ba6126-000000@example.org>",
      "Message-ID: <020101881fea4560-7affd3d6-31b2-47ad-ace2-c9d873ba6126-000000@amazonses.com>",
      "Return-Path: <0102019d-abc@eu-west-1.amazonses.com>",
      "Return-Path: <>",
      "Return-Path: <bounce-mc_30504962.669fdf8f.v1-3735091a@b.example>",
      "X-Zendesk-Email-Id: 01M3Q58ZANF2HQSGH9BZZ4ZS8",
      "X-Zendesk-Email-Id: 01M3Q58ZAUF2HQSGH9BZZ4ZS8S",
      "X-Alimail-AntiSpam: AC=PASS;TI=SMTPD_---0X2kd7.m",
      "X-Alimail-AntiSpam: AC=PASS;MF=TI@example.org",
      "X-Barracuda-Start-Time: now",
      "X-QQ-mid: t",
      "X-ME-Sender: <xms:",
      "X-ME-Sender: <xms:!!!!!!!!>",
      "Content-Type: multipart/mixed; boundary=",
      "Content-Type: multipart/mixed; boundary=\"----=_Part_1_2.14603192302201\"",
      "Content-Type: multipart/mixed; boundary=\"--=_RainLoop_587_997816661.16479310781\"",
      "Content-Type: multipart/mixed; boundary=\"--=_RainLoop_587_997816661.164793107x\"",
      "Content-Type: multipart/mixed; boundary=\"--=_SunLoop_587_997816661.1647931078\"",
      "X-Received: by 10.1.1.1",
  };
  for (const char* field : fields) {
    CAPTURE(field);
    const std::string bytes = std::string(field) + "\n\n";
    CHECK(trace::decode_message_tokens(Message::parse(bytes)).empty());
  }
}

TEST_CASE("an id that the named software cannot have made does not fit it") {
  struct Case {
    std::string_view software;
    std::string_view id;
    bool fits;
  };
  const Case cases[] = {
      {"Postfix", "88BFF24001F0", true},
      {"Postfix", "4RW4cc6FFzz2ytp", true},
      {"Postfix", "LAA20869", false},
      {"Postfix", "oBFJdTn2064972", false},
      {"Postfix", "1fD6hh-0004LO-0Q", false},
      {"Postfix", "88bff24001f0", false},
      {"Postfix", "F424024001F0", false},
      {"Postfix", "F423F24001F0", true},
      {"Exim 4.96", "1fD6hh-0004LO-0Q", true},
      {"Exim 4.97", "1sN4wO-0000000DKRj-3U8Q", true},
      {"Exim 4.96", "88BFF24001F0", false},
      {"8.14.4/8.14.4", "oBFJdTn2064972", true},
      {"8.14.4/8.14.4", "LAA20869", false},
      {"8.8.5/8.7.2", "LAA20869", true},
      {"8.8.5", "004A21", true},
      {"8.8.5/8.7.2", "oBFJdTn2064972", false},
      {"8.14.4/8.14.4", "1fD6hh-0004LO-0Q", false},
      {"OpenSMTPD", "1a2b3c4d", true},
      {"OpenSMTPD", "1a2b3c4", false},
      {"Haraka/2.8.28", "7B470838-3340-40DB-A8FE-0C227796FEF3.1", true},
      {"Haraka/2.8.28", "88BFF24001F0", false},
      {"Haraka/2.8.28", "B470838-3340-40DB-A8FE-0C227796FEF3.1", false},
      {"Haraka/2.8.28", "7B470838-340-40DB-A8FE-0C227796FEF3.1", false},
      {"Haraka/2.8.28", "7B470838-3340-40DB-A8FE-0C227796FEF.1", false},
      {"Haraka/2.8.28", "GB470838-3340-40DB-A8FE-0C227796FEF3.1", false},
      {"Haraka/2.8.28", "7B470838-3340-40DB-A8FE-0C227796FEF3-1.1", false},
      {"Dovecot", "GElDC7b55lreVwAA33j24w", true},
      {"Dovecot", "LAA20869", false},
      {"ecelerity 3.6", "6C/B4-50009-02796FF5", true},
      {"ecelerity 3.6", "LAA20869", false},
      {"unheard-of 1.0", "anything", true},
      {"postfix", "P20418T140120774563584S1558339450334725_", true},
  };
  for (const Case& row : cases) {
    CAPTURE(row.software, row.id);
    Received received;
    received.by.software = std::string(row.software);
    received.id = std::string(row.id);
    CHECK(trace::id_shape_fits(received) == row.fits);
  }
  Received exchange;
  exchange.with = "Microsoft SMTP Server";
  exchange.id = "15.20.8251.21";
  CHECK(trace::id_shape_fits(exchange));
  exchange.id = "4RW4cc6FFzz2ytp";
  CHECK_FALSE(trace::id_shape_fits(exchange));
  exchange.id.reset();
  CHECK(trace::id_shape_fits(exchange));
}

TEST_CASE("registered protocols are told from well-known and from invented ones") {
  for (const char* word : {"SMTP", "esmtpsa", "LMTP", "UTF8SMTPSA", "MMS", "LMTPSA"}) {
    CAPTURE(word);
    CHECK(trace::with_keyword_registered(word));
    CHECK(trace::with_keyword_known(word));
  }
  for (const char* word :
       {"HTTP", "mapi", "local", "POP3", "Microsoft SMTP Server", "Microsoft SMTPSVC",
        "Novell_GroupWise", "ESMTP/TLS/ECDHE-RSA-AES256-GCM-SHA384", "SMTPS"}) {
    CAPTURE(word);
    CHECK_FALSE(trace::with_keyword_registered(word));
    CHECK(trace::with_keyword_known(word));
  }
  for (const char* word : {"HTTPX", "carrier pigeon", "", "SMTPX"}) {
    CAPTURE(word);
    CHECK_FALSE(trace::with_keyword_known(word));
  }
}
