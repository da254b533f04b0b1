// What a whole trace costs, by kind of input. The counted work of intake/test_growth sees the
// searches that count; this sees every reader and judge, by the time of this thread's processor.

#include <time.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/trace.hpp"

using namespace emltrace;

namespace {

constexpr std::size_t kBytes = 12'000;
constexpr std::size_t kTimes = 8;
constexpr double kLinear =
    2.5 * kTimes;                  // what caches and chance add; a square would be 8 * kTimes
constexpr double kNoticed = 0.05;  // seconds: below that a clock says little
constexpr int kRounds = 3;

const std::string kHeader =
    "Return-Path: <a@sender.example>\n"
    "Received: from out.sender.example (out.sender.example [81.187.42.20])\n"
    "\tby mx.recipient.example (Postfix) with ESMTPS id 9C2D11A0F3\n"
    "\tfor <bob@recipient.example>; Thu, 29 Oct 2026 09:41:14 +0200\n";
const std::string kRest =
    "From: Ann <a@sender.example>\nTo: bob@recipient.example\nSubject: x\n"
    "Date: Thu, 29 Oct 2026 09:41:10 +0200\nMessage-ID: <1@sender.example>\n\nbody\n";

struct Input {
  std::string message;
  std::string zone;
};

struct Kind {
  std::string name;
  std::string front;  ///< behind kHeader
  std::string piece;  ///< comes again and again
  std::string back;   ///< in front of kRest
};

const std::vector<Kind> kKinds{
    {"Received fields", "",
     "Received: from a.example (a.example [198.51.100.7])\n\tby b.example with ESMTP id 4711;\n"
     "\tThu, 29 Oct 2026 09:40:00 +0200\n",
     ""},
    {"one Received field", "Received: from a.example", " (b.example [198.51.100.7])",
     " by c.example; Thu, 29 Oct 2026 09:40:00 +0200\n"},
    {"one Received field of clauses", "Received: from a.example",
     " with ESMTP id 1 for <a@b.example>", "; Thu, 29 Oct 2026 09:40:00 +0200\n"},
    {"open comments", "Received: from a.example ", "(a ", " by c.example\n"},
    {"DKIM signatures", "",
     "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=sender.example; s=s;\n"
     " h=From:To; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\n",
     ""},
    {"names that one signature signs",
     "DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=s; h=From", ":To",
     "; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\n"},
    {"tags of one signature", "DKIM-Signature: v=1; a=rsa-sha256", "; x=1", "\n"},
    {"ARC sets", "",
     "ARC-Seal: i=1; a=rsa-sha256; d=x.example; s=s; cv=none; b=AAAA\n"
     "ARC-Message-Signature: i=1; a=rsa-sha256; d=x.example; s=s; h=From; bh=AAAA; b=AAAA\n"
     "ARC-Authentication-Results: i=1; x.example; spf=pass\n",
     ""},
    {"recorded results", "", "Authentication-Results: mx.recipient.example; spf=pass\n", ""},
    {"methods of one recorded result", "Authentication-Results: mx.recipient.example",
     "; dkim=pass header.d=a.example", "\n"},
    {"properties of one method", "Authentication-Results: mx.recipient.example; dkim=pass",
     " header.d=a.example", "\n"},
    {"Received-SPF fields", "",
     "Received-SPF: pass (x) client-ip=81.187.42.20; helo=out.sender.example\n", ""},
    {"addresses", "Cc: x@y.example", ", A B <a@b.example>", "\n"},
    {"open quotes", "Cc: ", "\"a\" (\"", "\n"},
    {"a name of signs", "From: \"", "a@", "\" <x@y.example>\n"},
    {"encoded words", "Subject: ", "=?utf-8?q?a?= ", "\n"},
    {"encoded words that never end", "Subject: ", "=?utf-8?q?a", "\n"},
    {"continuation lines", "Subject: x\n", " and more\n", ""},
    {"fields of one name", "", "X-Note: a line\n", ""},
    {"references", "References:", " <a1@b.example>", "\n"},
    {"parameters of a content type", "Content-Type: multipart/mixed; boundary=x", "; a=b", "\n"},
    {"DKIM2 fields", "",
     "Message-Instance: m=1; h=sha256:AAAA:AAAA\n"
     "DKIM2-Signature: i=1; m=1; t=1793000000; mf=PGE+; rt=PGI+; d=x.example; "
     "s=s:ed25519-sha256:A\n",
     ""},
};

Input input_of(const Kind& kind, std::size_t bytes) {
  std::string grown;
  while (grown.size() < bytes) grown += kind.piece;
  return {kHeader + kind.front + grown + kind.back + kRest, ""};
}

double seconds_of(const Input& input) {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  };
  const double start = now();
  (void)test::trace_message(input.message, input.zone);
  return now() - start;
}

/// The quickest of some rounds: what else the machine does only adds.
void check_growth(const Input& small, const Input& large) {
  double one = seconds_of(small);
  double many = seconds_of(large);
  for (int i = 1; i < kRounds && many > kNoticed && many > kLinear * one; ++i) {
    one = std::max(one, seconds_of(small));
    many = std::min(many, seconds_of(large));
  }
  CAPTURE(one, many);
  CHECK((many <= kNoticed || many <= kLinear * one));
}

std::string text_record(std::string_view name, const std::string& text) {
  std::string line = std::string(name) + " TXT";
  for (std::size_t at = 0; at < text.size(); at += 250) line += " \"" + text.substr(at, 250) + '"';
  return line + "\n";
}

}  // namespace

TEST_CASE("a header of each kind that is eight times as long takes no more than its share") {
  for (const Kind& kind : kKinds) {
    CAPTURE(kind.name);
    check_growth(input_of(kind, kBytes), input_of(kind, kTimes * kBytes));
  }
}

TEST_CASE("a body of each kind that is eight times as long takes no more than its share") {
  for (const std::string& piece :
       {std::string("a line of text\n"), std::string("\n"), std::string(" \t"),
        std::string("--x\n\npart\n"), std::string("https://a.example/ "), std::string("<a href="),
        std::string("a@b.example ")}) {
    CAPTURE(piece);
    const auto make = [&](std::size_t bytes) {
      std::string body;
      while (body.size() < bytes) body += piece;
      return Input{kHeader + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n" +
                       kRest + "--x\n\n" + body,
                   ""};
    };
    check_growth(make(kBytes), make(kTimes * kBytes));
  }
}

TEST_CASE("SPF records and what they include take no more than their share") {
  for (const std::string& piece :
       {std::string(" ip4:192.0.2.1"), std::string(" include:a.example"), std::string(" x=%{i}"),
        std::string(" exists:%{l}.example"), std::string(" "), std::string(" mx")}) {
    CAPTURE(piece);
    const auto make = [&](std::size_t bytes) {
      std::string record = "v=spf1";
      while (record.size() < bytes) record += piece;
      return Input{kHeader + kRest, text_record("sender.example", record + " -all") +
                                        text_record("a.example", record + " ?all")};
    };
    check_growth(make(kBytes / 2), make(kTimes * kBytes / 2));
  }
}
