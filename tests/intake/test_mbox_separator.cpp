#include <string>
#include <utility>
#include <vector>

#include "intake/mbox.hpp"
#include "intake/mbox_separator.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using mbox::Separator;
using mbox::Shape;

TEST_CASE("the shape of a separator is told whatever its sender and date say") {
  const std::vector<std::pair<std::string, Shape>> cases{
      {"From ", Shape::bare},
      {"From \t ", Shape::bare},
      {"From root", Shape::word},
      {"From jo@a.example", Shape::undated},
      {"From MAILER-DAEMON", Shape::undated},
      {"From jo at a.example", Shape::undated},
      {"From jo@a.example Tue Nov 10 10:00:05 2026", Shape::dated},
      {"From jo@a.example  Tue Nov  3 10:00:05 2026", Shape::dated},
      {"From jo@a.example Tue Nov 10 10:00 2026", Shape::dated},
      {"From jo@a.example Tue Nov 10 10:00:05 CET 2026", Shape::dated},
      {"From jo@a.example Tue Nov 10 10:00:05 2026 +0100", Shape::dated},
      {"From jo@a.example Tue Nov 10 10:00:05 2026 -0800 (PST)", Shape::dated},
      {"From jo@a.example Tue, 10 Nov 2026 10:00:05 +0000", Shape::dated},
      {"From jo!a Tue Nov 10 10:00:05 2026 remote from there", Shape::dated},
      {"From \"Jo of the Office\" Tue Nov 10 10:00:05 2026", Shape::dated},
      {"From ???@??? Tue Nov 10 10:00:05 2026", Shape::dated},
      {"From jo at a.example  Tue Nov 10 10:00:05 2026", Shape::dated},
      {"From Tue Nov 10 10:00:05 2026", Shape::dated},
      {"From - Tue Nov 10 10:00:05 2026", Shape::dash},
      {"From 1585726312345678901@xxx Mon Nov 09 10:00:05 +0000 2026", Shape::takeout},
      {"From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001", Shape::git},
      {"From " + std::string(64, 'a') + " Mon Sep 17 00:00:00 2001", Shape::git},
      {"From jo@a.example 2026-11-10T10:00:05Z", Shape::timed},
      {"From jo 10/11/2026 10:00", Shape::timed},
      {"\1\1\1\1", Shape::mmdf},
      {"From my point of view", Shape::none},
      {"From Tuesday on", Shape::none},
      {"From Tue Nov 10 10:00:05 2026 on it was late", Shape::timed},
      {"From work at home.", Shape::none},
      {"From : jo@a.example", Shape::none},
      {"From: jo@a.example", Shape::none},
      {">From jo@a.example Tue Nov 10 10:00:05 2026", Shape::none},
      {"from jo@a.example Tue Nov 10 10:00:05 2026", Shape::none},
      {"\1\1\1", Shape::none},
      {"", Shape::none},
  };
  for (const auto& [line, shape] : cases) {
    CAPTURE(line);
    CHECK(mbox::shape_of(line) == shape);
  }
}

TEST_CASE("what begins like an mbox is told from what does not") {
  const auto looks = [](const std::string& text) { return mbox::looks_like_mbox(text); };
  CHECK(looks("From a@b.example Tue Mar 22 16:12:36 2022\nSubject: x\n"));
  CHECK(looks("From - Tue Mar 22 16:12:36 2022\r\nX-Mozilla-Status: 0001\r\n"));
  CHECK(looks("From a@b.example\nReceived: x\n"));
  CHECK(looks("From \nReturn-Path: <a@b.example>\n"));
  CHECK(
      looks("From a!b Tue Mar 22 16:12:36 2022\n>From b Tue Mar 22 16:12:36 2022 remote from "
            "a\nReceived: x\n"));
  CHECK(looks("From root\nReceived: x\n"));
  CHECK(looks("\1\1\1\1\nSubject: x\n"));
  CHECK(!looks("From: a@b.example\nSubject: x\n"));
  CHECK(!looks(">From a@b.example\nReceived: x\n"));
  CHECK(!looks("From the desk of A. Author\n\nDear all\n"));
  CHECK(!looks("From \nthing: x\n"));
  CHECK(!looks("From root\nSubject: x\n"));
  CHECK(!looks("From a@b.example Tue Mar 22 16:12:36 2022\n\nSubject: x\n"));
  CHECK(!looks(""));
}

TEST_CASE("Thunderbird's separators, the older and the newer, are one mailbox") {
  const auto mozilla = Separator::learn("From - Tue Mar 22 16:12:36 2022\nX-Mozilla-Status: 0\n");
  REQUIRE(mozilla);
  CHECK(mozilla->matches("From ", "X-Mozilla-Status: 0\n"));
  CHECK(!mozilla->matches("From ", "Return-Path: <a@b.example>\n"));
  const auto other = Separator::learn("From - Tue Mar 22 16:12:36 2022\nReturn-Path: <a@b.c>\n");
  REQUIRE(other);
  CHECK(!other->matches("From ", "X-Mozilla-Status: 0\n"));
}

TEST_CASE("a line that says less needs a better known field behind it") {
  const auto dated = Separator::learn("From a@b.c Tue Mar 22 16:12:36 2022\nSubject: x\n");
  REQUIRE(dated);
  CHECK(dated->matches("From d@e.f Tue Mar 22 16:12:36 2022", "thing: x\n"));
  CHECK(!dated->matches("From d@e.f Tue Mar 22 16:12:36 2022", "a line\n"));
  CHECK(!dated->matches("From d@e.f", "Subject: x\n"));
  const auto bare = Separator::learn("From \nSubject: x\n");
  REQUIRE(bare);
  CHECK(bare->matches("From ", "Received: x\n"));
  CHECK(!bare->matches("From ", "thing: x\n"));
}
