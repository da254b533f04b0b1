#include <algorithm>
#include <array>

#include "auth/dkim/repair_rows.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {

bool has_stray_line_ends(const Message& message) {
  return message.line_ending() == LineEnding::mixed || message.defects().bare_cr;
}

namespace {

using Variants = std::vector<HeaderVariant>;

bool is_signed(const Damaged& damaged, std::string_view name) {
  const auto& headers = damaged.signature.headers;
  return std::find(headers.begin(), headers.end(), text::lower(name)) != headers.end();
}

void add_replaced(Variants& out, const HeaderVariant& from, std::size_t index,
                  std::string_view value) {
  HeaderVariant variant = from;
  std::string raw(from.fields[index].name);
  raw += ':';
  raw += value;
  raw += "\r\n";
  variant.replace(index, std::move(raw));
  out.push_back(std::move(variant));
}

Variants crlf_line_ends(const Damaged& damaged, const HeaderVariant& from) {
  if (from.ends == LineEnds::any || !has_stray_line_ends(damaged.message)) return {};
  HeaderVariant variant = from;
  variant.ends = LineEnds::any;
  return {std::move(variant)};
}

// Length of a tag that a list or filter put in front: "[list]", "{Spam?}", "(External)",
// "***SPAM***", "EXTERNAL:"; 0 where none stands there.
std::size_t tag_length(std::string_view text) {
  constexpr std::size_t kLongestTag = 80;
  constexpr std::array<std::string_view, 6> kWords{"spam:",    "external:",   "[spam] ",
                                                   "warning:", "suspicious:", "ext:"};
  if (text.empty()) return 0;
  const std::string_view window = text.substr(0, kLongestTag);
  for (const std::string_view word : kWords) {
    if (text::istarts_with(text, word)) return word.size();
  }
  constexpr std::string_view kOpen = "[{(<";
  constexpr std::string_view kClose = "]})>";
  if (const std::size_t kind = kOpen.find(text[0]); kind != std::string_view::npos) {
    const std::size_t end = window.find(kClose[kind]);
    return end == std::string_view::npos ? 0 : end + 1;
  }
  if (text.starts_with("**")) {
    const std::size_t inside = window.find_first_not_of('*');
    const std::size_t end = inside == std::string_view::npos ? inside : window.find('*', inside);
    if (end == std::string_view::npos) return 0;
    return std::min(text.find_first_not_of('*', end), text.size());
  }
  return 0;
}

std::size_t reply_length(std::string_view text) {
  for (const std::string_view prefix : {"re:", "fwd:", "fw:", "aw:"}) {
    if (text::istarts_with(text, prefix)) return prefix.size();
  }
  return 0;
}

std::size_t space_length(std::string_view text) {
  return std::min(text.find_first_not_of(" \t\r\n"), text.size());
}

Variants strip_subject_tag(const Damaged& damaged, const HeaderVariant& from) {
  Variants out;
  const std::size_t index = from.find("subject");
  if (index == from.fields.size() || !is_signed(damaged, "subject")) return out;
  const std::string_view value = value_of(from.fields[index].raw);
  std::size_t at = space_length(value);
  const std::string_view lead = value.substr(0, at);
  const std::size_t reply = reply_length(value.substr(at));
  at += reply;
  const std::size_t gap = space_length(value.substr(at));
  const std::size_t tag = tag_length(value.substr(at + gap));
  if (tag == 0) return out;
  const std::string_view front = value.substr(0, at + gap);
  const std::string_view rest = value.substr(at + gap + tag);
  const std::string_view text = rest.substr(space_length(rest));
  add_replaced(out, from, index, std::string(front) + std::string(text));
  // The list may have moved or added the "Re:" in front of its tag.
  if (reply > 0) add_replaced(out, from, index, std::string(lead) + std::string(text));
  if (space_length(rest) == 0) return out;
  add_replaced(out, from, index, std::string(front) + std::string(rest));
  return out;
}

struct Kept {
  std::string_view field;
  std::string_view source;
};

Variants restore(const Damaged& damaged, const HeaderVariant& from, std::span<const Kept> rows) {
  Variants out;
  for (const Kept& row : rows) {
    const std::size_t index = from.find(row.field);
    const std::size_t source = from.find(row.source);
    if (index == from.fields.size() || source == from.fields.size()) continue;
    if (!is_signed(damaged, row.field)) continue;
    add_replaced(out, from, index, value_of(from.fields[source].raw));
  }
  return out;
}

Variants restore_subject(const Damaged& damaged, const HeaderVariant& from) {
  static constexpr std::array<Kept, 2> kRows{
      {{"subject", "x-original-subject"}, {"subject", "thread-topic"}}};
  return restore(damaged, from, kRows);
}

Variants restore_message_id(const Damaged& damaged, const HeaderVariant& from) {
  static constexpr std::array<Kept, 4> kRows{{{"message-id", "x-google-original-message-id"},
                                              {"message-id", "x-microsoft-original-message-id"},
                                              {"message-id", "x-original-message-id"},
                                              {"message-id", "original-message-id"}}};
  return restore(damaged, from, kRows);
}

Variants restore_date(const Damaged& damaged, const HeaderVariant& from) {
  static constexpr std::array<Kept, 2> kRows{
      {{"date", "x-original-date"}, {"date", "x-google-original-date"}}};
  return restore(damaged, from, kRows);
}

Variants restore_to(const Damaged& damaged, const HeaderVariant& from) {
  static constexpr std::array<Kept, 2> kRows{{{"to", "x-original-to"}, {"to", "delivered-to"}}};
  return restore(damaged, from, kRows);
}

// `"Name via List" <list@…>` with `Reply-To: a@b`: the author was `"Name" <a@b>`, quoted or not.
void add_rewritten_author(Variants& out, const HeaderVariant& from, std::size_t index,
                          std::string_view reply_to) {
  const std::string_view author = text::trim(value_of(from.fields[index].raw));
  const std::string_view address = text::trim(reply_to);
  if (address.empty() || address.find_first_of("<, \t") != std::string_view::npos) return;
  std::string_view name = text::trim(author.substr(0, author.find('<')));
  const bool quoted = name.size() > 1 && name.front() == '"' && name.back() == '"';
  if (quoted) name = name.substr(1, name.size() - 2);
  for (const std::string_view mark : {" via ", " on behalf of "}) {
    const std::size_t via = text::ifind(name, mark);
    if (via != std::string_view::npos) name = name.substr(0, via);
  }
  const std::string in_brackets = " <" + std::string(address) + ">";
  add_replaced(out, from, index, " " + std::string(name) + in_brackets);
  add_replaced(out, from, index, " \"" + std::string(name) + "\"" + in_brackets);
  add_replaced(out, from, index, in_brackets);
}

Variants restore_from(const Damaged& damaged, const HeaderVariant& from) {
  static constexpr std::array<Kept, 6> kRows{{{"from", "x-original-from"},
                                              {"from", "original-from"},
                                              {"from", "x-mailman-original-from"},
                                              {"from", "x-google-original-from"},
                                              {"from", "author"},
                                              {"from", "reply-to"}}};
  Variants out = restore(damaged, from, kRows);
  const std::size_t index = from.find("from");
  const std::size_t reply_to = from.find("reply-to");
  if (index < from.fields.size() && reply_to < from.fields.size()) {
    add_rewritten_author(out, from, index, value_of(from.fields[reply_to].raw));
  }
  return out;
}

// Signers name fields in h= that are not there, to forbid adding them; others add them all the
// same.
Variants remove_added_field(const Damaged& damaged, const HeaderVariant& from) {
  static constexpr std::array<std::string_view, 16> kNames{
      "reply-to",         "sender",       "cc",         "list-id",
      "list-unsubscribe", "list-post",    "list-help",  "list-archive",
      "list-subscribe",   "list-owner",   "precedence", "errors-to",
      "mime-version",     "content-type", "subject",    "content-transfer-encoding"};
  Variants out;
  HeaderVariant lists = from;
  std::size_t removed = 0;
  for (const std::string_view name : kNames) {
    const std::size_t index = from.find(name);
    if (index == from.fields.size() || !is_signed(damaged, name)) continue;
    HeaderVariant variant = from;
    variant.erase(index);
    out.push_back(std::move(variant));
    if (!name.starts_with("list-")) continue;
    lists.erase(lists.find(name));
    ++removed;
  }
  if (removed > 1) out.push_back(std::move(lists));
  return out;
}

// The fields of the only part that the wrapped message had were those of its header.
Variants unwrap_part(const Damaged& damaged, const HeaderVariant& from) {
  const Parts parts = cut_parts(damaged, damaged.message.body());
  if (parts.parts.size() < 2) return {};
  HeaderVariant variant = from;
  for (const std::string_view name :
       {"content-type", "content-transfer-encoding", "content-disposition", "content-language"}) {
    const std::string_view raw = part_field(parts.parts.front(), name);
    const std::size_t index = variant.find(name);
    if (raw.empty() && index < variant.fields.size()) {
      variant.erase(index);
    } else if (!raw.empty() && index < variant.fields.size()) {
      variant.replace(index, std::string(raw));
    } else if (!raw.empty()) {
      variant.append(std::string(raw));
    }
  }
  return {std::move(variant)};
}

Variants restore_8bit(const Damaged& damaged, const HeaderVariant& from) {
  Variants out;
  const std::size_t index = from.find("content-transfer-encoding");
  if (index == from.fields.size() || !is_signed(damaged, "content-transfer-encoding")) return out;
  for (const std::string_view encoding : {" 8bit", " 7bit", " binary"}) {
    add_replaced(out, from, index, encoding);
  }
  return out;
}

std::string tab_to_space(std::string_view raw) {
  std::string out(raw);
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i] == '\t' && out[i - 1] == '\n') out[i] = ' ';
  }
  return out;
}

