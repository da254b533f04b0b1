#include <string>

#include "message/mime.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE(
    "parts of nested multiparts are numbered and cut without the line end before a boundary") {
  const std::string bytes =
      "Content-Type: multipart/mixed; boundary=\"a b\"\r\n\r\npreamble\r\n--a b\r\n"
      "Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\n\r\nplain\r\n--in\r\n"
      "Content-Type: text/html\r\n\r\n<p>\r\n--in--\r\nepilogue\r\n--a b  \r\n"
      "Content-Type: MESSAGE/RFC822 (a comment)\r\n\r\nFrom: x@y.example\r\n\r\nhi\r\n--a b--\r\n";
  const mime::Part root = mime::read(bytes);
  CHECK(root.type == "multipart/mixed");
  REQUIRE(root.parts.size() == 2);
  REQUIRE(root.parts[0].parts.size() == 2);
  CHECK(root.parts[0].parts[0].number == "1.1");
  CHECK(root.parts[0].parts[0].type == "text/plain");
  CHECK(root.parts[0].parts[0].body == "plain");
  CHECK(root.parts[0].parts[1].body == "<p>");
  CHECK(root.parts[1].number == "2");
  CHECK(root.parts[1].type == "message/rfc822");
  CHECK(root.parts[1].body == "From: x@y.example\r\n\r\nhi");
}

