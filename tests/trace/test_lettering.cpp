// Letters that are not what they look like: in domains, display names and the Subject.

#include <string>
#include <vector>

#include "base/unicode.hpp"
#include "support/catch.hpp"
#include "trace/author/hidden.hpp"
#include "trace/author/lettering.hpp"
#include "trace/author/mixed_script.hpp"
#include "trace/author/reading.hpp"

using namespace emltrace;
using namespace emltrace::trace;

namespace {

std::string styled(std::string_view text, bool east_asian = false) {
  const auto found = find_styled_word(text, east_asian);
  return found ? found->plain : "";
}

std::string mixed(std::string_view text) {
  const auto found = find_mixed_word(text);
  return found ? found->word + ": " + found->scripts + (found->slip ? ", a slip" : "") : "";
}

std::string read(std::string_view name) {
  return unicode::encode(reading(name));
}

}  // namespace

TEST_CASE("letters that no domain holds are found in it, and what they stand for is told") {
  const auto bold = find_compatibility_letters("𝗯𝗮𝗻𝗸.example");
  REQUIRE(bold);
  CHECK(bold->plain == "bank.example");
  CHECK(bold->characters == "U+1D5EF U+1D5EE U+1D5FB U+1D5F8");
  CHECK_FALSE(bold->full_width);
  const auto wide = find_compatibility_letters("ＢＡＮＫ.example");
  REQUIRE(wide);
  CHECK(wide->plain == "bank.example");
  CHECK(wide->full_width);
  struct Case {
    const char* domain;
    const char* plain;
  };
  for (const Case& c : {Case{"ⓑank.example", "bank.example"}, Case{"ᵇank.example", "bank.example"},
                        Case{"bank․example", "bank.example"}, Case{"bank．example", "bank.example"},
                        Case{"oﬃce.example", "office.example"}, Case{"paypaⅼ.com", "paypal.com"}}) {
    CAPTURE(c.domain);
    const auto found = find_compatibility_letters(c.domain);
    REQUIRE(found);
    CHECK(found->plain == c.plain);
  }
}

TEST_CASE("an internationalized domain in any case, composed or not, holds allowed letters") {
  for (const char* domain : {"bank.example", "bücher.example", "BÜCHER.example",
                             "bu\u0308cher.example", "straße.example", "日本語.jp", "例え。jp",
                             "почта.рф", "ﾃｽﾄ.jp", "xn--bcher-kva.example", "नमस्ते.example"}) {
    CAPTURE(domain);
    CHECK_FALSE(find_compatibility_letters(domain));
  }
}

TEST_CASE("a word in styled letters is read") {
  CHECK(styled("𝗣𝗮𝘆 now") == "Pay");
  CHECK(styled("Your 𝐈𝐧𝐯𝐨𝐢𝐜𝐞 is due") == "Invoice");
  CHECK(styled("𝕭𝖆𝖓𝖐") == "Bank");
  CHECK(styled("Ⓐⓒⓒⓞⓤⓝⓣ") == "Account");
  CHECK(styled("🅰🅼🅰🆉🅾🅽") == "AMAZON");
  CHECK(styled("🄰🄲🅃") == "ACT");
  CHECK(styled("ᴬᶜᶜᵒᵘⁿᵗ locked") == "Account");
  CHECK(styled("ＵＲＧＥＮＴ") == "URGENT");
  CHECK(styled("𝗔𝗕𝗖𝟭") == "ABC1");
}

TEST_CASE("symbols, numbers and raised endings are no styled words") {
  for (const char* text : {"Acme™",   "① agenda",    "①②③",
                           "𝟏𝟐𝟑",     "2ᵉᵐᵉ rappel", "Mᵐᵉ Roe",
                           "x² + y³", "ﬁrst oﬃce",   "On 𝑝-adic 𝐿-functions",
                           "𝔰𝔩₂",     "ℝⁿ",          "№ 5",
                           "10 ㎏",   "Part Ⅷ",      "ⅩⅤⅠ",
                           "½ price", "🅿️ parking",   "🅰️🅱️",
                           "H₂O",     "🇫🇷🇩🇪🇮🇹",      "1ª vez",
                           "Łódź",    "ﾃｽﾄ"}) {
    CAPTURE(text);
    CHECK(styled(text) == "");
  }
}

