#include "bench/mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

#include "support/sign.hpp"

namespace emltrace::bench {
namespace {

constexpr std::string_view kClock = "2026-09-03T08:00:00Z";
constexpr std::size_t kLine = 70;  // bytes of a line of text
constexpr std::array<std::string_view, 16> kWords{
    "harbour", "minutes", "of", "the",        "crane", "schedule", "and",  "mooring",
    "fees",    "we",      "to", "settlement", "on",    "Friday,",  "with", "accounts."};

const test::SigningKey& key() {
  return test::SigningKey::rsa(2048);
}

std::string domain_of(const Plan& plan, std::size_t n) {
  return fmt::format("firm{}.example", n % plan.domains);
}

// Of the hosts of a domain, in a network that is given out to nobody in particular.
std::string address_of(const Plan& plan, std::size_t n) {
  const std::size_t i = n % plan.domains;
  return fmt::format("81.{}.{}.{}", 100 + i / 62'500, i / 250 % 250, 1 + i % 250);
}

std::string text_of(std::size_t bytes, std::size_t seed) {
  std::minstd_rand chance(static_cast<std::minstd_rand::result_type>(seed + 1));
  std::string out;
  std::size_t line = 0;
  while (out.size() < bytes) {
    const std::string_view word = kWords[chance() % kWords.size()];
    line += word.size() + 1;
    const bool full = line > kLine;
    out.append(word).append(full ? "\n" : " ");
    if (full) line = 0;
  }
  return out + "\n";
}

std::string part(std::string_view boundary, std::string_view type, std::string_view content) {
  return fmt::format(
      "--{}\nContent-Type: {}; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\n{}\n", boundary,
      type, content);
}

// The header fields that say what the body is, and the body.
std::string content(const Plan& plan, std::size_t n) {
  std::string fields = "MIME-Version: 1.0\n";
  std::string out;
  std::string end;
  for (std::size_t depth = 1; depth < plan.depth; ++depth) {
    const std::string boundary = fmt::format("mixed{}", depth);
    const std::string type = fmt::format("Content-Type: multipart/mixed; boundary={}\n", boundary);
    out += (depth == 1 ? fields + type : type) + "\n--" + boundary + "\n";
    end.insert(0, fmt::format("--{}--\n", boundary));
  }
  if (plan.depth <= 1) out += fields;
  return out + "Content-Type: multipart/alternative; boundary=\"=_part\"\n\n" +
         part("=_part", "text/plain", text_of(plan.body / 2, n)) +
         part("=_part", "text/html",
              "<html><body><p>" + text_of(plan.body / 2, n) + "</p></body></html>") +
         "--=_part--\n" + end;
}

std::string filler(std::size_t bytes) {
  std::string out;
  for (std::size_t n = 0; out.size() < bytes; ++n) {
    out += fmt::format("X-Mailer-Note-{}: id={:08x}; class=bulk; state=accepted; queue=main-{}\n",
                       n, n * 2'654'435'761U, n % 7);
  }
  return out;
}

std::string sent(const Plan& plan, std::size_t n) {
  const std::string domain = domain_of(plan, n);
  return fmt::format(
             "From: Ada Moreau <ada@{0}>\nTo: Tomas Lind <tomas@fjordmail.example>\n"
             "Subject: Minutes of Wednesday, number {1}\nDate: Thu, 3 Sep 2026 09:41:10 +0200\n"
             "Message-ID: <20260903074110.{1}@{0}>\n",
             domain, n) +
         filler(plan.other_bytes) + content(plan, n);
}

std::string with_signatures(const Plan& plan, std::size_t n, std::string text) {
  test::SignOptions options;
  options.domain = domain_of(plan, n);
  options.time = 1'788'421'272;
  options.headers = {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"};
  for (std::size_t i = 0; i < plan.signatures; ++i) {
    options.selector = fmt::format("s{}", i % 4);
    options.time = *options.time - static_cast<std::int64_t>(i > 0);
    text = test::sign_message(text, key(), options);
  }
  return text;
}

// Below the border's line: what the sender's own servers wrote, each an hour-hand's second apart.
std::string own_lines(const Plan& plan, std::size_t n) {
  const std::string domain = domain_of(plan, n);
  std::string out = fmt::format(
      "Received: from relay.{0} (relay.{0} [10.0.0.2])\n\tby out.{0} (Postfix) with ESMTPS id "
      "4hbBNp2rzWzB{1:04d}\n\tfor <tomas@fjordmail.example>; Thu, 03 Sep 2026 09:41:13 +0200 "
      "(CEST)\n",
      domain, n % 10'000);
  for (std::size_t i = 2; i < plan.received; ++i) {
    out += fmt::format(
        "Received: from app{1}.{0} (app{1}.{0} [10.0.{2}.{3}])\n\tby relay.{0} (Postfix) with "
        "ESMTP id "
        "4hbBNm0qj8z{1:04d};\n\tThu, 03 Sep 2026 09:41:12 +0200 (CEST)\n",
        domain, i, i / 250 % 250, 1 + i % 250);
  }
  return out;
}

std::string border_lines(const Plan& plan, std::size_t n) {
  const std::string domain = domain_of(plan, n);
  std::string results = fmt::format(
      "Authentication-Results: mx1.fjordmail.example;\n\tspf=pass smtp.mailfrom=ada@{}", domain);
  for (std::size_t i = 1; i < plan.recorded; ++i)
    results += fmt::format(";\n\tdkim=pass header.d={} header.s=s{}", domain, i % 4);
  return fmt::format(
      "Return-Path: <ada@{0}>\nDelivered-To: tomas@fjordmail.example\n{1}\n"
      "Received: from out.{0} (out.{0} [{2}])\n\t(using TLSv1.3 with cipher "
      "TLS_AES_256_GCM_SHA384 (256/256 bits))\n\tby mx1.fjordmail.example (Postfix) with "
      "ESMTPS id 4hbBNr0dQ1z{3:04d}\n\tfor <tomas@fjordmail.example>; Thu, 03 Sep 2026 "
      "09:41:14 +0200 (CEST)\n",
      domain, results, address_of(plan, n), n % 10'000);
}

std::string reversed(const std::string& address) {
  std::array<int, 4> octets{};
  std::sscanf(address.c_str(), "%d.%d.%d.%d", &octets[0], &octets[1], &octets[2], &octets[3]);
  return fmt::format("{}.{}.{}.{}.in-addr.arpa.", octets[3], octets[2], octets[1], octets[0]);
}

std::string domain_lines(const Plan& plan, std::size_t n) {
  const std::string domain = domain_of(plan, n);
  const std::string address = address_of(plan, n);
  std::string spf;
  std::string out;
  for (std::size_t i = 0; i < plan.includes; ++i) {
    spf += fmt::format("include:spf{}.{} ", i, domain);
    out += fmt::format("spf{}.{}. TXT \"v=spf1 ip4:198.51.100.{} -all\"\n", i, domain, 1 + i % 250);
  }
  out += fmt::format(
      "{0}. TXT \"v=spf1 {3}ip4:{1} -all\"\n{0}. MX 10 out.{0}.\nout.{0}. A {1}\nout.{0}. TXT "
      "\"v=spf1 a -all\"\n{2} PTR out.{0}.\n_dmarc.{0}. TXT \"v=DMARC1; p=reject\"\n",
      domain, address, reversed(address), spf);
  test::SignOptions options;
  options.domain = domain;
  for (std::size_t i = 0; i < std::min<std::size_t>(plan.signatures, 4); ++i) {
    options.selector = fmt::format("s{}", i);
    out += test::key_line(key(), options);
  }
  return out;
}

}  // namespace

std::string message(const Plan& plan, std::size_t n) {
  return border_lines(plan, n) + own_lines(plan, n) + with_signatures(plan, n, sent(plan, n));
}

std::string zone(const Plan& plan, std::size_t count) {
  std::string out =
      "$TTL 3600\nfjordmail.example. MX 10 mx1.fjordmail.example.\nmx1.fjordmail.example. A "
      "84.16.230.11\n";
  for (std::size_t n = 0; n < std::min(count, plan.domains); ++n) out += domain_lines(plan, n);
  return out;
}

std::string_view clock() {
  return kClock;
}

}  // namespace emltrace::bench
