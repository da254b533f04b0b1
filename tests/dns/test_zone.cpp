#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "dns/zone.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;
using dns::Answer;
using dns::Status;
using dns::Type;
using dns::Zone;
using emltrace::DomainName;

namespace {

Zone zone_of(std::string_view text) {
  Zone zone;
  const auto added = zone.add_text(text, "test.zone");
  INFO((added ? "" : added.error()));
  REQUIRE(added);
  return zone;
}

Answer look(const Zone& zone, std::string_view name, Type type) {
  return zone.lookup({*DomainName::parse(name), type});
}

std::string error_of(std::string_view text) {
  Zone zone;
  const auto added = zone.add_text(text, "a.zone");
  REQUIRE_FALSE(added);
  return added.error();
}

}  // namespace

TEST_CASE("the syntax of master files is read (RFC 1035 5.1)") {
  const Zone zone = zone_of(R"(
; a comment
$TTL 1h
$ORIGIN example.org.
@        SOA  ns hostmaster ( 1 ; serial
              3600 600 86400 120 )
         MX   10 mx            ; the owner is the one before
         MX   0 .
mx  300  IN A 192.0.2.1
    IN 600 AAAA 2001:db8::1
in  IN 1h A 192.0.2.9
long     TXT ( "one "
               "two" )
semi     TXT "a;b \"c\" \\ \065"
bare     TXT unquoted
other.   NS  ns.example.net.
$ORIGIN sub.example.org.
a        CNAME b
)");
  CHECK(look(zone, "example.org", Type::mx).exchanges().size() == 2);
  CHECK_FALSE(look(zone, "example.org", Type::mx).exchanges()[0].exchange);
  CHECK(look(zone, "example.org", Type::mx).exchanges()[1].exchange->text() == "mx.example.org");
  CHECK(look(zone, "example.org", Type::mx).records[0].ttl == 3600);
  CHECK(look(zone, "mx.example.org", Type::a).addresses()[0].text() == "192.0.2.1");
  CHECK(look(zone, "mx.example.org", Type::a).records[0].ttl == 300);
  CHECK(look(zone, "MX.Example.Org.", Type::aaaa).addresses()[0].text() == "2001:db8::1");
  CHECK(look(zone, "mx.example.org", Type::aaaa).records[0].ttl == 600);
  CHECK(look(zone, "in.example.org", Type::a).records[0].ttl == 3600);
  CHECK(look(zone, "long.example.org", Type::txt).texts()[0] == "one two");
  CHECK(look(zone, "semi.example.org", Type::txt).texts()[0] == "a;b \"c\" \\ A");
  CHECK(look(zone, "bare.example.org", Type::txt).texts()[0] == "unquoted");
  CHECK(look(zone, "other", Type::ns).status == Status::ok);
  CHECK(look(zone, "a.sub.example.org", Type::cname).status == Status::ok);
}

TEST_CASE("text that looks like class and TTL inside parentheses is left alone") {
  const Zone zone = zone_of("b.x TXT (\n IN 300\n)\n IN 60 A 192.0.2.1\n");
  CHECK(look(zone, "b.x", Type::txt).texts()[0] == "IN300");
  CHECK(look(zone, "b.x", Type::a).records[0].ttl == 60);
}

TEST_CASE("without $ORIGIN relative names are relative to the root, and no SOA is needed") {
  const Zone zone = zone_of("example.org A 192.0.2.1\n_dmarc.example.org TXT \"v=DMARC1; p=none\"");
  CHECK(look(zone, "example.org", Type::a).status == Status::ok);
  CHECK(look(zone, "_dmarc.example.org", Type::txt).texts()[0] == "v=DMARC1; p=none");
}

TEST_CASE("lines may end in CRLF, the last one in nothing") {
  const Zone zone =
      zone_of("a.example A 192.0.2.1\r\n\r\nb.example TXT \"x\"\r\nc.example A 192.0.2.3");
  CHECK(look(zone, "a.example", Type::a).status == Status::ok);
  CHECK(look(zone, "b.example", Type::txt).texts()[0] == "x");
  CHECK(look(zone, "c.example", Type::a).status == Status::ok);
}

