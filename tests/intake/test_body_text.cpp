#include <string>

#include "intake/inside/body_text.hpp"
#include "support/catch.hpp"

using namespace emltrace::body_text;

TEST_CASE("of an HTML text what a reader sees is counted") {
  CHECK(visible_bytes("<p>four</p>") == 4);
  CHECK(visible_bytes("<html><head><title>x</title></head><style>p {}</style><b>ab</b> \n cd") ==
        5);
  CHECK(visible_bytes("plain") == 5);
  CHECK(visible_bytes("<header>ab</header>") == 2);
  CHECK(visible_bytes("ab<style>never closed") == 2);
  CHECK(visible_bytes("ab<") == 2);
  CHECK(visible_bytes("") == 0);
}

TEST_CASE("a header pasted into a text is found where it begins") {
  const std::string header =
      "Received: from a.example by b.example; Tue, 8 Mar 2005 14:00:00 -0400\n"
      "From: a@a.example\n";
  CHECK(pasted_header("Please see:\n\n" + header + "\nthanks") == 13);
  CHECK(pasted_header("X\nFrom: a@a.example\nSubject: x\n" + header) == 2);
}

TEST_CASE("a quoted head of a forward, and a parcel, are no pasted header") {
  CHECK_FALSE(pasted_header("From: a@a.example\nSent: today\nTo: b\nSubject: x\n\ntext"));
  CHECK_FALSE(pasted_header("Received: a parcel\nFrom: my aunt\n"));
  CHECK_FALSE(pasted_header("Received: from a by b; today\n\n"));
  CHECK_FALSE(pasted_header(""));
}

TEST_CASE("fields before a pasted header do not hide it") {
  std::string chat;
  for (int i = 0; i < 100; ++i) chat += "Subject: x\nOn Monday\n\n";
  CHECK(pasted_header(chat + "Received: from a by b; x\nFrom: a@b.example\n") == chat.size());
}
