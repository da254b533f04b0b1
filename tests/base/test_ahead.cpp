#include <string>

#include "base/ahead.hpp"
#include "base/work.hpp"
#include "support/catch.hpp"

using emltrace::text::Ahead;

TEST_CASE("the next of some bytes is found from each place, also from one further back") {
  const std::string text = "a<b>c<d>";
  Ahead close(text, ">");
  CHECK(close.from(0) == 3);
  CHECK(close.from(3) == 3);
  CHECK(close.from(4) == 7);
  CHECK(close.from(1) == 3);
  CHECK(close.from(8) == std::string::npos);
  CHECK(close.from(100) == std::string::npos);
  CHECK(close.from(0) == 3);
  Ahead any(text, "<>");
  CHECK(any.from(0) == 1);
  CHECK(any.from(2) == 3);
}

TEST_CASE("all answers together look at each byte once, whether something is found or not") {
  const std::string text = std::string(1'000, 'x') + ">" + std::string(1'000, 'x');
  const auto before = emltrace::work::counted;
  Ahead close(text, ">");
  for (std::size_t at = 0; at < text.size(); ++at) (void)close.from(at);
  CHECK(emltrace::work::counted - before == 2'000);
}
