#include "report/json/catalogue.hpp"

#include <utility>

#include "report/json/values.hpp"

namespace emltrace::report {
namespace {

void write_kind(json::Writer& out, const trace::FindingKind& kind) {
  const auto object = out.object();
  out.member("code", kind.code);
  out.member("severity", trace::to_string(kind.severity()));
  out.member("title", kind.title);
  out.member("reference", json::filled(kind.reference));
  out.member("meaning", json::filled(kind.meaning));
  out.member("evidence", json::filled(kind.evidence));
  out.member("innocent", json::filled(kind.innocent));
  out.member("next", json::filled(kind.next));
}

}  // namespace

std::string catalogue_json() {
  json::Writer out(JsonLayout::indented);
  {
    const auto array = out.array();
    for (const auto& kind : trace::finding_kinds()) write_kind(out, kind);
  }
  return std::move(out).take();
}

std::string kind_json(const trace::FindingKind& kind, JsonLayout layout) {
  json::Writer out(layout);
  write_kind(out, kind);
  return std::move(out).take();
}

}  // namespace emltrace::report
