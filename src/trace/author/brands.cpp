#include "trace/author/brands.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/text.hpp"
#include "base/unicode.hpp"
#include "trace/author/domain_list.hpp"
#include "trace/author/reading.hpp"
#include "trace/author/service_words.hpp"

namespace emltrace::trace {
namespace {

enum class Kind { name, ambiguous, service, plain };

// The code points of a name, in kLetters. No pointers: a table of them would be relocated whenever
// the program starts.
struct Form {
  std::uint32_t at = 0;
  std::uint16_t size = 0;
  std::uint16_t brand = 0;  // in kBrands; of words their number
  Kind kind = Kind::plain;
};

// Calls visit(text, kind, brand) for every name and word.
template <class Visit>
constexpr void each_text(Visit visit) {
  const auto each = [&visit](std::string_view list, Kind kind, std::size_t brand) {
    while (!list.empty()) {
      const std::size_t end = std::min(list.find(';'), list.size());
      if (end > 0) visit(list.substr(0, end), kind, brand);
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  };
  for (std::size_t i = 0; i < kBrands.size(); ++i) {
    each(kBrands[i].names, Kind::name, i);
    each(kBrands[i].ambiguous, Kind::ambiguous, i);
  }
  each(kServiceWords, Kind::service, kBrands.size());
  each(kPlainWords, Kind::plain, kBrands.size());
}

// As `reading` makes it, in which the tables are written. Signs are blanks, which match() takes for
// any run of what is no letter.
template <class Put>
constexpr void each_letter(std::string_view text, Put put) {
  char32_t before = U' ';
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::decode_utf8(text, at);
    at += point.length;
    const bool letter = point.value >= 0x80 || text::is_alnum(static_cast<char>(point.value));
    const char32_t c = letter ? point.value : U' ';
    if (letter || before != U' ') put(c);
    before = c;
  }
}

struct Sizes {
  std::size_t forms = 0;
  std::size_t letters = 0;
};
constexpr Sizes kSizes = [] {
  Sizes sizes;
  each_text([&](std::string_view text, Kind, std::size_t) {
    ++sizes.forms;
    each_letter(text, [&](char32_t) { ++sizes.letters; });
  });
  return sizes;
}();

constexpr auto kLetters = [] {
  std::array<char32_t, kSizes.letters> letters{};
  std::size_t at = 0;
  each_text([&](std::string_view text, Kind, std::size_t) {
    each_letter(text, [&](char32_t c) { letters[at++] = c; });
  });
  return letters;
}();

constexpr std::u32string_view text_of(const Form& form) {
  return std::u32string_view(kLetters.data(), kLetters.size()).substr(form.at, form.size);
}

// By first character, the longest first.
constexpr auto kForms = [] {
  std::array<Form, kSizes.forms> forms{};
  std::size_t next = 0;
  std::uint32_t at = 0;
  each_text([&](std::string_view text, Kind kind, std::size_t brand) {
    std::uint16_t size = 0;
    each_letter(text, [&](char32_t) { ++size; });
    forms[next++] = {at, size, static_cast<std::uint16_t>(brand), kind};
    at += size;
  });
  std::sort(forms.begin(), forms.end(), [](const Form& a, const Form& b) {
    if (kLetters[a.at] != kLetters[b.at]) return kLetters[a.at] < kLetters[b.at];
    return a.size != b.size ? a.size > b.size : a.at < b.at;
  });
  return forms;
}();

std::span<const Form> forms_from(char32_t first) {
  return std::ranges::equal_range(kForms, first, {}, [](const Form& f) { return kLetters[f.at]; });
}

// Words of East Asian scripts stand side by side; others end where no letter goes on.
bool ends_word(std::u32string_view text, std::size_t end) {
  if (end >= text.size() || !unicode::is_word_part(text[end])) return true;
  return unicode::is_east_asian(text[end]) || unicode::is_east_asian(text[end - 1]);
}

// Blanks in a name stand for any run of what is no letter: `at & t`, `T-Mobile`, `Amazon.com`. The
// offset behind the form; npos where it does not stand at `at`.
std::size_t match(std::u32string_view text, std::size_t at, std::u32string_view form) {
  std::size_t i = at;
  for (const char32_t c : form) {
    if (c == U' ') {
      if (i >= text.size() || unicode::is_word_part(text[i])) return std::u32string_view::npos;
      while (i < text.size() && !unicode::is_word_part(text[i])) ++i;
    } else if (i < text.size() && text[i] == c) {
      ++i;
    } else {
      return std::u32string_view::npos;
    }
  }
  return ends_word(text, i) ? i : std::u32string_view::npos;
}

std::optional<NamedBrand> find_in(std::u32string_view text) {
  const Form* brand = nullptr;
  bool service = false;
  for (std::size_t at = 0; at < text.size();) {
    if (!unicode::is_word_part(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = std::u32string_view::npos;
    for (const Form& form : forms_from(text[at])) {
      end = match(text, at, text_of(form));
      if (end == std::u32string_view::npos) continue;
      service = service || form.kind == Kind::service;
      if (form.brand < kBrands.size() && (brand == nullptr || brand->kind == Kind::ambiguous))
        brand = &form;
      break;
    }
    // A number of an order or a case says nothing.
    if (end == std::u32string_view::npos && unicode::is_digit(text[at])) {
      end = at + 1;
      while (end < text.size() && unicode::is_digit(text[end])) ++end;
      if (!ends_word(text, end)) return std::nullopt;
    }
    if (end == std::u32string_view::npos) return std::nullopt;
    at = end;
  }
  if (brand == nullptr || (brand->kind == Kind::ambiguous && !service)) return std::nullopt;
  return NamedBrand{&kBrands[brand->brand], unicode::encode(text_of(*brand))};
}

}  // namespace

std::optional<NamedBrand> find_brand(std::string_view display) {
  if (display.empty() || display.size() > kMaxDisplayName) return std::nullopt;
  const std::u32string text = reading(display);
  if (auto found = find_in(text)) return found;
  for (const char one : {'l', 'i'}) {
    const std::u32string other = with_digits_as_letters(text, one);
    if (auto found = other == text ? std::nullopt : find_in(other)) return found;
  }
  return std::nullopt;
}

bool is_domain_of(const Brand& brand, const DomainName& name) {
  return listed_domain(brand.domains, name).has_value();
}

}  // namespace emltrace::trace
