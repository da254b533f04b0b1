#include "report/escape.hpp"
#include "report/shown.hpp"
#include "report/text/width.hpp"
#include "support/catch.hpp"

using namespace emltrace::report;

namespace {

std::string utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) emltrace::text::append_utf8(out, c);
  return out;
}

std::string times(std::size_t count, std::u32string_view part) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += utf8(part);
  return out;
}

struct Row {
  std::u32string raw;
  std::string shown;
};

}  // namespace

TEST_CASE("what hides, reorders or is of no known look is shown by its number") {
  const std::vector<Row> rows{
      // Bidirectional marks, embeddings, overrides and isolates (UAX #9 table 2).
      {U"\u061c\u200e\u200f", "\\u061c\\u200e\\u200f"},
      {U"\u202a\u202b\u202c\u202d\u202e", "\\u202a\\u202b\\u202c\\u202d\\u202e"},
      {U"\u2066\u2067\u2068\u2069", "\\u2066\\u2067\\u2068\\u2069"},
      // Interlinear annotation, and the unassigned in front of it, which is ignorable.
      {U"a\ufff9b\ufffac\ufffb", "a\\ufff9b\\ufffac\\ufffb"},
      {U"\ufff0\u2065", "\\ufff0\\u2065"},
      {U"pay\u00adpal", "pay\\u00adpal"},
      {U"a\u034fb", "a\\u034fb"},
      // Egyptian hieroglyph format controls; the hieroglyphs are letters.
      {U"\U00013000\U00013430\U0001343f", utf8(U"\U00013000") + "\\U00013430\\U0001343f"},
      {U"\U00013440", "\\U00013440"},
      // Private use in each plane that has any.
      {U"\ue000\uf8ff", "\\ue000\\uf8ff"},
      {U"\U000f0000\U000ffffd\U00100000\U0010fffd", "\\U000f0000\\U000ffffd\\U00100000\\U0010fffd"},
      // Noncharacters.
      {U"\ufdd0\ufdef\ufffe\uffff", "\\ufdd0\\ufdef\\ufffe\\uffff"},
      {U"\U0001fffe\U0009ffff\U0010ffff", "\\U0001fffe\\U0009ffff\\U0010ffff"},
      // Tags: a flag that is none, and a hidden text.
      {U"\U0001f3f4\U000e0075\U000e0073\U000e0074\U000e0078\U000e007f",
       utf8(U"\U0001f3f4") + "\\U000e0075\\U000e0073\\U000e0074\\U000e0078\\U000e007f"},
      {U"a\U000e0041\U000e007f", "a\\U000e0041\\U000e007f"},
      // Variation selectors where there is nothing to select.
      {U"a\ufe0f\ufe0e", "a\\ufe0f\\ufe0e"},
      {U"\u2764\ufe0f\ufe0f", utf8(U"\u2764\ufe0f") + "\\ufe0f"},
      {U"\u2764\ufe00", utf8(U"\u2764") + "\\ufe00"},
      {U"\u845b\U000e0100", utf8(U"\u845b") + "\\U000e0100"},
      // Joiners that join nothing.
      {U"pay\u200dpal pay\u200cpal", "pay\\u200dpal pay\\u200cpal"},
      {U"\u200dx", "\\u200dx"},
      {U"\U0001f469\u200d", utf8(U"\U0001f469") + "\\u200d"},
      {U"\U0001f469\u200d\u200d\U0001f4bb",
       utf8(U"\U0001f469") + "\\u200d\\u200d" + utf8(U"\U0001f4bb")},
      {U"\u0645\u200c", utf8(U"\u0645") + "\\u200c"},                          // nothing follows
      {U"\u0627\u200c\u0628", utf8(U"\u0627") + "\\u200c" + utf8(U"\u0628")},  // alef joins no next
      {U"\u05d0\u200c\u05d1",
       utf8(U"\u05d0") + "\\u200c" + utf8(U"\u05d1")},  // Hebrew is not cursive
  };
  for (const Row& row : rows) {
    CAPTURE(row.shown);
    CHECK(for_terminal(utf8(row.raw)) == row.shown);
  }
}

