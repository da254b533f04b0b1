#include "message/received/handover.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace emltrace {
namespace {

// What begins the `with` words of a hand-over inside a system.
constexpr std::array<std::string_view, 8> kInnerLinks = {"lmtp",
                                                         "utf8lmtp",
                                                         "local",
                                                         "archive",
                                                         "qmail-scanner",
                                                         "spamassassin",
                                                         "shadowredundancy",
                                                         "mailboxresubmission"};

// What begins the name of a program that writes lines about what another one received.
constexpr std::array<std::string_view, 4> kInnerPrograms = {"simscan", "qmail-scanner", "LMTPProxy",
                                                            "MailEnable "};

// Services that hand on by HTTPS inside.
constexpr std::array<std::string_view, 2> kInnerHttps = {"microsoft", "yahoo"};

template <std::size_t N>
bool starts_with_one_of(const std::optional<std::string>& text,
                        const std::array<std::string_view, N>& starts) {
  return text && std::any_of(starts.begin(), starts.end(), [&](std::string_view start) {
           return text::istarts_with(*text, start);
         });
}

bool is(const std::optional<std::string>& text, std::string_view word) {
  return text && text::iequals(*text, word);
}

bool tells_of_client(const Received& received) {
  const Received::From& from = received.from;
  return from.helo || from.rdns || from.ip || from.invalid_ip || from.redacted ||
         received.authenticated;
}

// Exim's `spam-scanned`, `scanned-ok` and the like are the words of who set up the scanner.
bool is_scanned(const Received& received) {
  return received.with && text::ifind(*received.with, "scanned") != std::string::npos;
}

// (qmail 123 messnum 7 invoked from network[192.0.2.1/name]): qmail's queue names no host of its
// own.
bool is_invoked(const Received& received) {
  return received.by.software && *received.by.software == "qmail" && !received.by.host &&
         !received.by.ip;
}

// Amavis may scan for another host, too.
bool is_amavis_inside(const Received& received) {
  return received.producer == "amavis" && (!received.from.ip || !received.from.ip->is_global());
}

}  // namespace

bool is_local_handover(const Received& received) {
  if (!received.is_trace || is_web_submission(received) || is_pull(received)) {
    return false;
  }
  return received.local_submission || starts_with_one_of(received.with, kInnerLinks) ||
         starts_with_one_of(received.by.software, kInnerPrograms) || is_scanned(received) ||
         is_amavis_inside(received) || is_invoked(received) || !tells_of_client(received);
}

bool is_web_submission(const Received& received) {
  const bool web_mailer = received.by.host && text::istarts_with(*received.by.host, "ajax-webmail");
  if (web_mailer || is(received.with, "HTTPREST") || is(received.with, "HTTP") ||
      is(received.with, "HTTPU") || is(received.via, "HTTP") || is(received.via, "HTTPS")) {
    return true;
  }
  const bool inner = std::find(kInnerHttps.begin(), kInnerHttps.end(),
                               std::string_view(received.producer)) != kInnerHttps.end();
  return is(received.with, "HTTPS") && !inner;
}

bool is_pull(const Received& received) {
  return received.with &&
         (text::istarts_with(*received.with, "imap") || text::istarts_with(*received.with, "pop"));
}

}  // namespace emltrace
