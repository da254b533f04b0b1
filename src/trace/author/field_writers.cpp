#include "trace/author/field_writers.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "trace/route/families.hpp"

namespace emltrace::trace {

// A field by which a filter or server names itself, and those that it writes beside it.
struct FieldWriters::SisterRow {
  std::string_view field;
  WriterGround ground;
  /// The name of the host, or the id of the message, that the body holds; empty if none.
  std::string_view (*extract)(std::string_view body);
  std::string_view sisters;
};

namespace {

std::string_view whole(std::string_view body) {
  return body;
}

std::string_view before_dot(std::string_view body) {
  return body.substr(0, body.find('.'));
}

std::string_view before_colon(std::string_view body) {
  return body.substr(0, std::min(body.find(':'), body.size()));
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, std::min(text.find_first_of(" \t;,()"), text.size()));
}

// `SpamAssassin 4.0.0 (2022-12-14) on HOST`, `Debian amavisd-new at HOST`.
std::string_view behind_at_or_on(std::string_view body) {
  for (const std::string_view word : {" on ", " at "}) {
    if (const auto at = body.rfind(word); at != body.npos)
      return first_word(text::trim(body.substr(at + word.size())));
  }
  return {};
}

std::string_view primary_hostname(std::string_view body) {
  constexpr std::string_view kBegin = "Primary Hostname - ";
  return text::istarts_with(body, kBegin) ? first_word(body.substr(kBegin.size()))
                                          : std::string_view();
}

constexpr std::string_view kRspamd = "x-rspamd-* x-spamd-* x-spam-* x-spam";
constexpr std::string_view kCpanel =
    "x-antiabuse x-authenticated-sender x-get-message-sender-via x-source x-source-*";
constexpr FieldWriters::SisterRow kSisters[] = {
    {"x-rspamd-queue-id", WriterGround::queue_id, whole, kRspamd},
    {"x-*mailscanner-id", WriterGround::queue_id, before_dot, "x-*mailscanner*"},
    {"x-rspamd-server", WriterGround::host_name, whole, kRspamd},
    {"x-spam-checker-version", WriterGround::host_name, behind_at_or_on, "x-spam-*"},
    {"x-virus-scanned", WriterGround::host_name, behind_at_or_on, "x-virus-* x-amavis-* x-spam-*"},
    {"x-antiabuse", WriterGround::host_name, primary_hostname, kCpanel},
    {"x-authenticated-sender", WriterGround::host_name, before_colon, kCpanel},
    {"x-get-message-sender-via", WriterGround::host_name, before_colon, kCpanel},
};
// One block of cPanel has several of it.
constexpr std::string_view kRepeated = "x-antiabuse";

bool is_named(std::string_view patterns, std::string_view name) {
  while (!patterns.empty()) {
    const std::size_t end = std::min(patterns.find(' '), patterns.size());
    if (text::glob_match(patterns.substr(0, end), name)) return true;
    patterns.remove_prefix(std::min(end + 1, patterns.size()));
  }
  return false;
}

// What Microsoft takes off mail from outside, or renames (`-Untrusted`): its header firewall.
constexpr std::string_view kFirewalled =
    "x-ms-exchange-organization-* x-ms-exchange-forest-* x-ms-exchange-crosstenant-* "
    "x-ms-exchange-transport-* x-forefront-antispam-report x-microsoft-antispam";

// `…;Count:14` of X-IncomingTopHeaderMarker.
std::string_view marker_count(std::string_view body) {
  constexpr std::string_view kKey = "Count:";
  const std::size_t at = body.rfind(kKey);
  return at == body.npos ? std::string_view() : text::trim(body.substr(at + kKey.size()));
}

}  // namespace

FieldWriters::FieldWriters(const Message& message, std::span<const Hop> hops,
                           const Boundary& boundary, const SignedFields& signatures)
    : message_(message), hops_(hops), boundary_(boundary), signatures_(signatures) {
  if (!boundary.border) return;
  for (std::size_t i = *boundary.border; i < hops.size(); ++i) {
    const Family* family = family_of_writer(hops[i].received);
    microsoft_ = microsoft_ || (family != nullptr && family->key == "microsoft");
  }
  find_sisters();
  if (microsoft_) find_markers();
}

bool FieldWriters::is_own_id(std::string_view id) const {
  const auto own = hops_.subspan(*boundary_.border);
  return !id.empty() &&
         std::ranges::any_of(own, [&](const Hop& hop) { return hop.received.id == id; });
}

