#include "report/text/fold.hpp"

#include "report/text/hosts.hpp"

namespace emltrace::report {
namespace {

bool may_fold(const trace::TracedHop& hop) {
  if (!hop.received.is_trace) return false;
  if (hop.standing == trace::Standing::border || hop.standing == trace::Standing::contradicted)
    return false;
  return !hop.delay_s || (*hop.delay_s >= 0 && *hop.delay_s <= kLongDelay);
}

/// The system that the hop stays inside; of the recipient's own hops the writer alone says, since
/// whoever he took it from is inside as well.
std::optional<std::string> system_inside(const trace::TracedHop& hop) {
  auto writer = system_of_writer(hop);
  if (trace::is_recipients(hop.standing)) return writer;
  return writer && writer == system_of_client(hop) ? writer : std::nullopt;
}

bool goes_on(const Fold& fold, const trace::TracedHop& last, const trace::TracedHop& hop,
             const std::optional<std::string>& system) {
  if (!may_fold(last) || !may_fold(hop) || last.standing != hop.standing) return false;
  // Hosts without a public name are of the own system that they stand in.
  if (hop.standing == trace::Standing::own) return !fold.system || !system || fold.system == system;
  return system && fold.system == system;
}

}  // namespace

std::vector<Fold> fold_hops(const std::vector<trace::TracedHop>& hops) {
  std::vector<Fold> out;
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const auto system = system_inside(hops[i]);
    if (out.empty() || !goes_on(out.back(), hops[i - 1], hops[i], system))
      out.push_back({i, i, system, std::nullopt});
    Fold& fold = out.back();
    fold.last = i;
    if (!fold.system) fold.system = system;
    if (hops[i].delay_s) fold.delay_s = fold.delay_s.value_or(0) + *hops[i].delay_s;
  }
  return out;
}

}  // namespace emltrace::report
