#include "emltrace/base/text.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE("ASCII case is folded without a locale") {
  CHECK(text::lower("AbC\xC3\x84") == "abc\xC3\x84");
}
