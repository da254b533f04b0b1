#include "auth/dkim2/dkim2.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/lines.hpp"
#include "report/text/auth_rows.hpp"
#include "trace/author/dkim2_changes.hpp"

namespace emltrace::report {
namespace {

using What = dkim2::Change::What;

constexpr std::size_t kLinesShown = 3;  // of a change, unless more is asked for

Runs result_words(const dkim2::Verdict& verdict) {
  Runs out{{fmt::format("{}, {}", counted(verdict.signatures.size(), "signature"),
                        counted(verdict.instances.size(), "instance"))}};
  if (!verdict.detail.empty()) out.emplace_back(": " + verdict.detail);
  if (verdict.passes_under)
    out.emplace_back(fmt::format("; by draft -{} all holds", *verdict.passes_under));
  out.emplace_back(
      fmt::format("; recipient {}, MAIL FROM {}, custody {}", dkim2::to_string(verdict.rcpt_to),
                  dkim2::to_string(verdict.mail_from), dkim2::to_string(verdict.custody)));
  out.emplace_back(" (an Internet-Draft; no part of DMARC)", Style::dim);
  return out;
}

std::string signature_words(const dkim2::SignatureVerdict& signature, bool verbose) {
  std::string out = fmt::format("i={} {}: {}", signature.i ? std::to_string(*signature.i) : "?",
                                signature.domain.value_or("?"), auth::to_string(signature.result));
  if (signature.fault) out += ", " + signature.fault.detail;
  if (signature.signed_at) out += ", " + words(*signature.signed_at);
  if (signature.mail_from) out += ", from " + bracketed(*signature.mail_from);
  const std::size_t shown = verbose ? signature.rcpt_to.size() : kLinesShown;
  for (std::size_t i = 0; i < signature.rcpt_to.size() && i < shown; ++i)
    out += (i == 0 ? " to " : ", ") + bracketed(signature.rcpt_to[i]);
  if (signature.rcpt_to.size() > shown)
    out += fmt::format(" and {} more", signature.rcpt_to.size() - shown);
  if (signature.next_domain) out += ", next " + *signature.next_domain;
  if (signature.hop) out += fmt::format(", received at hop {}", *signature.hop);
  return out;
}

void value_rows(Page& page, const dkim2::SignatureVerdict& signature) {
  for (const dkim2::ValueVerdict& value : signature.values) {
    std::string text =
        fmt::format("{} {}: {}", value.selector, value.algorithm, auth::to_string(value.result));
    if (value.key_bits) text += fmt::format(", {} bits", *value.key_bits);
    if (value.fault) text += ", " + value.fault.detail;
    more(page, "value", text);
  }
}

void side_rows(Page& page, const char* label, const std::string& name,
               const std::vector<std::string>& texts) {
  const std::size_t shown = page.verbose() ? texts.size() : std::min(texts.size(), kLinesShown);
  for (std::size_t i = 0; i < shown; ++i) more(page, label, name + texts[i]);
  if (texts.size() > shown) more(page, label, counted(texts.size() - shown, "more line"));
}

// What a reader looks at is shown always, the rest where more is asked for.
bool is_shown(const dkim2::Change& change, bool verbose) {
  return verbose || change.what == What::body || change.name == "subject" || change.name == "from";
}

void change_rows(Page& page, const dkim2::Verdict& verdict) {
  std::set<std::size_t> told;
  for (const dkim2::Modification& change : verdict.modifications) {
    if (told.insert(change.m).second) {
      more(page, change.proved ? "changed" : "said to be",
           fmt::format("{} {}", change.domain.value_or("an unnamed domain"),
                       trace::change_words(verdict, change.m)));
    }
    if (!is_shown(change.change, page.verbose())) continue;
    const std::string name = change.change.name.empty() ? "" : change.change.name + ": ";
    side_rows(page, "  -", name, change.change.before);
    side_rows(page, "  +", name, change.change.after);
  }
}

void original_rows(Page& page, const dkim2::Verdict& verdict) {
  const bool shown = !verdict.modifications.empty() || page.verbose();
  if (!shown || !verdict.original || verdict.signatures.empty()) return;
  const dkim2::SignatureVerdict& signer = verdict.signatures.front();
  if (!signer.is_verified()) return;
  const dkim2::Original& original = *verdict.original;
  const std::string first = signer.domain.value_or("the first signer");
  if (original.from) more(page, "first From", *original.from);
  if (original.subject) more(page, "first Subject", *original.subject);
  if (!page.verbose() || !original.text) return;
  more(page, "first text", fmt::format("as {} signed it:", first));
  for (const text::Line& line : text::Lines(*original.text))
    page.row({{"", kAuthIndent + kAuthMethod}, {{"|", Style::dim}, 2}},
             {{std::string(line.text), Style::plain, true}});
  if (original.text_cut) more(page, "", "(cut)");
}

void field_rows(Page& page, const dkim2::Verdict& verdict) {
  if (!page.verbose()) return;
  for (const dkim2::SeenField& field : verdict.fields) {
    std::string text = fmt::format("line {}: {}", field.line, field.header);
    if (field.hop) text += ", hop " + *field.hop;
    if (field.revision) text += ", revision " + *field.revision;
    if (field.domain) text += ", " + *field.domain;
    more(page, "field", text);
  }
}

}  // namespace

void dkim2_rows(Page& page, const trace::Report& report) {
  const dkim2::Verdict& verdict = report.dkim2;
  if (!verdict.is_present()) return;
  result_row(page, "DKIM2", verdict.result, result_words(verdict));
  for (const dkim2::SignatureVerdict& signature : verdict.signatures) {
    more(page, "signature", signature_words(signature, page.verbose()));
    if (page.verbose()) value_rows(page, signature);
  }
  change_rows(page, verdict);
  original_rows(page, verdict);
  field_rows(page, verdict);
}

}  // namespace emltrace::report
