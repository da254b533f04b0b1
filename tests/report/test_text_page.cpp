#include <algorithm>
#include <cmath>
#include <set>

#include "report/text/ascii.hpp"
#include "report/text/brief.hpp"
#include "report/text/page.hpp"
#include "report/text/text.hpp"
#include "report/text/width.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"
#include "support/says.hpp"

using namespace emltrace;
using test::says;

TEST_CASE("no line is wider than the page, whatever the page") {
  for (const bool verbose : {false, true}) {
    for (const bool ascii : {false, true}) {
      for (const std::size_t width : {20U, 40U, 60U, 80U, 100U, 200U}) {
        const auto text = report::to_text(test::sample_report(), {false, width, verbose, ascii});
        for (const auto line : text::split(text, '\n')) {
          CAPTURE(width, std::string(line));
          CHECK(report::display_width(line) <= width);
          CHECK((line.empty() || line.back() != ' '));
        }
      }
    }
  }
}

TEST_CASE("colour changes no letter and no line") {
  const auto plain = report::to_text(test::sample_report(), {false, 80, true});
  auto colored = report::to_text(test::sample_report(), {true, 80, true});
  for (auto at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b'))
    colored.erase(at, colored.find('m', at) + 1 - at);
  CHECK(colored == plain);
}

namespace {

// WCAG 2.2, relative luminance, of a colour of the cube of xterm (16–231).
double luminance(int number) {
  const auto linear = [](int step) {
    const double s = (step == 0 ? 0 : 55 + 40 * step) / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  const int cube = number - 16;
  return 0.2126 * linear(cube / 36) + 0.7152 * linear(cube / 6 % 6) + 0.0722 * linear(cube % 6);
}

}  // namespace

TEST_CASE("each colour can be read on white and on black, whatever the terminal's own palette") {
  using report::Style;
  std::set<int> colors;
  for (const Style style : {Style::good, Style::note, Style::warn, Style::bad}) {
    report::TextPage page({true, 80, false});
    page.row({}, {{"x", style}});
    const std::string text = page.take();
    const auto at = text.find("38;5;");
    CAPTURE(text);
    REQUIRE(at != std::string::npos);
    const int color = std::stoi(text.substr(at + 5));
    REQUIRE((color >= 16 && color < 232));
    colors.insert(color);
    CHECK(1.05 / (luminance(color) + 0.05) > 3.5);
    CHECK((luminance(color) + 0.05) / 0.05 > 4.5);
  }
  CHECK(colors.size() == 4);
}

TEST_CASE("a page for a terminal without UTF-8 holds US-ASCII alone") {
  for (const bool verbose : {false, true}) {
    const auto text = report::to_text(test::sample_report(), {false, 100, verbose, true});
    for (const char c : text) REQUIRE(static_cast<unsigned char>(c) < 0x80);
    CHECK(says(text, "Subject \\u4f60\\u597d"));
    CHECK(says(text, "galangal.org -> mail.alpha.com.cn"));
  }
}

TEST_CASE("signs have their form in US-ASCII, all else is escaped") {
  CHECK(report::in_ascii("a → b − ✓ ≠ █▏ · …") == "a -> b - ok != #. - ...");
  CHECK(report::in_ascii("é\xf0\x9f\x98\x80") == "\\u00e9\\U0001f600");
  CHECK(report::in_ascii("\\x1b") == "\\x1b");
}

TEST_CASE("a value of any length takes its share of the page, and it is told how long it is") {
  auto report = test::sample_report();
  const auto with_subject = [&](std::size_t bytes) {
    report.headers.subject = std::string(bytes, 'x');
    std::string text = report::to_text(report, {false, 10'000, false});
    return text.substr(0, text.find("Findings"));
  };
  const auto xs = [](const std::string& text) { return std::ranges::count(text, 'x'); };
  const auto others = xs(with_subject(0));
  CHECK(xs(with_subject(1'200)) == 1'200 + others);
  CHECK_FALSE(says(with_subject(1'200), "bytes in all"));
  CHECK(xs(with_subject(60'000)) == 1'200 + others);
  CHECK(says(with_subject(60'000), "x… (60000 bytes in all)"));
  report.headers.subject = std::string(60'000, 'x');
  CHECK(says(report::to_text(report, {false, 10'000, true}),
             " " + std::string(2'200, 'x') + "… (60000 bytes in all)"));
  report.headers.from = parse_addresses(std::string(60'000, 'a') + "@b.example").mailboxes;
  CHECK(report::to_brief(report, {false, 0, false}).size() < 1'500);
}

TEST_CASE("cells that leave no room flow with the text") {
  report::TextPage page({false, 20, false});
  page.row({{"", 2}, {report::Run("a-long-method"), 14}}, {{"what it says of it"}});
  CHECK(page.take() == "  a-long-method what\n    it says of it\n");
}

TEST_CASE("a brief line tells level, origin, author, first reason and name") {
  const auto line = report::to_brief(test::sample_report(), {false, 0, false});
  CHECK(line ==
        "forged      202.99.11.120    another@mail.lemongrass.org helo-rdns-mismatch     "
        "samples/galangal.eml\n");
  trace::Report empty;
  empty.path = "-";
  CHECK(says(report::to_brief(empty, {false, 0, false}),
             "clean unknown no author unknown standard input"));
}

TEST_CASE("a brief line is cut to the page, one without limit is whole") {
  auto report = test::sample_report();
  report.headers.from = parse_addresses(std::string(60, 'a') + "@b.example").mailboxes;
  for (const std::size_t width : {20U, 40U, 60U, 80U, 100U}) {
    const auto line = report::to_brief(report, {false, width, false});
    CAPTURE(width, line);
    CHECK(report::display_width(std::string_view(line).substr(0, line.size() - 1)) <= width);
    CHECK(std::ranges::count(line, '\n') == 1);
  }
  CHECK(says(report::to_brief(report, {false, 80, false}), "…"));
  report.path = std::string(300, 'x') + "/mail/one.eml";  // its end tells most
  CHECK(says(report::to_brief(report, {false, 100, false}), "…"));
  CHECK(says(report::to_brief(report, {false, 100, false}), "/one.eml"));
  CHECK(says(report::to_brief(report, {false, 100, true}), "/one.eml"));
  CHECK(says(report::to_brief(report, {false, 0, false}), std::string(60, 'a') + "@b.example"));
}

TEST_CASE("a brief line of 80 columns has room for the name of a file, which no remark takes") {
  auto report = test::sample_report();
  report.kind = intake::Kind::headers;
  CHECK(report::to_brief(report, {false, 80, false}).ends_with(" …/galangal.eml\n"));
}

TEST_CASE("a brief line is one line whatever the message holds") {
  auto report = test::sample_report();
  report.path = "a\nb\x1b[2J";
  const auto line = report::to_brief(report, {false, 0, false});
  CHECK(std::ranges::count(line, '\n') == 1);
  CHECK(line.find('\x1b') == std::string::npos);
}
