#include "intake/mend/draft.hpp"
#include "intake/mend/place_map.hpp"
#include "support/catch.hpp"

using emltrace::intake::Draft;
using emltrace::intake::Edit;
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

TEST_CASE("all of a piece without width stands at one place, in one line") {
  PlaceMap map;
  map.add({0, 5, 1, 2, 0});
  map.add({9, 8, 3, 3, 0});
  CHECK(map.input_offset(0) == 5);
  CHECK(map.input_offset(8) == 5);
  CHECK(map.input_offset(99) == 8);
  CHECK(map.input_line(4, 2) == 2);
  CHECK(map.input_line(20, 7) == 3);
}

TEST_CASE("a byte that a mend put in stands where the text before it ends") {
  PlaceMap map;
  map.add({0, 0, 1, 1, 1, 3});
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

// `€` as UTF-16: two bytes of the input, three of the copy.
TEST_CASE("no byte of the last character stands behind the end of the input") {
  const Draft given("\xAC\x20");
  Edit edit(given);
  edit.replace(0, 2, "\xE2\x82\xAC", 2);
  const Draft mended = edit.finish();
  const PlaceMap places = mended.places();
  CHECK(places.input_offset(0) == 0);
  CHECK(places.input_offset(1) == 2);
  CHECK(places.input_offset(2) == 2);
  CHECK(places.input_offset(3) == 2);
}

// Four bytes that became six, which then were moved before the byte that stood before them.
TEST_CASE("no byte of what was moved stands behind the end of what it was made of") {
  const Draft given("x\xB0\xA1\xB0\xA2");
  Edit first(given);
  first.copy(0, 1);
  first.replace(1, 5, "\xE5\x95\x8A\xE9\x98\xBF");
  const Draft wide = first.finish();
  Edit second(wide);
  second.copy(1, 7);
  second.copy(0, 1);
  const Draft moved = second.finish();
  const PlaceMap places = moved.places();
  CHECK(places.input_offset(0) == 1);
  CHECK(places.input_offset(3) == 4);
  CHECK(places.input_offset(4) == 5);
  CHECK(places.input_offset(5) == 5);
  CHECK(places.input_offset(6) == 0);
  CHECK(places.input_offset(7) == 1);
}

// `a b c` of one line, cut into lines by one pass, then passed over by another that changes `c`.
TEST_CASE("lines that a pass made stay lines of the one input line in the passes after it") {
  const Draft given("a b c");
  Edit first(given);
  first.copy(0, 1);
  first.replace(1, 2, "\n");
  first.copy(2, 3);
  first.replace(3, 4, "\n");
  first.copy(4, 5);
  const Draft cut = first.finish();
  Edit second(cut);
  second.copy(0, 4);
  second.replace(4, 5, "d");
  const Draft changed = second.finish();
  REQUIRE(changed.text() == "a\nb\nd");
  const PlaceMap places = changed.places();
  CHECK(places.input_line(0, 1) == 1);
  CHECK(places.input_line(2, 2) == 1);
  CHECK(places.input_line(4, 3) == 1);
  CHECK(places.input_offset(2) == 2);
  CHECK(places.input_offset(4) == 4);
}
