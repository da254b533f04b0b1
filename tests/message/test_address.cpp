#include <string>

#include "message/address.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

// `display|local|domain` of every mailbox, joined by " & ".
std::string shape(std::string_view text) {
  std::string out;
  for (const Mailbox& mailbox : parse_addresses(text).mailboxes) {
    if (!out.empty()) out += " & ";
    out += mailbox.display + "|" + mailbox.local_part + "|" + mailbox.domain;
  }
  return out;
}

struct Case {
  const char* text;
  const char* shape;
};

}  // namespace

TEST_CASE("address lists of RFC 5322 are read") {
  for (const Case& one : {
           Case{"John Doe <jdoe@machine.example>", "John Doe|jdoe|machine.example"},
           Case{"\"Joe Q. Public\" <john.q.public@example.com>",
                "Joe Q. Public|john.q.public|example.com"},
           Case{"Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
                "Mary Smith|mary|x.test & |jdoe|example.org & Who?|one|y.test"},
           Case{"<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
                "|boss|nil.test & Giant; \"Big\" Box|sysservices|example.net"},
           Case{"A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
                "Ed Jones|c|a.test & |joe|where.test & John|jdoe|one.test"},
           Case{"Undisclosed recipients:;", ""},
           Case{"Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
                "Pete|pete|silly.test"},
           Case{"A Group(Some people)\r\n    :Chris Jones <c@(Chris's host.)public.example>,\r\n"
                "        joe@example.org,\r\n  John <jdoe@one.test> (my dear friend); (the end)",
                "Chris Jones|c|public.example & |joe|example.org & John|jdoe|one.test"},
           Case{"Joe Q. Public <john.q.public@example.com>",
                "Joe Q. Public|john.q.public|example.com"},
           Case{"Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
                "Mary Smith|mary|example.net & |jdoe|test.example"},
           Case{"John Doe <jdoe@machine(comment).  example>", "John Doe|jdoe|machine.example"},
           Case{"a . b (c) . (d) e @ x . y", "|a.b.e|x.y"},
           Case{"\"john smith\"@example.org", "|john smith|example.org"},
           Case{"\"a\".b.\"c d\"@example.org", "|a.b.c d|example.org"},
           Case{"user@[192.0.2.1]", "|user|[192.0.2.1]"},
           Case{"user@[IPv6:2001:db8::1]", "|user|[IPv6:2001:db8::1]"},
           Case{"<@a.test,@b.test:c@d.test>, e@f.test", "|c|d.test & |e|f.test"},
           Case{"J\xC3\xB6rg <j\xC3\xB6rg@b\xC3\xBC"
                "cher.example>",
                "J\xC3\xB6rg|j\xC3\xB6rg|b\xC3\xBC"
                "cher.example"},
       }) {
    CAPTURE(one.text);
    CHECK(shape(one.text) == one.shape);
  }
}

TEST_CASE("forms of the wild are read without inventing an address") {
  for (const Case& one : {
           Case{"lili@sina.com (Li Si)", "Li Si|lili|sina.com"},
           Case{"demo@hotmail", "|demo|hotmail"},
           Case{"demo", "|demo|"},
           Case{"admin@a.com", "|admin|a.com"},
           Case{"(recipient list suppressed)", ""},
           Case{"ceo@bank.example <x@evil.example>", "ceo@bank.example|x|evil.example"},
           Case{"\"ceo@bank.example\" <x@evil.example>", "ceo@bank.example|x|evil.example"},
           Case{"J. R. \"Bob\" Dobbs <bob@x.example>", "J. R. Bob Dobbs|bob|x.example"},
           Case{"Name <a@b.example", "Name|a|b.example"},
           Case{"Name <a@b.example, Other <c@d.example>", "Name|a|b.example & Other|c|d.example"},
           Case{"Ann <a@x.example>; Bob <b@y.example>; c@z.example",
                "Ann|a|x.example & Bob|b|y.example & |c|z.example"},
           Case{"a@x.example b@y.example", "|a|x.example & |b|y.example"},
           Case{"<a@x.example> Bob <b@y.example>", "|a|x.example & Bob|b|y.example"},
           Case{"<<a@x.example>>", "|a|x.example"},
           Case{"Name [mailto:a@x.example]", "Name|a|x.example"},
           Case{"<mailto:a@x.example>", "|a|x.example"},
           Case{"mailto:a@x.example", "|a|x.example"},
           Case{"[List] Ann <a@x.example>", "[List] Ann|a|x.example"},
           Case{"Smile :( <a@x.example>", "(|a|x.example"},
           Case{"\"open quote <a@x.example>", "\"open quote|a|x.example"},
           Case{"a@b@c.example", "|a@b|c.example"},
           Case{"Name <>", "Name||"},
           Case{"<>", ""},
           Case{"a@", "|a|"},
           Case{"@b.example", "||b.example"},
           Case{"a..b.@c.example", "|a..b.|c.example"},
           Case{"No Information Here", ""},
           Case{"", ""},
           Case{",,,;", ""},
           Case{"a@x.example (one) (two)", "two|a|x.example"},
           Case{"=?utf-8?q?Doe,_John?= <a@x.example>", "Doe, John|a|x.example"},
           Case{"\"=?utf-8?b?TGkgU2k=?=\" <a@x.example>", "Li Si|a|x.example"},
           Case{"=?gb2312?B?wO7LxA==?= <a@x.example>", "\xE6\x9D\x8E\xE5\x9B\x9B|a|x.example"},
       }) {
    CAPTURE(one.text);
    CHECK(shape(one.text) == one.shape);
  }
}