TEST_CASE("a boundary is a whole line: a longer one that begins alike is text") {
  const mime::Part root = mime::read(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--bc\ntwo\n x --b\n--b--\n");
  REQUIRE(root.parts.size() == 1);
  CHECK(root.parts[0].body == "one\n--bc\ntwo\n x --b");
}

TEST_CASE("a multipart that is never closed keeps its last part") {
  const mime::Part root =
      mime::read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n");
  REQUIRE(root.parts.size() == 2);
  CHECK(root.parts[1].body == "two\n");
}

TEST_CASE("parameters are read quoted, folded, continued and extended (RFC 2231)") {
  CHECK(mime::parameter(" text/plain; charset=utf-8; name=\"a \\\"b\\\".eml\"", "NAME") ==
        "a \"b\".eml");
  CHECK(mime::parameter("multipart/mixed;\r\n\tboundary=\"x\r\n y\"", "boundary") == "x y");
  CHECK(mime::parameter("a/b; filename*0=\"first-\"; filename*1=second.eml", "filename") ==
        "first-second.eml");
  CHECK(mime::parameter("a/b; filename*=utf-8'de'%C3%BC.eml", "filename") == "\xC3\xBC.eml");
  CHECK(mime::parameter("a/b; filename*0*=utf-8''%41; filename*1=.eml", "filename") == "A.eml");
  CHECK(mime::parameter("a/b; filename*=''x=41%42%4", "filename") == "x=41B%4");
  CHECK(mime::parameter("a/b; boundary = \"x\"", "boundary") == "x");
  CHECK(!mime::parameter("a/b; x; =y; name", "filename").has_value());
}

TEST_CASE("a body is cut at its delimiters, each with its place") {
  const std::string body = "pre\r\n--b\r\none\r\n--b \r\n\r\ntwo\r\n\r\n--b--\r\nepilogue";
  const mime::Pieces cut = mime::cut(body, "b", 10);
  REQUIRE(cut.pieces.size() == 2);
  CHECK(cut.pieces[0].delimiter == 5);
  CHECK(cut.pieces[0].entity == "one");
  CHECK(cut.pieces[1].delimiter == 15);
  CHECK(cut.pieces[1].entity == "\r\ntwo\r\n");
  CHECK(cut.closing == 30);
  CHECK(mime::cut(body, "b", 1).pieces.size() == 1);
  CHECK_FALSE(mime::cut(body, "b", 1).closing);
  CHECK(mime::cut("--b\nopen", "b", 10).pieces[0].entity == "open");
  CHECK(mime::cut("--b--\n", "b", 10).closing == 0);
  CHECK(mime::cut("none", "b", 10).pieces.empty());
}

TEST_CASE("the media type is told without comments, the raw field with its folds") {
  CHECK(mime::media_type(" Text/ (x) HTML; charset=y") == "text/html");
  CHECK(mime::media_type("nothing") == "text/plain");
  const std::string header = "A: 1\r\nContent-Type : a/b;\r\n c=d\r\nE: f\r\n";
  CHECK(mime::raw_field(header, "content-type") == "Content-Type : a/b;\r\n c=d\r\n");
  CHECK(mime::raw_field(header, "e") == "E: f\r\n");
  CHECK(mime::raw_field(header, "c=d").empty());
}

TEST_CASE("transfer encodings are undone, and what cannot be is told") {
  const mime::Part base64 = mime::read("Content-Transfer-Encoding: BASE64\n\nRnJvbTog\neEB5\n");
  CHECK(base64.decoded() == "From: x@y");
  const mime::Part quoted =
      mime::read("Content-Transfer-Encoding: quoted-printable\n\na=3Db=\nc =\n\xFF=ZZ");
  CHECK(quoted.decoded() == "a=bc \xFF=ZZ");
  CHECK(!mime::read("Content-Transfer-Encoding: base64\n\n!!!").decoded().has_value());
  CHECK(mime::read("\nraw").decoded() == "raw");
}

TEST_CASE("a part of a digest that says nothing is a message, any other is text") {
  const std::string body = "--b\n\nSubject: x\n\ntext\n--b\nContent-Type: text/html\n\nx\n--b--\n";
  const mime::Part digest = mime::read("Content-Type: multipart/digest; boundary=b\n\n" + body);
  REQUIRE(digest.parts.size() == 2);
  CHECK(digest.parts[0].type == "message/rfc822");
  CHECK(digest.parts[1].type == "text/html");
  const mime::Part mixed = mime::read("Content-Type: multipart/mixed; boundary=b\n\n" + body);
  CHECK(mixed.parts[0].type == "text/plain");
}

TEST_CASE("file names are read as RFC 2231 and as encoded words, with the disposition") {
  const auto part = [](const std::string& header) { return mime::read(header + "\n\nx"); };
  CHECK(part("Content-Disposition: Attachment; filename=\"=?utf-8?B?cGhpc2gubXNn?=\"").filename ==
        "phish.msg");
  CHECK(part("Content-Type: text/plain; name==?utf-8?Q?a=2Eeml?=").filename == "a.eml");
  CHECK(part("Content-Disposition: inline; filename*0*=utf-8''a%2E; filename*1=eml").filename ==
        "a.eml");
  CHECK(part("Content-Disposition: Attachment; filename=a").disposition == "attachment");
  CHECK(part("Content-Type: text/plain").disposition.empty());
}

TEST_CASE("the start of a body is decoded without the rest") {
  const auto start = [](const std::string& encoding, const std::string& body, std::size_t bytes) {
    return mime::read("Content-Transfer-Encoding: " + encoding + "\n\n" + body)
        .decoded_start(bytes);
  };
  CHECK(start("base64", "RnJv\nbTog\nYUBi", 6) == "From: ");
  CHECK(start("base64", "RnJvbTogYQ==", 100) == "From: a");
  CHECK(start("base64", "!!", 4).empty());
  CHECK(start("quoted-printable", "Fr=\nom=3A a", 5) == "From:");
  CHECK(start("7bit", "From: a", 4) == "From");
}

TEST_CASE("depth and number of parts are bounded") {
  std::string deep;
  for (int i = 0; i < 2'000; ++i) {
    const std::string b = "b" + std::to_string(i);
    deep += "Content-Type: multipart/mixed; boundary=" + b + "\n\n--" + b + "\n";
  }
  const mime::Part nested = mime::read(deep);
  const mime::Part* part = &nested;
  std::size_t depth = 0;
  while (!part->parts.empty()) {
    part = &part->parts[0];
    ++depth;
  }
  CHECK(depth == mime::kMaxDepth);

  std::string wide = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 5'000; ++i) wide += "--b\n\nx\n";
  CHECK(mime::read(wide).parts.size() == mime::kMaxParts);
}

TEST_CASE("RFC 2046 5.1.1: a boundary that holds a line end, by RFC 2231, is no line of the body") {
  for (const char* octet : {"%0D", "%0A", "%0D%0A"}) {
    CAPTURE(octet);
    const auto part = mime::read("Content-Type: multipart/mixed; boundary*=''b" +
                                 std::string(octet) + "\r\n\r\n--b\r\n\r\none\r\n--b--\r\n");
    CHECK(part.type == "multipart/mixed");
    CHECK(part.parts.empty());
  }
  CHECK(
      mime::read("Content-Type: multipart/mixed; boundary*=''b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n")
          .parts.size() == 1);
}
