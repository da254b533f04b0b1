// What a server can do wrong with one question, row by row, and what is said of it.

#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "dns/ask.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"

namespace dns = emltrace::dns;
using dns::Answer;
using dns::Resolver;
using dns::Source;
using dns::Status;
using dns::Type;
using emltrace::DomainName;
using namespace emltrace::test;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

const std::string kAddress = "\xC0\x00\x02\x01"s;  // 192.0.2.1

/// A reply to the question with one record of the type asked for.
std::string with_data(const Query& query, std::string_view data, std::uint8_t rcode = 0,
                      std::uint32_t ttl = 300) {
  std::string out = reply_head(query, rcode, false, {1, 0});
  put_record(out, query.asked.name, query.asked.type, ttl, data);
  return out;
}

std::string right(const Query& query) {
  return with_data(query, kAddress);
}

std::string changed(std::string bytes, std::size_t at, char to) {
  bytes.at(at) = to;
  return bytes;
}

/// One record whose owner is `pointer`, at an offset that is told.
std::string owned_by(const Query& query, const std::string& owner) {
  return reply_head(query, 0, false, {1, 0}) + owner + "\0\1\0\1\0\0\1\x2C\0\4"s + kAddress;
}

std::string pointer_to(std::size_t offset) {
  std::string out;
  put16(out, 0xC000U | offset);
  return out;
}

std::size_t end_of_question(const Query& query) {
  return kDnsHeader + query.section.size();
}

/// NAME → 1.NAME → 2.NAME …, and nothing at the last one.
std::string aliases(const Query& query, int links) {
  const auto at = [&](int i) {
    return i == 0 ? query.asked.name : std::to_string(i) + "." + query.asked.name;
  };
  std::string out = reply_head(query, 0, false, {static_cast<std::size_t>(links) + 1, 0});
  for (int i = 0; i < links; ++i) {
    put_record(out, at(i), Type::cname, 300, rdata_of(*DomainName::parse(at(i + 1))));
  }
  put_record(out, at(links), Type::a, 300, kAddress);
  return out;
}

/// TC over UDP, and what `over_tcp` makes over TCP.
template <class Make>
Maker truncated_then(Make over_tcp) {
  return [=](const Query& query) {
    return query.asked.tcp ? over_tcp(query) : truncate(query, right(query));
  };
}

std::string upper_question(const Query& query) {
  Query loud = query;
  for (char& c : loud.section) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return right(loud);
}

struct Row {
  std::string what;
  Maker make;
  Status status;
  std::string reason;  ///< `{}` is the server; what begins with `…` ends so
  Type type = Type::a;
};

// The library's words for what is malformed are its own.
const std::string kMalformed = "malformed reply: …";

