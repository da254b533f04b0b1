#include "base/text.hpp"
#include "fuzz/seeds.hpp"
#include "message/charset.hpp"
#include "message/encoded_word.hpp"
#include "message/message.hpp"

namespace emltrace::fuzz {
namespace {

void run(std::string_view input) {
  const std::string decoded = decode_encoded_words(input);
  if (text::is_utf8(input)) expect(text::is_utf8(decoded), "UTF-8 stays UTF-8");
  const std::string unfolded = unfold(input);
  if (!has_encoded_word(unfolded)) {
    expect(decoded == unfolded, "text without an encoded word is only unfolded");
  }
  for (std::size_t at = 0; at < input.size(); ++at) {
    if (input[at] != '=') continue;
    const auto word = encoded_word::match(input, at);
    if (!word) continue;
    expect(at + word->length <= input.size(), "a word ends in the text");
    expect_inside(word->charset, input.substr(at, word->length), "a charset lies in its word");
    expect_inside(word->text, input.substr(at, word->length), "a text lies in its word");
    if (const auto utf8 = to_utf8(word->text, word->charset)) {
      expect(text::is_utf8(*utf8), "what a charset converts is UTF-8");
    }
  }
}

const Registration registration({"encoded_words", run, [] {
                                   return field_bodies({"Subject", "From", "To", "Comments"});
                                 }});

}  // namespace
}  // namespace emltrace::fuzz
