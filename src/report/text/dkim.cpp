#include <fmt/format.h>

#include <algorithm>

#include "message/address.hpp"
#include "report/text/auth_rows.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kRemovedShown = 3;  // lines, unless more is asked for

// `alignment` is null where there is no author domain to align with.
Runs dkim_words(const dkim::Verdict& verdict, const auth::Alignment* alignment) {
  Runs out{{fmt::format("d={} s={}", verdict.domain.value_or("?"), verdict.selector.value_or("?")),
            Style::strong}};
  if (alignment != nullptr) {
    out.emplace_back(fmt::format(
        " ({})", *alignment == auth::Alignment::none
                     ? say(Phrase::dkim_unaligned)
                     : say(Detail::alignment, fmt::arg("alignment", auth::to_string(*alignment)))));
  }
  if (verdict.problem != dkim::Problem::none) {
    out.emplace_back(fmt::format(": {}", dkim::to_string(verdict.problem)));
  }
  if (!verdict.detail.empty()) {
    out.emplace_back((verdict.problem == dkim::Problem::none ? ": " : ", ") + verdict.detail);
  }
  if (verdict.result != auth::Result::pass) {
    out.emplace_back("; " + say(Detail::hashes,
                                fmt::arg("body", dkim::to_string(verdict.body_hash)),
                                fmt::arg("signature", dkim::to_string(verdict.signature))));
  }
  if (verdict.testing) out.emplace_back("; " + say(Detail::key_testing));
  if (verdict.key_authenticated) out.emplace_back("; " + say(Detail::key_dnssec));
  return out;
}

// What was signed, and what a reader is shown in its place.
std::string beside(const std::string& was_signed, const std::string& shown) {
  if (was_signed == shown) return say(Detail::as_shown, fmt::arg("was", was_signed));
  return say(Detail::beside, fmt::arg("was", was_signed),
             fmt::arg("shown", shown.empty() ? say(Phrase::shown_nothing) : shown));
}

void removed_rows(Page& page, const dkim::Repair& repair) {
  const std::size_t shown =
      page.verbose() ? repair.removed.size() : std::min(repair.removed.size(), kRemovedShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const dkim::RemovedLine& removed = repair.removed[i];
    more(page, Detail::label_taken_off,
         removed.line
             ? say(Detail::removed, fmt::arg("line", *removed.line), fmt::arg("text", removed.text))
             : removed.text);
  }
  const std::size_t hidden = repair.removed.size() - shown + repair.removed_more;
  if (hidden > 0) more(page, Detail::label_none, counted(hidden, "more line"));
}

void repair_rows(Page& page, const dkim::Verdict& verdict, const Headers& headers) {
  if (verdict.verifies_after.empty()) return;
  more(page, Detail::label_proved,
       say(Detail::proved, fmt::arg("changes", list(verdict.verifies_after))));
  if (!verdict.repair) return;
  const dkim::Repair& repair = *verdict.repair;
  if (repair.signed_from) {
    const std::string author = words(parse_addresses(*repair.signed_from).mailboxes);
    more(page, Detail::label_as_signed,
         say(Detail::signed_from, fmt::arg("value", beside(author, words(headers.from)))));
  }
  if (repair.signed_subject) {
    more(page, Detail::label_as_signed,
         say(Detail::signed_subject,
             fmt::arg("value", beside(*repair.signed_subject, headers.subject.value_or("")))));
  }
  removed_rows(page, repair);
}

// Text behind l=, and a second instance of a signed field, are what a reader may take for signed.
void unsigned_rows(Page& page, const dkim::Verdict& verdict) {
  if (verdict.unsigned_bytes > 0)
    more(page, Detail::label_not_signed,
         say(Detail::body_end, fmt::arg("bytes", counted(verdict.unsigned_bytes, "byte"))));
  more(page, Detail::label_not_signed, list(unsigned_fields_shown(verdict, page.verbose())));
}

void dkim_details(Page& page, const dkim::Verdict& verdict, const Headers& headers) {
  repair_rows(page, verdict, headers);
  unsigned_rows(page, verdict);
  if (verdict.expired_since && verdict.expires_at) {
    more(page, Detail::label_expired,
         say(Detail::expired, fmt::arg("time", words(*verdict.expires_at))));
  }
  if (verdict.mended) more(page, Detail::label_mended, say(Detail::mended));
  if (!page.verbose()) return;
  more(page, Detail::label_field,
       say(Detail::signature_field, fmt::arg("line", verdict.line),
           fmt::arg("algorithm", verdict.algorithm.value_or("?")),
           fmt::arg("canonicalization", verdict.canonicalization.value_or("?")),
           fmt::arg("identity", verdict.identity.value_or("?"))));
  if (verdict.key_bits) {
    more(page, Detail::label_key, counted(static_cast<std::size_t>(*verdict.key_bits), "bit"));
  }
  if (verdict.signed_at) more(page, Detail::label_signed_at, words(*verdict.signed_at));
  if (verdict.expires_at) more(page, Detail::label_expires_at, words(*verdict.expires_at));
  more(page, Detail::label_signs, list(verdict.signed_headers));
  more(page, Detail::label_leaves_out, list(verdict.unsigned_headers));
}

}  // namespace

std::vector<std::string> unsigned_fields_shown(const dkim::Verdict& verdict, bool all) {
  std::vector<std::string> fields;
  for (const std::string& name : verdict.unsigned_fields) {
    const bool again =
        std::ranges::find(verdict.signed_headers, name) != verdict.signed_headers.end();
    if (again)
      fields.push_back(say(Detail::another, fmt::arg("field", name)));
    else if (all || verdict.unsigned_bytes > 0)
      fields.push_back(name);
  }
  return fields;
}

void dkim_rows(Page& page, const trace::Report& report) {
  if (report.dkim.empty()) result_row(page, "DKIM", auth::Result::none, {{say(Phrase::dkim_none)}});
  const auto& alignments = report.dmarc.dkim_alignment;
  for (std::size_t i = 0; i < report.dkim.size(); ++i) {
    const dkim::Verdict& verdict = report.dkim[i];
    const auth::Alignment* alignment = i < alignments.size() ? &alignments[i] : nullptr;
    result_row(page, "DKIM", verdict.result, dkim_words(verdict, alignment));
    dkim_details(page, verdict, report.headers);
  }
}

}  // namespace emltrace::report
