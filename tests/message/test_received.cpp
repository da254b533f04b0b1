#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "message/received/lexer.hpp"
#include "message/received/producers.hpp"
#include "message/received/received.hpp"
#include "message/received_cases/damaged.hpp"
#include "message/received_cases/gateways.hpp"
#include "message/received_cases/microsoft.hpp"
#include "message/received_cases/odd.hpp"
#include "message/received_cases/products.hpp"
#include "message/received_cases/qmail.hpp"
#include "message/received_cases/services.hpp"
#include "message/received_cases/unix.hpp"
#include "message/received_cases/web_and_pulls.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

std::vector<ReceivedCase> all_cases() {
  const std::span<const ReceivedCase> families[] = {
      kOddCases,     kUnixCases,    kQmailCases,   kMicrosoftCases,  kProductCases,
      kGatewayCases, kServiceCases, kDamagedCases, kWebAndPullCases,
  };
  std::vector<ReceivedCase> all;
  for (const auto& family : families) all.insert(all.end(), family.begin(), family.end());
  return all;
}

std::optional<std::string> text_of(const char* expected) {
  return expected == nullptr ? std::nullopt : std::optional<std::string>(expected);
}

std::optional<std::string> text_of(const std::optional<ip::Address>& address) {
  return address ? std::optional(address->text()) : std::nullopt;
}

std::optional<std::string> text_of(const std::optional<Received::Tls>& tls) {
  if (!tls) {
    return std::nullopt;
  }
  return tls->version.value_or("-") + " " + tls->cipher.value_or("-") + " " +
         (tls->bits ? std::to_string(*tls->bits) : "-");
}

std::optional<std::string> stamp_of(const Received& received) {
  return received.stamp ? std::optional(format_rfc3339(received.stamp->instant)) : std::nullopt;
}

std::optional<std::string> user_of(const Received& received) {
  if (!received.authenticated) {
    return received.auth_user;
  }
  return received.auth_user.value_or("");
}

void check_case(const ReceivedCase& row) {
  CAPTURE(row.field);
  const Received received = parse_received(row.field);
  CHECK(received.producer == row.producer);
  CHECK(received.from.helo == text_of(row.helo));
  CHECK(received.from.helo_stated == row.helo_stated);
  CHECK(received.from.rdns == text_of(row.rdns));
  CHECK(text_of(received.from.ip) == text_of(row.ip));
  CHECK(received.from.invalid_ip == text_of(row.invalid_ip));
  CHECK(received.from.redacted == text_of(row.redacted));
  CHECK(received.from.port.value_or(0) == row.port);
  CHECK(received.from.ident == text_of(row.ident));
  CHECK(received.from.may_be_forged == row.may_be_forged);
  CHECK(received.by.host == text_of(row.by_host));
  CHECK(received.by.alias == text_of(row.by_alias));
  CHECK(text_of(received.by.ip) == text_of(row.by_ip));
  CHECK(received.by.port.value_or(0) == row.by_port);
  CHECK(received.by.software == text_of(row.software));
  CHECK(received.via == text_of(row.via));
  CHECK(received.with == text_of(row.with));
  CHECK(user_of(received) == text_of(row.user));
  CHECK(text_of(received.tls) == text_of(row.tls));
  CHECK(received.id == text_of(row.id));
  CHECK(received.for_ == text_of(row.for_));
  CHECK(received.envelope_from == text_of(row.envelope_from));
  CHECK(stamp_of(received) == text_of(row.stamp));
  CHECK(received.local_submission == row.local);
  CHECK(received.is_trace == !row.junk);
  CHECK(received.unread == text_of(row.unread));
}

// How many parentheses are open at that place.
std::ptrdiff_t depth_at(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  return std::count(before.begin(), before.end(), '(') -
         std::count(before.begin(), before.end(), ')');
}

std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) {
    out += text;
  }
  return out;
}

}  // namespace

TEST_CASE("a Received field of every producer is read whole") {
  for (const ReceivedCase& row : all_cases()) {
    check_case(row);
  }
}

TEST_CASE("every producer of the table has at least two fields in the test") {
  std::map<std::string_view, int> seen;
  for (const ReceivedCase& row : all_cases()) {
    ++seen[row.producer];
  }
  for (const received::Producer& producer : received::producers()) {
    CAPTURE(producer.key);
    CHECK(seen[producer.key] >= 2);
  }
}