TEST_CASE("a name is there, above one that is, or does not exist (RFC 8020)") {
  const Zone zone = zone_of("a.b.c.example A 192.0.2.1\n");
  CHECK(look(zone, "a.b.c.example", Type::a).status == Status::ok);
  CHECK(look(zone, "a.b.c.example", Type::aaaa).status == Status::no_data);
  CHECK(look(zone, "b.c.example", Type::a).status == Status::no_data);
  CHECK(look(zone, "example", Type::a).status == Status::no_data);
  CHECK(look(zone, "x.b.c.example", Type::a).status == Status::no_such_name);
  CHECK(look(zone, "x.a.b.c.example", Type::a).status == Status::no_such_name);
  CHECK(look(zone, "ab.c.example", Type::a).status == Status::no_such_name);
}

TEST_CASE("a record of a type that is not understood still makes its name exist") {
  const Zone zone = zone_of("_sip._tcp.example SRV 0 0 5060 sip.example\n");
  CHECK(look(zone, "_sip._tcp.example", Type::a).status == Status::no_data);
}

TEST_CASE("wildcards answer as the table of RFC 4592 2.2.1 says") {
  const Zone zone = zone_of(R"($ORIGIN example.
*                 TXT "this is a wildcard"
*                 MX 10 host1
sub.*             TXT "this is not a wildcard"
host1             A 192.0.2.1
_ssh._tcp.host1   SRV 0 0 22 host1
subdel            NS ns.example.com.
)");
  struct Row {
    std::string_view name;
    Type type;
    Status status;
  };
  const Row row = GENERATE(Row{"host3.example", Type::mx, Status::ok},
                           Row{"host3.example", Type::a, Status::no_data},
                           Row{"foo.bar.example", Type::txt, Status::ok},
                           Row{"host1.example", Type::mx, Status::no_data},
                           Row{"sub.*.example", Type::mx, Status::no_data},
                           Row{"_telnet._tcp.host1.example", Type::txt, Status::no_such_name},
                           Row{"_tcp.host1.example", Type::txt, Status::no_data},
                           Row{"ghost.*.example", Type::mx, Status::no_such_name});
  CAPTURE(row.name);
  const Answer answer = look(zone, row.name, row.type);
  CHECK(answer.status == row.status);
  for (const auto& record : answer.records) CHECK(record.owner.text() == row.name);
}

TEST_CASE("aliases are followed, and shown in front of the records") {
  const Zone zone = zone_of(R"(
www.example   60 CNAME web.example
web.example   30 CNAME host.example
host.example  A 192.0.2.1
gone.example  CNAME absent.example
empty.example CNAME host.example
)");
  const Answer answer = look(zone, "www.example", Type::a);
  CHECK(answer.status == Status::ok);
  REQUIRE(answer.records.size() == 3);
  CHECK(answer.records[0].type == Type::cname);
  CHECK(answer.records[0].ttl == 60);
  CHECK(answer.records[2].owner.text() == "host.example");
  CHECK(look(zone, "gone.example", Type::a).status == Status::no_such_name);
  CHECK(look(zone, "empty.example", Type::mx).status == Status::no_data);
  CHECK(look(zone, "www.example", Type::cname).records.size() == 1);
}

TEST_CASE("aliases in a loop, or too many of them, are a failure with its reason") {
  CHECK(look(zone_of("a.x CNAME b.x\nb.x CNAME a.x\n"), "a.x", Type::a).status == Status::failed);
  CHECK(look(zone_of("a.x CNAME a.x\n"), "a.x", Type::a).reason == "an alias loop");
  std::string chain;
  for (int i = 0; i < 40; ++i) {
    chain += "n" + std::to_string(i) + ".x CNAME n" + std::to_string(i + 1) + ".x\n";
  }
  const Zone zone = zone_of(chain + "n40.x A 192.0.2.1\n");
  CHECK(look(zone, "n0.x", Type::a).reason == "too many aliases");
  CHECK(look(zone, "n30.x", Type::a).status == Status::ok);
}