TEST_CASE("full-width letters are ordinary in East Asian mail, mathematical ones are not") {
  CHECK(styled("ＮＨＫ", true) == "");
  CHECK(styled("ＮＨＫ", false) == "NHK");
  CHECK(styled("𝗕𝗮𝗻𝗸 銀行", true) == "Bank");
}

TEST_CASE("a word that passes for Latin with letters of another script is told") {
  CHECK(mixed("P\u0430yPal") == "P\u0430yPal: Latin and Cyrillic");
  CHECK(mixed("Your N\u0435tfli\u0445 account") == "N\u0435tfli\u0445: Latin and Cyrillic");
  CHECK(mixed("\u0410mazon") == "\u0410mazon: Latin and Cyrillic");
  CHECK(mixed("VIS\u0410") == "VIS\u0410: Latin and Cyrillic");
  CHECK(mixed("\u0406nvoice") == "\u0406nvoice: Latin and Cyrillic");
  CHECK(mixed("Faceb\u03BFok") == "Faceb\u03BFok: Latin and Greek");
  CHECK(mixed("\u0391pple") == "\u0391pple: Latin and Greek");
  CHECK(mixed("p\u03B1ypal") == "p\u03B1ypal: Latin and Greek");
  CHECK(mixed("\u03B1mazon") == "\u03B1mazon: Latin and Greek");
  CHECK(mixed("G\u0585\u0585gle") == "G\u0585\u0585gle: Latin and Armenian");
  // Latin c, e, p, a in a Russian bank's name.
  CHECK(mixed("С\u0431epб\u0430нк a") == "С\u0431epб\u0430нк: Latin and Cyrillic");
}

TEST_CASE("a single strange letter beside whole words of its script is a slip") {
  CHECK(mixed("Мероприятия по \u0421OVID-19") == "\u0421OVID: Latin and Cyrillic, a slip");
  CHECK(mixed("Продлите N\u0435tfli\u0445") == "N\u0435tfli\u0445: Latin and Cyrillic");
}

TEST_CASE("scripts that a reader sees to be foreign, units and signs are ordinary in a word") {
  for (const char* text : {"µTorrent",
                           "10 kΩ",
                           "\u03BCm scale",
                           "TNF\u03B1 and IFN\u03B3",
                           "NF\u03BAB",
                           "PPAR\u03B3",
                           "TGF\u03B21",
                           "\u03BBmax",
                           "\u03C1crit",
                           "interferon\u03B3",
                           "\u0394T",
                           "\u0394x",
                           "\u03B2-blocker",
                           "\u03B1Syn",
                           "COVID-ом",
                           "SMSки",
                           "IBMом",
                           "PRщик",
                           "СберLab",
                           "СберMe",
                           "VKонтакте",
                           "Украiна",
                           "cправка",
                           "Google'а",
                           "日本ABC",
                           "iPhone版",
                           "ร้านABC",
                           "الiPhone",
                           "ПриватБанк",
                           "МТС TV",
                           "Ελλάδα",
                           "Москва",
                           "café",
                           "İstanbul",
                           ""}) {
    CAPTURE(text);
    CHECK(mixed(text) == "");
  }
}