TEST_CASE("folds, tabs and comments between words do not change what is read") {
  for (const ReceivedCase& row : all_cases()) {
    std::string folded;
    for (const char* c = row.field; *c != '\0'; ++c) {
      folded +=
          *c == ' ' && c[1] != ' ' && c[-1] != ' ' ? std::string("\r\n\t") : std::string(1, *c);
    }
    CAPTURE(row.field);
    ReceivedCase same = row;
    same.field = folded.c_str();
    check_case(same);
  }
}

TEST_CASE("a comment before a keyword does not change what the clauses say") {
  for (const ReceivedCase& row : all_cases()) {
    std::string commented(row.field);
    for (const std::string_view keyword : {" by ", " id ", " for "}) {
      const std::size_t at = commented.find(keyword);
      const bool outside = at != std::string::npos && depth_at(commented, at) == 0;
      if (outside) commented.insert(at, " (not verified)");
    }
    CAPTURE(commented);
    const Received received = parse_received(commented);
    CHECK(text_of(received.from.ip) == text_of(row.ip));
    CHECK(received.from.redacted == text_of(row.redacted));
    CHECK(received.from.helo == text_of(row.helo));
    CHECK(received.from.rdns == text_of(row.rdns));
    CHECK(received.by.host == text_of(row.by_host));
    CHECK(text_of(received.by.ip) == text_of(row.by_ip));
    CHECK(received.id == text_of(row.id));
    CHECK(received.for_ == text_of(row.for_));
    CHECK(stamp_of(received) == text_of(row.stamp));
  }
}

TEST_CASE("the stamp is kept as written, without what a server adds behind it") {
  struct Case {
    const char* field;
    const char* raw;
  };
  const Case cases[] = {
      {"by a with SMTP id b; Tue, 18 Mar 1997 14:39:24 -0800 (PST)",
       "Tue, 18 Mar 1997 14:39:24 -0800 (PST)"},
      {"by a id b; Sun, 10 Apr 2016 20:13:49 GMT (envelope-from root)",
       "Sun, 10 Apr 2016 20:13:49 GMT"},
      {"by a with esmtp; Sun, 10 Apr 2016 20:13:49 +0000 id 000000000000000B.570AB3FD.00004739",
       "Sun, 10 Apr 2016 20:13:49 +0000"},
      {"by a with SMTP id b 2020-05-28 15:25:58.57 +0000 UTC m=+1101791.27",
       "2020-05-28 15:25:58.57 +0000 UTC m=+1101791.27"},
      {"by a with SMTP id b, Tue, 18 Mar 1997 14:39:24 -0800", "Tue, 18 Mar 1997 14:39:24 -0800"},
      {"by a; yesterday at noon", "yesterday at noon"},
      {"by a (8.8.5)...", ""},
      {"by a; ...", ""},
      {"by a;", ""},
      {"by a", ""},
  };
  for (const Case& row : cases) {
    CAPTURE(row.field);
    CHECK(parse_received(row.field).stamp_raw == row.raw);
  }
}

TEST_CASE("the last semicolon that a date follows parts the date from the clauses") {
  const Received received = parse_received(
      "by mx.example.org id A; Mon, 1 Jan 2001 00:00:00 +0000; Tue, 2 Jan 2001 00:00:00 +0000");
  CHECK(stamp_of(received) == "2001-01-02T00:00:00Z");
  const Received trailing =
      parse_received("by mx.example.org id A; Tue, 2 Jan 2001 00:00:00 +0000; later");
  CHECK(stamp_of(trailing) == "2001-01-02T00:00:00Z");
  CHECK(trailing.unread == "later");
}

TEST_CASE("an address is never taken out of an id, a version or a build number") {
  for (const char* field : {
           "by mx.example.org (8.11.6.2) id A; Mon, 1 Jan 2001 00:00:00 +0000",
           "by mx.example.org with ESMTP id 192.0.2.1; Mon, 1 Jan 2001 00:00:00 +0000",
           "by mx.example.org with Microsoft SMTP Server id 15.20.8251.21; Mon, 1 Jan 2001 "
           "00:00:00 +0000",
           "from mail.example.net by mx.example.org (software 192.0.2.1) with SMTP; Mon, 1 Jan "
           "2001 "
           "00:00:00 +0000",
           "from mail.example.net (using TLSv1.2 with cipher 192.0.2.1) by mx.example.org; Mon, 1 "
           "Jan 2001 00:00:00 +0000",
       }) {
    CAPTURE(field);
    const Received received = parse_received(field);
    CHECK_FALSE(received.from.ip);
    CHECK_FALSE(received.by.ip);
  }
}

