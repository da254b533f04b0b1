#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "trace/finding/finding.hpp"
#include "trace/finding/sentences.hpp"

/// What findings say, made of a template in the tables of sentences and of named values. A template
/// that lacks a value, a value that has no place, and a sentence that no table holds do not
/// compile.
namespace emltrace::trace {

namespace sentence_rows {

/// A text that is part of a type.
template <std::size_t kSize>
struct Literal {
  char text[kSize]{};

  consteval Literal(const char (&from)[kSize]) { std::copy_n(from, kSize, text); }
  [[nodiscard]] constexpr std::string_view view() const { return {text, kSize - 1}; }
};

/// A value and the name by which templates call it.
template <Literal kName, class T>
struct Value {
  static constexpr const char* name() { return kName.text; }
  const T& of;
};

/// The template uses each of the names, and no other.
template <class... Values>
consteval bool fits(std::string_view text) {
  const auto places = [text](std::string_view name) {
    std::size_t count = 0;
    for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
      const std::string_view found =
          text.substr(open + 1, text.find_first_of(":}", open) - open - 1);
      if (name.empty() || found == name) ++count;
    }
    return count;
  };
  return ((places(Values::name()) > 0) && ...) &&
         (std::size_t{0} + ... + places(Values::name())) == places("");
}

/// As fmt::format does; each of `named` is a fmt::arg.
template <class... Named>
[[nodiscard]] std::string fill(std::string_view text, const Named&... named) {
  return fmt::vformat(text, fmt::make_format_args(named...));
}

}  // namespace sentence_rows

/// `with<"host">(name)`; it lives no longer than the name.
template <sentence_rows::Literal kName, class T>
[[nodiscard]] constexpr sentence_rows::Value<kName, T> with(const T& value) {
  return {value};
}

/// The sentence of that key: `say<"time-gap">(with<"span">(span), …)`. A value is put in as it is:
/// braces in it are no names.
template <sentence_rows::Literal kKey, class... Values>
[[nodiscard]] Sentence say(const Values&... values) {
  static constexpr std::string_view kText = sentence_rows::sentence_of(kKey.view());
  static_assert(!kText.empty(), "no table holds this sentence");
  static_assert(sentence_rows::fits<Values...>(kText), "template and values name other things");
  return {Code::of(sentence_rows::code_of(kKey.view())),
          sentence_rows::fill(kText, fmt::arg(Values::name(), values.of)...)};
}

/// Words that stand in a sentence as a value: `words<"the-stamp">()`.
template <sentence_rows::Literal kKey, class... Values>
[[nodiscard]] std::string words(const Values&... values) {
  static constexpr std::string_view kText = sentence_rows::words_of(kKey.view());
  static_assert(!kText.empty(), "no table holds these words");
  static_assert(sentence_rows::fits<Values...>(kText), "template and values name other things");
  return sentence_rows::fill(kText, fmt::arg(Values::name(), values.of)...);
}

}  // namespace emltrace::trace