TEST_CASE("an error names the file and the line of the record") {
  struct Row {
    std::string_view text;
    std::string_view start;
  };
  const Row row =
      GENERATE(Row{"a.x A 192.0.2.256\n", "a.zone:1: "},
               Row{"a.x A 192.0.2.1\n\n; comment\n\nb.x A none\n", "a.zone:5: "},
               Row{"a.x TXT ( \"x\"\n \"y\" )\nb.x FOO bar\nc.x A 1.2.3.4\n", "a.zone:3: "},
               Row{"a.x A 192.0.2.1\n$INCLUDE other.zone\n", "a.zone:2: $INCLUDE is not read"},
               Row{"\n$GENERATE 1-3 h$ A 192.0.2.$\n", "a.zone:2: $GENERATE is not read"},
               Row{"a.x A 192..2\n", "a.zone:1: "}, Row{"a.x IN A MX b..x\n", "a.zone:1: "},
               Row{"a.x CNAME b.x c..x y\n", "a.zone:1: "}, Row{"a.x MX ten mx.x\n", "a.zone:1: "});
  CAPTURE(row.text);
  const std::string error = error_of(row.text);
  CAPTURE(error);
  CHECK(error.starts_with(row.start));
  CHECK((error.size() > row.start.size() || row.start.ends_with("read")));
  CHECK(error.find('\n') == std::string::npos);
}

TEST_CASE("what no question can be about is left out, and the rest is read") {
  const Zone zone = zone_of(
      ". A 192.0.2.1\na\\.b.x A 192.0.2.1\na.x CH TXT \"x\"\nroot.x CNAME .\nb.x A 192.0.2.7\n");
  CHECK(look(zone, "b.x", Type::a).status == Status::ok);
  CHECK(look(zone, "a.x", Type::txt).status == Status::no_such_name);
  CHECK(look(zone, "root.x", Type::a).status == Status::no_data);
}

TEST_CASE("each record that no question can be about is counted, and the rest is read") {
  const std::string label(64, 'a');
  const std::string text =
      "\xEF\xBB\xBF"
      "bom.x A 192.0.2.1\n"
      ". A 192.0.2.2\n"
      "b\xC3\xBC"
      "cher.x A 192.0.2.3\n"
      "b\\195\\188cher.x A 192.0.2.3\n" +
      label + ".x A 192.0.2.4\n" +
      "a..x A 192.0.2.5\n"
      "owner.x A 192.0.2.6\n"
      "  CNAME " +
      label + ".x\n" +
      "mx.x 300 IN MX ( 10\n a..x )\n"
      "null.x MX 0 .\n"
      "ch.x CH TXT \"x\"\n"
      "alias.x CNAME .\n"
      "ptr.x PTR b\xC3\xBC.x\n"
      "last.x A 192.0.2.9\n";
  const Zone zone = zone_of(text);
  CHECK(zone.skipped() == 10);
  CHECK(look(zone, "bom.x", Type::a).status == Status::ok);
  CHECK(look(zone, "owner.x", Type::a).status == Status::ok);
  CHECK(look(zone, "last.x", Type::a).status == Status::ok);
  CHECK(look(zone, "alias.x", Type::a).status == Status::no_data);
  CHECK(look(zone, "ptr.x", Type::ptr).status == Status::no_data);
  CHECK(look(zone, "null.x", Type::mx).exchanges().size() == 1);
}

TEST_CASE("nothing is counted in a zone file that is all about names") {
  CHECK(zone_of("$ORIGIN x.\n@ A 192.0.2.1\n_dmarc TXT \"a..b\"\n*.w A 192.0.2.1\ns SRV 0 0 1 t\n"
                "n MX 0 .\n" +
                std::string(63, 'a') + " A 192.0.2.1\n")
            .skipped() == 0);
}

