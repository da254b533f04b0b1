#include <random>

#include "dns/wire.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;
namespace wire = emltrace::dns::wire;
using dns::Question;
using dns::Type;
using emltrace::DomainName;
using namespace std::string_literals;

namespace {

Question question(std::string_view name, Type type) {
  return {*DomainName::parse(name), type};
}

// RFC 1035 4.1, by hand. Header: id, flags, counts of the four sections.
const std::string kQuestion =
    "\x07"
    "example"
    "\x03"
    "org"
    "\x00\x00\x0F\x00\x01"s;                                                         // MX IN
const std::string kReplyHead = "\x12\x34\x81\xA0\x00\x01\x00\x02\x00\x00\x00\x00"s;  // QR RD RA AD
const std::string kNullMx = "\xC0\x0C\x00\x0F\x00\x01\x00\x00\x01\x2C\x00\x03\x00\x00\x00"s;
const std::string kMx = "\xC0\x0C\x00\x0F\x00\x01\x00\x00\x01\x2C\x00\x07\x00\x0A\x02mx\xC0\x0C"s;

/// A reply to `example.org TYPE` with one record of that type.
std::string reply_with(Type type, const std::string& rdata) {
  const char number = static_cast<char>(type);
  std::string out = "\x12\x34\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00"s;
  out +=
      "\x07"
      "example"
      "\x03"
      "org"
      "\x00\x00"s +
      number + "\x00\x01"s;
  out += "\xC0\x0C\x00"s + number + "\x00\x01\x00\x00\x00\x3C\x00"s;
  return out + static_cast<char>(rdata.size()) + rdata;
}

wire::Reply decode(const std::string& bytes) {
  auto reply = wire::decode_reply(bytes);
  INFO((reply ? "" : reply.error()));
  REQUIRE(reply);
  return *reply;
}

}  // namespace

TEST_CASE("a query asks with RD and AD, and with EDNS offers 1232 bytes (RFC 6891 6.1.2)") {
  const std::string plain = "\x12\x34\x01\x20\x00\x01\x00\x00\x00\x00\x00\x00"s + kQuestion;
  CHECK(wire::encode_query(question("example.org", Type::mx), 0x1234, false) == plain);
  std::string edns = plain + "\x00\x00\x29\x04\xD0\x00\x00\x00\x00\x00\x00"s;
  edns[11] = 1;
  CHECK(wire::encode_query(question("Example.ORG.", Type::mx), 0x1234, true) == edns);
}

TEST_CASE("odd octets of a name go into the labels as they are, without escapes") {
  const auto name = DomainName::parse_octets("a\\b._x%(y).\"q\".example");
  REQUIRE(name);
  const auto query = wire::encode_query({*name, Type::a}, 1, false);
  CHECK(query.find("\x03"
                   "a\\b"
                   "\x06_x%(y)"
                   "\x03\"q\"\x07"
                   "example\0"s) == 12);
}

TEST_CASE("the longest label and the longest name are encoded whole") {
  const std::string label(63, 'a');
  const std::string name = label + "." + label + "." + label + "." + std::string(61, 'b');
  REQUIRE(name.size() == 253);
  CHECK(wire::encode_query(question(name, Type::a), 1, false).size() == 12 + 255 + 4);
}

TEST_CASE("a reply counts where id, response bit and question are those of the query") {
  const std::string query = wire::encode_query(question("example.org", Type::mx), 0x1234, true);
  const std::string right = kReplyHead + kQuestion + kNullMx + kMx;
  CHECK(wire::answers(query, right));

  std::string upper = right;
  upper[13] = 'E';
  CHECK(wire::answers(query, upper));

  const auto changed = [&](std::size_t at, char value) {
    std::string bytes = right;
    bytes[at] = value;
    return bytes;
  };
  CHECK_FALSE(wire::answers(query, changed(1, 0x35)));    // id
  CHECK_FALSE(wire::answers(query, changed(2, 0x01)));    // a query, not a response
  CHECK_FALSE(wire::answers(query, changed(2, '\x91')));  // opcode STATUS
  CHECK_FALSE(wire::answers(query, changed(5, 0)));       // no question
  CHECK_FALSE(wire::answers(query, changed(5, 2)));       // two of them
  CHECK_FALSE(wire::answers(query, changed(14, 'y')));    // name
  CHECK_FALSE(wire::answers(query, changed(26, 0x01)));   // type
  CHECK_FALSE(wire::answers(query, changed(28, 0x03)));   // class
  for (std::size_t size = 0; size < 12 + kQuestion.size(); ++size) {
    CHECK_FALSE(wire::answers(query, right.substr(0, size)));
  }
}

