#include "trace/author/brands.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.hpp"
#include "base/unicode.hpp"
#include "trace/author/domain_list.hpp"
#include "trace/author/reading.hpp"
#include "trace/author/service_words.hpp"

namespace emltrace::trace {
namespace {

enum class Kind { name, ambiguous, service, plain };

struct Form {
  std::u32string text;
  Kind kind;
  const Brand* brand;  // null for words
};

// As `reading` makes it, in which the tables are written. Signs are blanks, which match() takes for
// any run of what is no letter.
std::u32string form_of(std::string_view text) {
  std::u32string out;
  for (const char32_t c : unicode::decode(text)) {
    if (c >= 0x80 || text::is_alnum(static_cast<char>(c))) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != U' ') {
      out.push_back(U' ');
    }
  }
  return out;
}

void add_forms(std::vector<Form>& forms, std::string_view list, Kind kind, const Brand* brand) {
  for (const std::string_view text : text::split(list, ';')) {
    if (!text.empty()) forms.push_back({form_of(text), kind, brand});
  }
}

// By first character, the longest first.
std::vector<Form> all_forms() {
  std::vector<Form> forms;
  for (const Brand& brand : kBrands) {
    add_forms(forms, brand.names, Kind::name, &brand);
    add_forms(forms, brand.ambiguous, Kind::ambiguous, &brand);
  }
  add_forms(forms, kServiceWords, Kind::service, nullptr);
  add_forms(forms, kPlainWords, Kind::plain, nullptr);
  std::ranges::stable_sort(forms, [](const Form& a, const Form& b) {
    if (a.text.front() != b.text.front()) return a.text.front() < b.text.front();
    return a.text.size() > b.text.size();
  });
  return forms;
}

std::span<const Form> forms_from(char32_t first) {
  static const std::vector<Form> all = all_forms();
  return std::ranges::equal_range(all, first, {}, [](const Form& f) { return f.text.front(); });
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
      end = match(text, at, form.text);
      if (end == std::u32string_view::npos) continue;
      service = service || form.kind == Kind::service;
      if (form.brand != nullptr && (brand == nullptr || brand->kind == Kind::ambiguous))
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
  return NamedBrand{brand->brand, unicode::encode(brand->text)};
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
