#include <algorithm>
#include <array>

#include "base/char_set.hpp"
#include "base/text.hpp"
#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kLongestLink = 512;
constexpr std::size_t kLongestScheme = 8;
constexpr text::CharSet kOpening("<[");
constexpr std::array<std::string_view, 4> kSchemes = {"mailto:", "http://", "https://", "tel:"};

// What a link leads to, without the scheme and the slash that programs add; null for no link.
struct Target {
  std::string_view text;
  bool address;  ///< mailto
};

std::optional<Target> target_of(std::string_view link) {
  for (const std::string_view scheme : kSchemes) {
    if (!text::istarts_with(link, scheme)) continue;
    link.remove_prefix(scheme.size());
    if (link.ends_with('/')) link.remove_suffix(1);
    return Target{link, scheme == "mailto:"};
  }
  return std::nullopt;
}

// A link whose text is what it leads to.
struct Link {
  std::size_t end;  ///< behind it
  std::string_view shown;
  bool address;
};

// Slack and Mattermost: `<mailto:a@b|a@b>`, `<http://mx.example|mx.example>`
std::optional<Link> read_barred(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, kLongestLink);
  const std::size_t bar = rest.find('|');
  const std::size_t close = rest.find_first_of("> \t\r\n");
  if (!rest.starts_with('<') || bar == std::string_view::npos || close == std::string_view::npos ||
      close < bar || rest[close] != '>') {
    return std::nullopt;
  }
  const auto target = target_of(rest.substr(1, bar - 1));
  const std::string_view shown = rest.substr(bar + 1, close - bar - 1);
  if (!target || !text::iequals(target->text, shown)) return std::nullopt;
  return Link{at + close + 1, shown, target->address};
}

// Markdown: `[a@b](mailto:a@b)`, `[mx.example](http://mx.example/)`
std::optional<Link> read_markdown(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, kLongestLink);
  const std::size_t middle = rest.find("](");
  if (!rest.starts_with('[') || middle == std::string_view::npos) return std::nullopt;
  const std::string_view shown = rest.substr(1, middle - 1);
  const std::size_t close = rest.find(')', middle);
  if (close == std::string_view::npos ||
      shown.find_first_of(" \t\r\n[") != std::string_view::npos) {
    return std::nullopt;
  }
  const auto target = target_of(rest.substr(middle + 2, close - middle - 2));
  if (!target || !text::iequals(target->text, shown)) return std::nullopt;
  return Link{at + close + 1, shown, target->address};
}

// Outlook: `mx.example<http://mx.example/>`, the text before its link.
std::optional<Link> read_appended(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, kLongestLink);
  const std::size_t close = rest.find_first_of("> \t\r\n");
  if (!rest.starts_with('<') || close == std::string_view::npos || rest[close] != '>') {
    return std::nullopt;
  }
  const auto target = target_of(rest.substr(1, close - 1));
  if (!target || target->address || target->text.empty() || target->text.size() > at ||
      !text::iequals(text.substr(at - target->text.size(), target->text.size()), target->text)) {
    return std::nullopt;
  }
  return Link{at + close + 1, {}, false};
}

// An address keeps angle brackets, which part it from a name before it, where it has none and is
// no value of a tag.
std::string written(std::string_view text, std::size_t at, const Link& link) {
  const char before = at > 0 ? text[at - 1] : ' ';
  const bool needs_brackets = link.address && before != '<' && before != '=' && before != '(';
  return needs_brackets ? "<" + std::string(link.shown) + ">" : std::string(link.shown);
}

// The first bytes tell that no link begins, before its end is looked for.
bool may_be_link(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at + 1, kLongestScheme);
  if (text[at] == '[') return !rest.empty() && text::is_alnum(rest.front());
  return std::ranges::any_of(kSchemes, [&](auto s) { return text::istarts_with(rest, s); });
}

std::optional<Link> read_link(std::string_view text, std::size_t at) {
  if (!may_be_link(text, at)) return std::nullopt;
  if (text[at] == '[') return read_markdown(text, at);
  const auto barred = read_barred(text, at);
  return barred ? barred : read_appended(text, at);
}

}  // namespace

Changes text_links(const Look& look) {
  Changes changes;
  const std::string_view header = look.text.substr(0, look.block.end);
  for (std::size_t at = kOpening.find_in(header); at < header.size();
       at = kOpening.find_in(header, at)) {
    const auto link = read_link(header, at);
    if (!link) {
      ++at;
      continue;
    }
    changes.push_back({at, link->end, written(header, at, *link)});
    at = link->end;
  }
  return changes;
}

}  // namespace emltrace::intake::rows
