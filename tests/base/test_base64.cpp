#include <string>

#include "base/base64.hpp"
#include "support/catch.hpp"

using emltrace::base64_decode;
using emltrace::base64_decode_either;
using emltrace::base64_encode;

TEST_CASE("the test vectors of RFC 4648 section 10 go both ways") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    CAPTURE(plain);
    CHECK(base64_encode(plain) == encoded);
    CHECK(base64_decode(encoded) == plain);
  }
}

TEST_CASE("every byte value survives") {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  CHECK(base64_decode(base64_encode(all)) == all);
}

TEST_CASE("folding white space inside is skipped") {
  CHECK(base64_decode(" Zm9v\r\n\tYm Fy ") == "foobar");
  CHECK(base64_decode("Zm9vYg=\r\n =") == "foob");
}

TEST_CASE("foreign bytes, wrong padding and data after the padding are refused") {
  for (const char* bad : {"Zm9v!", "Zg", "Zg=", "Zg===", "Z", "Z===", "Zg==Zg==", "=",
                          "====", "Zm9v=", "Zm-_", "Zm9v\x80"}) {
    CAPTURE(bad);
    CHECK_FALSE(base64_decode(bad).has_value());
  }
}

TEST_CASE("lenient reading takes missing padding and nothing else") {
  CHECK(base64_decode("Zg", true) == "f");
  CHECK(base64_decode("Zm9vYmE", true) == "fooba");
  CHECK_FALSE(base64_decode("Zg=", true).has_value());
  CHECK_FALSE(base64_decode("Z", true).has_value());
  CHECK_FALSE(base64_decode("Zm9v!", true).has_value());
}

TEST_CASE("both alphabets are read as one, with padding or without, where that is asked for") {
  const std::string bytes = "\xfb\xff\xbf\xfe";
  for (const char* text : {"+/+//g==", "-_-__g==", "-_-__g", "+_-//g"}) {
    CAPTURE(text);
    CHECK(base64_decode_either(text) == bytes);
  }
  CHECK_FALSE(base64_decode("-_-__g==", true));
  for (const char* text : {"+/+//g=", "Zg==Zg==", "Z", "Z.g="})
    CHECK_FALSE(base64_decode_either(text));
}
