#include "intake/mend/place_map.hpp"
#include "support/catch.hpp"

using emltrace::intake::PlaceMap;

TEST_CASE("without pieces a place is the same in both") {
  const PlaceMap map;
  CHECK(map.empty());
  CHECK(map.input_offset(7) == 7);
  CHECK(map.input_line(7, 3) == 3);
}

// Input `junk\nab\ncd\n`, mended copy `ab cd\n`: the first line is left out, `\n` became a space.
TEST_CASE("offsets and lines run in step inside a piece") {
  PlaceMap map;
  map.add({0, 5, 1, 2, 1});
  map.add({3, 8, 1, 3, 1});
  CHECK(map.input_offset(0) == 5);
  CHECK(map.input_offset(1) == 6);
  CHECK(map.input_offset(3) == 8);
  CHECK(map.input_offset(4) == 9);
  CHECK(map.input_line(1, 1) == 2);
  CHECK(map.input_line(4, 1) == 3);
  CHECK(map.input_line(6, 2) == 4);
}

TEST_CASE("a byte that a mend put in stands where the text before it ends") {
  PlaceMap map;
  map.add({0, 0, 1, 1, 1});
  map.add({6, 3, 1, 1, 1});
  CHECK(map.input_offset(2) == 2);
  CHECK(map.input_offset(3) == 3);
  CHECK(map.input_offset(5) == 3);
  CHECK(map.input_offset(6) == 3);
}

TEST_CASE("a mended byte may stand for two of the input, after a byte order mark") {
  PlaceMap map;
  map.add({0, 2, 1, 1, 2});
  CHECK(map.input_offset(0) == 2);
  CHECK(map.input_offset(5) == 12);
}