TEST_CASE("hidden characters are judged by where they stand") {
  struct Case {
    const char* text;
    Hidden kind;
    const char* code_points;
  };
  for (const Case& c : {
           Case{"Pay\u200BPal", Hidden::in_word, "U+200B"},
           Case{"P\u00ADa\u00ADy\u00ADPal", Hidden::in_word, "U+00AD U+00AD U+00AD"},
           Case{"Pay\u00ADPal", Hidden::in_word, "U+00AD"},
           // Long enough to be hyphenated, but no typesetter leaves a single letter.
           Case{"M\u00ADicrosoft", Hidden::in_word, "U+00AD"},
           Case{"Micro\u200Bsoft365", Hidden::in_word, "U+200B"},
           Case{"Pay\u2060Pal", Hidden::in_word, "U+2060"},
           Case{"Mi\u034Fcrosoft", Hidden::in_word, "U+034F"},
           Case{"In\u3164voice", Hidden::in_word, "U+3164"},
           Case{"Pa\u2800y", Hidden::in_word, "U+2800"},
           Case{"Pay\u200DPal", Hidden::in_word, "U+200D"},
           Case{"a\uFE0Fb", Hidden::in_word, "U+FE0F"},
           Case{"\U000E0041\U000E0042 hi", Hidden::carried, "U+E0041 U+E0042"},
           Case{"😀\uFE01\uFE02", Hidden::carried, "U+FE02"},
           Case{"Hello \u200B", Hidden::invisible, "U+200B"},
           Case{"Hello\u200B", Hidden::invisible, "U+200B"},
           Case{"Hello\uFEFF", Hidden::invisible, "U+FEFF"},
           Case{"Donau\u00ADdampf\u00ADschiff", Hidden::typeset, "U+00AD U+00AD"},
           Case{"Auf\u200Clagenhöhe", Hidden::typeset, "U+200C"},
           Case{"a\u202Egpj", Hidden::override_, "U+202E"},
           Case{"a\u202Agpj", Hidden::embedding, "U+202A"},
           Case{"Ann\u200F", Hidden::mark, "U+200F"},
           Case{"a\u200Bb\u202Ec", Hidden::override_, "U+200B U+202E"},
       }) {
    CAPTURE(c.text);
    const auto found = find_hidden(c.text);
    REQUIRE(found);
    CHECK(found->kind == c.kind);
    CHECK(found->code_points == c.code_points);
  }
}

TEST_CASE("hidden characters that belong to the spelling are not told") {
  for (const char* text :
       {"", "Hello", "\uFEFFHello", "👨\u200D👩\u200D👧 family", "می\u200Cروم", "क्\u200Dष",
        "❤\uFE0F you", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
        "1\uFE0F\u20E3 one", "葛\U000E0100城市", "ภาษา\u200Bไทย", "日本\u200B語", "\u1112\u1160",
        "שלום\u200F", "\u202Bשלום\u202C", "⠓\u2800⠓", "🏴\u200D☠\uFE0F", "©\uFE0F 2026",
        "ᠮᠠ\u180E"}) {
    CAPTURE(text);
    CHECK_FALSE(find_hidden(text));
  }
}

TEST_CASE("a hundred thousand hidden characters in one word are read in linear time") {
  std::string text = "a";
  for (int i = 0; i < 100'000; ++i) text += "b\u00AD";
  const auto found = find_hidden(text + "de");
  REQUIRE(found);
  CHECK(found->kind == Hidden::in_word);
}

TEST_CASE("a name is compared as a reader reads it") {
  CHECK(read("PAYPAL") == "paypal");
  CHECK(read("𝗣𝗮𝘆𝗣𝗮𝗹") == "paypal");
  CHECK(read("🅿🅰🆈") == "pay");
  CHECK(read("P\u0430yP\u0430l") == "paypal");
  CHECK(read("\u0410\u0440\u0440\u04CF\u0435") == "apple");  // Cyrillic letters alone
  CHECK(read("PayPaI") == "paypal");
  CHECK(read("Pay\u200BPal\u2122") == "paypal");
  CHECK(read("Crédit") == "credit");
  CHECK(read("Москва") == "москва");
  CHECK(unicode::encode(with_digits_as_letters(U"micr0s0ft 365", 'l')) == "microsoft 365");
  CHECK(unicode::encode(with_digits_as_letters(U"netfl1x 1", 'i')) == "netflix 1");
}