TEST_CASE("the lexer tells words, comments, quotes, literals and paths apart") {
  using received::Kind;
  const auto tokens = received::lex(R"(a(b (c))[d]<e> "f g" h; i"j k) l( [m <n)");
  struct Expected {
    Kind kind;
    std::string_view text;
    bool glued;
  };
  const Expected expected[] = {
      {Kind::word, "a", false},     {Kind::comment, "(b (c))", true}, {Kind::literal, "[d]", true},
      {Kind::angle, "<e>", true},   {Kind::quoted, "\"f g\"", false}, {Kind::word, "h", false},
      {Kind::semicolon, ";", true}, {Kind::word, "i\"j", false},      {Kind::word, "k)", false},
      {Kind::word, "l(", false},    {Kind::word, "[m", false},        {Kind::word, "<n", false},
  };
  REQUIRE(tokens.size() == std::size(expected));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    CAPTURE(i);
    CHECK(tokens[i].kind == expected[i].kind);
    CHECK(tokens[i].text == expected[i].text);
    CHECK(tokens[i].glued == expected[i].glued);
  }
}

TEST_CASE("nesting, length and broken delimiters stay bounded and lose no clause") {
  const std::string stamp = "; Mon, 1 Jan 2001 00:00:00 +0000";
  SECTION("10,000 nested comments") {
    const std::string field = "from a.example " + repeat("(", 10'000) + repeat(")", 10'000) +
                              " (b.example [192.0.2.1]) by mx.example.org with SMTP id A" + stamp;
    const Received received = parse_received(field);
    CHECK(text_of(received.from.ip) == "192.0.2.1");
    CHECK(received.by.host == "mx.example.org");
    CHECK(stamp_of(received) == "2001-01-01T00:00:00Z");
  }
  SECTION("10,000 comments that never close") {
    const Received received = parse_received("from a.example " + repeat("(", 10'000) +
                                             " (b.example [192.0.2.1]) by mx.example.org" + stamp);
    CHECK(text_of(received.from.ip) == "192.0.2.1");
    CHECK(received.by.host == "mx.example.org");
  }
  SECTION("a megabyte of words, of semicolons, of brackets, of quotes") {
    for (const char* unit : {"word ", "; ", "[", "<", "\"", "\" ", "(\" ", "()", "by ", "from by ",
                             "(HELO x) ", "(1.2.3.4) ", "\\", "1 Jan 2001 ", "a=", "x@"}) {
      CAPTURE(unit);
      const std::string flood = repeat(unit, (std::size_t{1} << 20) / std::string(unit).size());
      const Received received = parse_received("from a.example " + flood + stamp);
      CHECK(received.from.helo.has_value());
      CHECK((received.unread || received.from.helo->size() > 1'000));
    }
  }
  SECTION("quotes that never close") {
    const Received received = parse_received(
        "from \"a.example (b.example [192.0.2.1]) by mx.example.org with SMTP id A" + stamp);
    CHECK(text_of(received.from.ip) == "192.0.2.1");
    CHECK(received.by.host == "mx.example.org");
  }
  SECTION("100,000 of each, far beyond the cap") {
    for (const char* unit :
         {"(", "[", "[192.0.2.1] ", "(192.0.2.1) ", "(x [192.0.2.1]) ", "(***) ", "[x.x.x.x]",
          "by [192.0.2.1] ", "; Mon, 1 Jan 2001 00:00:00 +0000 from ", "; from a by b",
          "with MailboxResubmission by ", "a.b.c.d/", "for : "}) {
      CAPTURE(unit);
      const Received received = parse_received("from a.example " + repeat(unit, 100'000) + stamp);
      CHECK(received.unread);
    }
    const Received nested = parse_received("from a.example " + repeat("(", 100'000) +
                                           repeat(")", 100'000) + " by mx.example.org" + stamp);
    CHECK(nested.from.helo == "a.example");
    CHECK(nested.unread);
  }
  SECTION("a NUL parts words as a blank does, other control characters are letters") {
    using namespace std::string_literals;
    const std::string field =
        "from a.example\0\0 (c\x1b.example [192.0.2.1\0]) by\0mx.example.org\0"s + stamp + "\0"s;
    const Received received = parse_received(field);
    CHECK(received.from.helo == "a.example");
    CHECK(text_of(received.from.ip) == "192.0.2.1");
    CHECK(received.by.host == "mx.example.org");
    CHECK(stamp_of(received) == "2001-01-01T00:00:00Z");
    CHECK(received.unread == "c\x1b.example");
    const Received inside = parse_received("from a\0b.example by mx.example.org"s + stamp);
    CHECK(inside.from.helo == "a");
    CHECK(inside.unread == "b.example");
  }
  SECTION("nothing at all") {
    CHECK_FALSE(parse_received("").is_trace);
    CHECK_FALSE(parse_received("").unread);
    CHECK_FALSE(parse_received(" \r\n\t ").is_trace);
  }
}

TEST_CASE("random bytes and random words of the grammar end and stay inside") {
  std::mt19937 random(20240229);
  const std::string_view words[] = {"from",
                                    "by",
                                    "with",
                                    "id",
                                    "for",
                                    "via",
                                    "tls",
                                    "(",
                                    ")",
                                    "[",
                                    "]",
                                    "<",
                                    ">",
                                    "\"",
                                    ";",
                                    "HELO",
                                    "EHLO",
                                    "LHLO",
                                    "1.2.3.4",
                                    "::1",
                                    "[::1%x]:25",
                                    "a@b",
                                    "helo=",
                                    "port=",
                                    "using TLSv1.2 with cipher",
                                    "version=",
                                    "Postfix",
                                    "qmail 1 invoked by",
                                    "8.8.5",
                                    "Mon, 1 Jan 2001 00:00:00 +0000",
                                    "...",
                                    "\\",
                                    "mailfrom:",
                                    "id",
                                    "getmail",
                                    "ORCPT ;",
                                    "=",
                                    ":",
                                    ",",
                                    "\t",
                                    "\r\n ",
                                    "envelope-from",
                                    "Exim",
                                    "[x.x.x.x]",
                                    "***",
                                    "claiming to be",
                                    "via SMTP",
                                    "smtpdA",
                                    "network[",
                                    "named",
                                    "[XMail",
                                    "MailEnable",
                                    "Forcepoint Email",
                                    "MailboxResubmission by",
                                    "of",
                                    "(via HTTP)",
                                    "from <a@b>",
                                    "; Mon, 1 Jan 2001 00:00:00 +0000 from a by b",
                                    "192.0.2.1.49152",
                                    "Smail",
                                    "SG",
                                    "uid"};
  for (int round = 0; round < 20'000; ++round) {
    std::string field;
    const auto length = random() % 40;
    for (unsigned i = 0; i < length; ++i) {
      if (round % 2 == 0) {
        field += static_cast<char>(random() % 256);
      } else {
        field += words[random() % std::size(words)];
        field += random() % 3 == 0 ? "" : " ";
      }
    }
    // A buffer of its own and of its own size: a sanitizer sees any byte read beyond it.
    const std::vector<char> exact(field.begin(), field.end());
    const Received received = parse_received(std::string_view(exact.data(), exact.size()));
    CHECK(received.stamp_raw.size() <= field.size());
    const bool unreadable = received.from.invalid_ip || received.from.redacted;
    CHECK_FALSE((received.from.ip && unreadable));
    for (const auto& name : {received.by.host, received.from.rdns}) {
      CHECK(name.value_or("x").find_first_of(" \t\r\n[]") == std::string::npos);
    }
  }
}

TEST_CASE("an address in a producer's own words leaves no other text to stand for the client") {
  const auto received = parse_received(
      "from mail.sender.example ([999.1.2.3]) (mailfrom:a@sender.example ip:192.0.2.7 "
      "fp:SMTPD_---0TU0Hbt._1560376624 cluster:ay36) by smtp.aliyun-inc.com(127.0.0.1); "
      "Thu, 13 Jun 2019 05:57:13 +0800");
  REQUIRE(received.producer == "aliyun");
  REQUIRE(received.from.ip);
  CHECK(received.from.ip->text() == "192.0.2.7");
  CHECK_FALSE(received.from.invalid_ip);
  CHECK_FALSE(received.from.redacted);
  CHECK(received.unread == "999.1.2.3");
}
