#include "emltrace/auth/dkim.hpp"

#include "support/catch.hpp"
#include "support/sign.hpp"
#include "support/table.hpp"

using namespace emltrace;
TEST_CASE("smoke") {
  const std::string m = test::sign_message("From: a@example.org\r\nSubject: x\r\n\r\nhello\r\n", test::SigningKey::rsa());
  INFO(m);
  const Message message = Message::parse(m);
  dkim::Verifier v(message, {Instant{}, Instant{}});
  const auto r = test::settle_with_zone(test::key_line(test::SigningKey::rsa()), [&](dns::Client& c) { return v.verify(c); });
  REQUIRE(r.size() == 1);
  CHECK(r[0].detail == "");
  CHECK(r[0].result == auth::Result::pass);
}
