#include "report/json/field_rows.hpp"

#include <array>

#include "trace/finding/code.hpp"

namespace emltrace::report::json {
namespace {

constexpr std::array kFindingKind{
    FieldRow{"/code", Shape::text, "its code"},
    FieldRow{"/severity",
             Shape::text,
             "how much it usually weighs",
             {},
             words_of<trace::Severity, trace::Severity::high>},
    FieldRow{"/title", Shape::text, "what was found, in one phrase"},
    FieldRow{"/reference", Shape::text, "the standard behind it", "none is behind it"},
    FieldRow{"/meaning", Shape::text, "what it means", "the title says all"},
    FieldRow{"/evidence", Shape::text, "what it rests on", "the title says all"},
    FieldRow{"/innocent", Shape::text, "what can bring it about without a forger",
             "nothing is known to"},
    FieldRow{"/next", Shape::text, "what to do next", "there is nothing to do"},
};

}  // namespace

std::vector<FieldRow> report_rows() {
  std::vector<FieldRow> rows;
  for (const auto part :
       {input_rows(), route_rows(), auth_rows(), dkim2_rows(), judgement_rows()}) {
    rows.insert(rows.end(), part.begin(), part.end());
  }
  return rows;
}

std::span<const FieldRow> finding_kind_rows() {
  return kFindingKind;
}

}  // namespace emltrace::report::json
