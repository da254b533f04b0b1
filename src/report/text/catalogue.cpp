#include "report/text/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/text/details.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kLabel = 12;
constexpr std::size_t kSeverity = 8;

void catalogue_row(Page& page, Detail label, std::string_view text) {
  if (text.empty()) return;
  page.blank();
  page.row({{{say(label), Style::dim}, kLabel}}, {{std::string(text)}});
}

}  // namespace

std::string catalogue_text(const TextOptions& options) {
  std::size_t widest = 0;
  for (const auto& kind : trace::finding_kinds()) {
    widest = std::max(widest, kind.code.text().size());
  }
  TextPage page(options);
  for (const auto& kind : trace::finding_kinds()) {
    page.row(
        {{{std::string(kind.code.text()), Style::strong}, widest + 2},
         {{std::string(trace::to_string(kind.severity())), style_of(kind.severity())}, kSeverity}},
        {{std::string(kind.title)}});
  }
  return page.take();
}

void kind_rows(Page& page, const trace::FindingKind& kind) {
  catalogue_row(page, Detail::label_meaning, kind.meaning);
  catalogue_row(page, Detail::label_evidence, kind.evidence);
  catalogue_row(page, Detail::label_innocent, kind.innocent);
  catalogue_row(page, Detail::label_next, kind.next);
  catalogue_row(page, Detail::label_see, kind.reference);
}

std::string explain(const trace::FindingKind& kind, const TextOptions& options) {
  TextPage page(options);
  page.row({},
           {{std::string(kind.code.text()), Style::strong},
            {fmt::format(" ({})", trace::to_string(kind.severity())), style_of(kind.severity())},
            {fmt::format(": {}", kind.title)}});
  kind_rows(page, kind);
  return page.take();
}

}  // namespace emltrace::report
