#include "report/html/raw_header.hpp"
#include "support/catch.hpp"
#include "support/page.hpp"

using namespace emltrace;
using namespace std::string_literals;

namespace {

trace::Finding finding_at(std::optional<std::size_t> line, std::optional<std::size_t> offset,
                          trace::Evidence evidence = {}) {
  trace::Finding finding = trace::make_finding({"helo-rdns-mismatch", "m"}, std::move(evidence));
  finding.line = line;
  finding.offset = offset;
  return finding;
}

/// The stretches that are marked.
std::vector<std::string> marked(const report::RawHeader& header, const std::string& text) {
  std::vector<std::string> out;
  bool open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is = header.severity_at(i).has_value();
    if (is && !open) out.emplace_back();
    if (is) out.back() += text[i];
    open = is;
  }
  return out;
}

const std::string kText =
    "Received: from mail.a.example\r\n"
    "\tby mx.b.example; today\r\n"
    "From: a@a.example\r\n"
    "Subject: caf\xc3\xa9 caf\xc3\xa9\r\n"
    "\r\n"
    "From: body\r\n";

const std::size_t kFrom = kText.find("From:");

}  // namespace

TEST_CASE("the header is shown line by line up to the empty line, as it stands") {
  const report::RawHeader header(test::item_of(kText), {});
  REQUIRE(header.lines().size() == 4);
  CHECK(header.lines()[0].text == "Received: from mail.a.example");
  CHECK(header.lines()[1].text == "\tby mx.b.example; today");
  CHECK_FALSE(header.lines()[1].begins_field);
  CHECK(header.lines()[2].begins_field);
  CHECK(header.lines()[3].number == 4);
  CHECK(header.shows(4));
  CHECK_FALSE(header.shows(5));
  CHECK_FALSE(header.truncated());
}

TEST_CASE("the evidence of a finding is marked where it stands in its field, folds included") {
  const report::RawHeader header(
      test::item_of(kText),
      {finding_at(1, 0,
                  {{"by", "mx.b.example"}, {"helo", "mail.a.example"}, {"x", "a.example\r\nS"}})});
  CHECK(marked(header, kText) == std::vector<std::string>{"mail.a.example", "mx.b.example"});
  CHECK(header.lines()[0].findings == std::vector<std::size_t>{0});
}

TEST_CASE("evidence of one field is not marked in another") {
  const report::RawHeader header(test::item_of(kText),
                                 {finding_at(3, kFrom, {{"x", "mx.b.example"}})});
  CHECK(marked(header, kText) == std::vector<std::string>{"From"});
}

TEST_CASE("a value of two letters, which stands anywhere by chance, is not marked") {
  const report::RawHeader header(test::item_of(kText), {finding_at(3, kFrom, {{"x", "a@"}})});
  CHECK(marked(header, kText) == std::vector<std::string>{"From"});
}

TEST_CASE("a finding about one byte marks that byte, a whole letter where it is part of one") {
  const std::size_t letter = kText.find("\xc3\xa9");
  const report::RawHeader header(test::item_of(kText),
                                 {finding_at(4, letter + 1), finding_at(2, kText.find("today"))});
  CHECK(marked(header, kText) == std::vector<std::string>{"t", "\xc3\xa9"});
}

TEST_CASE("a finding with a line and no offset points to the field of that line") {
  const report::RawHeader header(test::item_of(kText), {finding_at(3, std::nullopt)});
  CHECK(header.lines()[2].findings == std::vector<std::size_t>{0});
  CHECK(marked(header, kText) == std::vector<std::string>{"From"});
}

TEST_CASE("a finding about the body, or about no place, marks nothing in the header") {
  const report::RawHeader header(
      test::item_of(kText),
      {finding_at(6, kText.find("From: body")), finding_at(6, std::nullopt), finding_at({}, {})});
  CHECK(marked(header, kText).empty());
  for (const auto& line : header.lines()) CHECK(line.findings.empty());
}

TEST_CASE("of two findings about the same bytes the graver one gives the mark") {
  auto high = finding_at(3, kFrom);
  high.severity = trace::Severity::high;
  auto info = finding_at(3, kFrom);
  info.severity = trace::Severity::info;
  for (const auto& pair : {std::vector{high, info}, std::vector{info, high}}) {
    const report::RawHeader header(test::item_of(kText), pair);
    CHECK(header.severity_at(kFrom) == trace::Severity::high);
    CHECK(header.lines()[2].findings.size() == 2);
  }
}

TEST_CASE("a mended text keeps the lines of the input, and each is a place once") {
  // Line 3 of the input held both fields; two lines of chatter stood above.
  const std::string text = "Received: from a by b\nFrom: c@d.example\n\n";
  intake::Item item = test::item_of(text);
  item.places.add({0, 20, 1, 3, 1});
  item.places.add({22, 43, 2, 3, 1});
  const report::RawHeader header(item, {finding_at(3, 43)});
  REQUIRE(header.lines().size() == 2);
  CHECK(header.lines()[0].number == 3);
  CHECK(header.lines()[1].number == 3);
  CHECK(header.lines()[0].first_of_number);
  CHECK_FALSE(header.lines()[1].first_of_number);
  CHECK(header.lines()[0].findings.empty());
  CHECK(header.lines()[1].findings == std::vector<std::size_t>{0});
  CHECK(marked(header, text) == std::vector<std::string>{"From"});
  CHECK(header.shows(3));
  CHECK_FALSE(header.shows(1));
}

TEST_CASE("lines that end in CR alone are lines") {
  const report::RawHeader header(test::item_of("A: b\rC: d\r\rbody\r"), {});
  REQUIRE(header.lines().size() == 2);
  CHECK(header.lines()[1].text == "C: d");
}

TEST_CASE("a header of many bytes is cut at the bound, and the page says so") {
  const std::size_t most = report::RawHeader::kMaxBytes;
  const std::string whole = "X: " + std::string(most - 4, 'x') + "\n";
  CHECK_FALSE(report::RawHeader(test::item_of(whole), {}).truncated());
  CHECK_FALSE(report::RawHeader(test::item_of("A: b\n\n" + whole), {}).truncated());
  const std::string longer = whole + "Y: z\n";
  const report::RawHeader header(test::item_of(longer), {finding_at(2, whole.size())});
  CHECK(header.truncated());
  CHECK(header.lines().size() == 1);
  CHECK_FALSE(header.shows(2));
  const std::string page = test::page_of(trace::Report{}, longer);
  CHECK(page.find("Only the first 256 KiB of the header are shown.") != std::string::npos);
}

TEST_CASE("marks, pins and anchors lead from the finding to its bytes and back") {
  trace::Report report;
  report.findings = {finding_at(3, kFrom, {{"x", "a@a.example"}})};
  const std::string page = test::page_of(report, kText);
  CHECK(test::faults_of(page) == "");
  CHECK(page.find("<a href=\"#m1-l3\">line 3</a>") != std::string::npos);
  CHECK(page.find("<div class=\"line warn\" id=\"m1-l3\"><a class=\"number\" href=\"#m1-l3\">3</a>"
                  "<code>From: <mark class=\"warn\">a@a.example</mark></code>"
                  "<span class=\"pins\"><a href=\"#m1-f1\">helo-rdns-mismatch</a></span></div>") !=
        std::string::npos);
  CHECK(page.find("<code>\tby mx.b.example; today</code>") != std::string::npos);
}
