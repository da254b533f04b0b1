#include <string>

#include "message/results/auth_results.hpp"
#include "message/told.hpp"
#include "support/catch.hpp"

using emltrace::AuthResults;
using emltrace::parse_auth_results;
using emltrace::test::Row;
using emltrace::test::told;

TEST_CASE("Authentication-Results: the grammar of RFC 8601 section 2.2") {
  const Row rows[] = {
      // Appendix B of RFC 8601, in its order.
      {"B.2: nothing done", " example.org 1; none", "[example.org] none"},
      {"B.3: service provided, version absent",
       " example.com;\r\n          spf=pass smtp.mailfrom=example.net",
       "[example.com]\nspf=pass smtp.mailfrom=example.net"},
      {"B.4: several methods, one host",
       " example.com;\r\n          auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n"
       "          spf=pass smtp.mailfrom=example.net",
       "[example.com]\nauth=pass smtp.auth=sender@example.net (cram-md5)\n"
       "spf=pass smtp.mailfrom=example.net"},
      {"B.4: iprev", " example.com; iprev=pass\r\n            policy.iprev=192.0.2.200",
       "[example.com]\niprev=pass policy.iprev=192.0.2.200"},
      {"B.6: reason and identity",
       " example.com;\r\n          dkim=fail reason=\"bad signature\"\r\n"
       "              header.i=@mail-router.example.net",
       "[example.com]\ndkim=fail !bad signature header.i=@mail-router.example.net"},
      {"B.7: comments everywhere",
       " foo.example.net (foobar) 1 (baz);\r\n    dkim (Because I like it) / 1 (One yay) = (wait "
       "for it) fail\r\n      policy (A dot can go here) . (like that) expired\r\n"
       "      (this surprised me) = (as I wasn't expecting it) 1362471462",
       "[foo.example.net]\ndkim=fail policy.expired=1362471462 (Because I like it) (One yay) (wait "
       "for it) (A dot can go here) (like that) (this surprised me) (as I wasn't expecting it)"},
      {"quoted authserv-id", " \"mx example\" 1; spf=none", "[mx example]\nspf=none"},
      {"quoted pairs", " a.example; dkim=fail reason=\"a \\\"b\\\" \\\\c\"",
       "[a.example]\ndkim=fail !a \"b\" \\c"},
      {"a quoted local part keeps its quotes",
       " a.example; spf=pass smtp.mailfrom=\"john doe;x\"@b.example",
       "[a.example]\nspf=pass smtp.mailfrom=\"john doe;x\"@b.example"},
      {"white space around the equals sign", " a.example; spf = pass smtp . mailfrom = b.example",
       "[a.example]\nspf=pass smtp.mailfrom=b.example"},
      {"letters' case", " A.example; SPF=Pass SMTP.MailFrom=B.example",
       "[A.example]\nspf=pass smtp.mailfrom=B.example"},
      {"a semicolon and a method in a comment are no method",
       " a.example; dkim=fail (really; dkim=pass) header.d=b.example",
       "[a.example]\ndkim=fail header.d=b.example (really; dkim=pass)"},
      {"nested comments", " a.example; dkim=pass (one (two (three)) four) header.d=b.example",
       "[a.example]\ndkim=pass header.d=b.example (one (two (three)) four)"},
      {"a comment before the authserv-id", " (by hand) a.example; spf=pass",
       "[a.example]\nspf=pass"},
      {"a version that RFC 8601 does not define is told", " a.example 2; spf=pass",
       "[a.example]\nspf=pass\n?version 2"},
      {"a method version is no property", " a.example; spf/1=pass", "[a.example]\nspf=pass"},
      {"DNS white list, RFC 8904",
       " mta.example.org;\r\n  dnswl=pass dns.zone=list.dnswl.example dns.sec=na\r\n"
       "  policy.ip=127.0.10.1\r\n  policy.txt=\"fwd.example "
       "https://dnswl.example/?d=fwd.example\"",
       "[mta.example.org]\ndnswl=pass dns.zone=list.dnswl.example dns.sec=na policy.ip=127.0.10.1 "
       "policy.txt=fwd.example https://dnswl.example/?d=fwd.example"},
      {"S/MIME, RFC 7281",
       " example.net;\r\n smime=fail (certificate is revoked by CRL)\r\n"
       " body.smime-identifier=aliceDss@example.com\r\n body.smime-part=2",
       "[example.net]\nsmime=fail body.smime-identifier=aliceDss@example.com body.smime-part=2 "
       "(certificate is revoked by CRL)"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(told(parse_auth_results(row.field)) == row.expected);
  }
}

TEST_CASE("Authentication-Results: what producers write") {
  const Row rows[] = {
      {"Gmail",
       " mx.google.com;\r\n       dkim=pass header.i=@a.example header.s=sel1 "
       "header.b=AbC/dEf=;\r\n"
       "       spf=pass (google.com: domain of bounce@a.example designates 192.0.2.7 as permitted "
       "sender) smtp.mailfrom=bounce@a.example;\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) "
       "header.from=a.example",
       "[mx.google.com]\ndkim=pass header.i=@a.example header.s=sel1 header.b=AbC/dEf=\n"
       "spf=pass smtp.mailfrom=bounce@a.example (google.com: domain of bounce@a.example designates "
       "192.0.2.7 as permitted sender)\n"
       "dmarc=pass header.from=a.example (p=REJECT sp=REJECT dis=NONE)"},
      {"Gmail, with an ARC chain",
       " mx.google.com; arc=pass (i=1 spf=pass spfdomain=a.example dkim=pass dkdomain=a.example "
       "dmarc=pass fromdomain=a.example); spf=neutral (google.com: 192.0.2.9 is neither permitted "
       "nor denied by best guess record for domain of x@b.example) smtp.mailfrom=x@b.example",
       "[mx.google.com]\narc=pass (i=1 spf=pass spfdomain=a.example dkim=pass dkdomain=a.example "
       "dmarc=pass fromdomain=a.example)\nspf=neutral smtp.mailfrom=x@b.example (google.com: "
       "192.0.2.9 is neither permitted nor denied by best guess record for domain of x@b.example)"},
      {"Microsoft 365: no authserv-id",
       " spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=a.example; dkim=pass (signature was "
       "verified)\r\n header.d=a.example;dmarc=pass action=none "
       "header.from=a.example;compauth=pass "
       "reason=100",
       "[-]\nspf=pass smtp.mailfrom=a.example (sender IP is 192.0.2.7)\n"
       "dkim=pass header.d=a.example (signature was verified)\n"
       "dmarc=pass action=none header.from=a.example\ncompauth=pass !100"},
      {"Microsoft 365: the receiving domain stands between the results",
       " spf=fail (sender IP is 2001:db8::7)\r\n smtp.mailfrom=a.example; rcpt.example; dkim=none "
       "(message not signed)\r\n header.d=none;rcpt.example; dmarc=fail action=oreject\r\n "
       "header.from=a.example;",
       "[-]\nspf=fail smtp.mailfrom=a.example (sender IP is 2001:db8::7)\n"
       "dkim=none header.d=none (message not signed)\n"
       "dmarc=fail action=oreject header.from=a.example\n?rcpt.example rcpt.example"},
      {"Microsoft 365: a null MAIL FROM",
       " spf=none (sender IP is 192.0.2.7) smtp.mailfrom= smtp.helo=mx.a.example; "
       "dkim=none header.d=none;",
       "[-]\nspf=none smtp.mailfrom= smtp.helo=mx.a.example (sender IP is 192.0.2.7)\n"
       "dkim=none header.d=none"},
      {"Hotmail of old",
       " hotmail.com; spf=pass (sender IP is 192.0.2.7; identity alignment result is pass and "
       "alignment mode is relaxed) smtp.mailfrom=n@a.example; dkim=pass (identity alignment result "
       "is pass) header.d=a.example; x-hmca=pass header.id=n@a.example",
       "[hotmail.com]\nspf=pass smtp.mailfrom=n@a.example (sender IP is 192.0.2.7; identity "
       "alignment result is pass and alignment mode is relaxed)\ndkim=pass header.d=a.example "
       "(identity alignment result is pass)\nx-hmca=pass header.id=n@a.example"},
      {"Yahoo of old: from= before the method",
       " mta1007.mail.example  from=a.example; domainkeys=neutral (no sig);  from=a.example; "
       "dkim=pass (ok)",
       "[mta1007.mail.example]\ndomainkeys=neutral from=a.example (no sig)\n"
       "dkim=pass from=a.example (ok)"},
      {"Yahoo",
       " atlas1.mail.example;\r\n dkim=pass header.i=@a.example header.s=s1;\r\n spf=pass "
       "smtp.mailfrom=a.example;\r\n dmarc=pass(p=REJECT) header.from=a.example;",
       "[atlas1.mail.example]\ndkim=pass header.i=@a.example header.s=s1\n"
       "spf=pass smtp.mailfrom=a.example\ndmarc=pass header.from=a.example (p=REJECT)"},
      {"Yahoo: a result word of its own",
       " m.example; dmarc=success(p=NONE) header.from=a.example;",
       "[m.example]\ndmarc=success header.from=a.example (p=NONE)"},
      {"QQ",
       " mx.qq.com; spf=pass smtp.mailfrom=<bounce@a.example>; dkim=pass header.d=a.example; "
       "dmarc=pass(permerror) header.from=<n@a.example>",
       "[mx.qq.com]\nspf=pass smtp.mailfrom=bounce@a.example\ndkim=pass header.d=a.example\n"
       "dmarc=pass header.from=n@a.example (permerror)"},
      {"QQ: a null path", " mx.qq.com; spf=none smtp.mailfrom=<>; dkim=none",
       "[mx.qq.com]\nspf=none smtp.mailfrom=\ndkim=none"},
      {"163: smtp.mail, no space behind the semicolon",
       " gzga-mx-mtada-g3-4; spf=pass smtp.mail=n@a.example;dkim=pass header.i=@a.example",
       "[gzga-mx-mtada-g3-4]\nspf=pass smtp.mail=n@a.example\ndkim=pass header.i=@a.example"},
      {"163: a dkim result alone", " mx42; dkim=pass header.i=@a.example",
       "[mx42]\ndkim=pass header.i=@a.example"},
      {"Amazon SES: keys of Received-SPF, each behind a semicolon",
       " amazonses.com;\r\n spf=pass (spfCheck: domain of a.example designates 192.0.2.7 as "
       "permitted sender) client-ip=192.0.2.7; envelope-from=n@a.example; helo=mx.a.example;\r\n "
       "dkim=pass header.i=@a.example;\r\n dmarc=none header.from=a.example;",
       "[amazonses.com]\nspf=pass client-ip=192.0.2.7 envelope-from=n@a.example helo=mx.a.example "
       "(spfCheck: domain of a.example designates 192.0.2.7 as permitted sender)\n"
       "dkim=pass header.i=@a.example\ndmarc=none header.from=a.example"},
      {"OpenDKIM",
       " mx.b.example;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=a.example "
       "header.i=@a.example header.a=rsa-sha256 header.s=s1 "
       "header.b=AbCdEf;\r\n\tdkim-atps=neutral",
       "[mx.b.example]\ndkim=pass header.d=a.example header.i=@a.example header.a=rsa-sha256 "
       "header.s=s1 header.b=AbCdEf (2048-bit key; unprotected)\ndkim-atps=neutral"},
      {"amavis",
       " mx.b.example (amavisd-new); dkim=softfail (1024-bit key)\r\n reason=\"fail (body has been "
       "altered)\" header.d=a.example header.b=\"AbCd/E==\"",
       "[mx.b.example]\ndkim=softfail !fail (body has been altered) header.d=a.example "
       "header.b=AbCd/E== (1024-bit key)"},
      {"Rspamd",
       " mx.b.example;\r\n\tdkim=pass header.d=a.example header.s=s1 header.b=AbCdEfGh;\r\n"
       "\tdmarc=pass (policy=none) header.from=a.example;\r\n\tspf=pass (mx.b.example: domain of "
       "n@a.example designates 192.0.2.7 as permitted sender) smtp.mailfrom=n@a.example",
       "[mx.b.example]\ndkim=pass header.d=a.example header.s=s1 header.b=AbCdEfGh\n"
       "dmarc=pass header.from=a.example (policy=none)\nspf=pass smtp.mailfrom=n@a.example "
       "(mx.b.example: domain of n@a.example designates 192.0.2.7 as permitted sender)"},
      {"Exim",
       " mx.b.example;\r\n\tiprev=pass (mail.a.example) smtp.remote-ip=192.0.2.7;\r\n\tspf=pass "
       "smtp.mailfrom=a.example;\r\n\tdkim=pass header.d=a.example header.s=s1 "
       "header.a=rsa-sha256;\r\n\tarc=none",
       "[mx.b.example]\niprev=pass smtp.remote-ip=192.0.2.7 (mail.a.example)\n"
       "spf=pass smtp.mailfrom=a.example\ndkim=pass header.d=a.example header.s=s1 "
       "header.a=rsa-sha256\narc=none"},
      {"Proofpoint: policy= without a property type",
       " ppops.net;\r\n\tspf=pass smtp.mailfrom=n@a.example;\r\n\tdkim=pass header.s=s1 "
       "header.d=a.example;\r\n\tdmarc=pass policy=reject header.from=a.example",
       "[ppops.net]\nspf=pass smtp.mailfrom=n@a.example\ndkim=pass header.s=s1 header.d=a.example\n"
       "dmarc=pass policy=reject header.from=a.example"},
      {"IronPort",
       " esa1.b.example; dkim=none (message not signed) header.i=none; spf=SoftFail "
       "smtp.mailfrom=n@a.example; spf=None smtp.helo=postmaster@mx.a.example; dmarc=fail (p=none "
       "dis=none) d=a.example",
       "[esa1.b.example]\ndkim=none header.i=none (message not signed)\n"
       "spf=softfail smtp.mailfrom=n@a.example\nspf=none smtp.helo=postmaster@mx.a.example\n"
       "dmarc=fail d=a.example (p=none dis=none)"},
      {"Fastmail",
       " mx1.messagingengine.com;\r\n    bimi=none (No BIMI records found);\r\n    "
       "arc=none (no signatures found);\r\n    dkim=pass (2048-bit rsa key sha256) "
       "header.d=a.example header.i=@a.example header.b=AbCd header.a=rsa-sha256 header.s=s1 "
       "x-bits=2048;\r\n    iprev=pass smtp.remote-ip=192.0.2.7 (mail.a.example);\r\n    "
       "x-tls=pass "
       "smtp.version=TLSv1.3 smtp.cipher=TLS_AES_256_GCM_SHA384 smtp.bits=256/256",
       "[mx1.messagingengine.com]\nbimi=none (No BIMI records found)\narc=none (no signatures "
       "found)\ndkim=pass header.d=a.example header.i=@a.example header.b=AbCd header.a=rsa-sha256 "
       "header.s=s1 x-bits=2048 (2048-bit rsa key sha256)\niprev=pass smtp.remote-ip=192.0.2.7 "
       "(mail.a.example)\nx-tls=pass smtp.version=TLSv1.3 smtp.cipher=TLS_AES_256_GCM_SHA384 "
       "smtp.bits=256/256"},
      {"iCloud: one method a field", " bimi.icloud.com; bimi=skipped reason=\"insufficient dmarc\"",
       "[bimi.icloud.com]\nbimi=skipped !insufficient dmarc"},
      {"Proton",
       " mail.protonmail.ch; dkim=pass (Good 2048\r\n    bit rsa-sha256 signature) "
       "header.d=a.example header.a=rsa-sha256",
       "[mail.protonmail.ch]\ndkim=pass header.d=a.example header.a=rsa-sha256 (Good 2048    bit "
       "rsa-sha256 signature)"},
      {"Zoho",
       " mx.zohomail.com;\r\n\tdkim=pass;\r\n\tspf=pass (zohomail.com: domain of a.example "
       "designates 192.0.2.7 as permitted sender)  smtp.mailfrom=n@a.example;\r\n"
       "\tdmarc=pass(p=none dis=none)  header.from=a.example",
       "[mx.zohomail.com]\ndkim=pass\nspf=pass smtp.mailfrom=n@a.example (zohomail.com: domain of "
       "a.example designates 192.0.2.7 as permitted sender)\ndmarc=pass header.from=a.example "
       "(p=none dis=none)"},
      {"Yandex: brackets and an equals sign in the comment",
       " mxfront1.example; spf=pass (mxfront1.example: domain of a.example designates 192.0.2.7 as "
       "permitted sender, rule=[ip4:192.0.2.0/24]) smtp.mail=n@a.example; dkim=pass "
       "header.i=@a.example",
       "[mxfront1.example]\nspf=pass smtp.mail=n@a.example (mxfront1.example: domain of a.example "
       "designates 192.0.2.7 as permitted sender, rule=[ip4:192.0.2.0/24])\n"
       "dkim=pass header.i=@a.example"},
      {"an address with an equals sign in its local part",
       " a.example; spf=pass smtp.mailfrom=bounce+n=b.example@c.example",
       "[a.example]\nspf=pass smtp.mailfrom=bounce+n=b.example@c.example"},
      {"methods without a semicolon between them",
       " a.example; spf=pass smtp.mailfrom=b.example dkim=fail header.d=c.example",
       "[a.example]\nspf=pass smtp.mailfrom=b.example\ndkim=fail header.d=c.example"},
      {"properties behind a semicolon of their own",
       " a.example; dkim=pass; header.d=b.example; spf=none",
       "[a.example]\ndkim=pass header.d=b.example\nspf=none"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(told(parse_auth_results(row.field)) == row.expected);
  }
}

TEST_CASE("ARC-Authentication-Results: RFC 8617 section 4.1.1") {
  const Row rows[] = {
      {"Google",
       " i=1; mx.google.com;\r\n       dkim=pass header.i=@a.example header.s=s1 header.b=AbCd;\r\n"
       "       spf=fail (google.com: domain of n@a.example does not designate 192.0.2.7 as "
       "permitted sender) smtp.mailfrom=n@a.example",
       "[mx.google.com] i=1\ndkim=pass header.i=@a.example header.s=s1 header.b=AbCd\nspf=fail "
       "smtp.mailfrom=n@a.example (google.com: domain of n@a.example does not designate 192.0.2.7 "
       "as permitted sender)"},
      {"Microsoft 365",
       " i=2; mx.microsoft.com 1; spf=pass\r\n (sender ip is 192.0.2.7) "
       "smtp.rcpttodomain=b.example\r\n smtp.mailfrom=a.example; dmarc=pass (p=none sp=none "
       "pct=100) "
       "action=none\r\n header.from=a.example; dkim=pass (signature was verified)\r\n "
       "header.d=a.example; arc=pass (0 oda=1 ltdi=1 spf=[1,1,smtp.mailfrom=a.example]\r\n "
       "dkim=[1,1,header.d=a.example])",
       "[mx.microsoft.com] i=2\nspf=pass smtp.rcpttodomain=b.example smtp.mailfrom=a.example "
       "(sender ip is 192.0.2.7)\ndmarc=pass action=none header.from=a.example (p=none sp=none "
       "pct=100)\ndkim=pass header.d=a.example (signature was verified)\narc=pass (0 oda=1 ltdi=1 "
       "spf=[1,1,smtp.mailfrom=a.example] dkim=[1,1,header.d=a.example])"},
      {"nothing checked", " i=1; a.example; none", "[a.example] i=1 none"},
      {"white space in the instance", " i = 12 ; a.example; spf=none",
       "[a.example] i=12\nspf=none"},
      {"an instance that is no number", " i=one; a.example; spf=none",
       "[a.example]\nspf=none\n?i=one"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(told(parse_auth_results(row.field)) == row.expected);
  }
}

TEST_CASE("Authentication-Results: hostile and broken fields are read as far as they go") {
  const Row rows[] = {
      {"empty", "", "[-]"},
      {"blanks", " \r\n ", "[-]"},
      {"none alone", " none", "[-] none"},
      {"an id alone", " a.example", "[a.example]"},
      {"semicolons alone", " ;;;", "[-]"},
      {"an unclosed comment hides what follows", " a.example; dkim=fail (x; dkim=pass",
       "[a.example]\ndkim=fail (x; dkim=pass)"},
      {"an unclosed quote is a byte like others", " a.example; dkim=fail reason=\"x; spf=pass",
       "[a.example]\ndkim=fail !\"x\nspf=pass"},
      {"no result", " a.example; dkim=; spf=pass", "[a.example]\nspf=pass\n?dkim="},
      {"prose", " a.example; this is junk", "[a.example]\n?this is junk"},
      {"a property without a method", " a.example; header.d=b.example",
       "[a.example]\n?header.d=b.example"},
      {"none beside results does not hide them", " a.example; spf=pass; none",
       "[a.example]\nspf=pass\n?none"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(told(parse_auth_results(row.field)) == row.expected);
  }
}

TEST_CASE("Authentication-Results: work and memory are bounded") {
  std::string many = "a.example";
  for (int i = 0; i < 100'000; ++i) many += "; dkim=pass header.d=b.example (c)";
  const AuthResults methods = parse_auth_results(many);
  CHECK(methods.methods.size() == emltrace::kMaxRecordedMethods);
  REQUIRE(methods.unread);
  CHECK(methods.unread->size() < 1'000);

  CHECK(parse_auth_results("a.example; " + std::string(1'000'000, '(')).methods.empty());
  CHECK(parse_auth_results("a.example; dkim=pass " + std::string(1'000'000, '"')).methods.size() ==
        1);
  std::string escapes = "a.example; x=";
  std::string names = "a.example; ";
  for (int i = 0; i < 300'000; ++i) {
    escapes += "\\\"";
    names += "a . ";
  }
  CHECK(parse_auth_results(escapes).methods.size() <= 1);
  CHECK(parse_auth_results(names).methods.empty());
}
