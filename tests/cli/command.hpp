#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/paths.hpp"
#include "support/process.hpp"

/// The built command, run on an honest message.
namespace emltrace::test {

inline const std::string kMessage =
    "Return-Path: <a@sender.example>\r\n"
    "Received: from mail.sender.example (mail.sender.example [124.211.3.78])\r\n"
    "\tby mx.recipient.example (Postfix) with ESMTP id 88BFF24001F0\r\n"
    "\tfor <r@recipient.example>; Tue, 5 May 2026 10:00:03 +0000 (UTC)\r\n"
    "Received: from desk.sender.example (desk.sender.example [124.211.3.11])\r\n"
    "\tby mail.sender.example (Postfix) with ESMTPSA id 88BFF24001F1;\r\n"
    "\tTue, 5 May 2026 10:00:00 +0000 (UTC)\r\n"
    "From: Someone <a@sender.example>\r\n"
    "To: r@recipient.example\r\n"
    "Subject: hello\r\n"
    "Date: Tue, 5 May 2026 09:59:59 +0000\r\n"
    "Message-ID: <1@sender.example>\r\n"
    "\r\n"
    "Hello.\r\n";

inline const std::string kZone =
    "sender.example. 300 IN TXT \"v=spf1 ip4:124.211.3.78 -all\"\n"
    "sender.example. 300 IN MX 10 mail.sender.example.\n"
    "mail.sender.example. 300 IN A 124.211.3.78\n"
    "desk.sender.example. 300 IN A 124.211.3.11\n"
    "78.3.211.124.in-addr.arpa. 300 IN PTR mail.sender.example.\n"
    "11.3.211.124.in-addr.arpa. 300 IN PTR desk.sender.example.\n"
    "_dmarc.sender.example. 300 IN TXT \"v=DMARC1; p=reject\"\n"
    "mx.recipient.example. 300 IN A 198.18.0.1\n"
    "recipient.example. 300 IN MX 10 mx.recipient.example.\n";

inline Outcome emltrace_with(std::vector<std::string> arguments, std::string input = "",
                             std::vector<std::pair<std::string, std::string>> environment = {}) {
  return run(command(), {std::move(arguments), std::move(input), std::move(environment), ""});
}

/// One line that begins with the program's name.
inline bool is_one_complaint(const std::string& err) {
  return err.starts_with("emltrace: ") && std::count(err.begin(), err.end(), '\n') == 1 &&
         err.back() == '\n';
}

inline bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

inline std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace emltrace::test
