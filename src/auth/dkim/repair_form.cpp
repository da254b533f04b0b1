#include "auth/dkim/repair_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "auth/dkim/repair_author.hpp"
#include "base/text.hpp"
#include "message/address.hpp"

namespace emltrace::dkim {
namespace {

constexpr std::size_t kMaxFolds = 60;  // of one field that are joined one by one

std::size_t space_length(std::string_view text) {
  return std::min(text.find_first_not_of(" \t\r\n"), text.size());
}

// Each fold of a field: from its line end to the first byte behind its white space.
std::vector<Span> folds_of(std::string_view raw) {
  std::vector<Span> out;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t found = raw.find_first_of("\r\n", at);
    if (found == std::string_view::npos) break;
    const std::size_t length = space_length(raw.substr(found));
    if (found + length < raw.size()) out.push_back({found, length});
    at = found + length;
  }
  return out;
}

std::string without(std::string_view raw, const std::vector<Span>& places) {
  std::string out;
  std::size_t at = 0;
  for (const Span& place : places) {
    out += raw.substr(at, place.offset - at);
    at = place.end();
  }
  return out + std::string(raw.substr(at));
}

// One row an address: how its name and its brackets may have been written.
struct AddressForm {
  bool quotes;    // the name in quotes
  bool brackets;  // <a@b> where there is no name
  bool echoes;    // "a@b" <a@b> where there is no name
};
constexpr auto kAddressForms = std::to_array<AddressForm>({
    {false, false, false},
    {true, false, false},
    {false, true, false},
    {true, true, false},
    {true, true, true},
});

std::string written(const Mailbox& mailbox, const AddressForm& form) {
  const std::string address = mailbox.address();
  std::string_view name = text::trim(mailbox.display_raw);
  if (name.size() > 1 && (name.front() == '"' || name.front() == '\'') &&
      name.back() == name.front()) {
    name = name.substr(1, name.size() - 2);
  }
  const bool echo = text::iequals(name, address) || name.empty();
  if (echo && form.echoes) return "\"" + address + "\" <" + address + ">";
  if (echo) return form.brackets ? "<" + address + ">" : address;
  const std::string quote = form.quotes ? "\"" : "";
  return quote + std::string(name) + quote + " <" + address + ">";
}

std::vector<std::string> address_forms(std::string_view value) {
  const AddressList list = parse_addresses(value);
  if (!list.unread.empty() || list.mailboxes.empty() || !list.groups.empty()) return {};
  std::vector<std::string> out;
  for (const AddressForm& form : kAddressForms) {
    std::vector<std::string> items;
    for (const Mailbox& mailbox : list.mailboxes) items.push_back(written(mailbox, form));
    out.push_back(" " + text::join(items, ", "));
  }
  return out;
}

// Content-Type: the case of the type, and parameters with quotes or without.
std::vector<std::string> parameter_forms(std::string_view value) {
  std::vector<std::string> out;
  for (const bool quotes : {false, true}) {
    for (const std::string_view separator : {"; ", ";"}) {
      std::string form;
      for (const std::string_view part : text::split(value, ';')) {
        const std::string_view item = text::trim(part);
        const std::size_t equals = item.find('=');
        if (form.empty()) {
          form = " " + text::lower(item);
          continue;
        }
        form += separator;
        if (equals == std::string_view::npos) {
          form += item;
          continue;
        }
        std::string_view bare = text::trim(item.substr(equals + 1));
        if (bare.size() > 1 && bare.front() == '"' && bare.back() == '"') {
          bare = bare.substr(1, bare.size() - 2);
        }
        const std::string_view quote = quotes ? "\"" : "";
        form += fmt::format("{}={}{}{}", text::trim(item.substr(0, equals)), quote, bare, quote);
      }
      out.push_back(form);
    }
  }
  return out;
}

// `Tue, 4 Nov 2023 …` and `04`, zone as number or name, comments.
std::vector<std::string> date_forms(std::string_view value) {
  std::string date = unfold(value);
  const std::size_t comment = date.find('(');
  if (comment != std::string::npos) date = std::string(text::trim(date.substr(0, comment)));
  std::vector<std::string> days{date};
  const std::size_t day = date.find_first_of("0123456789");
  if (day != std::string::npos && day + 1 < date.size()) {
    std::string other = date;
    if (date[day] == '0') {
      days.push_back(other.erase(day, 1));
    } else if (date[day + 1] == ' ') {
      days.push_back(other.insert(day, "0"));
    }
  }
  std::vector<std::string> out;
  for (const std::string& form : days) {
    out.push_back(" " + form);
    for (const std::string_view zone : {"+0000", "GMT", "UTC", "-0000"}) {
      if (!form.ends_with(zone)) continue;
      const std::string head = form.substr(0, form.size() - zone.size());
      for (const std::string_view other :
           {"+0000 (UTC)", "GMT", "+0000", "-0000", "+0000 (GMT)", "UTC"}) {
        out.push_back(" " + head + std::string(other));
      }
    }
  }
  return out;
}

std::vector<std::string> version_forms(std::string_view value) {
  const std::size_t comment = value.find('(');
  return {" " + std::string(text::trim(value.substr(0, comment)))};
}

std::vector<std::string> word_forms(std::string_view value) {
  const std::string word = text::lower(text::trim(value));
  std::string upper = word;
  for (char& c : upper) c = text::is_alpha(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return {" " + word, " " + upper};
}

// One row a field whose value servers write anew.
struct FormRow {
  std::string_view name;
  std::vector<std::string> (*forms)(std::string_view value);
};
constexpr auto kForms = std::to_array<FormRow>({
    {"from", address_forms},
    {"to", address_forms},
    {"cc", address_forms},
    {"reply-to", address_forms},
    {"sender", address_forms},
    {"content-type", parameter_forms},
    {"date", date_forms},
    {"mime-version", version_forms},
    {"content-transfer-encoding", word_forms},
});

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

}  // namespace

bool join_folded_token(const Damaged& damaged, const HeaderVariant& from,
                       const HeaderAttempt& attempt) {
  struct Folded {
    std::size_t index;
    std::vector<Span> folds;
  };
  std::vector<Folded> folded;
  for (std::size_t i = 0; i < from.fields.size(); ++i) {
    if (i != from.own && !is_signed(damaged, from.fields[i].name)) continue;
    auto folds = folds_of(from.fields[i].raw);
    if (!folds.empty()) folded.push_back({i, std::move(folds)});
  }
  const auto join = [&](HeaderVariant& variant, std::size_t index, const std::vector<Span>& folds) {
    variant.replace(index, without(from.fields[index].raw, folds));
  };
  for (const Folded& field : folded) {
    for (std::size_t i = 0; i < std::min(field.folds.size(), kMaxFolds); ++i) {
      HeaderVariant variant = from;
      join(variant, field.index, {field.folds[i]});
      if (attempt({std::move(variant), {}, {}})) return true;
    }
    if (field.folds.size() < 2) continue;
    HeaderVariant variant = from;
    join(variant, field.index, field.folds);
    if (attempt({std::move(variant), {}, {}})) return true;
  }
  if (folded.size() < 2) return false;
  for (std::size_t a = 0; a < folded.size(); ++a) {
    for (std::size_t b = a + 1; b < folded.size(); ++b) {
      for (const Span& first : folded[a].folds) {
        for (const Span& second : folded[b].folds) {
          HeaderVariant variant = from;
          join(variant, folded[a].index, {first});
          join(variant, folded[b].index, {second});
          if (attempt({std::move(variant), {}, {}})) return true;
        }
      }
    }
  }
  HeaderVariant all = from;
  for (const Folded& field : folded) join(all, field.index, field.folds);
  return attempt({std::move(all), {}, {}});
}

namespace {

// A field of the header and the forms in which it may have been written.
struct Field {
  std::size_t index;
  std::vector<std::string> (*kind)(std::string_view value);
  std::vector<std::string> forms;  // by style; some may be alike, or as it is
};

// Each kind of field in each style or as it is, all fields of one kind alike.
bool try_styles(const HeaderVariant& from, const std::vector<Field>& fields, std::size_t at,
                const HeaderAttempt& attempt) {
  if (at == fields.size()) return attempt({from, {}, {}});
  std::size_t end = at;
  while (end < fields.size() && fields[end].kind == fields[at].kind) ++end;
  if (try_styles(from, fields, end, attempt)) return true;
  for (std::size_t style = 0; style < fields[at].forms.size(); ++style) {
    HeaderVariant variant = from;
    for (std::size_t i = at; i < end; ++i) {
      if (style >= fields[i].forms.size()) continue;
      variant = variant.with_value(fields[i].index, fields[i].forms[style]);
    }
    if (try_styles(variant, fields, end, attempt)) return true;
  }
  return false;
}

}  // namespace

bool restore_form(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt) {
  std::vector<Field> fields;
  for (const FormRow& row : kForms) {
    const std::size_t index = from.find(row.name);
    if (!from.has(index) || !is_signed(damaged, row.name)) continue;
    Field field{index, row.forms, row.forms(unfold(from.value(index)))};
    if (!field.forms.empty()) fields.push_back(std::move(field));
  }
  for (const Field& field : fields) {
    for (const std::string& form : field.forms) {
      if (attempt({from.with_value(field.index, form), {}, {}})) return true;
    }
  }
  // A server that writes one field anew writes all of them, each kind in one style.
  return try_styles(from, fields, 0, attempt);
}

bool refold(const Damaged& damaged, const HeaderVariant& from, const HeaderAttempt& attempt) {
  if (damaged.signature.header != Canonicalization::simple) return false;
  for (const auto change :
       {tab_to_space, space_to_tab, unfolded, unfolded_to_space, one_space_after_colon}) {
    for (const bool own_too : {true, false}) {
      HeaderVariant variant = from;
      for (std::size_t i = 0; i < variant.fields.size(); ++i) {
        const bool own = i == variant.own;
        if (own ? !own_too : !is_signed(damaged, variant.fields[i].name)) continue;
        variant.replace(i, change(variant.fields[i].raw));
      }
      if (attempt({std::move(variant), {}, {}})) return true;
    }
  }
  return false;
}

}  // namespace emltrace::dkim
