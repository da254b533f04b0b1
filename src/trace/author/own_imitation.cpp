#include "trace/author/own_imitation.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "base/unicode.hpp"
#include "trace/author/brands.hpp"
#include "trace/author/reading.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kMinLabel = 5;
constexpr std::size_t kMaxWords = 8;  // of a person's name

std::string label_of(const DomainName& registrable) {
  const std::string name = registrable.unicode();
  return name.substr(0, name.find('.'));
}

void replace_all(std::u32string& text, std::u32string_view from, std::u32string_view to) {
  for (std::size_t at = text.find(from); at != std::u32string::npos; at = text.find(from, at + 1))
    text.replace(at, from.size(), to);
}

// Labels that look alike have the same skeleton.
std::u32string skeleton(std::string_view label) {
  std::u32string text = with_digits_as_letters(reading(label), 'l');
  replace_all(text, U"rn", U"m");
  replace_all(text, U"vv", U"w");
  replace_all(text, U"cl", U"d");
  replace_all(text, U"i", U"l");
  std::erase(text, U'-');
  return text;
}

// One letter more, less, other, or two neighbours changed about (Damerau).
bool one_slip_apart(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto [left, right] = std::ranges::mismatch(a, b);
  if (left == a.end()) return true;
  const auto rest_a = a.substr(static_cast<std::size_t>(left - a.begin()));
  const auto rest_b = b.substr(static_cast<std::size_t>(right - b.begin()));
  if (a.size() < b.size()) return rest_a == rest_b.substr(1);
  const bool swapped = rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
                       rest_a.substr(2) == rest_b.substr(2);
  return swapped || rest_a.substr(1) == rest_b.substr(1);
}

// The text stands in the name, parted from its neighbours by dots or hyphens.
bool stands_in(std::string_view name, std::string_view text) {
  const auto parts = [](char c) { return c == '.' || c == '-'; };
  for (std::size_t at = name.find(text); at != std::string_view::npos;
       at = name.find(text, at + 1)) {
    const std::size_t end = at + text.size();
    if ((at == 0 || parts(name[at - 1])) && (end == name.size() || parts(name[end]))) return true;
  }
  return false;
}

std::string hyphened(const DomainName& name) {
  std::string text = name.text();
  std::ranges::replace(text, '.', '-');
  return text;
}

// The whole own domain in front of another, or with hyphens for its dots. At the end, behind a
// hyphen, it is the name of another firm: `big-firm.test` beside `firm.test`.
bool contains(const DomainName& name, const DomainName& own) {
  const bool at_end = name.text().ends_with(own.text());
  return (!at_end && stands_in(name.text(), own.text())) || stands_in(name.text(), hyphened(own)) ||
         hyphened(name) == hyphened(own);
}

std::optional<Imitation> compare(const DomainName& name, const DomainName& own) {
  if (contains(name, own)) return Imitation::contained;
  const DomainName theirs = auth::registrable_domain(name), ours = auth::registrable_domain(own);
  // Below one registrable domain another of its subdomains is no stranger.
  if (theirs == ours) return std::nullopt;
  const std::string their_label = label_of(theirs), our_label = label_of(ours);
  if (their_label == our_label) return Imitation::suffix;
  const std::u32string a = skeleton(their_label), b = skeleton(our_label);
  if (a == b) return Imitation::letters;
  if (std::min(a.size(), b.size()) >= kMinLabel && one_slip_apart(a, b)) return Imitation::spelling;
  if (our_label.size() >= kMinLabel && stands_in(their_label, our_label)) return Imitation::part;
  return std::nullopt;
}

// The words of a name in alphabetical order, without what stands in brackets. East Asian names are
// one word with and without a blank between family and given name.
std::vector<std::u32string> name_words(std::string_view name) {
  std::vector<std::u32string> words(1);
  int depth = 0;
  for (const char32_t c : reading(name)) {
    if (c == U'(' || c == U'[') ++depth;
    const bool in_word = depth == 0 && unicode::is_word_part(c);
    const bool goes_on = !words.back().empty() && unicode::is_east_asian(words.back().back());
    if (in_word) {
      words.back().push_back(c);
    } else if (!words.back().empty() && !goes_on) {
      words.emplace_back();
    }
    if ((c == U')' || c == U']') && depth > 0) --depth;
  }
  if (words.back().empty()) words.pop_back();
  std::ranges::sort(words);
  return words;
}

}  // namespace

std::optional<OwnImitation> find_own_imitation(const DomainName& name, const Protected& ours) {
  if (ours.owns(name)) return std::nullopt;
  std::optional<OwnImitation> worst;
  for (const DomainName& own : ours.domains) {
    const auto how = compare(name, own);
    if (how && (!worst || *how < worst->how)) worst = OwnImitation{own, *how};
  }
  return worst;
}

std::string find_person(std::string_view display, const Protected& ours) {
  if (display.size() > kMaxDisplayName) return {};
  const auto words = name_words(display);
  if (words.empty() || words.size() > kMaxWords) return {};
  const auto person = std::ranges::find_if(
      ours.people, [&](const std::string& name) { return name_words(name) == words; });
  return person == ours.people.end() ? std::string() : *person;
}

}  // namespace emltrace::trace
