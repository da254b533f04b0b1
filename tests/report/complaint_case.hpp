#pragma once

#include <optional>
#include <string>

#include "report/exchange/arf.hpp"
#include "report/exchange/xarf.hpp"
#include "support/trace.hpp"

/// A traced message and the reports of abuse about it.
namespace emltrace::test {

inline const std::string kParcel =
    "Return-Path: <notice@sender-host.example>\r\n"
    "Received: from mail.sender-host.example (mail.sender-host.example [203.0.113.25])\r\n"
    "\tby mx1.receiver.example (Postfix) with ESMTPS id 88BFF24001F0\r\n"
    "\tfor <mia@receiver.example>; Tue, 17 Nov 2026 09:14:07 +0000 (UTC)\r\n"
    "From: \"Parcel Service\" <notice@sender-host.example>\r\n"
    "To: \"Mia Example\" <mia@receiver.example>\r\n"
    "Subject: Your parcel is waiting\r\n"
    "Date: Tue, 17 Nov 2026 09:14:04 +0000\r\n"
    "Message-ID: <20261117091404.9F2C14011B@mail.sender-host.example>\r\n"
    "\r\n"
    "Pay the fee at http://parcel-fee.example/pay?u=mia%40receiver.example\r\n";

inline const std::string kParcelZone =
    "sender-host.example. 300 IN TXT \"v=spf1 ip4:203.0.113.25 -all\"\n"
    "mail.sender-host.example. 300 IN A 203.0.113.25\n"
    "25.113.0.203.in-addr.arpa. 300 IN PTR mail.sender-host.example.\n"
    "mx1.receiver.example. 300 IN A 198.51.100.1\n"
    "receiver.example. 300 IN MX 10 mx1.receiver.example.\n";

struct ComplaintCase {
  std::string message;
  intake::Item item;
  trace::Report report;
  report::ComplaintOptions options;
  std::optional<report::Redaction> hidden;

  explicit ComplaintCase(std::string bytes = kParcel, const std::string& zone = kParcelZone)
      : message(std::move(bytes)) {
    trace::Options analysis = trace_options();
    analysis.now = *parse_instant("2026-11-17T09:30:00Z");
    item.path = "test.eml";
    item.original = item.text = message;
    trace::Analysis traced(item, analysis);
    report = settle_with_zone(zone, [&](dns::Client& client) { return traced.evaluate(client); });
    report.dns.mode = "zone";
    options.now = analysis.now;
    options.authserv_id = "check.example";
  }
  ComplaintCase(const ComplaintCase&) = delete;
  ComplaintCase& operator=(const ComplaintCase&) = delete;

  void redact(const std::string& key) {
    hidden.emplace(report, item.text, options.own, key);
    options.hidden = &*hidden;
  }
  [[nodiscard]] std::string arf() const {
    auto made = report::to_arf(report, item, options);
    return made ? *made : "refused: " + made.error();
  }
  [[nodiscard]] std::string xarf() const {
    auto made = report::to_xarf(report, item, options);
    return made ? *made : "refused: " + made.error();
  }
};

}  // namespace emltrace::test