TEST_CASE("what stands beside the mailboxes is kept") {
  const AddressList group = parse_addresses("undisclosed-recipients:;");
  REQUIRE(group.groups.size() == 1);
  CHECK(group.groups[0] == "undisclosed-recipients");
  const AddressList comment = parse_addresses("(recipient (list) suppressed)");
  REQUIRE(comment.comments.size() == 1);
  CHECK(comment.comments[0] == "recipient (list) suppressed");
  CHECK(parse_addresses("No Information Here").unread == "No Information Here");
  CHECK(parse_addresses("<a@b.example> trailing").unread == "trailing");
  CHECK(parse_addresses("Ann <a@b.example> (c)").unread.empty());
  CHECK(parse_addresses("a@b@c.example").unread == "a@b@c.example");
  CHECK(parse_addresses("<@a.test:b@c.test>").mailboxes[0].has_route);
  CHECK(parse_addresses("\"x y\"@c.test").mailboxes[0].quoted_local_part);
  CHECK(parse_addresses("=?utf-8?q?Li?= <a@b.test>").mailboxes[0].display_raw == "=?utf-8?q?Li?=");
}

TEST_CASE("an encoded word where an address must stand is marked") {
  CHECK(parse_addresses("=?utf-8?q?ceo=40bank.example?=").encoded_word_in_address);
  CHECK(parse_addresses("<=?utf-8?q?a?=@b.example>").encoded_word_in_address);
  CHECK_FALSE(parse_addresses("=?utf-8?q?a=40b?= <a@b.example>").encoded_word_in_address);
}

TEST_CASE("an address is written so that its @ can be told") {
  CHECK(parse_addresses("\"john\"@example.org").mailboxes[0].address() == "john@example.org");
  CHECK(parse_addresses("\"a@b\"@c.test").mailboxes[0].address() == "\"a@b\"@c.test");
  CHECK(parse_addresses("\"a\\\"b\"@c.test").mailboxes[0].address() == "\"a\\\"b\"@c.test");
  CHECK(parse_addresses("demo").mailboxes[0].address() == "demo");
  CHECK(parse_addresses("a@B.Example.").mailboxes[0].domain_name()->text() == "b.example");
  CHECK_FALSE(parse_addresses("a@[192.0.2.1]").mailboxes[0].domain_name());
  CHECK_FALSE(parse_addresses("demo").mailboxes[0].domain_name());
}

TEST_CASE("a path is read with or without its brackets") {
  CHECK(parse_path("<a@b.example>") == "a@b.example");
  CHECK(parse_path(" a@b.example ") == "a@b.example");
  CHECK(parse_path("<>") == "");
  CHECK(parse_path(" < > (null)") == "");
  CHECK(parse_path("<@x.example:a@b.example>") == "a@b.example");
  CHECK(parse_path("MAILER-DAEMON") == "MAILER-DAEMON");
  CHECK_FALSE(parse_path(""));
  CHECK_FALSE(parse_path("(nobody)"));
  CHECK_FALSE(parse_path("no path at all"));
}

TEST_CASE("hostile lists stay bounded") {
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "a@b.example, ";
  const AddressList list = parse_addresses(many);
  CHECK(list.truncated);
  CHECK(list.mailboxes.size() == AddressList::kMaxMailboxes);
  for (const char byte : {'(', ')', '[', ']', '"', '<', '>', ':', '@', '.', 'a', '\\'}) {
    CAPTURE(byte);
    CHECK(parse_addresses(std::string(1'000'000, byte)).mailboxes.size() <=
          AddressList::kMaxMailboxes);
  }
  const std::string full = "<" + std::string(20'000, '@') + "> x <a@b.example> <c@d.example>";
  CHECK(parse_addresses(full).mailboxes.size() <= 4);
  std::string words;
  for (int i = 0; i < 200'000; ++i) words += "=?x a@ ";
  CHECK(parse_addresses(words).mailboxes.size() <= AddressList::kMaxMailboxes);
}
