#include "auth/dkim/repair_author.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/address.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::size_t kMaxAuthors = 12;
constexpr std::size_t kMaxListed = 60;  // addresses of one field that are looked at

void add_once(std::vector<std::string>& out, std::string_view text) {
  const std::string value(text::trim(text));
  if (value.empty() || out.size() == kMaxAuthors) return;
  if (std::find(out.begin(), out.end(), value) == out.end()) out.push_back(value);
}

// Fields that keep the author's whole field, then those whose addresses may be his.
constexpr auto kKept = std::to_array<std::string_view>(
    {"x-original-from", "original-from", "x-mailman-original-from", "x-google-original-from",
     "author", "x-original-sender", "x-from", "reply-to", "x-reply-to", "cc"});

// `joe=example.org@list.example` and `joe=40example.org@list.example`, as some lists write it.
std::string inside_address(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return "";
  const std::string_view local = address.substr(0, at);
  const std::size_t equals = local.rfind('=');
  if (equals == std::string_view::npos || equals == 0) return "";
  std::string_view domain = local.substr(equals + 1);
  if (domain.starts_with("40")) domain.remove_prefix(2);
  if (domain.find('.') == std::string_view::npos) return "";
  return std::string(local.substr(0, equals)) + "@" + std::string(domain);
}

// What a list made of the author's name, taken back: `'Joe' via List`, `Joe (via List)`.
void add_names(std::vector<std::string>& out, std::string_view display) {
  std::string_view name = text::trim(display);
  if (name.size() > 1 && name.front() == '"' && name.back() == '"') {
    name = name.substr(1, name.size() - 2);
  }
  for (const std::string_view mark :
       {" via ", " (via ", " on behalf of ", " - ", " [", " (", " at "}) {
    const std::size_t found = text::ifind(name, mark);
    if (found == std::string_view::npos) continue;
    const std::string_view head = name.substr(0, found);
    add_once(out, head);
    if (head.size() > 2 && head.front() == '\'' && head.back() == '\'') {
      add_once(out, head.substr(1, head.size() - 2));
    }
  }
  add_once(out, name);
}

}  // namespace

std::vector<std::string_view> written_addresses(std::string_view value) {
  std::vector<std::string_view> out;
  bool quoted = false;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= value.size() && out.size() < kMaxListed; ++i) {
    const char c = i < value.size() ? value[i] : ',';
    if (i == value.size() || (c == ',' && !quoted && depth == 0)) {
      const std::string_view item = text::trim(value.substr(start, i - start));
      if (!item.empty()) out.push_back(item);
      start = i + 1;
    } else if (c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '(' || c == '<')) {
      ++depth;
    } else if (!quoted && (c == ')' || c == '>')) {
      depth = std::max(0, depth - 1);
    }
  }
  return out;
}

bool restore_from(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt) {
  const std::size_t index = from.find("from");
  if (!from.has(index) || !is_signed(damaged, "from")) return false;
  const std::string shown(from.value(index));
  const auto try_value = [&](const std::string& value) {
    return attempt({from.with_value(index, " " + value), {{shown, shown}}, {}});
  };
  std::vector<std::string> names;
  std::vector<std::string> authors;
  for (const Mailbox& mailbox : parse_addresses(shown).mailboxes) {
    add_names(names, mailbox.display_raw);
    add_once(authors, inside_address(mailbox.address()));
  }
  for (const std::string_view field : kKept) {
    const std::size_t kept = from.find(field);
    if (!from.has(kept)) continue;
    const std::string value = unfold(from.value(kept));
    if (try_value(value)) return true;
    const auto written = written_addresses(value);
    if (written.size() > 1) {
      for (const std::string_view one : written) {
        if (try_value(std::string(one))) return true;
      }
    }
    for (const Mailbox& mailbox : parse_addresses(value).mailboxes) {
      add_names(names, mailbox.display_raw);
      add_once(authors, mailbox.address());
    }
  }
  for (const std::string& author : authors) {
    for (const std::string& name : names) {
      if (try_value(fmt::format("{} <{}>", name, author))) return true;
      if (try_value(fmt::format("\"{}\" <{}>", name, author))) return true;
    }
    if (try_value("<" + author + ">") || try_value(author)) return true;
  }
  return false;
}

bool restore_cc(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt) {
  for (const std::string_view name : {"cc", "to", "reply-to"}) {
    const std::size_t index = from.find(name);
    if (!from.has(index) || !is_signed(damaged, name)) continue;
    const std::string_view value = from.value(index);
    const auto written = written_addresses(value);
    if (written.size() < 2) continue;
    for (std::size_t left_out = written.size(); left_out-- > 0;) {
      // The comma goes with the address; what is left keeps its blanks and folds.
      const auto offset = [&](std::size_t i) {
        return static_cast<std::size_t>(written[i].data() - value.data());
      };
      const bool last = left_out + 1 == written.size();
      const std::size_t begin =
          last ? offset(left_out - 1) + written[left_out - 1].size() : offset(left_out);
      const std::size_t end =
          last ? offset(left_out) + written[left_out].size() : offset(left_out + 1);
      std::string shorter(value.substr(0, begin));
      shorter += value.substr(end);
      const std::string gone(written[left_out]);
      if (attempt({from.with_value(index, shorter), {{gone, gone}}, {}})) return true;
    }
  }
  return false;
}

}  // namespace emltrace::dkim