TEST_CASE("FORMERR may come without the question, another code may not") {
  const std::string query = wire::encode_query(question("example.org", Type::mx), 0x1234, true);
  CHECK(wire::answers(query, "\x12\x34\x81\x81\0\0\0\0\0\0\0\0"s));
  CHECK_FALSE(wire::answers(query, "\x12\x34\x81\x82\0\0\0\0\0\0\0\0"s));
}

TEST_CASE("truncation is told by the TC bit alone") {
  CHECK(wire::truncated("\x12\x34\x83\x80\0\0\0\0\0\0\0\0"s));
  CHECK_FALSE(wire::truncated("\x12\x34\x81\x80\0\0\0\0\0\0\0\0"s));
  CHECK_FALSE(wire::truncated("\x12\x34\x83"s));
}

TEST_CASE("MX records are read, compressed names and the null MX included") {
  const auto reply = decode(kReplyHead + kQuestion + kNullMx + kMx);
  CHECK(reply.rcode == wire::kNoError);
  CHECK(reply.authenticated);
  REQUIRE(reply.records.size() == 2);
  CHECK(reply.records[0].owner.text() == "example.org");
  CHECK(reply.records[0].ttl == 300);
  CHECK(std::get<dns::MailExchange>(reply.records[0].data) == dns::MailExchange{0, std::nullopt});
  CHECK(std::get<dns::MailExchange>(reply.records[1].data) ==
        dns::MailExchange{10, DomainName::parse("mx.example.org")});
}

TEST_CASE("addresses, names and character-strings are read as the bytes they are") {
  CHECK(std::get<emltrace::ip::Address>(
            decode(reply_with(Type::a, "\xC0\x00\x02\x01"s)).records[0].data)
            .text() == "192.0.2.1");
  CHECK(std::get<emltrace::ip::Address>(
            decode(reply_with(Type::aaaa, "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x01"s))
                .records[0]
                .data)
            .text() == "2001:db8::1");
  CHECK(std::get<DomainName>(decode(reply_with(Type::ptr, "\x04Host\xC0\x0C"s)).records[0].data)
            .text() == "host.example.org");
  CHECK(std::get<dns::Text>(decode(reply_with(Type::txt,
                                              "\x03"
                                              "a\0\xFF\x00\x01z"s))
                                .records[0]
                                .data)
            .strings == std::vector<std::string>{"a\0\xFF"s, "", "z"});
  CHECK(std::get<dns::Text>(decode(reply_with(Type::spf, "\x01x"s)).records[0].data).strings ==
        std::vector<std::string>{"x"});
}

TEST_CASE("a name that cannot be held is counted, never changed into another one") {
  struct Row {
    std::string_view why;
    std::string rdata;
  };
  const Row row = GENERATE(Row{"a dot inside a label",
                               "\x03"
                               "a.b\xC0\x0C"s},
                           Row{"a NUL",
                               "\x03"
                               "a\0b\xC0\x0C"s},
                           Row{"an 8-bit octet", "\x02\xC3\xA9\xC0\x0C"s},
                           Row{"an escape character of a terminal", "\x02\x1B[\xC0\x0C"s},
                           Row{"the root", "\x00"s});
  CAPTURE(row.why);
  const auto reply = decode(reply_with(Type::ptr, row.rdata));
  CHECK(reply.records.empty());
  CHECK(reply.unreadable == 1);
}

