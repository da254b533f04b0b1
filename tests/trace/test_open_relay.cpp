// A relay of neither side: likely open, unless something says that it serves the author.

#include <string>

#include "support/catch.hpp"
#include "support/sign.hpp"
#include "support/trace.hpp"

using namespace emltrace;
using namespace emltrace::trace;

namespace {

struct Relay {
  std::string host = "unwilling.relay.example";
  std::string top = {};     ///< fields above, with their line ends
  std::string fields = {};  ///< the author's
  std::string zone = {};
  std::string signer = {};  ///< the domain of a DKIM signature; empty: none
  bool key = true;          ///< the signer's key is the one in the zone
};

std::string severity(const Relay& relay) {
  const std::string author = relay.fields +
                             "From: Ann <ann@author.example>\nTo: bob@recipient.example\n"
                             "Date: Thu, 29 Oct 2026 09:41:09 +0200\nMessage-ID: <1@" +
                             relay.host + ">\nSubject: hello\n\nx\n";
  test::SignOptions options;
  options.domain = relay.signer;
  const bool is_signed = !relay.signer.empty();
  const auto& key = test::SigningKey::rsa(1024, relay.key ? 0 : 1);
  const std::string message =
      relay.top + "Received: from " + relay.host + " (" + relay.host +
      " [81.187.42.20])\n\tby mx.recipient.example (Postfix) with ESMTPS id 9C2D11A0F3\n"
      "\tfor <bob@recipient.example>; Thu, 29 Oct 2026 09:41:14 +0200\n"
      "Received: from desk.stranger.example (desk.stranger.example [124.211.3.11])\n\tby " +
      relay.host + " (Postfix) with SMTP id 1A2B3C4D5E;\n\tThu, 29 Oct 2026 09:41:10 +0200\n" +
      (is_signed ? test::sign_message(author, key, options) : author);
  const auto report = test::trace_message(
      message, relay.zone + (is_signed ? test::key_line(test::SigningKey::rsa(), options) : ""));
  const Finding* finding = test::find_finding(report, "open-relay");
  return finding == nullptr ? "" : std::string(to_string(finding->severity));
}

}  // namespace

TEST_CASE("open-relay: a relay that nothing ties to the author is likely open") {
  CHECK(severity({}) == "medium");
  CHECK(severity({.top = "Return-Path: <ann@author.example>\n"}) == "medium");
  CHECK(severity({.fields = "List-Archive: <https://lists.example/>\n"}) == "medium");
  // SPF that fails is no tie.
  CHECK(severity({.top = "Return-Path: <ann@author.example>\n",
                  .zone = "author.example TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"}) == "medium");
}

TEST_CASE("open-relay: a host of a service that sends for others is told in passing") {
  CHECK(severity({.host = "esa1.customer.iphmx.com"}) == "info");
}

TEST_CASE("open-relay: a relay to which bounces go sends for the author") {
  CHECK(severity({.top = "Return-Path: <b@bounces.relay.example>\n"}) == "info");
}

TEST_CASE("open-relay: a list, or mail that can be unsubscribed from, is sent by a service") {
  CHECK(severity({.fields = "List-Id: <news.author.example>\n"}) == "info");
  CHECK(severity({.fields = "List-Unsubscribe: <https://author.example/off>\n"}) == "info");
}

TEST_CASE("open-relay: a relay that the author's domain lets send is none") {
  CHECK(severity({.top = "Return-Path: <ann@author.example>\n",
                  .zone = "author.example TXT \"v=spf1 ip4:81.187.42.20 -all\"\n"}) == "info");
}

TEST_CASE("open-relay: a relay whose domain signed the message sends it as a service") {
  CHECK(severity({.signer = "relay.example"}) == "info");
  CHECK(severity({.signer = "unwilling.relay.example"}) == "info");
}

TEST_CASE("open-relay: no tie is a signature that does not verify, or that of a stranger") {
  CHECK(severity({.signer = "relay.example", .key = false}) == "medium");
  CHECK(severity({.signer = "another.example"}) == "medium");
}
