#include "support/growing.hpp"

#include <array>

namespace emltrace::test {
namespace {

const std::string kFrom = "From: a@b.example\n";
const std::string kHeader = kFrom + "Date: Tue, 22 Mar 2022 16:12:36 +0000\n";
const std::string kPage = "<html><pre>\n" + kHeader;

std::string repeated(std::string front, std::string_view piece, std::size_t bytes,
                     std::string_view back = "") {
  while (front.size() < bytes) front += piece;
  return front.append(back);
}

std::string nested_parts(std::size_t bytes) {
  std::string text = kHeader;
  for (int depth = 0; depth < 40; ++depth) {
    const std::string name = "b" + std::to_string(depth);
    text += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
  }
  return repeated(std::move(text), "\na line --b0 of text\n--b", bytes);
}

std::string nested_messages(std::size_t bytes) {
  std::string text = kHeader;
  const std::string inner = "Content-Type: message/rfc822\n\n" + kHeader;
  return repeated(std::move(text), inner, bytes);
}

std::string numbered_parameters(std::size_t bytes) {
  std::string text = kHeader + "Content-Type: multipart/mixed;\n boundary=x;\n";
  for (std::size_t n = 0; text.size() < bytes; ++n) {
    text += " name*" + std::to_string(n) + "=abcdefgh;\n";
  }
  return text + "\n--x\n\nbody\n--x--\n";
}

std::string reversed_parameters(std::size_t bytes) {
  std::string text = kHeader + "Content-Type: multipart/mixed; boundary=x;\n";
  for (std::size_t n = bytes / 24; n > 0; --n) {
    text += " name*" + std::to_string(n) + "*=a%41b'c'd;\n";
  }
  return text + "\n--x\n\nbody\n--x--\n";
}

constexpr std::array kInputs = std::to_array<Growing>({
    {"field lines",
     [](std::size_t n) { return repeated(kHeader, "X-Note: a line\n", n, "\nbody\n"); }},
    {"Received fields",
     [](std::size_t n) {
       return repeated(kHeader, "Received: from a by b; Tue, 22 Mar 2022 16:12:36 +0000\n", n);
     }},
    {"fields and strays",
     [](std::size_t n) { return repeated(kFrom, "X-Note: a line\na stray line\n", n); }},
    {"continuation lines",
     [](std::size_t n) { return repeated(kHeader + "Subject: x\n", " and more\n", n); }},
    {"continuation lines that lost their indent",
     [](std::size_t n) { return repeated(kFrom + "Received: from x\n", "by y with z;\n", n); }},
    {"blank lines", [](std::size_t n) { return repeated(kFrom, "\n", n); }},
    {"blank lines in front", [](std::size_t n) { return repeated("", "\n", n, kFrom); }},
    {"blank lines between",
     [](std::size_t n) { return repeated(kFrom, "\nX-Note: a line\n", n); }},
    {"one long line", [](std::size_t n) { return repeated("Subject: ", "x", n); }},
    {"one long line of names",
     [](std::size_t n) { return repeated(kFrom, "Received: from a by b; ", n); }},
    {"one long line of colons", [](std::size_t n) { return repeated(kFrom, ": ", n); }},
    {"one long line of times", [](std::size_t n) { return repeated(kFrom, "16:12:36 ", n); }},
    {"one long line of backslashes", [](std::size_t n) { return repeated(kFrom, "\\", n); }},
    {"lines of CR alone", [](std::size_t n) { return repeated("From: a@b\r", "X: a\r", n); }},
    {"lines of CR CR LF", [](std::size_t n) { return repeated("From: a@b\r\r\n", "X: a\r\r\n", n); }},
    {"quote marks", [](std::size_t n) { return repeated("> " + kFrom, "> X-Note: a\n", n); }},
    {"a line of quote marks", [](std::size_t n) { return repeated(kFrom, ">", n); }},
    {"indents", [](std::size_t n) { return repeated("  " + kFrom, "  X-Note: a\n", n); }},
    {"HTML tags", [](std::size_t n) { return repeated(kPage, "<b>x</b>\n", n); }},
    {"HTML tags and one entity at the end",
     [](std::size_t n) { return repeated(kPage, "<b>x</b>", n, "&lt;"); }},
    {"HTML tags that never end", [](std::size_t n) { return repeated(kPage, "<a ", n); }},
    {"HTML tags that end late", [](std::size_t n) { return repeated(kPage, "<a", n, ">"); }},
    {"HTML brackets of addresses",
     [](std::size_t n) { return repeated(kPage, "<a@b <a@b>", n); }},
    {"HTML pre elements",
     [](std::size_t n) { return repeated(kPage, "<pre>From: a\n</pre>", n); }},
    {"HTML pre elements that never end",
     [](std::size_t n) { return repeated(kPage, "<pre", n); }},
    {"HTML entities",
     [](std::size_t n) { return repeated("From: &lt;a@b&gt;\n", "X-A: &lt;&#64;&amp\n", n); }},
    {"ampersands", [](std::size_t n) { return repeated("From: &lt;a@b&gt;\n", "&", n); }},
    {"mailto links",
     [](std::size_t n) { return repeated("From: a@b\nTo: ", "a@b<mailto:a@b>, ", n); }},
    {"mailto links that never end",
     [](std::size_t n) { return repeated("From: a@b\nTo: ", "<mailto:", n); }},
    {"mailto links that never end, of both kinds",
     [](std::size_t n) { return repeated("From: a@b\nTo: ", "<mailto:[mailto:", n); }},
    {"quoted-printable",
     [](std::size_t n) {
       return repeated("From: a@b\nDKIM-Signature: v=3D1; a=3Drsa-sha256;\n", "X: =3D=20=\n", n);
     }},
    {"no-break spaces",
     [](std::size_t n) { return repeated("From: a@b\nX: y\n", "\xC2\xA0 x\n", n); }},
    {"typographic quotes",
     [](std::size_t n) {
       return repeated("From: \xE2\x80\x9C" "a, b\xE2\x80\x9D <a@b>\n",
                       "To: \xE2\x80\x9C\xE2\x80\x99\n", n);
     }},
    {"open comments", [](std::size_t n) { return repeated(kHeader + "To: ", "(", n); }},
    {"open quotes", [](std::size_t n) { return repeated(kHeader + "To: ", "\"a\" (\"", n); }},
    {"addresses", [](std::size_t n) { return repeated(kHeader + "To: ", "a <a@b>, ", n); }},
    {"open angle brackets", [](std::size_t n) { return repeated(kHeader + "To: ", "<", n); }},
    {"encoded words",
     [](std::size_t n) { return repeated(kHeader + "Subject: ", "=?utf-8?q?a?= ", n); }},
    {"encoded words that never end",
     [](std::size_t n) { return repeated(kHeader + "Subject: ", "=?utf-8?q?a", n); }},
    {"encoded words in fields",
     [](std::size_t n) { return repeated(kHeader, "Subject: =?gb18030?b?xOO6ww==?=\n", n); }},
    {"parts",
     [](std::size_t n) {
       return repeated(kHeader + "Content-Type: multipart/mixed; boundary=x\n\n",
                       "--x\n\npart\n", n);
     }},
    {"delimiters of another boundary",
     [](std::size_t n) {
       return repeated(kHeader + "Content-Type: multipart/mixed; boundary=x\n\n", "--xy\n", n);
     }},
    {"a boundary of dashes",
     [](std::size_t n) {
       return repeated(kHeader + "Content-Type: multipart/mixed; boundary=\"" +
                           std::string(n / 4, '-') + "x\"\n\n",
                       "-", n);
     }},
    {"a boundary and lines of dashes",
     [](std::size_t n) {
       return repeated(kHeader + "Content-Type: multipart/mixed; boundary=\"" +
                           std::string(n / 4, '-') + "x\"\n\n",
                       "---------\n", n);
     }},
    {"nested parts", nested_parts},
    {"nested messages", nested_messages},
    {"continued parameters", numbered_parameters},
    {"continued parameters in reverse", reversed_parameters},
    {"GB18030 text",
     [](std::size_t n) { return repeated("Subject: \xC4\xE3\xBA\xC3\n" + kFrom, "X: \xC4\xE3\n", n); }},
    {"UTF-16 text",
     [](std::size_t n) {
       using namespace std::string_literals;
       return repeated("\xFF\xFE"s, "F\0r\0o\0m\0:\0 \0a\0@\0b\0\n\0"s, n);
     }},
    {"From lines", [](std::size_t n) { return repeated(kHeader + "\n", "\nFrom \n", n); }},
});

}  // namespace

std::span<const Growing> growing_inputs() {
  return kInputs;
}

}  // namespace emltrace::test
