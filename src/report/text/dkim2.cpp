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
  Runs out{{say(Phrase::dkim2_counts,
                fmt::arg("signatures", counted(verdict.signatures.size(), "signature")),
                fmt::arg("instances", counted(verdict.instances.size(), "instance")))}};
  if (!verdict.detail.empty()) out.emplace_back(": " + verdict.detail);
  if (verdict.passes_under)
    out.emplace_back("; " + say(Detail::dkim2_old_draft, fmt::arg("draft", *verdict.passes_under)));
  out.emplace_back("; " + say(Detail::dkim2_envelope,
                              fmt::arg("recipient", dkim2::to_string(verdict.rcpt_to)),
                              fmt::arg("sender", dkim2::to_string(verdict.mail_from)),
                              fmt::arg("custody", dkim2::to_string(verdict.custody))));
  out.emplace_back(fmt::format(" ({})", say(Detail::dkim2_draft)), Style::dim);
  return out;
}

std::string signature_words(const dkim2::SignatureVerdict& signature, bool verbose) {
  std::string out = fmt::format("i={} {}: {}", signature.i ? std::to_string(*signature.i) : "?",
                                signature.domain.value_or("?"), auth::to_string(signature.result));
  if (signature.fault) out += ", " + signature.fault.detail;
  if (signature.signed_at) out += ", " + words(*signature.signed_at);
  if (signature.mail_from)
    out += ", " + say(Detail::dkim2_from, fmt::arg("path", bracketed(*signature.mail_from)));
  const std::size_t shown =
      verbose ? signature.rcpt_to.size() : std::min(signature.rcpt_to.size(), kLinesShown);
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < shown; ++i) paths.push_back(bracketed(signature.rcpt_to[i]));
  if (!paths.empty()) out += " " + say(Detail::dkim2_to, fmt::arg("paths", list(paths)));
  if (signature.rcpt_to.size() > shown)
    out += " " + say(Detail::dkim2_more, fmt::arg("count", signature.rcpt_to.size() - shown));
  if (signature.next_domain)
    out += ", " + say(Detail::dkim2_next, fmt::arg("domain", *signature.next_domain));
  if (signature.hop) out += ", " + say(Detail::dkim2_at_hop, fmt::arg("hop", *signature.hop));
  return out;
}

void value_rows(Page& page, const dkim2::SignatureVerdict& signature) {
  for (const dkim2::ValueVerdict& value : signature.values) {
    std::string text =
        fmt::format("{} {}: {}", value.selector, value.algorithm, auth::to_string(value.result));
    if (value.key_bits) text += ", " + say(Detail::bits, fmt::arg("bits", *value.key_bits));
    if (value.fault) text += ", " + value.fault.detail;
    more(page, Detail::label_value, text);
  }
}

void side_rows(Page& page, Detail label, const std::string& name,
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
      more(page, change.proved ? Detail::label_changed : Detail::label_said_to_be,
           fmt::format("{} {}", change.domain.value_or(say(Detail::unnamed_domain)),
                       trace::change_words(verdict, change.m)));
    }
    if (!is_shown(change.change, page.verbose())) continue;
    const std::string name = change.change.name.empty() ? "" : change.change.name + ": ";
    side_rows(page, Detail::label_before, name, change.change.before);
    side_rows(page, Detail::label_after, name, change.change.after);
  }
}

void original_rows(Page& page, const dkim2::Verdict& verdict) {
  const bool shown = !verdict.modifications.empty() || page.verbose();
  if (!shown || !verdict.original || verdict.signatures.empty()) return;
  const dkim2::SignatureVerdict& signer = verdict.signatures.front();
  if (!signer.is_verified()) return;
  const dkim2::Original& original = *verdict.original;
  const std::string first = signer.domain.value_or(say(Detail::first_signer));
  if (original.from) more(page, Detail::label_first_from, *original.from);
  if (original.subject) more(page, Detail::label_first_subject, *original.subject);
  if (!page.verbose() || !original.text) return;
  more(page, Detail::label_first_text, say(Detail::first_text, fmt::arg("signer", first)));
  for (const text::Line& line : text::Lines(*original.text))
    page.row({{"", kAuthIndent + kAuthMethod}, {{"|", Style::dim}, 2}},
             {{std::string(line.text), Style::plain, true}});
  if (original.text_cut) more(page, Detail::label_none, say(Detail::text_cut));
}

void field_rows(Page& page, const dkim2::Verdict& verdict) {
  if (!page.verbose()) return;
  for (const dkim2::SeenField& field : verdict.fields) {
    std::string text =
        say(Detail::seen_field, fmt::arg("line", field.line), fmt::arg("field", field.header));
    if (field.hop) text += ", " + say(Detail::seen_hop, fmt::arg("hop", *field.hop));
    if (field.revision)
      text += ", " + say(Detail::seen_revision, fmt::arg("revision", *field.revision));
    if (field.domain) text += ", " + *field.domain;
    more(page, Detail::label_field, text);
  }
}

}  // namespace

void dkim2_rows(Page& page, const trace::Report& report) {
  const dkim2::Verdict& verdict = report.dkim2;
  if (!verdict.is_present()) return;
  result_row(page, "DKIM2", verdict.result, result_words(verdict));
  for (const dkim2::SignatureVerdict& signature : verdict.signatures) {
    more(page, Detail::label_signature, signature_words(signature, page.verbose()));
    if (page.verbose()) value_rows(page, signature);
  }
  change_rows(page, verdict);
  original_rows(page, verdict);
  field_rows(page, verdict);
}

}  // namespace emltrace::report
