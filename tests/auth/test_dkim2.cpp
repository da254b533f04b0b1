#include "auth/dkim2/dkim2.hpp"
#include "base/base64.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE("DKIM2 fields are shown with hop, domain and time") {
  const std::string text = "DKIM2-Signature: i=2; m=1; t=1790000000; d=list.example;\r\n mf=" +
                           base64_encode("<bounce@list.example>") +
                           "; rt=" + base64_encode("<r@b.example>") + ",\r\n  " +
                           base64_encode("<s@b.example>") +
                           ";\r\n f=exploded; s=sel:rsa-sha256:AbCd\r\n"
                           "dkim2-signature: i = 1 ; d = a.example ; t=soon; mf=PD4=; x=1\r\n"
                           "Message-Instance: m=1; h=sha256:AbC:DeF; r=e30=\r\n"
                           "Subject: x\r\n\r\n";
  const Message message = Message::parse(text);
  const auto fields = auth::collect_dkim2(message);
  REQUIRE(fields.size() == 3);

  CHECK(fields[0].header == "DKIM2-Signature");
  CHECK(fields[0].line == 1);
  CHECK(fields[0].hop == std::string("2"));
  CHECK(fields[0].domain == std::string("list.example"));
  REQUIRE(fields[0].signed_at);
  CHECK(format_rfc3339(*fields[0].signed_at) == "2026-09-21T14:13:20Z");
  CHECK(fields[0].mail_from == std::string("bounce@list.example"));
  CHECK(fields[0].rcpt_to == std::vector<std::string>{"r@b.example", "s@b.example"});
  CHECK(fields[0].tags.size() == 7);

  CHECK(fields[1].hop == std::string("1"));
  CHECK(fields[1].domain == std::string("a.example"));
  CHECK_FALSE(fields[1].signed_at);
  CHECK(fields[1].mail_from == std::string());

  CHECK(fields[2].header == "Message-Instance");
  CHECK(fields[2].hop == std::string("1"));
  CHECK_FALSE(fields[2].domain);
}

TEST_CASE("a DKIM2 field of any shape is shown as far as it can be read") {
  const std::string text =
      "DKIM2-Signature:\n"
      "DKIM2-Signature: ;;;=;d=;i\n"
      "DKIM2-Signature: d=" +
      std::string(100'000, 'a') + "; mf=%%%; rt=,,,; t=99999999999999999\n\n";
  const auto fields = auth::collect_dkim2(Message::parse(text));
  REQUIRE(fields.size() == 3);
  CHECK_FALSE(fields[0].hop);
  CHECK_FALSE(fields[1].domain);
  REQUIRE(fields[2].domain);
  CHECK(fields[2].domain->size() == auth::kMaxDkim2Value);
  CHECK_FALSE(fields[2].mail_from);
  CHECK_FALSE(fields[2].signed_at);
}
