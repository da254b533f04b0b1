#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/summary/heavy_hitters.hpp"
#include "report/summary/subject_shape.hpp"
#include "report/summary/summary.hpp"
#include "support/catch.hpp"
#include "support/dkim2_signer.hpp"
#include "support/trace.hpp"

using namespace emltrace;
using report::JsonLayout;
using report::summary::Facts;
using report::summary::HeavyHitters;
using report::summary::subject_shape;
using report::summary::Summary;
using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

namespace {

struct None {};

Facts facts(std::size_t index, const std::string& sha256 = "") {
  Facts out;
  out.path = "box";
  out.index = index;
  out.sha256 = sha256.empty() ? "sha" + std::to_string(index) : sha256;
  out.level = trace::Level::clean;
  out.origin = "203.0.113.9";
  out.network = "203.0.113.0/24";
  out.author_domains = {"sender.example"};
  out.subject = "order " + std::to_string(index);
  out.shape = "order #";
  return out;
}

Json json_of(const Summary& summary) {
  return Json::parse(summary.to_json(JsonLayout::line));
}

std::string text_of(const Summary& summary) {
  return summary.to_text({});
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("counts stand above each other by their right ends") {
  Summary summary;
  for (std::size_t i = 1; i <= 10; ++i) {
    auto of_many = facts(i);
    if (i == 1) of_many.level = trace::Level::forged;
    summary.add(of_many);
  }
  CHECK(contains(text_of(summary),
                 "Levels\n"
                 "       1  forged\n"
                 "       9  clean\n"));
  CHECK(contains(text_of(summary),
                 "Origins\n"
                 "      10  203.0.113.9\n"));
}

TEST_CASE("frequent values are counted exactly while there is room") {
  HeavyHitters<None> counter(3);
  for (const char* value : {"b", "a", "c", "a", "c", "a"}) counter.add(value, {});
  const auto top = counter.top(2);
  REQUIRE(top.size() == 2);
  CHECK(top[0].value == "a");
  CHECK(top[0].most == 3);
  CHECK(top[0].least == 3);
  CHECK(top[1].value == "c");
  CHECK(top[1].most == 2);
  CHECK(counter.is_exact());
  CHECK(counter.size() == 3);
}

TEST_CASE("without room a count is two bounds, with the true one between them") {
  HeavyHitters<None> counter(2);
  // a, b: 2 and 1. c takes b's place with its count of 1; then b that of c, with its count of 2.
  for (const char* value : {"a", "a", "b", "c", "b"}) counter.add(value, {});
  CHECK_FALSE(counter.is_exact());
  const auto top = counter.top(5);
  REQUIRE(top.size() == 2);
  CHECK(top[0].value == "b");
  CHECK(top[0].most == 3);
  CHECK(top[0].least == 1);
  CHECK(top[1].value == "a");
  CHECK(top[1].most == 2);
  CHECK(top[1].least == 2);
}

TEST_CASE("what is frequent is kept, however many rare values come between") {
  HeavyHitters<None> counter(10);
  for (int i = 0; i < 1000; ++i) {
    counter.add("rare" + std::to_string(i), {});
    if (i % 3 == 0) counter.add("frequent", {});
  }
  const auto top = counter.top(1);
  REQUIRE(top.size() == 1);
  CHECK(top[0].value == "frequent");
  CHECK(top[0].least <= 334);
  CHECK(top[0].most >= 334);
}

TEST_CASE("subjects of one mailing have one shape") {
  struct Row {
    std::string_view subject;
    std::string_view shape;
  };
  const std::vector<std::string> to{"Rita.Ray@recipient.example", "Rita O'Ray", "jo@b.example"};
  const Row row = GENERATE(
      Row{"Invoice 4711 of 2026-05-01", "invoice # of #-#-#"},
      Row{"  Your   order\t#12 ", "your order ##"}, Row{"ref deadbeef01 now", "ref # now"},
      Row{"Rita, your account rita.ray@RECIPIENT.example", "<name>, your account <name>"},
      Row{"Dear Ray: hello", "dear <name>: hello"},
      // Innocent twins: words of hexadecimal letters, parts of words, names of two letters.
      Row{"a facade and a decade", "a facade and a decade"},
      Row{"the array of x-rays", "the array of x-rays"},
      Row{"jo and jo@b.example", "jo and <name>"}, Row{"Grüße 2x", "grüße #x"}, Row{"", ""});
  CAPTURE(row.subject);
  CHECK(subject_shape(row.subject, to) == row.shape);
}

TEST_CASE("the shape of a subject is bounded and not cut within a character") {
  std::string subject;
  for (int i = 0; i < 400; ++i) subject += "ü";
  const std::string shape = subject_shape(subject, {});
  CHECK(shape.size() == report::summary::kMaxShape);
  CHECK(shape.ends_with("ü"));
}

TEST_CASE("a summary counts messages, levels, origins, authors and findings, each message once") {
  Summary summary;
  for (std::size_t i = 1; i <= 3; ++i) {
    Facts one = facts(i);
    if (i == 3) {
      one.level = trace::Level::forged;
      one.origin = "198.51.100.1";
      one.network = "198.51.100.0/24";
      one.signers = {"sender.example"};
      one.findings = {{"date-missing", trace::Severity::medium}};
    }
    summary.add(one);
  }
  summary.add_unread();
  const Json json = json_of(summary);
  CHECK(json["schema"] == "emltrace.summary/1");
  CHECK(json["complete"] == true);
  CHECK(json["messages"] == 3);
  CHECK(json["unread"] == 1);
  CHECK(json["failed"] == 0);
  CHECK(json["levels"] == Json({{"clean", 2}, {"notice", 0}, {"suspicious", 0}, {"forged", 1}}));
  CHECK(json["origins"]["distinct"] == 2);
  CHECK(json["origins"]["top"][0] ==
        Json({{"ip", "203.0.113.9"}, {"messages", 2}, {"messages_at_least", 2}}));
  CHECK(json["networks"]["top"][1]["network"] == "198.51.100.0/24");
  CHECK(json["author_domains"]["top"][0]["messages"] == 3);
  CHECK(json["dkim_signers"]["top"][0]["messages"] == 1);
  CHECK(json["systems"]["top"].empty());
  CHECK(json["findings"] ==
        Json::array({{{"code", "date-missing"}, {"severity", "medium"}, {"messages", 1}}}));
  CHECK(json["repeated"]["top"].empty());
}

TEST_CASE("messages of one network, author domain and form of subject are a campaign") {
  Summary summary;
  summary.add(facts(1));
  Facts other = facts(2);
  SECTION("two of them") {
    summary.add(other);
    const Json json = json_of(summary);
    REQUIRE(json["campaigns"]["top"].size() == 1);
    const Json& row = json["campaigns"]["top"][0];
    CHECK(row["network"] == "203.0.113.0/24");
    CHECK(row["author_domain"] == "sender.example");
    CHECK(row["subject_shape"] == "order #");
    CHECK(row["subject"] == "order 1");
    CHECK(row["messages"] == 2);
    CHECK(row["first"] == Json({{"path", "box"}, {"index", 1}}));
    CHECK(contains(text_of(summary), "203.0.113.0/24, sender.example: order #, first box:1"));
  }
  SECTION("none where they differ, or no network is known") {
    const int what = GENERATE(0, 1, 2, 3);
    if (what == 0) other.network = "198.51.100.0/24";
    if (what == 1) other.author_domains = {"another.example"};
    if (what == 2) other.shape = "order # again";
    if (what == 3) other.network = std::nullopt;
    summary.add(other);
    CHECK(json_of(summary)["campaigns"]["top"].empty());
    CHECK_FALSE(contains(text_of(summary), "Campaigns"));
  }
}

TEST_CASE("messages that came more than once are told with the first place of each") {
  Summary summary;
  summary.add(facts(1, "aa"));
  summary.add(facts(2, "bb"));
  summary.add(facts(3, "aa"));
  const Json repeated = json_of(summary)["repeated"];
  CHECK(repeated["exact"] == true);
  CHECK(
      repeated["top"] ==
      Json::array({{{"sha256", "aa"}, {"copies", 2}, {"first", {{"path", "box"}, {"index", 1}}}}}));
  CHECK(contains(text_of(summary), "Messages that came more than once"));
}

namespace {

Facts copy(std::size_t index, const std::string& key, bool elsewhere = false) {
  Facts out = facts(index);
  out.copy = {key, "list.example", 2, true, elsewhere};
  return out;
}

}  // namespace

TEST_CASE("copies under one DKIM2 signature are told as repeated, and nobody is accused") {
  Summary summary;
  summary.add(copy(1, "sha256:aa"));
  summary.add(copy(2, "sha256:bb"));
  summary.add(copy(3, "sha256:aa", true));
  summary.add(facts(4));
  const Json json = json_of(summary);
  CHECK(json["repeated"]["top"].empty());
  CHECK(json["repeated_dkim2"]["exact"] == true);
  CHECK(json["repeated_dkim2"]["top"] ==
        Json::array({{{"key", "sha256:aa"},
                      {"domain", "list.example"},
                      {"copies", 2},
                      {"identical", false},
                      {"signed_for", 2},
                      {"exploded", true},
                      {"delivered_elsewhere", 1},
                      {"first", {{"path", "box"}, {"index", 1}}}}}));
  CHECK(json["levels"]["clean"] == 4);
  const std::string text = text_of(summary);
  CHECK(contains(text, "Messages that came more than once under one DKIM2 signature"));
  CHECK(contains(text,
                 "list.example, signed for 2 recipients of a message that goes to many; 1 copy"));
  CHECK(contains(text, "A mailbox may rightly hold a copy for each of its addresses"));
}

TEST_CASE("the same bytes are told as such, and one copy of each is none repeated") {
  Summary summary;
  for (int i = 0; i < 2; ++i) {
    Facts same = copy(1, "sha256:aa");
    same.copy->exploded = false;
    summary.add(same);
  }
  CHECK(json_of(summary)["repeated_dkim2"]["top"][0]["identical"] == true);
  CHECK(contains(text_of(summary), "list.example, signed for 2 recipients; the same bytes"));
  Summary other;
  other.add(copy(1, "sha256:aa"));
  other.add(copy(2, "sha256:bb"));
  CHECK(json_of(other)["repeated_dkim2"]["top"].empty());
  CHECK_FALSE(contains(text_of(other), "DKIM2"));
}

TEST_CASE("a copy is what a DKIM2 signature covers as it stands, however it was delivered") {
  const std::string sent = test::dkim2_origin(
      "From: Ann <ann@a.example>\r\nTo: list@l.example\r\nSubject: x\r\n\r\nHello\r\n");
  const std::string zone = test::dkim2_zone({"a.example"});
  const auto copy_of = [&](const std::string& text, const std::string& dns) {
    return report::summary::facts_of(test::trace_message(text, dns), {}).copy;
  };
  const auto line = [](const char* recipient) {
    return std::string(
               "Received: from out.a.example (out.a.example [192.0.2.10])\r\n\tby "
               "mx.l.example with ESMTP id 1 for <") +
           recipient + ">;\r\n\tMon, 26 Oct 2026 07:34:00 +0000\r\n";
  };
  const auto first = copy_of(line("list@l.example") + sent, zone);
  const auto second = copy_of(line("other@l.example") + sent, zone);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->key == second->key);
  CHECK(first->domain == "a.example");
  CHECK(first->recipients == 1);
  CHECK_FALSE(first->elsewhere);
  CHECK(second->elsewhere);
  // Without DNS the signature is not decided; the text is still the one that it names.
  CHECK(copy_of(sent, "")->key == first->key);
  SECTION("another text under the same signature is no copy, nor is one that nobody signed") {
    std::string changed = sent;
    changed.replace(changed.find("Hello"), 5, "Other");
    CHECK_FALSE(copy_of(changed, zone));
    CHECK_FALSE(copy_of("From: a@b.example\r\n\r\nHello\r\n", zone));
    CHECK_FALSE(copy_of(sent, test::dkim2_zone({"b.example"}) +
                                  test::txt_line("s1._domainkey.a.example",
                                                 test::key_record(test::dkim2_key("b.example")))));
  }
}

TEST_CASE("the slowest DNS names are those that took longest, each once") {
  Summary summary;
  const dns::Question slow{*DomainName::parse("slow.example"), dns::Type::txt};
  const dns::Question quick{*DomainName::parse("quick.example"), dns::Type::a};
  Facts one = facts(1);
  one.waits = {{slow, 900ms}, {quick, 2ms}};
  Facts two = facts(2);
  two.waits = {{slow, 1500ms}};
  for (int i = 0; i < 30; ++i)
    two.waits.push_back(
        {{*DomainName::parse("n" + std::to_string(i) + ".example"), dns::Type::a}, 1ms});
  summary.add(one);
  summary.add(two);
  const Json slowest = json_of(summary)["slowest"];
  REQUIRE(slowest.size() == Summary::kSlowest);
  CHECK(slowest[0] == Json({{"name", "slow.example"}, {"type", "TXT"}, {"longest_ms", 1500}}));
  CHECK(slowest[1]["name"] == "quick.example");
}

TEST_CASE("a summary over more values than it can hold says so, and stays small") {
  Summary summary;
  for (std::size_t i = 0; i < Summary::kCapacity + 1; ++i) {
    Facts one = facts(i);
    one.origin = "host " + std::to_string(i);
    summary.add(one);
  }
  const Json json = json_of(summary);
  CHECK(json["origins"]["distinct"].is_null());
  CHECK(json["author_domains"]["distinct"] == 1);
  CHECK(json["origins"]["top"][0]["messages_at_least"] == 1);
  CHECK(contains(text_of(summary), "More than 4096 different ones"));
}

TEST_CASE("an interrupted run is told in its summary, and hostile text is escaped") {
  Summary summary;
  Facts one = facts(1);
  one.path = "box\x1b[2J";
  one.author_domains = {"evil\x1b]0;x\x07.example"};
  one.shape = "line\nbreak \xe2\x80\xae";
  summary.add(one);
  summary.add(one);
  summary.cut_short();
  CHECK(json_of(summary)["complete"] == false);
  for (const std::string& out : {text_of(summary), summary.to_json(JsonLayout::line)}) {
    CHECK_FALSE(contains(out, "\x1b"));
    CHECK_FALSE(contains(out, "\x07"));
    CHECK_FALSE(contains(out, "\xe2\x80\xae"));
  }
  CHECK(contains(text_of(summary), "the run was interrupted"));
}

TEST_CASE("the facts of a message are those of its report") {
  const trace::Report report = test::trace_sample("authentic");
  const Facts out = report::summary::facts_of(report, {});
  REQUIRE(report.origin.ip);
  CHECK(out.origin == report.origin.ip->text());
  CHECK(out.network->ends_with(".0/24"));
  CHECK(out.level == report.verdict.level);
  CHECK(out.sha256 == report.sha256);
  CHECK(out.author_domains.size() == 1);
  CHECK(out.signers.size() == 1);
}

TEST_CASE("the network of an IPv6 origin is a /48") {
  trace::Report report;
  report.origin.ip = ip::Address::parse("2001:db8:1:2::3");
  CHECK(report::summary::facts_of(report, {}).network == "2001:db8:1::/48");
}
