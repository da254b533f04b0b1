#include "message/results/recorded.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE("every recorded result of a message, top to bottom") {
  const std::string text =
      "received-spf: Pass (mx.b.example: domain of n@a.example designates 192.0.2.7 as\r\n"
      " permitted sender) client-ip=192.0.2.7;\r\n"
      "AUTHENTICATION-RESULTS: mx.b.example; spf=pass smtp.mailfrom=a.example;\r\n"
      "\tdkim=fail header.d=a.example\r\n"
      "Authentication-Results: mx.b.example; none\r\n"
      "X-Authentication-Results: mx.c.example; spf=pass\r\n"
      "ARC-Authentication-Results: i=1; relay.example; dmarc=pass header.from=a.example\r\n"
      "Authentication-Results-Original: filter.example; spf=fail smtp.mailfrom=a.example\r\n"
      "Subject: x\r\n\r\nAuthentication-Results: body.example; spf=pass\r\n";
  const Message message = Message::parse(text);
  const auto all = collect_recorded(message);
  REQUIRE(all.size() == 5);
  CHECK(all[0].header == "Received-SPF");
  CHECK(all[0].line == 1);
  CHECK(all[0].offset == 0);
  CHECK(all[0].authserv_id == std::string("mx.b.example"));
  CHECK(all[0].method.result == "pass");
  CHECK(all[1].header == "Authentication-Results");
  CHECK(all[1].line == 3);
  CHECK(all[1].method.method == "spf");
  CHECK(all[2].line == 3);
  CHECK(all[2].method.method == "dkim");
  CHECK(all[3].header == "ARC-Authentication-Results");
  CHECK(all[3].line == 7);
  CHECK(all[3].authserv_id == std::string("relay.example"));
  CHECK(all[4].header == "Authentication-Results-Original");
  CHECK(all[4].authserv_id == std::string("filter.example"));
  CHECK(all[4].method.result == "fail");
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i].passed_on == (i >= 3));
}

TEST_CASE("what is collected is bounded") {
  std::string text;
  for (int i = 0; i < 9'000; ++i)
    text += "Authentication-Results: a.example; spf=pass; dkim=pass\n";
  CHECK(collect_recorded(Message::parse(text)).size() == kMaxRecorded);
}
