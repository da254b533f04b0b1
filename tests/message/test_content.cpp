#include <algorithm>
#include <string>
#include <vector>

#include "message/body/content.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

using List = std::vector<std::string>;

std::string word(body::Use use) {
  switch (use) {
    case body::Use::link:
      return "link ";
    case body::Use::shown:
      return "shown ";
    case body::Use::resource:
      return "resource ";
    case body::Use::pixel:
      return "pixel ";
  }
  return "?";
}

List links(const body::Content& content) {
  List out;
  for (const body::Link& link : content.links) out.push_back(word(link.use) + link.url.text);
  return out;
}

List links_of_page(std::string_view page) {
  return links(
      body::read_content("Content-Type: text/html; charset=utf-8\n\n" + std::string(page)));
}

}  // namespace

TEST_CASE("links stand in a text through quoted-printable, base64 and a charset") {
  CHECK(links(body::read_content(
            "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"
            "see http://a.exam=\nple/x?y=3D1 now\n")) == List{"link http://a.example/x?y=1"});
  // What base64(1) makes of `see http://a.example/x`.
  CHECK(links(body::read_content("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
                                 "c2VlIGh0dHA6Ly9hLmV4YW1wbGUveA==\n")) ==
        List{"link http://a.example/x"});
  // `http://bücher.example/` in ISO-8859-1.
  CHECK(links(body::read_content("Content-Type: text/plain; charset=iso-8859-1\n\n"
                                 "http://b\xFC"
                                 "cher.example/\n")) == List{"link http://xn--bcher-kva.example/"});
  CHECK(links(body::read_content(std::string("Content-Type: text/plain; charset=utf-16le\n\n") +
                                 std::string("h\0t\0t\0p\0:\0/\0/\0a\0.\0e\0x\0a\0m\0p\0l\0e\0",
                                             32))) == List{"link http://a.example"});
}

TEST_CASE("links of a page: those that are followed, and those that are loaded") {
  CHECK(links_of_page(
            "<a href=\"http://a.example/\">x</a><form action=http://b.example/login.php>"
            "<area href='http://c.example/'><img src=http://d.example/x.png>"
            "<td background='http://e.example/'><link href=http://f.example/s.css>"
            "<div style='background:url(http://g.example/x)'><button formaction=http://h.example/>"
            "<img srcset='http://i.example/1 1x, http://j.example/2 2x'>"
            "<meta http-equiv=Refresh content=\"0; URL='http://k.example/'\">") ==
        List{"link http://a.example/", "link http://b.example/login.php", "link http://c.example/",
             "resource http://d.example/x.png", "resource http://e.example/",
             "resource http://f.example/s.css", "resource http://g.example/x",
             "link http://h.example/", "resource http://i.example/1", "resource http://j.example/2",
             "link http://k.example/"});
}

TEST_CASE("a link is found however it is written") {
  CHECK(links_of_page("<a/href=\"http://a.example/\">") == List{"link http://a.example/"});
  CHECK(links_of_page("<a href=\"&#104;ttp&colon;//a&period;example/\">") ==
        List{"link http://a.example/"});
  CHECK(links_of_page("<a href=\" ht\ntp://a.example/\">") == List{"link http://a.example/"});
  CHECK(links_of_page("<!--[if mso]><a href=http://a.example/><![endif]-->") ==
        List{"link http://a.example/"});
  CHECK(links_of_page("<a href=\"javascript:location='http://a.example/'\">") ==
        List{"link http://a.example/"});
  CHECK(links_of_page("<script>location=\"https:\\/\\/a.example\\/\"</script>") ==
        List{"link https://a.example/"});
  CHECK(links_of_page("<a onclick=\"open('http://a.example/')\">") ==
        List{"link http://a.example/"});
  CHECK(links_of_page("<base href=http://a.example/x/><a href=y>") ==
        List{"link http://a.example/x/", "link http://a.example/x/y"});
  // base64(1) of `<a href=http://a.example/>`
  CHECK(links_of_page(
            "<iframe src=\"data:text/html;base64,PGEgaHJlZj1odHRwOi8vYS5leGFtcGxlLz4=\">") ==
        List{"link http://a.example/"});
  CHECK(links_of_page("<img src=\"//a.example/x\"><img src=\"\\\\b.example\\share\">") ==
        List{"resource //a.example/x", "resource file://b.example/share"});
  CHECK(links_of_page("see http://a.example/x") == List{"link http://a.example/x"});
}

