#include <string>
#include <vector>

#include "auth/spf/macro.hpp"
#include "support/catch.hpp"

namespace emltrace::spf {
namespace {

// The message of RFC 7208 7.4.
MacroValues example_values(std::string_view client = "192.0.2.3") {
  MacroValues values;
  values.sender = "strong-bad@email.example.com";
  values.local_part = "strong-bad";
  values.sender_domain = "email.example.com";
  values.domain = "email.example.com";
  values.validated = "mx.example.org";
  values.helo = "mx.example.org";
  values.receiver = "mx.example.net";
  values.set_client(*ip::Address::parse(client));
  values.set_time(Instant{std::chrono::seconds{1136073600}});
  return values;
}

std::string expanded(std::string_view text, const MacroValues& values = example_values()) {
  const auto parsed = parse_explain_string(text);
  INFO(text);
  REQUIRE(std::holds_alternative<MacroString>(parsed));
  return expand(std::get<MacroString>(parsed), values).value_or("(too long)");
}

struct Expansion {
  std::string_view text;
  std::string_view expected;
};

TEST_CASE("the macro examples of RFC 7208 section 7.4 expand as given there") {
  const std::vector<Expansion> rows{
      {"%{s}", "strong-bad@email.example.com"},
      {"%{o}", "email.example.com"},
      {"%{d}", "email.example.com"},
      {"%{d4}", "email.example.com"},
      {"%{d3}", "email.example.com"},
      {"%{d2}", "example.com"},
      {"%{d1}", "com"},
      {"%{dr}", "com.example.email"},
      {"%{d2r}", "example.email"},
      {"%{l}", "strong-bad"},
      {"%{l-}", "strong.bad"},
      {"%{lr}", "strong-bad"},
      {"%{lr-}", "bad.strong"},
      {"%{l1r-}", "strong"},
      {"%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"},
      {"%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"},
      {"%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"},
      {"%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"},
      {"%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(expanded(row.text) == row.expected);
  }
}

TEST_CASE("an IPv6 client is 32 nibbles for i, RFC 5952 text for c, and ip6 for v") {
  const auto values = example_values("2001:db8::cb01");
  const auto name = target_name(expanded("%{ir}.%{v}._spf.%{d2}", values));
  REQUIRE(name);
  CHECK(name->text() ==
        "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com");
  CHECK(expanded("%{c} %{v}", values) == "2001:db8::cb01 ip6");
}

TEST_CASE("macro letters, transformers and escapes") {
  MacroValues values = example_values();
  values.local_part = "a.b-c+d,e/f_g=h";
  values.helo = "we ird&co";
  const std::vector<Expansion> rows{
      {"", ""},
      {"plain text.", "plain text."},
      {"%{p} %{h} %{r} %{c} %{t}", "mx.example.org we ird&co mx.example.net 192.0.2.3 1136073600"},
      {"%%_%_%-", "%_ %20"},
      {"%{l}", "a.b-c+d,e/f_g=h"},
      {"%{l.-+,/_=}", "a.b.c.d.e.f.g.h"},
      {"%{lr.-+,/_=}", "h.g.f.e.d.c.b.a"},
      {"%{l2r.-+,/_=}", "b.a"},
      {"%{l2=}", "a.b-c+d,e/f_g.h"},
      {"%{l128+}", "a.b-c.d,e/f_g=h"},
      {"%{l99999999999999999999}", "a.b-c+d,e/f_g=h"},
      {"%{H}", "we%20ird%26co"},
      {"%{L}", "a.b-c%2Bd%2Ce%2Ff_g%3Dh"},
      {"%{LR+}", "d%2Ce%2Ff_g%3Dh.a.b-c"},
      {"%{D2R}", "example.email"},
      {"%{S}", "strong-bad%40email.example.com"},
      {"%{i}%{I}", "192.0.2.3192.0.2.3"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(expanded(row.text, values) == row.expected);
  }
}

TEST_CASE("URL escape leaves RFC 3986 unreserved characters alone") {
  MacroValues values = example_values();
  values.local_part = "~jack&jill=up-a_b3.c\xC3\xBC";
  CHECK(expanded("%{L}", values) == "~jack%26jill%3Dup-a_b3.c%C3%BC");
}

struct Fault {
  std::string_view text;
  std::size_t at;
};

TEST_CASE("a domain-spec ends in a top-level domain or a macro") {
  const std::vector<std::string_view> right{
      "example.com", "example.com.", ".com",          "a.b-c",      "%{d}",         "foo%%",
      "foo:b/r.com", "%{i}.x1",      "a.xn--zckzah",  "a._spf.c-1", "%{d2r.-}",     "_spf.%{d}",
      "x.1a",        "x.1-1",        "%{ir}.%{v}.ab", "a...com",    "a%_b.example",
  };
  for (const auto text : right) {
    INFO(text);
    CHECK(std::holds_alternative<MacroString>(parse_domain_spec(text)));
  }
  const std::vector<Fault> wrong{
      {"", 0},         {"museum", 0},   {"museum.", 0},   {"a.123", 2},     {"1.2.3.4", 6},
      {"a.-com", 2},   {"a.com-", 2},   {"a.c_m", 2},     {"a.com:80", 2},  {"%{d}x", 4},
      {"%{d}.", 4},    {"a.com/24", 2}, {"%(ir).x.a", 0}, {"a%.com", 1},    {"a.com%", 5},
      {"%{a}.com", 0}, {"%{d.com", 0},  {"%{d0}.com", 3}, {"%{d1rr}", 0},   {"%{dr1}", 0},
      {"%{r}.com", 0}, {"a.%{c}", 2},   {"%{T}.com", 0},  {"a b.com", 1},   {"a\x80.com", 1},
      {"a.com\r", 5},  {"%{}", 0},      {"%{", 0},        {"%{d!}.com", 0}, {"%{d00}", 3},
      {"a..", 2},      {".", 0},        {"%", 0},
  };
  for (const auto& row : wrong) {
    INFO(row.text);
    const auto parsed = parse_domain_spec(row.text);
    REQUIRE(std::holds_alternative<SyntaxError>(parsed));
    CHECK(std::get<SyntaxError>(parsed).at == row.at);
    CHECK(!std::get<SyntaxError>(parsed).what.empty());
  }
}

TEST_CASE("spaces and the letters c, r and t are for explanations alone") {
  CHECK(std::holds_alternative<MacroString>(parse_explain_string("you are %{c} to %{R} at %{t}")));
  CHECK(std::holds_alternative<MacroString>(parse_macro_string("%{l}/x:=y")));
  CHECK(std::holds_alternative<SyntaxError>(parse_macro_string("a b")));
  CHECK(std::holds_alternative<SyntaxError>(parse_explain_string("tab\there")));
  CHECK(std::holds_alternative<SyntaxError>(parse_explain_string("\xEF\xBB\xBFtext")));
  CHECK(std::holds_alternative<SyntaxError>(parse_explain_string("The %{x}-files.")));
}

TEST_CASE("a target above 253 octets loses labels from the left") {
  const std::string label(60, 'a');
  const std::string tail = "." + label + "." + label + "." + label + ".example.com";  // 195
  CHECK(target_name("x" + tail)->text() == "x" + tail);
  const std::string fits = std::string(58, 'b') + tail;
  REQUIRE(fits.size() == 253);
  CHECK(target_name(fits)->text() == fits);
  CHECK(target_name(fits + ".")->text() == fits);
  CHECK(target_name("b" + fits)->text() == tail.substr(1));
  CHECK(target_name("c.b." + fits)->text() == fits);
  CHECK(!target_name(std::string(300, 'x')));
}

TEST_CASE("a target that no DNS name can hold is none") {
  CHECK(!target_name(""));
  CHECK(!target_name("."));
  CHECK(!target_name("a..example"));
  CHECK(!target_name(".example"));
  CHECK(!target_name(std::string(64, 'a') + ".example"));
  CHECK(
      !target_name("b\xC3\xBC"
                   "cher.example"));
  CHECK(!target_name(std::string("a\0b.example", 11)));
  CHECK(target_name("two words.Example.")->text() == "two words.example");
}

TEST_CASE("an expansion stops at its cap") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "%{s}";
  CHECK(expanded(text) == "(too long)");
}

TEST_CASE("only the letter d keeps the message to oneself") {
  const auto tells = [](std::string_view text) {
    return std::get<MacroString>(parse_domain_spec(text)).tells_of_message();
  };
  CHECK(!tells("a.example"));
  CHECK(!tells("%{d}.example"));
  CHECK(!tells("a%_%%.example"));
  CHECK(tells("%{i}.example"));
  CHECK(tells("%{d}.%{l}.example"));
}

}  // namespace
}  // namespace emltrace::spf
