#include <algorithm>

#include "auth/dkim/change.hpp"
#include "auth/dkim/cuts.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using dkim::cuts_at_end;
using dkim::cuts_at_start;

namespace {

std::string without(std::string text, const Span& cut) {
  return text.erase(cut.offset, cut.length);
}

bool leads_to(const std::string& text, const std::vector<Span>& cuts, const std::string& wanted) {
  return std::any_of(cuts.begin(), cuts.end(),
                     [&](const Span& cut) { return without(text, cut) == wanted; });
}

}  // namespace

TEST_CASE("a banner is cut from behind <body>, as whole elements") {
  const std::string page = "<html><body lang=\"de\">\r\n<div><p>Hello</p></div></body></html>";
  const std::string banner =
      "<table><tr><td><div>This is an external email</div></td></tr></table>\r\n<hr>";
  for (const std::string& text :
       {"<html><body lang=\"de\">" + banner + page.substr(22),
        "<html><body lang=\"de\">\r\n" + banner + "\r\n" + page.substr(24),
        "<html><body lang=\"de\">" + banner + "\r\n" + page.substr(22)}) {
    CAPTURE(text);
    CHECK(leads_to(text, cuts_at_start(text, true), page));
  }
  // Never the half of an element.
  for (const Span& cut : cuts_at_start(page, true)) {
    const std::string gone = page.substr(cut.offset, cut.length);
    CHECK((gone.find("<div>") == std::string::npos) == (gone.find("</div>") == std::string::npos));
  }
}

TEST_CASE("a footer is cut from before </body>, from behind it, and where there is none") {
  const std::string page = "<html><body><p>Hello</p>\r\n</body>\r\n</html>\r\n";
  const std::string footer = "<br><hr>\r\n<p>To unsubscribe write to us</p>";
  const std::string inside = "<html><body><p>Hello</p>\r\n" + footer + "</body>\r\n</html>\r\n";
  CHECK(leads_to(inside, cuts_at_end(inside, true), page));
  const std::string behind = page + footer;
  CHECK(leads_to(behind, cuts_at_end(behind, true), page));
  const std::string bare = "<p>Hello</p>" + footer;
  CHECK(leads_to(bare, cuts_at_end(bare, true), "<p>Hello</p>"));
}

TEST_CASE("plain text is cut at lines, with the line end before them or without") {
  const std::string text = "Hello\r\n\r\n-- \r\nTo unsubscribe write to us\r\n";
  const auto cuts = cuts_at_end(text, false);
  CHECK(without(text, cuts.front()) == "Hello\r\n\r\n");  // a known text behind its separator first
  for (const char* wanted : {"Hello\r\n\r\n", "Hello\r\n", "Hello", ""}) {
    CAPTURE(wanted);
    CHECK(leads_to(text, cuts, wanted));
  }
  const std::string banner = "CAUTION: external email\r\nBe careful.\r\n\r\nHello\r\n";
  CHECK(without(banner, cuts_at_start(banner, false).front()) == "Hello\r\n");
}

TEST_CASE("the places are bounded and each leaves another text") {
  std::string text;
  for (int i = 0; i < 3'000; ++i) text += "<div>x</div>\r\n";
  for (const auto& cuts : {cuts_at_start(text, true), cuts_at_end(text, true),
                           cuts_at_start(text, false), cuts_at_end(text, false)}) {
    CHECK(cuts.size() <= dkim::kMaxCuts);
    std::vector<std::string> left;
    for (const Span& cut : cuts) left.push_back(without(text, cut));
    std::sort(left.begin(), left.end());
    CHECK(std::adjacent_find(left.begin(), left.end()) == left.end());
  }
  CHECK(cuts_at_start("", true).empty());
  CHECK(cuts_at_end("", false).empty());
}

TEST_CASE("known footers, banners and tags, and their innocent-looking twins") {
  CHECK(dkim::is_known_footer("____\r\nDinner mailing list\r\nTo unsubscribe: x@list.example\r\n"));
  CHECK(dkim::is_known_footer("<p>This email has been checked\r\n for <b>viruses</b>.</p>"));
  CHECK_FALSE(dkim::is_known_footer("-- \r\nYour account is closed. Pay at once.\r\n"));
  CHECK_FALSE(dkim::is_known_footer("To unsubscribe " + std::string(4'000, 'x')));
  CHECK(dkim::is_known_banner("CAUTION: This email originated from outside of Example Inc."));
  CHECK(dkim::is_known_banner("<td>You don't often get email from a@b.example.</td>"));
  CHECK_FALSE(dkim::is_known_banner("Dear customer, your account is closed."));
  CHECK_FALSE(dkim::is_known_banner("external email " + std::string(1'000, 'x')));
  for (const char* tag : {"[EXTERNAL]", "***SPAM***", "{Spam?}", "(Ext)", "external sender:"}) {
    CAPTURE(tag);
    CHECK(dkim::is_known_tag(tag));
  }
  for (const char* tag : {"[Pay today]", "[list]", "", "[]", "externals"}) {
    CAPTURE(tag);
    CHECK_FALSE(dkim::is_known_tag(tag));
  }
}