TEST_CASE("what is no link is none") {
  CHECK(links_of_page("<html xmlns=http://www.w3.org/1999/xhtml><!-- http://a.example/ -->"
                      "<a href=#top><img src=cid:1@a.example><a name=http://b.example/>"
                      "<img alt=http://c.example/><a href=login.php><a href=\"\">") == List{});
}

TEST_CASE("the text of a link that leads elsewhere is shown, and nobody gets there") {
  CHECK(links_of_page("<a href=http://evil.example/>https://bank.example/login</a>") ==
        List{"link http://evil.example/", "shown https://bank.example/login"});
  CHECK(links_of_page("<a href=http://bank.example/a>http://bank.example/</a> http://c.example/") ==
        List{"link http://bank.example/a", "link http://c.example/"});
}

TEST_CASE("a picture of one point, or one that is not shown, is a tracker") {
  CHECK(links_of_page("<img src=http://a.example/ width=1 height=\"1px\"><img width=1 height=20 "
                      "src=http://b.example/><img src=http://c.example/ style='Display : none'>"
                      "<img src=http://d.example/ style='width:1px;height:1px'>") ==
        List{"pixel http://a.example/", "resource http://b.example/", "pixel http://c.example/",
             "pixel http://d.example/"});
}

TEST_CASE("an attachment is told by the type, size and SHA-256 of its decoded bytes") {
  const auto content = body::read_content(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n--b\n"
      "Content-Type: Application/PDF; name=\"a b.pdf\"\nContent-Transfer-Encoding: base64\n\nYWJj\n"
      "--b\nContent-Type: image/png\n\nabc\n--b--\n");
  REQUIRE(content.attachments.size() == 2);
  const auto& pdf = content.attachments[0];
  CHECK(pdf.part == "2");
  CHECK(pdf.type == "application/pdf");
  CHECK(pdf.name == "a b.pdf");
  CHECK(pdf.size == 3);
  // FIPS 180-2 B.1: of `abc`.
  CHECK(pdf.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(content.attachments[1].type == "image/png");
  CHECK(content.attachments[1].name.empty());
}

TEST_CASE("a page that is attached is read, whatever type it claims") {
  const auto content = body::read_content(
      "Content-Type: application/octet-stream; name=invoice.HTM\n"
      "Content-Disposition: attachment\n\n<form action=\"http://a.example/\">");
  CHECK(links(content) == List{"link http://a.example/"});
  CHECK(content.attachments.size() == 1);
}

TEST_CASE("a message inside is an attachment that is not entered") {
  const auto content =
      body::read_content("Content-Type: message/rfc822\n\nSubject: x\n\nhttp://a.example/\n");
  CHECK(content.links.empty());
  REQUIRE(content.attachments.size() == 1);
  CHECK(content.attachments[0].type == "message/rfc822");
}

TEST_CASE("a line of a calendar may be folded in mid-link") {
  CHECK(links(body::read_content(
            "Content-Type: text/calendar\r\n\r\nURL:http://a.exam\r\n ple/x\r\n")) ==
        List{"link http://a.example/x"});
}

TEST_CASE("addresses of links and texts are found once") {
  const auto content = body::read_content(
      "Content-Type: text/html\n\n<a href=\"mailto:a%40b.example?subject=x\">A@b.example "
      "a@b.example</a>");
  CHECK(content.addresses == List{"a@b.example", "A@b.example"});
}

TEST_CASE("what was not read is told") {
  const auto broken = body::read_content(
      "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n****\n");
  CHECK(broken.left_out == List{"part 1, whose base64 cannot be undone"});
  std::string many = "Content-Type: text/plain\n\n";
  for (std::size_t i = 0; i < body::kMaxLinks + 2; ++i)
    many += "http://a.example/" + std::to_string(i) + "\n";
  const auto content = body::read_content(many);
  CHECK(content.links.size() == body::kMaxLinks);
  CHECK(content.left_out == List{"links beyond the first 10000 in the body"});
  // Copies of one link hide no other.
  std::string copies = "Content-Type: text/plain\n\n";
  for (std::size_t i = 0; i < 2 * body::kMaxLinks; ++i) copies += "http://a.example/\n";
  CHECK(links(body::read_content(copies + "http://evil.example/\n")) ==
        List{"link http://a.example/", "link http://evil.example/"});
  const auto long_text =
      body::read_content("Content-Type: text/plain\n\n" + std::string(body::kMaxTextBytes, ' ') +
                         "http://a.example/\n");
  CHECK(long_text.links.empty());
  CHECK(long_text.left_out == List{"the text of part 1 behind its first 8388608 bytes"});
  CHECK(body::read_content("Subject: x\n\nhello\n").left_out.empty());
}
