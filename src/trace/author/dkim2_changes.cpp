#include "trace/author/dkim2_changes.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

using What = dkim2::Change::What;

// `list-id` as mail writes it: `List-Id`.
std::string shown_name(const std::string& name) {
  std::string out = name;
  bool start = true;
  for (char& c : out) {
    if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    start = c == '-';
  }
  return out;
}

std::string change_text(const dkim2::Change& change) {
  switch (change.what) {
    case What::header_changed:
      return words<"changed-field">(with<"field">(shown_name(change.name)));
    case What::header_added:
      return words<"added-field">(with<"field">(shown_name(change.name)));
    case What::header_removed:
      return words<"removed-field">(with<"field">(shown_name(change.name)));
    case What::body:
      break;
  }
  std::vector<std::string> parts;
  const std::size_t added = change.lines_added;
  const std::size_t removed = change.lines_removed;
  if (added == 1) parts.push_back(words<"added-line">());
  if (added > 1) parts.push_back(words<"added-lines">(with<"count">(added)));
  if (removed == 1) parts.push_back(words<"removed-line">());
  if (removed > 1) parts.push_back(words<"removed-lines">(with<"count">(removed)));
  return text::join(parts, ", ");
}

Evidence evidence_of(const dkim2::Change& change) {
  Evidence evidence;
  const std::string name = change.what == What::body ? "line" : shown_name(change.name);
  for (const auto& text : change.before) evidence.emplace_back(name + " before", text);
  for (const auto& text : change.after) evidence.emplace_back(name + " after", text);
  return evidence;
}

Finding modified(const dkim2::Verdict& verdict, std::size_t m) {
  Evidence evidence;
  std::string domain = words<"unnamed-domain">();
  bool proved = true;
  for (const auto& change : verdict.modifications) {
    if (change.m != m) continue;
    domain = change.domain.value_or(domain);
    proved = proved && change.proved;
    for (auto& each : evidence_of(change.change)) evidence.push_back(std::move(each));
  }
  const std::string changes = change_words(verdict, m);
  const auto who = with<"domain">(domain);
  const auto what = with<"changes">(changes);
  return make_finding(
      proved ? say<"dkim2-modified/signed">(who, what) : say<"dkim2-modified/stated">(who, what),
      std::move(evidence));
}

Finding rewritten(const dkim2::Verdict& verdict, const dkim2::Modification& change) {
  const auto first = [](const std::vector<std::string>& values) {
    return values.empty() ? words<"nothing">() : values.front();
  };
  Finding finding = make_finding(
      say<"dkim2-from-rewritten">(with<"domain">(change.domain.value_or(words<"unnamed-domain">())),
                                  with<"before">(first(change.change.before)),
                                  with<"after">(first(change.change.after))),
      evidence_of(change.change));
  if (verdict.from_authentic == false) {
    finding.severity = Severity::medium;
    finding.message += " " + words<"but-not-its-own">();
  }
  return finding;
}

// From the scheme to what ends a link in text and in HTML.
std::vector<std::string_view> links_of(std::string_view line) {
  std::vector<std::string_view> out;
  for (const std::string_view scheme : {"http://", "https://"}) {
    for (std::size_t at = line.find(scheme); at != std::string_view::npos;) {
      const std::size_t end = std::min(line.find_first_of(" \t\"'<>", at), line.size());
      out.push_back(line.substr(at, end - at));
      at = line.find(scheme, end);
    }
  }
  return out;
}

// The head of a MIME part that a reader is offered as a file.
bool opens_attachment(std::string_view line) {
  return text::istarts_with(line, "content-disposition:") &&
         text::ifind(line, "attachment") != std::string_view::npos;
}

// What of the text before the change a reader looks for and does not find any more.
bool is_hidden(const std::string& line, const std::vector<std::string>& after) {
  const auto stands = [&after](std::string_view text) {
    return std::ranges::any_of(
        after, [text](const std::string& other) { return other.find(text) != std::string::npos; });
  };
  if (opens_attachment(line)) return !stands(line);
  const auto links = links_of(line);
  return std::ranges::any_of(links, [&stands](std::string_view link) { return !stands(link); });
}

std::optional<Finding> hidden_text(const dkim2::Modification& change) {
  Evidence evidence;
  for (const std::string& line : change.change.before) {
    if (is_hidden(line, change.change.after)) evidence.emplace_back("line before", line);
  }
  if (evidence.empty()) return std::nullopt;
  const std::string domain = change.domain.value_or(words<"unnamed-domain">());
  const auto who = with<"domain">(domain);
  Sentence sentence = evidence.size() == 1 ? say<"dkim2-body-hidden-text/one">(who)
                                           : say<"dkim2-body-hidden-text/several">(
                                                 who, with<"count">(evidence.size()));
  return make_finding(std::move(sentence), std::move(evidence));
}

}  // namespace

std::string change_words(const dkim2::Verdict& verdict, std::size_t m) {
  std::vector<std::string> parts;
  for (const auto& change : verdict.modifications) {
    if (change.m == m) parts.push_back(change_text(change.change));
  }
  return text::join(parts, ", ");
}

std::vector<Finding> dkim2_changes(const dkim2::Verdict& verdict) {
  std::vector<Finding> out;
  std::set<std::size_t> told;
  for (const auto& change : verdict.modifications) {
    if (told.insert(change.m).second) out.push_back(modified(verdict, change.m));
    if (change.change.name == "from" && change.change.what == What::header_changed && change.proved)
      out.push_back(rewritten(verdict, change));
    if (change.change.what != What::body) continue;
    if (auto hidden = hidden_text(change)) out.push_back(*std::move(hidden));
  }
  if (verdict.withheld) {
    out.push_back(make_finding(say<"dkim2-content-withheld">(with<"instance">(*verdict.withheld))));
  }
  return out;
}

}  // namespace emltrace::trace