std::string space_to_tab(std::string_view raw) {
  std::string out(raw);
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i] == ' ' && out[i - 1] == '\n') out[i] = '\t';
  }
  return out;
}

std::string unfolded(std::string_view raw) {
  std::string out;
  std::copy_if(raw.begin(), raw.end(), std::back_inserter(out),
               [](char c) { return c != '\r' && c != '\n'; });
  return out + "\r\n";
}

std::string unfolded_to_space(std::string_view raw) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\r' && raw[i] != '\n') {
      out += raw[i];
      continue;
    }
    i += space_length(raw.substr(i)) - 1;
    out += ' ';
  }
  return std::string(text::trim(out)) + "\r\n";
}

std::string one_space_after_colon(std::string_view raw) {
  const std::size_t colon = std::min(raw.find(':'), raw.size() - 1);
  return std::string(raw.substr(0, colon + 1)) + " " +
         std::string(text::trim(raw.substr(colon + 1))) + "\r\n";
}

// Where the header is signed as `simple`, white space counts.
Variants refold(const Damaged& damaged, const HeaderVariant& from) {
  Variants out;
  if (damaged.signature.header != Canonicalization::simple) return out;
  for (const auto change :
       {tab_to_space, space_to_tab, unfolded, unfolded_to_space, one_space_after_colon}) {
    for (const bool own_too : {true, false}) {
      HeaderVariant variant = from;
      for (std::size_t i = 0; i < variant.fields.size(); ++i) {
        const bool own = i == variant.own;
        if (own ? !own_too : !is_signed(damaged, variant.fields[i].name)) continue;
        variant.replace(i, change(variant.fields[i].raw));
      }
      out.push_back(std::move(variant));
    }
  }
  return out;
}

