#include <array>
#include <string_view>

#include "base/word_table.hpp"
#include "support/catch.hpp"

using emltrace::text::WordTable;

namespace {

constexpr std::array kWords =
    std::to_array<std::string_view>({"from", "date", "received", "received-spf", "x", "to", "cc"});
constexpr WordTable kTable(kWords);

}  // namespace

TEST_CASE("A word of a table is found at its place, whatever its case") {
  for (std::size_t i = 0; i < kWords.size(); ++i) CHECK(kTable.find(kWords[i]) == i);
  CHECK(kTable.find("ReceiveD-SPF") == 3);
  CHECK(kTable.holds("X"));
}

TEST_CASE("What is no word of a table is not found in it") {
  for (const std::string_view word :
       {"", "fro", "from ", "form", "received-sp", "received-spf-", "dat\xC3\xA9", "xx", "y"}) {
    CAPTURE(word);
    CHECK_FALSE(kTable.find(word));
    CHECK_FALSE(kTable.holds(word));
  }
}

TEST_CASE("Words that only their middle tells apart are told apart") {
  constexpr WordTable table(std::to_array<std::string_view>({"axbxc", "axcxc", "axdxc", "axexc"}));
  CHECK(table.find("axdxc") == 2);
  CHECK_FALSE(table.find("axfxc"));
}
