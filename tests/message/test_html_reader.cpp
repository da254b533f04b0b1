#include <string>

#include "message/body/html_reader.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

// `<a href=[x]>text</a>{code}`
std::string told(std::string_view page) {
  html::Reader reader(page);
  std::string out;
  while (const auto piece = reader.next()) {
    using Kind = html::Piece::Kind;
    if (piece->kind == Kind::text) out += piece->text;
    if (piece->kind == Kind::code) out += "{" + piece->text + "}";
    if (piece->kind == Kind::end) out += "</" + piece->name + ">";
    if (piece->kind != Kind::start) continue;
    out += "<" + piece->name;
    for (const auto& [name, value] : piece->attributes) {
      out += " ";
      out += name;
      out += "=[" + value + "]";
    }
    out += ">";
  }
  return out;
}

}  // namespace

TEST_CASE("WHATWG HTML 13.2.5.32 to 40: attributes in each form that browsers read") {
  CHECK(told("<A HREF=\"x&amp;y\" id='1' t=z checked>t</a >") ==
        "<a href=[x&y] id=[1] t=[z] checked=[]>t</a>");
  CHECK(told("<a/href=\"x\"/id=1>") == "<a href=[x] id=[1]>");
  CHECK(told("<a\n href\t=\r\n'x\ny'>") == "<a href=[x\ny]>");
  CHECK(told("<img src=\"x\"alt=\"y\">") == "<img src=[x] alt=[y]>");
  CHECK(told("<a title=\">\" href=x>") == "<a title=[>] href=[x]>");
  CHECK(told("<a =x y>") == "<a =x=[] y=[]>");
  CHECK(told("<a href=x/>") == "<a href=[x/]>");
}

TEST_CASE("13.2.5.33: of two attributes of one name the first counts") {
  CHECK(told("<a href=one HREF=two>") == "<a href=[one]>");
}

TEST_CASE("a '<' that begins no tag is text") {
  CHECK(told("1 < 2 <3 <") == "1 < 2 <3 <");
  CHECK(told("a</") == "a</");
  CHECK(told("<b>x") == "<b>x");
}

TEST_CASE("comments are passed over as browsers do, and what follows is not") {
  CHECK(told("a<!-- <a href=x> -->b") == "ab");
  CHECK(told("a<!-->b--><!--->c<!-- x --!>d") == "ab-->cd");
  CHECK(told("<!DOCTYPE html><?xml x?></3>a<!x>b") == "ab");
  CHECK(told("a<!-- never closed <a href=x>") == "a");
}

TEST_CASE("the inside of a conditional comment is markup to Outlook") {
  CHECK(told("<!--[if mso]><a href=x>y</a><![endif]-->z") == "<a href=[x]>y</a>z");
  CHECK(told("<!--[if !mso]><!-- -->y<!--<![endif]-->z") == "yz");
}

TEST_CASE("13.2.5.2 to 5: the inside of scripts, styles and titles is no markup") {
  CHECK(told("<script>if (a<b) x='<a href=y>'</script>z") ==
        "<script>{if (a<b) x='<a href=y>'}</script>z");
  CHECK(told("<STYLE>a</stylex>b</Style >c") == "<style>{a</stylex>b}</style>c");
  CHECK(told("<title>&lt;a <b></title>c") == "<title><a <b></title>c");
  CHECK(told("<script></script><b>") == "<script></script><b>");
  CHECK(told("<script>never closed") == "<script>{never closed}");
}

TEST_CASE("of a tag with very many attributes the first ones are kept, and the page goes on") {
  std::string page = "<a";
  for (int i = 0; i < 1'000; ++i) page += " n" + std::to_string(i) + "=1";
  page += ">x";
  html::Reader reader(page);
  CHECK(reader.next()->attributes.size() == html::Reader::kMaxAttributes);
  CHECK(reader.next()->text == "x");
}