void add_copied(Variants& out, const HeaderVariant& from, const std::vector<CopiedField>& copied,
                std::string_view after_colon) {
  HeaderVariant variant = from;
  for (const CopiedField& copy : copied) {
    for (std::size_t i = variant.find(copy.name); i < variant.fields.size();
         i = variant.find(copy.name)) {
      variant.erase(i);
    }
  }
  for (const CopiedField& copy : copied) {
    variant.append(copy.name + std::string(after_colon) + copy.value + "\r\n");
  }
  out.push_back(std::move(variant));
}

Variants copied_fields(const Damaged& damaged, const HeaderVariant& from) {
  Variants out;
  std::vector<CopiedField> copied = damaged.signature.copied;
  // A copy of the signature field's own kind would take away the field that is judged.
  std::erase_if(copied, [&](const CopiedField& copy) {
    return text::iequals(copy.name, from.fields[from.own].name);
  });
  if (copied.empty()) return out;
  for (int order = 0; order < 2; ++order) {
    for (const std::string_view after_colon : {":", ": "}) {
      add_copied(out, from, copied, after_colon);
    }
    std::reverse(copied.begin(), copied.end());
  }
  return out;
}

constexpr auto kRows = std::to_array<HeaderRepair>({
    {"crlf-line-ends", crlf_line_ends},
    {"strip-subject-tag", strip_subject_tag},
    {"restore-subject", restore_subject},
    {"restore-message-id", restore_message_id},
    {"restore-from", restore_from},
    {"restore-date", restore_date},
    {"restore-to", restore_to},
    {"remove-added-field", remove_added_field},
    {"strip-last-part", unwrap_part},
    {"restore-8bit", restore_8bit},
    {"refold", refold},
    {"copied-fields", copied_fields},
});

}  // namespace

std::span<const HeaderRepair> header_repairs() {
  return kRows;
}

}  // namespace emltrace::dkim