TEST_CASE("a space in a label is kept (RFC 2181 11)") {
  const auto reply = decode(reply_with(Type::ptr,
                                       "\x03"
                                       "a b\xC0\x0C"s));
  CHECK(std::get<DomainName>(reply.records.at(0).data).text() == "a b.example.org");
}

TEST_CASE("records of other types and classes in the answer section are passed over") {
  const std::string rrsig_like = "\xC0\x0C\x00\x63\x00\x03\x00\x00\x00\x00\x00\x02\x01x"s;  // CHAOS
  auto bytes = kReplyHead + kQuestion + kMx + rrsig_like;
  const auto reply = decode(bytes);
  CHECK(reply.records.size() == 1);
  CHECK(reply.unreadable == 0);
}

TEST_CASE("a SOA in the authority section tells the zone and how long 'no' holds (RFC 2308 5)") {
  std::string bytes = "\x12\x34\x81\x83\x00\x01\x00\x00\x00\x01\x00\x00"s + kQuestion;
  bytes += "\xC0\x0C\x00\x06\x00\x01\x00\x00\x0E\x10\x00\x18\xC0\x0C\xC0\x0C"s;
  bytes += "\0\0\0\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0\x78"s;
  const auto reply = decode(bytes);
  CHECK(reply.rcode == wire::kNxDomain);
  CHECK(reply.negative_proof);
  CHECK(reply.zone == DomainName::parse("example.org"));
  CHECK(reply.negative_ttl == 120);
  CHECK_FALSE(reply.referral);
}

TEST_CASE("name servers without an answer and without authority are a referral") {
  const std::string ns = "\xC0\x0C\x00\x02\x00\x01\x00\x00\x0E\x10\x00\x05\x02ns\xC0\x0C"s;
  const std::string lame = "\x12\x34\x81\x00\x00\x01\x00\x00\x00\x01\x00\x00"s + kQuestion + ns;
  CHECK(decode(lame).referral);
  std::string authoritative = lame;
  authoritative[2] = '\x85';
  CHECK_FALSE(decode(authoritative).referral);
}

TEST_CASE("the upper bits of the response code come from EDNS (RFC 6891 6.1.3)") {
  std::string bytes = "\x12\x34\x81\x80\x00\x01\x00\x00\x00\x00\x00\x01"s + kQuestion;
  bytes += "\x00\x00\x29\x04\xD0\x01\x00\x00\x00\x00\x00"s;
  CHECK(decode(bytes).rcode == wire::kBadVers);
  CHECK(wire::rcode_name(wire::kBadVers) == "BADVERS");
  CHECK(wire::rcode_name(wire::kServFail) == "SERVFAIL");
  CHECK(wire::rcode_name(4095) == "RCODE 4095");
}

TEST_CASE("a name that points at itself, or ahead, is malformed and does not hang") {
  CHECK_FALSE(wire::decode_reply(
      "\x12\x34\x81\x80\x00\x01\x00\x00\x00\x00\x00\x00\xC0\x0C\x00\x01\x00\x01"s));
  CHECK_FALSE(wire::decode_reply(reply_with(Type::ptr, "\xC0\x2A"s)));
  CHECK_FALSE(wire::decode_reply(reply_with(Type::ptr, "\xFF\xFF"s)));
}

TEST_CASE("a reply cut short anywhere is malformed, with a reason") {
  const std::string whole = kReplyHead + kQuestion + kNullMx + kMx;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    const auto reply = wire::decode_reply(whole.substr(0, size));
    REQUIRE_FALSE(reply);
    CHECK(reply.error().starts_with("malformed reply: "));
  }
}

TEST_CASE("random damage to a reply never does harm") {
  const std::string whole = kReplyHead + kQuestion + kNullMx + kMx;
  std::mt19937 random(20261122);
  for (int i = 0; i < 20000; ++i) {
    std::string bytes = whole;
    for (int change = 0; change < 3; ++change) {
      bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    }
    const auto reply = wire::decode_reply(bytes);
    if (reply) CHECK(reply->records.size() <= 2);
  }
}
