#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>

/// A mailbox of honest messages, and the DNS that goes with it.
namespace emltrace::test {

/// Of the `n`th message, by the sender `n % domains`, with CRLF or LF as it is in an mbox.
inline std::string batch_message(std::size_t n, std::size_t domains) {
  const std::size_t k = n % domains;
  return fmt::format(
      "Return-Path: <a@s{0}.example>\n"
      "Received: from mail.s{0}.example (mail.s{0}.example [124.211.{2}.{3}])\n"
      "\tby mx.recipient.example (Postfix) with ESMTP id 88BFF24{1:05X}\n"
      "\tfor <r@recipient.example>; Tue, 5 May 2026 10:00:03 +0000 (UTC)\n"
      "From: Someone <a@s{0}.example>\n"
      "To: Rita Ray <r@recipient.example>\n"
      "Subject: order {1} for Rita\n"
      "Date: Tue, 5 May 2026 09:59:59 +0000\n"
      "Message-ID: <{1}@s{0}.example>\n"
      "\n"
      "Hello.\n",
      k, n, k / 256 % 256, k % 256);
}

inline std::string batch_mailbox(std::size_t count, std::size_t domains) {
  std::string out;
  for (std::size_t n = 0; n < count; ++n)
    out += "From a@s.example Tue May  5 10:00:03 2026\n" + batch_message(n, domains) + "\n";
  return out;
}

inline std::string batch_zone(std::size_t domains) {
  std::string out =
      "recipient.example. 300 IN MX 10 mx.recipient.example.\n"
      "mx.recipient.example. 300 IN A 198.18.0.1\n";
  for (std::size_t k = 0; k < domains; ++k) {
    out += fmt::format(
        "s{0}.example. 300 IN TXT \"v=spf1 mx -all\"\n"
        "s{0}.example. 300 IN MX 10 mail.s{0}.example.\n"
        "mail.s{0}.example. 300 IN A 124.211.{1}.{2}\n"
        "{2}.{1}.211.124.in-addr.arpa. 300 IN PTR mail.s{0}.example.\n"
        "_dmarc.s{0}.example. 300 IN TXT \"v=DMARC1; p=reject\"\n",
        k, k / 256 % 256, k % 256);
  }
  return out;
}

}  // namespace emltrace::test
