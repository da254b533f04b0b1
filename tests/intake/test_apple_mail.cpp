#include <string>

#include "support/catch.hpp"
#include "support/reading.hpp"

using namespace emltrace;

namespace {

const std::string kHeader = "From: a@b.example\nDate: Tue, 22 Mar 2022 16:12:36 +0000\n";
const std::string kMessage = kHeader + "\nbody\n";
const std::string kList =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"x\" \"y\">\n"
    "<plist version=\"1.0\">\n<dict/>\n</plist>\n";

std::string emlx(const std::string& message, const std::string& behind = kList) {
  return std::to_string(message.size()) + "       \n" + message + behind;
}

intake::Item read(const std::string& bytes) {
  const auto all = test::read_in_memory("x.emlx", bytes);
  REQUIRE(all.faults.empty());
  REQUIRE(all.items.size() == 1);
  return all.items[0];
}

}  // namespace

TEST_CASE("an .emlx is the message of the length that its first line says") {
  for (const std::string& behind : {kList, std::string("bplist00\x01"), std::string()}) {
    const auto item = read(emlx(kMessage, behind));
    CHECK(item.text == kMessage);
    REQUIRE(item.repairs.size() == 1);
    CHECK(item.repairs[0].code == "apple-mail");
    CHECK(!item.repairs[0].touches_signed_bytes);
  }
}

TEST_CASE("what looks like a property list in the body of an .emlx is body") {
  const std::string message = kMessage + kList + "and more\n";
  CHECK(read(emlx(message)).text == message);
}

TEST_CASE("a line of an .emlx is that of the file") {
  const auto item = read(emlx(kMessage));
  const std::size_t date = kMessage.find("Date:");
  CHECK(item.places.input_line(date, 2) == 3);
  CHECK(item.original.substr(item.places.input_offset(date), 5) == "Date:");
}

TEST_CASE("an .emlx with other line ends than when it was measured ends at its property list") {
  std::string bytes = emlx(kMessage);
  for (std::size_t at = bytes.find('\n'); at != bytes.npos; at = bytes.find('\n', at + 2)) {
    bytes.replace(at, 1, "\r\n");
  }
  CHECK(read(bytes).text ==
        "From: a@b.example\r\nDate: Tue, 22 Mar 2022 16:12:36 +0000\r\n\r\nbody\r\n");
}

TEST_CASE("a message of which Apple Mail keeps the attachments elsewhere is a header alone") {
  const std::string partial = kHeader +
                              "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
                              "Content-Type: image/png\nX-Apple-Content-Length: 4711\n\n--b--\n";
  const auto item = read(emlx(partial));
  CHECK(item.kind == intake::Kind::headers);
  CHECK(item.text == kHeader + "Content-Type: multipart/mixed; boundary=b\n\n");
  REQUIRE(item.repairs.size() == 1);
  CHECK(item.repairs[0].code == "apple-mail-partial");
  CHECK(item.repairs[0].touches_signed_bytes);
}

TEST_CASE("a number above a message, or that field in another message, is no sign of Apple Mail") {
  CHECK(read("12\n" + kMessage).repairs.at(0).code == "leading-text");
  const auto item = read(kMessage + "X-Apple-Content-Length: 4711\n");
  CHECK(item.kind == intake::Kind::message);
  CHECK(item.repairs.empty());
}
