#include "trace/route/families.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "trace/route/family_rows.hpp"

namespace emltrace::trace {
namespace {

using family_rows::kFamilies;

// A word of one list of the table, and the row that holds it.
struct Entry {
  std::string_view word;
  std::size_t family = 0;
};

// Calls visit(word, index of the row) for every word of a list in every row.
template <typename Visit>
constexpr void each_word(std::string_view Family::* list, Visit visit) {
  for (std::size_t row = 0; row < kFamilies.size(); ++row) {
    std::string_view rest = kFamilies[row].*list;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (end > 0) visit(rest.substr(0, end), row);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

template <auto List>
constexpr std::size_t kWords = [] {
  std::size_t count = 0;
  each_word(List, [&](std::string_view, std::size_t) { ++count; });
  return count;
}();

// In the order of the table.
template <auto List>
constexpr auto kEntries = [] {
  std::array<Entry, kWords<List>> entries{};
  std::size_t at = 0;
  each_word(List, [&](std::string_view word, std::size_t row) { entries[at++] = {word, row}; });
  return entries;
}();

template <auto List>
constexpr auto kSorted = [] {
  auto entries = kEntries<List>;
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.word < b.word; });
  return entries;
}();

template <auto List>
constexpr bool kDistinct = [] {
  const auto& sorted = kSorted<List>;
  return std::adjacent_find(sorted.begin(), sorted.end(), [](const Entry& a, const Entry& b) {
           return a.word == b.word;
         }) == sorted.end();
}();
static_assert(kDistinct<&Family::hosts> && kDistinct<&Family::author_domains> &&
                  kDistinct<&Family::producers> && kDistinct<&Family::sealers>,
              "a word of two families belongs to none");

template <auto List>
const Family* find_word(std::string_view word) {
  const auto& sorted = kSorted<List>;
  const auto* found =
      std::lower_bound(sorted.begin(), sorted.end(), word,
                       [](const Entry& entry, std::string_view w) { return entry.word < w; });
  return found != sorted.end() && found->word == word ? &kFamilies[found->family] : nullptr;
}

enum class Use { inner, shared, firm };

struct InnerNetwork {
  ip::Network network;
  const Family* family;
  Use use;
};

const std::vector<InnerNetwork>& inner_networks() {
  static const std::vector<InnerNetwork> kNetworks = [] {
    std::vector<InnerNetwork> networks;
    const auto add = [&](const Entry& entry, Use use) {
      if (const auto network = ip::Network::parse(entry.word))
        networks.push_back({*network, &kFamilies[entry.family], use});
    };
    for (const Entry& entry : kEntries<&Family::inner_networks>) add(entry, Use::inner);
    for (const Entry& entry : kEntries<&Family::shared_networks>) add(entry, Use::shared);
    for (const Entry& entry : kEntries<&Family::firm_networks>) add(entry, Use::firm);
    return networks;
  }();
  return kNetworks;
}

bool has_word(std::string_view list, std::string_view word) {
  const auto words = text::words(list);
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::span<const Family> families() {
  return kFamilies;
}

const Family* family_of_host(const DomainName& host) {
  std::string_view suffix = host.text();
  while (true) {
    if (const Family* family = find_word<&Family::hosts>(suffix)) return family;
    const std::size_t dot = suffix.find('.');
    if (dot == std::string_view::npos) return nullptr;
    suffix.remove_prefix(dot + 1);
  }
}

const Family* family_of_inner_address(const ip::Address& address, std::string_view helo) {
  for (const InnerNetwork& inner : inner_networks()) {
    if (!inner.network.contains(address)) continue;
    const auto name = inner.use == Use::inner ? std::nullopt : DomainName::parse(helo);
    const bool outbound = name && is_outbound_host(*inner.family, *name);
    const bool named = name && family_of_host(*name) == inner.family;
    return outbound || (inner.use == Use::firm && !named) ? nullptr : inner.family;
  }
  return nullptr;
}

const Family* family_of_inner_name(const DomainName& name) {
  for (const Entry& entry : kEntries<&Family::inner_names>) {
    const bool same_kind =
        entry.word.find('.') != std::string_view::npos || name.label_count() == 1;
    if (same_kind && text::glob_match(entry.word, name.text())) return &kFamilies[entry.family];
  }
  return nullptr;
}

const Family* family_of_producer(std::string_view producer) {
  return find_word<&Family::producers>(producer);
}

const Family* family_of_writer(const Received& received) {
  const auto by = received.by.host ? DomainName::parse(*received.by.host) : std::nullopt;
  if (by && by->label_count() > 1) {
    const Family* named = family_of_host(*by);
    return named != nullptr ? named : family_of_inner_name(*by);
  }
  if (const Family* alone = family_of_producer(received.producer)) return alone;
  const Family* inner = by ? family_of_inner_name(*by) : nullptr;
  if (inner != nullptr && (inner->software.empty() || writes_as(*inner, received.producer)))
    return inner;
  return received.by.ip ? family_of_inner_address(*received.by.ip, "") : nullptr;
}

bool writes_as(const Family& family, std::string_view producer) {
  return family_of_producer(producer) == &family || has_word(family.software, producer);
}

const Family* family_of_author(const DomainName& domain) {
  return find_word<&Family::author_domains>(domain.text());
}

bool is_outbound_host(const Family& family, const DomainName& host) {
  if (family_of_host(host) != &family) return false;
  return std::any_of(kEntries<&Family::outbound>.begin(), kEntries<&Family::outbound>.end(),
                     [&](const Entry& entry) {
                       return &kFamilies[entry.family] == &family &&
                              text::glob_match(entry.word, host.text());
                     });
}

bool is_trusted_sealer(const DomainName& domain) {
  return find_word<&Family::sealers>(domain.text()) != nullptr;
}

ResultsPlace results_place(const Received& border) {
  const Family* family = family_of_writer(border);
  if (family != nullptr) return family->results;
  // Coremail runs at universities and firms under their own or bare names.
  return border.producer == "coremail" ? ResultsPlace::at_end : ResultsPlace::above;
}

}  // namespace emltrace::trace