TEST_CASE("marks beyond the bound, and marks on nothing, are shown by their number") {
  const std::u32string_view acute = U"\u0301";
  CHECK(for_terminal("e" + times(6, acute) + "x") == "e" + times(6, acute) + "x");
  CHECK(for_terminal("e" + times(8, acute) + "x") == "e" + times(6, acute) + "\\u0301\\u0301x");
  // Enclosing marks and those of several kinds count alike; the next character has its own.
  CHECK(for_terminal("a" + times(4, U"\u20dd\u0323") + "e" + times(1, acute)) ==
        "a" + times(3, U"\u20dd\u0323") + "\\u20dd\\u0323e" + times(1, acute));
  CHECK(for_terminal(times(1, acute) + "a") == "\\u0301a");
  CHECK(for_terminal("\x1b" + times(1, acute)) == "\\x1b\\u0301");
  CHECK(for_terminal(utf8(U"\u200b\u0301")) == "\\u200b\\u0301");
  // Vowels of Hangul take no column: they pile up as marks do.
  CHECK(for_terminal(utf8(U"\u1112") + times(7, U"\u1161")) ==
        utf8(U"\u1112") + times(6, U"\u1161") + "\\u1161");
  // The work is linear, and so is what comes of it.
  const std::string pile = for_terminal("e" + times(100'000, acute));
  CHECK(pile.size() == 1 + 6 * 2 + (100'000 - 6) * 6);
}

TEST_CASE("honest writing of any script stays as it is, in the columns that a terminal gives it") {
  struct Honest {
    std::u32string text;
    std::size_t columns;
  };
  const std::vector<Honest> texts{
      {U"\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645", 12},  // Arabic
      {U"\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f\u064c", 4},                // with vowels
      {U"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", 7},  // Persian, a non-joiner inside
      {U"\u0643\u064e\u200c\u0628", 2},                          // the same behind a vowel
      {U"\u0915\u094d\u200d\u0937", 2},                          // Hindi, half a letter
      {U"\u0915\u094d\u200c\u0937", 2},                          // Hindi, a virama that is seen
      {U"\u09b0\u200d\u09cd\u09af\u09be\u09ac", 4},  // Bengali, a joiner before the virama
      {U"\u0dc1\u0dca\u200d\u0dbb\u0dd3", 2},        // Sinhala
      {U"\u0d28\u0d4d\u200d", 1},                    // Malayalam, a chillu of old
      {U"\u0e17\u0e35\u0e48\u0e19\u0e35\u0e48", 2},  // Thai
      {U"Vi\u1ec7t Nam", 8},                         // Vietnamese, composed
      {U"Vie\u0323\u0302t Nam", 8},                  // and not
      {U"\u05e9\u05bc\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", 4},  // Hebrew, pointed
      {U"\u0f56\u0f66\u0f92\u0fb2\u0f74\u0f56\u0f66", 4},        // Tibetan, a stack
      {U"\u1019\u103c\u102d\u102f\u1037", 2},                    // Burmese, four marks
      {U"\u1100\u1161\u11a8", 2},                                // Korean, taken apart
      {U"\u304b\u3099", 2},                                      // kana and its mark
      {U"\u2764\ufe0f", 1},                                      // a heart in emoji style
      {U"1\ufe0f\u20e3", 1},                                     // a keycap
      {U"\U0001f1e9\U0001f1ea", 2},                              // a flag of two letters
      {U"\U0001f44b\U0001f3fd", 4},                              // a hand and its colour
      {U"\U0001f469\u200d\U0001f469\u200d\U0001f467", 6},        // a family
      {U"\U0001f469\U0001f3fd\u200d\U0001f4bb", 6},  // a woman, her colour, her computer
      {U"\U0001f3f3\ufe0f\u200d\U0001f308", 3},      // the rainbow flag
      {U"\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 2},  // Scotland
  };
  for (const Honest& honest : texts) {
    const std::string text = utf8(honest.text);
    CAPTURE(text);
    CHECK(for_terminal(text) == text);
    CHECK(display_width(for_terminal(text)) == honest.columns);
    std::string json;
    append_json(json, text);
    CHECK(json == '"' + text + '"');
    std::string html;
    append_html(html, text);
    CHECK(html == text);
  }
  CHECK(display_width(for_terminal(utf8(U"a\u202eb"))) == 8);  // `a\u202eb`
}

TEST_CASE("surrogates in pairs or alone are no UTF-8 (RFC 3629 3)") {
  CHECK(for_terminal("\xed\xa0\xbd\xed\xb8\x80") == "\\xed\\xa0\\xbd\\xed\\xb8\\x80");  // CESU-8
  CHECK(for_terminal("\xed\xbf\xbf") == "\\xed\\xbf\\xbf");
  CHECK(for_terminal("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
}

TEST_CASE("JSON escapes the same characters and keeps the value") {
  std::string json;
  append_json(json,
              "1" + utf8(U"\ufe0f\u20e3 ") + "\"" + utf8(U"\u0301\ue000\U000f0000\U0001fffe"));
  CHECK(json == "\"1" + utf8(U"\ufe0f\u20e3 ") + "\\\"" + utf8(U"\u0301") +
                    "\\ue000\\udb80\\udc00\\ud83f\\udffe\"");
  json.clear();
  append_json(json, "e" + times(7, U"\u0301"));
  CHECK(json == "\"e" + times(6, U"\u0301") + "\\u0301\"");
}