TEST_CASE("a DNAME redirects what is below its owner, and nothing else (RFC 6672)") {
  const Zone zone = zone_of(R"(
old.example       60 DNAME new.example
old.example          MX    10 mx.new.example
there.old.example    A     192.0.2.9
www.new.example      A     192.0.2.1
a.b.new.example      TXT   "deep"
*.w.example          A     192.0.2.7
w.example            DNAME new.example
)");
  const Answer www = look(zone, "www.old.example", Type::a);
  CHECK(www.status == Status::ok);
  REQUIRE(www.records.size() == 2);
  CHECK(www.records[0].type == Type::cname);
  CHECK(www.records[0].owner.text() == "www.old.example");
  CHECK(www.records[0].ttl == 60);
  CHECK(std::get<DomainName>(www.records[0].data).text() == "www.new.example");
  CHECK(www.addresses()[0].text() == "192.0.2.1");
  CHECK(look(zone, "a.b.old.example", Type::txt).texts().at(0) == "deep");
  CHECK(look(zone, "www.old.example", Type::cname).records.size() == 1);
  CHECK(look(zone, "gone.old.example", Type::a).status == Status::no_such_name);
  CHECK(look(zone, "old.example", Type::a).status == Status::no_data);
  CHECK(look(zone, "old.example", Type::mx).status == Status::ok);
  CHECK(look(zone, "there.old.example", Type::a).addresses()[0].text() == "192.0.2.9");
  CHECK(look(zone, "bold.example", Type::a).status == Status::no_such_name);
  // The redirection of the closest encloser goes before the wildcard below it.
  CHECK(look(zone, "www.w.example", Type::a).addresses()[0].text() == "192.0.2.1");
}

TEST_CASE("redirections in a loop are a failure, one to a name too long is no data") {
  CHECK(look(zone_of("a.x DNAME b.x\nb.x DNAME a.x\n"), "q.a.x", Type::a).reason ==
        "an alias loop");
  CHECK(look(zone_of("x DNAME y.x\n"), "q.x", Type::a).status == Status::failed);
  std::string longest;
  for (int i = 0; i < 4; ++i) longest += std::string(57, 'n') + ".";
  const Zone zone = zone_of("a.x DNAME " + longest + "\n");
  CHECK(look(zone, "short.a.x", Type::a).status == Status::no_such_name);
  CHECK(look(zone, std::string(40, 'q') + ".a.x", Type::a).status == Status::no_data);
}

TEST_CASE("a zone text with an error adds nothing") {
  Zone zone;
  CHECK_FALSE(zone.add_text("a.x A 192.0.2.1\nb.x A none\n", "a.zone"));
  CHECK(look(zone, "a.x", Type::a).status == Status::no_such_name);
}

TEST_CASE("NUL and binary bytes are errors, not crashes") {
  CHECK(error_of(std::string("a.x A 1.2.3.4\n\0b.x A 1.2.3.4\n", 29)).starts_with("a.zone:2: "));
  Zone zone;
  std::string bytes;
  for (int i = 1; i < 4096; ++i) bytes += static_cast<char>(i * 7 % 255 + 1);
  CHECK_FALSE(zone.add_text(bytes, "binary"));
}

TEST_CASE("files add up, and a file that cannot be read is named with the reason") {
  const auto folder = std::filesystem::temp_directory_path();
  const std::string path = (folder / ("emltrace-zone-" + std::to_string(::getpid()))).string();
  std::ofstream(path) << "b.example A 192.0.2.2\n";
  Zone zone = zone_of("a.example A 192.0.2.1\n");
  const auto added = zone.add_file(path);
  REQUIRE(added);
  CHECK(*added == 1);
  CHECK(look(zone, "a.example", Type::a).status == Status::ok);
  CHECK(look(zone, "b.example", Type::a).status == Status::ok);
  std::filesystem::remove(path);
  CHECK(zone.add_file(path).error() == path + ": No such file or directory");
  CHECK(zone.add_file(folder.string()).error() == folder.string() + ": Is a directory");
}

TEST_CASE("an empty zone knows no name") {
  const Zone zone = zone_of("");
  CHECK(look(zone, "example.org", Type::a).status == Status::no_such_name);
}
