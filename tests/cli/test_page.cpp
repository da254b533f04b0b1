// The page of -f html, as the command writes it and as a real browser shows it.

#include <filesystem>

#include "cli/command.hpp"
#include "support/browser.hpp"
#include "support/catch.hpp"
#include "support/page.hpp"

using namespace emltrace;
using test::contains;

namespace {

std::string page_of(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), {"--offline", "-f", "html"});
  const auto outcome = test::emltrace_with(std::move(arguments), input);
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  return outcome.out;
}

std::string sample(const std::string& name) {
  return test::source_dir() + "/samples/" + name;
}

/// What could make a browser ask, in every place that the sender writes.
std::string hostile_message(const std::string& url) {
  const std::string image = "\"'><img src=" + url + "i><script src=" + url + "s></script>";
  return "Received: from " + image +
         " (mail.sender.example [124.211.3.78])\r\n"
         "\tby mx.recipient.example (Postfix) with ESMTP id 88BFF24001F0" +
         image +
         ";\r\n\tTue, 5 May 2026 10:00:03 +0000 (UTC)\r\n"
         "From: \"</title></style>" +
         image + "\" <a@sender.example>\r\nSubject: <link rel=stylesheet href=" + url +
         "c><base href=" + url +
         "> \xe2\x80\xae\x1b[2J<meta http-equiv=refresh content=\"0;url=" + url +
         "r\">\r\nMessage-ID: <" + url + "m>\r\nX-Style: </style><style>@import '" + url +
         "x';*{background:url(" + url + "y)}</style>\r\nTo: " + std::string(10'000, 'a') +
         "@r.example\r\n\r\nbody\r\n";
}

bool has_browser() {
  if (test::Browser::is_there()) return true;
  WARN("chromium is not installed: no browser looks at the pages here");
  return false;
}

}  // namespace

TEST_CASE("every sample's page is well formed and leads nowhere else") {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() + "/samples")) {
    if (entry.path().extension() != ".eml") continue;
    CAPTURE(entry.path().string());
    const std::string page = page_of({"-v", entry.path().string()});
    CHECK(test::faults_of(page) == "");
    all += page;
  }
  CHECK(contains(all, "<svg "));
}

TEST_CASE("all messages of a run are sections of one page with an index") {
  const std::string page =
      page_of({sample("gmail.eml"), sample("forged-tail.eml"), sample("two-hops.eml")});
  CHECK(test::faults_of(page) == "");
  CHECK(contains(page, "<article id=\"m3\">"));
  CHECK(contains(page, "<p class=\"tally\">3 messages: "));
  CHECK(contains(page, "href=\"#m1\""));
  CHECK(page.find("<!DOCTYPE html>") == 0);
  CHECK(page.rfind("<!DOCTYPE html>") == 0);
  CHECK(page.ends_with("</body></html>\n"));
}

TEST_CASE("a page whose output fails is not finished, and no page is written of nothing") {
  const auto none = test::emltrace_with({"--offline", "-f", "html", "/no/such/file"});
  CHECK(none.status == 3);
  CHECK(none.out.empty());
  const auto full = test::run(test::command(),
                              {{"--offline", "-f", "html", "-"}, test::kMessage, {}, "/dev/full"});
  CHECK(full.status == 74);
  CHECK(test::is_one_complaint(full.err));
}

TEST_CASE("a browser builds of a page the tree that was written") {
  if (!has_browser()) return;
  const std::string page = page_of({sample("gmail.eml"), sample("two-hops.eml")});
  const std::string dom = test::Browser().dom(page);
  CHECK(contains(dom, "<article id=\"m2\">"));
  CHECK(test::text_of(dom) == test::text_of(page));
  CHECK(contains(test::text_of(dom), "td.time: 1997-03-18 22:39:24Z\n"));
}

TEST_CASE("a page of a hostile message asks nobody and stays the tree that was written") {
  if (!has_browser()) return;
  test::Listener listener;
  const test::Browser browser;
  const std::string page = page_of({"-v", "-"}, hostile_message(listener.url()));
  CHECK(test::faults_of(page) == "");
  const std::string dom = browser.dom(page);
  CHECK(test::text_of(dom) == test::text_of(page));
  CHECK(contains(test::text_of(dom), "\\u202e\\x1b[2J<meta http-equiv=refresh"));
  CHECK(listener.visitors() == 0);
}

TEST_CASE("the listener sees a browser that asks, and the policy alone would stop it") {
  if (!has_browser()) return;
  test::Listener listener;
  const test::Browser browser;
  const std::string image = "<img src=\"" + listener.url() + "x\">";
  (void)browser.dom("<!DOCTYPE html><html><body>" + image + "</body></html>");
  CHECK(listener.visitors() > 0);
  std::string page = page_of({"-"}, test::kMessage);
  page.insert(page.find("<article"),
              image + "<style>body{background:url(" + listener.url() + "y)}</style>");
  (void)browser.dom(page);
  CHECK(listener.visitors() == 0);
}

TEST_CASE("the browser takes the style sheet that the policy names") {
  if (!has_browser()) return;
  const test::Browser browser;
  const std::string page = page_of({"-"}, test::kMessage);
  std::string refused = page;
  const auto digest = refused.find("sha256-") + 7;
  refused[digest] = refused[digest] == 'A' ? 'B' : 'A';
  const std::string shown = browser.picture(page, 900);
  REQUIRE(shown.starts_with("\x89PNG"));
  CHECK(shown != browser.picture(refused, 900));
}