std::vector<Row> rows() {
  const auto data = [](std::string bytes) {
    return [bytes = std::move(bytes)](const Query& query) { return with_data(query, bytes); };
  };
  const auto code = [](std::uint8_t rcode) {
    return [rcode](const Query& query) { return reply_head(query, rcode, false, {}); };
  };
  const auto silent = Status::timed_out;
  const std::string unheard = "no answer from {}";
  return {
      // Not a reply to this question: waited past.
      {"another id", [](const Query& q) { return changed(right(q), 0, ~right(q)[0]); }, silent,
       unheard},
      {"a query, no reply (QR=0)", [](const Query& q) { return changed(right(q), 2, 1); }, silent,
       unheard},
      {"another opcode", [](const Query& q) { return changed(right(q), 2, '\x91'); }, silent,
       unheard},
      {"two questions", [](const Query& q) { return changed(right(q), 5, 2); }, silent, unheard},
      {"no question",
       [](const Query& q) { return changed(right(q), 5, 0).erase(kDnsHeader, q.section.size()); },
       silent, unheard},
      {"another name", [](const Query& q) { return changed(right(q), 13, 'z'); }, silent, unheard},
      {"another type", [](const Query& q) { return changed(right(q), end_of_question(q) - 3, 28); },
       silent, unheard},
      {"another class", [](const Query& q) { return changed(right(q), end_of_question(q) - 1, 3); },
       silent, unheard},
      {"eleven bytes", [](const Query& q) { return right(q).substr(0, 11); }, silent, unheard},
      {"the name in capitals (names have no case, RFC 4343)", upper_question, Status::ok, ""},

      // Codes.
      {"FORMERR", code(1), Status::failed, "FORMERR from {}"},
      {"SERVFAIL", code(2), Status::failed, "SERVFAIL from {}"},
      {"NXDOMAIN", code(3), Status::no_such_name, ""},
      {"NOTIMP", code(4), Status::failed, "NOTIMP from {}"},
      {"REFUSED", code(5), Status::refused, "REFUSED from {}"},
      {"a code without a name", code(15), Status::failed, "RCODE 15 from {}"},

      // What says two things at once.
      {"NXDOMAIN with the record", [](const Query& q) { return with_data(q, kAddress, 3); },
       Status::failed, "{} says NXDOMAIN and gives records of the type"},
      {"SERVFAIL with the record", [](const Query& q) { return with_data(q, kAddress, 2); },
       Status::failed, "SERVFAIL from {}"},
      {"a record of another name alone",
       [](const Query& q) { return owned_by(q, "\5other\7example\0"s); }, Status::failed,
       "{} answers with records of other names or types"},
      {"a record of another type alone",
       [](const Query& q) {
         std::string out = reply_head(q, 0, false, {1, 0});
         put_record(out, q.asked.name, Type::txt, 300, "\1x");
         return out;
       },
       Status::failed, "{} answers with records of other names or types"},
      {"fewer records than counted", [](const Query& q) { return changed(right(q), 7, 9); },
       Status::failed, kMalformed},
      {"bytes behind the last record", [](const Query& q) { return right(q) + "more"; }, Status::ok,
       ""},

      // Names.
      {"a pointer at itself",
       [](const Query& q) { return owned_by(q, pointer_to(end_of_question(q))); }, Status::failed,
       kMalformed},
      {"pointers in a circle",
       [](const Query& q) {
         const std::size_t at = end_of_question(q);
         return owned_by(q, "\1a"s + pointer_to(at + 4) + pointer_to(at));
       },
       Status::failed, kMalformed},
      {"a pointer ahead",
       [](const Query& q) { return owned_by(q, pointer_to(end_of_question(q) + 16)); },
       Status::failed, kMalformed},
      {"a pointer beyond the end", [](const Query& q) { return owned_by(q, pointer_to(0x3FFF)); },
       Status::failed, kMalformed},
      {"a label of a kind that is not in use",
       [](const Query& q) { return owned_by(q, "\x80zz\0"s); }, Status::failed, kMalformed},

      // Data shorter or longer than their type.
      {"an A record of 0 bytes", data(""), Status::failed, kMalformed},
      {"an A record of 3 bytes", data("\1\2\3"), Status::failed, kMalformed},
      {"an A record of 5 bytes", data("\1\2\3\4\5"), Status::failed, kMalformed},
      {"an AAAA record of 4 bytes", data(kAddress), Status::failed, kMalformed, Type::aaaa},
      {"an MX record of 1 byte", data("\1"), Status::failed, kMalformed, Type::mx},
      {"an MX record without a name", data("\0\1"s), Status::failed, kMalformed, Type::mx},
      {"a PTR record of 0 bytes", data(""), Status::failed, kMalformed, Type::ptr},
      {"a PTR record of two names", data("\1a\0\1b\0"s), Status::failed, kMalformed, Type::ptr},
      {"a TXT record of 0 bytes (RFC 1035 3.3.14: one string at least)", data(""), Status::failed,
       kMalformed, Type::txt},
      {"a TXT string beyond its record", data("\5abc"), Status::failed, kMalformed, Type::txt},
      {"a record beyond the reply",
       [](const Query& q) { return right(q).substr(0, right(q).size() - 2); }, Status::failed,
       kMalformed},

      // Times to live (RFC 2181 8, RFC 8767 4: a number without a sign, kept no longer than a day).
      {"a TTL of 0", [](const Query& q) { return with_data(q, kAddress, 0, 0); }, Status::ok, ""},
      {"the greatest TTL", [](const Query& q) { return with_data(q, kAddress, 0, 0xFFFFFFFFU); },
       Status::ok, ""},

      // Aliases.
      {"an alias to itself",
       [](const Query& q) {
         std::string out = reply_head(q, 0, false, {1, 0});
         put_record(out, q.asked.name, Type::cname, 300,
                    rdata_of(*DomainName::parse(q.asked.name)));
         return out;
       },
       Status::failed, "an alias loop"},
      {"as many aliases as are followed",
       [](const Query& q) { return aliases(q, static_cast<int>(dns::kMaxAliases)); }, Status::ok,
       ""},
      {"one alias more",
       [](const Query& q) { return aliases(q, static_cast<int>(dns::kMaxAliases) + 1); },
       Status::failed, "too many aliases"},
      {"aliases that go on reply after reply",
       [](const Query& q) {
         std::string out = reply_head(q, 0, false, {1, 0});
         put_record(out, q.asked.name, Type::cname, 300,
                    rdata_of(*DomainName::parse("x." + q.asked.name)));
         return out;
       },
       Status::failed, "too many aliases"},

      // TCP.
      {"TC over TCP too", truncated_then([](const Query& q) { return truncate(q, right(q)); }),
       Status::failed, "a truncated reply over TCP from {}"},
      {"another id over TCP",
       truncated_then([](const Query& q) { return changed(right(q), 0, ~right(q)[0]); }),
       Status::failed, "a reply to another question over TCP from {}"},
      {"a message of no bytes over TCP", truncated_then([](const Query&) { return ""s; }),
       Status::failed, "a reply to another question over TCP from {}"},
      {"garbage over TCP", truncated_then([](const Query& q) {
         return reply_head(q, 0, false, {7, 7}) + std::string(500, '\xC0');
       }),
       Status::failed, kMalformed},
      {"a datagram longer than any that was offered",
       [](const Query& q) {
         return with_data(q, "\x09" + std::string(9, 'x') + std::string(6000, '\0'));
       },
       Status::failed, kMalformed, Type::txt},
  };
}

