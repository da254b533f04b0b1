#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/base64.hpp"
#include "base/crypto.hpp"
#include "report/html/palette.hpp"
#include "report/html/style.hpp"
#include "support/catch.hpp"
#include "support/page.hpp"

using namespace emltrace;

namespace {

using Scheme = std::map<std::string, std::string, std::less<>>;

/// `--name:#rrggbb` of the nth `:root` of the sheet: 0 is the light one, 1 the dark one.
Scheme scheme(int nth) {
  const std::string& sheet = report::style_sheet();
  std::size_t at = 0;
  for (int i = 0; i <= nth; ++i) at = sheet.find(":root{", at) + 6;
  Scheme out;
  const std::string block = sheet.substr(at, sheet.find('}', at) - at);
  for (std::size_t i = block.find("--"); i != std::string::npos; i = block.find("--", i + 1)) {
    const auto colon = block.find(":#", i);
    if (colon == std::string::npos) break;
    out[block.substr(i + 2, colon - i - 2)] = block.substr(colon + 2, 6);
    i = colon;
  }
  return out;
}

/// Relative luminance (WCAG 2.2).
double luminance(const std::string& hex) {
  const auto channel = [&](std::size_t at) {
    const double c = std::stoi(hex.substr(at, 2), nullptr, 16) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4);
}

double contrast(const std::string& a, const std::string& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace

TEST_CASE("the reckoning of contrast gives the values that WCAG states") {
  CHECK(std::abs(contrast("000000", "ffffff") - 21.0) < 0.005);
  CHECK(std::abs(contrast("777777", "ffffff") - 4.48) < 0.005);
  CHECK(std::abs(contrast("767676", "ffffff") - 4.54) < 0.005);
}

TEST_CASE("every ink can be read on every ground, light and dark (WCAG 2.2, 1.4.3, AA)") {
  for (const int nth : {0, 1}) {
    const Scheme colors = scheme(nth);
    for (const auto& ink : report::kInks) {
      for (const auto& ground : report::kGrounds) {
        CAPTURE(nth, std::string(ink.name), std::string(ground.name));
        CHECK(contrast(colors.find(ink.name)->second, colors.find(ground.name)->second) >= 4.5);
      }
    }
  }
}

TEST_CASE("the dark scheme differs from the light one in every colour and is for screens alone") {
  const Scheme light = scheme(0), dark = scheme(1);
  CHECK(light.size() == 14);
  REQUIRE(dark.size() == light.size());
  for (const auto& [name, color] : light) CHECK(dark.at(name) != color);
  CHECK(report::style_sheet().find("@media screen and (prefers-color-scheme:dark){:root{") !=
        std::string::npos);
}

TEST_CASE("every colour that the style sheet uses is declared, and none is written beside them") {
  const std::string& sheet = report::style_sheet();
  const Scheme colors = scheme(0);
  std::set<std::string> used;
  for (auto at = sheet.find("var(--"); at != std::string::npos; at = sheet.find("var(--", at + 1))
    used.insert(sheet.substr(at + 6, sheet.find(')', at) - at - 6));
  for (const auto& name : used) {
    CAPTURE(name);
    CHECK(colors.contains(name));
  }
  CHECK(used.size() == colors.size());
  const auto rules = sheet.find("*{box-sizing");
  CHECK(sheet.find('#', rules) == std::string::npos);
}

TEST_CASE("the style sheet asks nobody and serves paper and narrow screens") {
  const std::string& sheet = report::style_sheet();
  for (const char* word : {"url(", "@import", "http", "image-set", "@font-face", "</"}) {
    CAPTURE(word);
    CHECK(sheet.find(word) == std::string::npos);
  }
  CHECK(sheet.find("@media print{") != std::string::npos);
  CHECK(sheet.find("@media screen and (max-width:48rem){") != std::string::npos);
  CHECK(std::count(sheet.begin(), sheet.end(), '{') == std::count(sheet.begin(), sheet.end(), '}'));
}

TEST_CASE("the policy names the style sheet that stands in the page, and allows nothing else") {
  const std::string page = test::page_of(test::sample_report(), "Subject: x\n\n");
  const auto begin = page.find("<style>") + 7;
  const std::string sheet = page.substr(begin, page.find("</style>") - begin);
  const std::string policy = "default-src &#39;none&#39;; style-src &#39;sha256-" +
                             base64_encode(crypto::digest(crypto::Hash::sha256, sheet)) +
                             "&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;";
  CHECK(page.find("http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\"") !=
        std::string::npos);
}
