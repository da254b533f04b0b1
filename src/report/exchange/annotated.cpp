#include "report/exchange/annotated.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/domain.hpp"
#include "base/text.hpp"
#include "message/message.hpp"
#include "message/results/auth_results.hpp"
#include "report/exchange/authres.hpp"
#include "report/version.hpp"
#include "trace/route/families.hpp"

namespace emltrace::report {
namespace {

constexpr std::string_view kPrefix = "X-Emltrace-";
constexpr std::size_t kMaxLine = 77;

// Words of a field, folded between them below 78 columns.
void append_list(std::string& out, std::string_view name, const std::vector<std::string>& words) {
  if (words.empty()) return;
  std::string line = fmt::format("{}{}:", kPrefix, name);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = words[i] + (i + 1 < words.size() ? "," : "");
    if (line.size() + 1 + word.size() > kMaxLine && i > 0) {
      out += line + '\n';
      line = "   ";
    }
    line += ' ' + word;
  }
  out += line + '\n';
}

std::vector<std::string> codes(const trace::Report& report) {
  std::vector<std::string> out;
  for (const trace::Finding& finding : report.findings) {
    const std::string code(finding.code);
    if (std::ranges::find(out, code) == out.end()) out.push_back(code);
  }
  return out;
}

// Words of the program and an address alone: no text of the message comes into its header.
std::string own_fields(const trace::Report& report, std::string_view authserv_id) {
  const auto& verdict = report.verdict;
  std::string out = to_authres(report, authserv_id);
  append_list(out, "Version", {fmt::format("emltrace {}", version())});
  append_list(out, "Level", {std::string(trace::to_string(verdict.level))});
  append_list(out, "Route", {std::string(trace::to_string(verdict.route))});
  append_list(out, "Author", {std::string(trace::to_string(verdict.author))});
  if (report.origin.ip) append_list(out, "Origin", {report.origin.ip->text()});
  append_list(out, "Findings", codes(report));
  append_list(out, "Unchecked", verdict.unchecked);
  return out;
}

bool is_same_id(std::string_view a, std::string_view b) {
  const auto one = DomainName::parse(a);
  return text::iequals(a, b) || (one && one == DomainName::parse(b));
}

// In a name of the recipient's hosts, though none of them wrote it: it stands below the line of the
// border, where nothing shows that. A name that many customers of a provider share may be that of
// another one's host.
bool is_foreign_claim(const trace::Report& report, const Field& field, std::string_view id) {
  const auto& border = report.boundary.border;
  const auto host = DomainName::parse(id);
  if (!host || !border || *border >= report.hops.size() || field.line < report.hops[*border].line ||
      !report.boundary.own.holds(*host))
    return false;
  const trace::Family* family = trace::family_of_host(*host);
  if (family != nullptr && family->many_customers) return false;
  return std::ranges::none_of(report.recorded, [&](const trace::RecordedComparison& entry) {
    return entry.trusted && entry.recorded.line == field.line;
  });
}

bool is_stale(const trace::Report& report, const Field& field, std::string_view authserv_id) {
  if (text::istarts_with(field.name, kPrefix)) return true;
  if (!text::iequals(field.name, "Authentication-Results")) return false;
  const AuthResults results = parse_auth_results(field.body);
  if (!results.known_version) return true;
  const auto& id = results.authserv_id;
  return id && (is_same_id(*id, authserv_id) || is_foreign_claim(report, field, *id));
}

std::string_view line_end_of(std::string_view field) {
  if (field.ends_with("\r\n")) return "\r\n";
  return field.ends_with('\r') ? "\r" : "\n";
}

// Where the header begins: behind the lines that an mbox puts in front. Null where something else
// stands there.
std::optional<std::size_t> header_start(const Message& message) {
  if (message.fields().empty()) return std::nullopt;
  const Field& first = message.fields().front();
  const std::string_view from = message.from_line();
  const std::size_t behind = from.empty() ? 0 : message.span_of(from).end();
  const std::string_view between = message.bytes().substr(behind, first.offset - behind);
  const bool plain = first.offset >= behind &&
                     std::ranges::all_of(between, [](char c) { return c == '\r' || c == '\n'; });
  return plain ? std::optional(first.offset) : std::nullopt;
}

}  // namespace

std::optional<std::string> to_annotated(const trace::Report& report, std::string_view bytes,
                                        std::string_view authserv_id) {
  const Message message = Message::parse(bytes);
  const auto start = header_start(message);
  if (!start) return std::nullopt;
  std::string out(bytes.substr(0, *start));
  const std::string_view line_end = line_end_of(message.fields().front().raw);
  for (const char c : own_fields(report, authserv_id)) {
    if (c == '\n') {
      out += line_end;
    } else {
      out += c;
    }
  }
  std::size_t at = *start;
  for (const Field& field : message.fields()) {
    if (!is_stale(report, field, authserv_id)) continue;
    out += bytes.substr(at, field.offset - at);
    at = field.offset + field.raw.size();
  }
  out += bytes.substr(at);
  return out;
}

}  // namespace emltrace::report
