#include <algorithm>
#include <array>

#include "auth/dkim/repair_author.hpp"
#include "auth/dkim/repair_form.hpp"
#include "auth/dkim/repair_part.hpp"
#include "auth/dkim/repair_rows.hpp"
#include "auth/dkim/repair_subject.hpp"
#include "base/text.hpp"
#include "message/mime.hpp"

namespace emltrace::dkim {
namespace {

bool crlf_line_ends(const Damaged& damaged, const HeaderVariant& from,
                    const HeaderAttempt& attempt) {
  if (from.ends == LineEnds::any || !has_stray_line_ends(damaged.message)) return false;
  HeaderVariant variant = from;
  variant.ends = LineEnds::any;
  return attempt({std::move(variant), {}, {}});
}

// The value of `field` that one of `sources` kept.
bool restore(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt,
             std::string_view field, std::initializer_list<std::string_view> sources) {
  const std::size_t index = from.find(field);
  if (!from.has(index) || !is_signed(damaged, field)) return false;
  const std::string shown(from.value(index));
  for (const std::string_view name : sources) {
    const std::size_t source = from.find(name);
    if (!from.has(source)) continue;
    if (attempt({from.with_value(index, from.value(source)), {{shown, shown}}, {}})) return true;
  }
  return false;
}

bool restore_subject(const Damaged& damaged, const HeaderVariant& from,
                     const HeaderAttempt& attempt) {
  return restore(damaged, from, attempt, "subject", {"x-original-subject", "thread-topic"});
}

bool restore_message_id(const Damaged& damaged, const HeaderVariant& from,
                        const HeaderAttempt& attempt) {
  return restore(damaged, from, attempt, "message-id",
                 {"x-google-original-message-id", "x-microsoft-original-message-id",
                  "x-original-message-id", "original-message-id"});
}

bool restore_date(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt) {
  return restore(damaged, from, attempt, "date", {"x-original-date", "x-google-original-date"});
}

bool restore_to(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt) {
  return restore(damaged, from, attempt, "to", {"x-original-to", "delivered-to"});
}

// Fields that a signer may have shut out by naming them in h= though they were not there, or
// oftener than they were: those that lists add, and those that most messages have and few get a
// second of.
constexpr auto kListsAdd = std::to_array<std::string_view>(
    {"reply-to", "sender", "list-id", "list-post", "list-unsubscribe", "list-help", "list-archive",
     "list-owner", "list-subscribe", "list-unsubscribe-post", "precedence", "errors-to", "cc"});
constexpr auto kRarelyAdded = std::to_array<std::string_view>(
    {"mime-version", "content-type", "content-transfer-encoding", "in-reply-to", "references",
     "subject", "to", "from", "date", "message-id", "resent-from", "resent-to", "resent-date",
     "resent-message-id", "x-priority", "importance"});

bool can_be_added(const Damaged& damaged, const HeaderVariant& from, std::string_view name) {
  if (!is_signed(damaged, name)) return false;
  const bool always_there = name == "from" || name == "date" || name == "message-id";
  return from.count(name) > (always_there ? 1U : 0U);
}

bool try_without(const HeaderVariant& from, const std::vector<std::string_view>& names,
                 const HeaderAttempt& attempt) {
  HeaderTrial trial{from, {}, {}};
  for (const std::string_view name : names) {
    const std::size_t index = trial.variant.find(name);
    const std::string raw(trial.variant.fields[index].raw);
    trial.removed.push_back({raw, raw});
    trial.variant.erase(index);
  }
  return attempt(std::move(trial));
}

// What may have been added together: single fields, and the fields of a list as one.
std::vector<std::vector<std::string_view>> added_units(const Damaged& damaged,
                                                       const HeaderVariant& from) {
  std::vector<std::vector<std::string_view>> units;
  std::vector<std::string_view> of_list;
  for (const std::string_view name : kListsAdd) {
    if (!can_be_added(damaged, from, name)) continue;
    if (name.starts_with("list-")) of_list.push_back(name);
    units.push_back({name});
  }
  if (of_list.size() > 1) units.insert(units.begin(), of_list);
  return units;
}

// One unit, then two, then three, none of whose fields stands in another; then the rare ones.
bool remove_added_field(const Damaged& damaged, const HeaderVariant& from,
                        const HeaderAttempt& attempt) {
  struct Set {
    std::vector<std::string_view> names;
    std::size_t next = 0;  // the first unit that may join, so that each set is made once
  };
  const auto units = added_units(damaged, from);
  std::vector<Set> sets{{}};
  for (int size = 0; size < 3; ++size) {
    std::vector<Set> larger;
    for (const Set& set : sets) {
      for (std::size_t i = set.next; i < units.size(); ++i) {
        const auto& unit = units[i];
        Set more = set;
        if (std::find_first_of(set.names.begin(), set.names.end(), unit.begin(), unit.end()) !=
            set.names.end()) {
          continue;
        }
        more.names.insert(more.names.end(), unit.begin(), unit.end());
        more.next = i + 1;
        if (try_without(from, more.names, attempt)) return true;
        larger.push_back(std::move(more));
      }
    }
    sets = std::move(larger);
  }
  for (const std::string_view name : kRarelyAdded) {
    if (can_be_added(damaged, from, name) && try_without(from, {name}, attempt)) return true;
  }
  return false;
}

// The fields of the only part that the wrapped message had were those of its header.
bool unwrap_part(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt) {
  const std::string_view header = damaged.first_part;
  if (header.empty()) return false;
  HeaderVariant variant = from;
  for (const std::string_view name :
       {"content-type", "content-transfer-encoding", "content-disposition", "content-language"}) {
    const std::string_view raw = mime::raw_field(header, name);
    const std::size_t index = variant.find(name);
    if (raw.empty() && variant.has(index)) {
      variant.erase(index);
    } else if (!raw.empty() && variant.has(index)) {
      variant.replace(index, std::string(raw));
    } else if (!raw.empty()) {
      variant.append(std::string(raw));
    }
  }
  return attempt({std::move(variant), {}, {}});
}

bool restore_encoding(const Damaged& damaged, const HeaderVariant& from,
                      const HeaderAttempt& attempt, std::initializer_list<std::string_view> words) {
  constexpr std::string_view kName = "content-transfer-encoding";
  const std::size_t index = from.find(kName);
  if (!is_signed(damaged, kName)) return false;
  for (const std::string_view word : words) {
    HeaderVariant variant = from;
    if (!from.has(index)) {
      variant.append("Content-Transfer-Encoding: " + std::string(word) + "\r\n");
    } else if (word.empty()) {
      variant.erase(index);
    } else {
      variant = from.with_value(index, " " + std::string(word));
    }
    if (attempt({std::move(variant), {}, {}})) return true;
  }
  return false;
}

bool restore_8bit(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt) {
  return restore_encoding(damaged, from, attempt,
                          {"8bit", "7bit", "binary", "8BIT", "7BIT", "8Bit", "7Bit", ""});
}

bool restore_quoted_printable(const Damaged& damaged, const HeaderVariant& from,
                              const HeaderAttempt& attempt) {
  return restore_encoding(damaged, from, attempt,
                          {"quoted-printable", "Quoted-Printable", "QUOTED-PRINTABLE"});
}

bool restore_base64(const Damaged& damaged, const HeaderVariant& from,
                    const HeaderAttempt& attempt) {
  return restore_encoding(damaged, from, attempt, {"base64", "BASE64", "Base64"});
}

bool try_copied(const HeaderVariant& from, const std::vector<CopiedField>& copied,
                std::string_view after_colon, const HeaderAttempt& attempt) {
  HeaderVariant variant = from;
  for (const CopiedField& copy : copied) {
    for (std::size_t i = variant.find(copy.name); variant.has(i); i = variant.find(copy.name)) {
      variant.erase(i);
    }
  }
  for (const CopiedField& copy : copied) {
    variant.append(copy.name + std::string(after_colon) + copy.value + "\r\n");
  }
  return attempt({std::move(variant), {}, {}});
}

bool copied_fields(const Damaged& damaged, const HeaderVariant& from,
                   const HeaderAttempt& attempt) {
  std::vector<CopiedField> copied = damaged.signature.copied;
  // A copy of the signature field's own kind would take away the field that is judged.
  std::erase_if(copied, [&](const CopiedField& copy) {
    return text::iequals(copy.name, from.fields[from.own].name);
  });
  if (copied.empty()) return false;
  for (int order = 0; order < 2; ++order) {
    for (const std::string_view after_colon : {":", ": "}) {
      if (try_copied(from, copied, after_colon, attempt)) return true;
    }
    std::reverse(copied.begin(), copied.end());
  }
  return false;
}

constexpr auto kRows = std::to_array<HeaderRepair>({
    {"crlf-line-ends", Change::line_ends, crlf_line_ends},
    {"strip-subject-tag", Change::text_added, strip_subject_tag},
    {"restore-subject", Change::field_rewritten, restore_subject},
    {"restore-message-id", Change::field_rewritten, restore_message_id},
    {"restore-from", Change::author_rewritten, restore_from},
    {"restore-date", Change::field_rewritten, restore_date},
    {"restore-to", Change::field_rewritten, restore_to},
    {"restore-cc", Change::field_rewritten, restore_cc},
    {"remove-added-field", Change::field_added, remove_added_field},
    {"strip-last-part", Change::footer, unwrap_part},  // the row of the body says which text it is
    {"restore-8bit", Change::transfer_encoding, restore_8bit},
    {"restore-quoted-printable", Change::transfer_encoding, restore_quoted_printable},
    {"restore-base64", Change::transfer_encoding, restore_base64},
    {"join-folded-token", Change::fold, join_folded_token},
    {"refold", Change::fold, refold},
    {"restore-encoded-words", Change::transfer_encoding, restore_encoded_words},
    {"copied-fields", Change::field_rewritten, copied_fields},
    {"restore-form", Change::header_form, restore_form},
});

}  // namespace

std::span<const HeaderRepair> header_repairs() {
  return kRows;
}

}  // namespace emltrace::dkim
