#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "dns/question.hpp"
#include "intake/item.hpp"
#include "intake/mend/repair.hpp"
#include "message/message.hpp"
#include "trace/finding/finding.hpp"
#include "trace/report.hpp"
#include "trace/route/route.hpp"

/// The last steps from what was found to a report.
namespace emltrace::trace {

/// header-bomb, where a cap was reached: `skipped` signatures were not looked at.
[[nodiscard]] std::vector<Finding> bounds_findings(bool hops_truncated, std::size_t skipped);
/// input-mended, where the text was.
[[nodiscard]] std::vector<Finding> repair_findings(const std::vector<intake::Repair>& repairs);
/// dns-failed, where questions stayed without an answer: question → reason.
[[nodiscard]] std::vector<Finding> failure_findings(
    const std::map<dns::Question, std::string>& failed);

/// The hops with what is known and thought of them, and their delays.
[[nodiscard]] std::vector<TracedHop> traced_hops(const Route& route, const Headers& headers);

/// Bounds of what one finding carries: bytes of its sentence and of one value, and how many values.
/// What the line says in full stands with its hop or field.
inline constexpr std::size_t kMaxFindingMessage = 1'000;
inline constexpr std::size_t kMaxFindingValue = 2'000;
inline constexpr std::size_t kMaxFindingValues = 100;
/// Cuts what is beyond the bounds, and says in its place how much there was.
void bound_findings(std::vector<Finding>& findings);

/// Most severe first, then by hop from the newest, else in the order they were made.
void sort_findings(std::vector<Finding>& findings);
/// Names in each hop the codes of its findings.
void name_findings(Report& report);
/// Places in a mended copy become places in the input; what `line` an own finding of the input
/// carries is already one.
void map_places(Report& report, const Message& message, const intake::PlaceMap& places);

}  // namespace emltrace::trace