void check_reason(const std::string& got, std::string wanted, const std::string& server) {
  const std::string any = "…";
  if (const auto at = wanted.find("{}"); at != std::string::npos) wanted.replace(at, 2, server);
  if (wanted.ends_with(any)) {
    CHECK(got.starts_with(wanted.substr(0, wanted.size() - any.size())));
    CHECK(got.ends_with(" from " + server));
  } else {
    CHECK(got == wanted);
  }
}

/// How many descriptors this process has open.
std::size_t descriptors() {
  const std::filesystem::directory_iterator entries("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

/// The clock of a test may be late by this much on a busy machine.
constexpr std::chrono::milliseconds kLate{3000};

}  // namespace

TEST_CASE("whatever one server replies has a stated outcome within the deadline") {
  for (const Row& row : rows()) {
    CAPTURE(row.what);
    FaultyDns server;
    server.make(row.make);
    const auto time = row.status == Status::timed_out ? kShort : kLong;
    Resolver resolver(options({server.server()}, time));
    const auto start = Source::Clock::now();
    const Answer answer = ask(resolver, "a.example", row.type);
    CHECK(Source::Clock::now() - start < (row.status == Status::timed_out ? time : 0ms) + kLate);
    CHECK(dns::to_string(answer.status) == dns::to_string(row.status));
    check_reason(answer.reason, row.reason, server.server());
    CHECK(answer.records.empty() == (row.status != Status::ok));
  }
}

TEST_CASE("after whatever the first server replies the second one is heard") {
  for (const Row& row : rows()) {
    // What is an answer, and aliases: they are the same at every server.
    const bool answered = row.status == Status::ok || row.status == Status::no_such_name;
    if (answered || row.reason.find("alias") != std::string::npos || row.type != Type::a) continue;
    CAPTURE(row.what);
    FaultyDns bad;
    bad.make(row.make);
    FaultyDns good(kZone);
    Resolver resolver(options({bad.server(), good.server()}, 1000ms));
    const Answer answer = ask(resolver, "a.example", Type::a);
    CHECK(first_address(answer) == "192.0.2.1");
    CHECK(answer.server == good.server());
  }
}

TEST_CASE("a forged reply from another address, or an empty one, is passed over") {
  const Fault fault = GENERATE(Fault::stray_address, Fault::empty);
  FaultyDns server(kZone);
  server.otherwise(fault);
  Resolver resolver(options({server.server()}));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
}

TEST_CASE("a flood of datagrams that are no reply ends the try, not the program") {
  FaultyDns server;
  server.otherwise(Fault::stray_flood);
  Resolver resolver(options({server.server()}));
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(answer.status == Status::failed);
  CHECK(answer.reason == "too many replies to other questions from " + server.server());
}

TEST_CASE("TCP that is refused is a failure at once") {
  FaultyDns server(kZone);
  server.otherwise(Fault::truncated);
  server.refuse_tcp();
  std::this_thread::sleep_for(50ms);
  Resolver resolver(options({server.server()}));
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(answer.status == Status::failed);
  CHECK(answer.reason == server.server() + ": Connection refused");
}

TEST_CASE("TCP that is silent, or drips a byte at a time, is waited for until the deadline") {
  const Fault fault = GENERATE(Fault::tcp_silent, Fault::tcp_drips);
  FaultyDns server(kZone);
  server.otherwise(fault);
  Resolver resolver(options({server.server()}, kShort));
  const auto start = Source::Clock::now();
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(Source::Clock::now() - start < kShort + kLate);
  CHECK(answer.status == Status::timed_out);
  CHECK(answer.reason == "no answer from " + server.server());
}

TEST_CASE("the longest reply of all, 65,535 bytes over TCP, is read whole") {
  FaultyDns server;
  server.make([](const Query& query) {
    const std::size_t free = 65535 - kDnsHeader - query.section.size() - 21;
    std::string data;
    while (free - data.size() > 256) data += '\xFF' + std::string(255, 'x');
    const std::size_t rest = free - data.size() - 1;
    data += static_cast<char>(rest) + std::string(rest, 'y');
    const std::string whole = with_data(query, data);
    return query.asked.tcp ? whole : truncate(query, whole);
  });
  Resolver resolver(options({server.server()}));
  const Answer answer = ask(resolver, "a.example", Type::txt);
  CHECK(answer.status == Status::ok);
  REQUIRE(answer.texts().size() == 1);
  // All but header, question, the record's own 21 bytes and the length of each string.
  const std::size_t data = 65535 - 12 - 15 - 21;
  CHECK(answer.texts()[0].size() == data - (data + 255) / 256);
}

TEST_CASE("times to live are told as they came") {
  const std::uint32_t ttl = GENERATE(0U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFFU);
  FaultyDns server;
  server.make([ttl](const Query& query) { return with_data(query, kAddress, 0, ttl); });
  Resolver resolver(options({server.server()}));
  const Answer answer = ask(resolver, "a.example", Type::a);
  REQUIRE(answer.records.size() == 1);
  CHECK(answer.records[0].ttl == ttl);
  CHECK(ask(resolver, "a.example", Type::a).cached);
}

TEST_CASE("ten thousand faults leave no descriptor open") {
  FaultyDns server(kZone);
  const std::vector<Fault> faults{Fault::servfail,      Fault::refused,    Fault::notimp,
                                  Fault::broken_record, Fault::tcp_closed, Fault::tcp_cut_short,
                                  Fault::alias_loop,    Fault::referral,   Fault::bogus,
                                  Fault::filtered};
  constexpr int kEach = 1000;
  auto many = options({server.server()}, 120000ms);
  many.max_sockets = 64;
  many.max_cached = 0;
  Resolver resolver(many);
  ask(resolver, "a.example", Type::a);
  const std::size_t before = descriptors();
  for (const Fault fault : faults) {
    server.otherwise(fault);
    int failed = 0;
    for (int i = 0; i < kEach; ++i) {
      resolver.fetch(question(fmt::format("n{}.f{}.example", i, static_cast<int>(fault)), Type::a),
                     Source::Clock::now() + 120s,
                     [&](const Answer& answer) { failed += answer.error() ? 1 : 0; });
    }
    resolver.run();
    CAPTURE(static_cast<int>(fault));
    CHECK(failed == kEach);
    CHECK(descriptors() <= before + 16);  // connections that the server has not closed yet
  }
  for (int i = 0; i < 100 && descriptors() > before; ++i) std::this_thread::sleep_for(20ms);
  CHECK(descriptors() <= before);
}