// Every host is called localhost.
bool FieldWriters::is_own_host(std::string_view name) const {
  const auto own = hops_.subspan(*boundary_.border);
  return !name.empty() && !text::istarts_with(name, "localhost") &&
         std::ranges::any_of(own, [&](const Hop& hop) {
           const auto& by = hop.received.by;
           return (by.host && text::iequals(*by.host, name)) ||
                  (by.alias && text::iequals(*by.alias, name));
         });
}

// Of each field, whether it bears the id or the name of an own host as the row says; empty: none
// does. A name that two fields bear tells of neither.
std::vector<bool> FieldWriters::marks_of(const SisterRow& row,
                                         const std::vector<std::string>& names) const {
  std::map<std::string, std::vector<std::size_t>> places;  // of each name or id
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!text::glob_match(row.field, names[i])) continue;
    const std::string body = unfold(message_.fields()[i].body);
    const std::string_view said = row.extract(body);
    const bool own = row.ground == WriterGround::queue_id ? is_own_id(said) : is_own_host(said);
    if (own) places[text::lower(said)].push_back(i);
  }
  std::vector<bool> marks(places.empty() ? 0 : names.size());
  for (const auto& [said, at] : places) {
    if (row.ground != WriterGround::queue_id && at.size() > 1) continue;
    for (const std::size_t place : at) marks[place] = true;
  }
  return marks;
}

// What stands in one run with a mark is of the same writer, but for names that stand there twice:
// one of the two may be the sender's.
void FieldWriters::find_sisters() {
  std::vector<std::string> names;
  names.reserve(message_.fields().size());
  for (const Field& field : message_.fields()) names.push_back(text::lower(field.name));
  sister_.resize(names.size());
  for (const SisterRow& row : kSisters) {
    const std::vector<bool> marks = marks_of(row, names);
    for (std::size_t begin = 0; begin < marks.size();) {
      std::size_t end = begin;
      bool marked = false;
      std::map<std::string_view, int> times;
      for (; end < names.size() && is_named(row.sisters, names[end]); ++end) {
        ++times[names[end]];
        marked = marked || marks[end];
      }
      for (std::size_t i = begin; marked && i < end; ++i) {
        const bool one = times[names[i]] == 1 || names[i] == kRepeated;
        if (one && !sister_[i]) sister_[i] = row.ground;
      }
      begin = std::max(end, begin + 1);
    }
  }
}

// The marker stands right below the line of the border; of the fields that say how many came the
// last one of that number is the service's own, since those above it came with the message.
void FieldWriters::find_markers() {
  const auto& fields = message_.fields();
  const std::size_t line = hops_[*boundary_.border].offset;
  std::string count;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!marked_from_) {
      if (!text::iequals(fields[i].name, "X-IncomingTopHeaderMarker")) continue;
      if (i == 0 || fields[i - 1].offset != line) return;
      count = marker_count(unfold(fields[i].body));
      if (count.empty()) return;
      marked_from_ = i;
    } else if (text::iequals(fields[i].name, "X-IncomingHeaderCount") &&
               unfold(fields[i].body) == count) {
      marked_to_ = i;
    }
  }
}

// No two of one name: what the service takes off cannot stand there beside its own.
bool FieldWriters::is_family_field(std::size_t field) const {
  const std::string name = text::lower(message_.fields()[field].name);
  if (!microsoft_ || !is_named(kFirewalled, name)) return false;
  if (name.ends_with("-untrusted") || name.ends_with("-original")) return false;
  return std::ranges::count_if(message_.fields(), [&](const Field& other) {
           return text::iequals(other.name, name);
         }) == 1;
}

std::optional<WriterGround> FieldWriters::ground(std::size_t field) const {
  if (!boundary_.border) return std::nullopt;
  if (sister_[field]) return sister_[field];
  if (is_family_field(field)) return WriterGround::family;
  if (marked_to_ && (field < *marked_from_ || field > *marked_to_)) return WriterGround::marker;
  if (boundary_.own_fields.hold(message_.fields()[field].offset)) return WriterGround::place;
  // Where many customers share one signature, one of them may be the sender.
  const auto is_own = [&](const DomainName& domain) {
    const Family* family = family_of_host(domain);
    return boundary_.own.holds(domain) && (family == nullptr || !family->many_customers);
  };
  if (signatures_.any_signer(field, is_own)) return WriterGround::signature;
  return std::nullopt;
}

}  // namespace emltrace::trace
