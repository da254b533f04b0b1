#include <string>

#include "message/results/received_spf.hpp"
#include "message/told.hpp"
#include "support/catch.hpp"

using emltrace::AuthResults;
using emltrace::parse_auth_results;
using emltrace::parse_received_spf;
using emltrace::test::Row;
using emltrace::test::told;

TEST_CASE("Received-SPF: the grammar of RFC 7208 section 9.1 and what producers write") {
  const Row rows[] = {
      {"RFC 7208: pass",
       " pass (mybox.example.org: domain of\r\n    myname@example.com designates 192.0.2.1 as "
       "permitted sender)\r\n       receiver=mybox.example.org; client-ip=192.0.2.1;\r\n       "
       "envelope-from=\"myname@example.com\"; helo=foo.example.com;",
       "[mybox.example.org]\nspf=pass receiver=mybox.example.org client-ip=192.0.2.1 "
       "envelope-from=myname@example.com helo=foo.example.com (mybox.example.org: domain of    "
       "myname@example.com designates 192.0.2.1 as permitted sender)"},
      {"RFC 7208: fail, without spaces",
       " fail (mybox.example.org: domain of\r\n                  myname@example.com does not "
       "designate\r\n                  192.0.2.1 as permitted sender)\r\n                  "
       "identity=mailfrom; client-ip=192.0.2.1;\r\n                  "
       "envelope-from=\"myname@example.com\";",
       "[mybox.example.org]\nspf=fail identity=mailfrom client-ip=192.0.2.1 "
       "envelope-from=myname@example.com (mybox.example.org: domain of                  "
       "myname@example.com does not designate                  192.0.2.1 as permitted sender)"},
      {"RFC 7208: keys alone",
       " pass client-ip=192.0.2.1; identity=helo; helo=foo.example.com;mechanism=ip4:192.0.2.1",
       "[-]\nspf=pass client-ip=192.0.2.1 identity=helo helo=foo.example.com "
       "mechanism=ip4:192.0.2.1"},
      {"Gmail: the comment names the sender, the key the address",
       " pass (google.com: domain of n@a.example designates 192.0.2.7 as permitted sender) "
       "client-ip=192.0.2.7;",
       "[google.com]\nspf=pass client-ip=192.0.2.7 envelope-from=n@a.example (google.com: domain "
       "of "
       "n@a.example designates 192.0.2.7 as permitted sender)"},
      {"Gmail: neutral",
       " neutral (google.com: 2001:db8::7 is neither permitted nor denied by best guess record for "
       "domain of n@a.example) client-ip=2001:db8::7;",
       "[google.com]\nspf=neutral client-ip=2001:db8::7 envelope-from=n@a.example (google.com: "
       "2001:db8::7 is neither permitted nor denied by best guess record for domain of "
       "n@a.example)"},
      {"Gmail: softfail of a transitioning domain",
       " softfail (google.com: domain of transitioning n@a.example does not designate 192.0.2.7 as "
       "permitted sender) client-ip=192.0.2.7;",
       "[google.com]\nspf=softfail client-ip=192.0.2.7 envelope-from=n@a.example (google.com: "
       "domain "
       "of transitioning n@a.example does not designate 192.0.2.7 as permitted sender)"},
      {"Gmail: none",
       " none (google.com: n@a.example does not designate permitted sender hosts) "
       "client-ip=192.0.2.7;",
       "[google.com]\nspf=none client-ip=192.0.2.7 envelope-from=n@a.example (google.com: "
       "n@a.example does not designate permitted sender hosts)"},
      {"Gmail: temperror",
       " temperror (google.com: error in processing during lookup of n@a.example: DNS error) "
       "client-ip=192.0.2.7;",
       "[google.com]\nspf=temperror client-ip=192.0.2.7 envelope-from=n@a.example (google.com: "
       "error "
       "in processing during lookup of n@a.example: DNS error)"},
      {"Microsoft 365",
       " Pass (protection.outlook.com: domain of a.example designates\r\n 192.0.2.7 as permitted "
       "sender) receiver=protection.outlook.com;\r\n client-ip=192.0.2.7; helo=mx.a.example; pr=C",
       "[protection.outlook.com]\nspf=pass receiver=protection.outlook.com client-ip=192.0.2.7 "
       "helo=mx.a.example pr=C envelope-from=a.example (protection.outlook.com: domain of "
       "a.example "
       "designates 192.0.2.7 as permitted sender)"},
      {"Microsoft 365: none, nothing but a comment",
       " None (protection.outlook.com: a.example does not\r\n designate permitted sender hosts)",
       "[protection.outlook.com]\nspf=none envelope-from=a.example (protection.outlook.com: "
       "a.example does not designate permitted sender hosts)"},
      {"Microsoft 365: softfail",
       " SoftFail (protection.outlook.com: domain of transitioning\r\n a.example discourages use "
       "of "
       "192.0.2.7 as permitted sender)",
       "[protection.outlook.com]\nspf=softfail client-ip=192.0.2.7 envelope-from=a.example "
       "(protection.outlook.com: domain of transitioning a.example discourages use of 192.0.2.7 as "
       "permitted sender)"},
      {"pyspf policyd",
       " Pass (mailfrom) identity=mailfrom; client-ip=192.0.2.7; helo=mx.a.example; "
       "envelope-from=n@a.example; receiver=<UNKNOWN> ",
       "[-]\nspf=pass identity=mailfrom client-ip=192.0.2.7 helo=mx.a.example "
       "envelope-from=n@a.example receiver=UNKNOWN (mailfrom)"},
      {"policyd-spf-perl: nested comment",
       " pass (a.example: 192.0.2.7 is authorized to use 'n@a.example' in 'mfrom' identity "
       "(mechanism 'ip4:192.0.2.0/24' matched)) receiver=mx.b.example; identity=mailfrom; "
       "envelope-from=\"n@a.example\"; helo=mx.a.example; client-ip=192.0.2.7",
       "[mx.b.example]\nspf=pass receiver=mx.b.example identity=mailfrom envelope-from=n@a.example "
       "helo=mx.a.example client-ip=192.0.2.7 (a.example: 192.0.2.7 is authorized to use "
       "'n@a.example' in 'mfrom' identity (mechanism 'ip4:192.0.2.0/24' matched))"},
      {"spfmilter: a value with blanks",
       " pass (mx.b.example: domain of n@a.example designates 192.0.2.7 as permitted sender) "
       "receiver=mx.b.example; client-ip=192.0.2.7; helo=<mx.a.example>; "
       "envelope-from=<n@a.example>; x-software=spfmilter 2.001 http://www.example/ with "
       "libspf2-1.2.10;",
       "[mx.b.example]\nspf=pass receiver=mx.b.example client-ip=192.0.2.7 helo=mx.a.example "
       "envelope-from=n@a.example x-software=spfmilter 2.001 http://www.example/ with "
       "libspf2-1.2.10 (mx.b.example: domain of n@a.example designates 192.0.2.7 as permitted "
       "sender)"},
      {"IronPort: folded, quoted",
       " Pass (esa1.b.example: domain of\r\n  n@a.example designates 192.0.2.7 as permitted\r\n  "
       "sender) identity=mailfrom; client-ip=192.0.2.7;\r\n  receiver=esa1.b.example;\r\n  "
       "envelope-from=\"n@a.example\";\r\n  x-sender=\"n@a.example\";\r\n  "
       "x-conformance=sidf_compatible; x-record-type=\"v=spf1\"",
       "[esa1.b.example]\nspf=pass identity=mailfrom client-ip=192.0.2.7 receiver=esa1.b.example "
       "envelope-from=n@a.example x-sender=n@a.example x-conformance=sidf_compatible "
       "x-record-type=v=spf1 (esa1.b.example: domain of  n@a.example designates 192.0.2.7 as "
       "permitted  sender)"},
      {"Courier",
       " pass SPF=MAILFROM; sender=n@a.example; remoteip=192.0.2.7; remotehost=mx.a.example; "
       "helo=mx.a.example; receiver=mx.b.example;",
       "[mx.b.example]\nspf=pass spf=MAILFROM sender=n@a.example remoteip=192.0.2.7 "
       "remotehost=mx.a.example helo=mx.a.example receiver=mx.b.example"},
      {"Yahoo", " pass (domain of a.example designates 192.0.2.7 as permitted sender)",
       "[-]\nspf=pass client-ip=192.0.2.7 envelope-from=a.example (domain of a.example designates "
       "192.0.2.7 as permitted sender)"},
      {"QQ and 163: keys and no comment",
       " softfail client-ip=192.0.2.7; envelope-from=<n@a.example>; helo=mx.a.example",
       "[-]\nspf=softfail client-ip=192.0.2.7 envelope-from=n@a.example helo=mx.a.example"},
      {"none alone", " none", "[-]\nspf=none"},
      {"keys without semicolons", " fail client-ip=192.0.2.7 helo=mx.a.example",
       "[-]\nspf=fail client-ip=192.0.2.7 helo=mx.a.example"},
      {"empty", "", "[-]"},
      {"an address in the sender's own words is not the client's",
       " pass (mx.b.example: domain of \"designates 198.51.100.1\"@a.example designates 192.0.2.7 "
       "as "
       "permitted sender)",
       "[mx.b.example]\nspf=pass client-ip=192.0.2.7 (mx.b.example: domain of \"designates "
       "198.51.100.1\"@a.example designates 192.0.2.7 as permitted sender)"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(told(parse_received_spf(row.field)) == row.expected);
  }
}

TEST_CASE("the client address of a recorded SPF result stands in a key or in the comment") {
  struct Client {
    const char* field;
    const char* expected;
  };
  const Client rows[] = {
      {" spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=a.example", "192.0.2.7"},
      {" a.example; spf=pass (a.example: domain of n@b.example designates 2001:db8::7 as permitted "
       "sender) smtp.mailfrom=n@b.example",
       "2001:db8::7"},
      {" a.example; spf=pass client-ip=192.0.2.8", "192.0.2.8"},
      {" a.example; spf=pass smtp.remote-ip=192.0.2.9", "192.0.2.9"},
      {" a.example; spf=pass (a.example: 192.0.2.10 is neither permitted nor denied)",
       "192.0.2.10"},
      {" a.example; spf=pass smtp.mailfrom=b.example", "-"},
  };
  for (const Client& row : rows) {
    INFO(row.field);
    const AuthResults results = parse_auth_results(row.field);
    REQUIRE(results.methods.size() == 1);
    const auto client = emltrace::recorded_client_ip(results.methods[0]);
    CHECK((client ? client->text() : "-") == row.expected);
  }
}

TEST_CASE("a recorded SPF result has as many properties as it may, whatever wrote them") {
  const std::string comment =
      " pass (mx.b.example: domain of jo@a.example designates 192.0.2.7 as permitted sender)";
  const auto with_keys = [&](int count) {
    std::string field = comment;
    for (int i = 0; i < count; ++i) field += " k" + std::to_string(i) + "=v;";
    return field;
  };
  const AuthResults roomy = parse_received_spf(with_keys(62));
  CHECK(roomy.methods.at(0).properties.size() == emltrace::kMaxRecordedProperties);
  CHECK(roomy.methods[0].property("client-ip") == "192.0.2.7");
  CHECK(roomy.methods[0].property("envelope-from") == "jo@a.example");
  CHECK_FALSE(roomy.unread);

  const AuthResults full = parse_received_spf(with_keys(64) + " k64=last words");
  CHECK(full.methods.at(0).properties.size() == emltrace::kMaxRecordedProperties);
  CHECK(full.methods[0].property("k63") == "v");
  CHECK(full.unread == "k64=last words");
  CHECK(emltrace::recorded_client_ip(full.methods[0])->text() == "192.0.2.7");
}
