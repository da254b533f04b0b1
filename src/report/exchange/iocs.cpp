#include "report/exchange/iocs.hpp"

#include <fmt/format.h>

#include "message/message.hpp"
#include "report/defang.hpp"
#include "report/escape.hpp"
#include "report/exchange/author_observables.hpp"
#include "report/exchange/body_observables.hpp"
#include "report/exchange/field_observables.hpp"
#include "report/exchange/list_observables.hpp"
#include "report/exchange/observable.hpp"
#include "report/exchange/route_observables.hpp"

namespace emltrace::report {
namespace {

/// What programs make links of: not the place and the hash of a file.
bool may_link(const Observable& observable) {
  return observable.type != "path" && observable.type != "attachment" &&
         observable.type != "sha256";
}

}  // namespace

Iocs to_iocs(const trace::Report& report, const intake::Item& item, const IocsOptions& options) {
  const Message message = Message::parse(item.text);
  const trace::FieldStanding fields(report, message);
  Observables found;
  add_route(report, found);
  add_author(report, fields, found);
  add_fields(report, item, message, fields, found);
  add_list_fields(message, fields, found);
  Iocs out;
  if (item.kind == intake::Kind::message) out.left_out = add_body(report, item.text, found);
  if (found.left_out() > 0) {
    out.left_out.push_back(fmt::format("{} observables beyond the first {}", found.left_out(),
                                       Observables::kMaxObservables));
  }
  for (const Observable& observable : found.all()) {
    const std::string value =
        for_terminal(options.told ? options.told(observable.value) : observable.value);
    out.lines += fmt::format("{}\t{}\t{}\t{}\n", observable.type,
                             options.defang && may_link(observable) ? defanged(value) : value,
                             observable.role, trace::to_string(observable.standing));
  }
  return out;
}

}  // namespace emltrace::report
